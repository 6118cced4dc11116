/*
 * The service worker: keeps the page's own files, so that a pattern opens where there is no signal. What the API says is
 * not its business: the page keeps that in IndexedDB. Written by hand, since the usual generator brings two hundred
 * packages for these lines.
 *
 * A newer worker waits until no tab is open that runs on the older files, or until it is told to go on: "Update ready".
 * Other tabs then run on with their own files, which stay for as long as this worker is the newest.
 */

const VERSION = "__VERSION__";
const FILES = __FILES__;
const PATIENCE = 2500; // ms; a train's network may answer after minutes

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  // The one before stays: a tab that makes something may still ask for its files.
  const older = caches.keys().then((names) => Promise.all(names.filter((name) => name !== VERSION).slice(0, -1).map((name) => caches.delete(name))));
  event.waitUntil(older.then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "use") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    if (!/^\/(api|problems|healthz|readyz|metrics|generate-pattern)(\/|$)/.test(pathname)) event.respondWith(page(event.request));
  } else if (FILES.includes(pathname)) {
    event.respondWith(kept(pathname).then((file) => file ?? fetch(event.request)));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(pathname).then((file) => file ?? fetch(event.request)));
  }
});

const kept = (file) => caches.open(VERSION).then((cache) => cache.match(file));

/** The page from the network while that is quick, else the kept one: it reads its own address. */
async function page(request) {
  const shell = await kept("/");
  if (!shell) return fetch(request);
  const late = new Promise((resolve) => setTimeout(() => resolve(shell), PATIENCE));
  return Promise.race([fetch(request).catch(() => shell), late]);
}
