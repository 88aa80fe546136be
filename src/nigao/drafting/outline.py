"""What is to be written, part by part: planned from the brief where it speaks, else from the kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.report.brief import Brief
from nigao.report.kinds import Content, Kind, PartSpec, Theme


@dataclass(frozen=True, slots=True)
class PointPlan:
    """One point: what it is about, words to look for, the brief's own wording where it gave one, and the plain topic
    sentence else.
    """

    name: str
    query: str
    asked: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One subsection. `heading` is the brief's own; `theme` the kind's, deciding what belongs here."""

    theme: Theme
    heading: str = ""
    points: tuple[PointPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """One item that the brief asks for in an enumerated part; `addresses` as the brief gives them."""

    text: str
    addresses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One part to write, in the order of the kind."""

    spec: PartSpec
    sections: tuple[SectionPlan, ...] = ()
    asked: tuple[AnswerPlan, ...] = ()


def plan_report(brief: Brief, kind: Kind, only: str = "") -> list[PartPlan]:
    """The parts to write; with `only`, that part and those it answers."""
    wanted = _with_answered(kind, only) if only else {spec.key for spec in kind.parts}
    return [_plan_part(brief, kind, spec) for spec in kind.parts if spec.key in wanted]


def _with_answered(kind: Kind, key: str) -> set[str]:
    spec = kind.part(key)
    return {key} | (_with_answered(kind, spec.answers) if spec is not None and spec.answers else set())


def _plan_part(brief: Brief, kind: Kind, spec: PartSpec) -> PartPlan:
    points = brief.points
    if spec.content is Content.DOINGS:
        return PartPlan(spec, sections=_sections(brief, kind))
    if spec.content is Content.LACKS:
        return PartPlan(spec, asked=tuple(AnswerPlan(text) for text in points.problems))
    if spec.content is Content.REMEDIES:
        return PartPlan(spec, asked=tuple(AnswerPlan(m.text, tuple(m.addresses)) for m in points.measures))
    return PartPlan(spec, asked=tuple(AnswerPlan(text) for text in points.basics))


def _sections(brief: Brief, kind: Kind) -> tuple[SectionPlan, ...]:
    asked = brief.points.features
    if not asked:
        return tuple(_kind_section(theme) for theme in kind.themes)
    sections: list[SectionPlan] = []
    free = list(kind.themes)
    for features in asked:
        words = features.heading + "".join(features.points)
        theme = nearest_theme(words, free) or own_theme(features.heading, features.points)
        if theme in free:
            free.remove(theme)
        plans = tuple(
            PointPlan(name=point.rstrip("。"), query=query_words(point), asked=as_topic(point))
            for point in features.points
        )
        plans = plans or _kind_points(theme)
        plans = plans or (PointPlan(name=theme.name, query=query_words(features.heading)),)
        sections.append(SectionPlan(theme, heading=features.heading, points=plans))
    return tuple(sections)


def _kind_section(theme: Theme) -> SectionPlan:
    return SectionPlan(theme, points=_kind_points(theme))


def _kind_points(theme: Theme) -> tuple[PointPlan, ...]:
    return tuple(PointPlan(name=point.name, query=point.query, topic=point.topic) for point in theme.points)


def nearest_theme(text: str, themes: Sequence[Theme]) -> Theme | None:
    """The theme whose words the text uses most (the first of equals), or None where it uses none."""
    scores = [(sum(word in text for word in theme.words), -i) for i, theme in enumerate(themes)]
    best = max(scores, default=(0, 0))
    return themes[-best[1]] if best[0] > 0 else None


def own_theme(heading: str, points: list[str]) -> Theme:
    """A theme made of the brief's own words, for a heading that the kind has no theme for."""
    words = tuple(dict.fromkeys(word for text in (heading, *points) for word in query_words(text).split()))
    return Theme(key=heading or "own", name=heading or "".join(points), heading=heading, words=words)


def query_words(text: str) -> str:
    """The words of two characters or more that a text is searched by, with blanks between; else the text itself."""
    from nigao.text.tokens import words

    return " ".join(word for word in dict.fromkeys(words(text)) if len(word) > 1) or text


def as_topic(text: str) -> str:
    """The brief's wording of a point as a topic sentence, closed by 。"""
    return re.sub(r"[。；，：:;,.\s]+$", "", text) + "。"
