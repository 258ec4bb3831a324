// A form that is on its way is not sent again by a second click; after a while it may be.
(() => {
  const PATIENCE = 5000; // milliseconds
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || event.submitter?.formTarget) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, PATIENCE);
  });
  // A page that comes back from the browser's memory starts afresh.
  addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
})();
