// The margin beside the text: a stripe for each coding, the name of its code where it begins.
// A stripe is [start, end, code, own, lane, named], in order of start.

const LANE = 6, WIDEST = 60, ROW = 15, LETTER = 12;

// For each block the stripes that pass beside it.
const besideBlocks = (blocks, ends, stripes) => {
  let next = 0, open = [];
  return blocks.map((block, n) => {
    const here = next;
    while (next < stripes.length && stripes[next][0] < ends[n]) next += 1;
    open = [...open, ...stripes.slice(here, next)].filter((stripe) => stripe[1] > block.start);
    return open;
  });
};

const widthOf = (name) => {
  let width = 0;
  for (const letter of name) width += letter.codePointAt(0) > 0x2e80 ? LETTER : LETTER * 0.58;
  return width + 14;
};

// Sentences share lines: a stripe begins as far down its line as its sentence begins along it.
const heights = (node, stripe, frame, starts, runs) => {
  const [start, end] = stripe;
  const first = runs[Math.max(0, firstOf(runs.length, (n) => starts[n] >= start))];
  const last = runs[firstOf(runs.length, (n) => starts[n] >= end) - 1];
  const down = (box, x) => box.top - frame.top + ((x - frame.left) / frame.width) * box.height;
  const head = first?.getClientRects()[0];
  const tail = last ? [...last.getClientRects()].at(-1) : null;
  const top = start < starts[0] || !head ? 0 : down(head, head.left);
  const open = end > node.blockEnd || !tail;
  const bottom = open ? frame.height + node.gap : down(tail, tail.right);
  return [top, Math.max(bottom, top + 5), head ? head.top - frame.top : 0];
};

const drawMargin = (node, state) => {
  const { codes } = state.data;
  fill(node, state);
  const text = node.firstChild, margin = node.lastChild;
  const runs = [...text.children];
  const frame = text.getBoundingClientRect();
  if (!frame.width) return;
  margin.replaceChildren();
  node.style.minHeight = "";
  node.margined = frame.width;
  if (!runs.length || !node.stripes.length) return;
  const starts = runs.map((run) => run.from);
  const lanes = state.lanes[0] + state.lanes[1];
  const step = Math.min(LANE, WIDEST / lanes);
  let lowest = 0;
  const room = margin.clientWidth - lanes * step - 6;
  const said = new Set();
  let x = 0, y = -Infinity;
  for (const stripe of node.stripes) {
    const [start, , code, own, lane, named] = stripe;
    const chip = codes[code];
    const [top, bottom, line] = heights(node, stripe, frame, starts, runs);
    const bar = make("i", own ? "stripe own" : "stripe");
    bar.style.cssText = `left:${(own ? lane : state.lanes[0] + lane) * step}px;top:${top}px;height:${bottom - top}px;`
      + `width:${Math.max(2, step - 2)}px;--colour:${chip.colour}`;
    margin.append(handle(bar, stripe, chip, state));
    const once = `${start} ${code}`;
    if (!named || start < starts[0] || said.has(once)) continue;
    said.add(once);
    const wide = widthOf(chip.name), rows = Math.ceil(wide / room);
    if (line > y) [x, y] = [0, line];
    else if (x + wide > room) [x, y] = [0, y + ROW];
    const label = make("button", own ? "label own" : "label", chip.name);
    label.style.cssText = `left:${lanes * step + 6 + x}px;top:${y}px;`
      + `max-width:${room}px;--colour:${chip.colour}`;
    label.tabIndex = -1;
    margin.append(handle(label, stripe, chip, state));
    x += wide;
    y += ROW * (rows - 1);
    lowest = y + ROW;
  }
  // Names of a short paragraph with many codes need more room than its lines.
  node.style.minHeight = lowest > frame.height ? `${lowest + node.gap}px` : "";
};

const handle = (node, stripe, chip, state) => {
  node.title = `${chip.name} · ${stripe[3] ? state.data.words.mine : state.data.words.theirs}`;
  node.dataset.coding = codingKey(stripe[0], stripe[1], chip.path, stripe[3]);
  node.onclick = (event) => {
    event.stopPropagation();
    chooseCoding(state, stripe[0], stripe[1], chip.path, stripe[3]);
  };
  return node;
};
