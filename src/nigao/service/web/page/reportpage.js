// One report on the page: what the service last said of it, what is selected, and every way to change it.

import { ApiError, at, get } from "./api.js";
import { carryOut } from "./commanding.js";
import { Editor } from "./editing.js";
import { refill } from "./el.js";
import { fillIn } from "./filling.js";
import { placed } from "./findings.js";
import { historyView } from "./history.js";
import { outline } from "./outline.js";
import { keyOf, linesOf, pieces, positions } from "./places.js";
import { sheet } from "./sheet.js";
import { allows, caller, headed, narrow, pane, regions, shape } from "./shell.js";
import { Side } from "./side.js";
import { toolbar } from "./toolbar.js";
import { tell } from "./telling.js";

/** @typedef {import("./places.js").Place} Place */
/**
 * @typedef {{show?: boolean, into?: boolean, focus?: boolean, reveal?: boolean}} Selecting `show` what the sentence
 *   rests on, go `into` that, `focus` the sentence, `reveal` it from another column
 */

export class ReportPage {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.person = caller.me?.person;
    this.view = "text";
    this.mounted = false;
    this.left = false;
    /** @type {import("./places.js").Piece[]} */
    this.pieces = [];
    /** @type {import("./places.js").Line[]} */
    this.lines = [];
    /** @type {import("./findings.js").Placed[]} */
    this.findings = [];
    /** @type {any} */
    this.output = null;
    /** @type {any} */
    this.status = null;
    /** @type {string} the key of the selected place */
    this.selected = "";
    /** @type {Map<string, import("./places.js").Piece>} */
    this.byKey = new Map();
    /**
     * What is being edited, where it is not being saved.
     * @type {Editor | null}
     */
    this.editor = null;
    /** @type {Map<string, Promise<any>>} the passages looked up since the report was last taken, by id */
    this.passages = new Map();
    this.side = new Side(this);
  }

  get revision() {
    return this.output.revision;
  }

  /**
   * Whether the caller may do something.
   * @param {string} scope
   */
  allows(scope) {
    return allows(scope);
  }

  /**
   * Open the report in a view.
   * @param {string} view `text` or `history`
   * @param {AbortSignal} signal the page is left
   */
  async open(view, signal) {
    this.view = view;
    if (!this.mounted) {
      await this.take();
      signal.throwIfAborted();
      this.mounted = true;
      shape("three");
      this.side.mount(regions.side);
    }
    this.draw();
  }

  /** The page is left: what is being said is not said to the end. */
  leave() {
    this.left = true;
    this.side.chat.running?.abort();
  }

  /** Ask the service for the report as it is now. */
  async take() {
    const path = `/reports/${at(this.id)}`;
    // What the checks say today: a document may have been revoked since the revision was made.
    const [output, findings, status] = await Promise.all([get(path), get(`${path}/findings`), get(`${path}/status`)]);
    this.output = output;
    this.passages.clear();
    this.status = status;
    const found = pieces(output.report);
    this.pieces = found;
    this.lines = linesOf(output.report, found);
    this.findings = placed(findings, found, positions(found));
    this.byKey = new Map(found.filter((one) => one.place).map((one) => [keyOf(/** @type {Place} */ (one.place)), one]));
  }

  /** Take the report anew and draw it, the selection and the place on the screen kept. */
  async reload() {
    await this.take();
    const top = regions.main.scrollTop;
    const focused = regions.main.contains(document.activeElement);
    const open = this.editor;
    this.draw();
    regions.main.scrollTop = top;
    // Words that are being typed outlive what the conversation changes meanwhile.
    if (open) this.edit(open.piece.place, open.words);
    else if (focused) this.sentenceNode()?.focus({ preventScroll: true });
  }

  draw() {
    // What is still under way when the page is left draws nothing over the next.
    if (this.left) return;
    headed(this.output.title || this.id, "reports");
    refill(regions.left, outline(this));
    refill(regions.main, toolbar(this), this.view === "history" ? historyView(this) : sheet(this));
    this.mark();
    this.side.draw();
  }

  /**
   * @param {string} key
   * @returns {Place}
   */
  placeOf(key) {
    return /** @type {Place} */ (this.byKey.get(key)?.place);
  }

  /**
   * A passage in its surroundings.
   * @param {string} id
   * @returns {Promise<any>}
   */
  passage(id) {
    let found = this.passages.get(id);
    if (!found) {
      found = get(`/passages/${at(id)}`);
      this.passages.set(id, found);
      // Asked for again, it may be had.
      found.catch(() => this.passages.delete(id));
    }
    return found;
  }

  /** The selected piece, where it is still there. */
  get piece() {
    return this.byKey.get(this.selected) ?? null;
  }

  /** @returns {HTMLElement | null} */
  sentenceNode(key = this.selected) {
    return key ? regions.main.querySelector(`.sentence[data-place="${CSS.escape(key)}"]`) : null;
  }

  /**
   * Select a sentence.
   * @param {Place | null} place
   * @param {Selecting} [how]
   */
  select(place, how = {}) {
    if (!place) return;
    this.selected = keyOf(place);
    if (this.view !== "text") {
      this.view = "text";
      location.hash = `#/reports/${at(this.id)}`;
      this.draw();
    }
    this.mark();
    const node = this.sentenceNode();
    if (how.reveal) pane("main");
    if (how.focus || how.reveal) {
      node?.focus({ preventScroll: true });
      node?.scrollIntoView({ block: how.reveal ? "center" : "nearest", behavior: "auto" });
    }
    this.side.sentence(how.show ?? false);
    if (how.show && narrow()) pane("side");
    if (how.into) this.side.focus();
  }

  /** Back from the evidence to the sentence. */
  back() {
    pane("main");
    this.sentenceNode()?.focus();
  }

  mark() {
    for (const node of regions.main.querySelectorAll(".sentence[aria-pressed='true']")) {
      node.setAttribute("aria-pressed", "false");
      /** @type {HTMLElement} */ (node).tabIndex = -1;
    }
    const node = this.sentenceNode() ?? (this.selected ? null : regions.main.querySelector(".sentence"));
    if (!(node instanceof HTMLElement)) return;
    for (const other of regions.main.querySelectorAll(".sentence[tabindex='0']"))
      /** @type {HTMLElement} */ (other).tabIndex = -1;
    node.tabIndex = 0;
    if (this.selected) node.setAttribute("aria-pressed", "true");
  }

  /**
   * Edit a sentence in its place, with the words proposed.
   * @param {Place | null} place
   * @param {string} [words]
   */
  edit(place, words) {
    if (!place) return;
    this.select(place, {});
    const node = this.sentenceNode();
    if (!node) return;
    pane("main");
    new Editor(this, /** @type {import("./places.js").Piece} */ (this.piece), words).open(node);
  }

  /**
   * Fill in a blank of a sentence.
   * @param {Place} place
   * @param {string} blank as it is written
   */
  fillIn(place, blank) {
    fillIn(this, place, blank).catch(tell);
  }

  /**
   * Carry a command out on this revision; whether the report was changed.
   * @param {any} command
   * @returns {Promise<boolean>}
   */
  async command(command) {
    try {
      return await carryOut(this, command);
    } catch (error) {
      tell(error);
      if (error instanceof ApiError && error.status === 404) await this.reload().catch(() => {});
      return false;
    }
  }
}
