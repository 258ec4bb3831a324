// What few cards need: its script comes with the part of the page that names it.
(() => {
  function load() {
    for (const { dataset: { script } } of document.querySelectorAll("[data-script]")) {
      if (document.querySelector(`script[src="${script}"]`)) continue;
      document.head.append(Object.assign(document.createElement("script"), { src: script }));
    }
  }
  document.addEventListener("htmx:afterSwap", load);
  load();
})();
