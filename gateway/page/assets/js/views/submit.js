// Hand an article in, and watch it go through.

import { submit } from "../api.js";
import { h, put } from "../dom.js";
import { keep, recent } from "../kept.js";
import { factualityLegend } from "../parts/legend.js";
import { progress } from "../parts/progress.js";
import { trouble } from "../parts/notice.js";
import { to } from "../routes.js";
import { spoken, t } from "../texts.js";
import { vocabulary } from "../vocabulary.js";

const draft = { text: "", title: "", published: null, language: "" };

/** Show the view. */
export async function show(place, { signal }) {
  draft.published ??= today();
  const outcome = h("div", { class: "outcome", "aria-live": "polite" });
  const form = h("form", { class: "sheet", on: { submit: (event) => send(event, { form, outcome, signal }) } },
    h("div", { class: "field" }, h("label", { for: "text" }, t("submit.text")), textArea(), h("p", { class: "hint", id: "text-hint" }, t("submit.text_hint"))),
    h("div", { class: "field" }, h("label", { for: "title" }, t("submit.title"), optional()), input("title", "text")),
    h("div", { class: "columns" },
      h("div", { class: "field" }, h("label", { for: "published" }, t("submit.published")), input("published", "date"), h("p", { class: "hint", id: "published-hint" }, t("submit.published_hint"))),
      h("div", { class: "field" }, h("label", { for: "language" }, t("submit.language")), languages())),
    h("div", { class: "row" },
      h("button", { type: "submit" }, t("submit.send")),
      h("button", { type: "button", class: "quiet", on: { click: () => example(form) } }, t("submit.example"))));
  put(place,
    h("div", { class: "hero" }, h("h1", {}, t("submit.heading")), h("p", { class: "lead" }, t("submit.lead"))),
    h("div", { class: "submit-grid" }, h("div", {}, form, outcome), aside()));
}

const optional = () => h("span", { class: "faint" }, ` ${t("submit.optional")}`);
const today = () => new Date().toLocaleDateString("sv");

function textArea() {
  return h("textarea", { id: "text", rows: 11, required: true, maxlength: 1_000_000, value: draft.text, "aria-describedby": "text-hint", spellcheck: "false", on: { input: (event) => { draft.text = event.target.value; } } });
}

function input(name, type) {
  return h("input", { id: name, type, value: draft[name], on: { input: (event) => { draft[name] = event.target.value; } } });
}

function languages() {
  const made = h("select", { id: "language", on: { change: (event) => { draft.language = event.target.value; } } },
    h("option", { value: "" }, t("submit.detect")), vocabulary.languages.map((each) => h("option", { value: each }, t(`language.${each}`))));
  made.value = draft.language;
  return made;
}

function example(form) {
  Object.assign(draft, { text: t("example.text"), title: t("example.title"), published: "2025-10-16", language: spoken() });
  for (const name of ["text", "title", "published", "language"]) form.querySelector(`#${name}`).value = draft[name];
  form.querySelector("#text").focus();
}

async function send(event, { form, outcome, signal, again = false }) {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const article = Object.fromEntries(Object.entries(draft).filter(([, value]) => value?.trim()));
  try {
    const state = await submit(article, { again });
    keep(state.id, { text: article.text, title: article.title ?? null });
    const end = await progress(outcome, state, { signal, onRetry: () => send(event, { form, outcome, signal, again: true }) });
    if (end.status === "done" && !signal.aborted) location.hash = to("article", end.id);
  } catch (error) {
    if (error.name !== "AbortError") put(outcome, trouble(error));
  } finally {
    button.disabled = false;
  }
}

function aside() {
  const own = recent();
  return h("aside", {},
    own.length > 0 && h("section", {}, h("h2", {}, t("submit.recent")),
      h("ul", { class: "plain" }, own.slice(0, 8).map(({ id, title, text }) => h("li", {}, h("a", { href: to("article", id) }, (title || text).slice(0, 70)))))),
    h("section", {}, h("h2", {}, t("submit.what")), h("p", {}, t("submit.what_text"))),
    h("section", {}, h("h2", {}, t("legend.factuality")), factualityLegend()),
    h("section", {}, h("h2", {}, t("submit.privacy")), h("p", {}, t("submit.privacy_text"))));
}
