"""Checks of texts that a caller hands in: what they are held against is what the caller may see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

from nigao.assistant import Assistant
from nigao.checker import Checker
from nigao.checks.context import Evidence
from nigao.checks.finding import Severity
from nigao.checks.result import CheckResult
from nigao.corpus.limits import DEFAULT_LIMITS
from nigao.errors import AdmissionError, KindError, ReportFileError, UsageError
from nigao.manuscript import Manuscript
from nigao.report.brief import Brief
from nigao.report.kinds import Kind, builtin_kinds
from nigao.report.model import Report
from nigao.report.render import render_text
from nigao.service.caller.identity import Caller
from nigao.service.problems import TooLarge
from nigao.service.uploads import FileName

# A report has some thousand characters, and its longest sentence hardly four hundred.
_LONGEST_TEXT, _LONGEST_STRETCH = 100_000, 2_000
_ENDS = re.compile(r"[。！？；\n]")
_READABLE = (".txt", ".md", ".markdown", ".docx", ".json")


class Asked(TypedDict, total=False):
    """How to check, as of `Checker.review`."""

    brief: Brief | None
    select: Collection[str]
    ignore: Collection[str]
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class CallerChecks:
    """Whatever unit a text says that it is of, a caller of one unit has it held against that unit's corpus."""

    assistant: Assistant
    caller: Caller

    def review(self, read: Report | Manuscript, **asked: Unpack[Asked]) -> CheckResult:
        """Check by the workspace's settings and the caller's corpus. Raises as `Checker.review`, TooLarge, UsageError
        for what is no prose: what rules cost grows with the square of a stretch without an end of sentence.
        """
        _require_prose(read.report if isinstance(read, Manuscript) else read)
        return self._checker.review(read, **asked)

    @property
    def _checker(self) -> Checker:
        return Checker(self.assistant.settings, self._corpus)

    def kinds(self) -> list[str]:
        """The keys of all kinds, built in and the workspace's own."""
        settings = self.assistant.settings
        own = [file.stem for file in settings.kinds.glob("*.yaml")] if settings is not None else []
        return sorted({*builtin_kinds(), *own})

    def kind(self, key: str = "") -> Kind:
        """A kind that there is, by default the workspace's. Raises KindError, which tells no path of the server."""
        if key and key not in self.kinds():
            raise KindError(f"没有文种 {key}", where="kind", fix=f"可用的有：{'、'.join(self.kinds())}")
        try:
            return self._checker.kind(key)
        except KindError as error:
            raise KindError(error.message, where="kind", fix=error.fix) from None

    def manuscript(self, name: FileName, data: bytes, kind: str = "") -> Manuscript:
        """A report file that was sent; it is written nowhere. Raises ReportFileError, TooLarge, KindError."""
        if name.suffix not in _READABLE:
            raise ReportFileError(
                f"不支持的报告格式“{name.suffix or '无后缀'}”",
                where=name.whole,
                fix="可核对 txt、md、docx 和本工具导出的 json",
            )
        if len(data) > DEFAULT_LIMITS.max_bytes:
            size = f"{DEFAULT_LIMITS.max_bytes / 1024 / 1024:g} MB"
            raise TooLarge(f"文件超过 {size}", where=name.whole, fix="去掉图片或拆分后再核对")
        spec = self.kind(kind)
        try:
            read = Manuscript(Path(name.whole), name.suffix, b"", Report(kind=spec.key)).holding(data, spec)
        except AdmissionError as refusal:
            raise ReportFileError(refusal.message, where=name.whole, fix=refusal.fix) from None
        # A JSON file says itself of which kind it is.
        self.kind(read.report.kind)
        return read

    def _corpus(self, day: dt.date, units: Collection[str]) -> Evidence | None:
        return self.assistant.evidence(day, self.caller.units or units)


def _require_prose(report: Report) -> None:
    text = render_text(report)
    if len(text) > _LONGEST_TEXT:
        raise TooLarge(f"文稿超过{_LONGEST_TEXT // 10_000}万字", where="文稿", fix="分成几份核对")
    for stretch in _ENDS.split(text):
        if len(stretch) > _LONGEST_STRETCH:
            raise UsageError(
                f"有{_LONGEST_STRETCH}字以上没有句号、分号或换行，不像文稿：“{stretch[:20]}……”",
                where="文稿",
                fix="核对所给的是不是报告的文字",
            )
