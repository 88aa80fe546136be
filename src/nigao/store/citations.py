"""Which sentences of which reports rest on a document: kept beside the revisions, so that the question is quick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from nigao.report.model import Item, Report, Sentence
from nigao.store.tables import citations, revisions


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence that rests on a passage, and where it stands: part key (empty in the opening), the heading above it,
    the ordinals down to it. `report` is like `r0001`.
    """

    report: str
    revision: int
    title: str
    unit: str
    part: str
    heading: str
    ordinal: str
    text: str
    passage_id: str
    locator: str


def record_citations(connection: Connection, report: Report, number: int, revision: int) -> None:
    """Keep what a revision cites."""
    rows = [{"report": number, "revision": revision, **row} for row in _cited(report)]
    if rows:
        connection.execute(insert(citations), rows)


def resting_on(connection: Connection, document_id: str, *, every_revision: bool) -> Iterator[dict[str, Any]]:
    """The fields of `CitedSentence`, `report` as a number, in the order of the reports; of their latest revisions only
    unless `every_revision`.
    """
    same = (citations.c.report == revisions.c.report) & (citations.c.revision == revisions.c.revision)
    names = ("part", "heading", "ordinal", "text", "passage_id", "locator")
    query = (
        select(revisions.c.report, revisions.c.revision, revisions.c.title, revisions.c.unit)
        .add_columns(*(citations.c[name] for name in names))
        .join(citations, same)
        .where(citations.c.document_id == document_id)
        .order_by(citations.c.report, citations.c.revision, citations.c.row)
    )
    if not every_revision:
        later = revisions.alias("later")
        newest = select(func.max(later.c.revision)).where(later.c.report == citations.c.report).scalar_subquery()
        query = query.where(citations.c.revision == newest)
    for row in connection.execute(query):
        yield dict(row._mapping)


def _cited(report: Report) -> Iterator[dict[str, str]]:
    for sentence in report.opening:
        yield from _of(sentence, "", "", "")
    for part in report.parts:
        for sentence in part.lead:
            yield from _of(sentence, part.key, part.heading.text, part.ordinal)
        for item in part.items:
            yield from _of_item(item, part.key, part.heading.text, "")


def _of_item(item: Item, part: str, above: str, ordinals: str) -> Iterator[dict[str, str]]:
    heading, ordinal = item.heading.text if item.heading is not None else above, ordinals + item.ordinal
    for sentence in ([item.heading] if item.heading is not None else []) + item.sentences:
        yield from _of(sentence, part, heading, ordinal)
    for inner in item.items:
        yield from _of_item(inner, part, heading, ordinal)


def _of(sentence: Sentence, part: str, heading: str, ordinal: str) -> Iterator[dict[str, str]]:
    place = {"part": part, "heading": heading, "ordinal": ordinal, "text": sentence.text}
    for citation in sentence.citations:
        yield place | citation.model_dump(include={"document_id", "passage_id", "locator"})
