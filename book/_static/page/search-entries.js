// What search found in the glossary or the notation says what it means.
// ENTRIES has, by page and place, its names and its meaning.

(() => {
  const find = Search._performSearch;
  const parse = Search._parseQuery;
  const query = Search.query;

  // As the book writes it: 3x3 is 3×3, and no space beside Chinese.
  function written(asked) {
    return asked
      .replace(/(\d)\s*[x*]\s*(?=\d)/gi, "$1×")
      .replace(/\s*(\p{Script=Han}+)\s*/gu, "$1");
  }

  // A glossary's name may have a space where the reader has a hyphen.
  function found(asked, ...how) {
    const exact = find(asked, ...how);
    const spaced = asked.replace(/(?<=\p{L})-(?=\p{L})/gu, " ");
    if (spaced === asked) return exact;
    const here = new Set(exact.map(([page, , place]) => page + place));
    const more = find(spaced, ...how).filter(([page, , place]) =>
      ENTRIES[page + place] && !here.has(page + place));
    return [...exact, ...more];  // the best comes last
  }

  function told([page, title, place, said, score, file]) {
    const entry = ENTRIES[page + place];
    if (!entry) return [page, title, place, said, score, file];
    return [page, entry[0], place, entry[1], score, file];
  }

  // A letter stands in every word: it is not marked, here or on the page.
  function parsed(asked) {
    const parts = parse(asked);
    const marked = parts[3];
    for (const word of marked) {
      if (/^[\w]{1,2}$/.test(word)) marked.delete(word);
    }
    localStorage.setItem("sphinx_highlight_terms", [...marked].join(" "));
    return parts;
  }

  Search._parseQuery = parsed;
  Search.query = (asked) => query(written(asked));
  Search._performSearch = (...asked) => found(...asked).map(told);
})();
