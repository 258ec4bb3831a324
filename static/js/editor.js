// The editor: a draft of what is not saved yet, and a word before it is left behind.
(() => {
  const KEPT_DAYS = 7;
  const SENT = "editor-sent"; // the draft that was just sent, until the server has answered
  const NOT_KEPT = /^(csrfmiddlewaretoken|version|token|do|.*_FORMS)$/;
  const form = document.querySelector("#library-editor");
  const storage = (act) => { try { return act(); } catch { return null; } }; // full, or forbidden

  function read(key) { return storage(() => JSON.parse(localStorage.getItem(key))) ?? null; }
  function drop(key) { storage(() => localStorage.removeItem(key)); }

  if (!form) { // another page after sending: it was taken
    const sent = storage(() => sessionStorage.getItem(SENT));
    if (sent) { drop(sent); storage(() => sessionStorage.removeItem(SENT)); }
    return;
  }
  storage(() => sessionStorage.removeItem(SENT));

  const key = form.dataset.draft;
  const notice = document.querySelector("#library-draft");
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

  const list = document.querySelector("#library-point-rows");
  const numberOf = (row) => /^points-(\d+)-/.exec(row.querySelector("textarea").name)[1];
  const placeOf = (row) => Number(row.querySelector("[name$=-place]").value);

  function take(draft) {
    const rows = new Set(draft.fields.map(([name]) => /^points-(\d+)-text$/.exec(name)?.[1]).filter(Boolean));
    const leaveOut = () => { for (const row of [...list.children]) if (!rows.has(numberOf(row))) row.remove(); };
    leaveOut();
    for (const row of [...rows].sort((a, b) => a - b)) {
      let tries = 0;
      while (!form.elements[`points-${row}-text`] && tries++ < 40) document.querySelector("[data-add]").click();
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
  addEventListener("pagehide", () => { if (timer && !storage(() => sessionStorage.getItem(SENT))) keep(); });
  addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "do") { isDirty = false; return; }
    clearTimeout(timer);
    keep();
    isDirty = false;
    storage(() => sessionStorage.setItem(SENT, key));
  });

  storage(() => {
    for (const old of Object.keys(localStorage)) {
      if (old.startsWith("edit:") && !(Date.now() - read(old)?.at < KEPT_DAYS * 864e5)) drop(old);
    }
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
})();
