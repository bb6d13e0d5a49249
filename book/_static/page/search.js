// The search button, or Ctrl+K, opens the field; without this script the
// button is a link to the search page.

document.addEventListener("DOMContentLoaded", () => {
  const dialog = document.getElementById("search-dialog");

  function open(event) {
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
  }

  document.getElementById("search-button").addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "k") open(event);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();  // a click beside the field
  });
});
