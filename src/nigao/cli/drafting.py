"""`nigao draft`: run the job, write the files, show what came out and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from nigao.checks.finding import Severity
from nigao.cli.console import FOUND, note, print_json, print_table, say
from nigao.cli.live import follow
from nigao.cli.modeloptions import ModelOptions
from nigao.cli.workspace import kind_named, open_assistant
from nigao.draft import Draft
from nigao.drafting.record import DraftRecord
from nigao.exporting import ExportOptions, check_export
from nigao.report.brief import Brief
from nigao.views.reports import draft_output

_ORIGINS = {"source": "材料", "fact": "事实", "connective": "衔接", "human": "人工"}


def run_draft(
    brief: Path,
    outputs: Sequence[Path],
    *,
    part: str,
    citations: str,
    ai_label: bool,
    as_json: bool,
    model: ModelOptions,
) -> None:
    """Draft, write and print; exits 1 with error findings or placeholders, everything written all the same."""
    asked = Brief.load(brief)
    # The same brief and corpus give the same bytes, under whatever number the draft is kept.
    options = ExportOptions(citations=citations, ai_label=ai_label, stamped=False)
    check_export(outputs, options)
    with open_assistant() as assistant:
        kind_named(assistant, asked.kind, f"{brief} 的 kind")
        assert assistant.settings is not None
        chosen = model.over(assistant.settings.model)
        run = assistant.start(asked, part=part, model=chosen, offline=chosen is None)
        draft = follow(run)
        told = assistant.export(draft, outputs, options)
    for line in told:
        note(line)
    if as_json:
        print_json(draft_output(draft, outputs))
    else:
        _print(draft, outputs)
    if not draft.is_complete:
        raise typer.Exit(FOUND)


def _print(draft: Draft, outputs: Sequence[Path]) -> None:
    if not outputs:
        say(draft.text())
    print_outline(draft)
    if draft.findings:
        say("\n核对结果", "bold")
        rows = [[f.code, f.severity.label, f"第 {f.line} 行", f.message] for f in draft.findings]
        print_table(["编号", "级别", "位置", "说明"], rows)
    else:
        say("\n核对结果：没有发现问题。")
    say(f"\n待补内容 {len(draft.placeholders)} 处" + ("：" if draft.placeholders else "。"))
    for number, what in enumerate(draft.placeholders, start=1):
        say(f"  {number}. {what}")
    if outputs:
        say("\n已写出：")
        for path in outputs:
            say(f"  {path}")
    errors = sum(f.severity is Severity.ERROR for f in draft.findings)
    note(f"报告已保存为 {draft.id}" + ("；有错误，须改正后使用" if errors else ""))


def print_outline(draft: Draft) -> None:
    """The report's title, parts and subsections, with how many sentences each rests on."""
    report = draft.report
    say(report.title.text if report.title else "（无标题）", "bold")
    for part in report.parts:
        sentences = list(part.walk())
        say(f"{part.ordinal}{part.heading.text}（{len(sentences)} 句）")
        for item in part.items:
            head = item.heading.text if item.heading else item.sentences[0].text if item.sentences else ""
            say(f"  {item.ordinal}{head}")
    told = "，".join(f"{_ORIGINS[origin]} {count}" for origin, count in draft.origins().items())
    say(f"句子来源：{told}")
    if draft.record is not None:
        print_record(draft.record)


def print_record(record: DraftRecord) -> None:
    """How a model made it: whose words the sentences are, what was used, what did not work."""
    wording, usage = record.wording, record.usage
    about = "（约）" if usage.estimated else ""
    cost = f"，费用 {usage.cost:g} {usage.currency}" if usage.cost is not None else ""
    say(
        f"模型 {record.model}：模型原文 {wording.model} 句，改正后采用 {wording.repaired} 句，"
        f"拟稿器 {wording.composed} 句，待补 {wording.placeholder} 句"
    )
    say(
        f"调用 {usage.calls} 次（未成 {usage.failed_calls} 次），输入 {usage.input_tokens}、"
        f"输出 {usage.output_tokens} 词元{about}{cost}"
    )
    for trouble in record.troubles:
        say(f"  模型未能完成的：{trouble}")
    if record.cancelled:
        say("  已取消：没有写完的部分用拟稿器的文字")
