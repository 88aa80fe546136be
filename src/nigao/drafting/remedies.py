"""Remedies that the corpus gives: what its sections on measures and its ledgers set against a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nigao.corpus.model import Role
from nigao.drafting.candidates import Candidate, candidates, concerns_unit, whole_sentence
from nigao.drafting.desk import Desk, says_the_same, wording
from nigao.drafting.lacks import theme_of
from nigao.drafting.sections import Section, section_of
from nigao.drafting.table_rows import Row, entries, is_closed, ledger_rows
from nigao.report.model import Item
from nigao.report.pairing import SharedWording, item_text
from nigao.retrieval.search import Hit
from nigao.text.stance import is_topic_sentence, records_procedure
from nigao.text.tokens import words

_DEPTH = 40
_NO_STEP = re.compile(
    r"(?:已|均已|已经)[^，。]{0,8}(?:完成|整改到位|办结|解决)|未发现|责任(?:科室|人|单位)：|完成时限|今年以来|实现了|取得了?|至今|仍未|尚未|未完成|不彻底|不到位"
)
# Below the floor a remedy answers nothing; to give steps it must be near the best, or near enough by itself.
_FLOOR = 0.04
_NEAR_BEST = 0.5
_NEAR = 0.2
# A word that more than this share of the remedies use tells nothing of what one is about.
_COMMON = 0.3


@dataclass(slots=True)
class Remedy:
    """What one place of the corpus sets against a problem: a topic sentence where it has one, and the steps.

    `problem` is the problem's own words where the source pairs the two (a ledger row).
    """

    topic: str
    steps: list[Candidate] = field(default_factory=list)
    problem: str = ""

    @property
    def text(self) -> str:
        """All its words, for comparing."""
        return self.problem + self.topic + "".join(step.text for step in self.steps)


def collect_remedies(desk: Desk) -> list[Remedy]:
    """Every remedy that the unit's material in force gives, in a fixed order."""
    hits = desk.search_by_theme("整改措施 下一步 {theme}", _DEPTH, Role.MATERIAL)
    return [remedy for hit in hits for remedy in _remedies_in(hit, desk) if remedy.steps]


def _remedies_in(hit: Hit, desk: Desk) -> Iterator[Remedy]:
    if not concerns_unit(hit.document, desk.brief.unit.names):
        return
    for row in ledger_rows(hit):
        yield from _remedies_in_row(row)
    if section_of(hit.passage, hit.document) in (Section.REMEDIES, Section.BOTH):
        yield from _remedies_in_prose(hit)


def _remedies_in_row(row: Row) -> Iterator[Remedy]:
    if is_closed(row):
        return
    problem = next((cell.text for label, cell in row.items() if "问题" in label), "")
    for label, cell in row.items():
        if "措施" in label:
            yield Remedy("", entries(cell), problem)


def _remedies_in_prose(hit: Hit) -> Iterator[Remedy]:
    """One remedy for each numbered entry or run-in point of a section on measures."""
    remedy: Remedy | None = None
    ordinal = 0
    for candidate in candidates(hit):
        text = candidate.text
        if remedy is None or candidate.ordinal != ordinal or text == candidate.topic:
            if remedy is not None:
                yield remedy
            heads = is_topic_sentence(text)
            remedy, ordinal = Remedy(text if heads else ""), candidate.ordinal
        if text != remedy.topic and whole_sentence(text):
            remedy.steps.append(candidate)
    if remedy is not None:
        yield remedy


def is_step(candidate: Candidate) -> bool:
    """Whether the sentence says what is to be done, not that it was done or is still undone."""
    text = candidate.text
    return len(text) >= 12 and not candidate.leans and not _NO_STEP.search(text) and not records_procedure(text)


class Ranking:
    """Which remedies answer which problem: by the ledger's own pairing, else by the wording they share."""

    def __init__(self, problems: list[Item], remedies: list[Remedy], desk: Desk) -> None:
        self._problems = problems
        self._remedies = remedies
        self._shared = SharedWording([item_text(item) for item in problems] + [remedy.text for remedy in remedies])
        spoken = [set(words(remedy.text)) for remedy in remedies]
        self._common = (
            {word for said in spoken for word in said if sum(word in other for other in spoken) > _COMMON * len(spoken)}
            if len(spoken) > 3
            else set[str]()
        )
        self._themes = [theme_of(remedy.text, desk) for remedy in remedies]
        self._scores = [self._scores_of(problem, desk) for problem in problems]

    def answering(self, problem: Item) -> tuple[list[Remedy], list[Remedy]]:
        """The remedies that answer this problem rather than a sister, best first: those near enough to the best to give
        steps, and all of them."""
        mine = next(i for i, other in enumerate(self._problems) if other is problem)
        scored: list[tuple[float, int, Remedy]] = []
        for place, remedy in enumerate(self._remedies):
            score = self._scores[mine][place]
            if score >= _FLOOR and score >= max(scores[place] for scores in self._scores):
                scored.append((score, -place, remedy))
        scored.sort(key=lambda entry: entry[:2], reverse=True)
        near = [remedy for score, _, remedy in scored if score >= min(_NEAR_BEST * scored[0][0], _NEAR)]
        return near, [remedy for _, _, remedy in scored]

    def _scores_of(self, problem: Item, desk: Desk) -> list[float]:
        """How well each remedy answers the problem, in the remedies' order."""
        text = item_text(problem)
        head = wording((problem.heading or problem.sentences[0]).text)
        theme = theme_of(text, desk)
        # Content: two characters or more, and not a word that every remedy uses.
        content = {word for word in words(text) if len(word) > 1} - self._common
        scores: list[float] = []
        for remedy, other in zip(self._remedies, self._themes, strict=True):
            if remedy.problem and says_the_same(head, [wording(re.split("[。\n]", remedy.problem)[0] + "。")]):
                scores.append(1.0)
            elif not any(word in remedy.text for word in content):
                scores.append(0.0)
            else:
                same_theme = theme is not None and other is not None and theme.key == other.key
                scores.append(self._shared(text, remedy.text) + (0.03 if same_theme else 0.0))
        return scores
