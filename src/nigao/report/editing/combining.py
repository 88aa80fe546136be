"""Several sentences as one, with all that they rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nigao.errors import EditError
from nigao.report.model import Citation, Origin, Sentence

_ENDING = re.compile("[。；;，,]$")


def combine(sentences: Sequence[Sentence]) -> Sentence:
    """One sentence with the words, citations and facts of all.

    Raises EditError where the one rests on documents and the other on the brief's facts: a sentence has one origin.
    """
    origins = {sentence.origin for sentence in sentences} - {Origin.CONNECTIVE}
    if Origin.HUMAN in origins:
        origin = Origin.HUMAN
    elif len(origins) > 1:
        raise EditError(
            "一句引自材料，一句出自事实表，合成一句就说不清出处了", where=sentences[0].text[:20], fix="分开写成两句"
        )
    else:
        origin = next(iter(origins), Origin.CONNECTIVE)
    citations: list[Citation] = []
    for citation in (citation for sentence in sentences for citation in sentence.citations):
        citations += [citation] if citation not in citations else []
    return Sentence(
        text=joined([sentence.text for sentence in sentences]),
        origin=origin,
        citations=citations,
        facts=list(dict.fromkeys(name for sentence in sentences for name in sentence.facts)),
        worded_by=next((sentence.worded_by for sentence in sentences if sentence.worded_by), ""),
        repair=next((sentence.repair for sentence in sentences if sentence.repair), None),
        locked=any(sentence.locked for sentence in sentences),
        gap=sentences[0].gap,
    )


def joined(texts: Sequence[str]) -> str:
    """Sentences as one: parted by ， where each is a single clause, else by ；."""
    clauses = [_ENDING.sub("", text) for text in texts]
    mark = "；" if len(texts) > 2 or (any("，" in clause for clause in clauses[1:]) and "，" in clauses[0]) else "，"
    return mark.join(clauses[:-1]) + mark + texts[-1] if len(texts) > 1 else texts[0]
