"""One turn being read: its words, its places and what they may mean. The parts of the grammar share it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from nigao.chat.commands import Command
from nigao.chat.reading.manners import core
from nigao.chat.reading.mentions import Mention, Spotter, Step
from nigao.chat.reading.naming import Named
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.resolving import Meant, Resolver, children, count_sentences
from nigao.chat.reading.said import Said
from nigao.chat.reading.scene import Scene
from nigao.chat.reading.skeleton import Skeleton, Slot
from nigao.errors import NotFoundError
from nigao.report.places import OPENING, TITLE, Place, find_item, find_part, find_sentence, sentences_at

Way = tuple[Meant, ...]


class Turn:
    """What was said over a scene. `text` is the skeleton of the wish itself, its manners taken off."""

    def __init__(self, typed: str, scene: Scene) -> None:
        self.scene = scene
        whole = Said(typed)
        self.manners = core(whole)
        self.typed = typed.strip()
        self.said = Said(whole.verbatim(self.manners.start, self.manners.end))
        self.named = Named(scene)
        self.skeleton = Skeleton(self.said, Spotter(scene))
        self.text = self.skeleton.text

    @cached_property
    def plain(self) -> str:
        """The folded words of the wish."""
        return self.said.plain

    def ways(self, mentions: Sequence[Mention]) -> tuple[list[Way], str]:
        """Every way to read the mentions, and why there is none."""
        resolver = Resolver(self.scene)
        return resolver.ways(mentions), resolver.why

    def quoted(self, slot: Slot) -> Mention | None:
        """The place that a quotation alone names, where it names any."""
        places = self.named.quoted(self.said.plain[slot.start + 1 : slot.end - 1])
        return Mention(slot.start, slot.end, (Step("any", "named", places=places),)) if places else None

    def decided(self, ways: Iterable[Way], build: Callable[[Way], Command | None], why: str = "") -> Outcome:
        """The command that every way to read the places comes to, or a question with those that it may be."""
        commands = list(dict.fromkeys(command for way in ways for command in [build(way)] if command is not None))
        if len(commands) == 1 and not why:
            return Outcome.of(commands[0])
        if commands:
            return Outcome.asking(why or "说的可能是几个地方，请说明是哪一处", commands)
        return Outcome.asking(why or "没有明白说的是哪一处")

    def length(self, place: Place) -> int:
        """Characters of the text at a place; 0 where there is none."""
        report = self.scene.report
        if report is None:
            return 0
        try:
            there = sentences_at(report, place)
        except NotFoundError:
            return 0
        return sum(len(sentence.text) for sentence in there)

    def texts(self, place: Place) -> list[str]:
        """The text at a place, headings included; nothing where it is not there."""
        report = self.scene.report
        if report is None:
            return []
        try:
            if place.sentence is not None:
                return [find_sentence(report, place).text]
            found = [sentence.text for sentence in sentences_at(report, place)]
            if not place.part:
                found += [part.heading.text for part in report.parts] + ([report.title.text] if report.title else [])
            elif place.part not in (TITLE, OPENING):
                heading = find_item(report, place).heading if place.item else find_part(report, place).heading
                found += [heading.text] if heading is not None else []
        except NotFoundError:
            return []
        return found

    def sentences(self, place: Place) -> int:
        """How many sentences a place has."""
        return count_sentences(self.scene.report, place) if self.scene.report is not None else 0

    def children(self, place: Place) -> list[Place]:
        """The items directly below a place."""
        return children(self.scene.report, place) if self.scene.report is not None else []
