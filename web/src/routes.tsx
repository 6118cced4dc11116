/** Routes: a page each, fetched when it is first visited. */

import { createBrowserRouter } from "react-router";
import { NotFound } from "./pages/NotFound";
import { Trouble } from "./pages/Trouble";
import { Shell } from "./ui/Shell";

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Trouble />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./pages/Home")).Home }) },
      { path: "p/:id", lazy: async () => ({ Component: (await import("./pages/PatternPage")).PatternPage }) },
      { path: "p/:id/print", lazy: async () => ({ Component: (await import("./pages/PrintPage")).PrintPage }) },
      { path: "mine", lazy: async () => ({ Component: (await import("./pages/Mine")).Mine }) },
      { path: "check", lazy: async () => ({ Component: (await import("./pages/Check")).Check }) },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
