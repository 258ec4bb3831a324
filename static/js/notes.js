// Notes, flags, marks, tags: nothing written is lost, focus stays, and what was saved is said.
(() => {
  const one = (selector) => document.querySelector(selector);
  const say = (text) => { const line = one("#notes-said"); if (line) line.textContent = text; };
  const isOurs = (element) => element?.id?.startsWith("notes-");
  const keyOf = (note) => `draft:note:${note.dataset.note}`;

  function recall(key) {
    try { return JSON.parse(localStorage.getItem(key))?.text ?? null; } catch { return null; }
  }

  function keep(field) {
    const draft = JSON.stringify({ text: field.value, at: Date.now() });
    try { localStorage.setItem(keyOf(field.closest("#notes-note")), draft); } catch { /* full or forbidden */ }
  }

  function forget(note) {
    try { localStorage.removeItem(keyOf(note)); } catch { /* no storage */ }
  }

  let isRestored = false; // opened by us, not by the learner: the focus stays where it is
  // What was written and never saved: a closed tab, a lost connection.
  function restore() {
    const note = one("#notes-note"), field = one("#notes-text");
    const draft = note && recall(keyOf(note));
    if (draft == null) return;
    if (draft === field.value) { forget(note); return; }
    field.value = draft;
    isRestored = true;
    note.querySelector(".note-edit").open = true;
  }

  document.addEventListener("input", (event) => { if (event.target.id === "notes-text") keep(event.target); });

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches(".note-edit") || !event.target.open) return;
    if (!isRestored) one("#notes-text").focus();
    isRestored = false;
  }, true);

  // A key that opened it: the next key is already part of the note.
  document.addEventListener("click", (event) => {
    if (!event.isTrusted && event.target.matches(".note-edit > summary")) queueMicrotask(() => one(".note-edit[open] #notes-text")?.focus());
  });

  let hadFocus = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, requestConfig } = event.detail;
    if (!isOurs(target)) return;
    if (xhr.status === 400) { event.detail.shouldSwap = true; event.detail.isError = false; }
    hadFocus = target.contains(document.activeElement);
    const field = one("#notes-text");
    if (target.id !== "notes-note" || !field || xhr.status !== 200) return;
    const isCurrent = field.value === requestConfig.parameters.text;
    if (isCurrent) forget(target);
    else event.detail.shouldSwap = false; // more was written since: it is sent when it is left
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "review-card") { restore(); return; }
    if (!isOurs(event.detail.target)) return;
    const fresh = document.getElementById(event.detail.target.id);
    if (fresh?.dataset.said) say(fresh.dataset.said);
    if (hadFocus && document.activeElement === document.body) (fresh?.querySelector("[aria-invalid], [data-focus]") ?? fresh)?.focus();
  });

  // Whatever was set or written stays as it is on the page, and can be sent again.
  function failed(event) {
    const { elt, target, xhr } = event.detail;
    if (!isOurs(target ?? elt)) return;
    say(xhr?.status === 401 ? "You have been signed out. Sign in in another tab, then try again." : "Not saved: there is no answer from the server. What you wrote is still here; try again.");
    const line = one("#notes-said");
    line?.classList.remove("visually-hidden");
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
  restore();
})();
