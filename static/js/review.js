// The review: keys press the buttons that are there; a grade that did not arrive is sent again.
(() => {
  const one = (selector) => document.querySelector(selector);
  const isOff = () => one("[data-keys=off], dialog[open], #review-edit-here > *");
  // While a word is being composed, some browsers say so only by the key “Process”.
  const isComposing = (event) => event.isComposing || event.key === "Process" || event.keyCode === 229;
  const isTyping = (event) => event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  // By what a key writes, not by where it is: so they are the same on every layout.
  const BUTTONS = {
    "u": "#review-undo",
    "*": "#notes-mark",
    "m": "#notes-mark",
    "n": "#review-answer[open] .note-edit:not([open]) > summary, #review-answer[open] .note-edit > label",
    "a": ".before:has(+ #review-answer:not([open])) .hint:not([open]) > summary, #review-answer[open] #assistant-panel:not([open]) > summary, #review-answer[open] #assistant-panel[open] .ask > label",
    "-": "#review-bury",
    "@": "#review-suspend",
    "e": "#review-edit",
    "?": "#review-keys > summary",
  };

  // With AltGr some keyboards write @, and Windows says that ctrl and alt are held.
  const isShortcut = (event) => (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");

  // Not judged, yes, partly, no, yes again.
  function nextChoice(point) {
    const chosen = point?.querySelector(":checked")?.value;
    const value = { 2: "1", 1: "0" }[chosen] ?? "2";
    return point?.querySelector(`[value="${value}"]`);
  }

  function suggested() {
    const word = one(".grade-bar [data-word]")?.dataset.word;
    return word ? one(`.grade-bar .grade-${word}`) : null;
  }

  // Digits go by their place, since on some layouts they need shift; on the number pad by the digit.
  function digitButton(event) {
    if (!one("#review-answer[open]") || event.getModifierState("AltGraph")) return null;
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1] ?? (event.code.startsWith("Numpad") && /^[1-9]$/.exec(event.key)?.[0]);
    if (!digit) return null;
    return event.shiftKey ? nextChoice(one(`[data-point="${digit}"]`)) : one(`[data-key="${digit}"]`);
  }

  // What the mouse was last on keeps the focus; then space is for the review, not for it once more.
  let isPointed = false;
  document.addEventListener("pointerdown", () => { isPointed = true; }, true);

  function press(event) {
    if (isShortcut(event) || event.repeat || isTyping(event)) return null;
    const answer = one("#review-answer");
    // Where @ or * is shift and a digit, it judges that point once the points are there.
    const byDigit = digitButton(event);
    if (byDigit) return byDigit;
    if (event.key === "x") return nextChoice(event.target.closest("[data-point]"));
    if (Object.hasOwn(BUTTONS, event.key)) return one(BUTTONS[event.key]);
    if (event.key === " " || event.key === "Enter") {
      const own = event.key === " " ? "summary, button, a, input" : "summary, button, a";
      if (event.target.closest(own)) {
        if (!isPointed || !event.target.closest("#review-aside, #notes-note, #assistant-panel")) return null;
        event.target.blur();
      }
      if (!answer) return one("[data-start]");
      if (!answer.open) return answer.querySelector("summary");
      return one("#review-drill .cue:not([open]) > summary") ?? suggested();
    }
    return null;
  }

  // Up and down go from point to point; left and right choose, as radio buttons do by themselves.
  function moveToPoint(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.closest(".points")) return;
    const points = [...document.querySelectorAll("[data-point]")];
    const here = points.indexOf(event.target.closest("[data-point]"));
    const point = points[here + step];
    if (point || here >= 0) event.preventDefault();
    (point?.querySelector(":checked") ?? point?.querySelector("input"))?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.closest("#review-form input")) event.preventDefault();
    if (isOff() || isComposing(event)) return;
    if (event.key === "Tab") isPointed = false;
    moveToPoint(event);
    const button = press(event);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("toggle", (event) => {
    if (event.target.id !== "review-answer" || !event.target.open) return;
    // The event comes later than what it tells: whoever writes below already goes on writing.
    if (!event.target.querySelector("textarea:focus")) one("#review-points-title")?.focus({ preventScroll: true });
  }, true);

  const say = (text) => { const line = one("#review-said"); if (line) line.textContent = text; };

  // Up before the new card is there: after that its parts would be seen to move.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "review-card" && event.detail.shouldSwap) window.scrollTo({ top: 0 });
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "review-card") return;
    one("#review-question")?.focus({ preventScroll: true });
  });

  // The same form, with the same submission id: however often it is sent, it counts once.
  let again = 0;
  function resend(event) {
    const { elt, xhr, requestConfig } = event.detail;
    if (elt.id === "review-edit") { say("The editor did not come. Nothing was lost: try again in a moment."); return; }
    if (!elt.matches("form, button:not(#opinion *)") || (elt.form ?? elt).id !== "review-form") return;
    if (xhr && xhr.status === 401) { say("You have been signed out. Sign in in another tab, then grade again: your answer stays here."); return; }
    if (xhr && xhr.status >= 400 && xhr.status < 500 && xhr.status !== 429) { say("This grade could not be read. Reload the page; nothing was stored."); return; }
    say("Not saved yet. Your answer stays here and is sent again by itself.");
    const button = requestConfig?.triggeringEvent?.submitter ?? elt;
    const wait = Number(xhr?.getResponseHeader?.("Retry-After")) * 1000 || 2000;
    clearTimeout(again);
    again = setTimeout(() => button.isConnected && button.click(), Math.min(wait, 30000));
  }
  document.addEventListener("htmx:responseError", resend);
  document.addEventListener("htmx:sendError", resend);
  document.addEventListener("htmx:timeout", resend);
})();
