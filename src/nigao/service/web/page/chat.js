// The conversation: what is said goes up, what comes of it is drawn as it comes, and a running turn can be stopped.

import { all, ApiError, ask, at, post } from "./api.js";
import { eventNode, followUp, progressWords } from "./chatevents.js";
import { button, el, refill, text } from "./el.js";
import { tell } from "./telling.js";
import { told } from "./streaming.js";

const HINTS = ["第三部分第一条压缩到60字", "第三部分第一条的依据是什么？", "谈心谈话制度有什么规定？", "核对"];

export class Chat {
  /** @param {import("./reportpage.js").ReportPage} page */
  constructor(page) {
    this.page = page;
    this.session = "";
    /** @type {AbortController | null} */
    this.running = null;
    this.log = el("div", { class: "log", role: "log", "aria-label": "对话记录", "aria-live": "polite", tabIndex: 0 });
    this.box = el("textarea", {
      rows: 2,
      maxLength: 4000,
      "aria-label": "对稿件说",
      placeholder: "说怎么改，或问语料里有什么",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.keyed(event),
    });
    this.go = el("button", { type: "submit", class: "primary" }, "发送");
    this.stop = button("停止", () => this.running?.abort(), { hidden: true });
  }

  /** @param {HTMLElement} panel */
  mount(panel) {
    const form = el(
      "form",
      {
        class: "say",
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.say(this.box.value);
        },
      },
      this.box,
      el(
        "div",
        { class: "row" },
        this.go,
        this.stop,
        el("span", { class: "quiet small" }, "Enter 发送，Shift+Enter 换行"),
      ),
    );
    refill(panel, el("h2", { class: "unseen" }, "对话"), this.log, form);
    this.opened().catch(tell);
  }

  async opened() {
    const session = await post("/sessions", { report_id: this.page.id }, { creates: true });
    this.session = session.id;
    const items = await all(`/sessions/${at(session.id)}/turns`);
    // Only what was said last still waits for an answer.
    const reply = (/** @type {any} */ turn) =>
      turn === items.at(-1) ? followUp(turn.reply, this) : text(turn.reply.text);
    refill(
      this.log,
      items.length ? items.map((turn) => [said(turn.said), el("div", { class: "told" }, reply(turn))]) : this.welcome(),
    );
    this.down();
  }

  welcome() {
    return el(
      "div",
      { class: "welcome" },
      el("p", {}, "说出要怎么改，我先说明会动哪里，再动。比如："),
      el(
        "div",
        { class: "row" },
        HINTS.map((hint) =>
          button(
            hint,
            () => {
              this.box.value = hint;
              this.box.focus();
            },
            { class: "choice" },
          ),
        ),
      ),
    );
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    // Enter while an input method is composing picks a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.say(this.box.value);
  }

  /** @param {string} words */
  say(words) {
    if (!words.trim() || this.running || !this.session) return;
    this.box.value = "";
    this.turn({ say: words.trim() }, words.trim());
  }

  /**
   * Hand a command in, as its button says it.
   * @param {any} command
   * @param {string} words
   */
  give(command, words) {
    if (!this.running && this.session) this.turn({ command }, words);
  }

  /**
   * @param {any} body
   * @param {string} words
   */
  async turn(body, words) {
    for (const old of this.log.querySelectorAll(".welcome, .choices")) old.remove();
    const node = el("div", { class: "told" }, el("p", { class: "quiet at-work" }, "正在处理……"));
    this.log.append(said(words), node);
    this.begin();
    try {
      await this.heard(body, node);
    } catch (error) {
      this.broken(error, node, words);
    } finally {
      this.end();
      node.querySelector(".at-work")?.remove();
      this.down();
    }
  }

  /**
   * @param {any} body
   * @param {HTMLElement} node
   */
  async heard(body, node) {
    const response = await ask("POST", `/sessions/${at(this.session)}/turns`, {
      json: { ...body, expected_revision: this.page.revision },
      accept: "text/event-stream",
      signal: this.running?.signal,
    });
    const work = node.querySelector(".at-work");
    let over = false;
    for await (const { event, data } of told(response)) {
      if (event === "problem") throw new ApiError(data);
      const words = progressWords(data);
      if (words && work) work.textContent = words;
      draw(node, data, this);
      if (event === "reply") {
        over = true;
        await this.replied(data, node);
      }
      this.down();
    }
    if (!over)
      throw new ApiError({
        status: 0,
        title: "连接中断",
        detail: "连接中断，不知道这一句办成没有",
        fix: "看看稿子再说一遍",
      });
  }

  /**
   * @param {any} reply
   * @param {HTMLElement} node
   */
  async replied(reply, node) {
    node.append(followUp(reply, this, node.querySelector(".affected li") !== null), ...node.querySelectorAll(".rests"));
    if (reply.report_id && reply.report_id !== this.page.id) location.hash = `#/reports/${at(reply.report_id)}`;
    else if (reply.changed || reply.revision !== this.page.revision) await this.page.reload();
  }

  /**
   * @param {unknown} error
   * @param {HTMLElement} node
   * @param {string} words
   */
  broken(error, node, words) {
    if (error instanceof DOMException && error.name === "AbortError") {
      node.append(el("p", { class: "quiet" }, "已停止，稿子没有因为这一句改动。"));
      return;
    }
    const message = error instanceof Error ? error.message : "";
    node.append(
      el("p", { class: "failed text" }, `没有办成：${message}`),
      button("再说一遍", () => this.say(words), { class: "choices" }),
    );
    tell(error);
  }

  begin() {
    this.running = new AbortController();
    this.stop.hidden = false;
    this.go.disabled = true;
    this.down();
  }

  end() {
    this.running = null;
    this.stop.hidden = true;
    this.go.disabled = false;
  }

  down() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}

/**
 * Draw an event; passages are gathered to be opened, as the reply quotes them.
 * @param {HTMLElement} node
 * @param {any} event
 * @param {Chat} chat
 */
function draw(node, event, chat) {
  const made = eventNode(event, chat);
  if (!made) return;
  if (event.type !== "evidence") {
    node.append(made);
    return;
  }
  const rests =
    node.querySelector(".rests") ?? node.appendChild(el("details", { class: "rests stack" }, el("summary")));
  rests.append(made);
  /** @type {HTMLElement} */ (rests.firstChild).textContent = `依据 ${rests.querySelectorAll(".source").length} 段`;
}

/** @param {string} words */
const said = (words) => el("div", { class: "said text" }, words);
