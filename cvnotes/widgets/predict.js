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

// What to say to `given` (a typed text, or the choice that was picked).
export function judge({ answer, choices, slips, hint, because }, given) {
  const value = choices.length ? given : parse(given);
  if (value !== value) return { right: null, say: "Type a number." };
  const right = choices.length ? value === answer
    : Math.abs(value - answer) <= 1e-6 * Math.max(1, Math.abs(answer));
  if (right) return { right, say: `Right. ${because}` };
  const slip = Object.entries(slips).find(([wrong]) => choices.length
    ? wrong === value : Number(wrong) === value);
  return { right, say: slip ? slip[1] : hint };
}

const TRAITS = ["question", "answer", "choices", "slips", "hint", "because",
  "unit"];

function render({ model, el }) {
  const panel = kit.panel(el, model, "Predict");
  panel.root.classList.add("cv-predict");
  panel.add(kit.html("p", { class: "cv-question" }, model.get("question")));
  const show = (given) => {
    const { right, say: text } = judge(kit.read(model, TRAITS), given);
    panel.root.dataset.right = right ?? "";
    say({ b: right ? "✓ " : right === null ? "" : "✗ " }, text);
  };
  const choices = model.get("choices");
  const input = kit.html("input", { type: "text", inputmode: "decimal",
    size: 9, autocomplete: "off", "aria-label": "Your answer",
    onkeydown: (event) => {
      if (event.key === "Enter") show(input.value);
    } });
  panel.box("cv-row", () => {
    for (const choice of choices) panel.button(choice, () => show(choice));
    if (choices.length) return;
    panel.add(kit.html("label", { class: "cv-choice" }, input,
      model.get("unit")));
    panel.button("Check", () => show(input.value));
  });
  const say = panel.say("", true);
  return () => panel.clear();
}

export default { render };
