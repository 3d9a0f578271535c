// Asks the gateway, with the token where there is one.

import { askForToken, token } from "./token.js";
import { meaningOf } from "./codes.js";
import { t } from "./texts.js";

/** What went wrong, as the gateway says it (RFC 9457), or that it does not answer. */
export class Problem extends Error {
  constructor({ code, title, detail, remedy, status }) {
    super(detail ?? title ?? code);
    Object.assign(this, { code, title, detail, remedy, status });
  }

  /** What a person reads first. */
  get heading() {
    return meaningOf(this.code) ?? this.title ?? t("problem.unknown");
  }
}

/** Ask, and give the answer; where a token is wanted, the person is asked for it. */
export async function call(path, { headers = {}, ...options } = {}) {
  for (;;) {
    const used = token();
    const answer = await reach(path, { ...options, cache: "no-store", headers: { ...headers, ...(used && { authorization: `Bearer ${used}` }) } });
    if (answer.ok) return answer;
    if (answer.status !== 401) throw await problemOf(answer);
    if (token() === used && !(await askForToken({ wasRefused: Boolean(used) }))) throw await problemOf(answer);
  }
}

/** Ask for JSON. */
export const ask = async (path, options) => (await call(path, options)).json();

/** Hand in an article. */
export const submit = (article, { again = false } = {}) =>
  ask(`/v1/articles${again ? "?again=true" : ""}`, { method: "POST", body: JSON.stringify(article), headers: { "content-type": "application/json" } });

/** Ask where an article stands. */
export const stateOf = (id, options) => ask(`/v1/articles/${encodeURIComponent(id)}`, options);

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ code: "gateway_unreachable" });
  }
}

async function problemOf(answer) {
  const found = await answer.json().catch(() => ({ code: "unknown", detail: `HTTP ${answer.status}` }));
  return new Problem({ ...found, status: answer.status });
}
