"""The one way from a report to files: .docx .pdf .html .md .txt .json, each with its sources and AI label.

Whatever a file needs is made before the first is written; then all are written or none.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.atomicfile import replace_files
from nigao.checks.finding import Finding
from nigao.checks.reporttext import ReportText
from nigao.errors import AdmissionError, OutputError, ReportFileError, UsageError
from nigao.report.markdown import END, render_markdown
from nigao.report.model import Report
from nigao.report.render import render_text
from nigao.reportfile import LABEL_KEY, NOTE_KEY, json_bytes
from nigao.word.options import CitationStyle, Stamp, WordOptions

if TYPE_CHECKING:
    from nigao.word.tracked import RevisionState

SUFFIXES = (".docx", ".pdf", ".html", ".md", ".txt", ".json")
_WORD = (".docx", ".pdf")
_WITH_FINDINGS = (".docx", ".html")
_NO_DATE = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Choices for one export. Each holds for the kinds of file that know it; what none of the files knows is refused.

    `citations`: how the sources are shown: `comments`, `endnotes` or `appendix` in Word files (a PDF has no comments),
    footnotes in Markdown and links in a web page for any of these; `none` for no sources. `ai_label`: the AI note and
    the machine-readable label. `findings`: what the checks found, at its words, in Word and on the web page.
    `template`: a docx or dotx whose page and styles are used. `changes_since`: a revision since which a Word file shows
    the changes as tracked ones. `stamped`: a stored report's Word file says of which revision it is; left off where the
    same input must give the same bytes.
    """

    citations: str = CitationStyle.COMMENTS
    ai_label: bool = True
    findings: bool = False
    template: Path | None = None
    changes_since: int | None = None
    stamped: bool = True


@dataclass(frozen=True, slots=True)
class Exported:
    """What is written: the report, what was found in it, which stored revision it is, and for tracked changes the
    states it went through, oldest first, the report itself last.
    """

    report: Report
    findings: Sequence[Finding] = ()
    stamp: Stamp | None = None
    states: Sequence[RevisionState] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A file's contents, and what a person should know about it: fonts substituted, how a template departs."""

    data: bytes
    told: tuple[str, ...] = ()


@dataclass(slots=True)
class _Export:
    """Makes the files of one export; what several of them need is made once."""

    subject: Exported
    options: ExportOptions
    _house: bytes | None = field(default=None)

    def docx(self) -> Made:
        from nigao.manuscript.reviewnotes import review_notes
        from nigao.word.annotating import annotate

        data = self._laid_out(CitationStyle(self.options.citations))
        notes = review_notes(self.subject.report, self._findings, data)
        moment = dt.datetime.combine(self.subject.report.as_of or _NO_DATE, dt.time(), dt.UTC)
        return Made(annotate(data, notes, moment=moment) if notes else data, self._departures())

    def pdf(self) -> Made:
        from nigao.word.pdf import pdf_of

        # Comments would be printed into the margin of the page.
        style = CitationStyle(self.options.citations)
        pdf = pdf_of(self._laid_out(CitationStyle.NONE if style is CitationStyle.COMMENTS else style))
        fonts = tuple(f"PDF 中的字体有替换：{line}" for line in pdf.substituted)
        return Made(pdf.data, (*fonts, *self._departures()))

    def _laid_out(self, style: CitationStyle) -> bytes:
        from nigao.word import docx_bytes
        from nigao.word.sources import with_source_table

        options = WordOptions(
            citations=style, ai_label=self.options.ai_label, house=self._template, stamp=self.subject.stamp
        )
        if not self.subject.states:
            return docx_bytes(self.subject.report, options)
        from nigao.word.tracked import changes_docx

        if style is not CitationStyle.APPENDIX:
            return changes_docx(self.subject.states, options)
        # The table is of the new text alone, and is no change to it.
        plain = changes_docx(self.subject.states, replace(options, citations=CitationStyle.NONE))
        return with_source_table(plain, self.subject.report)

    @property
    def _template(self) -> bytes:
        """The template's bytes; empty without one. Raises ReportFileError."""
        if self._house is None:
            self._house = read_word_file(self.options.template) if self.options.template is not None else b""
        return self._house

    def _departures(self) -> tuple[str, ...]:
        if not self._template:
            return ()
        from nigao.word.house import departures

        return tuple(f"模板与 GB/T 9704 不同：{line}" for line in departures(self._template))

    def html(self) -> Made:
        from nigao.manuscript.wordfile import finding_words
        from nigao.report.webpage import Highlight, PageOptions, render_webpage
        from nigao.word import AI_NOTE

        report = self.subject.report
        label = json.dumps(self._label(), ensure_ascii=False) if self.options.ai_label else ""
        options = PageOptions(AI_NOTE if label else "", label, self._cites)
        view = ReportText(report)
        marks = [
            Highlight(*view.span(found), found.severity.value, tuple(finding_words(found).split("\n")))
            for found in self._findings
        ]
        return Made(render_webpage(report, options, marks).encode())

    def markdown(self) -> Made:
        from nigao.word import AI_NOTE

        note = AI_NOTE if self.options.ai_label else ""
        return Made(render_markdown(self.subject.report, citations=self._cites, note=note).encode())

    def text(self) -> Made:
        from nigao.word import AI_NOTE

        tail = f"\n{END}\n{AI_NOTE}\n" if self.options.ai_label else ""
        return Made((render_text(self.subject.report) + tail).encode())

    def json(self) -> Made:
        from nigao.word import AI_NOTE

        label = {LABEL_KEY: self._label(), NOTE_KEY: AI_NOTE} if self.options.ai_label else {}
        return Made(json_bytes(self.subject.report, label))

    @property
    def _findings(self) -> Sequence[Finding]:
        return self.subject.findings if self.options.findings else ()

    @property
    def _cites(self) -> bool:
        return CitationStyle(self.options.citations) is not CitationStyle.NONE

    def _label(self) -> dict[str, str]:
        from nigao.word.aigc import aigc_metadata

        return aigc_metadata(self.subject.report, WordOptions())


_MAKERS: dict[str, Callable[[_Export], Made]] = {
    ".docx": _Export.docx,
    ".pdf": _Export.pdf,
    ".html": _Export.html,
    ".md": _Export.markdown,
    ".txt": _Export.text,
    ".json": _Export.json,
}


def report_bytes(subject: Exported, suffix: str, options: ExportOptions = ExportOptions()) -> Made:
    """The report as a file's bytes, for callers that send it instead of saving it.

    Raises OutputError for an unknown suffix and where a PDF cannot be made, UsageError for options that do not go with
    it, ReportFileError for a template that is no Word document.
    """
    check_export([Path(f"报告{suffix}")], options)
    return _MAKERS[suffix.lower()](_Export(subject, options))


def export_files(subject: Exported, files: Sequence[Path], options: ExportOptions = ExportOptions()) -> list[str]:
    """Write the files by suffix, all or none; an existing file is replaced only by a whole new one. What a person
    should know about them, in Chinese, each thing once.

    Raises as `report_bytes`, and OutputError for a path that cannot be written.
    """
    check_export(files, options)
    export = _Export(subject, options)
    made = {path: _MAKERS[path.suffix.lower()](export) for path in files}
    replace_files({path: file.data for path, file in made.items()})
    return list(dict.fromkeys(line for file in made.values() for line in file.told))


def is_word(file: Path) -> bool:
    """Whether a file is made by way of Word, and so laid out by a template."""
    return file.suffix.lower() in _WORD


def check_export(files: Sequence[Path], options: ExportOptions) -> None:
    """Refuse before any work what could not be written after it: the one place that knows what goes with what.

    Raises OutputError for a suffix or a folder, UsageError for a choice that none of the files can show.
    """
    if options.citations not in list(CitationStyle):
        known = "、".join(CitationStyle)
        raise UsageError(f"不认识的出处样式 {options.citations}", where="citations", fix=f"可用的有：{known}")
    for path in files:
        if path.suffix.lower() not in SUFFIXES:
            fix = f"可用的后缀：{'、'.join(SUFFIXES)}"
            raise OutputError(f"不支持的输出格式“{path.suffix or '无后缀'}”", where=str(path), fix=fix)
        if not path.parent.is_dir():
            raise OutputError("输出文件夹不存在", where=str(path.parent), fix="先建好文件夹")
    suffixes = {path.suffix.lower() for path in files}
    if options.changes_since is not None and suffixes - {".docx"}:
        raise UsageError("修订标记只能写进 docx", where="changes_since", fix="只输出 docx，其他格式另行导出")
    if options.findings and files and not suffixes & set(_WITH_FINDINGS):
        raise UsageError("核对结果只能写进 docx 和 html", where="findings", fix="加上一个 docx 或 html 文件")
    if options.template is not None and files and not any(map(is_word, files)):
        raise UsageError("模板只用于 docx 和 pdf", where="template", fix="加上一个 docx 或 pdf 文件，或不用模板")


def read_word_file(path: Path) -> bytes:
    """A Word file's bytes, guarded against bombs. Raises ReportFileError."""
    from nigao.corpus.limits import DEFAULT_LIMITS
    from nigao.corpus.readers import check_manuscript, load_bytes

    if not path.is_file():
        raise ReportFileError("找不到文件", where=str(path), fix="核对路径")
    try:
        data = load_bytes(path)
        check_manuscript(data, path.name, DEFAULT_LIMITS)
    except AdmissionError as refusal:
        raise ReportFileError(refusal.message, where=str(path), fix=refusal.fix) from None
    return data


def clean_file(file: Path, output: Path, *, accept: bool = False, all_comments: bool = False) -> list[str]:
    """Write a copy of a Word file without what the tool put in for reviewers (`word.cleaning`); what was taken out, in
    Chinese.

    Raises ReportFileError where the file is no Word document, OutputError where the copy cannot be written or would be
    written over the file.
    """
    from nigao.word.cleaning import clean

    if output.suffix.lower() != ".docx":
        raise OutputError("清稿只能写成 docx", where=str(output), fix="把文件名改为 .docx 结尾")
    if output.exists() and file.exists() and output.samefile(file):
        raise OutputError("不覆盖原文件", where=str(output), fix="换一个文件名")
    cleaned = clean(read_word_file(file), accept=accept, all_comments=all_comments)
    replace_files({output: cleaned.data})
    return cleaned.told()
