// A question to answer before reading on, with feedback for each slip.

// What the reader typed, as a number: "1,024", "1024 " and "1 024" are one,
// but "2,24" is none.
export function parse(text) {
  // NFKC: full-width digits, as Chinese keyboards write them, are digits.
  const typed = text.normalize("NFKC").trim().replace("−", "-");
  const thousands = /^-?\d{1,3}([, _\u00a0]\d{3})+(\.\d+)?$/.test(typed);
  const plain = thousands ? typed.replace(/[, _\u00a0]/g, "") : typed;
  return plain === "" ? NaN : Number(plain);
}

const BARE = "Not yet. Try again.";  // of a question that has no hint

// What to say to `given` (a typed text, or the choice that was picked), when
// so many were wrong before it: from the second on, a hint stands by a slip.
export function judge({ answer, choices, slips, hint, because }, given,
  missed = 0) {
  const value = choices.length ? given : parse(given);
  if (value !== value) return { right: null, say: "Type a number." };
  const right = choices.length ? value === answer
    : Math.abs(value - answer) <= 1e-6 * Math.max(1, Math.abs(answer));
  if (right) return { right, say: `Right. ${because}` };
  const slip = Object.entries(slips).find(([wrong]) => choices.length
    ? wrong === value : Number(wrong) === value);
  const more = missed > 0 && hint !== BARE ? ` ${hint}` : "";
  return { right, say: slip ? slip[1] + more : hint };
}

// Whether the answer is to be had after so many wrong ones: of three choices
// it is what is left.
export const gives = ({ choices }, missed) =>
  missed > 2 && (choices.length === 0 || choices.length > 3);

export function shown({ answer, unit, because }) {
  const text = typeof answer === "string" ? answer : kit.number(answer);
  const whole = typeof answer === "string" || parse(text) === answer ? text
    : `${+answer.toPrecision(12)}`;
  return ["The answer is ", { b: [whole, unit].filter(Boolean).join(" ") },
    `. ${because}`];
}

const CHECK = "Check";
const TRAITS = ["question", "answer", "choices", "slips", "hint", "because",
  "unit"];

function render({ model, el }) {
  const panel = kit.panel(el, model, "Predict");
  panel.root.classList.add("cv-predict");
  panel.add(kit.html("p", { class: "cv-question" }, model.get("question")));
  let [missed, way] = [0, null];
  const show = (given) => {
    const traits = kit.read(model, TRAITS);
    const { right, say: text } = judge(traits, given, missed);
    if (right === false) missed += 1;
    way.hidden = right || !gives(traits, missed);
    panel.root.dataset.right = right ?? "";
    // Who hears the page is told of the new button, too.
    say({ b: right ? "✓ " : right === null ? "" : "✗ " }, text,
      way.hidden ? "" : " Or let the answer be shown.");
    return right;
  };
  const reply = (given) => {
    const right = show(given);
    if (right !== null) tell("answer", { given, right });
  };
  // It hides itself, so it hands the focus to what stays.
  const giveUp = () => {
    const traits = kit.read(model, TRAITS);
    panel.root.dataset.right = "";
    say(...shown(traits));
    asked[traits.choices.length ? traits.answer : CHECK].focus();
    way.hidden = true;
  };
  // A page may remember answers, and give one back; a notebook does not.
  const tell = (kind, detail) => el.dispatchEvent(new CustomEvent(
    `cv-${kind}`, { bubbles: true,
      detail: { question: model.get("question"), ...detail } }));
  const recall = (answer) => {
    missed = 0;
    way.hidden = true;
    panel.root.dataset.right = "";
    say("");
    if (!choices.length) input.value = answer?.given ?? "";
    if (answer) show(answer.given);
  };
  const asked = {};  // the buttons that answer
  const choices = model.get("choices");
  const input = kit.html("input", { type: "text", inputmode: "decimal",
    size: 9, autocomplete: "off", "aria-label": "Your answer",
    onkeydown: (event) => {
      if (event.key === "Enter") reply(input.value);
    } });
  panel.box("cv-row", () => {
    for (const choice of choices) {
      asked[choice] = panel.button(choice, () => reply(choice));
    }
    if (!choices.length) {
      panel.add(kit.html("label", { class: "cv-choice" }, input,
        model.get("unit")));
      asked[CHECK] = panel.button(CHECK, () => reply(input.value), "cv-check");
    }
    way = panel.button("Show the answer", giveUp, "cv-check");
    way.hidden = true;
  });
  const say = panel.say("", true);
  tell("question", { recall });
  return () => panel.clear();
}

export default { render };
