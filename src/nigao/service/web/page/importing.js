// A copy edited in Word taken back in: first shown, then written.

import { ask, at } from "./api.js";
import { changeList } from "./comparing.js";
import { el, field } from "./el.js";
import { formDialog, tellDone } from "./telling.js";

const WIDE = { kind: "wide" };

/**
 * Choose a file, look at what it would change, have it written.
 * @param {import("./reportpage.js").ReportPage} page
 */
export async function importDialog(page) {
  const file = el("input", { type: "file", accept: ".docx", required: true });
  const told = el("p", { class: "quiet" }, "用从这里导出的 Word 文件改。没动的句子保留出处，改动按人各成一稿。");
  const title = "导入在 Word 里改过的稿子";
  const view = await formDialog(
    title,
    "先看会怎样改",
    [told, field("改过的 docx", file)],
    () => sent(page, file, true),
    WIDE,
  );
  if (!view) return;
  const shown = el(
    "div",
    { class: "stack scroll", tabIndex: 0, role: "region", "aria-label": "会怎样改" },
    preview(view),
  );
  const none = view.revisions.length === 0;
  const write = async () => (none ? null : sent(page, file, false));
  const written = await formDialog(title, none ? "知道了" : "写入报告", [shown], write, WIDE);
  if (!written) return;
  tellDone("已导入改稿。");
  await page.reload();
}

/**
 * @param {import("./reportpage.js").ReportPage} page
 * @param {HTMLInputElement} file
 * @param {boolean} dry
 */
async function sent(page, file, dry) {
  const form = new FormData();
  form.set("file", /** @type {FileList} */ (file.files)[0]);
  form.set("dry_run", String(dry));
  return (await ask("POST", `/reports/${at(page.id)}/imports`, { form, revision: page.revision })).json();
}

/** @param {any} view */
function preview(view) {
  const left = view.not_taken.map((/** @type {string} */ line) => el("li", { class: "text" }, line));
  return [
    view.revisions.length ? view.revisions.map(changesBy) : el("p", {}, "没有发现改动。"),
    left.length > 0 && el("section", {}, el("h3", {}, "没有采用的"), el("ul", {}, left)),
  ];
}

/** @param {any} one */
function changesBy(one) {
  const head = el("h3", { class: "text" }, `${one.author}改了 ${one.changes.length} 处`);
  return el("section", {}, head, changeList(one.changes));
}
