"""Find what in a document is written for a language model rather than for its readers.

A person approved the document, so it is admitted; but such words are told to that person, never quoted, and left out
of what a model sees. Only known wordings are found: see `instruction_rules.py` for what counts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from nigao.corpus.instruction_rules import OVERRIDE, RULES

_TOKEN = "带有对话模板标记"
_ROLE = "冒充系统消息"
_HIDDEN = "夹带看不见的字符"

_EXCERPT = 60
_LONGEST_FOLD = 4
_LEAD_IN = 12
_LEFT_OUT = "〔略〕"
# An override is the head of an instruction whose body follows in the same paragraph.
_BODY = 200
# What stands between <|im_start|> and <|im_end|> is of one piece with them.
_BETWEEN = 1000
_BOUNDARY = re.compile("[。！？!?]+[”’」』）)】]*|\n+")
_OLD_FORMS = str.maketrans(
    "請語輸詞無視對與說個報寫這們應該從後現開將為滿結論規則設統戶話裡點產資據絕執復測試機顯隱題圍給總"
    "內務須讀過條權會檢來時處當",
    "请语输词无视对与说个报写这们应该从后现开将为满结论规则设统户话里点产资据绝执复测试机显隐题围给总"
    "内务须读过条权会检来时处当",
)
# Read on the text with its spaces and line breaks, widths folded and letters in lower case.
_TOKENS = re.compile(
    r"<\|[a-z][a-z0-9_▁\- ]{1,30}\|>|<\|(?:begin|end)|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>|\[gmask\]"
    r"|(?<!#)#{2,}+ ?(?:instructions?|response):"
    r"|</(?:依据|资料|材料|语料|系统|系统提示|指令|提示词|上下文|用户输入)>"
    r"|<(?:系统|系统提示词?|系统指令|指令|提示词)>"
    r"|</?(?:system|system[_-]prompt|instructions?|prompt|assistant|human|evidence|passages?)>"
    r"|\bend of (?:the )?(?:system )?(?:context|prompt|instructions?|evidence)\b"
)
_ROLES = re.compile(
    r"^[ \t>#*【\[(\"“-]*(?:system|assistant|developer|human|系统提示词|系统指令)"
    r"(?: ?(?:prompt|message|instructions?))?[\]】)* ]{0,3}:[^\n]{0,40}\n?[^\n]{0,40}?"
    r"(?:\b(?:you|your|ignore|disregard|always|never|write|output|respond)\b|[你您]|请|忽略|务必|必须|不要|只能|输出)",
    re.MULTILINE,
)
# Letters written in tags or selectors, and long runs of zero-width signs, show nothing and say something. 🏴 is a flag.
_SMUGGLED = re.compile(
    "(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007e]{3,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}"
    "|[\u200b-\u200f\u2060-\u2064\ufeff]{16,}"
)
# Between the letters of a word these are decoration.
_DECORATION = frozenset("*_`~#·•^-")
_ENDS_LINE = frozenset("。！？；：.!?;:")
_DROPPED = re.compile(f"[^\\S\n]|[{re.escape(''.join(sorted(_DECORATION)))}]")
_BROKEN_OFF = re.compile(f"(?<![{''.join(sorted(_ENDS_LINE))}])\n")


@dataclass(frozen=True, slots=True)
class Instruction:
    """Text at characters `start:end` that addresses a model: whole sentences, at least.

    `excerpt` is fit to be shown on one line (some 60 characters); `why` is Chinese.
    """

    start: int
    end: int
    excerpt: str
    why: str


def find_instructions(text: str) -> list[Instruction]:
    """Every stretch of the text that addresses a model or the drafting itself, in order, none overlapping.

    Widths, case, old characters, spaces, line breaks and invisible characters hide nothing. Linear in the length.
    """
    hits = sorted(_hits(text))
    if not hits:
        return []
    found: list[Instruction] = []
    for start, end, hit in _merged(_widened(text, hits)):
        found.append(Instruction(start, end, _excerpt(text, start, end, hit.start), hit.why))
    return found


def looks_like_instruction(sentence: str) -> bool:
    """Whether the sentence, taken by itself, addresses a model."""
    return next(_hits(sentence), None) is not None


def without_instructions(text: str) -> str:
    """The text with `〔略〕` for everything that `find_instructions` finds: what a model may be shown."""
    kept: list[str] = []
    place = 0
    for found in find_instructions(text):
        kept += [text[place : found.start], _LEFT_OUT]
        place = found.end
    return "".join([*kept, text[place:]])


class _Hit(NamedTuple):
    start: int
    end: int
    why: str


@dataclass(slots=True)
class _Folded:
    """Characters as the rules read them; `origin[i]` is where the i-th stood, `lines` where a line begins."""

    text: str
    origin: list[int]
    lines: set[int] = field(default_factory=set)

    def hit(self, match: re.Match[str], why: str) -> _Hit:
        return _Hit(self.origin[match.start()], self.origin[match.end() - 1] + 1, why)


class _Folds(dict[str, str]):
    """What each character is read as; filled as characters turn up."""

    def __missing__(self, char: str) -> str:
        folded = "".join(c for c in unicodedata.normalize("NFKC", char) if not _invisible(c))
        # A sign that stands for a whole sentence is left as it is: a text of them would grow many times over.
        folded = folded if len(folded) <= _LONGEST_FOLD else char
        self[char] = folded = folded.lower().translate(_OLD_FORMS)
        return folded


def _invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Mn", "Me") or char in "\u115f\u1160\u3164"


_folds = _Folds()


class _FoldTable(dict[int, str]):
    """The same for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folds[chr(code)]
        return folded


_fold_table = _FoldTable()


def _hits(text: str) -> Iterator[_Hit]:
    """What the rules match, each with its place in the text; in no order."""
    if not _suspected(text):
        return
    for match in _SMUGGLED.finditer(text):
        yield _Hit(match.start(), match.end(), _HIDDEN)
    plain = _folded(text)
    for pattern, why in ((_TOKENS, _TOKEN), (_ROLES, _ROLE)):
        for match in pattern.finditer(plain.text):
            yield plain.hit(match, why)
    # A line may end a clause (a heading) or break one off (a narrow column); one line reads the same both ways.
    views = [_squeezed(plain, joined=False)]
    if "\n" in plain.text:
        views.append(_squeezed(plain, joined=True))
    for squeezed in views:
        for rule in RULES:
            for match in rule.pattern.finditer(squeezed.text):
                if rule.guard is None or rule.guard(squeezed.text, squeezed.lines, match):
                    yield squeezed.hit(match, rule.why)


def _suspected(text: str) -> bool:
    """Whether any rule matches at all, its guard not asked: the views below, made without places and quickly.

    Nearly every document ends here.
    """
    plain = text.translate(_fold_table)
    squeezed = _DROPPED.sub("", plain)
    views = [squeezed, _BROKEN_OFF.sub("", squeezed)]
    return (
        _SMUGGLED.search(text) is not None
        or any(pattern.search(plain) for pattern in (_TOKENS, _ROLES))
        or any(rule.pattern.search(view) for view in dict.fromkeys(views) for rule in RULES)
    )


def _folded(text: str) -> _Folded:
    """Width, case and old characters folded, invisible characters out; white space stays."""
    chars: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for folded in _folds[char]:
            chars.append(folded)
            origin.append(place)
    return _Folded("".join(chars), origin)


def _squeezed(plain: _Folded, *, joined: bool) -> _Folded:
    """White space and decoration out too. `joined`: line breaks are out as well, save where a sentence ended before."""
    squeezed = _Folded("", [], {0})
    chars: list[str] = []
    for char, place in zip(plain.text, plain.origin, strict=True):
        if char == "\n":
            if not joined or (chars and chars[-1] in _ENDS_LINE):
                chars.append(char)
                squeezed.origin.append(place)
            squeezed.lines.add(len(chars))
        elif not (char.isspace() or char in _DECORATION):
            chars.append(char)
            squeezed.origin.append(place)
    squeezed.text = "".join(chars)
    return squeezed


def _widened(text: str, hits: list[_Hit]) -> Iterator[tuple[int, int, _Hit]]:
    """Whole sentences around the hits; an override with what follows it, tokens with what is between them."""
    starts, ends = _sentence_bounds(text)
    token_start, token_end = 0, -_BETWEEN
    for hit in hits:
        start = starts[bisect_right(starts, hit.start) - 1]
        end = ends[bisect_left(ends, hit.end)]
        if hit.why == OVERRIDE:
            line_end = text.find("\n", end, end + _BODY)
            end = line_end if line_end >= 0 else ends[bisect_left(ends, min(end + _BODY, len(text)))]
        elif hit.why == _TOKEN:
            start = token_start if hit.start - token_end < _BETWEEN else start
            token_start, token_end = start, hit.end
        yield start, end, hit


def _sentence_bounds(text: str) -> tuple[list[int], list[int]]:
    starts, ends = [0], []
    for boundary in _BOUNDARY.finditer(text):
        ends.append(boundary.start() if boundary.group().startswith("\n") else boundary.end())
        starts.append(boundary.end())
    return starts, [*ends, len(text)]


def _merged(spans: Iterator[tuple[int, int, _Hit]]) -> list[tuple[int, int, _Hit]]:
    """Overlapping spans as one, with the reasons of all and the place of the first hit."""
    merged: list[tuple[int, int, _Hit]] = []
    for start, end, hit in sorted(spans):
        if merged and start < merged[-1][1]:
            before, until, first = merged[-1]
            why = first.why if hit.why in first.why else f"{first.why}；{hit.why}"
            merged[-1] = (before, max(until, end), first._replace(why=why))
        else:
            merged.append((start, end, hit))
    return merged


def _excerpt(text: str, start: int, end: int, hit: int) -> str:
    """The span on one line, from near the hit where the sentence is long."""
    begin = start if hit - start <= _EXCERPT // 2 else hit - _LEAD_IN
    shown = "".join(_shown(char) for char in text[begin : min(end, begin + 4 * _EXCERPT)])
    shown = " ".join(shown.split())
    cut = shown[:_EXCERPT] + ("…" if len(shown) > _EXCERPT else "")
    return ("…" if begin > start else "") + cut or "看不见的字符"


def _shown(char: str) -> str:
    """The character as it may be printed; a letter written as a tag as that letter."""
    if "\U000e0020" <= char <= "\U000e007e":
        return chr(ord(char) - 0xE0000)
    return "" if _invisible(char) or (unicodedata.category(char) in ("Cc", "Cs") and not char.isspace()) else char
