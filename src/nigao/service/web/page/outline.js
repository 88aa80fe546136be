// The report's outline: each part with how far it is, and what is left to do there.

import { button, el } from "./el.js";
import { blanksOf } from "./filling.js";

/** @param {import("./reportpage.js").ReportPage} page */
export function outline(page) {
  return [
    el("div", { class: "block" }, el("a", { href: "#/" }, "‹ 全部报告")),
    el(
      "div",
      { class: "block" },
      el("h2", {}, "各部分"),
      el(
        "ul",
        { class: "plain parts" },
        page.output.report.parts.map((/** @type {any} */ part) => el("li", {}, entry(page, part))),
      ),
    ),
    el("div", { class: "block" }, el("h2", {}, "全文"), totals(page)),
  ];
}

/**
 * @param {import("./reportpage.js").ReportPage} page
 * @param {any} part
 */
function entry(page, part) {
  const sentences = walked(part);
  // What only joins needs no evidence; a blank does.
  const needing = sentences.filter((one) => one.origin !== "connective" || blanksOf(one.text).length > 0);
  const grounded = sentences.filter((one) => one.origin === "source" || one.origin === "fact").length;
  const blanks = sentences.flatMap((one) => blanksOf(one.text)).length;
  const counts = severities(page, part.key);
  const name = `${part.ordinal}${part.heading.text}`;
  return el(
    "button",
    {
      type: "button",
      class: "entry",
      onclick: () => page.select({ part: part.key, item: [], sentence: 0 }, { reveal: true }),
    },
    el("span", { class: "title text" }, name),
    el("progress", {
      class: "bar",
      max: Math.max(1, needing.length),
      value: grounded,
      "aria-label": `${name}：${needing.length}句中${grounded}句有出处`,
    }),
    el(
      "span",
      { class: "counts" },
      el("span", {}, `${grounded}/${needing.length} 句有出处`),
      blanks > 0 && el("span", { class: "blank" }, `待补 ${blanks}`),
      counts.error > 0 && el("span", { class: "error" }, `错误 ${counts.error}`),
      counts.warning > 0 && el("span", { class: "warning" }, `提醒 ${counts.warning}`),
    ),
  );
}

/**
 * @param {import("./reportpage.js").ReportPage} page
 * @param {string} key
 */
function severities(page, key) {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { finding } of page.findings) if (finding.part === key) counts[finding.severity] += 1;
  return counts;
}

/** @param {import("./reportpage.js").ReportPage} page */
function totals(page) {
  const words = { source: "出自材料", fact: "出自事实", connective: "衔接", human: "人工" };
  const all = Object.entries(page.output.origins).filter(([, count]) => count);
  const told = all.map(([origin, count]) => `${words[origin] ?? origin} ${count} 句`).join("，");
  const blanks = [...page.byKey.values()].flatMap((one) =>
    blanksOf(one.text).map((blank) => leading(page, one, blank)),
  );
  return [
    el("p", { class: "small quiet" }, told),
    blanks.length > 0 && el("h3", { class: "small" }, `待补 ${blanks.length} 处`),
    blanks.length > 0 && el("ul", { class: "plain blanks" }, blanks),
  ];
}

/**
 * A blank, leading to its sentence.
 * @param {import("./reportpage.js").ReportPage} page
 * @param {import("./places.js").Piece} piece
 * @param {string} blank
 */
function leading(page, piece, blank) {
  const go = () => page.select(piece.place, { show: true, reveal: true });
  return el("li", {}, button(blank, go, { class: "plain" }));
}

/**
 * Every sentence of a part but its heading.
 * @param {any} node
 * @returns {any[]}
 */
function walked(node) {
  const own = [
    ...(node.lead ?? []),
    ...(node.ordinal !== undefined && node.sentences ? [node.heading, ...node.sentences] : []),
  ];
  return [...own.filter(Boolean), ...(node.items ?? []).flatMap(walked)];
}
