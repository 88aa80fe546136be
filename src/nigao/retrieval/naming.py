"""Which documents a query names: by 《title》, by 文号, or by an official title written without the marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from nigao.corpus.model import Document
from nigao.text.terms import TermKind, checkable_terms, fold

# What the title of an official document ends with. Without 《》 only such a title is taken for a name: 工作作风 is a
# topic, even where a document is called so.
_GENRES = (
    "条例|规定|办法|细则|规则|准则|章程|制度|规程|规范|标准|意见|通知|通报|公告|通告|决定|决议|命令|批复|请示|报告|函|纪要"
    "|方案|规划|计划|纲要|要点|指南|清单|台账|总结|法典|法"
)
_OFFICIAL = re.compile(f"(?:{_GENRES})$")
_SHORTEST = 6
# 《条例》 alone names nothing; 《会议费管理办法》 names 某市会议费管理办法.
_SHORTEST_PART = 4
_REMARK = re.compile(r"\([^()]*\)$")
_NUMBER = re.compile(r"[〔(【](\d{4})[〕)】]\s*第?(\d+)号")
_STATE = "中华人民共和国"
# What people put before a 文号 when they ask for it.
_ASKING = re.compile("^(?:请问|请|查询|查找|查看|查|搜索|找|关于|有关|见|什么是|何为|看看|看)+")


def may_name(query: str) -> bool:
    """Whether a query may name a document at all; most do not, and then no titles need be read."""
    return "《" in query or _NUMBER.search(fold(query)) is not None or _says_a_genre(query)


class DocumentNames:
    """Titles and 文号 of documents, in the forms in which they are asked for."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._titled: dict[str, set[str]] = defaultdict(set)
        self._numbered: dict[str, set[str]] = defaultdict(set)
        for document in documents:
            if title := _plain(document.title):
                self._titled[title].add(document.id)
            if document.number.strip():
                self._numbered[_number(document.number)].add(document.id)
        official = [title for title in self._titled if len(title) >= _SHORTEST and _OFFICIAL.search(title)]
        self._official = sorted(official, key=len, reverse=True)

    def named_in(self, query: str) -> set[str]:
        """Ids of the documents that the query names; empty where it names none, as most queries do."""
        found: set[str] = set()
        for term in checkable_terms(query):
            if term.kind is TermKind.TITLE:
                found |= self._with_title(_plain(term.key))
            elif term.kind is TermKind.DOCUMENT_NUMBER:
                found |= self._with_number(_number(term.key))
        if _says_a_genre(query):
            text = fold(query)
            # The longest only: who names the rules for a law does not name the law.
            longest: list[str] = []
            for title in self._official:
                if title in text and not any(title in other for other in longest):
                    longest.append(title)
                    found |= self._titled[title]
        return found

    def _with_title(self, asked: str) -> set[str]:
        exact = self._titled.get(asked)
        if exact:
            return set(exact)
        if len(asked) < _SHORTEST_PART:
            return set()
        return {id for title, ids in self._titled.items() if asked in title for id in ids}

    def _with_number(self, asked: str) -> set[str]:
        return set(self._numbered.get(asked) or self._numbered.get(_ASKING.sub("", asked)) or ())


def _plain(title: str) -> str:
    """A title folded, without 《》 around it, a remark like （试行） behind it and the name of the state before it."""
    folded = fold(title)
    if folded.startswith("《") and folded.endswith("》"):
        folded = folded[1:-1]
    return _REMARK.sub("", folded).removeprefix(_STATE)


def _number(text: str) -> str:
    return _NUMBER.sub(r"〔\1〕\2号", fold(text))


def _says_a_genre(query: str) -> bool:
    return re.search(_GENRES, query) is not None
