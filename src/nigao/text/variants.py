"""One wording in two forms within a text: “slogans” and 《titles》 that nearly agree, or lost their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nigao.text import lexicon
from nigao.text.phrases import slips
from nigao.text.proofreading.confusables import confusable
from nigao.text.terms import fold

_MARKED = re.compile(r"《(?P<title>[^《》\n]{2,60})》|“(?P<quoted>[^“”\n]{2,40})”")
_SEPARATORS = re.compile("[、，；,;]")
_PLAIN = re.compile(r"[、，；,;：:·\s—-]")
# How far before and after the inserted words two titles must agree.
_LEAST_FRAME = 4
_BARE_LENGTHS = range(6, 31)
# A longer quotation without its marks is the same words in another text.
_LONGEST_SLOGAN = 18
# How many characters a title may have more than another that may be the same.
_WIDEST_GAP = 10


class Difference(StrEnum):
    """In what two forms of a wording differ."""

    MARKS = "标点不同"
    WORDS = "个别字不同"
    OTHER_WORDS = "有一两个字不同"
    ORDER = "次序不同"
    MEMBER = "差一项"
    INSERTED = "差几个字"
    BARE = "没有加标号"


@dataclass(frozen=True, slots=True)
class Variant:
    """The form at `start:end`, and where and how the text has it otherwise."""

    start: int
    end: int
    text: str
    other: str
    other_start: int
    difference: Difference


@dataclass(frozen=True, slots=True)
class Pair:
    """Two forms of a wording, the odd one and the usual one, and where they stand."""

    odd: str
    usual: str
    odd_places: tuple[int, ...]
    usual_places: tuple[int, ...]
    difference: Difference

    @property
    def doubtful(self) -> bool:
        """Whether the two may be two things."""
        return self.difference not in (Difference.MARKS, Difference.WORDS, Difference.ORDER)

    @property
    def clear(self) -> bool:
        """Whether the text has so little doubt of the usual form that the other must be a slip: twice as
        often. Of two terms that differ in a word (数额较大, 数额巨大) neither is a slip, however rare.
        """
        two_things = self.difference in (Difference.OTHER_WORDS, Difference.INSERTED)
        return not two_things and len(self.usual_places) >= 2 * len(self.odd_places)

    def turned(self) -> Pair:
        """The same pair with the other form as the odd one: what an approved document may tell."""
        return Pair(self.usual, self.odd, self.usual_places, self.odd_places, self.difference)

    def variants(self) -> Iterator[Variant]:
        """Every place of the odd form."""
        for place in self.odd_places:
            end = place + len(self.odd)
            yield Variant(place, end, self.odd, self.usual, self.usual_places[0], self.difference)


@dataclass(slots=True)
class _Form:
    """A marked wording and every place of it."""

    text: str
    key: str
    is_title: bool
    places: list[int]
    chars: frozenset[str]


@lru_cache(maxsize=4)
def marked_pairs(text: str) -> tuple[Pair, ...]:
    """“Slogans” and 《titles》 of the text that are another one of it nearly. The odd form is the rarer; of equals the
    one that lacks something, else the later.

    Two that stand in one sentence are two things that the writer tells apart.
    """
    forms = sorted(_forms(text), key=lambda form: (form.is_title, len(form.key)))
    found: list[Pair] = []
    for i, one in enumerate(forms):
        for other in forms[i + 1 :]:
            if one.is_title is not other.is_title or len(other.key) - len(one.key) > _WIDEST_GAP:
                break
            difference = _difference(one, other) or _half(text, one, other)
            if difference is not None and not _together(text, one, other):
                found.append(_pair(one, other, difference))
    return tuple(found)


def marked_variants(text: str) -> tuple[Variant, ...]:
    """Every place of the odd forms of `marked_pairs`."""
    return tuple(variant for pair in marked_pairs(text) for variant in pair.variants())


def _forms(text: str) -> list[_Form]:
    forms: dict[str, _Form] = {}
    for match in _MARKED.finditer(text):
        inner = match["title"] or match["quoted"]
        if match.group() not in forms:
            key = fold(inner)
            forms[match.group()] = _Form(match.group(), key, match["title"] is not None, [], frozenset(key))
        forms[match.group()].places.append(match.start())
    return list(forms.values())


def _difference(one: _Form, other: _Form) -> Difference | None:
    """How two forms (the shorter first) differ, or None where they are two wordings."""
    gap = len(other.key) - len(one.key)
    if one.is_title and gap >= 2 and _inserted(one.key, other.key):
        return Difference.INSERTED
    if one.key != other.key and gap <= 2 and len(one.chars ^ other.chars) <= 4:
        if _PLAIN.sub("", one.key) == _PLAIN.sub("", other.key):
            return Difference.MARKS if len(one.key) > 3 else None
        if len(one.key) == len(other.key) and _members(one) == _members(other) is not None:
            return Difference.ORDER
        if slips(one.key, other.key):
            return Difference.WORDS if one.is_title or _mistyped(one.key, other.key) else Difference.OTHER_WORDS
        if _lost_character(one, other):
            return Difference.OTHER_WORDS
    less = not one.is_title and gap >= 2 and one.chars <= other.chars and _one_member_less(one.key, other.key)
    return Difference.MEMBER if less else None


def _mistyped(one: str, other: str) -> bool:
    """Whether the slip is one of typing: a character lost, or two changed places, or one for another of its sound or
    shape. “数额较大” and “数额巨大” are two terms.
    """
    changed = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or sorted(one) == sorted(other):
        return True
    return all(b in confusable(a) for a, b in changed)


def _lost_character(one: _Form, other: _Form) -> bool:
    """“三会一” for “三会一课”: too short for `slips`, but no word of its own and rarer."""
    if one.is_title or len(other.key) != len(one.key) + 1 or len(one.places) > len(other.places):
        return False
    less = any(other.key[:i] + other.key[i + 1 :] == one.key for i in range(len(other.key)))
    return less and len(one.key) > 2 and lexicon.count(one.key) == 0


def _members(form: _Form) -> tuple[str, ...] | None:
    members = _SEPARATORS.split(form.key)
    return tuple(sorted(members)) if len(members) > 1 else None


def _one_member_less(shorter: str, longer: str) -> bool:
    few, many = _SEPARATORS.split(shorter), _SEPARATORS.split(longer)
    if len(many) < 3 or len(many) != len(few) + 1:
        return False
    return any(many[:i] + many[i + 1 :] == few for i in range(len(many)))


def _inserted(shorter: str, longer: str) -> bool:
    """Whether the longer title is the shorter with some words put into its middle."""
    if not (longer.startswith(shorter[:_LEAST_FRAME]) and longer.endswith(shorter[-_LEAST_FRAME:])):
        return False
    head = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    tail = len(shorter) - head
    return head >= _LEAST_FRAME and tail >= _LEAST_FRAME and longer.endswith(shorter[head:])


def _together(text: str, one: _Form, other: _Form) -> bool:
    for a in one.places:
        for b in other.places:
            first, second = min(a, b), max(a, b)
            if second - first < 200 and not re.search("[。；\n]", text[first:second]):
                return True
    return False


def _pair(one: _Form, other: _Form, difference: Difference) -> Pair:
    """`one` is the shorter."""
    if len(one.places) != len(other.places):
        odd, usual = sorted((one, other), key=lambda form: len(form.places))
    elif difference in (Difference.MEMBER, Difference.INSERTED):
        odd, usual = one, other
    else:
        usual, odd = sorted((one, other), key=lambda form: form.places[0])
    return Pair(odd.text, usual.text, tuple(odd.places), tuple(usual.places), difference)


def _half(text: str, one: _Form, other: _Form) -> Difference | None:
    """“双随机” for “双随机、一公开”: one of two members, more rarely and with the same words behind it."""
    if one.is_title or len(one.places) >= len(other.places) or one.key not in _members_of(other.key, 2):
        return None
    behind = [{text[at + len(form.text) :][:2] for at in form.places} for form in (one, other)]
    alike = all(re.match("[一-鿿]{2}", words) for words in behind[0]) and behind[0] <= behind[1]
    return Difference.MEMBER if alike else None


def _members_of(key: str, count: int) -> list[str]:
    members = _SEPARATORS.split(key)
    return members if len(members) == count else []


def bare_variants(text: str) -> Iterator[Variant]:
    """Slogans of several members, and titles, that the text elsewhere writes with their marks."""
    forms = [form for form in _forms(text) if _has_own_marks(form)]
    if not forms:
        return
    inside = [match.span() for match in _MARKED.finditer(text)]
    for form in forms:
        bare = form.text[1:-1]
        start = text.find(bare)
        while start >= 0:
            end = start + len(bare)
            marked = any(a <= start and end <= b for a, b in inside)
            if not marked and _stands_alone(text, start, end) and _goes_on_alike(text, end, form):
                yield Variant(start, end, bare, form.text, form.places[0], Difference.BARE)
            start = text.find(bare, end)


def _has_own_marks(form: _Form) -> bool:
    """A slogan of one member may be plain words elsewhere; a title may not."""
    length = len(form.text) - 2
    return length in _BARE_LENGTHS and (form.is_title or ("、" in form.text and length <= _LONGEST_SLOGAN))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the words are no heading of their own and no part of a longer name."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    return "。" in line and text[end : end + 1] not in tuple("》”")


def _goes_on_alike(text: str, end: int, form: _Form) -> bool:
    """Whether the words end there, or what follows them follows the marked form too: 指标体系 is no 《指标》."""
    following = text[end : end + 1]
    if not re.match("[一-鿿]", following) or following in "的和与及等":
        return True
    return any(text[place + len(form.text) :][:1] == following for place in form.places)
