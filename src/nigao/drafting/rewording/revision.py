"""One item of a finished report, worded anew by an editor's instruction; judged and settled as at drafting."""

from __future__ import annotations

from collections.abc import Sequence

from nigao.corpus.model import Role
from nigao.drafting.candidates import Candidate, candidates, concerns_unit, outside_period, whole_sentence
from nigao.drafting.desk import Desk
from nigao.drafting.rewording.answers import ProseAnswer
from nigao.drafting.rewording.tasks import Slot, Task, cited_sentences
from nigao.errors import NotFoundError, UsageError
from nigao.report.model import Item, Part, Report, Sentence

_HITS = 4
_MOST_SENTENCES = 12


def revision_task(
    report: Report,
    desk: Desk,
    part: str,
    path: Sequence[int],
    instruction: str,
    *,
    only: Sentence | None = None,
    more: bool = True,
) -> Task:
    """The task of rewording the item at `path` (indexes of item and point, as in the events), or `only` one sentence of
    it; locked sentences are left out. With `more`, what the corpus has on the instruction is offered as well.

    Raises NotFoundError where there is no such item, UsageError where nothing in it rests on the corpus.
    """
    holder, item = _found(report, part, path)
    open_to_change = [s for s in item.sentences if not s.locked and (only is None or s is only)]
    sentences = cited_sentences(open_to_change)
    if not sentences:
        raise UsageError("这一条没有依据材料的句子，不能由模型改写", where=part, fix="请直接修改文字")
    slot = Slot(holder, tuple(path), item, sentences, list(_evidence(sentences, instruction if more else "", desk)))
    current = "".join(sentence.text for sentence in sentences)
    values = {"current": current, "instruction": instruction.strip() or "文字更通顺"}
    return Task("revise", [slot], values, ProseAnswer, revises=True)


def _found(report: Report, part: str, path: Sequence[int]) -> tuple[Part, Item]:
    holder = report.part(part)
    if holder is None:
        known = "、".join(part.key for part in report.parts)
        raise NotFoundError(f"报告没有 {part} 部分", where="part", fix=f"可用的有：{known}")
    items, item = holder.items, None
    for index in path:
        if not 0 <= index < len(items):
            raise NotFoundError(f"{part} 部分没有这一条", where=str(tuple(path)), fix="按事件中的位置给出，从 0 起")
        item = items[index]
        items = item.items
    if item is None:
        raise NotFoundError("没有指明是哪一条", where="path", fix="给出条目的位置，如 (0, 1)")
    return holder, item


def _evidence(sentences: Sequence[Sentence], instruction: str, desk: Desk) -> list[Candidate]:
    """What the item rests on now, then what the corpus has on the instruction, if there is one."""
    quotes = [citation.quote for sentence in sentences for citation in sentence.citations]
    now = [c for quote in quotes for c in _near(quote, desk) if c.text == quote]
    more = _near(instruction + "".join(sentence.text for sentence in sentences), desk) if instruction else []
    return list(dict.fromkeys([*now, *more]))[:_MOST_SENTENCES]


def _near(query: str, desk: Desk) -> list[Candidate]:
    span, unit = desk.brief.span(), desk.brief.unit.names
    return [
        candidate
        for hit in desk.search(query, _HITS, Role.MATERIAL, Role.BASIS)
        if concerns_unit(hit.document, unit)
        for candidate in candidates(hit)
        if candidate.text != candidate.topic
        and whole_sentence(candidate.text)
        and not outside_period(candidate.text, hit.document, span)
    ]
