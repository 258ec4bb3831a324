// The list of keys as a dialog; without this script it is a list that opens at the foot of the page.
(() => {
  const overlay = document.getElementById("review-overlay");
  if (!overlay?.showModal) return;
  const keys = document.getElementById("review-keys");

  keys.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    const list = overlay.querySelector("[data-keys-list]");
    if (!list.hasChildNodes()) list.append(keys.querySelector(".keys").cloneNode(true));
    overlay.showModal();
  });

  // Only the dialog itself lies under the dimmed rest of the page: its content covers all of it.
  overlay.addEventListener("click", (event) => { if (event.target === overlay) overlay.close(); });
})();
