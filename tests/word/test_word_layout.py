"""GB/T 9704—2012 row by row, read from the XML as it takes effect."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from word_ooxml import Docx, path, text_of, text_runs, w
from word_samples import annexed_report, full_report, long_report, said, short_report

from nigao.checker import Checker
from nigao.report.departures_page import wrong_page_number
from nigao.report.model import Annex, Report, Sentence, Table
from nigao.word import CitationStyle, WordOptions, docx_bytes, read_layout


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


def annexed(*titles: str) -> Report:
    return short_report().model_copy(
        update={"annexes": [Annex(title=said(t), paragraphs=[said("略。")]) for t in titles]}
    )


def note_lines(document: Docx) -> list[str]:
    return [text_of(p) for p in document.paragraphs() if document.style_name(p) == "附件说明"]


def test_row_9_one_annex_is_told_without_a_number() -> None:
    document = written(annexed("问题整改台账。"))
    note = document.paragraph("附件：")
    assert note_lines(document) == ["附件：问题整改台账"]
    assert text_of(note.getprevious()) == ""
    assert text_of(note.getprevious().getprevious()).startswith("一是坚持以学促干。")
    assert text_of(note.getnext()) == ""
    assert text_of(note.getnext().getnext()) == "云岭市政务服务局"


def test_row_9_several_annexes_are_numbered_one_below_the_other() -> None:
    long_name = "云岭市政务服务局2025年度政治生态建设反馈问题整改责任分工方案"
    data = docx_bytes(annexed("问题整改台账；", "责任分工表", long_name))
    document = Docx.read(data)
    assert note_lines(document) == ["附件：1. 问题整改台账", "2. 责任分工表", f"3. {long_name}"]
    note = {p.text: p for p in read_layout(data).paragraphs if p.text in note_lines(document)}
    first, second, third = note.values()
    # 附件： two in, the numbers below each other; what runs over stands below the name.
    assert (first.lead, second.lead, third.lead) == (200, 500, 500)
    assert (first.left, third.left) == (650, 650)
    for paragraph in document.paragraphs():
        if document.style_name(paragraph) == "附件说明":
            assert document.fonts(paragraph) == {"仿宋_GB2312"}
            assert document.sizes(paragraph) == {"32"}


def test_row_9_the_reports_own_lines_win() -> None:
    own = [Sentence(text="附件：1. 台账"), Sentence(text="2. 分工表", gap="\n")]
    report = annexed("问题整改台账").model_copy(update={"attachments": own})
    assert note_lines(written(report)) == ["附件：1. 台账", "2. 分工表"]


def test_row_13_each_annex_begins_a_page_with_the_word_at_the_top_left() -> None:
    document = written(annexed("问题整改台账", "责任分工表"))
    for number, name in ((1, "问题整改台账"), (2, "责任分工表")):
        head = next(p for p in document.paragraphs() if text_of(p) == f"附件{number}")
        assert document.style_name(head) == "附件字样"
        assert document.fonts(head) == {"黑体"}
        assert document.sizes(head) == {"32"}
        assert document.paragraph_property(head, "jc") == "left"
        assert document.paragraph_property(head, "ind", "firstLineChars") is None
        style = next(s for s in document.xml("word/styles.xml") if s.get(w("styleId")) == "GwAttachmentHead")
        assert style.find(path("pPr", "pageBreakBefore")) is not None
        blank, title = head.getnext(), head.getnext().getnext()
        assert (text_of(blank), text_of(title)) == ("", name)
        assert document.fonts(title) == {"方正小标宋简体"}
        assert document.paragraph_property(title, "jc") == "center"


def test_row_13_one_annex_has_no_number() -> None:
    assert "附件" in [text_of(p) for p in written(annexed("问题整改台账")).paragraphs()]


def test_row_13_in_a_parsed_text_too() -> None:
    after = ["附件1", "问题整改台账", "一、总体要求", "坚持逐项销号、逐月对账。"]
    report = short_report().model_copy(update={"after": [Sentence(text=line, gap="\n") for line in after]})
    document = written(report)
    styles = {text_of(p): document.style_name(p) for p in document.paragraphs()}
    assert [styles[line] for line in after] == ["附件字样", "附件标题", "一级标题", "公文正文"]


def test_a_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    document = written(annexed_report())
    table, wide = document.body.iter(w("tbl"))
    rows = table.findall(w("tr"))
    assert len(rows) == 31
    assert [row.find(path("trPr", "tblHeader")) is not None for row in rows] == [True] + [False] * 30
    assert all(row.find(path("trPr", "cantSplit")) is not None for row in rows)
    for one, space in ((table, 8844), (wide, 12756)):
        widths = [number(column, "w") for column in one.iter(w("gridCol"))]
        assert sum(widths) == number(one.find(path("tblPr", "tblW")), "w") == space
    # 措施 holds most and gets most.
    widths = [number(column, "w") for column in table.iter(w("gridCol"))]
    assert max(widths) == widths[2]
    cells = [p for p in document.paragraphs() if document.style_name(p) in ("表格小字", "表格文字")]
    assert {size for p in cells for size in document.sizes(p)} <= {"21", "24"}
    heads = [p for p in document.paragraphs() if document.style_name(p) in ("表头小字", "表头文字")]
    assert {font for p in heads for font in document.fonts(p)} == {"黑体"}


def test_a_row_higher_than_most_of_a_page_may_run_over() -> None:
    table = Table(rows=[["事项", "说明"], ["一", "很长的说明，" * 400]])
    report = short_report().model_copy(update={"annexes": [Annex(title=said("说明"), table=table)]})
    rows = list(written(report).body.iter(w("tr")))
    assert [row.find(path("trPr", "cantSplit")) is not None for row in rows] == [True, False]


def test_a_wide_table_stands_on_pages_on_their_side_with_the_margins_turned() -> None:
    document = written(annexed_report())
    upright, sideways = document.body.iter(w("sectPr"))
    size, margins = sideways.find(w("pgSz")), sideways.find(w("pgMar"))
    assert (number(size, "w"), number(size, "h"), size.get(w("orient"))) == (16838, 11906, "landscape")
    sides = {side: number(margins, side) for side in ("top", "right", "bottom", "left")}
    assert sides == {"top": 1588, "right": 2098, "bottom": 1474, "left": 1984}
    # Its pages go on with the numbers of those before, and without the first page's note.
    assert upright.find(w("titlePg")) is not None
    assert [sideways.find(w(name)) for name in ("headerReference", "titlePg", "pgNumType")] == [None] * 3
    assert number(upright.find(w("pgSz")), "w") == 11906


def test_row_12_pages_on_their_side_are_numbered_where_the_others_are() -> None:
    """An upright page's foot is the left edge of one on its side; odd pages have the number at its lower end."""
    report = annexed_report()
    report.annexes.append(Annex(title=said("说明"), paragraphs=[said("略。")]))
    document = written(report)
    relations = {r.get("Id"): "word/" + r.get("Target") for r in document.xml("word/_rels/document.xml.rels")}
    rid = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    feet = [
        {
            f.get(w("type")): relations[f.get(rid)]
            for f in section.iter(w("footerReference"))
            if f.get(w("type")) != "first"
        }
        for section in document.body.iter(w("sectPr"))
    ]
    upright, sideways, behind = feet
    assert upright == behind
    assert set(sideways) == {"default", "even"}
    assert not set(sideways.values()) & set(upright.values())
    for kind, side in (("default", "right"), ("even", "left")):
        (paragraph,) = document.xml(sideways[kind]).iterfind(f".//{w('txbxContent')}/{w('p')}")
        assert text_of(paragraph) == "— 1 —"
        assert document.paragraph_property(paragraph, "jc") == side
        assert (document.fonts(paragraph), document.sizes(paragraph)) == ({"宋体"}, {"28"})
        (turned,) = (e for e in document.xml(sideways[kind]).iter() if e.tag.endswith("}bodyPr"))
        assert turned.get("vert") == "vert"
    assert wrong_page_number(read_layout(docx_bytes(report))) == []


def test_an_upright_annex_behind_a_wide_one_is_upright_again() -> None:
    report = annexed_report()
    report.annexes.append(Annex(title=said("说明"), paragraphs=[said("略。")]))
    widths = [number(s.find(w("pgSz")), "w") for s in written(report).body.iter(w("sectPr"))]
    assert widths == [11906, 16838, 11906]


@pytest.mark.parametrize("report", [annexed_report, full_report])
def test_a_report_with_annexes_opens_in_what_the_layout_rules_find_clean(report: object, tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(docx_bytes(report()))  # type: ignore[operator]
    checker = Checker()
    assert [(f.code, f.message) for f in checker.check(checker.open_file(file), select=["L"])] == []


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
    expected = [text_of(p) for p in plain.paragraphs()]
    found = [text_of(p) for p in document.paragraphs()]
    # A table of sources stands behind everything else.
    assert found[: len(expected)] == expected
    assert len(found) == len(expected) or style is CitationStyle.APPENDIX


def test_styles_are_ours_alone_and_chinese(document: Docx) -> None:
    styles = document.xml("word/styles.xml")
    custom = {s.find(w("name")).get(w("val")) for s in styles.iter(w("style")) if s.get(w("customStyle"))}
    assert {"公文标题", "主送机关", "公文正文", "一级标题", "二级标题", "署名", "成文日期", "点题句"} <= custom
    language = styles.find(path("docDefaults", "rPrDefault", "rPr", "lang"))
    assert language.get(w("eastAsia")) == "zh-CN"
    assert not any("Heading" in s.get(w("styleId")) for s in styles.iter(w("style")) if not s.get(w("customStyle")))
