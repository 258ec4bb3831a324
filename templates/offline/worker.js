{% load static %}// Without a connection a page that was asked for is answered with one that says so.
// Kept are that page and what it is drawn with; never anything that belongs to a learner.
const CACHE = "offline-{{ mark }}";
const PAGE = "{% url 'offline' %}";
const KEPT = [
  PAGE,
  "{% static 'css/tokens.css' %}",
  "{% static 'css/base.css' %}",
  "{% static 'css/components.css' %}",
  "{% static 'css/frame.css' %}",
  "{% static 'css/modes.css' %}",
  "{% static 'fonts/inter.woff2' %}",
  "{% static 'fonts/source-serif-4.woff2' %}",
  "{% static 'js/theme.js' %}",
  "{% static 'js/offline.js' %}",
  "{% static 'favicon.svg' %}",
];

// Asked for as a stranger, so that no name and no cookie can come along.
const fresh = (address) => new Request(address, { credentials: "omit", cache: "reload" });

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.map(fresh));
  await self.skipWaiting();
}

async function forgetOld() {
  for (const name of await caches.keys()) if (name.startsWith("offline-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function orKept(request, address) {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await (await caches.open(CACHE)).match(address);
    if (kept) return kept;
    throw fault;
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(orKept(request, PAGE));
  else if (KEPT.includes(pathname)) event.respondWith(orKept(request, pathname));
});
