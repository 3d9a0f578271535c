// Starts the page, and shows the view that the address names.

import { h, put } from "./dom.js";
import { here } from "./routes.js";
import { shell } from "./shell.js";
import { loadTexts, t } from "./texts.js";
import { loadVocabulary, vocabulary } from "./vocabulary.js";
import { trouble } from "./parts/notice.js";

const VIEWS = {
  submit: () => import("./views/submit.js"),
  article: () => import("./views/article.js"),
  timeline: () => import("./views/timeline.js"),
  graph: () => import("./views/graph.js"),
  live: () => import("./views/live.js"),
};

const root = document.getElementById("page");
const main = h("main", { id: "main", tabindex: "-1" });
let leaving = new AbortController();
let shownFirst = true;

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const route = here();
  const name = route.name in VIEWS ? route.name : "submit";
  put(root, ...shell(name, { onChange: show }), main);
  document.title = `${t(`nav.${name}`)} · Depesche`;
  const place = h("div", { class: `view view-${name}` });
  put(main, place);
  if (!shownFirst) main.focus({ preventScroll: true });
  shownFirst = false;
  try {
    const view = await VIEWS[name]();
    if (!signal.aborted) await view.show(place, { ...route, signal });
  } catch (error) {
    if (error.name === "AbortError" || signal.aborted) return;
    place.append(trouble(error, { onRetry: show }));
  }
}

try {
  await loadVocabulary();
  await loadTexts(vocabulary.languages);
  addEventListener("hashchange", () => { scrollTo(0, 0); show(); });
  await show();
} catch (error) {
  put(root, trouble(error, { onRetry: () => location.reload() }));
}
