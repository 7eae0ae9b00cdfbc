// The tree of a codebook: chosen by a click, rearranged by dragging or with Alt and an arrow.
// Every string goes in as textContent, never as HTML.

const make = (tag, kind, text = "") => {
  const node = document.createElement(tag);
  node.className = kind;
  node.textContent = text;
  return node;
};

const EDGE = 0.28; // of a row's height: dropped above it, or below; between them, into it
const FAR = 5; // pixels the mouse goes before a click is a drag
const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

// -- asking -----------------------------------------------------------------------------------

// An act is sent again until Python names it as done: a later message may overtake an earlier.
const post = (state) => state.send("act", { page: state.page, acts: state.waiting });

const sayBusy = (state) =>
  state.list.setAttribute("aria-busy", String(state.waiting.length > 0));

const act = (state, what) => {
  state.count += 1;
  state.tries = 0;
  state.waiting.push({ n: state.count, ...what });
  sayBusy(state);
  post(state);
};

const heard = (state) => {
  const { done } = state.data;
  if (done.page === state.page) state.waiting = state.waiting.filter((one) => one.n > done.n);
  sayBusy(state);
  if (state.waiting.length && state.tries < 3) {
    state.tries += 1;
    post(state);
  }
};

// -- rows -------------------------------------------------------------------------------------

const within = (path, above) => path === above || path.startsWith(`${above}/`);

const rowsOf = (state) => [...state.list.querySelectorAll(".row")];

const rowOf = (state, path) => rowsOf(state).find((node) => node.path === path);

const shownRows = (state) =>
  state.data.rows.filter((row) =>
    ![...state.folded].some((above) => row.path !== above && within(row.path, above)));

const choose = (state, path) => {
  if (path !== state.data.chosen) state.send("chosen", path);
};

const fold = (state, path, folded) => {
  state.folded[folded ? "add" : "delete"](path);
  draw(state);
  rowOf(state, path)?.focus({ preventScroll: true });
};

const line = (state, row, parents) => {
  const node = make("div", "row");
  node.path = row.path;
  node.depth = row.depth;
  node.style.paddingLeft = `${0.3 + 1.15 * (row.depth - 1)}rem`;
  node.style.setProperty("--left", `${1.6 + 1.15 * (row.depth - 1)}rem`);
  const parent = parents.has(row.path);
  const open = parent && !state.folded.has(row.path);
  const sign = make("button", "fold", parent ? (open ? "▾" : "▸") : "");
  sign.tabIndex = -1;
  sign.setAttribute("aria-hidden", "true");
  if (parent) {
    sign.onclick = (event) => {
      event.stopPropagation();
      fold(state, row.path, open);
    };
    node.setAttribute("aria-expanded", String(open));
  }
  const dot = make("i", "dot");
  dot.style.background = row.colour;
  node.append(sign, dot, make("span", "name", row.name), make("span", "id", row.id));
  if (row.mark) node.append(make("span", "mark", row.mark));
  node.append(make("span", "count", row.references.toLocaleString("en")));
  const chosen = row.path === state.data.chosen;
  node.classList.toggle("chosen", chosen);
  node.setAttribute("role", "treeitem");
  node.setAttribute("aria-level", String(row.depth));
  node.setAttribute("aria-selected", String(chosen));
  node.tabIndex = chosen ? 0 : -1;
  return node;
};

const draw = (state) => {
  const { data, list } = state;
  const parents = new Set(data.rows.map((row) => row.path.split("/").slice(0, -1).join("/")));
  const scrolled = list.scrollTop;
  list.replaceChildren(...shownRows(state).map((row) => line(state, row, parents)));
  list.scrollTop = scrolled;
  if (!rowOf(state, data.chosen) && list.firstChild) list.firstChild.tabIndex = 0;
};

// -- dragging ---------------------------------------------------------------------------------

const lift = (state) => {
  state.drag.ghost?.remove();
  rowsOf(state).forEach((node) => node.classList.remove("dragged", "before", "after", "into"));
  state.drag = null;
};

// Where a code would land: the row it is dropped at, and above, below or into it.
const landing = (state, y) => {
  const rows = rowsOf(state);
  const at = rows.findIndex((node) => y < node.getBoundingClientRect().bottom);
  const node = rows[at < 0 ? rows.length - 1 : at];
  const box = node.getBoundingClientRect();
  const share = (y - box.top) / box.height;
  if (share < EDGE) return { node, where: "before" };
  if (share <= 1 - EDGE) return { node, where: "into" };
  // Below an open code stands its first one.
  const next = rows[rows.indexOf(node) + 1];
  return next?.depth > node.depth ? { node: next, where: "before" } : { node, where: "after" };
};

const pulled = (state, event) => {
  const { drag, list } = state;
  if (!drag) return;
  if (!drag.ghost) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    drag.ghost = make("div", "ghost", drag.name);
    list.append(drag.ghost);
    list.setPointerCapture(event.pointerId);
  }
  drag.ghost.style.left = `${event.clientX + 12}px`;
  drag.ghost.style.top = `${event.clientY + 8}px`;
  const box = list.getBoundingClientRect();
  if (event.clientY < box.top + 24) list.scrollTop -= 12;
  if (event.clientY > box.bottom - 24) list.scrollTop += 12;
  rowsOf(state).forEach((node) => {
    node.classList.remove("before", "after", "into");
    node.classList.toggle("dragged", within(node.path, drag.path));
  });
  const { node, where } = landing(state, event.clientY);
  drag.landing = within(node.path, drag.path) ? null : { to: node.path, where };
  if (drag.landing) node.classList.add(where);
};

const dropped = (state) => {
  if (!state.drag) return;
  const { path, landing: at, ghost } = state.drag;
  lift(state);
  if (!ghost) return;
  state.dragged = true; // the click that follows is none
  setTimeout(() => { state.dragged = false; });
  if (at) act(state, { path, ...at });
};

// -- keyboard ---------------------------------------------------------------------------------

const struck = (state, event) => {
  const node = event.target.closest?.(".row");
  if (!node) return;
  const rows = rowsOf(state);
  const at = rows.indexOf(node);
  // The app around us listens for single letters: r would run it again.
  event.stopPropagation();
  if (event.altKey && STEPS[event.key]) {
    event.preventDefault();
    if (state.data.may) act(state, { path: node.path, step: STEPS[event.key] });
    return;
  }
  const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (move) {
    event.preventDefault();
    rows[at + move]?.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(state, node.path);
  } else if (event.key === "ArrowLeft") {
    event.preventDefault();
    if (node.getAttribute("aria-expanded") === "true") fold(state, node.path, true);
    else rowOf(state, node.path.split("/").slice(0, -1).join("/"))?.focus();
  } else if (event.key === "ArrowRight") {
    event.preventDefault();
    if (node.getAttribute("aria-expanded") === "false") fold(state, node.path, false);
    else if (rows[at + 1]?.depth > node.depth) rows[at + 1].focus();
  }
};

const frame = (parent) => {
  const list = make("div", "tree");
  const help = make("div", "help");
  const state = {
    list, help, page: Math.random().toString(36).slice(2), count: 0, waiting: [], tries: 0,
    folded: new Set(), drag: null, dragged: false,
  };
  list.setAttribute("role", "tree");
  list.onclick = (event) => {
    const node = event.target.closest(".row");
    if (node && !state.dragged) choose(state, node.path);
  };
  list.onpointerdown = (event) => {
    const node = event.target.closest(".row");
    if (!node || event.button || !state.data.may || event.target.closest(".fold")) return;
    const name = node.querySelector(".name").textContent;
    state.drag = { path: node.path, name, x: event.clientX, y: event.clientY };
  };
  list.onpointermove = (event) => pulled(state, event);
  list.onpointerup = () => dropped(state);
  list.onpointercancel = () => state.drag && lift(state);
  list.onkeydown = (event) => {
    if (event.key === "Escape" && state.drag) lift(state);
    struck(state, event);
  };
  parent.append(list, help);
  list.state = state;
  return state;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const state = parentElement.querySelector(".tree")?.state ?? frame(parentElement);
  const before = state.data;
  const focused = state.list.getRootNode().activeElement;
  const had = focused && state.list.contains(focused);
  state.data = data;
  state.send = setTriggerValue;
  state.list.setAttribute("aria-label", data.words.tree);
  state.help.textContent = data.may ? data.words.help : "";
  if (JSON.stringify([before?.rows, before?.chosen]) !== JSON.stringify([data.rows, data.chosen])) {
    if (state.drag) lift(state);
    draw(state);
    const node = rowOf(state, data.chosen);
    if (before?.chosen !== data.chosen) node?.scrollIntoView({ block: "nearest" });
    if (had) node?.focus({ preventScroll: true });
  }
  heard(state);
}
