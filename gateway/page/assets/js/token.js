// The access token: kept in this tab alone, and asked for when the gateway wants one.

import { h } from "./dom.js";
import { t } from "./texts.js";

const KEPT = "depesche.token";
let asking = null;

/** The token of this tab, if there is one. */
export const token = () => sessionStorage.getItem(KEPT);

/** Forget the token. */
export function forgetToken() {
  sessionStorage.removeItem(KEPT);
  document.dispatchEvent(new Event("token"));
}

/** Ask for a token; gives true when one was entered. Whoever asks meanwhile gets the same answer. */
export function askForToken({ wasRefused = false } = {}) {
  asking ??= ask(wasRefused).finally(() => { asking = null; });
  return asking;
}

function ask(wasRefused) {
  return new Promise((resolve) => {
    const input = h("input", { id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "token-hint" });
    const finish = (entered) => {
      if (entered) {
        sessionStorage.setItem(KEPT, entered);
        document.dispatchEvent(new Event("token"));
      }
      dialog.remove();
      resolve(Boolean(entered));
    };
    const onSubmit = (event) => {
      event.preventDefault();
      if (/^[\x21-\x7e]+$/.test(input.value.trim())) finish(input.value.trim());
      else input.select();
    };
    const dialog = h("dialog", { class: "dialog", "aria-labelledby": "token-title", on: { cancel: () => finish(null) } },
      h("form", { on: { submit: onSubmit } },
        h("h2", { id: "token-title" }, t("token.title")),
        wasRefused && h("p", { class: "notice is-bad", role: "alert" }, t("token.refused")),
        h("p", { id: "token-hint" }, t("token.hint")),
        h("code", { class: "command" }, "depesche token create NAME --scope submit --scope read"),
        h("label", { for: "token" }, t("token.label")), input,
        h("div", { class: "row end" },
          h("button", { type: "button", class: "quiet", on: { click: () => finish(null) } }, t("action.cancel")),
          h("button", { type: "submit" }, t("token.use")))));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
