"""Which approval bytes stand under, and when a file need not be read again."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.corpus.approval import Approval, approval_of, require_past, require_person
from nigao.corpus.filestamp import FileStamp, look_at, with_hash
from nigao.errors import UsageError

TODAY = dt.date(2026, 3, 1)
JANUARY, MAY = dt.date(2026, 1, 5), dt.date(2026, 5, 1)
FIRST = Approval("a", "程立", JANUARY)


@pytest.mark.parametrize(
    ("stated", "pinned", "told"),
    [
        (FIRST, "", FIRST),
        (Approval("b", "程立", JANUARY), "", None),
        (Approval("b", "程立", TODAY), "", Approval("b", "程立", TODAY)),
        (Approval("b", "周敏", JANUARY), "", Approval("b", "周敏", JANUARY)),
        (Approval("b", "程立", JANUARY), "b", Approval("b", "程立", JANUARY)),
        (Approval("b", "周敏", TODAY), "a", None),
        (Approval("b", "周敏", MAY), "", None),
        (Approval("a", "周敏", MAY), "", FIRST),
        (Approval("a", "周敏", TODAY), "", Approval("a", "周敏", TODAY)),
    ],
)
def test_an_approval_is_of_bytes(stated: Approval, pinned: str, told: Approval | None) -> None:
    assert approval_of(stated, [FIRST], pinned=pinned, today=TODAY) == told


def test_a_first_approval_may_be_of_a_day_to_come() -> None:
    later = Approval("a", "程立", MAY)
    assert approval_of(later, [], today=TODAY) == later


_approvals = st.builds(
    Approval, st.sampled_from("abc"), st.sampled_from(["程立", "周敏"]), st.sampled_from([JANUARY, MAY])
)


@given(_approvals, st.lists(_approvals), st.sampled_from(["", "a", "b"]))
def test_bytes_are_never_approved_by_a_word_given_for_others(
    stated: Approval, before: list[Approval], pinned: str
) -> None:
    told = approval_of(stated, before, pinned=pinned, today=TODAY)
    if told is None:
        return
    assert told.sha256 == stated.sha256
    if told not in before and pinned != stated.sha256:
        assert told == stated
        assert (told.by, told.on) not in {(other.by, other.on) for other in before}


@pytest.mark.parametrize("name", ["", "  ", "XXX", "【待补：批准人】"])
def test_an_act_needs_a_person(name: str) -> None:
    with pytest.raises(UsageError):
        require_person(name)
    assert require_person(" 程立 ") == "程立"


def test_an_act_is_not_of_a_day_to_come() -> None:
    assert require_past(TODAY, TODAY, "--on") == TODAY
    with pytest.raises(UsageError):
        require_past(TODAY + dt.timedelta(days=1), TODAY, "--on")


def _stamp(seen: int, **other: int) -> FileStamp:
    looks = {"size": 9, "mtime_ns": 10**18, "ctime_ns": 10**18} | other
    return FileStamp("a.txt", "00", seen_ns=seen, **looks)


def test_a_stamp_vouches_for_the_same_looks_only() -> None:
    long_after = 10**18 + 5 * 10**9
    assert _stamp(long_after).vouches(_stamp(long_after * 2))
    for change in ({"size": 8}, {"mtime_ns": 1}, {"ctime_ns": 1}):
        assert not _stamp(long_after).vouches(_stamp(long_after, **change))


def test_a_file_read_as_it_was_written_is_not_vouched_for() -> None:
    assert not _stamp(10**18 + 10**9).vouches(_stamp(0))
    assert not _stamp(10**18 - 1).vouches(_stamp(0))


def test_a_change_that_keeps_size_and_time_shows(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("甲", encoding="utf-8")
    os.utime(file, ns=(10**18, 10**18))
    before = with_hash(look_at(file, "a.txt"), file)
    file.write_text("乙", encoding="utf-8")
    os.utime(file, ns=(10**18, 10**18))
    now = look_at(file, "a.txt")
    assert (now.size, now.mtime_ns) == (before.size, before.mtime_ns)
    assert not before.vouches(now)
    assert with_hash(now, file).sha256 != before.sha256
