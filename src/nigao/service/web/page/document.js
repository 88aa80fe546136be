// One document: as recorded, what waits for approval, what rests on it, and the steps that one may take.

import { all, at, get, post } from "./api.js";
import { button, el, field, text } from "./el.js";
import { approval } from "./sentencepanel.js";
import { allows } from "./shell.js";
import { confirmed, formDialog, tell, tellDone, worded } from "./telling.js";
import { ROLES, STATUSES } from "./words.js";

/**
 * @param {string} id
 * @param {() => void} again what follows a step
 */
export async function documentPanel(id, again) {
  const path = `/documents/${at(id)}`;
  const [one, impact, passages] = await Promise.all([get(path), get(`${path}/impact`), all(`${path}/passages`)]);
  const waiting = one.waiting && allows("corpus:approve") ? await get(`${path}/waiting`).catch(() => null) : null;
  return el(
    "div",
    { class: "pad stack document" },
    el("h2", { class: "text" }, one.title),
    el(
      "p",
      { class: "row" },
      el("span", { class: `tag ${one.evidence ? "good" : "error"}` }, one.evidence ? "今天可作依据" : "不作依据"),
      el("span", { class: "tag quiet" }, ROLES[one.role] ?? one.role),
      el("span", { class: "tag quiet" }, STATUSES[one.status] ?? one.status),
    ),
    one.why_not && one.why_not !== STATUSES[one.status] && el("p", { class: "text" }, one.why_not),
    record(one),
    waiting ? waits(one, waiting, again) : one.waiting && el("p", { class: "note text" }, one.waiting),
    allows("corpus:approve") &&
      one.status === "approved" &&
      el(
        "div",
        { class: "row" },
        button("撤销这份文件……", () => revoke(one, again), { class: "danger" }),
      ),
    resting(impact),
    passages.length > 0 && wording(passages),
  );
}

/** @param {any[]} passages */
function wording(passages) {
  const items = passages.map((one) => {
    const place = [one.heading, one.locator].filter(Boolean).join(" · ");
    return el("li", {}, el("p", { class: "quiet small text" }, place), el("p", { class: "text" }, one.text));
  });
  const head = el("summary", {}, `现行文本（${passages.length} 段）`);
  return el("details", {}, head, el("ol", { class: "plain stack" }, items));
}

/** @param {any} one */
function record(one) {
  const lines = [
    ["编号", one.id],
    ["文号", one.number],
    ["制发", one.issuer],
    ["批准", approval(one)],
    ["可见", one.visible_to.join("、") || "各单位"],
    ["SHA-256", one.sha256.slice(0, 16)],
  ];
  return el(
    "dl",
    { class: "record" },
    lines
      .filter(([, value]) => value)
      .flatMap(([name, value]) => [el("dt", {}, name), el("dd", { class: "text" }, value)]),
  );
}

/**
 * What waits, with its text, for who may approve it.
 * @param {any} one
 * @param {any} waiting
 * @param {() => void} again
 */
function waits(one, waiting, again) {
  return el(
    "section",
    { class: "card stack", "aria-label": "待批准的内容" },
    el("h3", {}, "待批准的内容"),
    waiting.told !== STATUSES.submitted && el("p", { class: "text" }, waiting.told),
    el(
      "p",
      { class: "quiet small text" },
      `提交人：${waiting.submitted_by || "（没有记录）"}；SHA-256 ${waiting.sha256.slice(0, 16)}`,
    ),
    waiting.suspicious.length > 0 && suspicious(waiting.suspicious),
    el("div", { class: "waiting text", tabIndex: 0, role: "region", "aria-label": "提交的全文" }, waiting.text),
    el(
      "div",
      { class: "row" },
      button("批准……", () => approve(one, waiting, again), { class: "primary" }),
      button("退回……", () =>
        step(
          again,
          () => worded("退回", "理由", { needed: true, yes: "退回" }),
          (reason) => post(`/documents/${at(one.id)}/return`, { reason }),
          "已退回。",
        ),
      ),
    ),
  );
}

/** @param {any[]} found */
function suspicious(found) {
  const lines = found.map((one) => el("li", { class: "text" }, `${one.locator} “${one.excerpt}”（${one.why}）`));
  const told = el("p", {}, "下面的话像是写给语言模型的指令，起草时不会采用，请核实：");
  return el("div", { class: "note stack" }, told, el("ul", { class: "plain" }, lines));
}

/**
 * Exactly the bytes that were read are approved.
 * @param {any} one
 * @param {any} waiting
 * @param {() => void} again
 */
async function approve(one, waiting, again) {
  const on = el("input", { type: "date" });
  const told = text(`批准“${one.title}”现在提交的内容作为${ROLES[one.role] ?? one.role}。`);
  const day = await formDialog(
    "批准",
    "批准",
    [told, field("批准日期", on, "不填为今天")],
    async () => on.value || "today",
  );
  if (!day) return;
  const asked = { sha256: waiting.sha256, ...(day === "today" ? {} : { on: day }) };
  await step(
    again,
    async () => "yes",
    () => post(`/documents/${at(one.id)}/approval`, asked),
    "已批准，从下一次检索起可作依据。",
  );
}

/**
 * @param {any} one
 * @param {() => void} again
 */
async function revoke(one, again) {
  const reason = await worded("撤销文件", "理由", { needed: true, yes: "下一步" });
  if (!reason || !(await confirmed("撤销文件", `“${one.title}”从下一次检索起不再作依据，不能收回。`, "撤销"))) return;
  try {
    const { impact } = await post(`/documents/${at(one.id)}/revocation`, { reason });
    tellDone(impact.reports.length ? `已撤销；有 ${impact.reports.length} 份报告以它为依据，请逐份处理。` : "已撤销。");
    again();
  } catch (error) {
    tell(error);
  }
}

/**
 * @param {() => void} again
 * @param {() => Promise<string | null>} ask
 * @param {(words: string) => Promise<any>} act
 * @param {string} done
 */
async function step(again, ask, act, done) {
  const words = await ask();
  if (!words) return;
  try {
    await act(words);
    tellDone(done);
    again();
  } catch (error) {
    tell(error);
  }
}

/** @param {any} impact */
function resting(impact) {
  if (!impact.reports.length) return el("p", { class: "quiet" }, "没有报告以它为依据。");
  return el(
    "section",
    { class: "stack", "aria-label": "以它为依据的报告" },
    el("h3", {}, `以它为依据的报告 ${impact.reports.length} 份`),
    el(
      "ul",
      { class: "plain stack" },
      impact.reports.map((/** @type {any} */ report) =>
        el(
          "li",
          { class: "source" },
          el("a", { class: "text", href: `#/reports/${at(report.id)}` }, `${report.title}（第 ${report.revision} 稿）`),
          el(
            "details",
            {},
            el("summary", {}, `${report.sentences.length} 句`),
            report.sentences.map((/** @type {any} */ sentence) => el("p", { class: "text small" }, sentence.text)),
          ),
        ),
      ),
    ),
  );
}
