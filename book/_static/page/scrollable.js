// A box that scrolls sideways can be reached and scrolled by keyboard.

(() => {
  const boxes = "pre, .math-scroll, .cell_output > .output, " +
    ".pst-scrollable-table-container";

  function mark(box) {
    const wide = box.scrollWidth > box.clientWidth;
    const tall = box.scrollHeight > box.clientHeight;
    if (wide || tall) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }

  const every = () => document.querySelectorAll(boxes).forEach(mark);
  window.addEventListener("load", every);
  window.addEventListener("resize", every);
})();
