/** useWakeLock: keeps the screen on while something is made. The icon shows the truth: what the browser grants, and when. */

import { useCallback, useEffect, useState } from "react";

export type WakeLock = { supported: boolean; on: boolean; toggle: () => void };

export function useWakeLock(): WakeLock {
  const supported = "wakeLock" in navigator;
  const [wanted, setWanted] = useState(true);
  const [on, setOn] = useState(false);

  useEffect(() => {
    if (!supported || !wanted) return;
    let held: WakeLockSentinel | null = null;
    let asking = false; // a second one would be held by nobody, and never let go
    let left = false;
    const ask = async () => {
      if (held || asking || document.visibilityState !== "visible") return;
      asking = true;
      try {
        const lock = await navigator.wakeLock.request("screen");
        if (left) return void lock.release();
        held = lock;
        setOn(true);
        lock.addEventListener("release", () => {
          held = null;
          setOn(false);
        });
      } catch {
        // Refused (low battery, no touch yet): asked again at the next one.
      } finally {
        asking = false;
      }
    };
    void ask();
    document.addEventListener("visibilitychange", ask);
    addEventListener("pointerdown", ask);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", ask);
      removeEventListener("pointerdown", ask);
      void held?.release();
      setOn(false);
    };
  }, [supported, wanted]);

  return { supported, on, toggle: useCallback(() => setWanted((old) => !old), []) };
}
