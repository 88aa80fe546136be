"""A report as text, and the report model's own promises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from report_samples import KIND, drafted_reports, said

from nigao.report.model import Citation, Item, Origin, Part, Report, Sentence
from nigao.report.render import PieceKind, pieces, render_text


def cited(text: str, title: str, locator: str = "") -> Sentence:
    citation = Citation(passage_id="p", document_id="d", title=title, locator=locator)
    return Sentence(text=text, origin=Origin.SOURCE, citations=[citation])


def nested() -> Report:
    deepest = Item(ordinal="（1）", heading=said("集体研究"), sentences=[said("重大事项集体研究。")])
    numbered = Item(ordinal="1.", heading=said("决策规范"), items=[deepest])
    point = Item(
        heading=said("学习抓实。"),
        sentences=[cited("按月学习。", "学习记录", "二"), cited("按季研讨。", "学习记录", "三")],
    )
    section = Item(ordinal="（一）", heading=said("建设有力"), sentences=[said("总体良好。")], items=[point, numbered])
    bare = Item(sentences=[cited("另有事项。", "工作总结")])
    return Report(
        kind=KIND.key,
        title=said("关于情况的报告"),
        recipient=said("市委："),
        opening=[said("现将情况报告如下。")],
        parts=[
            Part(key="features", ordinal="一、", heading=said("主要成效"), lead=[said("综述。")], items=[section, bare])
        ],
        signature=said("市档案中心"),
        date=said("2025年12月26日"),
    )


def test_text_of_a_drafted_report() -> None:
    assert render_text(nested()) == (
        "关于情况的报告\n\n市委：\n现将情况报告如下。\n一、主要成效\n综述。\n（一）建设有力\n总体良好。\n"
        "学习抓实。按月学习。按季研讨。\n1.决策规范\n（1）集体研究\n重大事项集体研究。\n"
        "另有事项。\n\n市档案中心\n2025年12月26日\n"
    )


@settings(max_examples=25)
@given(drafted_reports())
def test_every_sentence_stands_once_in_the_text(report: Report) -> None:
    text = render_text(report)
    body = [piece.text for piece in pieces(report) if piece.kind in (PieceKind.BODY, PieceKind.ITEM_HEADING)]
    assert body == [sentence.text for sentence in report.sentences()]
    for sentence in report.sentences():
        assert sentence.text in text


def test_pieces_tell_what_they_are() -> None:
    kinds = [piece.kind for piece in pieces(nested())]
    assert kinds[:5] == [
        PieceKind.TITLE,
        PieceKind.RECIPIENT,
        PieceKind.BODY,
        PieceKind.ORDINAL,
        PieceKind.PART_HEADING,
    ]
    assert kinds[-2:] == [PieceKind.SIGNATURE, PieceKind.DATE]
    depths = {piece.text: piece.depth for piece in pieces(nested()) if piece.kind is PieceKind.ORDINAL}
    assert depths == {"一、": 0, "（一）": 1, "1.": 2, "（1）": 3}


def test_the_hash_follows_every_change() -> None:
    report = nested()
    before = report.content_hash()
    assert before == nested().content_hash()
    report.parts[0].items[0].items[0].sentences[0].text += "改"
    assert report.content_hash() != before


@settings(max_examples=25)
@given(drafted_reports())
def test_json_round_trip(report: Report) -> None:
    again = Report.model_validate_json(report.model_dump_json())
    assert again == report
    assert again.content_hash() == report.content_hash()


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError):
        Report.model_validate({"kind": "k", "paragraphs": []})
