// What a sentence rests on: its origin in words, the approved passages in their surroundings, facts, and what can
// be done with it.

import { ApiError, at, get } from "./api.js";
import { button, el, refill, text } from "./el.js";
import { blanksOf } from "./filling.js";
import { card } from "./findings.js";
import { confirmed, tell } from "./telling.js";

/** @typedef {import("./reportpage.js").ReportPage} Page */

const ORIGINS = {
  source: ["出自材料", "这一句的话出自下列经批准的文件。"],
  fact: ["出自事实", "这一句据拟稿要求的事实清单写成。"],
  connective: ["衔接", "这一句只起承接作用，不含需要出处的内容。"],
  human: ["人工", "这一句由人写入，系统没有为它找过出处。"],
};
const STEPS = {
  rewritten: "模型改写后通过核对",
  composed: "模型的句子未通过核对，换用了材料原句",
  blanked: "没有通过核对，留作待补",
};

/** @param {Page} page */
export function sentencePanel(page) {
  const piece = page.piece;
  const heading = el("h2", {}, "本句");
  if (!piece?.sentence) {
    const hint = "在正文里点一句话，或用方向键移到那一句按回车，这里显示它的出处、核对结果和可做的改动。";
    return el("div", { class: "pad stack" }, heading, el("p", { class: "quiet" }, hint));
  }
  const found = page.findings.filter((one) => one.piece === piece).map((one) => card(one, page, false));
  return el(
    "div",
    { class: "pad stack" },
    heading,
    el("blockquote", { class: "quote text" }, piece.sentence.text),
    el("div", { class: "row" }, actions(page, piece)),
    grounds(page, piece.sentence),
    found.length > 0 && el("h3", {}, "核对结果"),
    found.length > 0 && el("ol", { class: "plain stack" }, found),
  );
}

/**
 * What the sentence rests on.
 * @param {Page} page
 * @param {import("./places.js").Sentence} sentence
 */
function grounds(page, sentence) {
  const [name, meaning] = ORIGINS[sentence.origin] ?? [sentence.origin, ""];
  const passages = sentence.citations.map((citation) => passage(page, citation));
  return el(
    "section",
    { class: "stack", "aria-label": "出处" },
    el(
      "p",
      {},
      el("span", { class: "tag good" }, name),
      ` ${meaning}`,
      sentence.worded_by && el("span", { class: "quiet text" }, ` 文字由模型 ${sentence.worded_by} 组织。`),
      sentence.repair && el("span", { class: "quiet" }, ` ${STEPS[sentence.repair]}。`),
    ),
    sentence.facts.length > 0 && facts(page, sentence.facts),
    passages.length > 0 && el("ol", { class: "plain stack" }, passages),
  );
}

/**
 * @param {Page} page
 * @param {import("./places.js").Piece} piece
 */
function actions(page, piece) {
  const found = [button("回到正文", () => page.back(), { class: "only-narrow" })];
  if (!page.allows("reports:edit")) return found;
  const { place } = piece;
  const sentence = /** @type {import("./places.js").Sentence} */ (piece.sentence);
  const body = place?.sentence !== 0 && place?.part !== "title";
  if (sentence.locked) return [...found, button("解锁", () => page.command({ verb: "unlock", place }))];
  return [
    ...found,
    ...blanksOf(sentence.text).map((blank) =>
      button(`补${blank}`, () => page.fillIn(/** @type {any} */ (place), blank), { class: "primary" }),
    ),
    button("修改", () => page.edit(place)),
    button("锁定", () => page.command({ verb: "lock", place })),
    body &&
      button("删去", async () => {
        if (await confirmed("删去这一句", sentence.text, "删去"))
          await page.command({ verb: "delete", places: [place] });
      }),
  ].filter(Boolean);
}

/**
 * The facts of the brief that a sentence rests on.
 * @param {Page} page
 * @param {string[]} names
 */
function facts(page, names) {
  const list = el(
    "ul",
    { class: "plain stack" },
    names.map((name) => el("li", { class: "source text" }, name)),
  );
  get(`/reports/${at(page.id)}/facts`)
    .then(({ facts: all }) => {
      refill(
        list,
        names.map((name) => {
          const fact = all.find((/** @type {any} */ one) => one.name === name);
          if (!fact) return el("li", { class: "source text" }, name);
          const rest = [fact.as_of && `截至 ${fact.as_of}`, fact.source && `出处：${fact.source}`]
            .filter(Boolean)
            .join("；");
          return el(
            "li",
            { class: "source" },
            el("p", { class: "text" }, `${fact.name}：${fact.value}${fact.value.endsWith(fact.unit) ? "" : fact.unit}`),
            rest && el("p", { class: "quiet small text" }, rest),
          );
        }),
      );
    })
    .catch(tell);
  return list;
}

/**
 * A passage that is cited; its surroundings come from the corpus.
 * @param {Page} page
 * @param {any} citation
 */
function passage(page, citation) {
  const body = el(
    "div",
    { class: "stack" },
    el("p", { class: "words text" }, citation.quote),
    el("p", { class: "quiet small" }, "正在取上下文……"),
  );
  const node = el("li", { class: "source" }, el("h3", { class: "text" }, citation.title), body);
  page
    .passage(citation.passage_id)
    .then((found) => refill(body, surroundings(found, citation.quote)))
    .catch((error) => {
      const gone = error instanceof ApiError && [403, 404].includes(error.status);
      refill(
        body,
        el("p", { class: "words text" }, citation.quote),
        el("p", { class: "quiet small" }, gone ? "这一段现在查阅不到，上面是起草时记下的原文。" : "没有取到上下文。"),
      );
      if (!gone) tell(error);
    });
  return node;
}

/**
 * @param {any} found the passage
 * @param {string} quote
 */
function surroundings(found, quote) {
  const { document: source } = found;
  const start = quote ? found.text.indexOf(quote) : -1;
  const words =
    start < 0
      ? [text(found.text)]
      : [
          text(found.text.slice(0, start)),
          el("mark", { class: "text" }, quote),
          text(found.text.slice(start + quote.length)),
        ];
  return [
    el("p", { class: "small" }, standing(found)),
    el(
      "p",
      { class: "quiet small text" },
      [source.number, source.issuer, found.heading, found.locator].filter(Boolean).join(" · "),
    ),
    found.before && el("p", { class: "neighbour text" }, found.before),
    el("p", { class: "words" }, words),
    start < 0 && quote && el("p", { class: "small text" }, `引用：${quote}`),
    found.after && el("p", { class: "neighbour text" }, found.after),
    el("p", { class: "quiet small text" }, approval(source)),
    el("a", { class: "small", href: `#/corpus/${at(source.id)}` }, "看这份文件"),
  ];
}

/** @param {any} found */
function standing(found) {
  const good = found.document.evidence && found.current;
  return el(
    "span",
    { class: `tag ${good ? "good" : "error"}` },
    good ? "现行有效" : found.document.why_not || "不是现行的文字",
  );
}

/**
 * Who approved a document, when, and until when it holds.
 * @param {any} source
 */
export function approval(source) {
  const approved = source.approved_by
    ? `${source.approved_by}${source.approved_on ? `于 ${source.approved_on}` : ""} 批准`
    : source.approved_on
      ? `成文 ${source.approved_on}`
      : "";
  const from = source.valid_from ? `自 ${source.valid_from} 起` : "";
  const to = source.valid_to ? `至 ${source.valid_to}` : "";
  return [approved, from || to ? `有效期${from}${to}` : ""].filter(Boolean).join("；");
}
