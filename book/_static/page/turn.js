// The left and right arrows turn pages, where they have nothing else to do.

(() => {
  // Whoever has just touched a widget may expect the arrows to move it.
  let touched = false;

  // A widget, a field, a button or a box that scrolls has the arrows.
  function busy() {
    const at = document.activeElement;
    const idle = at === document.body || at.matches("a[href], main");
    const open = document.querySelector("dialog[open]");
    return !idle || open || touched || at.closest(".cv-view");
  }

  document.addEventListener("pointerdown", (event) => {
    touched = event.target.closest(".cv-view") !== null;
  });
  document.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = to && document.querySelector(`.prev-next-area [rel=${to}]`);
    const modified = event.altKey || event.ctrlKey || event.metaKey ||
      event.shiftKey;
    if (!link || modified || event.defaultPrevented || busy()) return;
    location.assign(link.href);
  });
})();
