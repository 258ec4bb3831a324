// An answer that a language model words: shown as it comes, stopped, asked again, waited for.
(() => {
  const AGAIN_MS = 2000, PATIENCE_MS = 180000;
  const WRITING = "The language model is writing…";
  const CUT = "The connection broke while the language model was writing. Nothing was lost.";
  const one = (selector) => document.querySelector(selector);
  const going = new Map(); // id of a message: how to end what is read for it

  function say(text, isTrouble = false) {
    const line = one("#assistant-said");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("said-trouble", isTrouble);
  }

  function showStop() {
    const button = one("#assistant-stop");
    if (button) button.hidden = !going.size;
  }

  function post(address, signal, ...more) {
    const token = one("#assistant-form [name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams([["csrfmiddlewaretoken", token], ...more]);
    return fetch(address, { method: "POST", body, signal, headers: { Accept: "text/event-stream", "HX-Request": "true" } });
  }

  // The whole answer takes the place of the old one, so that it is announced once.
  function replace(id, html) {
    const old = one(`#${id}`);
    if (!old) return;
    const made = new DOMParser().parseFromString(html, "text/html").querySelector("article");
    const focus = document.activeElement;
    const follows = focus === document.body || focus.id === "assistant-stop" || old.contains(focus);
    const hadFocus = follows && old.dataset.pressed;
    old.replaceWith(made);
    if (hadFocus) made.querySelector(".message-ask button")?.focus({ preventScroll: true });
  }

  // Where the text comes in: seen, but not heard until it is whole.
  function coming(article) {
    const ask = article.querySelector(".message-ask");
    const place = Object.assign(document.createElement("p"), { className: "message-words message-coming", dir: "auto" });
    place.setAttribute("aria-hidden", "true");
    if (ask) ask.hidden = true;
    article.querySelector(".message-asked").after(place);
    return place;
  }

  async function* events(body) {
    let rest = "";
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const whole = (rest + part.value).split("\n\n");
      rest = whole.pop();
      for (const text of whole) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(text) ?? [];
        if (name) yield [name, JSON.parse(data)];
      }
    }
  }

  async function read(article, signal, again) {
    const { id } = article, { words, now } = article.dataset;
    const answer = await post(words, signal, ...(again ? [["again", "on"]] : []));
    if (answer.status === 409) return watch(id, now, signal);
    if (!answer.ok) return failed(answer.status);
    const place = coming(article);
    for await (const [name, data] of events(answer.body)) {
      if (name === "piece") place.textContent += data.text;
      else if (name === "done") { replace(id, data.html); say(""); return; }
    }
    await watch(id, now, signal); // it broke off, or the conversation is gone
  }

  // Written in another tab, or by a server that was lost on the way: look until it is settled.
  async function watch(id, address, signal) {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until && !signal.aborted) {
      const answer = await fetch(address, { signal, headers: { "HX-Request": "true" } }).catch(() => null);
      if (signal.aborted) return;
      if (answer && !answer.ok) return failed(answer.status);
      const html = await answer?.text();
      if (html && !html.includes('data-wording="writing"')) { replace(id, html); say(""); return; }
      await new Promise((go) => { setTimeout(go, AGAIN_MS); });
    }
  }

  function failed(status) {
    if (status === 401) say("You have been signed out. Sign in in another tab, then try again: nothing was lost.", true);
    else if (status === 404) say("That answer is not there any more: its conversation was deleted.", true);
    else say("The language model could not be asked. What the bank says stands; try again in a moment.", true);
  }

  async function start(article, again = false) {
    const { id } = article, end = new AbortController();
    if (going.has(id)) { say(WRITING); return; }
    going.set(id, { end, stop: article.dataset.stop });
    showStop();
    say(WRITING);
    try {
      await read(article, end.signal, again);
    } catch {
      if (!end.signal.aborted) {
        say(CUT, true);
        await watch(id, article.dataset.now, end.signal);
      }
    } finally {
      const place = one(`#${id} .message-coming`);
      if (place) { place.remove(); for (const ask of one(`#${id}`).querySelectorAll(".message-ask")) ask.hidden = false; }
      going.delete(id);
      showStop();
    }
  }

  async function stopAll() {
    for (const [id, { end, stop }] of going) {
      end.abort();
      const answer = await post(stop).catch(() => null);
      if (answer?.ok) { replace(id, await answer.text()); say("Stopped."); } else failed(answer?.status);
    }
  }

  function look(article) {
    const state = article?.dataset.wording;
    if (state === "waiting" || state === "writing") start(article);
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "assistant-messages") look(one("#assistant-messages > .message:last-child"));
  });
  look(one("#assistant-messages > .message:last-child"));

  document.addEventListener("click", (event) => {
    if (event.target.id === "assistant-stop") { stopAll(); return; }
    const button = event.target.closest?.(".message-ask button");
    if (!button) return;
    event.preventDefault();
    const article = button.closest(".message");
    article.dataset.pressed = "yes";
    start(article, button.name === "again");
    one("#assistant-stop")?.focus({ preventScroll: true });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !going.size || !event.target.closest?.("#assistant")) return;
    event.preventDefault();
    stopAll();
  });
})();
