"""What a report's sentences rest on, with each passage as it stands in its document."""

from __future__ import annotations

import datetime as dt

from nigao.corpus.model import Passage
from nigao.draft import Draft
from nigao.errors import NotFoundError
from nigao.report.model import Citation, Report, Sentence
from nigao.report.places import Place, headed_sentences_at, place_of, told
from nigao.service.mcp.shapes import EvidencePassage, EvidenceView, SentenceEvidence
from nigao.service.serving import Served

# More would fill an agent's context with what it did not ask for.
_MOST = 40


def evidence_of(served: Served, draft: Draft, words: str, place: Place) -> EvidenceView:
    """The evidence of the sentences of a place (by default the whole report) that hold `words`.

    Raises NotFoundError where there is no such place or sentence.
    """
    found = [one for one in headed_sentences_at(draft.report, place) if _bare(words) in _bare(one.text)]
    if not found:
        raise NotFoundError(
            f"{told(draft.report, place)}没有含“{words}”的句子",
            where="sentence",
            fix="照抄报告中的文字，可以只写一部分",
        )
    desk = _Desk(served, draft)
    return EvidenceView(
        report_id=draft.id,
        revision=draft.revision,
        sentences=[desk.sentence(one) for one in found[:_MOST]],
        left_off=max(0, len(found) - _MOST),
    )


class _Desk:
    """What the sentences of one report are looked up in; each document is read once."""

    def __init__(self, served: Served, draft: Draft) -> None:
        self._corpus = served.corpus
        self._documents = served.assistant.store.documents
        self._report: Report = draft.report
        self._in_force = self._documents.evidence_ids(dt.date.today(), unit=draft.brief.unit.named)
        self._read: dict[str, list[Passage]] = {}

    def sentence(self, sentence: Sentence) -> SentenceEvidence:
        place = place_of(self._report, sentence)
        return SentenceEvidence(
            where=told(self._report, place) if place is not None else "",
            text=sentence.text,
            origin=sentence.origin.value,
            worded_by=sentence.worded_by,
            facts=sentence.facts,
            passages=[self._passage(citation) for citation in sentence.citations],
        )

    def _passage(self, citation: Citation) -> EvidencePassage:
        view = EvidencePassage(**citation.model_dump(), in_force=citation.document_id in self._in_force)
        try:
            passage = self._corpus.passage(citation.passage_id)
        except NotFoundError:
            return view
        around = {one.position: one.text for one in self._passages(passage.document_id)}
        view.text = passage.text
        if around.get(passage.position) == passage.text:
            view.before, view.after = around.get(passage.position - 1, ""), around.get(passage.position + 1, "")
        return view

    def _passages(self, document_id: str) -> list[Passage]:
        if document_id not in self._read:
            self._read[document_id] = self._documents.passages([document_id])
        return self._read[document_id]


def _bare(text: str) -> str:
    return "".join(text.split())
