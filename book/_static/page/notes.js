// What a link to a term or a paper leads to, in a note: beside its line where
// the window is wide, below it elsewhere. A touch follows the link.

document.addEventListener("DOMContentLoaded", () => {
  const REST = 150;  // ms: a pointer that only passes opens nothing
  const GAP = 4;
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

  // Where the note stands, if the column on the right has room for it.
  function inMargin(first) {
    const { clientWidth, clientHeight } = document.documentElement;
    const { right, inset } = text();
    note.classList.add("in-margin");
    const left = right + inset / 2;
    if (left + note.offsetWidth > clientWidth) return null;
    const lowest = clientHeight - note.offsetHeight - GAP;
    return { left, top: Math.max(GAP, Math.min(first.top, lowest)) };
  }

  // Above the line where the window ends below it.
  function atLine(first, last) {
    const { left, right } = text();
    note.classList.remove("in-margin");
    const { offsetWidth, offsetHeight } = note;
    const above = first.top - offsetHeight - GAP;
    const below = last.bottom + GAP;
    const ends = document.documentElement.clientHeight;
    return {
      left: Math.max(left, Math.min(last.left, right - offsetWidth)),
      top: below + offsetHeight > ends && above > 0 ? above : below,
    };
  }

  function text() {
    const { left, right } = article.getBoundingClientRect();
    const inset = parseFloat(getComputedStyle(article).paddingRight);
    return { left: left + inset, right: right - inset, inset };
  }

  function place() {
    const lines = [...link.getClientRects()];
    const [first, last] = [lines[0], lines.at(-1)];
    note.hidden = !first || last.bottom < 0 || first.top > innerHeight;
    if (note.hidden) return;
    const { left, top } = inMargin(first) ?? atLine(first, last);
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
    if (note.hidden) return false;
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
