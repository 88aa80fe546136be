"""What was said with its places, lengths, revisions, codes, files and quotations as one sign each, for the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.chat.reading.figures import CODE, LENGTH, REVISION, SHARE
from nigao.chat.reading.mentions import Mention, Spotter
from nigao.chat.reading.said import Said

# The signs that stand for what was found.
PLACE, LENGTH_SIGN, SHARE_SIGN, REVISION_SIGN, CODE_SIGN, FILE, QUOTE = "PLSRCFQ"
_SUFFIX = r"\.(?:docx|md|txt|json|html|yaml|yml|pdf|doc)(?![a-z])"
_FILE = re.compile(rf"[a-z0-9_\-./\\][\w\-./\\（）一-鿿]*?{_SUFFIX}|{_SUFFIX}")
# A Chinese name of a file begins behind these.
_HAN_FILE = re.compile(
    rf"(?![成为到和与一份用按照以]|根据|文件名|名字?叫|取名|命名)[\w一-鿿][\w\-./\\（）一-鿿]*?{_SUFFIX}"
)
_BEFORE_FILE = re.compile(
    "(?:导出|一份|份|个|名为|叫做|命名为|取名|输出|保存|存|成|为|到|和|与|、|下载|生成|用|根据|按照?|：|，|文件名?叫|叫)$"
)
_QUOTE = re.compile(r"“[^“”]*”|《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Slot:
    """One sign of the skeleton: `plain[start:end]`, a match of its pattern or the mention of a place."""

    sign: str
    start: int
    end: int
    found: re.Match[str] | None = None
    mention: Mention | None = None


class Skeleton:
    """`text` with one upper-case sign for each slot (what was typed is lower case here), and the way back."""

    def __init__(self, said: Said, spotter: Spotter) -> None:
        self.said = said
        self.slots: list[Slot] = []
        self._at: list[tuple[int, int]] = []
        text = ""
        pos = 0
        plain = said.plain
        while pos < len(plain):
            slot = _slot(plain, pos, spotter)
            end = slot.end if slot is not None else pos + 1
            self._at.append((pos, end))
            text += slot.sign if slot is not None else plain[pos]
            if slot is not None:
                self.slots.append(slot)
            pos = end
        self.text = text

    def slots_in(self, start: int, end: int) -> list[Slot]:
        """The slots of `text[start:end]` in order."""
        return list(self._slots(start, end))

    def _slots(self, start: int, end: int) -> Iterator[Slot]:
        spans = set(self._at[start:end])
        yield from (slot for slot in self.slots if (slot.start, slot.end) in spans)

    def plain(self, start: int, end: int) -> str:
        """The folded words of `text[start:end]`."""
        return self.said.plain[self._at[start][0] : self._at[end - 1][1]] if start < end else ""

    def verbatim(self, start: int, end: int) -> str:
        """The words as typed of `text[start:end]`."""
        return self.said.verbatim(self._at[start][0], self._at[end - 1][1]) if start < end else ""

    @property
    def mentions(self) -> list[Mention]:
        """All places named."""
        return [slot.mention for slot in self.slots if slot.mention is not None]


def _slot(plain: str, pos: int, spotter: Spotter) -> Slot | None:
    revision = REVISION.match(plain, pos)
    if revision is not None and revision.group()[-1] in "稿版本订改":
        # 第4个版本 is no fourth item.
        return Slot(REVISION_SIGN, pos, revision.end(), found=revision)
    mention = spotter.at(plain, pos)
    if mention is not None:
        return Slot(PLACE, pos, mention.end, mention=mention)
    for sign, pattern in (
        (QUOTE, _QUOTE),
        (FILE, _FILE),
        (CODE_SIGN, CODE),
        (REVISION_SIGN, REVISION),
        (LENGTH_SIGN, LENGTH),
        (SHARE_SIGN, SHARE),
    ):
        found = pattern.match(plain, pos)
        if sign == FILE and found is None and _BEFORE_FILE.search(plain[:pos]):
            found = _HAN_FILE.match(plain, pos)
        if found and found.end() > pos:
            return Slot(sign, pos, found.end(), found=found)
    return None
