"""What must hold of a report whatever a model wrote: every term has its evidence, every passage is approved."""

from __future__ import annotations

import datetime as dt

from nigao import Assistant, Draft
from nigao.report.model import Origin
from nigao.text.placeholders import find_placeholders
from nigao.text.support import supports
from nigao.text.terms import checkable_terms


def assert_supported(draft: Draft, assistant: Assistant) -> None:
    """Every checkable term stands in its sentence's own evidence, or there is a finding; every passage cited is there,
    approved and in force, and says what is quoted of it.
    """
    documents = assistant.store.documents
    told = draft.brief.identity() + "".join(fact.told for fact in draft.brief.facts)
    flagged = {finding.text for finding in draft.findings}
    evidence_ids = documents.evidence_ids(dt.date.today())
    for sentence in draft.report.sentences():
        evidence = told
        for citation in sentence.citations:
            passage = documents.passage(citation.passage_id)
            assert passage is not None
            assert passage.document_id in evidence_ids
            assert citation.quote in passage.text
            evidence += f"\n{passage.heading}\n{passage.text}"
        if sentence.origin is Origin.HUMAN or find_placeholders(sentence.text):
            continue
        for term in checkable_terms(sentence.text):
            assert supports(evidence, term) or term.text in flagged, sentence.text
        if sentence.worded_by:
            assert sentence.citations or sentence.facts
