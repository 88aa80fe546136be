"""Breaking a long title into lines of a trapezoid or a diamond without cutting a word (GB/T 9704—2012, 7.3.1)."""

from __future__ import annotations

import itertools
import math
import re
import string
import unicodedata

from nigao.text.tokens import words

# 20 characters of 22 pt fill the line; one fewer leaves room for fonts that run wide.
MAX_WIDTH = 19.0
_MAX_LINES = 4
# A line neither begins with these (closing marks, and words that lean on what stands before) …
_NOT_FIRST = "、，。；：！？”’）》〉】…的之等"
# … nor ends with these (opening marks, words that lean on what follows, a number without its unit).
_NOT_LAST = "“‘（《〈【和与及暨或在对向于将把被"
_HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff]+")
_STRETCH = re.compile(rf"{_HAN.pattern}|[A-Za-z0-9.%-]+|.")
_NARROW = frozenset(("Na", "N", "H"))
_LEANING_WORDS = ("关于", "贯彻", "落实", "贯彻落实", "开展", "推进")
_NAME_TAILS = ("委员会", "办公室", "管理局", "执法局", "领导小组", "人民政府", "市", "县", "区", "局")
_PAIRS = {"《": "》", "“": "”", "（": "）"}


def title_lines(title: str, max_width: float = MAX_WIDTH) -> list[str]:
    """The title as lines from top to bottom; joined they are the title.

    `max_width` is in full-width characters. Line breaks already in the title are the author's choice and are kept. A
    single word longer than a line stays whole on a line of its own.
    """
    own_lines = [line.strip() for line in title.splitlines() if line.strip()]
    if len(own_lines) > 1:
        return own_lines
    text = own_lines[0] if own_lines else ""
    if display_width(text) <= max_width:
        return [text] if text else []
    breaks = _break_points(text)
    fewest = math.ceil(display_width(text) / max_width)
    best: list[str] = []
    # One line more than needed may read better; a good break is worth it.
    for count in (fewest, fewest + 1):
        if count > _MAX_LINES:
            break
        layouts = (_cut(text, chosen) for chosen in itertools.combinations(breaks, count - 1))
        fitting = [lines for lines in layouts if all(display_width(line) <= max_width for line in lines)]
        best = min([best, *fitting] if best else fitting, key=lambda lines: _cost(lines, max_width), default=best)
    return best or _greedy(text, breaks, max_width)


def display_width(text: str) -> float:
    """Width of the text in full-width characters; a Latin letter or a digit is half of one."""
    return sum(0.5 if unicodedata.east_asian_width(char) in _NARROW else 1.0 for char in text)


def has_shape(widths: list[float]) -> bool:
    """Strictly growing or shrinking (a trapezoid), or growing and then shrinking (a diamond)."""
    steps = [second - first for first, second in itertools.pairwise(widths)]
    if any(step == 0 for step in steps):
        return False
    signs = [step > 0 for step in steps]
    return signs == sorted(signs, reverse=True)


def cut_words(lines: list[str]) -> list[str]:
    """The words that the line breaks of a title cut in two."""
    text = "".join(lines)
    breaks = set(itertools.accumulate(len(line) for line in lines[:-1]))
    cut: list[str] = []
    start = 0
    for word in _words(text):
        if len(word) > 1 and any(start < at < start + len(word) for at in breaks):
            cut.append(word)
        start += len(word)
    return cut


def _break_points(text: str) -> list[int]:
    """Offsets between two words where a line may end."""
    offsets = list(itertools.accumulate(len(word) for word in _words(text)))[:-1]
    return [at for at in offsets if text[at] not in _NOT_FIRST and text[at - 1] not in _NOT_LAST + string.digits]


def _words(text: str) -> list[str]:
    """The whole text cut into words; a number or a Latin word is one, any other mark stands alone."""
    found: list[str] = []
    for stretch in _STRETCH.findall(text):
        lengths = [len(word) for word in words(stretch)] if _HAN.match(stretch) else [len(stretch)]
        # The tokenizer folds rare compatibility characters; where that changes lengths the stretch stays whole.
        ends = list(itertools.accumulate(lengths)) if sum(lengths) == len(stretch) else [len(stretch)]
        found += [stretch[start:end] for start, end in itertools.pairwise([0, *ends])]
    return found


def _cut(text: str, offsets: tuple[int, ...]) -> list[str]:
    bounds = (0, *offsets, len(text))
    return [text[start:end] for start, end in itertools.pairwise(bounds)]


def _cost(lines: list[str], max_width: float) -> float:
    """How far the lines are from a good title: shape first, then what the breaks separate, then balance."""
    widths = [display_width(line) for line in lines]
    cost = 0.0 if has_shape(widths) else 100.0
    cost += 4.0 * len(lines)
    cost += sum(_break_cost(before, after) for before, after in itertools.pairwise(lines))
    cost += sum(max(0.0, max_width / 3 - width) * 4 for width in widths)
    steps = [abs(first - second) for first, second in itertools.pairwise(widths)]
    # A step of about four characters shows the shape; a much larger one leaves a stump.
    return cost + sum(abs(step - 4) for step in steps) / 2


def _break_cost(before: str, after: str) -> float:
    """What is lost by breaking here: a quotation torn apart, a name cut from its tail; 关于 is the natural joint."""
    cost = sum(20.0 for left, right in _PAIRS.items() if before.count(left) > before.count(right))
    cost += 6.0 if after.startswith(_NAME_TAILS) else 0.0
    cost += 6.0 if before.endswith(_LEANING_WORDS) else 0.0
    return cost - (8.0 if after.startswith("关于") else 0.0)


def _greedy(text: str, breaks: list[int], max_width: float) -> list[str]:
    """Lines filled from the top, for a title too long or too unbroken to be shaped."""
    chosen: list[int] = []
    start = 0
    for at, after in itertools.pairwise([*breaks, len(text)]):
        if display_width(text[start:after]) > max_width:
            chosen.append(at)
            start = at
    return _cut(text, tuple(chosen))
