// The editor: a draft of what is not saved yet, and a word before it is left behind.
(() => {
  const KEPT_DAYS = 7;
  const SENT = "editor-sent"; // the draft that was just sent, until the server has answered
  const NOT_KEPT = /^(csrfmiddlewaretoken|version|token|do|.*_FORMS)$/;
  const storage = (act) => { try { return act(); } catch { return null; } }; // full, or forbidden
  const read = (key) => storage(() => JSON.parse(localStorage.getItem(key))) ?? null;
  const drop = (key) => storage(() => localStorage.removeItem(key));

  function forgetOld() {
    for (const old of Object.keys(localStorage)) {
      if (old.startsWith("edit:") && !(Date.now() - read(old)?.at < KEPT_DAYS * 864e5)) drop(old);
    }
  }

  // Another page after sending: it was taken.
  function forgetSent() {
    const sent = storage(() => sessionStorage.getItem(SENT));
    if (sent) { drop(sent); storage(() => sessionStorage.removeItem(SENT)); }
  }

  function start(form) {
    form.dataset.started = "";
    storage(() => sessionStorage.removeItem(SENT));
    const key = form.dataset.draft;
    const notice = form.querySelector("#library-draft");
    const list = form.querySelector("#library-point-rows");
    const fields = () => [...new FormData(form)].filter(([name]) => !NOT_KEPT.test(name));
    const atFirst = JSON.stringify(fields());
    const isUnsaved = "unsaved" in form.dataset; // the server has sent back what it did not store
    let isDirty = isUnsaved;
    let timer = 0;

    function keep() {
      isDirty = isUnsaved || JSON.stringify(fields()) !== atFirst;
      if (isDirty) storage(() => localStorage.setItem(key, JSON.stringify({ fields: fields(), at: Date.now() })));
      else drop(key);
    }

    const numberOf = (row) => /^points-(\d+)-/.exec(row.querySelector("textarea").name)[1];
    const placeOf = (row) => Number(row.querySelector("[name$=-place]").value);

    function take(draft) {
      const rows = new Set(draft.fields.map(([name]) => /^points-(\d+)-text$/.exec(name)?.[1]).filter(Boolean));
      const leaveOut = () => { for (const row of [...list.children]) if (!rows.has(numberOf(row))) row.remove(); };
      leaveOut();
      for (const row of [...rows].sort((a, b) => a - b)) {
        let tries = 0;
        while (!form.elements[`points-${row}-text`] && tries++ < 40) form.querySelector("[data-add]").click();
      }
      for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = false;
      for (const [name, value] of draft.fields) {
        const field = form.elements[name];
        if (!field) continue;
        if (field.type === "checkbox") field.checked = true; else field.value = value;
      }
      leaveOut(); // the numbers between
      list.append(...[...list.children].sort((a, b) => placeOf(a) - placeOf(b)));
      list.dispatchEvent(new Event("points:placed"));
      keep();
      form.elements.answer.dispatchEvent(new Event("keyup", { bubbles: true }));
    }

    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 300); });
    addEventListener("pagehide", () => { if (timer && form.isConnected && !storage(() => sessionStorage.getItem(SENT))) keep(); });
    addEventListener("beforeunload", (event) => { if (isDirty && form.isConnected) event.preventDefault(); });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "do") { isDirty = false; return; }
      clearTimeout(timer);
      keep();
      isDirty = false;
      storage(() => sessionStorage.setItem(SENT, key));
    });

    const draft = read(key);
    if (draft && !isUnsaved && JSON.stringify(draft.fields) !== atFirst) notice.hidden = false;
    notice.addEventListener("click", (event) => {
      if (event.target.closest("[data-draft-take]")) take(draft);
      else if (event.target.closest("[data-draft-drop]")) drop(key);
      else return;
      notice.hidden = true;
      form.elements.prompt.focus();
    });

    // In a review the card is still behind it, with all that was written and judged.
    const place = form.closest("#review-edit-here");
    if (!place) return;
    form.elements.prompt.focus();
    form.querySelector("[data-cancel]").addEventListener("click", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      keep();
      place.replaceChildren();
      document.querySelector("#review-question")?.focus({ preventScroll: true });
    });
  }

  function find() {
    const form = document.querySelector("#library-editor");
    if (form && !("started" in form.dataset)) start(form);
    return form;
  }

  storage(forgetOld);
  if (!find()) forgetSent();
  document.addEventListener("htmx:afterSwap", find); // during a review the editor comes later
})();
