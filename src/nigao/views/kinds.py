"""Kinds of report as JSON."""

from __future__ import annotations

from pydantic import Field

from nigao.report.kinds import Kind
from nigao.views.view import View


class KindPartView(View):
    """One part of a kind. `layout` is prose (成段), subsections (分节) or enumerated (一是、二是)."""

    key: str = Field(examples=["features"])
    heading: str = Field(examples=["主要特征"])
    layout: str = Field(examples=["subsections"])


class KindView(View):
    """A kind of report with its parts in order."""

    key: str = Field(examples=["political-ecology"])
    name: str
    parts: list[KindPartView]


def kind_view(kind: Kind) -> KindView:
    """A kind as far as its users need to know it."""
    parts = [KindPartView(key=part.key, heading=part.heading, layout=part.layout.value) for part in kind.parts]
    return KindView(key=kind.key, name=kind.name, parts=parts)
