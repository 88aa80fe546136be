"""Turn a reader's pieces into a SourceText, telling headings by their words where the format does not."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from nigao.corpus.readers.source import Block, BlockKind, Piece, SourceText
from nigao.text.dates import find_dates
from nigao.text.ordinals import HEADING_LEVEL, Ordinal, OrdinalForm, match_ordinal

# Every character that str.splitlines would break a line at, so that one block is one line for everybody.
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
# Signs that are neither letters nor common punctuation, where so many stand together.
_STRANGE = re.compile("[^\\w\\s\x00-\u02ff\u2010-\u206f\u3000-\u303f\uff00-\uff65]{16,}")
_ACCENTS = 8
_CLOSING = "。！？；：，、…!?;:,"
_DOCUMENT_NOUN = re.compile(
    "(?:通知|意见|报告|方案|办法|规定|决定|决议|函|批复|纪要|计划|规划|总结|要点|制度|细则|条例|规则|准则|预案|通报|公告|通告"
    "|清单|台账|记录|摘编|附件)[0-9一二三四五六七八九十]{0,2}[.．：:]?(?:[（(][^（）()]{1,16}[）)])?$"
)
_DOCUMENT_NUMBER = re.compile(r"\S{1,20}[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*第?\s*\d+\s*号")
# 1.2　等级划分: how plans and standards number their headings.
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[ \t　]+(?=[一-鿿])")
_DECIMAL_RUN = 5
_RUN_SEEN = 5
_TITLE_CHARS = 30
_HEADING_CHARS = 45
# Every passage tells the headings above it, so what is longer is no heading, whatever the file says it is.
_LONGEST_HEADING = 200
# A bold guess costs a paragraph its place in the evidence, so a heading with a full stop must be followed by real text.
_SUPPORT_CHARS = 40


def clean(text: str) -> str:
    """One kind of line break, plain spaces, no invisible characters, no towers of accents."""
    shown = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text)).replace("\xa0", " ")
    return _STRANGE.sub(_unstacked, shown)


def _unstacked(run: re.Match[str]) -> str:
    """Without the accents on top of some: whatever normalises a text sorts them, which takes for ever."""
    return "".join(c for i, c in enumerate(run.group()) if i < _ACCENTS or not unicodedata.combining(c))


def assemble(
    name: str, pieces: Iterable[Piece], margins: Iterable[str] = (), *, guess_titles: bool = True
) -> SourceText:
    """Join the pieces by line breaks, one block a line. `guess_titles`: short lines may be headings without ordinal."""
    lines = [
        Piece(stripped, piece.level if len(stripped) <= _LONGEST_HEADING else 0, piece.kind, piece.label)
        for piece in pieces
        for line in clean(piece.text).split("\n")
        if (stripped := line.strip())
    ]
    # A note between a heading and what it stands over changes neither.
    told = iter(_levels([line for line in lines if line.kind is not BlockKind.NOTE], guess_titles))
    levels = [0 if line.kind is BlockKind.NOTE else next(told) for line in lines]
    blocks: list[Block] = []
    offset = 0
    for line, level in zip(lines, levels, strict=True):
        kind = BlockKind.HEADING if level else line.kind
        blocks.append(Block(line.text, offset, offset + len(line.text), level, kind, line.label))
        offset += len(line.text) + 1
    shown = tuple(stripped for margin in margins if (stripped := clean(margin).strip()))
    return SourceText(name, "\n".join(line.text for line in lines), tuple(blocks), shown)


def names_document(text: str) -> bool:
    """Whether a line ends as the title of an official document does: 通知, 办法（试行）, 附件1."""
    return _DOCUMENT_NOUN.search(text) is not None


def is_document_number(text: str) -> bool:
    """Whether a line is nothing but a 文号."""
    return _DOCUMENT_NUMBER.fullmatch(text) is not None


def heading_level(ordinal: Ordinal | None) -> int:
    """The level (1 to 4) of headings that begin with this ordinal; 0 where such a line is never a heading."""
    if ordinal is None:
        return 0
    if ordinal.form is OrdinalForm.CLAUSE_CHAPTER:
        return 2 if ordinal.text.endswith("节") else 1
    level = HEADING_LEVEL.get(ordinal.form, 0)
    return level if level <= 4 else 0


def locator_label(ordinal: Ordinal) -> str:
    """The ordinal as it stands in a locator: 二、 and （三） and 一是."""
    return ordinal.text.strip("：:，,、 ") + ("、" if ordinal.form is OrdinalForm.CHAPTER else "")


def ordinal_label(heading: str) -> str:
    """The ordinal that a heading begins with, as it stands in a locator; empty where it has none."""
    ordinal = match_ordinal(heading)
    if ordinal is not None and heading_level(ordinal):
        return locator_label(ordinal)
    decimal = _DECIMAL.match(heading)
    return f"{decimal.group(1)} " if decimal else ""


def _levels(lines: Sequence[Piece], guess_titles: bool) -> list[int]:
    levels = [line.level or 0 for line in lines]
    in_articles = False
    i = 0
    while i < len(lines):
        if lines[i].kind is not BlockKind.PARAGRAPH or lines[i].level is not None:
            i += 1
            continue
        ordinal = match_ordinal(lines[i].text)
        if ordinal is not None:
            in_articles = in_articles or ordinal.form is OrdinalForm.ARTICLE
            if not in_articles or _stands_over_articles(lines, i, ordinal):
                levels[i] = _numbered_level(lines, i, ordinal)
            i += 1
            continue
        if decimal := _decimal_level(lines, i):
            levels[i] = decimal
            i += 1
            continue
        run = _title_run(lines, i) if guess_titles else 0
        if run and _is_title(lines, i, run):
            levels[i : i + run] = [1] * run
            in_articles = False
        elif is_document_number(lines[i].text) and i and levels[i - 1] == 1:
            # The number under the title is part of the head of the document.
            levels[i] = 1
        i += max(run, 1)
    return levels


def _stands_over_articles(lines: Sequence[Piece], i: int, ordinal: Ordinal) -> bool:
    """In a text of articles 一、 and （一） number lists, but 第二章, or 二、 right above an article, is a heading."""
    if ordinal.form is OrdinalForm.CLAUSE_CHAPTER:
        return True
    following = match_ordinal(_paragraph_text(lines, i + 1))
    return ordinal.form is OrdinalForm.CHAPTER and following is not None and following.form is OrdinalForm.ARTICLE


def _numbered_level(lines: Sequence[Piece], i: int, ordinal: Ordinal) -> int:
    level = heading_level(ordinal)
    text = lines[i].text
    name = text[ordinal.end :].strip()
    if not level or not name or len(text) > _HEADING_CHARS or "。" in text[:-1]:
        return 0
    if ordinal.form is OrdinalForm.CLAUSE_CHAPTER:
        return 0 if text[-1] in _CLOSING else level
    if text[-1] in "：:" and level <= 2 and len(name) <= 20:
        return level
    following = _paragraph_text(lines, i + 1)
    if text[-1] == "。":
        listed = _paragraph_text(lines, i - 1).endswith(("：", ":", "；", ";"))
        return level if level <= 2 and not listed and _supports(following, level) else 0
    if text[-1] in _CLOSING or _same_form_run(lines, i, ordinal.form) >= (3 if level <= 2 else 2):
        return 0
    return level if level <= 2 or following else 0


def _decimal_level(lines: Sequence[Piece], i: int) -> int:
    def numbered(k: int) -> bool:
        text = _paragraph_text(lines, k)
        bare = len(text) <= _TITLE_CHARS and "。" not in text and text[-1:] not in _CLOSING
        return bare and _DECIMAL.match(text) is not None

    if not numbered(i) or _run(i, numbered) >= _DECIMAL_RUN or not _paragraph_text(lines, i + 1):
        return 0
    return min(lines[i].text.split()[0].count(".") + 1, 4)


def _run(i: int, belongs: Callable[[int], bool]) -> int:
    """How many lines around `i` belong, without a gap: a longer run is a list or a table of contents.

    Looks at most _RUN_SEEN lines either way, which is more than any rule asks for.
    """
    before = itertools.takewhile(belongs, range(i - 1, i - 1 - _RUN_SEEN, -1))
    after = itertools.takewhile(belongs, range(i + 1, i + 1 + _RUN_SEEN))
    return 1 + len(list(before)) + len(list(after))


def _supports(following: str, level: int) -> bool:
    """Whether the next line is what a heading of this level stands over, and not its sister."""
    below = match_ordinal(following)
    if below is None:
        return len(following) >= _SUPPORT_CHARS
    return HEADING_LEVEL.get(below.form, 0) > level


def _same_form_run(lines: Sequence[Piece], i: int, form: OrdinalForm) -> int:
    """How many bare lines of the same ordinal form stand in a row around `i`: three make a list, not headings."""

    def listed(k: int) -> bool:
        text = _paragraph_text(lines, k)
        found = match_ordinal(text)
        return found is not None and found.form is form and text[-1] not in _CLOSING and len(text) <= _HEADING_CHARS

    return _run(i, listed)


def _paragraph_text(lines: Sequence[Piece], i: int) -> str:
    inside = 0 <= i < len(lines) and lines[i].kind is BlockKind.PARAGRAPH
    return lines[i].text if inside else ""


def _title_run(lines: Sequence[Piece], i: int) -> int:
    """How many title-like lines without ordinal stand in a row from `i` (a long title is broken over lines)."""
    run = 0
    while i + run < len(lines) and lines[i + run].level is None and _title_shaped(lines[i + run]):
        run += 1
    return run


def _title_shaped(line: Piece) -> bool:
    text = line.text
    squeezed = "".join(text.split())
    if line.kind is not BlockKind.PARAGRAPH or not 2 <= len(squeezed) <= _TITLE_CHARS or "。" in text:
        return False
    if is_document_number(text) or "：" in text or text[-1] in _CLOSING or text[0] in "（([—-·*" or ordinal_label(text):
        return False
    dates = find_dates(squeezed)
    if any(date.end - date.start == len(squeezed) for date in dates):
        return False
    hanzi = sum("一" <= c <= "鿿" for c in squeezed)
    return hanzi >= 2 and hanzi * 2 >= len(squeezed)


def _is_title(lines: Sequence[Piece], i: int, run: int) -> bool:
    """Whether a run of short lines is a title over what follows, and not a signature, a salutation or a list."""
    title = lines[i + run - 1].text
    if i == 0 and run <= 4:
        return run < len(lines)
    if run > 3 or i + run >= len(lines):
        return False
    following = lines[i + run].text
    if names_document(title) or title.endswith("》"):
        return not _is_date(following)
    if run > 1 or following[-1] in "：:" or _is_date(following):
        return False
    return match_ordinal(following) is not None or len(following) >= _SUPPORT_CHARS


def _is_date(text: str) -> bool:
    squeezed = "".join(text.split())
    return any(date.end - date.start == len(squeezed) for date in find_dates(squeezed))
