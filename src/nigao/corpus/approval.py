"""Which approval some bytes stand under: a person approves bytes, not a file's name (adr 9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.errors import UsageError
from nigao.text.placeholders import find_placeholders


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's word, given on a day, that these bytes of a document may be used; `sha256` (hex) is of the bytes."""

    sha256: str
    by: str
    on: dt.date | None


def approval_of(stated: Approval, given: Sequence[Approval], *, pinned: str = "", today: dt.date) -> Approval | None:
    """The approval that makes `stated.sha256` usable, or None where the bytes still wait for a person.

    `stated` is what a manifest claims for the bytes found, `given` every approval that the document ever had, oldest
    first, `pinned` the SHA-256 that the manifest states: other bytes it does not mean. A claim that was already given
    for other bytes approves nothing new, unless the manifest pins these very bytes; nor does one of a day to come,
    unless it is the only one: what is in force then stays so until that day.
    """
    if pinned and pinned != stated.sha256:
        return None
    here = [approval for approval in given if approval.sha256 == stated.sha256 and _is_due(approval, given, today)]
    elsewhere = any((other.by, other.on) == (stated.by, stated.on) for other in given if other != stated)
    if stated in here or (_is_due(stated, given, today) and (not elsewhere or pinned == stated.sha256)):
        return stated
    return here[-1] if here else None


def _is_due(approval: Approval, given: Sequence[Approval], today: dt.date) -> bool:
    alone = all(other == approval for other in given)
    return alone or approval.on is None or approval.on <= today


def require_person(name: str, option: str = "--by") -> str:
    """The name of who acts, without white space around it. Raises UsageError where it names nobody."""
    bare = name.strip()
    if not bare or find_placeholders(bare):
        raise UsageError("没有写明是谁", where=option, fix="写明姓名")
    return bare


def require_past(on: dt.date, today: dt.date, option: str) -> dt.date:
    """The day of an act. Raises UsageError for a day to come: what has not been decided yet is no approval."""
    if on > today:
        raise UsageError(f"日期 {on} 还没有到", where=option, fix="到了那一天再批准；施行日期写在 --valid-from")
    return on
