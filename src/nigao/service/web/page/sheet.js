// The report as it will be on paper: title, 主送, parts with headings, run-in points; every sentence can be reached.

import { el } from "./el.js";
import { gravest, SEVERITIES } from "./findings.js";
import { keyOf, length } from "./places.js";

const BLANK = /【[^【】\n]{0,200}】/gu;
const CLASSES = {
  recipient: "recipient",
  attachment: "attachment",
  signature: "signature",
  date: "date",
  annex_head: "annex",
};
const ORIGINS = { source: "材", fact: "事", human: "人" };
const TOLD = { source: "出自材料", fact: "出自事实", human: "人工写入" };
// A title breaks before its 关于, between who and what.
const ABOUT = "关于";
const TAGS = ["p", "h2", "h3", "h4"];

/**
 * The sheet of a report.
 * @param {import("./reportpage.js").ReportPage} page
 */
export function sheet(page) {
  const body = el(
    "article",
    { class: "sheet", "aria-label": "报告正文" },
    page.lines.map((line) => lineNode(page, line)),
  );
  body.addEventListener("click", (event) => chosen(page, event));
  body.addEventListener("keydown", (event) => keyed(page, body, event));
  const first = body.querySelector(".sentence");
  if (first) first.tabIndex = 0;
  return body;
}

/**
 * @param {import("./reportpage.js").ReportPage} page
 * @param {import("./places.js").Line} line
 */
function lineNode(page, line) {
  if (line.table) return tableNode(line.table);
  const text = line.pieces.some((one) => one.kind === "body");
  const runsOn = line.level > 0 && text;
  const words = line.pieces.map((one, at) => {
    const gap = at && !one.gap.includes("\n") ? one.gap : "";
    const node = one.place ? sentenceNode(page, one) : el("span", { class: "text" }, one.text);
    return [gap, one.kind === "item_heading" && text ? el("strong", {}, node) : node];
  });
  return el(runsOn ? "p" : TAGS[line.level], { class: runsOn ? "" : (CLASSES[line.pieces[0].kind] ?? "") }, words);
}

/** @param {any} table */
function tableNode(table) {
  const row = (/** @type {string[]} */ cells, /** @type {string} */ tag) =>
    el(
      "tr",
      {},
      cells.map((cell) => el(tag, { class: "text" }, cell)),
    );
  return el(
    "div",
    { class: "table", tabIndex: 0, role: "region", "aria-label": "附件表格" },
    el(
      "table",
      {},
      el(
        "thead",
        {},
        table.rows.slice(0, table.head_rows).map((/** @type {string[]} */ cells) => row(cells, "th")),
      ),
      el(
        "tbody",
        {},
        table.rows.slice(table.head_rows).map((/** @type {string[]} */ cells) => row(cells, "td")),
      ),
    ),
  );
}

/**
 * @param {import("./reportpage.js").ReportPage} page
 * @param {import("./places.js").Piece} one
 */
function sentenceNode(page, one) {
  const place = /** @type {import("./places.js").Place} */ (one.place);
  const sentence = /** @type {import("./places.js").Sentence} */ (one.sentence);
  const found = page.findings.filter((finding) => finding.piece === one);
  const level = gravest(found);
  const state = [
    TOLD[sentence.origin],
    sentence.locked && "已锁定",
    level && `核对结果${found.length}条，最重的是${SEVERITIES[level]}`,
  ]
    .filter(Boolean)
    .join("，");
  return el(
    "span",
    {
      class: `sentence${sentence.locked ? " locked" : ""}`,
      tabIndex: -1,
      role: "button",
      "aria-pressed": "false",
      "aria-description": state || null,
      data: { place: keyOf(place), origin: ORIGINS[sentence.origin] ?? "" },
    },
    marked(one, page.findings),
  );
}

/**
 * The words cut wherever a blank or a finding begins or ends.
 * @param {import("./places.js").Piece} one
 * @param {import("./findings.js").Placed[]} findings
 */
function marked(one, findings) {
  const characters = [...one.text];
  const blanks = [...one.text.matchAll(BLANK)].map((match) => [
    length(one.text.slice(0, match.index)),
    length(one.text.slice(0, match.index)) + length(match[0]),
  ]);
  const found = findings.filter(
    (finding) =>
      finding.start < finding.end && finding.start < one.start + characters.length && finding.end > one.start,
  );
  const cuts = new Set([0, characters.length, ...blanks.flat()]);
  for (const finding of found) {
    cuts.add(Math.max(0, finding.start - one.start));
    cuts.add(Math.min(characters.length, finding.end - one.start));
  }
  const head = one.kind === "title" ? one.text.indexOf(ABOUT) : -1;
  if (head > 0) cuts.add(length(one.text.slice(0, head)));
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((begin, at) => {
    const end = ordered[at + 1];
    const words = characters.slice(begin, end).join("");
    const over = found.filter((finding) => finding.start - one.start <= begin && end <= finding.end - one.start);
    const blank = blanks.some(([from, to]) => from <= begin && end <= to);
    const level = gravest(over);
    const inner = blank ? el("span", { class: "blank" }, words) : words;
    const start = head > 0 && begin === length(one.text.slice(0, head)) ? el("wbr") : null;
    return level
      ? el(
          "span",
          { class: `mark ${level}`, data: { sign: last(over, one, end) ? SEVERITIES[level][0] : "" } },
          start,
          inner,
        )
      : [start, inner];
  });
}

/**
 * Whether a finding ends here, so that its sign is drawn once.
 * @param {import("./findings.js").Placed[]} over
 * @param {import("./places.js").Piece} one
 * @param {number} end
 */
const last = (over, one, end) =>
  over.some((finding) => finding.end - one.start === end || finding.end - one.start > length(one.text));

/**
 * @param {import("./reportpage.js").ReportPage} page
 * @param {Event} event
 */
function chosen(page, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const node = /** @type {HTMLElement | null} */ (target.closest(".sentence"));
  if (!node || String(getSelection()).length > 1) return;
  page.select(page.placeOf(node.dataset.place ?? ""), { show: true });
  if (target.closest(".blank") && page.allows("reports:edit"))
    page.fillIn(page.placeOf(node.dataset.place ?? ""), target.textContent ?? "");
}

/**
 * Arrows and j, k go from sentence to sentence; Enter shows the evidence, e edits.
 * @param {import("./reportpage.js").ReportPage} page
 * @param {HTMLElement} body
 * @param {KeyboardEvent} event
 */
function keyed(page, body, event) {
  const node = /** @type {HTMLElement} */ (event.target);
  if (!node.classList.contains("sentence") || event.ctrlKey || event.metaKey || event.altKey) return;
  const place = page.placeOf(node.dataset.place ?? "");
  const step = { ArrowDown: 1, ArrowRight: 1, j: 1, ArrowUp: -1, ArrowLeft: -1, k: -1 }[event.key];
  if (step) {
    const all = /** @type {HTMLElement[]} */ ([...body.querySelectorAll(".sentence")]);
    const next = all[all.indexOf(node) + step];
    if (next) page.select(page.placeOf(next.dataset.place ?? ""), { focus: true });
  } else if (event.key === "Enter" || event.key === " ") {
    page.select(place, { show: true, into: true });
  } else if (event.key === "e" && page.allows("reports:edit")) {
    page.edit(place);
  } else {
    return;
  }
  event.preventDefault();
}
