// Above the report: where it stands, the steps of sign-off that one may take, and what is done with it as a whole.

import { at, post } from "./api.js";
import { exportDialog } from "./exporting.js";
import { importDialog } from "./importing.js";
import { button, busy, el, text } from "./el.js";
import { tell, tellDone, worded } from "./telling.js";

/** @typedef {import("./reportpage.js").ReportPage} Page */

const KINDS = { draft: "quiet", submitted: "warning", approved: "good" };

/** @param {Page} page */
export function toolbar(page) {
  const { status } = page;
  return el(
    "div",
    { class: "toolbar" },
    el(
      "div",
      { class: "standing" },
      el("span", { class: `tag ${KINDS[status.stage] ?? "quiet"}` }, status.label),
      el("span", { class: "text told", title: status.told }, told(status)),
      el("span", { class: "row end" }, steps(page)),
    ),
    el("div", { class: "row tools", role: "group", "aria-label": "报告" }, tools(page)),
  );
}

/**
 * The stage is said by its tag already.
 * @param {any} status
 */
const told = (status) =>
  `第 ${status.revision} 稿` +
  (status.steps.length ? `　${status.told.replace(status.label, "").replace(/^（|）$/g, "")}` : "　没有送审过");

/** @param {Page} page */
function steps(page) {
  const { stage } = page.status;
  const found = [];
  if (stage === "draft" && page.allows("reports:submit"))
    found.push(button("送审", () => step(page, "submission", "送审", "附言（可不写）", false), { class: "primary" }));
  if (stage === "submitted" && page.allows("reports:approve")) {
    found.push(button("签发", () => step(page, "approval", "签发", "附言（可不写）", false), { class: "primary" }));
    found.push(button("退回", () => step(page, "return", "退回", "要改什么", true)));
  }
  return found;
}

/**
 * @param {Page} page
 * @param {string} path
 * @param {string} name
 * @param {string} asked
 * @param {boolean} needed
 */
async function step(page, path, name, asked, needed) {
  const hint = path === "approval" ? `签发的是第 ${page.revision} 稿；之后任何改动都使签发失效。` : "";
  const note = await worded(name, asked, { needed, yes: name, hint });
  if (note === null || (needed && !note)) return;
  try {
    await post(`/reports/${at(page.id)}/${path}`, { note }, { revision: page.revision });
    tellDone({ submission: "已送审，等待签发。", approval: "已签发。", return: "已退回。" }[path] ?? "");
  } catch (error) {
    tell(error);
  }
  await page.reload().catch(tell);
}

/** @param {Page} page */
function tools(page) {
  const edits = page.allows("reports:edit");
  const history = page.view === "history";
  return [
    edits && button("撤销", (event) => back(page, event, "undo")),
    edits && button("重做", (event) => back(page, event, "redo")),
    el(
      "a",
      { class: "button", href: history ? `#/reports/${at(page.id)}` : `#/reports/${at(page.id)}/history` },
      history ? "回到正文" : "各稿与比较",
    ),
    page.allows("reports:export") && button("导出……", () => exportDialog(page).catch(tell)),
    edits && button("导入改稿……", () => importDialog(page).catch(tell)),
    !history &&
      el(
        "label",
        { class: "check small marks" },
        el("input", {
          type: "checkbox",
          checked: !document.body.classList.contains("bare"),
          onchange: (/** @type {Event} */ event) =>
            document.body.classList.toggle("bare", !(/** @type {HTMLInputElement} */ (event.target).checked)),
        }),
        text("标出出处"),
      ),
  ];
}

/**
 * @param {Page} page
 * @param {Event} event
 * @param {string} path
 */
function back(page, event, path) {
  return busy(
    event.currentTarget,
    async () => {
      await post(`/reports/${at(page.id)}/${path}`, {}, { revision: page.revision });
      await page.reload();
      tellDone(path === "undo" ? "已撤销。" : "已重做。");
    },
    async (error) => {
      tell(error);
      await page.reload().catch(tell);
    },
  );
}
