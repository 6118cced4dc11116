/**
 * Routes: a page each, fetched when it is first visited.
 *
 * Declared, not given to a data router: the reads are TanStack Query's, and a data router would weigh 23 kB more.
 */

import { Component, Suspense, lazy } from "react";
import type { ReactNode } from "react";
import { BrowserRouter, Route, Routes, matchPath } from "react-router";
import { NotFound } from "./pages/NotFound";
import { Trouble } from "./pages/Trouble";
import { FocusOnRoute } from "./ui/FocusOnRoute";
import { Shell } from "./ui/Shell";

// The first stands alone: one row, the whole screen.
const FILES = {
  "/p/:id/make": async () => ({ default: (await import("./pages/MakePage")).MakePage }),
  "/": async () => ({ default: (await import("./pages/Home")).Home }),
  "/p/:id": async () => ({ default: (await import("./pages/PatternPage")).PatternPage }),
  "/p/:id/print": async () => ({ default: (await import("./pages/PrintPage")).PrintPage }),
  "/mine": async () => ({ default: (await import("./pages/Mine")).Mine }),
  "/link": async () => ({ default: (await import("./pages/LinkPage")).LinkPage }),
  "/check": async () => ({ default: (await import("./pages/Check")).Check }),
};
const [make, ...framed] = Object.entries(FILES).map(([path, file]) => {
  const Page = lazy(file);
  return <Route key={path} path={path} element={<Suspense fallback={null}><Page /></Suspense>} />;
});

/** Fetches the file of the page at this address. Where that fails its route says so. */
export async function fetchPage(address: string): Promise<void> {
  const known = Object.entries(FILES).find(([path]) => matchPath(path, address));
  await known?.[1]().catch(() => undefined);
}

export function App() {
  return (
    <Caught>
      <BrowserRouter>
        <FocusOnRoute />
        <Routes>
          {make}
          <Route element={<Shell />}>
            {framed}
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </Caught>
  );
}

/** What breaks while a page is drawn, or a page's file that is gone since the last deploy. */
class Caught extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Trouble /> : this.props.children;
  }
}
