// The report cut into lines of pieces, as the service writes it, so that places and findings are where it says they
// are.

/** @typedef {{part: string, item: number[], sentence: number | null}} Place */
/**
 * @typedef {{text: string, origin: string, citations: any[], facts: string[], worded_by: string, locked?: boolean,
 *   repair?: string | null, gap?: string | null}} Sentence
 */
/**
 * @typedef {{kind: string, gap: string, text: string, depth: number, sentence: Sentence | null, place: Place | null,
 *   start: number}} Piece `start` counts characters, not the halves that JavaScript counts.
 */
/** @typedef {{level: number, pieces: Piece[], table: any}} Line */

const SECTION = /^[（(][〇零一二三四五六七八九十百]+[)）]/;
const CLOSED = /[。！？：；]$/;
const NAME_END = /[。；，、：;,.:\s]+$/;

/**
 * How many characters a text has.
 * @param {string} text
 */
export const length = (text) => [...text].length;

/** @param {any} item */
const headsABlock = (item) => SECTION.test(item.ordinal) || (item.heading !== null && !CLOSED.test(item.heading.text));

/**
 * A place as a key.
 * @param {Place} place
 */
export const keyOf = (place) => `${place.part}/${place.item.join(".")}/${place.sentence ?? ""}`;

/**
 * @param {string} kind
 * @param {Sentence} sentence
 * @param {string} gap
 * @param {Place | null} place
 * @param {number} [depth]
 * @returns {Piece}
 */
const piece = (kind, sentence, gap, place, depth = 0) => ({
  kind,
  gap: sentence.gap ?? gap,
  text: sentence.text,
  depth,
  sentence,
  place,
  start: 0,
});

/**
 * @param {string} kind
 * @param {string} gap
 * @param {string} text
 * @param {number} [depth]
 * @returns {Piece}
 */
const mark = (kind, gap, text, depth = 0) => ({ kind, gap, text, depth, sentence: null, place: null, start: 0 });

/**
 * The report's pieces in reading order.
 * @param {any} report
 * @returns {Piece[]}
 */
export function pieces(report) {
  const found = [...head(report)];
  let started = found.length > 0;
  const keys = new Set();
  for (const part of report.parts) {
    // Of two parts of one key, commands find the first only.
    found.push(...partPieces(part, started ? "\n" : "", !keys.has(part.key)));
    keys.add(part.key);
    started = true;
  }
  found.push(...tail(report));
  let offset = 0;
  for (const one of found) {
    one.start = offset + length(one.gap);
    offset = one.start + length(one.text);
  }
  return found;
}

/**
 * @param {any} report
 * @returns {Generator<Piece>}
 */
function* head(report) {
  if (report.title) yield piece("title", report.title, "", { part: "title", item: [], sentence: 1 });
  if (report.recipient) yield piece("recipient", report.recipient, report.title ? "\n\n" : "", null);
  const above = report.recipient ? "\n" : report.title ? "\n\n" : "";
  for (const [at, sentence] of report.opening.entries()) {
    yield piece("body", sentence, at ? "" : above, { part: "opening", item: [], sentence: at + 1 });
  }
}

/**
 * @param {any} part
 * @param {string} above
 * @param {boolean} placed
 * @returns {Generator<Piece>}
 */
function* partPieces(part, above, placed) {
  const place = (/** @type {number[]} */ item, /** @type {number} */ sentence) =>
    placed ? { part: part.key, item, sentence } : null;
  if (part.ordinal) yield mark("ordinal", part.gap ?? above, part.ordinal);
  yield piece("part_heading", part.heading, part.ordinal ? "" : above, place([], 0));
  for (const [at, sentence] of part.lead.entries()) yield piece("body", sentence, at ? "" : "\n", place([], at + 1));
  for (const [at, item] of part.items.entries()) yield* itemPieces(item, 1, [at + 1], place);
}

/**
 * @param {any} item
 * @param {number} depth
 * @param {number[]} path
 * @param {(item: number[], sentence: number) => Place | null} place
 * @returns {Generator<Piece>}
 */
function* itemPieces(item, depth, path, place) {
  let above = "\n";
  let number = 1;
  if (item.ordinal) {
    yield mark("ordinal", item.gap ?? above, item.ordinal, depth);
    above = "";
  }
  if (item.heading) {
    const block = headsABlock(item);
    yield piece("item_heading", item.heading, above, place(path, block ? 0 : 1), depth);
    above = block ? "\n" : "";
    if (!block) number = 2;
  }
  for (const sentence of item.sentences) {
    yield piece("body", sentence, above, place(path, number), depth);
    above = "";
    number += 1;
  }
  for (const [at, inner] of item.items.entries()) yield* itemPieces(inner, depth + 1, [...path, at + 1], place);
}

/**
 * @param {any} report
 * @returns {Generator<Piece>}
 */
function* tail(report) {
  for (const [at, line] of report.attachments.entries()) yield piece("attachment", line, at ? "\n" : "\n\n", null);
  for (const [at, line] of derived(report).entries()) yield mark("attachment", at ? "\n" : "\n\n", line);
  if (report.signature) yield piece("signature", report.signature, "\n\n", null);
  if (report.date) yield piece("date", report.date, "\n", null);
  for (const [at, line] of report.after.entries()) yield piece("attachment", line, at ? "\n" : "\n\n", null);
  const annexes = report.annexes ?? [];
  for (const [at, annex] of annexes.entries()) {
    yield mark("annex_head", "\n\n", annexes.length > 1 ? `附件${at + 1}` : "附件");
    yield piece("annex_title", annex.title, "\n", null);
    for (const sentence of annex.paragraphs) yield piece("annex_text", sentence, "\n", null);
    for (const row of annex.table?.rows ?? [])
      yield mark(
        "annex_row",
        "\n",
        row.map((/** @type {string} */ cell) => cell.trim().split(/\s+/).join(" ")).join("\t"),
      );
  }
}

/**
 * @param {any} report
 * @returns {string[]}
 */
function derived(report) {
  if (report.attachments.length) return [];
  const titles = (report.annexes ?? []).map((/** @type {any} */ annex) =>
    annex.title.text.split("\n").join("").replace(NAME_END, ""),
  );
  if (titles.length === 1) return [`附件：${titles[0]}`];
  return titles.map(
    (/** @type {string} */ title, /** @type {number} */ at) => `${at ? "" : "附件："}${at + 1}. ${title}`,
  );
}

/**
 * The report's lines, a heading or a paragraph each.
 * @param {any} report
 * @param {Piece[]} found its pieces
 * @returns {Line[]}
 */
export function linesOf(report, found) {
  /** @type {Line[]} */
  const lines = [];
  const tables = (report.annexes ?? []).map((/** @type {any} */ annex) => annex.table).filter(Boolean);
  for (const one of found) {
    const last = lines.at(-1);
    if (one.kind === "annex_row") {
      if (last && !last.table) lines.push({ level: 0, pieces: [], table: tables.shift() });
    } else if (!last || one.gap.includes("\n")) {
      lines.push({ level: levelOf(one), pieces: [], table: null });
    } else if (!last.level && one.kind === "part_heading") {
      last.level = 2;
    }
    /** @type {Line} */ (lines.at(-1)).pieces.push(one);
  }
  return lines.filter((line) => line.pieces.some((one) => one.text.trim()));
}

/**
 * 1 for the title, 2 for a part or an annex, 3 for a （一） heading, 0 for text.
 * @param {Piece} one
 */
function levelOf(one) {
  if (one.kind === "title") return 1;
  if (one.kind === "part_heading" || one.kind === "annex_head") return 2;
  if (one.kind === "annex_title") return 3;
  if (one.kind !== "ordinal") return 0;
  if (one.depth === 0) return 2;
  return SECTION.test(one.text) ? 3 : 0;
}

/**
 * Where lines and columns are in a report's text, by characters.
 * @param {Piece[]} found the report's pieces
 */
export function positions(found) {
  const starts = [0];
  let offset = 0;
  for (const character of found.map((one) => one.gap + one.text).join("")) {
    offset += 1;
    if (character === "\n") starts.push(offset);
  }
  return (/** @type {number} */ line, /** @type {number} */ column) => (starts[line - 1] ?? offset) + column - 1;
}
