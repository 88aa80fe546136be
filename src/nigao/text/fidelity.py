"""How faithfully a sentence repeats the words it quotes: the same wording, the same state, the same degree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.text.stance import announces_plan
from nigao.text.terms import fold

# Over-wide on purpose: both texts are put into this form, so that a word misread in one is misread in the other.
_FIRST_PERSON = re.compile(
    "[我本][省市县区镇乡]?(?:单位|机关|局|办|委|厅|院|中心|处|所|站|馆|校|队|镇|乡|街道|公司|部|会|科|室)"
    "|我(?=党组|党委|党总支|党支部|支部|班子)"
)
_UNIT = "\0"
_ENDS = "。；，：;,:.!！?？、"
_CLAUSES = re.compile("[，；。：！？]")
_DONE = re.compile(r"已(?![知故久])|(?<![为除罢未])了(?![解如结然])|完成(?=[。；，]|$)")
_MAY = re.compile("可以|可(?=[由在按将向采结根])|鼓励|提倡|倡导")
_MUST = re.compile("应当|必须|不得|严禁|一律|应(?=[当在按由将对及于])")
# Two clauses sharing this much of the shorter one's character pairs are the same clause, reworded.
_SAME_CLAUSE = 0.5


def repeats(sentence: str, quotes: Sequence[str], names: Sequence[str], years: Sequence[int] = ()) -> bool:
    """Whether the sentence is the wording of a quote, of all of them joined, or a part of it.

    The unit may stand under any of its `names` for 我局, 本办 and the like, 今年 may be one of `years` (those that the
    quoted documents' titles name) and 全年 may have it in front; final punctuation does not count.
    """
    return any(_stands_in(sentence, quotes, names, year) for year in (None, *years))


def _stands_in(sentence: str, quotes: Sequence[str], names: Sequence[str], year: int | None) -> bool:
    said = _neutral(sentence, names, year)
    # Where quotes are joined, the stop between them may have become a comma.
    joined = _unstopped(_neutral("".join(quotes), names, year))
    return any(said in _neutral(quote, names, year) for quote in quotes) or _unstopped(said) in joined


def _unstopped(text: str) -> str:
    return "".join(c for c in text if c not in _ENDS)


def _neutral(text: str, names: Sequence[str], year: int | None) -> str:
    plain = fold(text).strip("".join({*_ENDS, *fold(_ENDS)}))
    for name in sorted(filter(None, map(fold, names)), key=len, reverse=True):
        plain = plain.replace(name, _UNIT)
    plain = _FIRST_PERSON.sub(_UNIT, plain)
    if year is not None:
        plain = re.sub(f"{year}年(?=全年|[上下]半年)", "", plain.replace("今年", f"{year}年"))
    return re.sub(f"[我本]?{_UNIT}+(?:、{_UNIT}+)*", _UNIT, plain)


def turned_done(sentence: str, quote: str) -> bool:
    """Whether what the quote only plans (拟, 将, 计划) is told as done (已, 了, 完成)."""
    if announces_plan(sentence):
        pairs = _aligned(sentence, quote)
        return any(announces_plan(old) and not announces_plan(new) and _more_done(new, old) for new, old in pairs)
    return announces_plan(quote) and _more_done(sentence, quote)


def _more_done(new: str, old: str) -> bool:
    return len(_DONE.findall(new)) > len(_DONE.findall(old))


def changed_degree(sentence: str, quote: str) -> bool:
    """Whether what the quote allows (可以, 鼓励) is told as a duty (应当, 必须), or the other way round."""
    return any(
        (_MAY.search(old) and not _MUST.search(old) and _MUST.search(new))
        or (_MUST.search(old) and not _MAY.search(old) and _MAY.search(new) and not _MUST.search(new))
        for new, old in _aligned(sentence, quote)
    )


def _aligned(sentence: str, quote: str) -> list[tuple[str, str]]:
    """The sentence's clauses, each with the quote's clause that it rewords; clauses without one are left out."""
    olds = [clause for clause in _CLAUSES.split(quote) if clause]
    found: list[tuple[str, str]] = []
    for new in filter(None, _CLAUSES.split(sentence)):
        best = max(olds, key=lambda old: _shared(new, old), default="")
        if best and best != new and _shared(new, best) >= _SAME_CLAUSE:
            found.append((new, best))
    return found


def _shared(one: str, other: str) -> float:
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other)]
    shorter = min(map(len, pairs))
    return len(pairs[0] & pairs[1]) / shorter if shorter else 0.0
