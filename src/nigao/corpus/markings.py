"""Find classified and internal markings, and tell them from the same words in running prose.

A marking stands apart: alone on a line, in a header, before or behind a title, or with its star (秘密★1年). 商业秘密,
保守国家秘密 and 内部审计 within a sentence or a title are ordinary words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_TOP_LINES, _BOTTOM_LINES = 12, 8
_EDGE_CHARS = 80
_LONGEST_MARKING = 1000

_LEVEL = "绝密|机密|秘密"
_STAR = "[★☆*✩✭✮✯⭐🌟※✱∗﹡]"
_STARS = re.compile(_STAR)
_PERIOD = r"(?:(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?:年|个?月|天|日)|长期|启用前|解密前)"
_LABEL = r"(?:密级(?:和保密期限|及保密期限|、保密期限)?|保密级别|保密等级|秘密等级|涉密等级|涉密级别|定密)"
_KIND = "资料|文件|材料|使用|传阅|参考|参阅|刊物|发行|公开|文稿|稿件|读物"
# These are subjects as well as markings, so they need a word of care behind them.
_SUBJECT = "掌握|情况|交流|事项|信息|学习|通报|会议|数据"
_CARE = (
    "(?:请?(?:注意|妥善|严格)(?:保存|保管|保密)|(?:不得|请勿|严禁|禁止|切勿|勿)(?:擅自|对外|自行)?"
    "(?:外传|外泄|翻印|转载|公开|传播|复制|扩散|上网|泄露|散发|引用|摘抄|拍照)|保密|阅后(?:收回|销毁|即焚)|用后收回)"
)
_INNER_USE = (
    "(?:仅|只)?(?:供|限于?)(?:本单位|本系统|本机关|机关|单位|系统)?内部(?:工作)?(?:使用|参考|参阅|传阅|掌握|交流|学习)"
)
# 份号 before, 紧急程度 behind, as they share the first lines of a page.
# A run of figures is read in one way only: tried in every cut, a line of figures would take for ever.
_BEFORE = r"(?:(?:份号:?|No\.?)?\d{1,8}+|特急|加急|平急|急件)*+"
_AFTER = r"(?:特急|加急|平急|急件|第?\d{1,8}+号?)*+"

_STATE = rf"{_STAR}?(?:工作秘密|(?:{_LEVEL})|(?:核心|普通)?商密){_STAR}?(?:{_PERIOD})?(?:文件|资料|材料|件)?"
_INNER = rf"{_STAR}?内部{_STAR}?(?:{_KIND}|{_PERIOD})?{_STAR}?(?:{_PERIOD})?"
_RESTRICTED = rf"(?:仅|只)?(?:限|供)内部(?:{_KIND})|{_INNER_USE}|内部(?:{_KIND}|{_SUBJECT}){_CARE}"
_WHOLE = re.compile(rf"{_BEFORE}(?:{_LABEL}:?)?(?:{_STATE}|{_INNER}|{_RESTRICTED})(?:{_CARE})*{_AFTER}")
_STARRED = re.compile(rf"(?:{_LEVEL}|内部|商密){_STAR}|{_STAR}(?:{_LEVEL}|内部|工作秘密|商密)")
_LABELLED = re.compile(rf"{_LABEL}:(?:{_LEVEL}|工作秘密|内部)(?![、和或及等与,/])")
_WORD = re.compile(rf"工作秘密|{_LEVEL}|内部|商密")
_OLD_FORMS = str.maketrans({"絕": "绝", "機": "机", "祕": "秘", "內": "内", "級": "级", "資": "资", "僅": "仅"})
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’|《[^《》]*》|「[^「」]*」")
_BRACKETED = re.compile(r"[(\[【〔<〈{]([^()\[\]【】〔〕<>〈〉{}]{2,24})[)\]】〕>〉}]")
_SEPARATORS = re.compile(r"[_\-—–·.|+~]+")
_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile("[^\\w:★☆*✩✭✮✯⭐🌟※✱∗﹡]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\xad]")
# 主题词 lists subjects, and a sentence talks about a mark rather than bearing one.
_SUBJECTS = re.compile("主题词|关键词")


def find_marking(*, names: Iterable[str] = (), margins: Iterable[str] = (), lines: Sequence[str] = ()) -> str:
    """The marking word found (`秘密`, `工作秘密`, `内部`, …), or an empty string.

    `names`: the title and the file's name without suffix; `margins`: page headers, footers, text boxes and the like;
    `lines`: the lines of the text in order, of which the first and last are looked at closely.
    """
    for line in [*names, *(line for margin in margins for line in margin.splitlines())]:
        if word := _in_edge(line):
            return word
    shown = [line for line in lines if line.strip()]
    edge = shown if len(shown) <= _TOP_LINES + _BOTTOM_LINES else [*shown[:_TOP_LINES], *shown[-_BOTTOM_LINES:]]
    for line in edge:
        if word := _in_edge(line):
            return word
    # An attachment inside the file has its own first page, whose marking shows by its star.
    return next((word for line in shown if _STARS.search(line) and (word := _whole(line))), "")


def _in_edge(line: str) -> str:
    """The marking word in a title, a header or a line at the edge of the text, or an empty string."""
    # No marking is so long, however it is spaced out; to fold a hostile line would take for ever.
    if len(_SPACES.sub("", _INVISIBLE.sub("", line))) > _LONGEST_MARKING:
        return ""
    folded = _folded(line)
    if word := _whole(folded):
        return word
    if "。" in folded or len(folded) > _EDGE_CHARS or _SUBJECTS.match(folded):
        return ""
    return _set_off(folded) or _starred(folded)


def _set_off(folded: str) -> str:
    """A marking in brackets, or standing as a part of its own: （秘密）, 内部资料-名单, 机密　第3号."""
    parts = _BRACKETED.findall(folded)
    rest = _BRACKETED.sub(" ", folded)
    parts += _SEPARATORS.split(rest)
    # Words spaced out for looks (内部　审计) are no marking; a level or a whole phrase still is.
    parts += [part for part in _SPACES.split(rest) if part != "内部"]
    return next((word for part in parts if (word := _whole(part))), "")


def _starred(folded: str) -> str:
    squeezed = _QUOTED.sub("", "".join(folded.split()))
    found = _STARRED.search(squeezed) or _LABELLED.search(squeezed)
    return _word(found.group()) if found else ""


def _whole(text: str) -> str:
    """The marking word when the text is nothing but a marking."""
    if len(text) > _LONGEST_MARKING and len(_SPACES.sub("", text)) > _LONGEST_MARKING:
        return ""
    squeezed = _PUNCTUATION.sub("", _folded(text)).strip("_:")
    return _word(squeezed) if _WHOLE.fullmatch(squeezed) else ""


def _word(text: str) -> str:
    found = _WORD.search(text)
    return found.group() if found else ""


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_OLD_FORMS)
