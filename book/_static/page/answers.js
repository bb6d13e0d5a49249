// What the reader answered: kept in this browser alone, and shown again.
//
// A question says that it is there ("cv-question") and what was answered
// ("cv-answer"); see cvnotes/widgets/predict.js. Where storage is forbidden,
// all of this does nothing and the questions work as before.

(() => {
  const KEY = "cvnotes-answers";
  const top = document.documentElement.dataset.content_root;
  const page = decodeURI(location.href.split(/[?#]/)[0]
    .slice(new URL(top, location.href).href.length)).replace(/\.html$/, "");
  const asked = [];

  // { page: { question: { given, right } } }
  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      return typeof found === "object" && found !== null ? found : {};
    } catch {
      return {};  // forbidden, or not ours
    }
  }

  function keep(answers) {
    try {
      localStorage.setItem(KEY, JSON.stringify(answers));
    } catch {
      // then an answer lasts for this page
    }
  }

  // The button goes, so the focus goes to what says that all is done.
  function say(text, place) {
    const said = document.createElement("p");
    said.className = "cv-forgotten";
    said.setAttribute("role", "status");
    said.tabIndex = -1;
    said.textContent = text;
    place.before(said);
    said.focus();
  }

  function forget({ currentTarget }) {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // then there is nothing to forget
    }
    for (const { recall } of asked) recall(null);
    show();
    say("Forgotten.", currentTarget.closest(".cv-forget"));
  }

  function show() {
    const answers = kept();
    const of = (chapter) => answers[chapter] ?? {};
    for (const node of document.querySelectorAll(".cv-progress")) {
      const all = +node.dataset.questions;
      const hits = Object.values(of(node.dataset.chapter))
        .filter((answer) => answer.right).length;
      const right = Math.min(hits, all);  // a question may have been reworded
      node.textContent = right ? `${right} of ${all} predicted` : "";
      node.style.setProperty("--part", `${(100 * right) / all}%`);
    }
    for (const node of document.querySelectorAll(".cv-answered")) {
      const { chapter, question } = node.dataset;
      const answer = of(chapter)[question];
      node.textContent = !answer ? "" : answer.right ? "✓ " : "✗ ";
    }
    document.querySelector(".cv-forgotten")?.remove();
    for (const node of document.querySelectorAll(".cv-forget")) {
      node.hidden = Object.keys(answers).length === 0;
    }
  }

  document.addEventListener("cv-question", ({ detail }) => {
    asked.push(detail);
    const answer = kept()[page]?.[detail.question];
    if (answer) detail.recall(answer);
  });
  document.addEventListener("cv-answer", ({ detail }) => {
    const answers = kept();
    const here = answers[page] ??= {};
    // Who was right once may try the slips, and stays right.
    if (here[detail.question]?.right) return;
    here[detail.question] = { given: detail.given, right: detail.right };
    keep(answers);
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".cv-forget button")) {
      button.addEventListener("click", forget);
    }
    show();
  });
  // Another page of the book, or a step back to this one.
  addEventListener("storage", show);
  addEventListener("pageshow", show);
})();
