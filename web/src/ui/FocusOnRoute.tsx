import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** A screen reader hears nothing when a page changes without loading: the heading takes the focus, but not on arrival. */
export function FocusOnRoute() {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    scrollTo(0, 0);
    if (focusHeading()) return;
    // What the page shows is still being fetched. Who has gone on by himself meanwhile is let be.
    const from = document.activeElement;
    const coming = new MutationObserver(() => {
      const at = document.activeElement;
      if ((at !== document.body && at !== from) || focusHeading()) coming.disconnect();
    });
    coming.observe(document.body, { childList: true, subtree: true });
    return () => coming.disconnect();
  }, [pathname]);
  return null;
}

function focusHeading(): boolean {
  const heading = document.querySelector<HTMLElement>("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
  return heading !== null;
}
