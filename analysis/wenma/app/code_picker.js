// A code is found by its Chinese or English name, its path, or its pinyin in full or by initials.

// Does each part asked for begin a syllable? "dy", "diyu" and "diy" all spell di yu.
const spells = (asked, syllables, from = 0) => {
  if (!asked) return true;
  const one = syllables[from];
  if (one === undefined) return false;
  let most = 0;
  while (most < one.length && one[most] === asked[most]) most += 1;
  for (let taken = most; taken > 0; taken -= 1) {
    if (spells(asked.slice(taken), syllables, from + 1)) return true;
  }
  return false;
};

// How well a code answers: 0 best, -1 not at all.
const answers = (code, asked) => {
  const close = asked.replace(/[\s']+/g, "");
  const zh = code.zh.toLowerCase(), en = code.en.toLowerCase(), path = code.path.toLowerCase();
  if ([zh, en, path].includes(asked)) return 0;
  if (zh.startsWith(asked)) return 1;
  if (zh.includes(asked)) return 2;
  if (close && spells(close, code.syllables)) return 3;
  if (en.split(/\W+/).some((word) => word.startsWith(asked)) || en.startsWith(asked)) return 4;
  if (close && code.syllables.some((_, n) => spells(close, code.syllables, n))) return 5;
  if (en.includes(asked) || path.includes(asked)) return 6;
  return -1;
};

const found = (codes, typed) => {
  const asked = typed.trim().toLowerCase();
  if (!asked) return codes;
  return codes
    .map((code) => [answers(code, asked), code])
    .filter(([rank]) => rank >= 0)
    .sort((a, b) => a[0] - b[0])
    .map(([, code]) => code);
};

// A line to type in with what it finds above it. `pick` is called with a code's path.
const picker = (words, pick, leave) => {
  const box = make("div", "picker");
  const list = make("div", "found");
  const line = make("input", "search");
  line.type = "text";
  line.placeholder = words.find_code;
  line.setAttribute("aria-label", words.find_code);
  line.setAttribute("role", "combobox");
  list.setAttribute("role", "listbox");
  list.hidden = true;
  let codes = [], shown = [], at = 0;
  const take = (code) => {
    close();
    pick(code.path);
    leave();
  };
  const close = () => {
    line.value = "";
    list.hidden = true;
    line.setAttribute("aria-expanded", "false");
  };
  const point = (to) => {
    at = Math.max(0, Math.min(shown.length - 1, to));
    [...list.children].forEach((node, n) => node.classList.toggle("at", n === at));
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const draw = () => {
    shown = found(codes, line.value).slice(0, 60);
    list.replaceChildren(...shown.map((code) => {
      const node = make("button", "find");
      const dot = make("i", "dot");
      dot.style.background = code.colour;
      node.append(dot, make("span", "", code.name), make("span", "path", code.path));
      node.setAttribute("role", "option");
      node.tabIndex = -1;
      node.onmousedown = (event) => event.preventDefault();
      node.onclick = () => take(code);
      return node;
    }));
    if (!shown.length) list.append(make("p", "faint", words.no_code));
    list.hidden = false;
    line.setAttribute("aria-expanded", "true");
    point(0);
  };
  line.oninput = draw;
  line.onfocus = draw;
  line.onblur = () => { list.hidden = true; };
  line.onkeydown = (event) => {
    // The app around us listens for single letters: r would run it again.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (shown[at]) take(shown[at]);
    } else if (event.key === "Escape") {
      close();
      leave();
    }
  };
  box.append(list, line);
  return { box, line, close, fill: (all) => { codes = all; if (!list.hidden) draw(); } };
};
