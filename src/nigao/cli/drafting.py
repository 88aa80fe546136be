"""`nigao draft`: run the job, write the files, show what came out and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from nigao.checks.finding import Severity
from nigao.checks.result import CheckResult
from nigao.cli.console import FOUND, err, note, print_json, print_table, say
from nigao.cli.models import DraftOutput
from nigao.cli.workspace import kind_named, open_assistant
from nigao.draft import Draft
from nigao.errors import OutputError, UsageError
from nigao.report.brief import Brief
from nigao.reportfile import WRITABLE

_ORIGINS = {"source": "材料", "fact": "事实", "connective": "衔接", "human": "人工"}


def run_draft(
    brief: Path, outputs: Sequence[Path], *, part: str, citations: str, ai_label: bool, as_json: bool
) -> None:
    """Draft, write and print; exits 1 with error findings or placeholders, everything written all the same."""
    asked = Brief.load(brief)
    check_outputs(outputs, citations)
    with open_assistant() as assistant:
        kind = kind_named(assistant, asked.kind, f"{brief} 的 kind")
        headings = {spec.key: spec.heading for spec in kind.parts}
        draft = assistant.draft(asked, part=part, on_part=lambda key: _tell_part(headings[key]))
        assistant.export(draft, outputs, citations=citations, ai_label=ai_label and draft.ai_label)
    if as_json:
        print_json(draft_output(draft, outputs))
    else:
        _print(draft, outputs)
    if not draft.is_complete:
        raise typer.Exit(FOUND)


def check_outputs(outputs: Sequence[Path], citations: str) -> None:
    """Refuse before any work what could not be written after it."""
    if citations not in ("comments", "endnotes", "none"):
        raise UsageError(f"不认识的出处样式 {citations}", where="--citations", fix="可用的有：comments、endnotes、none")
    for path in outputs:
        if path.suffix.lower() not in WRITABLE:
            known = "、".join(WRITABLE)
            raise OutputError(
                f"不支持的输出格式“{path.suffix or '无后缀'}”", where=str(path), fix=f"可用的后缀：{known}"
            )
        if not path.parent.is_dir():
            raise OutputError("输出文件夹不存在", where=str(path.parent), fix="先建好文件夹")


def _tell_part(heading: str) -> None:
    if err.is_terminal:
        note(f"正在起草：{heading}")


def draft_output(draft: Draft, outputs: Sequence[Path]) -> DraftOutput:
    """The draft as JSON."""
    view = CheckResult.of(draft.report, draft.findings)
    return DraftOutput(
        **{name: getattr(view, name) for name in CheckResult.model_fields},
        report_id=draft.id,
        files=[str(path) for path in outputs],
        placeholders=draft.placeholders,
        origins=draft.origins(),
        report=draft.report,
    )


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
