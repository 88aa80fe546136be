"""A report as a file: read .txt .md .docx .json into a Report, write .docx .md .txt .json from one."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from nigao.atomicfile import replace_file
from nigao.errors import AdmissionError, OutputError, ReportFileError, UsageError
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
    report = parse_report(text.split(_END, maxsplit=1)[0], kind)
    infer_pairs(report, kind)
    return report


def load_report(path: Path, kind: Kind) -> Report:
    """Read a report file by its suffix. Raises ReportFileError naming the file and the fix."""
    suffix = path.suffix.lower()
    try:
        if not path.is_file():
            raise ReportFileError("找不到文件", where=str(path), fix="核对路径")
        if suffix == ".json":
            return _from_json(path)
        return parse_text(_text_of(path, suffix), kind)
    except AdmissionError as refusal:
        raise ReportFileError(refusal.message, where=str(path), fix=refusal.fix) from None


def _from_json(path: Path) -> Report:
    from nigao.corpus.readers import load_bytes

    try:
        return Report.model_validate_json(load_bytes(path))
    except (ValidationError, UnicodeDecodeError):
        raise ReportFileError(
            "不是本工具导出的报告 JSON",
            where=str(path),
            fix="用 nigao draft -o 文件.json 重新导出，或改查 docx、md、txt",
        ) from None


def _text_of(path: Path, suffix: str) -> str:
    from nigao.corpus.readers import load_bytes, parse_document
    from nigao.corpus.readers.plain import decode

    if suffix not in (".txt", ".md", ".markdown", ".docx"):
        raise ReportFileError(
            f"不支持的报告格式“{suffix or '无后缀'}”", where=str(path), fix="可检查 txt、md、docx 和本工具导出的 json"
        )
    data = load_bytes(path)
    if suffix == ".docx":
        return parse_document(data, path.name).text
    text = decode(data, str(path))
    if suffix == ".txt":
        # Line and column must be those of the file itself.
        return text
    # The Markdown reader drops comments, and with them the line behind which our own notes stand.
    return parse_document(text.split(_END, maxsplit=1)[0].encode(), path.name).text


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
