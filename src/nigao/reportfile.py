"""A report's text parsed with its pairing, and a report written as .docx .md .txt .json."""

from __future__ import annotations

from pathlib import Path

from nigao.atomicfile import replace_file
from nigao.errors import OutputError, UsageError
from nigao.report.kinds import Kind
from nigao.report.model import Report
from nigao.report.pairing import infer_pairs
from nigao.report.parse import parse_report
from nigao.report.render import render_markdown, render_text

# What follows this line in our own Markdown and text is about the report, not of it.
_END = "<!-- 以下由拟稿工具附注，不属于报告正文 -->"
WRITABLE = (".docx", ".md", ".txt", ".json")


def parse_text(text: str, kind: Kind) -> Report:
    """A report from plain text, with the problems that its measures answer inferred."""
    report = parse_report(without_notes(text), kind)
    infer_pairs(report, kind)
    return report


def without_notes(text: str) -> str:
    """A text without what our own exports append to it."""
    return text.split(_END, maxsplit=1)[0]


def save_report(report: Report, path: Path, *, ai_label: bool = True, citations: str = "comments") -> None:
    """Write the report by the suffix of `path`, replacing an existing file only by a whole new one.

    `ai_label` puts the AI note in (JSON carries none); `citations` is `comments`, `endnotes` or `none`, for docx.
    Raises OutputError for an unknown suffix or a path that cannot be written, UsageError for unknown citations.
    """
    from nigao.word import AI_NOTE, CitationStyle, WordOptions, write_docx

    note = f"\n\n> {AI_NOTE}\n" if ai_label else "\n"
    if citations not in list(CitationStyle):
        known = "、".join(CitationStyle)
        raise UsageError(f"不认识的出处样式 {citations}", where="citations", fix=f"可用的有：{known}")
    match path.suffix.lower():
        case ".docx":
            options = WordOptions(citations=CitationStyle(citations), ai_label=ai_label)
            write_docx(report, path, options)
        case ".md":
            replace_file(path, render_markdown(report, end=_END, note=note).encode())
        case ".txt":
            tail = f"\n{_END}\n{AI_NOTE}\n" if ai_label else ""
            replace_file(path, (render_text(report) + tail).encode())
        case ".json":
            replace_file(path, (report.model_dump_json(indent=2, exclude_defaults=False) + "\n").encode())
        case other:
            raise OutputError(
                f"不支持的输出格式“{other or '无后缀'}”", where=str(path), fix=f"可用的后缀：{'、'.join(WRITABLE)}"
            )
