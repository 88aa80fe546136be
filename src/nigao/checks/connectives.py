"""G: a sentence that claims to say nothing is one of the kind's own, word for word."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.faithful import unit_names
from nigao.checks.finding import Severity
from nigao.checks.grounding import BRIEF_FIELDS
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.kinds import Kind
from nigao.report.model import Item, Origin, Report, Sentence
from nigao.text.placeholders import has_own_placeholder

# How long a filled-in field may be where no brief tells what it says.
_LONGEST_FIELD = 120


@rule(
    "G214",
    Severity.WARNING,
    "衔接句不是文种规定的句式",
    why="衔接句不附依据，只能用文种的固定句式；写进评价、成效的，要有依据。",
    authority=Authority.PRODUCT,
    bad=Example("各项工作走在全市前列，群众高度评价。（标为衔接句）"),
    good=Example("2025年，市政务办围绕政治建设、组织建设等方面开展工作，有关情况如下。"),
)
def claiming_connective(report: Report, context: CheckContext) -> Iterator[Mark]:
    headings = {id(sentence) for part in report.parts for sentence in _headings(part.items)}
    forms: list[re.Pattern[str]] | None = None
    for sentence in report.sentences():
        if id(sentence) in headings or not _says_nothing(sentence) or has_own_placeholder(sentence.text):
            continue
        forms = forms or _forms(report, context)
        if not any(form.fullmatch(sentence.text) for form in forms):
            advice = "删去，或改为有依据的句子；确需保留的由人工录入"
            yield Mark("这句话没有依据，也不是文种规定的衔接句", sentence, suggestion=advice)


def _headings(items: list[Item]) -> Iterator[Sentence]:
    for item in items:
        if item.heading is not None:
            yield item.heading
        yield from _headings(item.items)


def _says_nothing(sentence: Sentence) -> bool:
    """A connective, or a sentence that rests on no more than the names and the period of the brief."""
    on_names = sentence.origin is Origin.FACT and bool(sentence.facts) and set(sentence.facts) <= set(BRIEF_FIELDS)
    return sentence.origin is Origin.CONNECTIVE or on_names


def _forms(report: Report, context: CheckContext) -> list[re.Pattern[str]]:
    kind = context.kind
    templates = [kind.opening, kind.opening_unasked, *(part.lead for part in kind.parts)]
    for theme in kind.themes:
        templates += [theme.measure_topic, *(point.topic for point in theme.points)]
    fields = _fields(report, context)
    return [_form(template, fields) for template in dict.fromkeys(templates) if template]


def _form(template: str, fields: dict[str, str]) -> re.Pattern[str]:
    """The template with its fields as patterns; one that stands first may be missing together with its comma."""
    pattern = ""
    for literal, name, _, _ in string.Formatter().parse(template):
        # A comma left at the head by an empty field is dropped.
        opens = bool(pattern) and literal[:1] in ("，", "、") and pattern.count("(?:") == 1 and pattern[0] == "("
        pattern += f"{literal[0]}?{re.escape(literal[1:])}" if opens else re.escape(literal)
        if name is not None:
            pattern += fields.get(name, f"(?:[^。！？\n]{{0,{_LONGEST_FIELD}}})")
    return re.compile(pattern)


def _fields(report: Report, context: CheckContext) -> dict[str, str]:
    """A pattern for each field that the brief fills in; a field may also be empty."""
    names = [name for name in unit_names(report, context) if name]
    introduced = [f"{one}（以下简称“{other}”）" for one in names for other in names if one != other]
    fields = {"unit": _any_of(names), "unit_introduced": _any_of([*introduced, *names])} if names else {}
    brief = context.brief
    if brief is not None:
        given = {"asked_by": brief.asked_by, "period": brief.period, "recipient": brief.recipient}
        fields |= {name: _any_of([value]) for name, value in given.items()}
        fields["themes"] = _listed(_theme_names(context.kind, context))
    return fields


def _theme_names(kind: Kind, context: CheckContext) -> list[str]:
    assert context.brief is not None
    asked = context.brief.points.features
    own = [words for features in asked for words in (features.heading, "".join(features.points), *features.points)]
    # A long heading is named by its first clause.
    own += [re.split("[，。]", words, maxsplit=1)[0] for words in own]
    return [theme.name for theme in kind.themes] + own


def _listed(names: list[str]) -> str:
    one = _any_of(names)
    return f"(?:{one}(?:、{one})*)"


def _any_of(values: list[str]) -> str:
    written = sorted({value.strip() for value in values if value.strip()}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, written))})?"
