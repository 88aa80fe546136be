"""GB/T 9704—2012 row by row, read from the XML as it takes effect."""

from __future__ import annotations

import re

import pytest
from word_ooxml import Docx, path, text_of, text_runs, w
from word_samples import long_report, said, short_report

from nigao.report.model import Report, Sentence
from nigao.word import CitationStyle, WordOptions, docx_bytes


def written(report: Report, **options: object) -> Docx:
    return Docx.read(docx_bytes(report, WordOptions(**options)))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=[short_report, long_report])
def document(request: pytest.FixtureRequest) -> Docx:
    return written(request.param())


def number(element: object, name: str) -> int:
    return int(element.get(w(name)))  # type: ignore[attr-defined]


def test_row_1_paper_is_a4(document: Docx) -> None:
    size = document.section.find(w("pgSz"))
    assert (number(size, "w"), number(size, "h")) == (11906, 16838)


def test_row_2_margins(document: Docx) -> None:
    margins = document.section.find(w("pgMar"))
    expected = {"top": 2098, "left": 1588, "bottom": 1984, "right": 1474}
    assert all(abs(number(margins, side) - twips) <= 2 for side, twips in expected.items())
    assert number(margins, "gutter") == 0


def test_row_3_a_line_holds_28_characters_and_a_page_22_lines(document: Docx) -> None:
    grid = document.section.find(w("docGrid"))
    assert (grid.get(w("type")), grid.get(w("linePitch"))) == ("linesAndChars", "579")
    size, margins = document.section.find(w("pgSz")), document.section.find(w("pgMar"))
    width = number(size, "w") - number(margins, "left") - number(margins, "right")
    height = number(size, "h") - number(margins, "top") - number(margins, "bottom")
    paragraph = document.paragraph("按照")
    spacing = int(document.run_property(paragraph, text_runs(paragraph)[0], "spacing") or 0)
    assert width // (16 * 20 + spacing) == 28
    assert -8 <= spacing < 0
    assert height // 579 == 22


def test_row_4_every_line_is_exact(document: Docx) -> None:
    for paragraph in document.paragraphs():
        assert document.paragraph_property(paragraph, "spacing", "lineRule") == "exact"
        assert 560 <= int(document.paragraph_property(paragraph, "spacing", "line") or 0) <= 579
        for side in ("before", "after"):
            assert document.paragraph_property(paragraph, "spacing", side) == "0"


def test_row_5_title(document: Docx) -> None:
    title = document.paragraphs()[0]
    assert text_of(title) == "云岭市政务服务局\n关于2025年度政治生态建设情况的报告"
    assert document.fonts(title) == {"方正小标宋简体"}
    assert document.sizes(title) == {"44"}
    assert document.paragraph_property(title, "jc") == "center"
    assert document.paragraph_property(title, "ind", "firstLine") is None
    assert all(document.run_property(title, run, "b") is None for run in text_runs(title))


def test_row_6_recipient_stands_flush_left_below_a_blank_line(document: Docx) -> None:
    blank, recipient = document.paragraphs()[1:3]
    assert text_of(blank) == ""
    assert text_of(recipient) == "市委第二巡察组："
    assert document.paragraph_property(recipient, "ind", "firstLineChars") is None
    assert document.paragraph_property(recipient, "ind", "left") is None
    assert document.paragraph_property(recipient, "jc") == "left"


@pytest.mark.parametrize("typed", ["各县区政务服务局：", "各县区政务服务局:", "各县区政务服务局"])
def test_row_6_recipient_ends_in_one_full_width_colon(typed: str) -> None:
    report = short_report().model_copy(update={"recipient": said(typed)})
    assert text_of(written(report).paragraphs()[2]) == "各县区政务服务局："


def test_row_7_body(document: Docx) -> None:
    body = [p for p in document.paragraphs() if document.style_name(p) == "公文正文" and text_of(p)]
    assert len(body) >= 8
    for paragraph in body:
        assert document.fonts(paragraph) == {"仿宋_GB2312"}
        assert document.sizes(paragraph) == {"32"}
        assert document.paragraph_property(paragraph, "ind", "firstLineChars") == "200"
        assert document.paragraph_property(paragraph, "jc") == "both"


def test_digits_and_quotes_use_the_font_of_the_text(document: Docx) -> None:
    for paragraph in document.paragraphs():
        for run in text_runs(paragraph):
            slots = {document.run_property(paragraph, run, "rFonts", s) for s in ("ascii", "hAnsi", "eastAsia", "cs")}
            assert len(slots) == 1


def test_row_8_headings_by_level() -> None:
    document = written(short_report())
    expected = {
        "一、": ("一级标题", "黑体", "0"),
        "（一）": ("二级标题", "楷体_GB2312", "1"),
        "1.": ("三级标题", "仿宋_GB2312", "2"),
        "（1）": ("四级标题", "仿宋_GB2312", "3"),
    }
    order = []
    for start, (style, font, outline) in expected.items():
        heading = document.paragraph(start)
        order.append(document.paragraphs().index(heading))
        assert document.style_name(heading) == style
        assert document.fonts(heading) == {font}
        assert document.sizes(heading) == {"32"}
        assert document.paragraph_property(heading, "ind", "firstLineChars") == "200"
        assert document.paragraph_property(heading, "outlineLvl") == outline
    assert order == sorted(order)


def test_row_8_headings_stand_on_their_own_lines(document: Docx) -> None:
    texts = [text_of(p) for p in document.paragraphs()]
    assert {"一、基本情况", "二、政治生态主要特征", "三、存在的问题", "四、整改方向"} <= set(texts)
    sections = [text for text in texts if re.match("（[一二三四]）", text)]
    assert sections
    assert all("。" not in text for text in sections)


def test_row_10_signature_two_from_the_right_and_the_date_two_behind_it(document: Docx) -> None:
    *_, blank, signature, date = document.paragraphs()
    assert text_of(blank) == ""
    assert (text_of(signature), text_of(date)) == ("云岭市政务服务局", "2026年1月8日")
    assert document.paragraph_property(signature, "ind", "rightChars") == "200"
    # Eight characters against six: the date begins two to the right and so ends where 署名 ends.
    assert document.paragraph_property(date, "ind", "rightChars") == "200"
    for paragraph in (signature, date):
        assert document.paragraph_property(paragraph, "jc") == "right"
        assert document.fonts(paragraph) == {"仿宋_GB2312"}
        assert document.sizes(paragraph) == {"32"}


@pytest.mark.parametrize(
    ("signature", "date", "rights"),
    [
        ("云岭市发展和改革委员会办公室", "2026年9月7日", ("200", "800")),
        ("市教育局", "2026年11月17日", ("700", "200")),
        ("云岭市教育局", "2026年9月7日", ("200", "0")),
    ],
)
def test_row_10_the_longer_of_the_two_decides(signature: str, date: str, rights: tuple[str, str]) -> None:
    report = short_report().model_copy(update={"signature": said(signature), "date": said(date)})
    document = written(report)
    closing = document.paragraphs()[-2:]
    assert tuple(document.paragraph_property(p, "ind", "rightChars") for p in closing) == rights


def test_row_10_the_end_never_stands_alone_on_a_page(document: Docx) -> None:
    *_, last_text, blank, signature, date = document.paragraphs()
    kept = [p.find(path("pPr", "keepNext")) is not None for p in (last_text, blank, signature, date)]
    assert kept == [True, True, True, False]


def test_no_closing_lines_leave_no_blank_line() -> None:
    document = written(short_report().model_copy(update={"signature": None, "date": None}))
    assert text_of(document.paragraphs()[-1]).startswith("一是坚持以学促干。")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2026年09月07日", "2026年9月7日"),
        ("2026-9-7", "2026年9月7日"),
        ("二〇二六年九月七日", "2026年9月7日"),
        ("2026年9月", "2026年9月"),
        ("【待补：成文日期】", "【待补：成文日期】"),
    ],
)
def test_row_11_date(typed: str, shown: str) -> None:
    report = short_report().model_copy(update={"date": Sentence(text=typed)})
    assert text_of(written(report).paragraphs()[-1]) == shown


@pytest.mark.parametrize("ai_label", [True, False])
def test_row_12_page_numbers(ai_label: bool) -> None:
    document = written(short_report(), ai_label=ai_label)
    assert document.xml("word/settings.xml").find(w("evenAndOddHeaders")) is not None
    relations = {r.get("Id"): "word/" + r.get("Target") for r in document.xml("word/_rels/document.xml.rels")}
    rid = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    footers = {f.get(w("type")): relations[f.get(rid)] for f in document.section.iter(w("footerReference"))}
    assert set(footers) == ({"default", "even", "first"} if ai_label else {"default", "even"})
    for kind, name in footers.items():
        side = "left" if kind == "even" else "right"
        paragraph = document.xml(name).find(w("p"))
        assert text_of(paragraph) == "— 1 —"
        assert "".join(paragraph.itertext(w("instrText"))).strip() == "PAGE"
        assert document.paragraph_property(paragraph, "jc") == side
        assert document.paragraph_property(paragraph, "ind", f"{side}Chars") == "100"
        assert document.fonts(paragraph) == {"宋体"}
        assert document.sizes(paragraph) == {"28"}


@pytest.mark.parametrize("style", list(CitationStyle))
def test_the_text_is_the_same_however_evidence_is_shown(style: CitationStyle) -> None:
    document = written(short_report(), citations=style)
    plain = written(short_report(), citations=CitationStyle.NONE)
    assert [text_of(p) for p in document.paragraphs()] == [text_of(p) for p in plain.paragraphs()]


def test_styles_are_ours_alone_and_chinese(document: Docx) -> None:
    styles = document.xml("word/styles.xml")
    custom = {s.find(w("name")).get(w("val")) for s in styles.iter(w("style")) if s.get(w("customStyle"))}
    assert {"公文标题", "主送机关", "公文正文", "一级标题", "二级标题", "署名", "成文日期", "点题句"} <= custom
    language = styles.find(path("docDefaults", "rPrDefault", "rPr", "lang"))
    assert language.get(w("eastAsia")) == "zh-CN"
    assert not any("Heading" in s.get(w("styleId")) for s in styles.iter(w("style")) if not s.get(w("customStyle")))
