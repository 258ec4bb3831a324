// Dictation, where the browser has it: what is said is added to the attempt. The browser decides
// where speech is recognised; nothing of it passes through this project.
(() => {
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  if (!Recognition) return;
  const one = (selector) => document.querySelector(selector);
  let listening = null;
  document.documentElement.dataset.dictates = ""; // before the page is drawn, so that nothing moves

  function stop() {
    const stopped = listening;
    listening = null; // first: stopping may end it at once
    stopped?.stop();
    const button = one("#review-dictate");
    if (button) { button.textContent = "Dictate"; button.setAttribute("aria-pressed", "false"); }
  }

  function start(button) {
    listening = new Recognition();
    listening.continuous = true;
    listening.lang = document.documentElement.lang;
    listening.onresult = (event) => {
      const box = one("#attempt");
      for (const result of [...event.results].slice(event.resultIndex)) {
        if (result.isFinal && box) box.value = `${box.value.trimEnd()} ${result[0].transcript.trim()}`.trimStart();
      }
      box?.dispatchEvent(new Event("input", { bubbles: true }));
    };
    listening.onerror = (event) => {
      const line = one("#review-said");
      if (line && event.error === "not-allowed") line.textContent = "The browser does not allow the microphone here.";
      stop();
    };
    listening.onend = (event) => { if (event.target === listening) stop(); };
    listening.start();
    button.textContent = "Stop dictating";
    button.setAttribute("aria-pressed", "true");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#review-dictate");
    if (button) { if (listening) stop(); else start(button); }
  });
  document.addEventListener("toggle", (event) => { if (event.target.id === "review-answer" && event.target.open) stop(); }, true);
})();
