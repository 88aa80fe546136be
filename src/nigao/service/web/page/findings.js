// Findings: where they are in the report, and what can be done about one.

import { button, el, field, text, tick } from "./el.js";
import { blanksOf } from "./filling.js";
import { formDialog } from "./telling.js";
import { length } from "./places.js";

/**
 * @typedef {{code: string, severity: string, message: string, part: string, text: string, line: number, column:
 *   number, end_line: number, end_column: number, suggestion: string, evidence: string[], fix: {text: string, safe:
 *   boolean} | null}} Finding
 */
/**
 * @typedef {{finding: Finding, number: number, start: number, end: number, piece: import("./places.js").Piece |
 *   null}} Placed
 */

export const SEVERITIES = { error: "错误", warning: "提醒", info: "说明" };
const RANKS = ["error", "warning", "info"];

/**
 * Findings with where they stand, and the piece that each is about.
 * @param {Finding[]} findings
 * @param {import("./places.js").Piece[]} pieces
 * @param {(line: number, column: number) => number} at
 * @returns {Placed[]}
 */
export function placed(findings, pieces, at) {
  return findings.map((finding, index) => {
    const start = at(finding.line, finding.column);
    const end = at(finding.end_line, finding.end_column);
    const touched = pieces.find(
      (one) => one.place && one.start < Math.max(end, start + 1) && start < one.start + length(one.text),
    );
    const behind = touched ?? pieces.find((one) => one.place && one.start >= start && one.start <= start + 8);
    return { finding, number: index + 1, start, end, piece: behind ?? null };
  });
}

/**
 * The gravest of some findings.
 * @param {Placed[]} found
 */
export const gravest = (found) => RANKS.find((rank) => found.some((one) => one.finding.severity === rank)) ?? "";

/**
 * A finding as a card.
 * @param {Placed} one
 * @param {import("./reportpage.js").ReportPage} page
 * @param {boolean} leads to its sentence
 */
export function card(one, page, leads) {
  const { finding } = one;
  const name = SEVERITIES[finding.severity] ?? finding.severity;
  const head = el(
    "p",
    { class: "head" },
    el("span", { class: `tag ${finding.severity}` }, name),
    " ",
    el("span", { class: "code" }, finding.code),
    " ",
    text(finding.message),
  );
  const about = finding.text && el("p", { class: "about text" }, `“${finding.text}”`);
  const advice = finding.suggestion && el("p", {}, "建议：", text(finding.suggestion));
  const evidence =
    finding.evidence.length > 0 &&
    el(
      "details",
      {},
      el("summary", {}, "依据"),
      finding.evidence.map((line) => el("p", { class: "text" }, line)),
    );
  return el(
    "li",
    { class: `finding ${finding.severity}` },
    head,
    about,
    advice,
    evidence,
    el("div", { class: "row" }, actions(one, page, leads)),
  );
}

/**
 * @param {Placed} one
 * @param {import("./reportpage.js").ReportPage} page
 * @param {boolean} leads
 */
function actions(one, page, leads) {
  const { finding, piece } = one;
  const found = [];
  if (leads && piece?.place) found.push(button("看这一句", () => page.select(piece.place, { reveal: true })));
  if (!page.allows("reports:edit")) return found;
  for (const blank of blanksOf(finding.text))
    found.push(button("补上", () => page.fillIn(/** @type {any} */ (piece?.place), blank), { class: "primary" }));
  if (finding.fix?.safe) {
    const same = page.findings.filter((other) => other.finding.code === finding.code && other.finding.fix?.safe).length;
    found.push(
      button(
        same > 1 ? `自动修正同类 ${same} 处` : "自动修正",
        () => page.command({ verb: "fix", code: finding.code }),
        { class: "primary" },
      ),
    );
  } else if (finding.fix && piece?.place && finding.text) {
    found.push(button(`改为“${shown(finding.fix.text)}”`, () => page.edit(piece.place, proposed(one))));
  }
  found.push(button("忽略……", () => waive(one, page)));
  return found;
}

/** @param {string} words */
const shown = (words) => (words.length > 12 ? `${words.slice(0, 12)}……` : words || "（删去）");

/**
 * The sentence with the fix in the place of what it is about.
 * @param {Placed} one
 */
function proposed(one) {
  const characters = [...(one.piece?.text ?? "")];
  const from = Math.max(0, one.start - (one.piece?.start ?? 0));
  characters.splice(from, one.end - one.start, one.finding.fix?.text ?? "");
  return characters.join("");
}

/**
 * Let a finding stand, with the reason.
 * @param {Placed} one
 * @param {import("./reportpage.js").ReportPage} page
 */
async function waive(one, page) {
  const place = one.piece?.place;
  const reason = el("textarea", { rows: 3, required: true, maxLength: 500 });
  const here = el("input", { type: "radio", name: "scope", checked: Boolean(place), disabled: !place });
  const everywhere = el("input", { type: "radio", name: "scope", checked: !place });
  const fields = [
    text(one.finding.message),
    field("理由", reason, "随报告保存，送审时签发人看得到"),
    el(
      "fieldset",
      {},
      el("legend", { class: "quiet small" }, "范围"),
      tick("只在这里", here),
      tick("全文都忽略这条规则", everywhere),
    ),
  ];
  const said = await formDialog(`忽略 ${one.finding.code}`, "忽略", fields, async () => reason.value.trim());
  if (!said) return;
  const command = { verb: "waive", codes: [one.finding.code], reason: said };
  await page.command(here.checked && place ? { ...command, place } : command);
}
