// The fact sheet: a table that is typed into, a row a fact.

import { button, el } from "./el.js";

/** @typedef {{name: string, value: string, unit: string, as_of: string, source: string}} Fact */

const COLUMNS = [
  ["name", "名称", "如：编制数"],
  ["value", "内容", "如：28"],
  ["unit", "单位", "如：名"],
  ["as_of", "截止日期", "如：2025年11月30日"],
  ["source", "出处", "如：机构编制说明"],
];
const USUAL = ["机构设置", "编制数", "实有人数", "内设科室", "党组织", "党员人数", "主要职责"];

export class FactSheet {
  /** @param {Fact[] | undefined} facts by default the usual names, to be filled in */
  constructor(facts) {
    this.body = el("tbody");
    for (const fact of facts?.length ? facts : USUAL.map((name) => ({ name }))) this.add(fact);
  }

  node() {
    const head = el(
      "tr",
      {},
      COLUMNS.map(([, name]) => el("th", { scope: "col" }, name)),
      el("th", { scope: "col" }, el("span", { class: "unseen" }, "操作")),
    );
    return el(
      "div",
      { class: "stack" },
      el("table", { class: "facts" }, el("caption", { class: "unseen" }, "事实清单"), el("thead", {}, head), this.body),
      el(
        "div",
        {},
        button("添一行", () => this.add({}).querySelector("input").focus()),
      ),
    );
  }

  /** @param {Partial<Fact>} fact */
  add(fact) {
    const row = el(
      "tr",
      {},
      COLUMNS.map(([key, name, hint]) =>
        el(
          "td",
          { data: { name } },
          el("input", { value: fact[key] ?? "", placeholder: hint, "aria-label": name, data: { key }, maxLength: 500 }),
        ),
      ),
    );
    const remove = button(
      "删去",
      () => {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        next?.querySelector("input")?.focus();
        this.body.dispatchEvent(new Event("input", { bubbles: true }));
      },
      { class: "plain" },
    );
    row.append(el("td", {}, remove));
    this.body.append(row);
    return row;
  }

  /** @returns {Fact[]} every row that says something */
  rows() {
    return [...this.body.querySelectorAll("tr")].map((row) =>
      Object.fromEntries([...row.querySelectorAll("input")].map((input) => [input.dataset.key, input.value.trim()])),
    );
  }

  /** The facts that have a value. */
  values() {
    return this.rows().filter((fact) => fact.name && fact.value);
  }

  /** The first row that is begun and not complete: a name alone is a fact not known yet. */
  unfinished() {
    const half = this.rows().find((fact) => !fact.name && (fact.value || fact.source || fact.as_of));
    return half ? half.value || half.source || half.as_of : "";
  }
}
