// A page opened from file:// may not fetch others: results without excerpts.

if (location.protocol === "file:") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
