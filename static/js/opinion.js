// A second opinion and the interviewer: says what goes on, takes ticks over, never grades.
(() => {
  const one = (selector) => document.querySelector(selector);
  const LINES = { "opinion-ask": "#opinion-said", "probe-ask": "#probe-said", "opinion-take": "#opinion-taken" };

  function say(id, text, isTrouble = false) {
    const line = one(LINES[id]);
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("said-trouble", isTrouble);
  }

  document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
    if (!(elt.id in LINES)) return;
    say(elt.id, "Asking the language model. You may go on meanwhile.");
    if (elt.id === "opinion-ask") say("opinion-take", "");
  });

  function failed({ detail: { elt, xhr } }) {
    if (!(elt.id in LINES)) return;
    if (xhr?.status === 401) say(elt.id, "You have been signed out. Sign in in another tab, then ask again: nothing was lost.", true);
    else if (xhr?.status === 400 && xhr.getResponseHeader("Content-Type")?.startsWith("text/plain")) say(elt.id, xhr.responseText, true);
    else say(elt.id, "No answer came. Nothing was lost: ask again in a moment, or go on without.", true);
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);

  // What was asked about a card that is gone must not show beside the next.
  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    if (target.id !== "review-card") return;
    for (const id in LINES) if (one(`#${id}`)) htmx.trigger(`#${id}`, "htmx:abort");
  });

  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    if (target.id === "probe-list" && document.activeElement.matches("body, #probe-ask")) one("#probe-list > :last-child textarea")?.focus();
  });

  document.addEventListener("click", (event) => {
    if (event.target.id !== "opinion-take") return;
    const points = one(".points");
    for (const { dataset } of document.querySelectorAll("#opinion [data-tick]")) {
      const choice = points.querySelector(`[name="${dataset.tick}"][value="${dataset.value}"]`);
      if (choice) choice.checked = true;
    }
    for (const name of ["input", "change"]) points.dispatchEvent(new Event(name, { bubbles: true }));
    say("opinion-take", "Its ticks are taken, and the suggestion follows them. The grade is yours.");
  });
})();
