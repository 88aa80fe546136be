"""Does a piece of evidence hold a checkable term? Exact where a set phrase must be exact, by value for numbers."""

from __future__ import annotations

from functools import lru_cache

from nigao.text.terms import Term, TermKind, checkable_terms, fold


def supports(evidence: str, term: Term) -> bool:
    """Whether `evidence` states the term.

    Titles must match a whole 《title》; quoted terms and 文号 must stand there word for word (with or without quotes);
    numbers must have the same value and counted unit; a date may be less exact than the evidence's, never more.
    """
    if term.kind is TermKind.QUOTED:
        return term.key in _folded(evidence)
    if term.kind is TermKind.DOCUMENT_NUMBER:
        return term.key in _folded(evidence)
    nested = term.kind in (TermKind.NUMBER, TermKind.DATE)
    offered = _with_nested(evidence) if nested else checkable_terms(evidence)
    same = [other for other in offered if other.kind is term.kind]
    if term.kind is TermKind.DATE:
        return any(_date_holds(other.key, term.key) for other in same)
    if term.kind is TermKind.NUMBER:
        return any(_number_holds(other.key, term.key) for other in same)
    return any(other.key == term.key for other in same)


_folded = lru_cache(maxsize=1024)(fold)


# Every term of a sentence is held against the same evidence.
@lru_cache(maxsize=2048)
def _with_nested(evidence: str) -> tuple[Term, ...]:
    """Terms line by line, those inside quotations and titles included: a document's title tells its year."""
    terms: list[Term] = []
    for line in evidence.splitlines():
        found = checkable_terms(line)
        terms.extend(found)
        for term in found:
            if term.kind in (TermKind.QUOTED, TermKind.TITLE):
                terms.extend(checkable_terms(term.text[1:-1]))
    return tuple(terms)


def _date_holds(offered: str, wanted: str) -> bool:
    return all(want in ("", have) for have, want in zip(offered.split("-"), wanted.split("-"), strict=True))


def _number_holds(offered: str, wanted: str) -> bool:
    """Same value and counted unit (12场 and 12场次 are one, 12人 and 12人次 are not); no unit fits only no unit."""
    have_value, have_unit = _value_and_unit(offered)
    want_value, want_unit = _value_and_unit(wanted)
    return have_value == want_value and _SAME_UNIT.get(have_unit, have_unit) == _SAME_UNIT.get(want_unit, want_unit)


# 19名党员 and 19人 count the same people.
_SAME_UNIT = {"场次": "场", "批次": "批", "条次": "条", "个工作日": "工作日", "名": "人", "位": "人"}


@lru_cache(maxsize=8192)
def _value_and_unit(key: str) -> tuple[str, str]:
    digits = len(key)
    for i, c in enumerate(key):
        if not (c.isdigit() or c in ".-"):
            digits = i
            break
    return key[:digits], key[digits:]
