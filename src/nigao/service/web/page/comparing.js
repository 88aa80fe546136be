// Two texts held against each other, character by character.

import { el } from "./el.js";

const MOST = 4_000_000;

/** @typedef {{op: "same" | "del" | "ins", text: string}} Stretch */

/**
 * How one text became another.
 * @param {string} old
 * @param {string} now
 * @returns {Stretch[]}
 */
export function stretches(old, now) {
  const left = [...old];
  const right = [...now];
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < left.length - head && tail < right.length - head && left.at(-1 - tail) === right.at(-1 - tail))
    tail += 1;
  const middle = between(left.slice(head, left.length - tail), right.slice(head, right.length - tail));
  return joined([["same", left.slice(0, head)], ...middle, ["same", left.slice(left.length - tail)]]);
}

/**
 * @param {string[]} left
 * @param {string[]} right
 * @returns {[string, string[]][]}
 */
function between(left, right) {
  if (!left.length || !right.length || left.length * right.length > MOST)
    return [
      ["del", left],
      ["ins", right],
    ];
  const width = right.length + 1;
  const table = new Uint16Array((left.length + 1) * width);
  for (let a = left.length - 1; a >= 0; a -= 1) {
    for (let b = right.length - 1; b >= 0; b -= 1) {
      table[a * width + b] =
        left[a] === right[b]
          ? table[(a + 1) * width + b + 1] + 1
          : Math.max(table[(a + 1) * width + b], table[a * width + b + 1]);
    }
  }
  /** @type {[string, string[]][]} */
  const found = [];
  let a = 0;
  let b = 0;
  while (a < left.length || b < right.length) {
    if (a < left.length && b < right.length && left[a] === right[b]) {
      found.push(["same", [left[a]]]);
      a += 1;
      b += 1;
    } else if (a < left.length && (b === right.length || table[(a + 1) * width + b] >= table[a * width + b + 1])) {
      found.push(["del", [left[a]]]);
      a += 1;
    } else {
      found.push(["ins", [right[b]]]);
      b += 1;
    }
  }
  return found;
}

/**
 * @param {[string, string[]][]} found
 * @returns {Stretch[]}
 */
function joined(found) {
  /** @type {Stretch[]} */
  const all = [];
  for (const [op, characters] of found) {
    const text = characters.join("");
    const last = all.at(-1);
    if (last && last.op === op) last.text += text;
    else if (text) all.push(/** @type {Stretch} */ ({ op, text }));
  }
  return all;
}

/**
 * Stretches as marked words.
 * @param {Stretch[]} found
 */
export const marks = (found) => found.map(({ op, text }) => el(op === "same" ? "span" : op, { class: "text" }, text));

/**
 * Changes of a report, as the service tells them.
 * @param {any[]} changes
 */
export function changeList(changes) {
  const words = { changed: "修改", added: "增加", removed: "删除", moved: "移动" };
  return el(
    "ol",
    { class: "changes plain" },
    changes.map((change) =>
      el(
        "li",
        { class: `change ${change.kind}` },
        el(
          "p",
          { class: "head" },
          el("span", { class: "tag quiet" }, words[change.kind] ?? change.kind),
          " ",
          el("span", { class: "text" }, change.came_from ? `${change.came_from} → ${change.label}` : change.label),
        ),
        el(
          "p",
          { class: "words" },
          marks(change.pieces.length ? change.pieces : [{ op: "same", text: change.new || change.old }]),
        ),
      ),
    ),
  );
}
