"""Safe fixes of the typography rules: they settle, leave nothing of what they fix, and touch no Chinese character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nigao.text import listing, mixedstyle, numeralstyle, ordinalmarks, pairs, punctuation, spacing
from nigao.text.faults import HAN, Fault, apply_fixes, visible

FINDERS: tuple[Callable[[str], Iterable[Fault]], ...] = (
    punctuation.half_width,
    punctuation.straight_quotes,
    punctuation.ellipses,
    punctuation.dashes,
    punctuation.doubled,
    punctuation.misplaced,
    listing.between_closed,
    listing.before_and,
    listing.before_etc,
    pairs.unpaired,
    pairs.nested,
    spacing.spaces,
    spacing.figure_spaces,
    ordinalmarks.ordinal_marks,
    numeralstyle.rough_numbers,
    numeralstyle.doubly_rough,
    numeralstyle.ranges,
    numeralstyle.hyphen_ranges,
    numeralstyle.mixed_digits,
    numeralstyle.year_zeros,
    numeralstyle.padded_dates,
    numeralstyle.loose_dates,
    numeralstyle.bare_decimals,
    numeralstyle.wide_characters,
    numeralstyle.document_numbers,
    mixedstyle.mixed_signs,
)
# A fix may uncover another slip; a dozen rounds are far more than any text needs.
_ROUNDS = 12
_PIECES = st.sampled_from(
    [
        *"档案查阅安全全年完成第一二三四年月日号等和，。、；：！？“”‘’（）《》〔〕",
        *"()[]\"',.;:?!-—～…%％ \u30000159２Ａx\n",
        "二零二五年",
        "2025年09月07日",
        "云档发[2025]05号",
        "20-30%",
        "5-10名",
        "三、四十",
        "（一）、",
        "一是、",
        "1、",
        "第一、",
        "……",
        "--",
        "。。",
        "【待补：编制数】",
        "www.example.cn/a,b",
    ]
)
TEXTS = st.lists(_PIECES, max_size=40).map("".join)


def faults(text: str) -> list[Fault]:
    return [fault for find in FINDERS for fault in find(text)]


def settled(text: str) -> str:
    """The text after safe fixes, round after round."""
    for _ in range(_ROUNDS):
        fixed = apply_fixes(text, faults(text))
        if fixed == text:
            return text
        text = fixed
    raise AssertionError(f"没有稳定下来：{text!r}")


def han(text: str) -> str:
    # 〇 is the zero that a ○ or an O was meant to be.
    return "".join(re.findall(f"[{HAN}]", text)).replace("〇", "")


@given(TEXTS)
@settings(max_examples=300)
@example("全年完成，、移交。。其中(含电子档案)一批.")
@example("“a“b”c”、“d”")
@example("“【待补：甲】”、“乙”、“丙”'【待补：编制数】'")
@example("查阅《关于印发《办法》的通知》")
def test_safe_fixes_settle_and_leave_nothing_of_what_they_fix(text: str) -> None:
    fixed = settled(text)
    assert not [fault for fault in faults(fixed) if fault.safe]
    assert han(fixed) == han(text)


@given(TEXTS)
@settings(max_examples=300)
def test_faults_stand_in_the_text_and_change_it(text: str) -> None:
    for fault in faults(text):
        assert 0 <= fault.start < fault.end <= len(text)
        assert fault.fix is None or fault.fix != text[fault.start : fault.end]


@given(TEXTS)
def test_blanks_and_addresses_are_left_alone(text: str) -> None:
    seen = visible(text)
    assert len(seen) == len(text)
    hidden = {i for i, (a, b) in enumerate(zip(seen, text, strict=True)) if a != b}
    for fault in faults(text):
        inside = set(range(fault.start, fault.end))
        assert not inside <= hidden
