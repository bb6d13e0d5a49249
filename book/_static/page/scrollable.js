// A box that scrolls can be reached and scrolled by keyboard, and says on
// which sides there is more.

(() => {
  const boxes = "pre, .math-scroll, .cell_output > .output, " +
    ".pst-scrollable-table-container";

  function cut(box) {
    const { scrollLeft, clientWidth, scrollWidth } = box;
    const { scrollTop, clientHeight, scrollHeight } = box;
    const sides = [scrollLeft > 1 && "before",
      scrollLeft + clientWidth < scrollWidth - 1 && "after",
      scrollTop > 1 && "above",
      scrollTop + clientHeight < scrollHeight - 1 && "below"];
    box.dataset.cut = sides.filter(Boolean).join(" ");
    if (!box.dataset.cut) delete box.dataset.cut;
  }

  function mark(box) {
    const wide = box.scrollWidth > box.clientWidth;
    const tall = box.scrollHeight > box.clientHeight;
    if (wide || tall) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    cut(box);
  }

  // Also when an answer is opened, or the window turned.
  const sizes = new ResizeObserver((seen) =>
    seen.forEach(({ target }) => mark(target)));
  window.addEventListener("load", () => {
    for (const box of document.querySelectorAll(boxes)) {
      sizes.observe(box);
      box.addEventListener("scroll", () => cut(box), { passive: true });
    }
  });
})();
