// The corpus: what there is and where it stands, searched, and added to.

import { all, at, get } from "./api.js";
import { documentPanel } from "./document.js";
import { button, busy, el, field, refill, select, text } from "./el.js";
import { allows, heading, headed, narrow, pane, regions, shape } from "./shell.js";
import { tell } from "./telling.js";
import { uploadDialog } from "./uploading.js";
import { ROLES, STATUSES } from "./words.js";

const chosen = { status: "", role: "", query: "" };

/**
 * Show the corpus, and a document of it.
 * @param {string} id empty for none
 * @param {AbortSignal} signal the page is left
 */
export async function corpusPage(id, signal) {
  headed("语料", "corpus");
  const [documents, status] = await Promise.all([
    all(`/documents?status=${chosen.status}&role=${chosen.role}`),
    get("/corpus/status"),
  ]);
  signal.throwIfAborted();
  shape("three", { left: "筛选", main: "文件", side: "详情" });
  refill(regions.left, filters(documents, status, signal));
  refill(regions.main, middle(documents, id));
  await detail(id, signal);
}

/**
 * @param {any[]} documents
 * @param {any} status
 * @param {AbortSignal} signal
 */
function filters(documents, status, signal) {
  const again = (/** @type {"status" | "role"} */ name) => (/** @type {Event} */ event) => {
    chosen[name] = /** @type {HTMLSelectElement} */ (event.target).value;
    corpusPage("", signal).catch(tell);
  };
  const options = (/** @type {Record<string, string>} */ names) =>
    /** @type {[string, string][]} */ ([["", "全部"], ...Object.entries(names)]);
  return el(
    "div",
    { class: "block stack" },
    el("h2", {}, "语料"),
    field("状态", select(options(STATUSES), { value: chosen.status, onchange: again("status") })),
    field("用途", select(options(ROLES), { value: chosen.role, onchange: again("role") })),
    el("p", { class: "quiet small" }, `列出 ${documents.length} 份；全部语料 ${status.passages} 段可检索。`),
    status.note && el("p", { class: "quiet small text" }, status.note),
    allows("corpus:submit") &&
      button(
        "提交文件……",
        () =>
          uploadDialog((made) => {
            location.hash = `#/corpus/${at(made)}`;
          }).catch(tell),
        { class: "primary" },
      ),
  );
}

/**
 * @param {any[]} documents
 * @param {string} id
 */
function middle(documents, id) {
  const found = el("div", { class: "stack", "aria-live": "polite" });
  const entries = documents.map((one) => entry(one, id));
  const list = entries.length
    ? el("ul", { class: "plain documents" }, entries)
    : el("p", { class: "quiet" }, "这里没有文件。");
  return el("div", { class: "page stack" }, heading("文件"), allows("search") && searching(found, list), found, list);
}

/**
 * The search: what is found stands in the place of the list.
 * @param {HTMLElement} found
 * @param {HTMLElement} list
 */
function searching(found, list) {
  const placeholder = "检索今天可作依据的段落";
  const box = el("input", {
    type: "search",
    maxLength: 500,
    value: chosen.query,
    "aria-label": "检索语料",
    placeholder,
  });
  const go = el("button", { type: "submit" }, "检索");
  const search = async () => {
    chosen.query = box.value.trim();
    list.hidden = Boolean(chosen.query);
    if (chosen.query) refill(found, hits(await get(`/search?k=10&q=${encodeURIComponent(chosen.query)}`)));
    else refill(found);
  };
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    busy(go, search, tell);
  };
  if (chosen.query) search().catch(tell);
  return el("form", { class: "search", role: "search", onsubmit }, box, go);
}

/**
 * @param {any} one
 * @param {string} id
 */
function entry(one, id) {
  return el(
    "li",
    {},
    el(
      "a",
      { class: "entry", href: `#/corpus/${at(one.id)}`, "aria-current": one.id === id ? "true" : null },
      el("span", { class: "title" }, one.title),
      el(
        "span",
        { class: "meta" },
        el(
          "span",
          { class: `tag ${one.evidence ? "good" : "quiet"}` },
          one.evidence ? "可作依据" : (STATUSES[one.status] ?? one.status),
        ),
        el("span", {}, ROLES[one.role] ?? one.role),
        one.number && el("span", { class: "text" }, one.number),
        one.issuer && el("span", { class: "text" }, one.issuer),
        one.approved_by && el("span", { class: "text" }, `${one.approved_by} ${one.approved_on ?? ""} 批准`),
      ),
      one.waiting && el("span", { class: "note text" }, one.waiting),
    ),
  );
}

/** @param {any[]} found */
function hits(found) {
  return [
    el("h3", {}, `检索到 ${found.length} 段`),
    el(
      "ol",
      { class: "plain stack" },
      found.map((hit) =>
        el(
          "li",
          { class: "source" },
          el("a", { class: "text", href: `#/corpus/${at(hit.document_id)}` }, hit.title),
          " ",
          el("span", { class: "quiet small text" }, hit.locator),
          el("p", { class: "words text" }, hit.text),
        ),
      ),
    ),
  ];
}

/**
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function detail(id, signal) {
  if (!id) {
    refill(
      regions.side,
      el(
        "div",
        { class: "pad" },
        el("h2", {}, "详情"),
        el("p", { class: "quiet" }, "选一份文件，这里显示它的登记、批准和以它为依据的报告。"),
      ),
    );
    return;
  }
  refill(regions.side, text("正在取文件……"));
  const panel = await documentPanel(id, () => corpusPage(id, signal).catch(tell));
  signal.throwIfAborted();
  refill(regions.side, panel);
  if (narrow()) pane("side");
}
