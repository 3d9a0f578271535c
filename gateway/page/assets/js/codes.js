// What a failure code means and what mends it, in the language of the page.

import { has, t } from "./texts.js";

const found = (key) => (has(key) ? t(key) : undefined);

/** What a code means; undefined where there is no text for it. */
export const meaningOf = (code) => found(`problem.${code}`);

/** What mends it; undefined where there is no text for it. */
export const remedyOf = (code) => found(`remedy.${code}`);
