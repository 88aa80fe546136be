// The reports, and what is being drafted.

import { all, get } from "./api.js";
import { el, refill } from "./el.js";
import { allows, heading, headed, regions, shape } from "./shell.js";
import { when } from "./times.js";

const STAGES = { draft: ["quiet", "讨论稿"], submitted: ["warning", "送审稿"], approved: ["good", "已签发"] };

/**
 * Show the reports.
 * @param {AbortSignal} signal the page is left
 */
export async function home(signal) {
  shape("one");
  headed("报告", "reports");
  const [reports, jobs] = await Promise.all([allows("reports:read") ? all("/reports") : [], get("/jobs?limit=20")]);
  signal.throwIfAborted();
  const open = jobs.items.filter(
    (/** @type {any} */ job) => job.kind === "draft" && ["queued", "running"].includes(job.state),
  );
  refill(
    regions.main,
    el(
      "div",
      { class: "page stack" },
      heading("报告", allows("reports:draft") && el("a", { class: "button primary", href: "#/new" }, "新建报告")),
      open.length > 0 &&
        el(
          "section",
          { class: "stack", "aria-label": "正在起草" },
          open.map((/** @type {any} */ job) =>
            el(
              "a",
              { class: "entry card", href: `#/jobs/${encodeURIComponent(job.id)}` },
              `正在起草（${job.person}，${when(job.created_at)}）`,
            ),
          ),
        ),
      reports.length ? list(reports) : welcome(),
    ),
  );
}

/** @param {any[]} reports */
function list(reports) {
  return el(
    "ul",
    { class: "plain reports" },
    reports.map((report) => {
      const [kind, name] = STAGES[report.stage] ?? ["quiet", report.stage];
      return el(
        "li",
        {},
        el(
          "a",
          { class: "entry", href: `#/reports/${encodeURIComponent(report.id)}` },
          el("span", { class: "title" }, report.title || report.id),
          el(
            "span",
            { class: "meta" },
            el("span", { class: `tag ${kind}` }, name),
            el("span", {}, `第 ${report.revision} 稿`),
            el("span", { class: "text" }, report.unit),
            el("span", { class: "text" }, report.author),
            el("span", {}, when(report.created_at)),
          ),
        ),
      );
    }),
  );
}

function welcome() {
  return el(
    "div",
    { class: "card stack" },
    el("h3", {}, "还没有报告"),
    el(
      "p",
      {},
      "填好拟稿要求和事实清单，系统从经批准的语料起草四部分报告；每一句都能查到出处，缺的内容留作【待补】，不会编造。",
    ),
    allows("reports:draft") && el("p", {}, el("a", { class: "button primary", href: "#/new" }, "新建报告")),
  );
}
