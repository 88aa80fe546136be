"""How well `verify` tells supported keywords from invented ones, on texts that people have labelled."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from nigao.checks.finding import Finding
from nigao.errors import UsageError
from nigao.evaluation.measures import EvaluationOutput, Measures
from nigao.verification import Source, verify

_HALLUCINATED = "hallucinated"
# What counts as holding a number: an Arabic digit, or also any Chinese numeral character.
_ARABIC = re.compile("[0-9０-９]")
_ANY = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿]")
_SHAPE = "每行一个 JSON 对象，含 source、claim 和 keywords（每项有 keyword 和 label：ok 或 hallucinated）"


class _Keyword(BaseModel):
    model_config = ConfigDict(extra="ignore")

    keyword: str
    label: str


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore")

    source: str
    claim: str
    title: str = ""
    keywords: list[_Keyword]


def evaluate_grounding(path: Path) -> EvaluationOutput:
    """Hold every claim against its source (with its title) and count keywords: one is flagged where a finding overlaps
    any place at which it stands in the claim.

    `views` are `numbers` (keywords with an Arabic digit), `numerals` (with any numeral) and `words` (the others);
    `rules` counts by code the keywords that its findings overlap. Raises UsageError for a file of another shape.
    """
    rows = list(_read(path))
    flagged = [(row, _flagging(row)) for row in rows]
    keywords = [
        (keyword, codes) for row, by_keyword in flagged for keyword, codes in zip(row.keywords, by_keyword, strict=True)
    ]
    every = sorted({code for _, codes in keywords for code in codes})
    return EvaluationOutput(
        data=str(path),
        texts=len(rows),
        characters=sum(len(row.claim) for row in rows),
        rules={code: _measured((k, code in codes) for k, codes in keywords) for code in every},
        total=_measured((k, bool(codes)) for k, codes in keywords),
        views={
            "numbers": _measured((k, bool(codes)) for k, codes in keywords if _ARABIC.search(k.keyword)),
            "numerals": _measured((k, bool(codes)) for k, codes in keywords if _ANY.search(k.keyword)),
            "words": _measured((k, bool(codes)) for k, codes in keywords if not _ANY.search(k.keyword)),
        },
        notes=["words 一项多为一般词语：本工具只查数字、日期、名称、引语和提法，不判断一般词语有无依据"],
    )


def _flagging(row: _Row) -> list[set[str]]:
    """For each keyword the codes of the findings that overlap it."""
    places = _places(row.claim, verify(row.claim, Source(row.source, title=row.title)))
    return [
        {
            code
            for match in re.finditer(re.escape(keyword.keyword), row.claim)
            for start, end, code in places
            if start < match.end() and match.start() < end
        }
        for keyword in row.keywords
    ]


def _places(text: str, findings: Collection[Finding]) -> list[tuple[int, int, str]]:
    """The findings as offsets into the text."""
    starts = [0] + [i + 1 for i, c in enumerate(text) if c == "\n"]
    return [(starts[f.line - 1] + f.column - 1, starts[f.end_line - 1] + f.end_column - 1, f.code) for f in findings]


def _measured(keywords: Iterable[tuple[_Keyword, bool]]) -> Measures:
    told = list(keywords)
    return Measures.of(
        found=sum(flag for _, flag in told),
        right=sum(flag and keyword.label == _HALLUCINATED for keyword, flag in told),
        expected=sum(keyword.label == _HALLUCINATED for keyword, _ in told),
    )


def _read(path: Path) -> Iterable[_Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("读不到评测数据", where=str(path), fix="核对路径；文件应为 UTF-8 编码的 .jsonl") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _Row.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as error:
            raise UsageError("评测数据的格式不对", where=f"{path} 第 {number} 行", fix=_SHAPE) from error
