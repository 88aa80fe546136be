"""Reads .txt .md .docx .json into a report, with what only the file knows: its layout, comments and encoding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.errors import AdmissionError, ReportFileError, about_file
from nigao.report.kinds import Kind
from nigao.report.markdown import without_footnotes
from nigao.report.model import Report
from nigao.report.waivers import Waiver, find_waivers, waiver_in_note
from nigao.reportfile import parse_text, report_in_json

if TYPE_CHECKING:
    from nigao.report.wordlayout import WordLayout

MARKDOWN = (".md", ".markdown")
_READABLE = (".txt", *MARKDOWN, ".docx", ".json")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A report file. `text` is what a text file itself says, empty for Word and JSON; `encoding` is that file's."""

    path: Path
    suffix: str
    data: bytes
    report: Report
    text: str = ""
    encoding: str = ""
    layout: WordLayout | None = None

    @classmethod
    def open(cls, path: Path, kind: Kind) -> Manuscript:
        """Read a file by its suffix. Raises ReportFileError naming the file and the fix."""
        suffix = path.suffix.lower()
        try:
            if not path.is_file():
                raise ReportFileError("找不到文件", where=str(path), fix="核对路径")
            if suffix not in _READABLE:
                raise ReportFileError(
                    f"不支持的报告格式“{suffix or '无后缀'}”",
                    where=str(path),
                    fix="可检查 txt、md、docx 和本工具导出的 json",
                )
            with about_file(path):
                return _read(path, suffix, kind)
        except AdmissionError as refusal:
            raise ReportFileError(refusal.message, where=str(path), fix=refusal.fix) from None

    def holding(self, data: bytes, kind: Kind) -> Manuscript:
        """The same file with other contents, read anew."""
        with about_file(self.path):
            return _parse(replace(self, data=data), kind)


def load_report(path: Path, kind: Kind) -> Report:
    """The report that a file holds. Raises ReportFileError naming the file and the fix."""
    return Manuscript.open(path, kind).report


def _read(path: Path, suffix: str, kind: Kind) -> Manuscript:
    from nigao.corpus.readers import load_bytes

    return _parse(Manuscript(path, suffix, load_bytes(path), Report(kind=kind.key)), kind)


def _parse(file: Manuscript, kind: Kind) -> Manuscript:
    if file.suffix == ".json":
        return replace(file, report=_from_json(file))
    if file.suffix == ".docx":
        return _from_docx(file, kind)
    return _from_text(file, kind)


def _from_json(file: Manuscript) -> Report:
    try:
        return report_in_json(file.data)
    except ValueError:
        raise ReportFileError(
            "不是本工具导出的报告 JSON",
            where=str(file.path),
            fix="用 nigao draft -o 文件.json 重新导出，或改查 docx、md、txt",
        ) from None


def _from_text(file: Manuscript, kind: Kind) -> Manuscript:
    from nigao.corpus.readers import parse_document
    from nigao.corpus.readers.plain import decode_named

    text, encoding = decode_named(file.data, str(file.path))
    if file.suffix not in MARKDOWN:
        # Line and column must be those of the file itself.
        return replace(file, text=text, encoding=encoding, report=parse_text(text, kind))
    # The Markdown reader drops comments, and with them the waivers.
    own = without_footnotes(text)
    words = parse_document(own.encode(), file.path.name).text
    report = parse_text(words, kind)
    return replace(file, text=text, encoding=encoding, report=_waiving(report, find_waivers(own)))


def _from_docx(file: Manuscript, kind: Kind) -> Manuscript:
    from nigao.corpus.readers import parse_manuscript
    from nigao.word.comments import read_waiver_comments
    from nigao.word.reading import read_layout
    from nigao.word.sources import SOURCES_HEADING, without_sources

    text, data = parse_manuscript(file.data, file.path.name).text, file.data
    if SOURCES_HEADING in text:
        # The table of sources behind an export tells of the report and is no part of it, nor of its layout.
        data = without_sources(data)
        text = parse_manuscript(data, file.path.name).text
    report = parse_text(text, kind)
    comments = read_waiver_comments(file.data)
    notes = [waiver_in_note(note.text, note.paragraph_text, note.author, note.date) for note in comments]
    waivers = [waiver for waiver in notes if waiver is not None]
    return replace(file, report=_waiving(report, waivers), layout=read_layout(data))


def _waiving(report: Report, waivers: list[Waiver]) -> Report:
    return report.model_copy(update={"waivers": waivers})
