// What is said of a place that asks, and of what the net answers.

const MARKS = ["left", "right"];
const percent = (part) => part > 0.995 && part < 1 ? "over\u00a099\u00a0%"
  : part > 0 && part < 0.01 ? "under\u00a01\u00a0%"
    : `${Math.round(100 * part)}\u00a0%`;
const signed = (v, digits) => v.toFixed(digits).replace("-", "−");

// Where it looks, or what it has instead.
export function lookSentence({ net, on, falls, here, map, number, apart }) {
  if (net === "cgnl") {
    return ["There is no map to draw. CGNL has one number for the whole " +
      "picture, ", { b: signed(number, 0) }, ", wherever you stand."];
  }
  if (net === "cbam") {
    return ["CBAM has one map, whoever asks. Its gate is ",
      { b: here.toFixed(2) }, ` here, and ${Math.min(...map).toFixed(2)} to ` +
      `${Math.max(...map).toFixed(2)} over the picture.`];
  }
  if (on < 0) {
    return ["From the ground here, ", { b: percent(falls[0].share) },
      " of the weight falls on the left mark and ",
      { b: percent(falls[1].share) }, " on the right; spread evenly, " +
      `${percent(falls[0].even)} and ${percent(falls[1].even)}.`];
  }
  const { share, even } = falls[1 - on];
  return [`From the ${MARKS[on]} mark, `, { b: percent(share) },
    ` of the weight falls on the other mark, ${apart} columns away; ` +
    `spread evenly, ${percent(even)}.`];
}

export function answerSentence({ epoch, same, truth, right }) {
  const says = same >= 0.5 ? "same" : "different";
  const instead = truth ? "the same" : "different";
  const sure = percent(Math.max(same, 1 - same));
  const when = epoch === 0 ? "Before training it"
    : `After ${epoch} epoch${epoch > 1 ? "s" : ""} it`;
  const judged = Math.max(same, 1 - same) < 0.6
    ? `hardly more than a guess, and ${right >= 0.5 ? "right" : "wrong"}`
    : right >= 0.5 ? "right" : `wrong, they are ${instead}`;
  return [` ${when} says `, { b: says }, ` (${sure}): ${judged}.`];
}

// The formula, with the numbers put in.
export function lookFormula({ net, on, falls, here, number, map }) {
  if (net === "cgnl") {
    return ["θ of every place × φ·g = θ × ", { b: signed(number, 1) }];
  }
  if (net === "cbam") {
    return ["features here × gate = features × ", { b: here.toFixed(3) }];
  }
  const mark = on < 0 ? 0 : 1 - on;
  const { share, places, most } = falls[mark];
  return [`softmax of θ·φ/√d, summed over the ${places} places of the ` +
    `${on < 0 ? "left" : "other"} mark (the highest ${most.toFixed(3)}) = `,
  { b: share.toFixed(3) }, `; over all ${map.length} places it is 1`];
}

export function mapCaption({ net, map }) {
  if (net === "cgnl") return "CGNL has no map";
  if (net === "cbam") return "one gate for all who ask";
  return `where it looks; at most ${Math.max(...map).toFixed(3)}`;
}

export const pictureName = (plan, p) =>
  `${plan.labels[p] ? "same" : "different"}, ${plan.apart[p]} apart`;
