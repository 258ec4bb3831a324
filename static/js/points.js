// The key points of an editor: add, take out, move, in place. Without this file the same buttons ask the server.
(() => {
  const MOST = 8;

  function start() {
    const list = document.querySelector("#library-point-rows");
    const blank = document.querySelector("#library-point-blank");
    if (!list || !blank || "started" in list.dataset) return;
    list.dataset.started = "";
    const total = document.querySelector("[name=points-TOTAL_FORMS]");
    const most = Number(document.querySelector("[name=points-MAX_NUM_FORMS]").value);
    const add = document.querySelector("[data-add]");
    const rows = () => [...list.children];

    function say(words) { document.querySelector("#library-point-said").textContent = words; }

    // The fields keep their names; their place travels in a field of its own.
    function count() {
      rows().forEach((row, place) => {
        row.querySelector("[name$=-place]").value = place;
        for (const number of row.querySelectorAll("[data-number]")) number.textContent = place + 1;
      });
      add.hidden = rows().length >= MOST;
      list.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function made() {
      const row = blank.content.firstElementChild.cloneNode(true);
      for (const part of [row, ...row.querySelectorAll("*")]) {
        for (const attribute of part.attributes) attribute.value = attribute.value.replaceAll("__prefix__", total.value);
      }
      total.value = Number(total.value) + 1;
      return row;
    }

    function more() {
      const row = made();
      list.append(row);
      count();
      row.querySelector("textarea").focus();
      say(`Key point ${rows().length} added.`);
    }

    function move(row, up, button) {
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) { say(up ? "It is the first already." : "It is the last already."); return; }
      if (up) other.before(row); else other.after(row);
      count();
      button.focus();
      say(`Key point ${rows().indexOf(row) + 1} of ${rows().length} now.`);
    }

    function takeOut(row) {
      const place = rows().indexOf(row);
      row.remove();
      count();
      const near = rows()[place] ?? rows()[place - 1];
      (near?.querySelector("textarea") ?? add).focus();
      say(`Key point ${place + 1} taken out.`);
    }

    list.addEventListener("points:placed", count); // a draft was taken
    list.closest("fieldset").addEventListener("click", (event) => {
      const button = event.target.closest("[data-move], [data-add]");
      if (!button) return;
      if (button === add && Number(total.value) >= most) return; // the server makes room
      event.preventDefault();
      if (button === add) more();
      else if (button.dataset.move === "remove") takeOut(button.closest("li"));
      else move(button.closest("li"), button.dataset.move === "up", button);
    });
  }

  start();
  document.addEventListener("htmx:afterSwap", start); // during a review the editor comes later
})();
