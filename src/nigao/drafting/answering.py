"""A question answered from the corpus in its own sentences, each with its source; or no answer."""

from __future__ import annotations

import re

from nigao.corpus.model import Role
from nigao.drafting.candidates import Candidate, candidates, outside_period
from nigao.drafting.desk import Desk, says_the_same, wording
from nigao.drafting.outline import query_words
from nigao.text.amounts import find_amounts
from nigao.text.terms import TermKind, checkable_terms

_DEPTH = 12
_MOST = 3
# An answer uses this part of the question's words, in the sentence, its topic sentence or heading.
_ENOUGH = 0.6
_NEAR_BEST = 0.75
# What asks, wishes or names the corpus itself is not what is asked about.
_ASKING = re.compile(
    "请问|想问|问一下|查一下|帮我|看看|知道|有没有|是否|是不是|什么时候|何时|哪[些个几里种]?|什么|怎[么样]+|如何|为何|为什么|谁"
    "|多少|几(?=[次个人名项件场期条家份户天月年批轮])|情况|规定|要求|文件|材料|语料|资料|里面?|方面|关于|提到|写到|说过?|[吗呢吧？?，。]"
)
_EVIDENCE = (Role.MATERIAL, Role.BASIS)
_BY_RULE = re.compile("规定|制度|办法|要求|标准|应当|程序")
_COUNTED = re.compile("(?:几|多少)(人次|[次人名个件项场期条家份户位])")
_SAME_UNIT = (("名", "人", "位"), ("件", "项"), ("次", "人次", "场", "期"))
_HOW_MANY = re.compile("多少|几(?=[次个人名项件场期条家份户天月年批轮])|比例|占比|[数率](?:是|为|有)")
_WHEN = re.compile("什么时候|何时|哪[年月天]|时间|期限|多久")


def answer(question: str, desk: Desk) -> list[Candidate]:
    """Up to three approved sentences that answer the question, best first; none where none does."""
    wanted = query_words(_ASKING.sub(" ", question)).split()
    if not wanted:
        return []
    # What is to be done stands in the rules, what was done in the unit's own records.
    first = Role.BASIS if _BY_RULE.search(question) else Role.MATERIAL
    return _told(question, wanted, desk, first) or _told(question, wanted, desk, *_EVIDENCE)


def _told(question: str, wanted: list[str], desk: Desk, *roles: Role) -> list[Candidate]:
    scored: list[tuple[float, int, Candidate]] = []
    for rank, hit in enumerate(desk.search(question, _DEPTH, *roles)):
        for candidate in candidates(hit):
            score = _score(candidate, wanted)
            if score >= _ENOUGH and candidate.text != candidate.topic and _has_what_is_asked(question, candidate.text):
                late = outside_period(candidate.text, hit.document, desk.brief.span())
                scored.append((score + 0.1 * hit.score - 0.2 * late, -rank, candidate))
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    best = scored[0][0] if scored else 0.0
    told: list[Candidate] = []
    for score, _, candidate in scored:
        # Where documents differ on a figure, both are told.
        alike = [other for other in told if _terms(other.text) == _terms(candidate.text)]
        fresh = not says_the_same(wording(candidate.text), [wording(other.text) for other in alike])
        if score >= _NEAR_BEST * best and fresh and len(told) < _MOST:
            told.append(candidate)
    return told


def _terms(text: str) -> set[str]:
    return {term.key for term in checkable_terms(text)}


def _has_what_is_asked(question: str, text: str) -> bool:
    """Whether the sentence tells a figure in the unit asked for, or a time, where the question wants one."""
    counted = _COUNTED.search(question)
    if counted is not None:
        asked = {unit for units in _SAME_UNIT for unit in units if counted[1] in units} or {counted[1]}
        return any(amount.unit in asked for amount in find_amounts(text))
    kinds = {term.kind for term in checkable_terms(text)}
    if _HOW_MANY.search(question):
        return TermKind.NUMBER in kinds
    return not _WHEN.search(question) or bool(kinds & {TermKind.NUMBER, TermKind.DATE})


def _score(candidate: Candidate, wanted: list[str]) -> float:
    """The share of the question's words that the sentence uses; those only above it count less, long ones more."""
    above = candidate.topic + candidate.hit.passage.heading + candidate.hit.document.title
    whole = sum(len(word) for word in wanted)
    said = sum(len(word) for word in wanted if word in candidate.text)
    over = sum(len(word) for word in wanted if word not in candidate.text and word in above)
    return (said + 0.6 * over) / whole if said else 0.0
