// Editing a sentence where it stands: the words, what changes, save or leave.

import { button, el, refill } from "./el.js";
import { marks, stretches } from "./comparing.js";

/** An editor in the place of a sentence. */
export class Editor {
  /**
   * @param {import("./reportpage.js").ReportPage} page
   * @param {import("./places.js").Piece} piece
   * @param {string} [words] what is proposed
   */
  constructor(page, piece, words) {
    this.page = page;
    this.piece = piece;
    this.area = el("textarea", { value: words ?? piece.text, rows: 3, maxLength: 20000, "aria-label": "改这一句" });
    this.shown = el("span", { class: "words", "aria-label": "改动" });
    this.save = button("保存", () => this.keep(), { class: "primary" });
    this.area.addEventListener("input", () => this.tell());
  }

  get words() {
    return this.area.value.trim();
  }

  /**
   * Take the place of the sentence.
   * @param {HTMLElement} node
   */
  open(node) {
    const hint = el("span", { class: "quiet small" }, "Ctrl+Enter 保存，Esc 不改");
    const row = el(
      "span",
      { class: "row" },
      this.save,
      button("不改了", () => this.leave()),
      hint,
    );
    this.node = node;
    this.frame = el("span", { class: "editor", role: "group", "aria-label": "改这一句" }, this.area, this.shown, row);
    this.frame.addEventListener("click", (/** @type {Event} */ event) => event.stopPropagation());
    this.frame.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.keyed(event));
    this.page.editor = this;
    node.replaceWith(this.frame);
    this.tell();
    this.area.focus();
  }

  /** Show what changes, and make room for the words. */
  tell() {
    const changed = this.words !== this.piece.text;
    const none = el("span", { class: "quiet" }, "还没有改动");
    refill(this.shown, changed ? marks(stretches(this.piece.text, this.words)) : none);
    this.save.disabled = !changed || !this.words;
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight + 2}px`;
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    event.stopPropagation();
    if (event.key === "Escape") this.leave();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.keep();
    else return;
    event.preventDefault();
  }

  leave() {
    this.page.editor = null;
    this.frame.replaceWith(this.node);
    this.node?.focus();
  }

  async keep() {
    if (this.save.disabled) return;
    this.save.disabled = true;
    this.page.editor = null;
    const changed = await this.page.command({ verb: "write", place: this.piece.place, text: this.words });
    if (changed || !this.frame.isConnected) {
      this.page.sentenceNode()?.focus();
      return;
    }
    // Where nothing was written the words are still there to be saved again.
    this.save.disabled = false;
    this.page.editor = this;
  }
}
