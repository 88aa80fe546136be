// Server-sent events over fetch, which can send a key and a body as EventSource cannot.

import { ApiError, ask } from "./api.js";

/** @typedef {{event: string, data: any, id: string}} Told */

/**
 * The events of an answer as they come.
 * @param {Response} response
 * @returns {AsyncGenerator<Told>}
 */
export async function* told(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = read(block);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * @param {string} block
 * @returns {Told | null}
 */
function read(block) {
  const found = { event: "message", data: "", id: "" };
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") found.data += (found.data ? "\n" : "") + value;
    else if (name === "event" || name === "id") found[name] = value;
  }
  return found.data ? { ...found, data: JSON.parse(found.data) } : null;
}

/**
 * A stream of numbered events to its `end`, taken up where it broke off. Raises ApiError where the service refuses.
 * @param {string} path
 * @param {(event: Told) => void} hear
 * @param {AbortSignal} signal
 * @param {(broken: boolean) => void} onBreak hears when the line breaks and when it is back
 */
export async function follow(path, hear, signal, onBreak) {
  let last = "";
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      const response = await ask("GET", path, {
        accept: "text/event-stream",
        signal,
        headers: last ? { "Last-Event-ID": last } : {},
      });
      onBreak(false);
      for await (const event of told(response)) {
        tries = 0;
        last = event.id || last;
        hear(event);
        if (event.event === "end") return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) throw error;
    }
    onBreak(true);
    await pause(Math.min(8000, 400 * 2 ** Math.min(tries, 5)), signal);
  }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve(undefined);
      },
      { once: true },
    );
  });
}
