// Draws what Python has worked out. Every string goes in as textContent, never as HTML.

const make = (tag, kind, text = "") => {
  const node = document.createElement(tag);
  node.className = kind;
  node.textContent = text;
  return node;
};

// A tint of the first code; a stripe below for each of three codes, so that they are told apart.
const paint = (node, colours, evidence) => {
  const layer = (colour, place) => `linear-gradient(${colour}, ${colour}) ${place} no-repeat`;
  const stripes = colours.slice(0, 3).map((colour, n) =>
    layer(colour, `0 calc(100% - ${6 - n * 3}px) / 100% 2px`));
  const tint = layer(colours[0] + (evidence ? "59" : "1f"), "0 0 / 100% calc(100% - 8px)");
  node.style.background = [...stripes, tint].join(", ");
};

const runs = (into, several, chips) => {
  for (const [text, unit, codes, evidence] of several) {
    const node = make("span", evidence ? "run evidence" : "run", text);
    if (unit >= 0) node.dataset.unit = unit;
    if (codes.length) {
      paint(node, codes.map((code) => chips[code].colour), evidence);
      node.title = codes.map((code) => chips[code].name).join(" · ");
    }
    into.append(node);
  }
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
  entries.forEach(([title, level, , codings], number) => {
    const node = make("button", "entry");
    node.style.paddingLeft = `${0.4 + 0.8 * (level - 1)}rem`;
    node.append(make("span", "", title), make("b", "", codings || ""));
    node.title = title;
    node.onclick = () => go(number);
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

const mark = (root, unit) => {
  root.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
  const found = unit === null ? [] : root.querySelectorAll(`[data-unit="${Number(unit)}"]`);
  found.forEach((node) => node.classList.add("chosen"));
  return found[0];
};

const reading = (root, data, setTriggerValue) => {
  const scrolled = root.querySelector(".text")?.scrollTop ?? null;
  const same = root.firstChild?.dataset.document === data.words.document;
  const page = make("div", "reading");
  page.dataset.document = data.words.document;
  const text = make("article", "text");
  text.tabIndex = 0;
  const headings = [];
  for (const block of data.blocks) {
    const node = make("p", `${block.kind} level${Math.min(block.level, 4)}`);
    runs(node, block.runs, data.chips);
    text.append(node);
  }
  for (const [, , place] of data.outline) headings.push(text.children[place]);
  text.onclick = (event) => {
    const unit = event.target.dataset?.unit;
    if (unit === undefined) return;
    mark(root, unit);
    setTriggerValue("unit", Number(unit));
  };
  const column = make("div", "column");
  column.append(legend(data.chips, data.words, (path) => setTriggerValue("code", path)), text);
  page.append(contents(data.outline, data.words, (n) => bring(text, headings[n])), column);
  root.replaceChildren(page);
  if (same && scrolled !== null) text.scrollTop = scrolled;
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
  if (data.form === "lines") return lines(root, data);
  if (data.form === "passages") return passages(root, data, setTriggerValue);
  if (root.dataset.version !== data.version) {
    reading(root, data, setTriggerValue);
    root.dataset.version = data.version;
  }
  const chosen = mark(root, data.unit);
  if (root.dataset.unit !== String(data.unit)) {
    // A sentence someone has just clicked is in sight already.
    const text = root.querySelector(".text");
    const box = chosen?.getBoundingClientRect(), frame = text.getBoundingClientRect();
    if (chosen && (box.top < frame.top || box.bottom > frame.bottom)) bring(text, chosen);
    root.dataset.unit = data.unit;
  }
}
