"""Kinds of report (文种结构) as data: one YAML file each, in `kinds/` or in a workspace."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from nigao.errors import KindError
from nigao.text.ordinals import OrdinalForm
from nigao.yamlfile import load_yaml_model, parse_yaml_model

# A longer line is a sentence that happens to hold the words of a heading.
_HEADING_LONGEST = 40
# 存在的问题及原因分析 is about problems; 存在问题的原因分析 is about causes.
_JOINED = re.compile("[及和与、暨]")


class Layout(StrEnum):
    """How a part is built; these three express every kind."""

    PROSE = "prose"
    SUBSECTIONS = "subsections"
    ENUMERATED = "enumerated"


class Content(StrEnum):
    """What a part is made of: the fact sheet, what was done, what is lacking, or what answers another part."""

    FACTS = "facts"
    DOINGS = "doings"
    LACKS = "lacks"
    REMEDIES = "remedies"


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("variants", "extra_parts", "heading_form", "opening_end", check_fields=False)
    @classmethod
    def _is_pattern(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for pattern in (value,) if isinstance(value, str) else value:
            try:
                re.compile(pattern)
            except re.error as exc:
                raise ValueError(f"“{pattern}”不是合法的正则表达式（{exc}）") from None
        return value


class Bounds(_Spec):
    """Inclusive bounds; a missing one does not bind."""

    least: int | None = None
    most: int | None = None

    def holds(self, value: int) -> bool:
        """Whether the value lies within."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        if self.least == self.most:
            return f"{self.least}"
        if self.most is None:
            return f"至少 {self.least}"
        return f"至多 {self.most}" if self.least is None else f"{self.least}—{self.most}"


class PointSpec(_Spec):
    """A point to be written: what it is about, its plain run-in topic sentence, and the words to look for."""

    name: str
    topic: str
    query: str


class Theme(_Spec):
    """What one subsection is about. `words` decide whether a text belongs to it; `{term}` in the heading is a “quoted
    term” that the evidence itself uses.
    """

    key: str
    name: str
    heading: str
    words: tuple[str, ...]
    points: tuple[PointSpec, ...] = ()
    measure_topic: str = ""


class FactSpec(_Spec):
    """A fact expected in a part: its name, other names it goes by, and the clause it makes (`{value}`, `{unit}`).

    A clause that ends in ， joins the next fact's in one sentence.
    """

    name: str
    aliases: tuple[str, ...] = ()
    sentence: str


class PartSpec(_Spec):
    """One part of the kind: heading with accepted variants (regular expressions), layout, content and bounds.

    `item_form` is how its items are numbered; `answers` names the part whose items each item here answers.
    """

    key: str
    heading: str
    variants: tuple[str, ...] = ()
    layout: Layout
    content: Content
    required: bool = True
    lead: str = ""
    count: Bounds = Bounds()
    item_length: Bounds = Bounds()
    heading_form: str = ""
    item_form: OrdinalForm | None = None
    answers: str = ""
    facts: tuple[FactSpec, ...] = ()

    def mentions(self, heading: str) -> list[tuple[int, int]]:
        """Where in a heading (without ordinal and closing mark) words stand that name this part, as offsets."""
        found = [match.span() for variant in self.variants for match in re.finditer(variant, heading)]
        if heading.endswith(self.heading):
            found.append((len(heading) - len(self.heading), len(heading)))
        return found


class Kind(_Spec):
    """A kind of report. `title` and `opening` are templates over the brief's fields."""

    key: str
    name: str
    title: str
    opening: str
    opening_unasked: str
    opening_end: str = r"(?:报告|汇报|分析|说明|总结)如下[。：:]$"
    parts: tuple[PartSpec, ...]
    extra_parts: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    lack_words: tuple[str, ...] = Field(default=())

    @model_validator(mode="after")
    def _is_coherent(self) -> Kind:
        keys = [part.key for part in self.parts]
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        if repeated:
            raise ValueError(f"部分的 key 重复：{'、'.join(repeated)}")
        unknown = sorted({part.answers for part in self.parts if part.answers} - set(keys))
        if unknown:
            raise ValueError(f"answers 指向不存在的部分：{'、'.join(unknown)}")
        return self

    def part(self, key: str) -> PartSpec | None:
        """The part with that key, or None."""
        return next((part for part in self.parts if part.key == key), None)

    def key_of(self, heading: str) -> str:
        """The key of the part that a heading names, or `other`.

        Where a heading holds the words of several, the last counts (对存在问题的整改措施), unless they are joined as
        equals (存在的问题及整改措施): then the first.
        """
        bare = heading.strip().rstrip("。：:；;")
        if len(bare) > _HEADING_LONGEST:
            return "other"
        named = [(*span, part.key) for part in self.parts for span in part.mentions(bare)]
        named += [(*match.span(), "other") for extra in self.extra_parts for match in re.finditer(extra, bare)]
        chosen: tuple[int, int, str] | None = None
        for start, end, key in sorted(named, key=lambda name: (name[0], -name[1])):
            if chosen is None:
                chosen = (start, end, key)
                continue
            overlaps = start < chosen[1]
            longer = end - start > chosen[1] - chosen[0]
            if longer if overlaps else not _JOINED.search(bare[chosen[1] : start]):
                chosen = (start, end, key)
        return chosen[2] if chosen else "other"

    def knows_extra(self, heading: str) -> bool:
        """Whether a heading of no required part is one that real reports of this kind carry (e.g. 原因分析)."""
        return any(re.search(variant, heading) for variant in self.extra_parts)


# The kind of a report that names none.
DEFAULT_KIND = "political-ecology"
_LONGEST_KEY = 60


def builtin_kinds() -> list[str]:
    """Keys of the kinds that ship with nigao."""
    return sorted(f.name.removesuffix(".yaml") for f in _folder().iterdir() if f.name.endswith(".yaml"))


def load_kind(key: str, *, folder: Path | None = None) -> Kind:
    """A kind by key: from `folder` (a workspace's own kinds) first, else built in. Raises KindError."""
    # A key is a file's name, never a path, and no longer than a file's name may be.
    if folder is not None and len(key) <= _LONGEST_KEY and Path(key).name == key and (folder / f"{key}.yaml").is_file():
        return load_yaml_model(folder / f"{key}.yaml", Kind, KindError, "文种结构")
    return _builtin(key)


@cache
def _builtin(key: str) -> Kind:
    if key not in builtin_kinds():
        raise KindError(f"没有文种 {key}", where="kind", fix=f"可用的有：{'、'.join(builtin_kinds())}")
    text = (_folder() / f"{key}.yaml").read_text(encoding="utf-8")
    return parse_yaml_model(text, Kind, KindError, "文种结构", where=f"{key}.yaml")


def _folder() -> resources.abc.Traversable:
    return resources.files("nigao.report") / "kinds"
