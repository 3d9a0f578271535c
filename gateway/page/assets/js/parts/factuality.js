// Factuality by sign, colour and word.

import { h } from "../dom.js";
import { t } from "../texts.js";
import { signOf } from "../vocabulary.js";

/** The sign in its colour. */
export const sign = (factuality) => h("span", { class: "sign", data: { fact: factuality }, "aria-hidden": "true" }, signOf(factuality));

/** Sign and word. */
export const factualityTag = (factuality) =>
  h("span", { class: "fact", data: { fact: factuality } }, sign(factuality), " ", t(`factuality.${factuality}`));
