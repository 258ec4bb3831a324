// Lets the worker keep the page that is shown without a connection; that page reloads by itself.
(() => {
  const work = () => navigator.serviceWorker?.register("/sw.js").catch(() => { /* without it the browser says that it is offline */ });
  if (document.readyState === "complete") work(); else addEventListener("load", work);
  addEventListener("online", () => { if (document.querySelector("[data-offline]")) location.reload(); });
})();
