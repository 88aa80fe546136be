// A command on the revision that is on the screen: asked about first where the service asks, held against what
// others did meanwhile.

import { ApiError, at, get, post } from "./api.js";
import { affected } from "./chatevents.js";
import { changeList, marks, stretches } from "./comparing.js";
import { button, el, text } from "./el.js";
import { keyOf, pieces } from "./places.js";
import { confirmed, dialog, tellDone, tellError } from "./telling.js";

/** @typedef {import("./reportpage.js").ReportPage} Page */

/**
 * Carry a command out; whether the report was changed. Raises ApiError.
 * @param {Page} page
 * @param {any} command
 * @returns {Promise<boolean>}
 */
export async function carryOut(page, command) {
  try {
    return await sent(page, command, page.revision, false);
  } catch (error) {
    if (!(error instanceof ApiError) || ![409, 412].includes(error.status) || !error.problem.actual) throw error;
    return overtaken(page, command, error.problem.actual);
  }
}

/**
 * @param {Page} page
 * @param {any} command
 * @param {number} revision
 * @param {boolean} confirm
 * @returns {Promise<boolean>}
 */
async function sent(page, command, revision, confirm) {
  const turn = await post(`/reports/${at(page.id)}/commands`, { command, confirm }, { revision });
  if (turn.reply.waits_for === "confirm") {
    const shown = turn.events.filter((/** @type {any} */ event) => event.type === "affected").map(affected);
    const yes = await confirmed(
      "请确认",
      el(
        "div",
        { class: "stack" },
        shown.length ? shown : text(turn.reply.text),
        shown.length > 0 && el("p", {}, "确认修改吗？"),
      ),
    );
    return yes ? sent(page, command, revision, true) : false;
  }
  if (turn.reply.failed) {
    tellError(turn.reply.text);
    return false;
  }
  for (const event of turn.events) if (event.type === "notice") tellDone(event.text);
  tellDone(turn.reply.text);
  await page.reload();
  return turn.reply.changed;
}

/**
 * What somebody else did is shown before anything is written over it.
 * @param {Page} page
 * @param {any} command
 * @param {number} actual
 */
async function overtaken(page, command, actual) {
  const before = page.revision;
  const old = command.place ? page.byKey.get(keyOf({ item: [], sentence: null, ...command.place }))?.text : undefined;
  const [diff, history] = await Promise.all([
    get(`/reports/${at(page.id)}/diff?old=${before}&new=${actual}`),
    get(`/reports/${at(page.id)}/revisions/${actual}`),
  ]);
  const moved = moveTo(command, old, pieces(history.report));
  const answer = await asked(page, moved, old, diff, actual);
  await page.reload();
  if (answer === "write") return sent(page, moved.command, page.revision, false);
  if (answer === "edit") page.edit(moved.command.place, moved.command.text);
  return false;
}

/**
 * The command for the newer report: its sentence is looked for by its words.
 * @param {any} command
 * @param {string | undefined} old
 * @param {import("./places.js").Piece[]} now
 */
function moveTo(command, old, now) {
  if (old === undefined) return { command, theirs: "" };
  const same = now.find((one) => one.place && one.text === old);
  if (same) return { command: { ...command, place: same.place }, theirs: "" };
  const there = now.find((one) => one.place && keyOf(one.place) === keyOf(command.place));
  return { command, theirs: there?.text ?? "" };
}

/**
 * @param {Page} page
 * @param {{command: any, theirs: string}} moved
 * @param {string | undefined} old
 * @param {any} diff
 * @param {number} actual
 * @returns {Promise<string | null>}
 */
function asked(page, moved, old, diff, actual) {
  const { command, theirs } = moved;
  const words = typeof command.text === "string" ? command.text : "";
  return dialog(
    "已有更新的一稿",
    (close) => [
      el("p", {}, `您改的是第 ${page.revision} 稿，现在已是第 ${actual} 稿，您的改动还没有写入。其间的改动：`),
      el("div", { class: "scroll" }, changeList(diff.changes)),
      theirs &&
        words &&
        el(
          "div",
          { class: "stack" },
          el("p", {}, "您改的这一句，别人也改了。对方的和您的相比："),
          el("p", { class: "words" }, marks(stretches(theirs, words))),
        ),
      !theirs &&
        words &&
        el(
          "div",
          { class: "stack" },
          el("p", {}, "您的改动："),
          el("p", { class: "words" }, marks(stretches(old ?? "", words))),
        ),
      el(
        "div",
        { class: "row end" },
        button("放弃我的改动", () => close("drop")),
        words && button("在新稿上接着改", () => close("edit"), { autofocus: true }),
        button(`在第 ${actual} 稿上照改`, () => close("write"), { class: "primary", autofocus: !words }),
      ),
    ],
    "wide",
  );
}
