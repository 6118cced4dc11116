import Button from "@mui/material/Button";
import { useEffect, useState } from "react";
import { Notice } from "./parts";

/** "Update ready", with a button: a newer page is here and waits. In make mode there is no such line, nor in its tab a change. */
export function Update() {
  const waiting = useWaiting();
  if (!waiting) return null;
  const use = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("use", []);
  };
  return (
    <Notice action={<Button variant="outlined" onClick={use}>Use it now</Button>}>
      <p role="status">Update ready.</p>
    </Notice>
  );
}

/** The service worker of a newer page, once it has fetched everything. */
function useWaiting(): ServiceWorker | null {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    let left = false;
    void navigator.serviceWorker.ready.then((page) => {
      const look = () => {
        // With none in charge yet this is the first, and nothing is updated.
        if (!left && navigator.serviceWorker.controller) setWaiting(page.waiting);
      };
      look();
      page.addEventListener("updatefound", () => page.installing?.addEventListener("statechange", look));
    });
    return () => {
      left = true;
    };
  }, []);
  return waiting;
}
