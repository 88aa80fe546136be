// The column on the right: the conversation, what the selected sentence rests on, and all that the checks say.

import { Chat } from "./chat.js";
import { button, el, refill } from "./el.js";
import { card, SEVERITIES } from "./findings.js";
import { sentencePanel } from "./sentencepanel.js";

const TABS = { chat: "对话", sentence: "本句", findings: "核对" };

export class Side {
  /** @param {import("./reportpage.js").ReportPage} page */
  constructor(page) {
    this.page = page;
    this.open = "chat";
    this.stale = true;
    this.filter = "";
    this.chat = new Chat(page);
    this.tabs = Object.fromEntries(
      Object.keys(TABS).map((name) => [
        name,
        el(
          "button",
          {
            type: "button",
            role: "tab",
            id: `tab-${name}`,
            "aria-controls": `panel-${name}`,
            onclick: () => this.show(name),
            onkeydown: (/** @type {KeyboardEvent} */ event) => this.keyed(event, name),
          },
          TABS[name],
        ),
      ]),
    );
    this.panels = Object.fromEntries(
      Object.keys(TABS).map((name) => [
        name,
        el("div", {
          class: `panel on-${name}`,
          role: "tabpanel",
          id: `panel-${name}`,
          "aria-labelledby": `tab-${name}`,
          tabIndex: -1,
        }),
      ]),
    );
    this.panels.sentence.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") this.page.back();
    });
  }

  /** @param {HTMLElement} region */
  mount(region) {
    refill(
      region,
      el("div", { class: "tabs", role: "tablist", "aria-label": "对话与依据" }, Object.values(this.tabs)),
      Object.values(this.panels),
    );
    this.show(this.open);
    this.chat.mount(this.panels.chat);
  }

  /** @param {string} name */
  show(name) {
    this.open = name;
    if (name === "sentence" && this.stale) this.sentence(false);
    for (const one of Object.keys(TABS)) {
      this.tabs[one].setAttribute("aria-selected", String(one === name));
      this.tabs[one].tabIndex = one === name ? 0 : -1;
      this.panels[one].hidden = one !== name;
    }
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} name
   */
  keyed(event, name) {
    const names = Object.keys(TABS);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = names[(names.indexOf(name) + step + names.length) % names.length];
    this.show(next);
    this.tabs[next].focus();
  }

  draw() {
    const { findings } = this.page;
    this.tabs.findings.textContent = findings.length ? `核对 ${findings.length}` : "核对";
    refill(this.panels.findings, this.findingList());
    this.sentence(false);
  }

  findingList() {
    const { findings } = this.page;
    const { waivers } = this.page.output.report;
    const shown = findings.filter((one) => !this.filter || one.finding.severity === this.filter);
    const cards = shown.map((one) => card(one, this.page, true));
    const none = el("p", { class: "quiet" }, findings.length ? "这一类没有。" : "没有发现问题。");
    return el(
      "div",
      { class: "pad stack" },
      el("h2", {}, "核对结果"),
      this.filters(),
      cards.length ? el("ol", { class: "plain stack" }, cards) : none,
      waivers.length > 0 && waived(waivers),
    );
  }

  /** How many there are of each severity, to choose by. */
  filters() {
    const choices = [["", "全部"], ...Object.entries(SEVERITIES)].map(([value, name]) => {
      const count = this.page.findings.filter((one) => !value || one.finding.severity === value).length;
      const choose = () => {
        this.filter = value;
        refill(this.panels.findings, this.findingList());
      };
      return button(`${name} ${count}`, choose, { "aria-pressed": String(this.filter === value), class: "choice" });
    });
    return el("div", { class: "row", role: "group", "aria-label": "按轻重筛选" }, choices);
  }

  /**
   * Draw what the selected sentence rests on, as soon as it is to be seen.
   * @param {boolean} show
   */
  sentence(show) {
    if (show) this.open = "sentence";
    this.stale = this.open !== "sentence";
    if (!this.stale) refill(this.panels.sentence, sentencePanel(this.page));
    if (show) this.show("sentence");
  }

  /** Go into what is shown. */
  focus() {
    this.panels[this.open].focus();
  }
}

/** @param {any[]} waivers */
function waived(waivers) {
  const items = waivers.map((one) => {
    const what = `${one.codes.join("、")}（${one.text ? "一处" : "全文"}）`;
    const why = `理由：${one.reason || "（没有写）"}${one.by ? `（${one.by}）` : ""}`;
    return el("li", { class: "source" }, el("p", {}, what), el("p", { class: "quiet text" }, why));
  });
  const head = el("summary", {}, `写明理由忽略的 ${items.length} 处`);
  return el("details", {}, head, el("ul", { class: "plain stack" }, items));
}
