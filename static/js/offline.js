// Lets the worker keep the page that is shown without a connection; that page reloads by itself.
(() => {
  const AGAIN = 3000; // the browser may say that it is online before anything can be reached
  const work = () => navigator.serviceWorker?.register("/sw.js").catch(() => { /* without it the browser says that it is offline */ });
  if (document.readyState === "complete") work(); else addEventListener("load", work);
  if (!document.querySelector("[data-offline]")) return;

  async function comeBack() {
    if (!navigator.onLine) return;
    try { await fetch("/healthz", { method: "HEAD", cache: "no-store" }); } catch { return; }
    location.reload();
  }
  addEventListener("online", comeBack);
  setInterval(comeBack, AGAIN);
})();
