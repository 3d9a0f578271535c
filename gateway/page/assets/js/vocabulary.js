// The contract's lists of values, how they are called, and the sign of each factuality.

import { spoken } from "./texts.js";

/** Beside the colour, never instead of the word; the same signs as on the command line. */
export const SIGNS = { asserted: "●", reported: "◌", planned: "▷", possible: "?", requested: "!", denied: "✗", cancelled: "⊘" };

export let vocabulary = { types: {}, factualities: [], languages: ["de", "en"] };

/** Ask the gateway for the lists. */
export async function loadVocabulary() {
  vocabulary = await (await fetch("/page/vocabulary.json")).json();
}

/** Say how an event type is called. */
export const typeLabel = (name) => vocabulary.types[name]?.labels[spoken()] ?? name;

/** Give the sign of a factuality; one of a later contract has none of its own yet. */
export const signOf = (factuality) => SIGNS[factuality] ?? "·";
