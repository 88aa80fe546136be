// The revisions: who, when, why; two held against each other; an earlier one brought back.

import { all, at, get, post } from "./api.js";
import { changeList } from "./comparing.js";
import { button, busy, el, field, refill, select, text } from "./el.js";
import { confirmed, tell, tellDone } from "./telling.js";
import { when } from "./times.js";

/** @typedef {import("./reportpage.js").ReportPage} Page */

/** @param {Page} page */
export function historyView(page) {
  const body = el(
    "section",
    { class: "pad stack history", "aria-label": "各稿与比较" },
    el("h2", {}, "各稿与比较"),
    el("p", { class: "quiet" }, "正在取各稿……"),
  );
  all(`/reports/${at(page.id)}/revisions`)
    .then((revisions) => refill(body, el("h2", {}, "各稿与比较"), comparison(page, revisions), list(page, revisions)))
    .catch(tell);
  return body;
}

/**
 * @param {Page} page
 * @param {any[]} revisions newest first
 */
function comparison(page, revisions) {
  const options = revisions.map(
    (one) =>
      /** @type {[string, string]} */ ([
        String(one.revision),
        `第 ${one.revision} 稿（${one.author}，${one.reason || "起草"}）`,
      ]),
  );
  const old = select(options, { value: String(Math.max(1, page.revision - 1)) });
  const now = select(options, { value: String(page.revision) });
  const shown = el("div", { class: "stack", "aria-live": "polite" });
  const compare = async () => {
    const diff = await get(`/reports/${at(page.id)}/diff?old=${old.value}&new=${now.value}`);
    refill(
      shown,
      el(
        "h3",
        {},
        `第 ${diff.old} 稿 → 第 ${diff.new} 稿：${diff.changes.length ? `${diff.changes.length} 处不同` : "没有差别"}`,
      ),
      changeList(diff.changes),
    );
  };
  const form = el("form", {
    class: "row compare",
    onsubmit: (/** @type {Event} */ event) => {
      event.preventDefault();
      busy(go, compare, tell);
    },
  });
  const go = el("button", { type: "submit", class: "primary" }, "比较");
  form.append(field("旧稿", old), field("新稿", now), go);
  if (revisions.length > 1) compare().catch(tell);
  return el("div", { class: "stack card" }, form, shown);
}

/**
 * @param {Page} page
 * @param {any[]} revisions
 */
function list(page, revisions) {
  const states = { submitted: "送审", approved: "签发", returned: "退回" };
  return el(
    "ol",
    { class: "plain revisions" },
    revisions.map((one) =>
      el(
        "li",
        {},
        el(
          "div",
          { class: "row" },
          el("strong", {}, `第 ${one.revision} 稿`),
          el("span", { class: "text" }, one.author),
          el("span", { class: "quiet small" }, when(one.created_at)),
          one.signoffs.map((/** @type {any} */ step) =>
            el("span", { class: "tag quiet text" }, `${step.by}${states[step.state] ?? step.state}`),
          ),
        ),
        el("p", { class: "quiet text" }, one.reason || "起草"),
        page.allows("reports:edit") &&
          one.revision !== page.revision &&
          button("恢复到这一稿", (event) => restore(page, one.revision, event)),
      ),
    ),
  );
}

/**
 * @param {Page} page
 * @param {number} revision
 * @param {Event} event
 */
async function restore(page, revision, event) {
  const node = event.currentTarget;
  if (
    !(await confirmed(
      `恢复到第 ${revision} 稿`,
      text(`第 ${revision} 稿的内容成为新的一稿，现在的各稿都还在。`),
      "恢复",
    ))
  )
    return;
  await busy(
    node,
    async () => {
      await post(`/reports/${at(page.id)}/restore`, { revision }, { revision: page.revision });
      tellDone(`已恢复到第 ${revision} 稿的内容。`);
      await page.reload();
    },
    tell,
  );
}
