// An article on its way: queued, running, done.

import { stateOf } from "../api.js";
import { meaningOf } from "../codes.js";
import { h, put } from "../dom.js";
import { t } from "../texts.js";
import { trouble } from "./notice.js";

const STEPS = ["queued", "running", "done"];

/** Show where an article stands until it is over; gives its last state. */
export async function progress(place, first, { signal, onRetry = null }) {
  let state = first;
  let lost = null;
  for (let pause = 120; ; pause = Math.min(1500, pause * 1.3)) {
    put(place, line(state), lost && trouble(lost));
    if (state.status === "done" || state.status === "failed") break;
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    signal.throwIfAborted();
    try {
      state = await stateOf(state.id, { signal });
      lost = null;
    } catch (error) {
      // The article is in safe hands: an outage in between is waited out.
      if (error.status !== 503 && error.code !== "gateway_unreachable") throw error;
      lost = error;
    }
  }
  if (state.status === "failed") put(place, line(state), failed(state, { onRetry }));
  return state;
}

/** Say why an article failed. */
export const failed = ({ failure }, { onRetry = null } = {}) =>
  trouble({ code: failure?.code ?? "unknown", heading: t("progress.failed"), reason: failure ? meaningOf(failure.code) : t("progress.failure_gone"), detail: failure && `${failure.code}: ${failure.message}` }, { onRetry });

function line(state) {
  const reached = state.status === "failed" ? 1 : STEPS.indexOf(state.status);
  const step = (name, n) => h("li", { class: n < reached || state.status === "done" ? "is-past" : n === reached ? "is-now" : "", "aria-current": n === reached ? "step" : null },
    n === 2 && state.status === "failed" ? t("status.failed") : t(`status.${name}`));
  return h("ol", { class: `wire is-${state.status}`, "aria-label": t("progress.label") }, STEPS.map(step));
}
