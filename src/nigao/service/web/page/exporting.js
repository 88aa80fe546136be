// Export: the file is fetched with the key and handed to the browser as a download.

import { all, ask, at } from "./api.js";
import { el, field, select, tick } from "./el.js";
import { formDialog, tellDone } from "./telling.js";

const FORMATS = [
  ["docx", "Word（docx）"],
  ["pdf", "PDF"],
  ["html", "网页（html）"],
  ["md", "Markdown"],
  ["txt", "纯文本"],
  ["json", "数据（json）"],
];
const CITATIONS = [
  ["comments", "批注"],
  ["endnotes", "尾注"],
  ["appendix", "附录"],
  ["none", "不带"],
];
// Which formats can show what: the service refuses the rest.
const WITH_FINDINGS = ["docx", "html"];
const WITH_CHANGES = ["docx"];

/** @param {import("./reportpage.js").ReportPage} page */
export async function exportDialog(page) {
  const choice = new Choice(page.revision, await all(`/reports/${at(page.id)}/revisions`));
  await formDialog("导出报告", "导出", choice.fields(), async () => {
    await download(page.id, choice.query());
    return true;
  });
}

class Choice {
  /**
   * @param {number} latest
   * @param {any[]} revisions
   */
  constructor(latest, revisions) {
    const earlier = revisions.map((one) => one.revision).filter((revision) => revision < latest);
    this.format = select(FORMATS, { onchange: () => this.fit() });
    this.citations = select(CITATIONS);
    this.findings = el("input", { type: "checkbox" });
    this.label = el("input", { type: "checkbox", checked: true });
    this.since = select([["", "不带修订标记"], ...earlier.map((one) => [String(one), `自第 ${one} 稿以来`])]);
    this.fit();
  }

  fields() {
    return [
      field("格式", this.format),
      field("出处", this.citations),
      field("修订标记（只用于 Word）", this.since),
      tick("带上核对结果（Word、网页）", this.findings),
      tick("人工智能生成标识", this.label),
      el("p", { class: "quiet small" }, "去掉标识会记入审计。"),
    ];
  }

  /** What the format cannot show is not to be chosen. */
  fit() {
    this.findings.disabled = !WITH_FINDINGS.includes(this.format.value);
    this.since.disabled = !WITH_CHANGES.includes(this.format.value);
  }

  query() {
    const asked = new URLSearchParams({
      format: this.format.value,
      citations: this.citations.value,
      findings: String(this.findings.checked && !this.findings.disabled),
      ai_label: String(this.label.checked),
    });
    if (this.since.value && !this.since.disabled) asked.set("changes_since", this.since.value);
    return asked;
  }
}

/**
 * @param {string} id
 * @param {URLSearchParams} query
 */
async function download(id, query) {
  const response = await ask("GET", `/reports/${at(id)}/export?${query}`, { accept: "*/*" });
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  const name = named ? decodeURIComponent(named[1]) : `${id}.${query.get("format")}`;
  const address = URL.createObjectURL(await response.blob());
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  tellDone(`已导出 ${name}`);
}
