// A draft being made: its sentences as they come, and a way to stop it.

import { ApiError, at, get, post } from "./api.js";
import { button, busy, el, refill, text } from "./el.js";
import { headed, regions, shape } from "./shell.js";
import { follow } from "./streaming.js";
import { confirmed, tell } from "./telling.js";

/**
 * Follow a job until it is over or the page is left.
 * @param {string} id
 * @param {AbortSignal} signal
 */
export async function jobPage(id, signal) {
  shape("one");
  headed("正在起草", "new");
  const view = new Progress();
  const stop = button("取消起草", (event) =>
    busy(
      event.currentTarget,
      async () => {
        if (await confirmed("取消起草", "就此收尾；已写成报告的保留。", "取消起草"))
          await post(`/jobs/${at(id)}/cancel`, undefined);
      },
      tell,
    ),
  );
  refill(
    regions.main,
    el(
      "div",
      { class: "page stack" },
      el("div", { class: "heading" }, el("h2", {}, "正在起草"), stop),
      view.line,
      view.broken,
      view.body,
    ),
  );
  await get(`/jobs/${at(id)}`);
  signal.throwIfAborted();
  await follow(
    `/jobs/${at(id)}/events`,
    (event) => {
      if (event.event === "end") ended(event.data, view, stop);
      else view.hear(event.data);
    },
    signal,
    (broken) => {
      view.broken.hidden = !broken;
    },
  );
}

/**
 * @param {any} job
 * @param {Progress} view
 * @param {HTMLElement} stop
 */
function ended(job, view, stop) {
  stop.remove();
  if (job.state === "done") {
    location.replace(job.report_id ? `#/reports/${at(job.report_id)}` : "#/corpus");
    return;
  }
  view.line.textContent = job.state === "cancelled" ? "已取消。" : "没有写成。";
  view.body.prepend(
    el(
      "p",
      { class: "row" },
      el("a", { class: "button", href: "#/new" }, "回到拟稿要求"),
      job.report_id && el("a", { class: "button", href: `#/reports/${at(job.report_id)}` }, "看已写成的部分"),
    ),
  );
  if (job.problem) tell(new ApiError(job.problem));
}

class Progress {
  constructor() {
    this.line = el("p", { role: "status" }, "已排上队，马上开始……");
    this.broken = el("p", { class: "note", hidden: true }, "连接中断，正在重连；起草不受影响。");
    this.body = el("div", { class: "sheet growing" });
    /** @type {Map<string, {heading: HTMLElement, runs: Map<string, any[]>, node: HTMLElement}>} */
    this.parts = new Map();
  }

  /** @param {any} event */
  hear(event) {
    if (event.type === "part") this.part(event);
    else if (event.type === "sentence") this.sentence(event);
    else if (event.type === "trouble") this.body.append(el("p", { class: "note text" }, event.message));
    else if (event.type === "finding") this.line.textContent = "正在核对……";
  }

  /** @param {any} event */
  part(event) {
    const one = this.of(event.part);
    one.heading.textContent = event.heading;
    this.line.textContent = event.state === "begun" ? `正在写：${event.heading}` : `写好了：${event.heading}`;
  }

  /** @param {string} key */
  of(key) {
    let one = this.parts.get(key);
    if (!one) {
      const heading = el("h3", { class: "text" }, key);
      one = { heading, runs: new Map(), node: el("div") };
      this.parts.set(key, one);
      this.body.append(el("section", {}, heading, one.node));
    }
    return one;
  }

  /**
   * A sentence as it now stands; what stood beyond `count` is gone.
   * @param {any} event
   */
  sentence(event) {
    const { runs, node } = this.of(event.part);
    const key = event.path.join(".");
    const run = runs.get(key) ?? [];
    runs.set(key, run);
    run[event.position + 1] = event.sentence.text;
    run.length = Math.min(run.length, event.count + 1);
    const ordered = [...runs.entries()].sort(([one], [other]) => inOrder(one, other));
    refill(
      node,
      ordered.map(([, sentences]) => el("p", {}, text(sentences.filter(Boolean).join("")))),
    );
  }
}

/**
 * The part's lead first, then items and points by their numbers.
 * @param {string} one
 * @param {string} other
 */
function inOrder(one, other) {
  const [a, b] = [one, other].map((key) => (key ? key.split(".").map(Number) : []));
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) if (a[at] !== b[at]) return a[at] - b[at];
  return a.length - b.length;
}
