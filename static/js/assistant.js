// The assistant: Enter asks, what was written is never lost, and the answer comes into sight.
(() => {
  const one = (selector) => document.querySelector(selector);
  const isOurs = (element) => Boolean(element?.closest?.("#assistant"));
  const isComposing = (event) => event.isComposing || event.key === "Process" || event.keyCode === 229;

  function say(text, isTrouble = false) {
    const line = one("#assistant-said");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("said-trouble", isTrouble);
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "assistant-text" || event.key !== "Enter" || isComposing(event)) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) one("#assistant-send").click();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isOurs(event.detail.elt)) return;
    if (event.detail.elt.id === "assistant-send" && !one("#assistant-text").value.trim()) {
      event.preventDefault();
      say("Write what you want to know, then ask.");
      one("#assistant-text").focus();
      return;
    }
    one("#assistant").setAttribute("aria-busy", "true");
    say("Looking it up…");
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (isOurs(event.detail.elt)) one("#assistant")?.removeAttribute("aria-busy");
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const { elt, requestConfig, target } = event.detail;
    if (target.id !== "assistant-messages") return;
    const text = one("#assistant-text");
    // More may have been written since: only what was asked goes.
    if (requestConfig.elt.id === "assistant-send" && text.value === requestConfig.parameters.text) text.value = "";
    say("");
    (elt.lastElementChild ?? target.lastElementChild)?.scrollIntoView({ block: "nearest" });
    if (requestConfig.elt.id === "assistant-send") text.focus({ preventScroll: true });
  });

  // The words stay where they are, and the same form asks them once, however often it is sent.
  function failed(event) {
    const { elt, xhr } = event.detail;
    if (!isOurs(elt)) return;
    one("#assistant").removeAttribute("aria-busy");
    if (xhr?.status === 401) say("You have been signed out. Sign in in another tab, then ask again: nothing was lost.", true);
    else if (xhr?.status === 404) {
      one("#assistant-conversation").value = "";
      say("That conversation is not there any more. Ask again to begin another: nothing was lost.", true);
    } else if ([400, 429].includes(xhr?.status) && xhr.getResponseHeader("Content-Type")?.startsWith("text/plain")) say(xhr.responseText, true);
    else say("No answer came. Nothing was lost: ask again in a moment.", true);
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);

  // A page that comes back from the browser's memory waits for nothing.
  addEventListener("pageshow", (event) => { if (event.persisted) say(""); });

  // Opened to write: the next key is already part of the question.
  document.addEventListener("toggle", (event) => {
    if (event.target.id === "assistant-panel" && event.target.open) one("#assistant-text").focus();
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.isTrusted && event.target.matches("#assistant-panel > summary")) queueMicrotask(() => one("#assistant-panel[open] #assistant-text")?.focus());
  });
})();
