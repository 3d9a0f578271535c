// Events as they are announced. EventSource can send no token: the stream is read by fetch.

import { call } from "./api.js";

const LONGEST_PAUSE_MS = 15_000;

/** Read the stream until the signal says stop; comes back by itself, where it was. */
export async function follow({ signal, onEvent, onState }) {
  let place = null;
  for (let failures = 0; !signal.aborted;) {
    try {
      const answer = await call("/v1/events/stream", { signal, headers: place ? { "Last-Event-ID": place } : {} });
      onState("connected");
      failures = 0;
      for await (const message of messages(answer.body)) {
        place = message.id ?? place;
        onEvent(message);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error.status >= 400 && error.status < 500) return onState("refused", error);
      failures += 1;
    }
    if (signal.aborted) return;
    onState("lost");
    await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures), signal);
  }
}

async function* messages(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop();
      yield* blocks.map(parse).filter((each) => each.data !== undefined);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Read one message of the stream: lines of "field: value". */
export function parse(block) {
  const found = {};
  for (const line of block.split("\n")) {
    const at = line.indexOf(":");
    if (at > 0) found[line.slice(0, at)] = line.slice(at + 1).replace(/^ /, "");
  }
  return found;
}

const pause = (ms, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
});
