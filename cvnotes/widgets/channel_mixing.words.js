// What is said of a mix, with the numbers put in.

const INPUTS = ["red", "green", "blue"];

const places = (value, digits) =>
  kit.number(+(+value.toFixed(digits)).toPrecision(12) + 0);
const factor = (value) => (value < 0 ? `(${places(value, 3)})`
  : places(value, 3));

// One output of one pixel: its row of the matrix, times the three channels.
export function product(row, pixel, relu) {
  const sum = dot(row, pixel);
  const terms = row.map((weight, i) =>
    `${factor(weight)} · ${places(pixel[i], 3)}`);
  const cut = relu && sum < 0;
  return [`${terms.join(" + ")} = `, ...cut
    ? [`${places(sum, 3)}, and ReLU makes it `, { b: "0" }]
    : [{ b: places(sum, 3) }]];
}

export function pixelSentence(x, y, pixel) {
  const each = INPUTS.map((name, i) => `${name} ${places(pixel[i], 3)}`);
  return `Pixel ${x}, ${y}: ${each.join(", ")}`;
}

const share = (part) => {
  const percent = 100 * part;
  return percent < 0.1 ? "under 0.1\u00a0%"
    : `${percent.toFixed(percent < 1 ? 1 : 0)}\u00a0%`;
};

const NONE = { b: "this mix cannot be undone." };
const WORDS = [
  () => ["Rank 0: nothing is left of the photograph."],
  () => ["Rank 1: ", NONE, " All outputs are multiples of one picture."],
  (matrix) => ["Rank 2: ", NONE, " Move any colour along (" +
    `${unseen(matrix).map((v) => places(v, 2)).join(", ")}), and no output ` +
    "notices."],
  (matrix) => ["Rank 3, determinant " +
    `${places(determinant(matrix), 4)}: `, { b: "this mix can be undone." },
  " No two colours become one."],
];

// Whether the colours can be had back; `below` is the share of the numbers
// that the matrix makes negative.
export function rankSentence(matrix, relu, below) {
  const now = rank(matrix);
  if (!relu || now === 0) return WORDS[now](matrix);
  if (below === 0) {
    return [...WORDS[now](matrix), " ReLU finds nothing below 0 to cut."];
  }
  const cut = ` ReLU made ${share(below)} of the numbers 0, ` +
    "and what they were is gone.";
  return [`Rank ${now} before ReLU: `, NONE, cut];
}

export const rangeWords = ([least, most]) =>
  `${places(least, 2)} to ${places(most, 2)}`;

export function channelTable(inputs, outputs) {
  const pairs = [[0, 1], [0, 2], [1, 2]];
  const told = (channels, [i, j]) => {
    const value = correlation(channels[i], channels[j]);
    return value === null ? "–" : places(value, 3);
  };
  return kit.table({
    caption: "How far two channels rise and fall together: correlation",
    head: ["channels", "photograph", "mix"],
    rows: pairs.map(([i, j]) => [`${i + 1} and ${j + 1}`,
      told(inputs, [i, j]), told(outputs, [i, j])]),
  });
}
