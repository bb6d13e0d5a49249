// Marks in "On this page" the section that is being read, and brings this
// page's own line among the chapters into sight.

document.addEventListener("DOMContentLoaded", () => {
  const list = document.getElementById("book-contents");
  const own = [...list.querySelectorAll(".active > a")].at(-1);
  const below = (own?.getBoundingClientRect().bottom ?? 0) -
    list.getBoundingClientRect().bottom;
  if (below > 0) list.scrollTop = below + list.clientHeight / 2;

  const links = new Map();
  for (const link of document.querySelectorAll(".bd-toc-nav a[href^='#']")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }

  // The theme's styles unfold the entries below an active one.
  function mark(id) {
    const now = links.get(id);
    for (const link of links.values()) {
      const entry = link.closest("li");
      link.classList.toggle("active", link === now);
      entry.classList.toggle("active", entry.contains(now));
    }
  }

  const watch = new IntersectionObserver((entries) => {
    const entered = entries.filter((entry) => entry.isIntersecting);
    if (entered.length) mark(entered.at(-1).target.id);
  }, { rootMargin: "-10% 0px -70% 0px" });

  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watch.observe(section);
  }
});
