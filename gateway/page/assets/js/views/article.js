// An article with the evidence of its events; the events and their JSON beside it.

import { stateOf } from "../api.js";
import { cut, unitsOf } from "../codepoints.js";
import { h, put } from "../dom.js";
import { keep, recall } from "../kept.js";
import { evidence, fits } from "../marks.js";
import { day, toMs, took } from "../moment.js";
import { card } from "../parts/card.js";
import { jsonPanel } from "../parts/json.js";
import { markLegend } from "../parts/legend.js";
import { lamp } from "../parts/lamp.js";
import { empty } from "../parts/notice.js";
import { failed, progress } from "../parts/progress.js";
import { marked } from "../parts/marked.js";
import { rewrite } from "../routes.js";
import { count, t } from "../texts.js";

/** Show the view. */
export async function show(place, { id, query, signal }) {
  put(place, h("h1", {}, id), h("div", { class: "outcome" }));
  let state = await stateOf(id, { signal });
  if (state.status === "queued" || state.status === "running") state = await progress(place.lastChild, state, { signal });
  if (state.status === "failed") return put(place, h("h1", {}, id), failed(state));
  if (!state.result) return put(place, h("h1", {}, id), empty(t("article.result_gone")));
  layOut(place, state, query.get("event"));
}

function layOut(place, state, chosen) {
  const { result } = state;
  const own = recall(state.id);
  const source = own && fits(own, result.events) ? own : null;
  const json = h("div", {});
  const showJson = (eventId) => {
    const event = result.events.find((each) => each.id === eventId);
    put(json, jsonPanel(event ?? result, { name: event ? `event ${event.id.slice(0, 8)}…` : "result" }));
  };
  // A new element each time: what listens on the old one goes with it.
  const view = h("div", {},
    head(result, source),
    h("div", { class: "article-grid" },
      h("section", { class: "sheet article-text", "aria-label": t("article.text") }, source ? body(source, result) : strange(place, state, own)),
      h("section", { class: "article-events", "aria-labelledby": "events-heading" },
        h("h2", { id: "events-heading" }, count("article.events", result.events.length)),
        result.events.length === 0 && empty(t("article.no_events"), t("article.no_events_hint")),
        result.events.map((each) => entry(each, source))),
      h("section", { class: "article-json", "aria-label": "JSON" }, h("h2", {}, "JSON"), json)));
  put(place, view);
  showJson(chosen);
  lamp(view, { chosen, onChoose: (event) => { rewrite("article", state.id, { event }); showJson(event); } });
}

function head(result, source) {
  const { article, article_id: id, revision, language, warnings, elapsed_ms: ms } = result;
  const facts = [article.publisher, article.published && day(toMs(article.published)), t(`language.${language}`), t("article.took", { time: took(ms) }), revision > 1 && t("article.revision", { n: revision })];
  return h("div", { class: "article-head" },
    h("h1", {}, source?.title ? marked(source.title, inField("title", result.events)) : (article.title ?? t("article.untitled"))),
    h("p", { class: "facts" }, facts.filter(Boolean).map((each) => h("span", {}, each)), h("span", { class: "mono" }, id), address(article.url)),
    warnings.length > 0 && h("div", { class: "notice" }, warnings.map((each) => h("p", {}, each))));
}

/** A link, if it leads to a web page; an article may name anything. */
const address = (url) => /^https?:\/\//i.test(url ?? "") && h("a", { href: url, rel: "noreferrer noopener" }, t("article.source"));

function body(source, { events }) {
  return [markLegend(),
    h("div", { class: "prose" }, marked(source.text, inField("text", events))),
    h("p", { class: "hint" }, t("article.kept_here"))];
}

const inField = (field, events) => events.flatMap(evidence).filter((each) => each.field === field);

function entry(event, source) {
  const label = t(source ? "article.light" : "article.json_of", { words: event.mentions[0].text });
  const button = h("button", { type: "button", class: "quiet small choose", "aria-pressed": "false", "aria-label": label }, t(source ? "article.choose" : "article.choose_json"));
  return card(event, { quote: source && sentence(event, source), extra: button });
}

function sentence(event, source) {
  const [mention, ...others] = event.mentions;
  const text = source[mention.field] ?? "";
  const units = unitsOf(text);
  const { start, end } = mention.sentence;
  const before = cut(text, { start, end: mention.start }, units);
  const after = cut(text, { start: mention.end, end }, units);
  const words = others.map((each) => each.text).filter((each) => each !== mention.text);
  return h("p", { class: "evidence" }, before, h("mark", {}, mention.text), after,
    words.length > 0 && h("span", { class: "faint" }, ` ${t("article.also")} ${[...new Set(words)].join(", ")}`));
}

function strange(place, state, own) {
  const area = h("textarea", { id: "own-text", rows: 8, "aria-describedby": "own-hint" });
  const title = h("input", { id: "own-title", type: "text", value: state.result.article.title ?? "" });
  const answer = h("div", { "aria-live": "polite" });
  const use = (event) => {
    event.preventDefault();
    const given = { text: area.value, title: title.value || null };
    if (!fits(given, state.result.events)) return put(answer, h("p", { class: "notice is-bad" }, t("article.other_text")));
    keep(state.id, given);
    return layOut(place, state, null);
  };
  return [h("h2", {}, t("article.no_text")), h("p", {}, t(own ? "article.text_changed" : "article.no_text_why")),
    h("form", { on: { submit: use } },
      h("div", { class: "field" }, h("label", { for: "own-text" }, t("article.own_text")), area, h("p", { class: "hint", id: "own-hint" }, t("article.own_text_hint"))),
      h("div", { class: "field" }, h("label", { for: "own-title" }, t("submit.title")), title),
      answer, h("button", { type: "submit" }, t("article.highlight")))];
}
