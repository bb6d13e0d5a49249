// The search button, Ctrl+K or / opens the field; without this script the
// button is a link to the search page, which has a field of its own.

document.addEventListener("DOMContentLoaded", () => {
  const dialog = document.getElementById("search-dialog");

  const field = document.querySelector("article .search-form input");

  function open(event) {
    event.preventDefault();
    if (field) field.select();
    else if (!dialog.open) dialog.showModal();
  }

  // Where somebody types, a stroke is a stroke.
  function typing() {
    const at = document.activeElement;
    return at.isContentEditable || at.matches("input, select, textarea");
  }

  document.getElementById("search-button").addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    const plain = !control && !event.altKey && !typing();
    if (control && event.key.toLowerCase() === "k") open(event);
    if (plain && event.key === "/") open(event);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();  // a click beside the field
  });
});
