// Draws what Python has worked out. Every string goes in as textContent, never as HTML.

const make = (tag, kind, text = "") => {
  const node = document.createElement(tag);
  node.className = kind;
  node.textContent = text;
  return node;
};

// A tint of the first code; a line below for each of three, so that they are told apart: solid
// where the person at the desk has coded, dashed where somebody else or a rule has.
const paint = (node, lines, evidence) => {
  const layer = (image, place) => `${image} ${place} no-repeat`;
  const plain = (colour) => `linear-gradient(${colour}, ${colour})`;
  const dashes = (colour) =>
    `repeating-linear-gradient(90deg, ${colour} 0 4px, transparent 4px 7px)`;
  const below = lines.slice(0, 3).map(([colour, own], n) =>
    layer(own ? plain(colour) : dashes(colour), `0 calc(100% - ${6 - n * 3}px) / 100% 2px`));
  const [colour, own] = lines[0];
  const tint = colour + (evidence ? "59" : own ? "38" : "1f");
  node.style.background = [...below, layer(plain(tint), "0 0 / 100% calc(100% - 8px)")].join(", ");
};

const runs = (into, several, chips, start = -1) => {
  for (const [text, unit, codes, evidence, own = []] of several) {
    const node = make("span", evidence ? "run evidence" : "run", text);
    if (unit >= 0) node.dataset.unit = unit;
    if (start >= 0) {
      node.from = start;
      start += points(text);
      node.to = start;
    }
    if (codes.length || own.length) {
      const lines = [...own.map((code) => [code, true]), ...codes.map((code) => [code, false])];
      paint(node, lines.map(([code, mine]) => [chips[code].colour, mine]), evidence);
      node.title = [...new Set(lines.map(([code]) => chips[code].name))].join(" · ");
    }
    into.append(node);
  }
  return start;
};

const legend = (chips, words, toggle) => {
  const bar = make("div", "legend");
  bar.title = words.show_codes;
  for (const chip of chips) {
    const node = make("button", chip.shown ? "chip" : "chip off");
    const dot = make("i", "dot");
    dot.style.background = chip.colour;
    node.append(dot, make("span", "", chip.name), make("b", "", chip.uses.toLocaleString("en")));
    node.setAttribute("aria-pressed", String(chip.shown));
    node.onclick = () => toggle(chip.path);
    bar.append(node);
  }
  return bar;
};

const contents = (entries, words, go) => {
  const list = make("nav", "outline");
  list.append(make("h2", "", words.outline));
  entries.forEach(([title, level, place, codings]) => {
    const node = make("button", "entry");
    node.style.paddingLeft = `${0.4 + 0.8 * (level - 1)}rem`;
    node.append(make("span", "", title), make("b", "", codings || ""));
    node.title = title;
    node.onclick = () => go(place);
    list.append(node);
  });
  if (!entries.length) list.append(make("p", "faint", words.no_outline));
  return list;
};

// The page around the text must stay where it is, so scroll the text alone; far blocks get
// their true height only when near, so look again until nothing moves any more.
const bring = (text, node, looks = 30) => {
  if (!node || !looks) return;
  const gap = node.getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += gap - text.clientHeight / 4;
  requestAnimationFrame(() => bring(text, node, looks - 1));
};

const mark = (state) => {
  state.root.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
  const found = [];
  for (const node of unitBlocks(state, state.unit)) {
    fill(node, state);
    found.push(...node.querySelectorAll(`[data-unit="${Number(state.unit)}"]`));
  }
  found.forEach((node) => node.classList.add("chosen"));
  return found[0];
};

// Runs cut once more where a coding of one's own begins or ends.
const cutByOwn = (several, start, own) => {
  if (!own.length) return several;
  const cuts = [...new Set(own.flatMap((stripe) => [stripe[0], stripe[1]]))].sort((a, b) => a - b);
  const pieces = [];
  let at = start;
  for (let [text, unit, codes, evidence] of several) {
    const end = at + points(text);
    for (const stop of [...cuts.filter((cut) => cut > at && cut < end), end]) {
      const length = unitsOf(text, stop - at);
      const here = own.filter((stripe) => stripe[0] <= at && stripe[1] >= stop);
      pieces.push([text.slice(0, length), unit, codes, evidence,
        [...new Set(here.map((stripe) => stripe[2]))]]);
      text = text.slice(length);
      at = stop;
    }
  }
  return pieces;
};

// Far from where somebody reads, a block is its bare text; its runs are drawn when it comes near.
const blockNode = (one, stripes) => {
  const node = make("div", "block");
  const text = make("p", `${one.kind} level${Math.min(one.level, 4)}`, wholeOf(one));
  Object.assign(node, { one, stripes, gap: 8 });
  text.from = one.start;
  node.append(text);
  return node;
};

const fill = (node, state) => {
  if (node.filled) return;
  node.filled = true;
  const { one, stripes } = node;
  const own = stripes.filter((stripe) => stripe[3]);
  const text = node.firstChild;
  text.replaceChildren();
  node.blockEnd = runs(text, cutByOwn(one.runs, one.start, own), state.data.codes, one.start);
  node.append(make("div", "margin"));
};

// Only what has changed is drawn again: the rest of the text, and where it is scrolled to, stay.
const drawText = (state, paper, anew) => {
  const { text, data } = state;
  const { blocks } = paper;
  const again = !anew && state.paper && text.children.length === blocks.length;
  if (!again) {
    text.replaceChildren();
    text.scrollTop = 0;
    state.near.disconnect();
    state.besides = [];
  }
  const own = data.mine.map(([start, end, code, lane, named]) => [start, end, code, 1, lane, named]);
  const others = paper.stripes.map(
    ([start, end, code, lane, named]) => [start, end, code, 0, lane, named]);
  const widest = (several) => several.reduce((most, one) => Math.max(most, one[4] + 1), 1);
  const lanes = [widest(own), widest(others)];
  const widened = String(lanes) !== String(state.lanes);
  state.lanes = lanes;
  state.stripes = [...own, ...others].sort((a, b) => a[0] - b[0]);
  const beside = besideBlocks(blocks, laid(paper).ends, state.stripes);
  const fresh = [], whole = document.createDocumentFragment();
  blocks.forEach((one, n) => {
    const key = beside[n].join(" ");
    const old = again ? text.children[n] : null;
    const kept = old && state.besides[n] === key && (state.paper === paper
      || JSON.stringify(state.paper.blocks[n]) === JSON.stringify(one));
    state.besides[n] = key;
    if (kept) {
      if (widened && old.margined) fresh.push(old);
      return;
    }
    const node = blockNode(one, beside[n]);
    if (old) {
      if (old.margined) fresh.push(node);
      state.near.unobserve(old);
      old.replaceWith(node);
    } else whole.append(node);
    state.near.observe(node);
  });
  text.append(whole);
  state.paper = paper;
  fresh.forEach((node) => drawMargin(node, state));
};

const frameOf = (root, state) => {
  const page = make("div", "reading");
  state.outline = make("nav", "outline");
  state.legend = make("div", "legend");
  state.text = make("article", "text");
  state.text.tabIndex = 0;
  state.text.onclick = (event) => clicked(state, event);
  state.why = make("aside", "why");
  const column = make("div", "column");
  column.append(state.legend, state.text, bar(state));
  page.append(state.outline, column, state.why);
  // Margins are drawn when they come near, and again when the lines break elsewhere.
  state.near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting && target.margined !== target.firstChild.getBoundingClientRect().width) {
        drawMargin(target, state);
      }
    }
    markCoding(state);
  }, { root: state.text, rootMargin: "400px" });
  state.width = new ResizeObserver(() => {
    for (const node of state.text.children) {
      if (node.margined && node.margined !== node.firstChild.getBoundingClientRect().width) {
        drawMargin(node, state);
      }
    }
  });
  state.width.observe(state.text);
  root.replaceChildren(page);
};

// The text comes in a message of its own, before or after what is said of it.
const papers = new Map();
const waiting = new Map();

const keepPaper = (bytes) => {
  const cut = bytes.indexOf(10);
  const decoder = new TextDecoder();
  const version = decoder.decode(bytes.subarray(0, cut));
  if (!papers.has(version)) {
    papers.set(version, JSON.parse(decoder.decode(bytes.subarray(cut + 1))));
    if (papers.size > 4) papers.delete(papers.keys().next().value);
  }
  for (const draw of [...waiting.values()]) draw();
};

const reading = (root, data, setTriggerValue) => {
  waiting.set(root, () => {
    if (!papers.has(data.version)) return;
    waiting.delete(root);
    readNow(root, data, papers.get(data.version), setTriggerValue);
  });
  waiting.get(root)();
  return () => {
    waiting.delete(root);
    root.state?.stop();
  };
};

const readNow = (root, data, paper, setTriggerValue) => {
  const state = root.state ??= {
    root, ...numbered(), selection: null, coding: null, unit: null, memo: null, asked: null,
  };
  const before = state.data;
  state.data = data;
  state.send = setTriggerValue;
  const look = JSON.stringify([data.document, data.words, data.codes]);
  const anew = look !== state.look;
  state.look = look;
  if (before?.words.find_code !== data.words.find_code) {
    state.stop?.();
    frameOf(root, state);
    const silence = listen(state);
    state.stop = () => {
      silence();
      state.near.disconnect();
      state.width.disconnect();
    };
  }
  if (before && before.document !== data.document) {
    Object.assign(state, { selection: null, coding: null, memo: null, told: "", asked: null });
  }
  state.picker.fill(data.codes);
  const marks = `${data.version} ${data.mine}`;
  if (anew || marks !== state.marks) drawText(state, paper, anew);
  state.marks = marks;
  const around = JSON.stringify([data.outline, data.chips]);
  if (anew || around !== state.around) drawAround(state);
  state.around = around;
  heard(state);
  // An answer to an earlier click must not take back a later one.
  if (state.asked === null || state.asked === data.unit) {
    state.asked = null;
    state.unit = data.unit;
    sayBusy(state);
  }
  const chosen = mark(state);
  if (root.dataset.unit !== String(state.unit)) {
    root.dataset.unit = state.unit;
    // A sentence someone has just clicked is in sight already.
    const box = chosen?.getBoundingClientRect(), frame = state.text.getBoundingClientRect();
    if (chosen && (box.top < frame.top || box.bottom > frame.bottom)) bring(state.text, chosen);
  }
  markCoding(state);
  drawBar(state);
  drawPanel(state);
};

const drawAround = (state) => {
  const { outline, words, chips } = state.data;
  const kept = state.outline.scrollTop;
  const list = contents(outline, words, (place) => bring(state.text, state.text.children[place]));
  state.outline.replaceWith(list);
  state.outline = list;
  list.scrollTop = kept;
  const bar = legend(chips, words, (path) => state.send("code", path));
  state.legend.replaceWith(bar);
  state.legend = bar;
};

const passages = (root, data, setTriggerValue) => {
  root.replaceChildren(...data.blocks.map((block, number) => {
    const node = make("a", "passage");
    node.href = block.href;
    const text = make("p", "body");
    runs(text, block.runs, data.chips);
    node.append(make("div", "faint", block.head), text, make("div", "faint", block.foot));
    node.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setTriggerValue("passage", number);
    };
    return node;
  }));
};

const lines = (root, data) => {
  root.replaceChildren(...data.lines.map(([kind, text]) => make("div", `line ${kind}`, text)));
  // What someone has asked for by a click far above must not open unseen.
  if (data.call && root.dataset.call !== data.call) {
    const box = root.getBoundingClientRect();
    if (box.bottom > window.innerHeight || box.top < 0) {
      root.scrollIntoView({ block: "center", behavior: "smooth" });
    }
  }
  root.dataset.call = data.call;
};

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".wenma");
  if (!root) {
    root = make("div", "wenma");
    parentElement.append(root);
  }
  if (ArrayBuffer.isView(data)) return keepPaper(data);
  if (data.form === "lines") return lines(root, data);
  if (data.form === "review") return review(root, data, setTriggerValue);
  if (data.form === "passages") return passages(root, data, setTriggerValue);
  return reading(root, data, setTriggerValue);
}
