// What a link to a term or a paper leads to, in a note: beside its line where
// the window is wide, below it elsewhere. A touch follows the link.

document.addEventListener("DOMContentLoaded", () => {
  const REST = 150;  // ms: a pointer that only passes opens nothing
  const article = document.querySelector("article");
  const note = Object.assign(document.createElement("div"),
    { id: "cv-note", className: "cv-note", role: "tooltip", hidden: true });
  const pointer = {};
  let link = null;  // whose note is open
  let opening = 0;
  let closing = 0;

  // The build wrote the parts of a note as data on its link.
  function fill({ name, zh, by, says }) {
    note.replaceChildren();
    for (const [kind, text] of Object.entries({ name, zh, by, says })) {
      if (!text) continue;
      const part = Object.assign(document.createElement("span"),
        { className: kind, textContent: text });
      if (kind === "zh") part.lang = "zh";
      note.append(part, " ");
    }
  }

  function place() {
    const { clientWidth, clientHeight } = document.documentElement;
    const lines = [...link.getClientRects()];
    const [first, last] = [lines[0], lines.at(-1)];
    note.hidden = !first || last.bottom < 0 || first.top > clientHeight;
    if (note.hidden) return;
    const text = article.getBoundingClientRect();
    const inset = parseFloat(getComputedStyle(article).paddingRight);
    let left = text.right - inset / 2;
    let top = first.top;
    note.classList.add("in-margin");
    if (left + note.offsetWidth > clientWidth) {
      note.classList.remove("in-margin");
      left = Math.max(text.left + inset,
        Math.min(last.left, text.right - inset - note.offsetWidth));
      top = last.bottom;
      const above = first.top - note.offsetHeight;
      if (top + note.offsetHeight > clientHeight && above > 0) top = above;
    } else {
      top = Math.max(0, Math.min(top, clientHeight - note.offsetHeight));
    }
    note.style.left = `${left + scrollX}px`;
    note.style.top = `${top + scrollY}px`;
  }

  function show(asked) {
    hide();
    link = asked;
    fill(link.dataset);
    link.setAttribute("aria-describedby", note.id);
    place();
  }

  function hide() {
    clearTimeout(opening);
    clearTimeout(closing);
    closing = 0;
    link?.removeAttribute("aria-describedby");
    link = null;
    note.hidden = true;
  }

  // On the link, on its note, or on the way from one to the other.
  function near({ x, y }) {
    const boxes = [link, note].map((one) => one.getBoundingClientRect());
    const least = (side) => Math.min(...boxes.map((box) => box[side]));
    const most = (side) => Math.max(...boxes.map((box) => box[side]));
    return x >= least("left") && x <= most("right") &&
      y >= least("top") && y <= most("bottom");
  }

  function follow() {
    if (!link) return;
    if (link.matches(":focus-visible") || near(pointer)) {
      clearTimeout(closing);
      closing = 0;
    } else {
      closing ||= setTimeout(hide, REST);
    }
  }

  function leave() {
    const hovered = [link, note].some((one) => one?.matches(":hover"));
    if (!hovered) hide();
  }

  for (const asked of document.querySelectorAll("article a[data-name]")) {
    asked.removeAttribute("title");  // or there would be two boxes
    asked.addEventListener("pointerenter", ({ pointerType }) => {
      if (pointerType !== "mouse" || link === asked) return;
      opening = setTimeout(show, REST, asked);
    });
    asked.addEventListener("pointerleave", () => clearTimeout(opening));
    asked.addEventListener("focus", () =>
      asked.matches(":focus-visible") && show(asked));
    asked.addEventListener("blur", leave);
  }
  article?.append(note);
  document.addEventListener("pointermove", (event) => {
    Object.assign(pointer, { x: event.clientX, y: event.clientY });
    follow();
  });
  addEventListener("scroll", () => {
    if (link) place();
    follow();
  }, { passive: true });
  document.addEventListener("keydown", ({ key }) =>
    key === "Escape" && hide());
  addEventListener("resize", hide);
  addEventListener("pagehide", hide);
});
