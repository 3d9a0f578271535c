// Light or dark: as the system says, unless the reader chose.

const KEPT = "depesche.theme";
const ORDER = ["auto", "light", "dark"];

/** The choice that holds now. */
export const theme = () => localStorage.getItem(KEPT) ?? "auto";

/** Go on to the next choice. */
export function nextTheme() {
  localStorage.setItem(KEPT, ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length]);
  apply();
}

function apply() {
  document.documentElement.dataset.theme = theme();
}

apply();
