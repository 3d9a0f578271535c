// JSON as a person reads it: indented, with keys and values told apart.

import { h } from "../dom.js";
import { t } from "../texts.js";

const PIECE = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

/** Longer ones are shown without colours: a hundred thousand pieces would slow the page down. */
const LONGEST = 120_000;

/** Show a value, with a button that copies it. */
export function jsonPanel(value, { name }) {
  const written = JSON.stringify(value, null, 2);
  const copy = h("button", { type: "button", class: "quiet small", on: { click: () => copied(copy, written) } }, t("json.copy"));
  return h("div", { class: "json" },
    h("div", { class: "row spread" }, h("span", { class: "faint mono" }, name), copy),
    h("pre", { tabindex: "0", "aria-label": name }, h("code", {}, written.length > LONGEST ? written : [...coloured(written)])));
}

function* coloured(written) {
  let last = 0;
  for (const found of written.matchAll(PIECE)) {
    const [whole, string, colon] = found;
    yield written.slice(last, found.index);
    yield h("span", { class: colon ? "key" : string ? "string" : "literal" }, string ?? whole);
    yield colon ?? "";
    last = found.index + whole.length;
  }
  yield written.slice(last);
}

async function copied(button, written) {
  try {
    await navigator.clipboard.writeText(written);
    button.textContent = t("json.copied");
  } catch {
    button.textContent = t("json.not_copied");
  }
}
