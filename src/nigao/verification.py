"""`verify`: any text held against any sources, with no workspace and no model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from nigao.checks.context import CheckContext
from nigao.checks.finding import Finding
from nigao.checks.running import locate, run_marks
from nigao.checks.sources import Source, TextEvidence
from nigao.report.kinds import DEFAULT_KIND, load_kind
from nigao.report.model import Part, Report, Sentence
from nigao.text.sentences import split_sentences

__all__ = ["Source", "verify"]

# The rules that hold typed sentences against evidence.
_CODES = ("G209", "G220", "G221", "G223", "G224", "G225", "G226", "G227", "G228", "G229", "G231")


def verify(text: str, sources: Source | str | Sequence[Source | str]) -> list[Finding]:
    """What of the text the sources do not bear out, in reading order.

    Looks at figures with their units, dates, 《titles》, 文号, “quoted terms”, names of organisations and people, and
    at what is planned or done, may or must be, is denied or stated. What the sources do not mention is a note (`info`),
    what they contradict a warning with the contradicting words as `evidence`. `line` and `column` count in `text`.
    Words of content are not compared: a sentence without any finding is not thereby true.
    """
    given = [sources] if isinstance(sources, (Source, str)) else list(sources)
    evidence = TextEvidence.of([Source(source) if isinstance(source, str) else source for source in given])
    report = _as_report(text)
    context = CheckContext(kind=load_kind(report.kind), on=dt.date.today(), evidence=evidence)
    return locate(report, run_marks(report, context, _CODES))


def _as_report(text: str) -> Report:
    """The text as the sentences of one nameless part, so that its rendering is the text itself."""
    lead: list[Sentence] = []
    end = 0
    for span in split_sentences(text):
        lead.append(Sentence(text=span.text, gap=text[end : span.start], start=span.start, end=span.end))
        end = span.end
    part = Part(key="text", heading=Sentence(text="", gap=""), lead=lead)
    return Report(kind=DEFAULT_KIND, parts=[part], trailing=text[end:])
