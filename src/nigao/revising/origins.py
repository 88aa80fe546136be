"""Which stored revision a file without a stamp was made from: the one that it has most lines in common with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nigao.errors import UsageError
from nigao.store import Store, StoredReport
from nigao.word.returning.rejoining import lines_of

# A file that has fewer of its lines in a report is not taken for a copy of it.
_LEAST = 0.3
_ASK = "用 --report 写明报告编号，如 --report r0001"


class Origins:
    """Looks for one file's origin among the stored reports; `lines` are the file's, tracked changes not taken."""

    def __init__(self, store: Store, lines: Sequence[str]) -> None:
        self._reports = store.reports
        self._lines = Counter(lines)

    def report(self) -> str:
        """The id of the report that the file is of. Raises UsageError where none is like it, or several are."""
        ids = [entry.id for entry in self._reports.list()]
        shares = {id: self._share(self._reports.get(id)) for id in ids}
        best = max(shares.values(), default=0.0)
        found = [id for id, share in shares.items() if share == best]
        if best < _LEAST:
            raise UsageError("看不出这份文件是哪一份报告的稿子", where="import-edits", fix=_ASK)
        if len(found) > 1:
            told = "、".join(found)
            raise UsageError(f"这份文件与 {told} 同样相符，看不出是哪一份的稿子", where="import-edits", fix=_ASK)
        return found[0]

    def revision(self, id: str) -> StoredReport:
        """The revision that the file is of, the latest of those that are as like it. Raises NotFoundError."""
        numbers = [entry.revision for entry in self._reports.history(id)]
        kept = [self._reports.get(id, number) for number in reversed(numbers)]
        return max(kept, key=self._share)

    def _share(self, kept: StoredReport) -> float:
        """How much of the lines of both are lines of either: 1 for an unchanged copy."""
        lines = Counter(lines_of(kept.report))
        total = (self._lines | lines).total()
        return (self._lines & lines).total() / total if total else 0.0
