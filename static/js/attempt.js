// The attempt: how long it takes, what was written and judged so far, whether the hint was opened.
(() => {
  const KEPT_DAYS = 7;
  const OPEN_FOR = 3600e3; // after that the question is asked afresh, the answer hidden
  const one = (selector) => document.querySelector(selector);
  const keyOf = (card) => `draft:${card.dataset.draft}`;
  let elapsed = 0; // milliseconds for which the question could be seen
  let since = performance.now();

  const judged = () => [...document.querySelectorAll("#review-answer .points input:checked")].map(({ name, value }) => [name, value]);
  const total = () => elapsed + (document.hidden ? 0 : performance.now() - since);

  function recall(key) {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; }
  }

  function keep() {
    const card = one("[data-draft]");
    if (!card || !one("#attempt")) return;
    const draft = { text: one("#attempt").value, elapsed: total(), confidence: one("[name=confidence]:checked")?.value, hint: one("[name=hint_used]").value, taken: one("[name=attempt_ms]").value, judged: judged(), at: Date.now() };
    try { localStorage.setItem(keyOf(card), JSON.stringify(draft)); } catch { /* full or forbidden: nothing is lost but the draft */ }
  }

  function forgetOld() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("draft:") && Date.now() - recall(key).at > KEPT_DAYS * 864e5) localStorage.removeItem(key);
      }
    } catch { /* no storage */ }
  }

  function begin() {
    elapsed = 0;
    since = performance.now();
    const card = one("[data-draft]");
    if (!card || !one("#attempt")) return;
    const draft = recall(keyOf(card));
    elapsed = draft.elapsed || 0;
    if (draft.text && !one("#attempt").value) one("#attempt").value = draft.text;
    if (draft.confidence) one(`[name=confidence][value="${Number(draft.confidence)}"]`).checked = true;
    if (draft.hint) one("[name=hint_used]").value = "on";
    if (draft.taken && Date.now() - draft.at < OPEN_FOR) goOn(draft);
    show();
  }

  // The answer had been shown, so it is again, with what was judged.
  function goOn(draft) {
    one("[name=attempt_ms]").value = draft.taken;
    one("#review-confidence").inert = true;
    for (const [name, value] of draft.judged || []) {
      const input = [...document.querySelectorAll("#review-answer .points input")].find((one) => one.name === name && one.value === value);
      if (input) input.checked = true;
    }
    one("#review-answer").open = true;
    if (judged().length) one("#review-answer .points input:checked").dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show() {
    const timer = one("#review-timer");
    if (!timer || one("#review-answer[open]")) return;
    const seconds = Math.floor(total() / 1000);
    timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.classList.toggle("late", seconds > timer.dataset.minutes * 60);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { elapsed += performance.now() - since; keep(); } else since = performance.now();
  });

  document.addEventListener("input", (event) => { if (event.target.closest("#attempt, #review-confidence, #review-answer .points")) keep(); });
  addEventListener("pagehide", keep);

  document.addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    if (event.target.id === "review-hint") one("[name=hint_used]").value = "on";
    const taken = one("[name=attempt_ms]"); // a drill has none
    if (event.target.id === "review-answer" && taken && !taken.value) {
      taken.value = Math.round(total());
      one("#review-confidence").inert = true; // it is asked before the answer shows
      keep();
    }
  }, true);

  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector('[name="duration_ms"]');
    if (field) field.value = Math.round(total());
  }, true);

  // The draft goes only when the next card is there: until then the grade may have to be sent again.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig, xhr } = event.detail;
    if (target?.id !== "review-card" || requestConfig.elt.id !== "review-form" || xhr.status !== 200) return;
    try { localStorage.removeItem(keyOf(target)); } catch { /* no storage */ }
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "review-card") begin(); });
  forgetOld();
  begin();
  setInterval(show, 1000);
})();
