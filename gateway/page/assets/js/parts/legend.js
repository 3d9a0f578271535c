// What the colours, lines and signs mean.

import { h } from "../dom.js";
import { t } from "../texts.js";
import { vocabulary } from "../vocabulary.js";
import { factualityTag } from "./factuality.js";

const KINDS = ["trigger", "participant", "time", "place", "source", "topic"];

/** The factualities, with what each means. */
export const factualityLegend = () => h("dl", { class: "legend" },
  vocabulary.factualities.map((each) => [h("dt", {}, factualityTag(each)), h("dd", {}, t(`factuality_means.${each}`))]));

/** The marks in a text. */
export const markLegend = () => h("ul", { class: "mark-legend", "aria-label": t("legend.marks") },
  KINDS.map((kind) => h("li", {}, h("span", { class: `mark is-${kind}`, data: { fact: "asserted" } }, t(`mark.${kind}`)))));

/** The signs in one line. */
export const signLegend = () => h("ul", { class: "sign-legend", "aria-label": t("legend.factuality") },
  vocabulary.factualities.map((each) => h("li", { title: t(`factuality_means.${each}`) }, factualityTag(each))));
