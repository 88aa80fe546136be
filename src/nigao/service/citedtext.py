"""A report's text with a mark behind every sentence that cites: [1][2], and what each mark stands for."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import Field

from nigao.report.model import Citation, Report
from nigao.report.render import pieces
from nigao.report.sources import titled
from nigao.views.view import View


class CitationView(View):
    """What a mark stands for: a passage, and those of its words that the marked sentences rest on, a line for each."""

    marker: int = Field(examples=[1])
    passage_id: str
    document_id: str
    title: str = Field(examples=["2025年工作总结"])
    locator: str = Field(examples=["二（一）第2段"])
    quote: str

    @property
    def line(self) -> str:
        """The mark as explained below a text."""
        cited = Citation(
            passage_id=self.passage_id, document_id=self.document_id, title=self.title, locator=self.locator
        )
        return f"[{self.marker}] {titled(cited)}"


@dataclass(slots=True)
class CitedText:
    """`pieces` are the text, a sentence each; joined they are all of it."""

    pieces: list[str] = field(default_factory=list)
    citations: list[CitationView] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)


def cited_text(report: Report) -> CitedText:
    """The report's text with its marks, numbered by passage as they first come."""
    made = CitedText()
    known: dict[str, CitationView] = {}
    for piece in pieces(report):
        citations = piece.sentence.citations if piece.sentence is not None else []
        marks = dict.fromkeys(f"[{_noted(one, known)}]" for one in citations)
        made.pieces.append(piece.gap + piece.text + "".join(marks))
    made.citations = list(known.values())
    return made


def _noted(citation: Citation, known: dict[str, CitationView]) -> int:
    """The mark of a citation, its passage and quote taken down."""
    view = known.get(citation.passage_id)
    if view is None:
        view = CitationView(marker=len(known) + 1, **citation.model_dump())
        known[citation.passage_id] = view
    elif citation.quote and citation.quote not in view.quote.split("\n"):
        view.quote = "\n".join(filter(None, (view.quote, citation.quote)))
    return view.marker
