// The texts that were handed in from this tab. The gateway keeps none when it is done; so the page does, until the tab is closed.

const PREFIX = "depesche.text:";
const MOST = 30;
const inMemory = new Map();

/** Keep an article's text and title. */
export function keep(id, { text, title }) {
  inMemory.set(id, { text, title });
  try {
    while (ids().length >= MOST) sessionStorage.removeItem(PREFIX + ids()[0]);
    sessionStorage.setItem(PREFIX + id, JSON.stringify({ text, title, at: Date.now() }));
  } catch {
    // The browser's room is full: it stays in memory, until the page is loaded again.
  }
}

/** Give an article's text and title, if they are here. */
export function recall(id) {
  if (inMemory.has(id)) return inMemory.get(id);
  const found = sessionStorage.getItem(PREFIX + id);
  return found ? JSON.parse(found) : null;
}

/** Give the articles of this tab, the latest first. */
export const recent = () => ids().reverse().map((id) => ({ id, ...recall(id) }));

function ids() {
  const found = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  const at = (key) => JSON.parse(sessionStorage.getItem(key)).at;
  return found.sort((a, b) => at(a) - at(b)).map((key) => key.slice(PREFIX.length));
}
