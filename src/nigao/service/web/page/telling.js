// What the page tells: short messages in a live region, and questions in dialogs.

import { ApiError } from "./api.js";
import { busy, button, el, field, refill, text } from "./el.js";

const STAYS_MS = 6000;

/**
 * @param {string} kind
 * @param {string} words
 * @param {string} [fix]
 */
function show(kind, words, fix = "") {
  const region = /** @type {HTMLElement} */ (document.getElementById("notices"));
  const box = [...document.querySelectorAll("dialog[open] .told-here")].at(-1);
  if (box && kind === "error") {
    // Behind an open dialog nothing can be read.
    refill(box, el("div", { class: "note failed stack" }, el("p", { class: "text" }, words), fix && text(fix)));
    return;
  }
  // A message told again stands once.
  for (const old of region.children) if (old.getAttribute("data-words") === words) old.remove();
  const note = el("div", { class: `notice ${kind}`, data: { words } });
  note.append(
    el("p", { class: "text" }, words),
    button("关闭", () => note.remove()),
  );
  if (fix) note.append(el("p", { class: "fix text" }, fix));
  region.append(note);
  while (region.children.length > 4) region.firstElementChild?.remove();
  if (kind !== "error") setTimeout(() => note.remove(), STAYS_MS);
}

/**
 * @param {string} words
 * @param {string} [fix]
 */
export const tellError = (words, fix = "") => show("error", words, fix);
/** @param {string} words */
export const tellDone = (words) => show("good", words);

/**
 * Tell what went wrong, with what to do.
 * @param {unknown} error
 */
export function tell(error) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  if (!(error instanceof ApiError)) {
    console.error(error);
    show("error", "页面出错，这一步没有办成", "刷新页面再试；仍出错时告诉管理员");
    return;
  }
  const { detail, title, fix, where, request_id: id, status } = error.problem;
  if (status === 401) return;
  const place = where && !detail?.includes(where) && !/^[a-z_/.\-[\]0-9]+$/i.test(where) ? `（${where}）` : "";
  show(
    "error",
    `${detail || title}${place}`,
    [fix, status >= 500 && id ? `请求编号 ${id}` : ""].filter(Boolean).join("；"),
  );
}

/**
 * A dialog. `build` gets a function that closes it with an answer; Esc answers null.
 * @template T
 * @param {string} title
 * @param {(close: (answer: T) => void) => any} build
 * @param {string} [kind]
 * @returns {Promise<T | null>}
 */
export function dialog(title, build, kind = "") {
  return new Promise((resolve) => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    /** @type {T | null} */
    let answer = null;
    const heading = el("h2", { id: `dialog-${Date.now()}-${document.querySelectorAll("dialog").length}` }, title);
    const box = el("dialog", { class: kind, "aria-labelledby": heading.id });
    const close = (/** @type {T} */ given) => {
      answer = given;
      box.close();
    };
    box.append(el("div", { class: "inside" }, heading, build(close), el("div", { class: "told-here", role: "alert" })));
    box.addEventListener("close", () => {
      box.remove();
      if (before?.isConnected) before.focus();
      resolve(answer);
    });
    document.body.append(box);
    box.showModal();
  });
}

/**
 * Ask for a yes.
 * @param {string} title
 * @param {any} body
 * @param {string} [yes]
 * @returns {Promise<boolean>}
 */
export async function confirmed(title, body, yes = "确认") {
  const answer = await dialog(title, (close) => [
    el("div", { class: "stack" }, typeof body === "string" ? text(body) : body),
    el(
      "div",
      { class: "row end" },
      button("取消", () => close(false)),
      button(yes, () => close(true), { class: "primary" }),
    ),
  ]);
  return answer === true;
}

/**
 * A dialog to be filled in: it is closed with what `act` gives, and stays open where that goes wrong. 取消 answers
 * null.
 * @template T
 * @param {string} title
 * @param {string} yes what the button says that acts
 * @param {any[]} fields
 * @param {() => Promise<T>} act
 * @param {{kind?: string, refuse?: (error: unknown) => void, other?: [string, T]}} [how] `other` is another answer
 * @returns {Promise<T | null>}
 */
export function formDialog(title, yes, fields, act, how = {}) {
  return dialog(
    title,
    (close) => {
      const go = el("button", { type: "submit", class: "primary" }, yes);
      const onsubmit = (/** @type {Event} */ event) => {
        event.preventDefault();
        busy(go, async () => close(await act()), how.refuse ?? tell);
      };
      const cancel = button("取消", () => close(/** @type {any} */ (null)));
      const other = how.other && button(how.other[0], () => close(/** @type {any} */ (how.other)[1]));
      return el("form", { class: "stack", onsubmit }, fields, el("div", { class: "row end" }, cancel, other, go));
    },
    how.kind,
  );
}

/**
 * Ask for words.
 * @param {string} title
 * @param {string} name
 * @param {{hint?: string, needed?: boolean, yes?: string}} [how]
 * @returns {Promise<string | null>}
 */
export function worded(title, name, how = {}) {
  const words = el("textarea", { rows: 3, maxLength: 2000, required: how.needed ?? false });
  return formDialog(title, how.yes ?? "确定", [field(name, words, how.hint)], async () => words.value.trim());
}
