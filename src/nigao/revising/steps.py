"""What can be undone and redone, told from a report's history: every undo is itself a revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nigao.errors import EditError
from nigao.store import ReportSummary


@dataclass(frozen=True, slots=True)
class Step:
    """A revision whose content was arrived at, and who last did (or undid) it."""

    revision: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Steps:
    """`done` leads from the first revision to the content that the report has now; `undone` is what can be redone, the
    next one last.
    """

    done: tuple[Step, ...]
    undone: tuple[Step, ...]

    @classmethod
    def of(cls, history: Sequence[ReportSummary]) -> Steps:
        """Go through the revisions, oldest first: a change adds a step and clears what could be redone."""
        done: list[Step] = []
        undone: list[Step] = []
        for entry in history:
            if entry.act == "undo" and entry.restores in [step.revision for step in done[:-1]]:
                while done[-1].revision != entry.restores:
                    step = done.pop()
                    undone.append(Step(step.revision, entry.author, step.reason))
            elif entry.act == "redo" and entry.restores in [step.revision for step in undone]:
                while done[-1].revision != entry.restores:
                    step = undone.pop()
                    done.append(Step(step.revision, entry.author, step.reason))
            else:
                done.append(Step(entry.revision, entry.author, entry.reason))
                undone.clear()
        return cls(tuple(done), tuple(undone))

    def undo(self, report: str, steps: int, author: str, *, others: bool) -> tuple[Step, tuple[Step, ...]]:
        """The step to go back to, and what is undone by it, latest first. Raises EditError where there is not so much
        to undo, or where somebody else did some of it, unless `others`.
        """
        if steps < 1 or steps >= len(self.done):
            raise _too_many(report, steps, len(self.done) - 1, "撤销")
        taken = self.done[: -steps - 1 : -1]
        if not others:
            _refuse_others(report, taken, author, "改动", "撤销")
        return self.done[-steps - 1], taken

    def redo(self, report: str, steps: int, author: str, *, others: bool) -> tuple[Step, tuple[Step, ...]]:
        """The step to go forward to, and what is redone by it, earliest first. Raises EditError as `undo`."""
        if steps < 1 or steps > len(self.undone):
            raise _too_many(report, steps, len(self.undone), "重做")
        taken = self.undone[: -steps - 1 : -1]
        if not others:
            _refuse_others(report, taken, author, "撤销", "重做")
        return taken[-1], taken


def _too_many(report: str, steps: int, there: int, verb: str) -> EditError:
    if there == 0:
        fix = (
            "要回到以前的某一稿，恢复那一稿（nigao report restore）"
            if verb == "撤销"
            else "撤销过才能重做；新的改动之后不能再重做"
        )
        return EditError(f"没有可以{verb}的改动", where=report, fix=fix)
    return EditError(f"可以{verb}的只有 {there} 步，不是 {steps} 步", where=report, fix=f"最多{verb} {there} 步")


def _refuse_others(report: str, taken: Sequence[Step], author: str, did: str, verb: str) -> None:
    other = next((step for step in taken if step.by != author), None)
    if other is not None:
        what = f"第 {other.revision} 稿（{other.reason}）" if other.reason else f"第 {other.revision} 稿"
        raise EditError(
            f"{what}是{other.by}{did}的，没有{verb}",
            where=report,
            fix=f"先与{other.by}商量；确要回到以前的某一稿，恢复那一稿（nigao report restore {report} 稿次）",
        )
