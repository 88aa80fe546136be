// A file submitted for approval: what it is, for whom, since when; a refusal says why and what to do.

import { ApiError, ask } from "./api.js";
import { el, field, select } from "./el.js";
import { formDialog, tell, tellDone, tellError } from "./telling.js";

const KINDS = ".docx,.doc,.wps,.pdf,.xlsx,.csv,.md,.txt,.html,.htm";
const USES = [
  ["material", "材料：本单位的记录、台账、总结"],
  ["basis", "依据：制度、决定、通知"],
  ["exemplar", "范文：只学写法，不作依据"],
];

/** @param {(id: string) => void} then hears the id of what was submitted */
export async function uploadDialog(then) {
  const words = () => el("input", { maxLength: 200 });
  const day = () => el("input", { type: "date" });
  const inputs = {
    ...{ file: el("input", { type: "file", required: true, accept: KINDS }), role: select(USES), title: words() },
    ...{ issuer: words(), number: words(), valid_from: day(), valid_to: day() },
    ...{ supersedes: words(), visible_to: words() },
  };
  const how = { kind: "wide", refuse };
  const made = await formDialog("提交文件", "提交", fields(inputs), () => sent(inputs), how);
  if (!made) return;
  tellDone(made.pending ? "已提交，等待批准；批准之前不作依据。" : "已收录。");
  then(made.document.id);
}

/** @param {Record<string, any>} inputs */
function fields(inputs) {
  return [
    field("文件", inputs.file),
    field("用途", inputs.role),
    field("标题", inputs.title, "不填用文件名"),
    el(
      "div",
      { class: "grid" },
      field("制发单位", inputs.issuer),
      field("文号", inputs.number),
      field("施行日期", inputs.valid_from),
      field("失效日期", inputs.valid_to),
    ),
    field("取代哪份文件（编号）", inputs.supersedes),
    field("只对哪个单位开放", inputs.visible_to, "不填对各单位开放；多个用顿号隔开"),
  ];
}

/** @param {Record<string, any>} inputs */
async function sent(inputs) {
  const form = new FormData();
  form.set("file", inputs.file.files[0]);
  for (const name of ["role", "title", "issuer", "number", "valid_from", "valid_to"]) {
    const value = inputs[name].value.trim();
    if (value) form.set(name, value);
  }
  for (const name of ["supersedes", "visible_to"]) {
    for (const one of inputs[name].value.split(/[、，,;；\s]+/)) if (one) form.append(name, one);
  }
  return (await ask("POST", "/documents", { form, creates: true })).json();
}

/**
 * Why a file was not taken, and what to do.
 * @param {unknown} error
 */
function refuse(error) {
  if (!(error instanceof ApiError) || !error.problem.reason) tell(error);
  else tellError(`${error.problem.title}：${error.problem.detail}`, error.problem.fix);
}
