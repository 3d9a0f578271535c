// What stands around every view: name, ways, language, colours, token.

import { h } from "./dom.js";
import { to } from "./routes.js";
import { spoken, speak, t } from "./texts.js";
import { nextTheme, theme } from "./theme.js";
import { forgetToken, token } from "./token.js";
import { vocabulary } from "./vocabulary.js";

const WAYS = ["submit", "timeline", "graph", "live"];
const THEME_SIGNS = { auto: "◐", light: "○", dark: "●" };

/** Make the head of the page. */
export function shell(current, { onChange }) {
  return [
    h("a", { class: "skip", href: "#main", on: { click: skip } }, t("nav.skip")),
    h("header", { class: "head" },
      h("a", { class: "name", href: to("submit") }, h("span", { class: "name-mark", "aria-hidden": "true" }, "–··"), "Depesche"),
      h("nav", { "aria-label": t("nav.label") }, WAYS.map((name) => way(name, current))),
      h("div", { class: "tools" }, tokenButton(onChange), languageButtons(onChange), themeButton())),
  ];
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

const way = (name, current) =>
  h("a", { href: to(name), "aria-current": name === current ? "page" : null }, t(`nav.${name}`));

function languageButtons(onChange) {
  const button = (name) => h("button", {
    class: "tool", type: "button", lang: name, "aria-pressed": String(name === spoken()), title: t(`language.${name}`),
    on: { click: async () => { await speak(name); await onChange(); focusOn(`.tools [lang=${name}]`); } },
  }, name.toUpperCase());
  return h("div", { class: "switch", role: "group", "aria-label": t("nav.language") }, vocabulary.languages.map(button));
}

function themeButton() {
  const button = h("button", { class: "tool theme", type: "button", on: { click: () => { nextTheme(); label(); } } });
  const label = () => {
    button.title = t("nav.theme", { now: t(`theme.${theme()}`) });
    button.setAttribute("aria-label", button.title);
    button.textContent = THEME_SIGNS[theme()];
  };
  label();
  return button;
}

function tokenButton(onChange) {
  if (!token()) return null;
  return h("button", { class: "tool", type: "button", title: t("token.forget_hint"), on: { click: () => { forgetToken(); onChange(); } } }, t("token.forget"));
}

const focusOn = (selector) => document.querySelector(selector)?.focus();
