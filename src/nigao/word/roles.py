"""What each paragraph of a document is: title, heading, body, 署名 … told by its words and its place, not its looks.

Looks are what the rules judge, so they must not decide what a paragraph is. Where words do not tell, it is OTHER.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nigao.report.wordlayout import HEADINGS, Role
from nigao.text.dates import find_dates
from nigao.text.ordinals import HEADING_LEVEL, match_ordinal
from nigao.text.placeholders import find_placeholders
from nigao.word.ownstyles import SOURCES_TEXT, SOURCES_TITLE

_DOCUMENT_NOUN = re.compile(
    "(?:通知|意见|报告|方案|办法|规定|决定|决议|函|批复|纪要|计划|规划|总结|要点|制度|细则|条例|规则|准则|预案|通报|公告"
    r"|通告|请示|讲话|发言|材料|汇报|说明|清单|台账)(?:[（(][^（）()]{1,16}[）)])?$"
)
# What stands above a title in the head of a document (7.2), and the notes in brackets around it.
_HEAD = re.compile(
    r"(?:\d{6}|(?:绝密|机密|秘密)(?:★.*)?|特急|加急|平急|内部(?:资料|文件).*|.{2,40}文件|签发人[：:].*|[（(][^（）()]{1,120}[）)]"
    r"|.{1,20}[〔\[（(]\d{4}[〕\]）)]第?\d+号.*)"
)
_RECIPIENT = re.compile(r"[^。；！？]{2,80}[：:]")
_NOTE = re.compile(r"附\s*件\s*[：:]\s*\S")
_NOTE_GOES_ON = re.compile(r"\d{1,2}\s*[.．、]\s*\S")
_ATTACHMENT = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:]?")
_CAPTION = re.compile(r"(?:图|表)\s*\d|注[：:]|说明[：:]|资料来源|数据来源|[（(](?:单位|联系人|此件)")
_SENTENCE_END = ("。", "！", "？", "；", "：", "…", ".", ";", ":", "”", "）")
_CONTENTS = re.compile(r"(?:toc|目录)", re.IGNORECASE)
_HEADING_CHARS = 60
_FRONT_PARAGRAPHS = 12
_TITLE_LINE_CHARS = 40
_BODY_CHARS = 28
_SIGNATURE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a paragraph before its role is: its words, its number, its styles and where it stands."""

    text: str
    number: str = ""
    styles: tuple[str, ...] = ()
    in_table: bool = False
    drawn: bool = False

    @property
    def words(self) -> str:
        """The number and the text as one line without white space around."""
        return (self.number + self.text).strip()


def roles(paragraphs: Sequence[Told]) -> list[Role]:
    """The role of each paragraph."""
    found = [_first_guess(paragraph) for paragraph in paragraphs]
    _lists(paragraphs, found)
    written = [i for i, role in enumerate(found) if role not in (Role.BLANK, Role.TABLE)]
    _front(paragraphs, found, written)
    _closing(paragraphs, found, written)
    return found


def _first_guess(paragraph: Told) -> Role:
    text = paragraph.words
    if paragraph.in_table:
        return Role.TABLE
    if not text:
        return Role.OTHER if paragraph.drawn else Role.BLANK
    aside = _CAPTION.match(text) or re.fullmatch("[（(][^（）()]+[）)]", text)
    about = any(_CONTENTS.match(name) or name in (SOURCES_TITLE, SOURCES_TEXT) for name in paragraph.styles)
    if aside or about:
        return Role.OTHER
    if is_attachment_head(text):
        return Role.ATTACHMENT_HEAD
    ordinal = match_ordinal(text)
    level = HEADING_LEVEL.get(ordinal.form, 0) if ordinal else 0
    if level in HEADINGS and is_heading(text):
        return HEADINGS[level]
    body = level > 0 or len(text) >= _BODY_CHARS or text.endswith(_SENTENCE_END)
    return Role.BODY if body else Role.OTHER


def _lists(paragraphs: Sequence[Told], found: list[Role]) -> None:
    """A numbered line behind one that ends in ； or ：, or that closes a list with 。, is an entry of the list."""
    above = ""
    for i, paragraph in enumerate(paragraphs):
        if not paragraph.words:
            continue
        listed = above.endswith(("；", ";")) or (above.endswith(("：", ":")) and found[i] is not Role.HEADING_1)
        if found[i] in HEADINGS.values() and listed:
            found[i] = Role.BODY
        above = paragraph.words


def is_attachment_head(text: str) -> bool:
    """Whether a line is 附件 or 附件1 and nothing else."""
    return _ATTACHMENT.fullmatch(text.strip()) is not None


def may_be_annex_title(text: str) -> bool:
    """Whether the line below 附件1 may be that annex's title: words that no mark closes, without a number before."""
    plain = len(text) <= _HEADING_CHARS and match_ordinal(text) is None
    return plain and not text.endswith(_SENTENCE_END[:6]) and re.search("[。！？；]", text) is None


def is_heading(text: str) -> bool:
    """A heading stands alone on its line: one sentence, and short."""
    return len(text) <= _HEADING_CHARS and not re.search("[。；！？].", text) and not text.endswith(("；", "：", "，"))


def _front(paragraphs: Sequence[Told], found: list[Role], written: list[int]) -> None:
    """Title and 主送机关: what stands before the first heading or sentence."""
    title: list[int] = []
    done = False
    for i in written[:_FRONT_PARAGRAPHS]:
        text = paragraphs[i].words
        if _RECIPIENT.fullmatch(text) and (title or i == written[0]) and match_ordinal(text) is None:
            found[i] = Role.RECIPIENT
            break
        if not _may_be_title(text, found[i]):
            break
        found[i] = Role.OTHER
        if not _HEAD.fullmatch(text) and not done:
            title.append(i)
            done = _DOCUMENT_NOUN.search(text) is not None
        else:
            done = bool(title)
    for i in title:
        found[i] = Role.TITLE


def _may_be_title(text: str, role: Role) -> bool:
    if _HEAD.fullmatch(text):
        return True
    plain = role in (Role.OTHER, Role.BODY) and match_ordinal(text) is None
    return plain and len(text) <= _TITLE_LINE_CHARS and not text.endswith(_SENTENCE_END[:6]) and "，" not in text


def _closing(paragraphs: Sequence[Told], found: list[Role], written: list[int]) -> None:
    """附件说明, 署名 and 成文日期: what stands behind the last sentence and before the attachments."""
    body = [i for i in written if found[i] in (Role.BODY, *HEADINGS.values())]
    first = body[0] if body else len(found)
    heads = [i for i in written if found[i] is Role.ATTACHMENT_HEAD]
    for i in heads:
        # The word 附件 alone in the middle of a text is no head of an attachment.
        if i < first:
            found[i] = Role.OTHER
    _annex_titles(paragraphs, found, written)
    end = next((i for i in heads if i >= first), len(found))
    main = [i for i in written if first <= i < end]
    dated = [i for i in main if _is_date(paragraphs[i].words)]
    if dated:
        found[dated[-1]] = Role.DATE
        position = main.index(dated[-1])
        for i in reversed(main[max(0, position - 3) : position]):
            if not _may_sign(paragraphs[i].words, found[i]):
                break
            found[i] = Role.SIGNATURE
    _attachment_note(paragraphs, found, main)


def _annex_titles(paragraphs: Sequence[Told], found: list[Role], written: list[int]) -> None:
    """An annex's title is no paragraph of its text, however long it is."""
    for above, below in itertools.pairwise(written):
        follows = found[above] is Role.ATTACHMENT_HEAD and found[below] is Role.BODY
        if follows and may_be_annex_title(paragraphs[below].words):
            found[below] = Role.OTHER


def _attachment_note(paragraphs: Sequence[Told], found: list[Role], main: list[int]) -> None:
    start = next((k for k, i in enumerate(main) if _NOTE.match(paragraphs[i].words)), None)
    if start is None:
        return
    rest = [i for i in main[start + 1 :] if found[i] not in (Role.SIGNATURE, Role.DATE)]
    if all(_NOTE_GOES_ON.match(paragraphs[i].words) for i in rest):
        for i in (main[start], *rest):
            found[i] = Role.ATTACHMENT_NOTE


def _is_date(text: str) -> bool:
    dates = find_dates(text)
    whole = len(dates) == 1 and dates[0].text.strip() == text and dates[0].month is not None
    return whole or (len(text) <= 30 and text.endswith("日】") and bool(find_placeholders(text)))


def _may_sign(text: str, role: Role) -> bool:
    plain = role is Role.OTHER or (role is Role.BODY and match_ordinal(text) is None)
    return plain and len(text) <= _SIGNATURE_CHARS and not re.search("[。！？；，：,;:]", text)
