// What a turn tells, drawn: how it was understood, what it would touch, what is proposed, what is asked.

import { changeList, marks, stretches } from "./comparing.js";
import { button, el, text } from "./el.js";

/** @typedef {import("./chat.js").Chat} Chat */

/**
 * What one event looks like; null for what is shown elsewhere.
 * @param {any} event
 * @param {Chat} chat
 */
export function eventNode(event, chat) {
  const draw = DRAWN[event.type];
  return draw ? draw(event, chat) : null;
}

/**
 * How far drafting is, in words; empty for other events.
 * @param {any} event
 */
export function progressWords(event) {
  if (event.type === "part") return event.state === "begun" ? `正在写：${event.heading}` : `写好了：${event.heading}`;
  if (event.type === "usage") return `已用模型 ${event.usage.calls ?? ""} 次`;
  return "";
}

/** @type {Record<string, (event: any, chat: Chat) => any>} */
const DRAWN = {
  understood: (event) =>
    el("p", { class: "understood" }, event.by === "model" ? "我理解为：" : "理解为：", text(event.label)),
  question: (event, chat) =>
    el(
      "div",
      { class: "stack" },
      el("p", { class: "text" }, event.question),
      el(
        "div",
        { class: "row choices" },
        event.options.map((/** @type {any} */ option) =>
          button(option.label, () => chat.give(option.command, option.label), { class: "choice" }),
        ),
      ),
    ),
  notice: (event) => el("p", { class: "note text" }, event.text),
  text: (event) => el("p", { class: "piece text" }, event.text),
  evidence,
  affected,
  proposal,
  change: (event) =>
    el(
      "details",
      { class: "changed" },
      el("summary", {}, `第 ${event.revision} 稿：${event.summary}`),
      changeList(event.changes),
    ),
  conflict: (event) =>
    el(
      "div",
      { class: "stack note" },
      el("p", { class: "text" }, `${event.author}已改到第 ${event.actual} 稿，您说的是第 ${event.expected} 稿：`),
      changeList(event.theirs),
    ),
  trouble: (event) => el("p", { class: "note text" }, event.message),
};

/** @param {any} event */
function evidence(event) {
  return el(
    "figure",
    { class: "source" },
    event.sentence && el("p", { class: "quiet small text" }, event.sentence),
    el("blockquote", { class: "words text" }, event.quote),
    el(
      "figcaption",
      { class: "small" },
      el("a", { class: "text", href: `#/corpus/${encodeURIComponent(event.document_id)}` }, event.title),
      " ",
      el("span", { class: "quiet text" }, event.locator),
      !event.in_force && el("span", { class: "tag error" }, "已失效"),
    ),
  );
}

/**
 * What a change would touch.
 * @param {any} event
 */
export function affected(event) {
  return el(
    "div",
    { class: "stack affected" },
    event.sentences.length > 0 && el("p", {}, `会改动 ${event.sentences.length} 句：`),
    el(
      "ol",
      { class: "plain stack" },
      event.sentences.map((/** @type {any} */ one) =>
        el(
          "li",
          { class: "change" },
          el("p", { class: "quiet small text" }, one.where),
          el("p", { class: "words" }, marks(stretches(one.before, one.after))),
          one.along.length > 0 && el("p", { class: "quiet small text" }, one.along.join("；")),
        ),
      ),
    ),
    event.untouched.length > 0 &&
      el(
        "details",
        {},
        el("summary", {}, `看起来相似而不改的 ${event.untouched.length} 处`),
        el(
          "ul",
          { class: "plain" },
          event.untouched.map((/** @type {string} */ line) => el("li", { class: "text small" }, line)),
        ),
      ),
  );
}

const VERDICTS = {
  passed: ["good", "通过核对"],
  person: ["warning", "需人工判断"],
  rejected: ["error", "未通过核对，不能采用"],
};

/**
 * @param {any} event
 * @param {Chat} chat
 */
function proposal(event, chat) {
  const [kind, name] = VERDICTS[event.verdict] ?? ["quiet", event.verdict];
  const one = [event.number];
  return el(
    "div",
    { class: "proposal stack" },
    el("p", { class: "small" }, `改写 ${event.number} `, el("span", { class: `tag ${kind}` }, name)),
    el(
      "p",
      { class: "words" },
      event.now ? marks(stretches(event.was, event.now)) : [el("del", { class: "text" }, event.was)],
    ),
    event.reasons.length > 0 &&
      el(
        "ul",
        { class: "plain small" },
        event.reasons.map((/** @type {string} */ reason) => el("li", { class: "text" }, reason)),
      ),
    el(
      "div",
      { class: "row choices" },
      event.verdict !== "rejected" &&
        button("采用这一句", () => chat.give({ verb: "accept", numbers: one }, `采用改写 ${event.number}`), {
          class: "choice",
        }),
      button("放弃这一句", () => chat.give({ verb: "reject", numbers: one }, `放弃改写 ${event.number}`), {
        class: "choice",
      }),
    ),
  );
}

/**
 * The reply, with what may be answered. What was `shown` as marked words is not told again.
 * @param {any} reply
 * @param {Chat} chat
 * @param {boolean} [shown]
 */
export function followUp(reply, chat, shown = false) {
  const words = shown && reply.waits_for === "confirm" ? reply.text.trim().split("\n").at(-1) : reply.text;
  const answers =
    {
      confirm: [
        ["确认", { verb: "confirm" }, "primary"],
        ["取消", { verb: "cancel" }, ""],
      ],
      proposal: [
        ["全部采用", { verb: "accept", numbers: [] }, "primary"],
        ["全部放弃", { verb: "reject", numbers: [] }, ""],
      ],
    }[reply.waits_for] ?? [];
  return el(
    "div",
    { class: "stack" },
    el("p", { class: reply.failed ? "failed text" : "reply text" }, words),
    answers.length > 0 &&
      el(
        "div",
        { class: "row choices" },
        answers.map(([words, command, kind]) =>
          button(/** @type {string} */ (words), () => chat.give(command, /** @type {string} */ (words)), {
            class: kind,
          }),
        ),
      ),
  );
}
