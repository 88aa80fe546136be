"""What a model is asked to hand in, one schema for each layout, and how its text becomes clean sentences."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from nigao.text.ordinals import match_ordinal
from nigao.text.sentences import split_sentences

_MARKDOWN = re.compile(r"\*\*|__|`+|^\s*(?:[#>\-*•·]+\s+)", re.MULTILINE)
_SPACE = re.compile(r"\s+")
# Narrow punctuation after a Chinese character or a closing mark belongs to Chinese prose.
_NARROW = re.compile(r"(?<=[一-鿿”》）])([,;:?!])")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


# Told to endpoints that enforce a schema, so that a small model comes to an end; more is no mistake.
_FEW: dict[str, Any] = {"maxItems": 6}


class _Shape(BaseModel):
    # Endpoints that enforce a schema want it closed; what else a looser one adds is ignored.
    model_config = ConfigDict(extra="ignore", json_schema_extra={"additionalProperties": False})


class Line(_Shape):
    """One sentence with the keys of what it rests on."""

    text: str
    keys: list[str] = Field(json_schema_extra={"maxItems": 4})


class NumberedLine(Line):
    """One sentence in answer to a numbered one."""

    number: int


class Point(_Shape):
    """The sentences of one point of a subsection."""

    number: int
    sentences: list[Line] = Field(json_schema_extra=_FEW)


class ProseAnswer(_Shape):
    """Layout prose: a paragraph. Also an item whose topic sentence is not the model's to write."""

    sentences: list[Line] = Field(json_schema_extra=_FEW)


class SubsectionAnswer(_Shape):
    """Layout subsections: the points of one subsection."""

    points: list[Point] = Field(json_schema_extra=_FEW)


class ItemAnswer(_Shape):
    """Layout enumerated: an item with its topic sentence."""

    topic: Line
    sentences: list[Line] = Field(json_schema_extra=_FEW)


class MendAnswer(_Shape):
    """Sentences handed in again."""

    sentences: list[NumberedLine] = Field(json_schema_extra={"maxItems": 20})


def clean(text: str, keys: list[str]) -> list[str]:
    """The sentences of a line: without Markdown, ordinals, line breaks and keys that slipped into the prose, in Chinese
    punctuation, each closed.
    """
    plain = _MARKDOWN.sub("", text)
    for key in keys:
        if re.fullmatch(r"[a-z0-9]{4,}", key):
            plain = re.sub(rf"[\[［【（(]?(?:编号|依据)?[:：\s]*{key}[\]］】）)]?", "", plain)
    plain = _SPACE.sub(lambda gap: " " if _between_latin(plain, gap) else "", plain).strip()
    plain = _NARROW.sub(lambda mark: _WIDE[mark.group(1)], plain)
    ordinal = match_ordinal(plain)
    if ordinal is not None:
        plain = plain[ordinal.end :].strip()
    return [_closed(span.text) for span in split_sentences(plain) if span.text.strip("。；，、 ")]


def _between_latin(text: str, gap: re.Match[str]) -> bool:
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith(("。", "！", "？", "”", "）")) else sentence.rstrip("；，、：;,.: ") + "。"
