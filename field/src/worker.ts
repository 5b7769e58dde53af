// The service worker: the app's own files from the cache, everything else untouched. A new version waits until the app says so.
import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope;

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/field/index.html"), { allowlist: [/^\/field\//] }));
clientsClaim();
self.addEventListener("message", (message) => {
  if (message.data === "take over") void self.skipWaiting();
});
