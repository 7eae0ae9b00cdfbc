// Where a place in the browser lies in the document. The browser counts UTF-16 units, Python and
// the project count code points: 😀 and 𠮷 are two of the one and one of the other.

const points = (string) => {
  let count = 0;
  for (const _ of string) count += 1;
  return count;
};

// How many UTF-16 units the first `count` code points take.
const unitsOf = (string, count) => {
  let at = 0;
  for (const one of string) {
    if (count <= 0) break;
    count -= 1;
    at += one.length;
  }
  return at;
};

const wholeOf = (block) => block.runs.map((run) => run[0]).join("");

// Where the blocks of a text end and its units lie, worked out once.
const laid = (paper) => {
  if (paper.ends) return paper;
  paper.ends = [];
  paper.units = new Map();
  paper.blocks.forEach((block, n) => {
    let at = block.start;
    for (const [text, number] of block.runs) {
      const from = at;
      at += points(text);
      if (number < 0) continue;
      const unit = paper.units.get(number);
      if (!unit) paper.units.set(number, { span: [from, at], blocks: [n] });
      else {
        unit.span[1] = at;
        if (unit.blocks.at(-1) !== n) unit.blocks.push(n);
      }
    }
    paper.ends.push(at);
  });
  return paper;
};

const blockAt = (paper, at) => firstOf(paper.ends.length, (n) => paper.ends[n] > at);

// The unit of a character; -1 where it is in none.
const unitAt = (paper, place) => {
  const block = paper.blocks[blockAt(paper, place)];
  let at = block?.start ?? 0;
  for (const [text, unit] of block?.runs ?? []) {
    at += points(text);
    if (at > place) return unit;
  }
  return -1;
};

// The first of ascending numbers for which `test` holds.
const firstOf = (count, test) => {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

// The first block that begins at or after a place outside of all text.
const blockAfter = (state, node, offset) => {
  const blocks = state.text.children;
  const probe = document.createRange();
  try {
    probe.setStart(node, offset);
    return firstOf(blocks.length, (n) => probe.comparePoint(blocks[n].firstChild, 0) >= 0);
  } catch {
    // Someone has drawn the mouse out of the component.
    const host = state.root.getRootNode().host ?? state.root;
    const before = node.compareDocumentPosition(host) & Node.DOCUMENT_POSITION_FOLLOWING;
    return before ? 0 : blocks.length;
  }
};

const placeOf = (state, node, offset, ending) => {
  if (node.nodeType === Node.TEXT_NODE && node.parentElement?.from !== undefined) {
    const before = node.data.slice(0, offset);
    // A place inside of a character: the character is selected whole.
    const torn = /[\ud800-\udbff]$/.test(before) && offset < node.data.length;
    return node.parentElement.from + points(before) - (torn && !ending ? 1 : 0);
  }
  // Between the runs of a block, or before or after the text of one run.
  if (node.from !== undefined && state.text.contains(node)) {
    const inside = [...node.childNodes].slice(0, offset).map((one) => one.textContent).join("");
    return node.from + points(inside);
  }
  const { blocks, ends } = state.paper;
  const next = blockAfter(state, node, offset);
  if (ending) return next ? ends[next - 1] : 0;
  return next < blocks.length ? blocks[next].start : ends.at(-1) ?? 0;
};

const nativeRange = (root) => {
  const scope = root.getRootNode();
  const selection = document.getSelection();
  if (scope instanceof ShadowRoot && selection?.getComposedRanges) {
    try {
      return selection.getComposedRanges({ shadowRoots: [scope] })[0];
    } catch {
      return selection.getComposedRanges(scope)[0];
    }
  }
  const own = scope.getSelection?.() ?? selection;
  return own?.rangeCount ? own.getRangeAt(0) : undefined;
};

// What is selected with the mouse as [start, end) in code points of the document; null if nothing.
const selected = (state) => {
  const range = nativeRange(state.root);
  const { blocks, ends } = state.paper;
  if (!range || !blocks.length) return null;
  if (range.startContainer === range.endContainer && range.startOffset === range.endOffset) {
    return null;
  }
  let start = placeOf(state, range.startContainer, range.startOffset, false);
  let end = placeOf(state, range.endContainer, range.endOffset, true);
  // Line ends lie between blocks and are no edge of a coding.
  const after = blockAt(state.paper, start);
  if (after < blocks.length) start = Math.max(start, blocks[after].start);
  const before = firstOf(blocks.length, (n) => blocks[n].start >= end) - 1;
  if (before >= 0) end = Math.min(end, ends[before]);
  return start < end ? [start, end] : null;
};

// [start, end) of the document as a range of the browser.
const rangeOf = (state, start, end) => {
  const { blocks, ends } = state.paper;
  const point = (n, test, at) => {
    const node = state.text.children[n];
    if (!node) return null;
    fill(node, state);
    const run = [...node.firstChild.children].find(test);
    return run && [run.firstChild, unitsOf(run.textContent, Math.max(0, at - run.from))];
  };
  const first = point(blockAt(state.paper, start), (run) => run.to > start, start);
  const last = point(firstOf(blocks.length, (n) => ends[n] >= end), (run) => run.to >= end, end);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...first);
  range.setEnd(...last);
  return range;
};

// The words of a stretch, with a space where a line ends.
const wordsOf = (paper, start, end) => {
  const words = [];
  for (let n = blockAt(paper, start); n < paper.blocks.length && paper.blocks[n].start < end; n += 1) {
    const text = wholeOf(paper.blocks[n]), from = paper.blocks[n].start;
    words.push(text.slice(unitsOf(text, start - from), unitsOf(text, end - from)));
  }
  return words.join(" ");
};
