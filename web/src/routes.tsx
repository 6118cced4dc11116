/**
 * Routes: a page each, fetched when it is first visited.
 *
 * Declared, not given to a data router: the reads are TanStack Query's, and a data router would weigh 23 kB more.
 */

import { Component, Suspense, lazy } from "react";
import type { ReactNode } from "react";
import { BrowserRouter, Route, Routes } from "react-router";
import { NotFound } from "./pages/NotFound";
import { Trouble } from "./pages/Trouble";
import { FocusOnRoute } from "./ui/FocusOnRoute";
import { Shell } from "./ui/Shell";

const Home = lazy(async () => ({ default: (await import("./pages/Home")).Home }));
const PatternPage = lazy(async () => ({ default: (await import("./pages/PatternPage")).PatternPage }));
const MakePage = lazy(async () => ({ default: (await import("./pages/MakePage")).MakePage }));
const PrintPage = lazy(async () => ({ default: (await import("./pages/PrintPage")).PrintPage }));
const Mine = lazy(async () => ({ default: (await import("./pages/Mine")).Mine }));
const LinkPage = lazy(async () => ({ default: (await import("./pages/LinkPage")).LinkPage }));
const Check = lazy(async () => ({ default: (await import("./pages/Check")).Check }));

export function App() {
  return (
    <Caught>
      <BrowserRouter>
        <FocusOnRoute />
        <Routes>
          <Route path="p/:id/make" element={<Fetched page={<MakePage />} />} />
          <Route element={<Shell />}>
            <Route index element={<Fetched page={<Home />} />} />
            <Route path="p/:id" element={<Fetched page={<PatternPage />} />} />
            <Route path="p/:id/print" element={<Fetched page={<PrintPage />} />} />
            <Route path="mine" element={<Fetched page={<Mine />} />} />
            <Route path="link" element={<Fetched page={<LinkPage />} />} />
            <Route path="check" element={<Fetched page={<Check />} />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </Caught>
  );
}

const Fetched = ({ page }: { page: ReactNode }) => <Suspense fallback={null}>{page}</Suspense>;

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
