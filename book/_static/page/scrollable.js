// A box that scrolls can be reached and scrolled by keyboard, and says on
// which sides there is more. A line or two that were printed have no columns,
// and go on in the next line instead.

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
    for (const pre of document.querySelectorAll(".output.stream pre")) {
      const few = pre.textContent.trim().split("\n").length < 3;
      pre.classList.toggle("cv-few-lines", few);
    }
    for (const box of document.querySelectorAll(boxes)) {
      sizes.observe(box);
      box.addEventListener("scroll", () => cut(box), { passive: true });
    }
  });
})();
