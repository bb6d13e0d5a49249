// Settings as the text of a link, and back: 24, relu, true, 6,12,24,16

function plain(value) {
  return ["boolean", "string"].includes(typeof value) ||
    Number.isFinite(value);
}

// Numbers, texts, yes or no, and flat lists of one of them can be shared.
function fits(value, saved) {
  const kind = typeof saved;
  if (!Array.isArray(saved)) return plain(value) && typeof value === kind;
  if (!Array.isArray(value)) return false;
  const sample = saved[0] ?? value[0];
  return value.every((item) => plain(item) && typeof item === typeof sample);
}

// A list is written as JSON without its brackets, a text without its quotes.
function write(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return Array.isArray(value) ? text.slice(1, -1) : text;
}

function read(text, saved) {
  if (typeof saved === "string") return text;
  return JSON.parse(Array.isArray(saved) ? `[${text}]` : text);
}

// What an address asks for, or the saved value where it makes no sense:
// somebody's slip in a link is no reason to trouble the reader.
function given(text, saved) {
  try {
    const value = read(decodeURIComponent(text), saved);
    if (text !== undefined && fits(value, saved)) return value;
  } catch {}
  return structuredClone(saved);
}
