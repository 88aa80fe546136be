"""Rules and how they run. A rule is a small generator function registered with its code and explanation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding, Severity
from nigao.errors import NotFoundError
from nigao.report.model import Report, Sentence
from nigao.report.render import PieceKind, pieces, render_text


class Authority(StrEnum):
    """How binding a rule's ground is; only the first two may say 应当."""

    LAW = "法规"
    STANDARD = "国家标准"
    PRACTICE = "公文惯例"
    PRODUCT = "本工具的证据规则"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule reports: characters `start:end` of a sentence (all of it by default), or a place in a part."""

    message: str
    sentence: Sentence | None = None
    start: int = 0
    end: int | None = None
    part: str = ""
    suggestion: str = ""
    evidence: tuple[str, ...] = ()
    severity: Severity | None = None


RuleFunction = Callable[[Report, CheckContext], Iterator[Mark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what `nigao rules CODE` prints."""

    code: str
    severity: Severity
    title: str
    why: str
    authority: Authority
    bad: str
    good: str
    function: RuleFunction


_RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, title: str, *, why: str, authority: Authority, bad: str, good: str
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule. Raises ValueError when the code is taken: codes are stable once released."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"rule {code} is registered twice")
        _RULES[code] = Rule(code, severity, title, why, authority, bad, good, function)
        return function

    return register


def all_rules() -> list[Rule]:
    """Every rule by code."""
    # Importing a family registers its rules.
    from nigao.checks import (  # noqa: F401
        answers,
        conflicts,
        connectives,
        consistency,
        corpus_terms,
        faithful,
        grounding,
        placeholders,
        structure,
        wording,
    )

    return [_RULES[code] for code in sorted(_RULES)]


def find_rule(code: str) -> Rule:
    """The rule of that code. Raises NotFoundError."""
    for known in all_rules():
        if known.code == code.upper():
            return known
    raise NotFoundError(f"没有规则 {code}", where="规则编号", fix="用 nigao rules 查看全部规则")


def run_checks(
    report: Report, context: CheckContext, *, select: Collection[str] = (), ignore: Collection[str] = ()
) -> list[Finding]:
    """Findings in reading order. `select` and `ignore` hold codes or prefixes (`G`, `G2`, `G201`).

    Raises NotFoundError when a prefix names no rule.
    """
    return locate(report, run_marks(report, context, select, ignore))


def locate(report: Report, marks: list[tuple[Rule, Mark]]) -> list[Finding]:
    """Marks as findings in reading order, with line and column."""
    places = _Places(report)
    found = [(places.offset(mark), places.finding(r, mark)) for r, mark in marks]
    return [finding for _, finding in sorted(found, key=lambda pair: (pair[0], pair[1].code, pair[1].message))]


def run_marks(
    report: Report, context: CheckContext, select: Collection[str] = (), ignore: Collection[str] = ()
) -> list[tuple[Rule, Mark]]:
    """What the rules report, with the sentences themselves: for callers that act on them. Raises as `run_checks`."""
    rules = all_rules()
    for prefix in (*select, *ignore):
        if not any(r.code.startswith(prefix.upper()) for r in rules):
            raise NotFoundError(f"没有以 {prefix} 开头的规则", where="规则编号", fix="用 nigao rules 查看全部规则")
    chosen = [r for r in rules if _chosen(r.code, select, ignore)]
    return [(r, mark) for r in chosen for mark in r.function(report, context)]


def _chosen(code: str, select: Collection[str], ignore: Collection[str]) -> bool:
    selected = not select or any(code.startswith(prefix.upper()) for prefix in select)
    return selected and not any(code.startswith(prefix.upper()) for prefix in ignore)


class _Places:
    """Turns a mark into line and column in the report's rendered text."""

    def __init__(self, report: Report) -> None:
        self._text = render_text(report)
        self._starts = [0] + [i + 1 for i, c in enumerate(self._text) if c == "\n"]
        self._sentences: dict[int, tuple[int, str]] = {}
        self._parts: dict[str, int] = {}
        headings = {id(part.heading): part.key for part in report.parts}
        part, offset = "", 0
        for piece in pieces(report):
            offset += len(piece.gap)
            if piece.sentence is not None:
                part = headings.get(id(piece.sentence), part)
                if piece.kind is PieceKind.PART_HEADING:
                    self._parts.setdefault(part, offset)
                closing = piece.kind in (PieceKind.SIGNATURE, PieceKind.DATE)
                self._sentences[id(piece.sentence)] = (offset, "" if closing else part)
            offset += len(piece.text)

    def offset(self, mark: Mark) -> int:
        """Where the mark begins."""
        if mark.sentence is not None:
            return self._sentences[id(mark.sentence)][0] + mark.start
        return self._parts.get(mark.part, len(self._text) if mark.part else 0)

    def finding(self, r: Rule, mark: Mark) -> Finding:
        start = self.offset(mark)
        words = mark.sentence.text[mark.start : mark.end] if mark.sentence is not None else ""
        part = self._sentences[id(mark.sentence)][1] if mark.sentence is not None else mark.part
        line, column = self._position(start)
        end_line, end_column = self._position(start + len(words))
        return Finding(
            code=r.code,
            severity=mark.severity or r.severity,
            message=mark.message,
            part=mark.part or part,
            text=words,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            suggestion=mark.suggestion,
            evidence=list(mark.evidence),
        )

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
