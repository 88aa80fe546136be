"""Checks of texts that a caller hands in: what they are held against is what the caller may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from nigao.assistant import Assistant
from nigao.checker import Checker
from nigao.checks.context import Evidence
from nigao.corpus.limits import DEFAULT_LIMITS
from nigao.errors import AdmissionError, KindError, ReportFileError
from nigao.manuscript import Manuscript
from nigao.report.kinds import Kind, builtin_kinds
from nigao.report.model import Report
from nigao.service.caller.identity import Caller
from nigao.service.problems import TooLarge
from nigao.service.uploads import FileName

_READABLE = (".txt", ".md", ".markdown", ".docx", ".json")


@dataclass(frozen=True, slots=True)
class CallerChecks:
    """Whatever unit a text says that it is of, a caller of one unit has it held against that unit's corpus."""

    assistant: Assistant
    caller: Caller

    @property
    def checker(self) -> Checker:
        """A checker by the workspace's settings and the caller's corpus."""
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
            return self.checker.kind(key)
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
