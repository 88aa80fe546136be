// The brief: who reports to whom about what time, the facts, and what should be said; then the draft begins.

import { get, post } from "./api.js";
import { button, busy, el, field, refill, select, tick } from "./el.js";
import { FactSheet } from "./factsheet.js";
import { keepBrief, keptBrief } from "./keeping.js";
import { allows, headed, regions, shape } from "./shell.js";
import { tell, tellError } from "./telling.js";

const NAMED = {
  full: "单位全称",
  short: "单位简称",
  recipient: "主送机关",
  asked_by: "要求报送的单位",
  period: "时间范围",
  date: "成文日期",
};
const HINTS = { period: "如：2025年、2025年1月至11月", short: "第一次出现全称之后用" };

/**
 * Show the form.
 * @param {AbortSignal} signal the page is left
 */
export async function newReport(signal) {
  headed("新建报告", "new");
  if (!allows("reports:draft")) {
    shape("one");
    refill(
      regions.main,
      el(
        "div",
        { class: "page stack" },
        el("h2", {}, "新建报告"),
        el("p", {}, "这把密钥不能起草报告。请管理员另发一把有“起草报告”权限的密钥。"),
      ),
    );
    return;
  }
  shape("one");
  // Another name of who works here changes nothing of the form: somebody may be typing into it.
  if (regions.main.querySelector("form.brief")) return;
  const kinds = await get("/kinds");
  signal.throwIfAborted();
  refill(regions.main, new BriefForm(kinds).node());
}

class BriefForm {
  /** @param {any[]} kinds */
  constructor(kinds) {
    this.kinds = kinds;
    const kept = keptBrief();
    this.fields = Object.fromEntries(
      Object.keys(NAMED).map((name) => [
        name,
        el("input", {
          type: name === "date" ? "date" : "text",
          maxLength: 200,
          required: name === "full",
          value: kept[name] ?? "",
          name,
          autocomplete: "off",
        }),
      ]),
    );
    this.kind = select(
      kinds.map((kind) => [kind.key, kind.name]),
      {
        onchange: () => this.parts(),
        ...(kept.kind && kinds.some((one) => one.key === kept.kind) ? { value: kept.kind } : {}),
      },
    );
    this.facts = new FactSheet(kept.facts);
    this.points = el("div", { class: "stack" });
    /** @type {Record<string, any>} */
    this.areas = {};
    this.kept = kept;
    this.offline = el("input", { type: "checkbox" });
    this.parts();
  }

  node() {
    const go = el("button", { type: "submit", class: "primary" }, "开始起草");
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.keep();
      busy(go, () => this.begin(), tell);
    };
    const offline = tick("不用模型，只用语料的原句", this.offline);
    const clear = button("清空", () => this.clear(), { class: "plain" });
    return el(
      "form",
      { class: "page stack brief", oninput: () => this.keep(), onsubmit },
      el("h2", {}, "新建报告"),
      el("fieldset", { class: "card stack" }, el("legend", {}, "拟稿要求"), this.asked()),
      el(
        "fieldset",
        { class: "card stack" },
        el("legend", {}, "事实清单"),
        el("p", { class: "quiet" }, "“基本情况”只用这里的内容；没有的留作【待补】。"),
        this.facts.node(),
      ),
      el("details", { class: "card" }, el("summary", {}, "各部分的要点（可以不写）"), this.points),
      el("div", { class: "row" }, go, offline, clear),
    );
  }

  /** Who reports to whom about what time. */
  asked() {
    const fields = Object.entries(this.fields).map(([name, node]) =>
      field(NAMED[name] + (name === "full" ? "（必填）" : ""), node, HINTS[name] ?? ""),
    );
    return el("div", { class: "grid" }, field("文种", this.kind), fields);
  }

  /** A field of points for each part of the chosen kind. */
  parts() {
    const kind = this.kinds.find((one) => one.key === this.kind.value);
    this.areas = Object.fromEntries(
      (kind?.parts ?? []).map((/** @type {any} */ part) => [
        part.key,
        el("textarea", { rows: 3, maxLength: 5000, value: this.kept.points?.[part.key] ?? "" }),
      ]),
    );
    refill(
      this.points,
      el("p", { class: "quiet" }, "一行写一点。主要特征一行写一条小标题，要点另起一行，以“- ”开头。"),
      (kind?.parts ?? [])
        .filter((/** @type {any} */ part) => POINTS[part.key])
        .map((/** @type {any} */ part) => field(part.heading, this.areas[part.key])),
    );
  }

  /** The brief as the service takes it. */
  brief() {
    const { full, short, recipient, asked_by, period, date } = Object.fromEntries(
      Object.entries(this.fields).map(([name, node]) => [name, node.value.trim()]),
    );
    const points = {};
    for (const [key, area] of Object.entries(this.areas)) {
      const lines = area.value
        .split("\n")
        .map((/** @type {string} */ line) => line.trim())
        .filter(Boolean);
      if (POINTS[key] && lines.length) points[key] = POINTS[key](lines);
    }
    return {
      unit: { full, short },
      kind: this.kind.value,
      recipient,
      asked_by,
      period,
      date: date || null,
      facts: this.facts.values(),
      points,
    };
  }

  async begin() {
    const half = this.facts.unfinished();
    if (half) {
      tellError(`事实“${half}”没有写全`, "每一行都要有名称和内容；不要的行用“删去”去掉");
      return;
    }
    const job = await post("/reports", { brief: this.brief(), offline: this.offline.checked }, { creates: true });
    location.hash = `#/jobs/${encodeURIComponent(job.id)}`;
  }

  /** What is typed outlives a reload of this tab. */
  keep() {
    const values = Object.fromEntries(Object.entries(this.fields).map(([name, node]) => [name, node.value]));
    const points = Object.fromEntries(Object.entries(this.areas).map(([key, area]) => [key, area.value]));
    keepBrief({ ...values, kind: this.kind.value, facts: this.facts.rows(), points });
  }

  clear() {
    keepBrief(null);
    refill(regions.main, new BriefForm(this.kinds).node());
  }
}

/** @type {Record<string, (lines: string[]) => any>} */
const POINTS = {
  basics: (lines) => lines,
  features: (lines) => {
    /** @type {{heading: string, points: string[]}[]} */
    const found = [];
    for (const line of lines) {
      if (!/^[-•·]/.test(line) || !found.length) found.push({ heading: line, points: [] });
      else found[found.length - 1].points.push(line.replace(/^[-•·]\s*/, ""));
    }
    return found;
  },
  problems: (lines) => lines,
  measures: (lines) => lines.map((text) => ({ text })),
};
