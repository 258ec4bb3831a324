// The library: select all on the page, count what is selected, and say how many were found.
(() => {
  const boxes = () => [...document.querySelectorAll("#library-list [name=slug]")];
  const all = () => document.querySelector("[data-select-all]");

  function count() {
    const selected = boxes().filter((box) => box.checked).length;
    const line = document.querySelector("[data-selected]");
    if (line) line.textContent = `${selected} selected`;
    if (!all()) return;
    all().closest("label").hidden = false;
    all().checked = selected > 0 && selected === boxes().length;
    all().indeterminate = selected > 0 && !all().checked;
  }

  document.addEventListener("change", (event) => {
    if (event.target === all()) for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.closest("#library-list")) count();
  });

  document.addEventListener("keydown", (event) => {
    const more = event.target.closest?.(".bulk-more[open]");
    if (event.key !== "Escape" || !more) return;
    more.open = false;
    more.querySelector("summary").focus();
  });

  document.addEventListener("htmx:afterSwap", () => {
    count();
    const found = document.querySelector("#library-count"), said = document.querySelector("#library-said");
    if (found && said) said.textContent = found.textContent;
  });
  document.addEventListener("htmx:historyRestore", count);
  // Back in the browser may bring ticks back after the page has loaded.
  window.addEventListener("pageshow", count);
  count();
})();
