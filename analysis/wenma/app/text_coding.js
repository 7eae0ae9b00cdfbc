// Coding by mouse and keyboard: what is selected, which coding is chosen, what is asked of Python.

const codingKey = (start, end, code, own) => JSON.stringify([start, end, code, Number(own)]);

const span = (coding) => ({ start: coding.start, end: coding.end, code: coding.code });

// -- asking -----------------------------------------------------------------------------------

// With the words a span is to cover: in a text that has changed since, they are elsewhere.
const act = (state, verb, rest = {}) => {
  const { document } = state.data;
  const some = rest.spans ?? (rest.start === undefined ? [] : [[rest.start, rest.end]]);
  const covered = some.map(([start, end]) => wordsOf(state.paper, start, end));
  const back = verb === "undo" || verb === "redo" ? takenBack(state) : {};
  ask(state, verb, { document, covered, ...back, ...rest });
};

const tell = (state, text) => {
  state.told = text;
  drawBar(state);
};

const heard = (state) => {
  if (!news(state)) return;
  const { done } = state.data;
  if (done.coding !== undefined) {
    state.coding = done.coding ? { ...done.coding, own: 1 } : null;
  }
  if (!done.failed) state.memo = null;
};

// -- what is meant ----------------------------------------------------------------------------

const unitSpan = (state, unit) => laid(state.paper).units.get(unit)?.span ?? null;

const unitBlocks = (state, unit) =>
  (laid(state.paper).units.get(unit)?.blocks ?? []).map((n) => state.text.children[n]);

// The selection; without one, the chosen unit.
const target = (state) =>
  state.selection ?? (state.unit === null ? null : unitSpan(state, state.unit));

const mineAt = (state, start, end) =>
  state.stripes.filter((one) => one[3] && one[0] < end && one[1] > start);

const isOwn = (state) => state.coding?.own;

const paintRanges = (state) => {
  if (typeof Highlight === "undefined") return;
  const paint = (name, stretch) => {
    const range = stretch && rangeOf(state, ...stretch);
    if (range) CSS.highlights.set(name, new Highlight(range));
    else CSS.highlights.delete(name);
  };
  paint("wenma-selection", state.selection);
  paint("wenma-coding", state.coding && [state.coding.start, state.coding.end]);
};

const select = (state, stretch) => {
  state.selection = stretch;
  state.told = "";
  state.failed = false;
  paintRanges(state);
  drawBar(state);
  drawPanel(state);
};

const clear = (state) => {
  document.getSelection()?.removeAllRanges();
  state.recoding = false;
  state.picker.close();
  select(state, null);
};

// What is known here already of a unit, until Python tells the rest.
const early = (state, unit) => {
  const { words, codes, document, panel } = state.data;
  const stretch = unitSpan(state, unit);
  if (!stretch) return panel;
  const here = state.stripes.filter((one) => one[0] < stretch[1] && one[1] > stretch[0]);
  return {
    lines: [["title", words.sentence], ["quote", wordsOf(state.paper, ...stretch)]],
    codings: here.map(([start, end, code, own]) => ({
      start, end, own, code: codes[code].path, name: codes[code].name, colour: codes[code].colour,
      whose: own ? words.mine : words.theirs, lines: [], early: true, others: [],
      about: `coding:${document}:${start}:${end}:${codes[code].path}`,
    })),
    document: panel.document,
  };
};

const chooseUnit = (state, unit) => {
  const other = unit !== state.unit;
  state.unit = unit;
  state.asked = unit;
  sayBusy(state);
  state.told = "";
  if (other) state.data.panel = early(state, unit);
  mark(state);
  drawBar(state);
  drawPanel(state);
  state.send("unit", unit);
};

const chooseCoding = (state, start, end, code, own) => {
  state.coding = { start, end, code, own };
  state.recoding = false;
  markCoding(state);
  const unit = unitAt(state.paper, start);
  const across = unitSpan(state, state.unit ?? -1);
  // The panel tells of the chosen unit: stay there if the coding lies in it too.
  if (unit >= 0 && !(across && start < across[1] && end > across[0])) {
    chooseUnit(state, unit);
  }
  drawPanel(state);
  drawBar(state);
};

const markCoding = (state) => {
  const { coding } = state;
  const key = coding && codingKey(coding.start, coding.end, coding.code, coding.own);
  state.root.querySelectorAll("[data-coding]").forEach((node) => {
    node.classList.toggle("active", node.dataset.coding === key);
  });
  paintRanges(state);
};

// -- acts ---------------------------------------------------------------------------------------

const applyCode = (state, code) => {
  const { words } = state.data;
  if (state.recoding && isOwn(state)) {
    state.recoding = false;
    return act(state, "recode", { ...span(state.coding), to: code });
  }
  const stretch = target(state);
  if (!stretch) return tell(state, words.select_first);
  act(state, "code", { start: stretch[0], end: stretch[1], code });
};

const uncode = (state) => {
  if (!isOwn(state)) return tell(state, state.data.words.choose_own);
  act(state, "uncode", span(state.coding));
};

const extend = (state) => {
  const { coding, selection } = state;
  if (!selection) return tell(state, state.data.words.select_first);
  act(state, "extend", {
    ...span(coding),
    to_start: Math.min(coding.start, selection[0]),
    to_end: Math.max(coding.end, selection[1]),
  });
};

const split = (state) => {
  if (!state.selection) return tell(state, state.data.words.select_first);
  act(state, "split", { ...span(state.coding), at: state.selection[0] });
};

// Codings of one's own with the same code that the selection touches, and the chosen one.
const merge = (state) => {
  const { coding, selection, data } = state;
  if (!selection) return tell(state, data.words.select_first);
  const spans = mineAt(state, ...selection)
    .filter((one) => data.codes[one[2]].path === coding.code)
    .map(([start, end]) => [start, end]);
  if (!spans.some(([start, end]) => start === coding.start && end === coding.end)) {
    spans.push([coding.start, coding.end]);
  }
  act(state, "merge", { code: coding.code, spans });
};

const recode = (state) => {
  state.recoding = true;
  drawBar(state);
  state.picker.line.focus();
};

const toUndecided = (state, forward) => {
  const { undecided, words } = state.data;
  const here = state.unit ?? -1;
  const next = forward
    ? undecided.find((unit) => unit > here)
    : undecided.findLast((unit) => unit < here);
  if (next === undefined) {
    return tell(state, forward ? words.none_after : words.none_before);
  }
  state.selection = null;
  state.coding = null;
  document.getSelection()?.removeAllRanges();
  chooseUnit(state, next);
  markCoding(state);
  bring(state.text, state.root.querySelector(".chosen"));
};

// -- keys -----------------------------------------------------------------------------------------

const onKey = (state, event) => {
  const key = struckKey(state, event);
  if (!key) return;
  const number = /^[1-9]$/.test(key) && !event.shiftKey ? Number(key) : 0;
  if (number) {
    const code = state.data.keys[number - 1];
    if (code) applyCode(state, code);
    else tell(state, state.data.words.no_key);
  } else if (key === "Escape") clear(state);
  else if (key.toLowerCase() === "z") act(state, event.shiftKey ? "redo" : "undo");
  else if (key === "n" || key === "p") toUndecided(state, key === "n");
  else if (key === "Delete" || key === "Backspace") uncode(state);
  else if (key === "/") state.picker.line.focus();
  else return;
  event.preventDefault();
};

// A selection is complete when the mouse is let go, wherever that is.
const listen = (state) => {
  let pressed = false, due = 0;
  // A key struck right after the mouse was let go is about what was just selected.
  const settle = () => {
    clearTimeout(due);
    due = 0;
    const stretch = selected(state);
    if (String(stretch) !== String(state.selection)) select(state, stretch);
  };
  const down = (event) => { pressed = event.composedPath().includes(state.text); };
  const up = (event) => {
    if (!pressed || event.button) return;
    pressed = false;
    // The browser lets go of an old selection only after this.
    due = setTimeout(settle);
  };
  const key = (event) => {
    if (due) settle();
    onKey(state, event);
  };
  const kinds = [["mousedown", down], ["mouseup", up], ["keydown", key]];
  for (const [kind, act] of kinds) document.addEventListener(kind, act);
  return () => {
    for (const [kind, act] of kinds) document.removeEventListener(kind, act);
    if (typeof Highlight === "undefined") return;
    CSS.highlights.delete("wenma-selection");
    CSS.highlights.delete("wenma-coding");
  };
};

const clicked = (state, event) => {
  const run = event.target.closest?.(".run");
  if (!run || selected(state)) return;
  const at = run.from;
  const mine = mineAt(state, at, at + 1).sort((a, b) => a[1] - a[0] - (b[1] - b[0]))[0];
  state.coding = mine
    ? { start: mine[0], end: mine[1], code: state.data.codes[mine[2]].path, own: 1 } : null;
  state.recoding = false;
  markCoding(state);
  if (run.dataset.unit !== undefined) chooseUnit(state, Number(run.dataset.unit));
  drawPanel(state);
};

// -- the bar under the text -----------------------------------------------------------------------

const bar = (state) => {
  const { words } = state.data;
  const node = make("div", "bar");
  state.picker = picker(words, (code) => applyCode(state, code), () => {
    state.recoding = false;
    drawBar(state);
    state.text.focus({ preventScroll: true });
  });
  state.meant = make("div", "meant");
  state.ready = make("div", "ready");
  state.said = make("div", "said");
  state.said.setAttribute("role", "status");
  const first = make("div", "row");
  first.append(state.meant, state.picker.box);
  node.append(first, state.ready, state.said);
  return node;
};

const drawBar = (state) => {
  const { words, codes, keys, undecided } = state.data;
  const stretch = target(state);
  state.meant.textContent = state.recoding ? words.recoding
    : state.selection ? words.selected.replace("{n}", stretch[1] - stretch[0])
    : stretch ? words.unit_meant : words.nothing_meant;
  state.meant.title = stretch ? wordsOf(state.paper, ...stretch).slice(0, 300) : "";
  state.meant.classList.toggle("strong", Boolean(state.selection || state.recoding));
  const known = new Map(codes.map((code) => [code.path, code]));
  state.ready.replaceChildren(...keys.filter((path) => known.has(path)).map((path) => {
    const code = known.get(path);
    const node = make("button", "key");
    const dot = make("i", "dot");
    dot.style.background = code.colour;
    node.append(make("kbd", "", String(keys.indexOf(path) + 1)), dot, make("span", "", code.name));
    node.onmousedown = (event) => event.preventDefault();
    node.onclick = () => applyCode(state, path);
    return node;
  }));
  if (!keys.length) state.ready.append(make("span", "faint", words.no_key));
  const left = make("span", "left", words.undecided.replace("{n}", undecided.length));
  state.said.replaceChildren(
    make("span", state.failed ? "failed" : "", state.told || words.keys), left);
};

// -- the panel: the chosen unit, its codings and memos ----------------------------------------------

const button = (text, act, kind = "small") => {
  const node = make("button", kind, text);
  node.onmousedown = (event) => event.preventDefault();
  node.onclick = act;
  return node;
};

const memoOf = (state, about, mine, others) => {
  const { words } = state.data;
  const box = make("div", "memo");
  for (const [person, text] of others) box.append(make("p", "others", `${person}: ${text}`));
  if (state.memo?.about !== about) {
    if (mine) box.append(make("p", "own", mine));
    return box;
  }
  const field = make("textarea", "write");
  field.value = state.memo.text;
  field.setAttribute("aria-label", words.memo);
  field.oninput = () => { state.memo.text = field.value; };
  const keep = () => act(state, "note", { about, text: field.value });
  field.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep();
    if (event.key === "Escape" && !event.isComposing) {
      state.memo = null;
      drawPanel(state);
    }
  };
  const row = make("div", "acts");
  row.append(button(words.keep, keep), button(words.leave, () => {
    state.memo = null;
    drawPanel(state);
  }));
  box.append(field, row);
  return box;
};

const writeMemo = (state, about, text) => button(state.data.words.memo, () => {
  state.memo = { about, text };
  drawPanel(state);
  state.why.querySelector("textarea")?.focus();
});

const codingBox = (state, one) => {
  const { words } = state.data;
  const active = state.coding
    && codingKey(one.start, one.end, one.code, one.own)
      === codingKey(state.coding.start, state.coding.end, state.coding.code, state.coding.own);
  const box = make("div", `coding${one.own ? " own" : ""}${active ? " active" : ""}`);
  box.style.setProperty("--colour", one.colour);
  const head = button("", () => chooseCoding(state, one.start, one.end, one.code, one.own), "head");
  head.append(make("span", "line code", one.name), make("span", "whose", one.whose));
  box.append(head, ...one.lines.map(([kind, text]) => make("div", `line ${kind}`, text)));
  const row = make("div", "acts");
  if (one.own && active) {
    row.append(
      button(words.uncode, () => uncode(state)),
      button(words.recode, () => recode(state)),
      button(words.extend, () => extend(state)),
      button(words.split, () => split(state)),
      button(words.merge, () => merge(state)),
    );
  } else if (!one.own && !one.taken && !one.early) {
    row.append(button(words.take, () => act(state, "code", span(one))));
  }
  if (!one.early) row.append(writeMemo(state, one.about, one.memo));
  box.append(row, memoOf(state, one.about, one.memo, one.others));
  return box;
};

const drawPanel = (state) => {
  const { panel } = state.data;
  const kept = state.why.scrollTop;
  const writing = state.root.getRootNode().activeElement?.matches?.("textarea");
  state.why.replaceChildren(
    ...panel.lines.map(([kind, text]) => make("div", `line ${kind}`, text)),
    ...panel.codings.map((one) => codingBox(state, one)),
  );
  const paper = make("div", "coding paper");
  const row = make("div", "acts");
  row.append(writeMemo(state, panel.document.about, panel.document.memo));
  paper.append(make("div", "line code", panel.document.name), row,
    memoOf(state, panel.document.about, panel.document.memo, panel.document.others));
  state.why.append(paper);
  state.why.scrollTop = kept;
  if (writing) {
    const field = state.why.querySelector("textarea");
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }
};
