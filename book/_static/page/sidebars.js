// Opens and closes the two lists: the chapters, and this page's headings.
// On a narrow screen a list lies over the text and closes by itself.

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-opens]")) {
    sidebar(button, document.getElementById(button.dataset.opens));
  }
});

function sidebar(button, list) {
  const kind = list.id === "book-contents" ? "primary" : "secondary";
  const box = document.getElementById(`pst-${kind}-sidebar-checkbox`);
  const visible = () => getComputedStyle(list).visibility === "visible";
  const over = () => getComputedStyle(list).position === "fixed";

  function tick(checked) {
    box.checked = checked;
    // The theme's styles: a tick shows a list above the text, and hides
    // one beside it.
    button.ariaExpanded = String(over() ? checked : !checked);
  }

  function enter() {
    list.querySelector("a").focus();
  }

  function close(event) {
    if (!over() || !box.checked) return;
    tick(false);
    if (event.type !== "focusout") button.focus();
  }

  button.ariaExpanded = String(visible());
  button.addEventListener("click", () => {
    tick(!box.checked);
    // A list that has not begun to slide is hidden, and takes no focus.
    if (over() && box.checked) setTimeout(enter, 100);
  });
  list.addEventListener("keydown", (e) => e.key === "Escape" && close(e));
  list.addEventListener("focusout", (e) => {
    if (e.relatedTarget && !list.contains(e.relatedTarget)) close(e);
  });
  box.nextElementSibling.addEventListener("click", close);
}
