// A blank filled in: as a fact of the brief, which reaches every sentence that rests on it, or by writing the sentence.

import { el, field, text } from "./el.js";
import { formDialog } from "./telling.js";

const OWN = /^【待补：(.*)】$/su;

/**
 * What a blank asks for.
 * @param {string} blank
 */
const wanted = (blank) => OWN.exec(blank)?.[1] ?? "";

/**
 * The blanks of a text, as they are written.
 * @param {string} words
 * @returns {string[]}
 */
export const blanksOf = (words) => words.match(/【[^【】\n]{0,200}】/gu) ?? [];

/**
 * @param {import("./reportpage.js").ReportPage} page
 * @param {import("./places.js").Place} place
 * @param {string} blank
 */
export async function fillIn(page, place, blank) {
  const name = el("input", { value: wanted(blank), required: true, maxLength: 200 });
  const value = el("input", { required: true, maxLength: 2000, autocomplete: "off", autofocus: true });
  const source = el("input", { maxLength: 500, placeholder: "如：机构编制和人员情况说明" });
  const asOf = el("input", { maxLength: 100, placeholder: "如：2025年11月30日" });
  const fields = [
    el("p", {}, "写进事实清单，报告中用到它的句子一起改，先给您看过再改。"),
    text(blank),
    field("事实名称", name),
    field("内容（连同计量单位）", value),
    field("出处", source, "不填时记为您本人提供"),
    field("截止日期", asOf, "不填时记为今天"),
  ];
  const fact = async () => ({ name: plain(name), value: plain(value), source: plain(source), as_of: plain(asOf) });
  const how = { other: /** @type {[string, any]} */ (["直接改写这一句", "edit"]) };
  const asked = await formDialog("补上待补的内容", "作为事实填入", fields, fact, how);
  if (asked === "edit") page.edit(place);
  else if (asked) await page.command({ verb: "set_fact", ...asked });
}

/** @param {HTMLInputElement} input */
const plain = (input) => input.value.trim();
