// One proposal and what can be said of it. A key or a click is about the proposal on the screen;
// while one is on its way to Python nothing more is said of any.

const DECIDED = ["accept", "reject", "change", "skip"];
const REVIEW_KEYS = { a: "accept", d: "reject", s: "skip", z: "undo", e: "change" };

const decide = (state, verb) => {
  const { proposal, words } = state.data;
  if (verb === "undo") {
    ask(state, verb, takenBack(state));
  } else if (!proposal) {
    return;
  } else if (state.waiting.length) {
    state.told = words.working;
    state.failed = false;
  } else {
    ask(state, verb, {
      ...proposal,
      reason: state.reason.value,
      to: verb === "change" ? state.other.value : "",
    });
  }
  drawState(state);
};

const drawState = (state) => {
  const busy = state.waiting.length > 0;
  state.card.classList.toggle("busy", busy);
  for (const verb of DECIDED) {
    state.buttons[verb].setAttribute("aria-disabled", String(busy || !state.data.proposal));
  }
  state.said.textContent = state.told;
  state.said.className = state.failed ? "line said failed" : "line said";
};

const reviewButton = (state, verb) => {
  const { words } = state.data;
  const node = make("button", "decide");
  const key = Object.keys(REVIEW_KEYS).find((one) => REVIEW_KEYS[one] === verb).toUpperCase();
  const hint = make("kbd", "", key);
  hint.setAttribute("aria-hidden", "true");
  node.append(make("span", "", words[verb]), hint);
  node.setAttribute("aria-keyshortcuts", key);
  node.onclick = () => decide(state, verb);
  state.buttons[verb] = node;
  return node;
};

const field = (label, node) => {
  const whole = make("label", "field");
  node.setAttribute("aria-label", label);
  whole.append(make("span", "", label), node);
  return whole;
};

const reviewFrame = (root, state) => {
  const { words } = state.data;
  state.card = make("section", "review");
  state.head = make("div", "line title");
  state.passage = make("div", "");
  state.definition = make("div", "line faint");
  state.buttons = {};
  state.row = make("div", "decisions");
  state.row.append(...["accept", "reject", "skip", "undo"].map((one) => reviewButton(state, one)));
  state.reason = make("input", "search");
  state.reason.type = "text";
  state.reason.placeholder = words.reason_example;
  state.reason.onkeydown = (event) => event.stopPropagation();
  state.other = make("select", "search");
  state.more = make("div", "decisions");
  state.more.append(field(words.reason, state.reason), field(words.other_code, state.other),
    reviewButton(state, "change"));
  state.said = make("div", "line said");
  state.said.setAttribute("role", "status");
  state.card.append(state.head, state.passage, state.definition, state.row, state.more, state.said);
  root.replaceChildren(state.card);
};

const drawProposal = (state) => {
  const { proposal, shown, codes } = state.data;
  for (const node of [state.head, state.passage, state.definition, state.more]) {
    node.hidden = !proposal;
  }
  for (const verb of DECIDED) state.buttons[verb].hidden = !proposal;
  if (!proposal) return;
  state.head.textContent = shown.name;
  state.definition.textContent = shown.definition;
  passages(state.passage, { blocks: [shown.block], chips: [shown.chip] }, (_, place) =>
    state.send("opened", place));
  const before = state.other.value;
  state.other.replaceChildren(...codes.filter((one) => one.path !== proposal.code).map((one) => {
    const node = make("option", "", one.name);
    node.value = one.path;
    return node;
  }));
  if (codes.some((one) => one.path === before && before !== proposal.code)) {
    state.other.value = before;
  }
};

const review = (root, data, setTriggerValue) => {
  const state = root.state ??= { root, ...numbered() };
  const before = state.data;
  state.data = data;
  state.send = setTriggerValue;
  if (JSON.stringify(before?.words) !== JSON.stringify(data.words)) {
    reviewFrame(root, state);
    state.look = null;
  }
  news(state);
  const look = JSON.stringify([data.proposal, data.shown, data.codes]);
  const another = JSON.stringify(before?.proposal) !== JSON.stringify(data.proposal);
  if (another) state.reason.value = "";
  if (look !== state.look) drawProposal(state);
  state.look = look;
  drawState(state);
  if (!state.stop) {
    const key = (event) => {
      const verb = event.shiftKey ? null : REVIEW_KEYS[struckKey(state, event).toLowerCase()];
      if (!verb) return;
      event.preventDefault();
      decide(state, verb);
    };
    document.addEventListener("keydown", key);
    state.stop = () => {
      document.removeEventListener("keydown", key);
      state.stop = null;
    };
  }
  return () => state.stop?.();
};
