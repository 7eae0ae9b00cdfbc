// What is asked of Python: each act names what it is about, is numbered, and is done once.

const numbered = () => ({
  page: Math.random().toString(36).slice(2), count: 0, waiting: [], done: 0, tries: 0, told: "",
});

// Each act is sent again until Python says it is done: a later message may overtake an earlier.
const post = (state) => state.send("act", { page: state.page, acts: state.waiting });

const again = (state) => {
  state.tries += 1;
  if (state.waiting.length && state.tries < 4) post(state);
};

// Whoever reads the page, by ear or by program, is told that an answer is still to come.
const sayBusy = (state) => {
  const busy = state.waiting.length > 0 || (state.asked ?? null) !== null;
  state.root.setAttribute("aria-busy", String(busy));
};

const ask = (state, verb, rest) => {
  state.count += 1;
  state.tries = 0;
  state.told = "";
  state.waiting.push({ n: state.count, verb, person: state.data.person, ...rest });
  sayBusy(state);
  post(state);
};

// Taking back is about what this page shows as the last act, or the one asked for just before.
const takenBack = (state) => (state.waiting.length ? {} : { after: state.data.acts });

// Has Python answered since? What is done is asked no more.
const news = (state) => {
  const { done } = state.data;
  const some = done.page === state.page && done.n !== state.done;
  if (some) {
    state.tries = 0;
    state.waiting = state.waiting.filter((one) => one.n > done.n);
    state.done = done.n;
    state.told = done.text;
    state.failed = done.failed;
  }
  sayBusy(state);
  again(state);
  return some;
};

const WRITTEN_IN = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, "
  + "[contenteditable], [role=combobox], [role=listbox], [role=dialog] *";

// The key that was struck, "" for one that is not for us.
const struckKey = (state, event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return "";
  if (!state.root.isConnected || event.defaultPrevented) return "";
  const at = event.composedPath()[0];
  if (at instanceof Element && at.matches(WRITTEN_IN)) return "";
  // A Chinese input method may hide the letter of a key, but not its place.
  return event.key === "Process"
    ? event.code.replace(/^(Key|Digit)/, "").toLowerCase() : event.key;
};
