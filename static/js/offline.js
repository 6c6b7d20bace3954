// The service worker: where there is no network, an own page says so instead of the browser's. Nothing else is kept: no page and no
// child's name.
"use strict";

const PAGE = new URL(self.location.href).searchParams.get("page");
const KEPT = "offline";

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const kept = await caches.open(KEPT);
      const answer = await fetch(PAGE, { cache: "reload" });
      await kept.put("page", answer.clone());
      const files = [...(await answer.text()).matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
      await kept.addAll(files);
      await self.skipWaiting();
    })()
  );
});

// The page that brought it is served by it, too.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(async () => (await caches.open(KEPT)).match("page")));
  } else if (new URL(request.url).pathname.startsWith("/static/") && !self.navigator.onLine) {
    event.respondWith(caches.open(KEPT).then((kept) => kept.match(request)).then((found) => found || fetch(request)));
  }
});
