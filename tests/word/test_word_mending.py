"""Mending a Word file: findings go, everything else stays; words are replaced without disturbing their looks."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_docx import NS, by_the_standard, messy, one_paragraph
from layout_faults import BAD, findings
from lxml import etree
from test_word_rendered import _NATIONAL_STANDARD, gongwen, grave, office
from word_ooxml import Docx, text_of, w
from word_samples import long_report

from nigao.corpus.readers import parse_document
from nigao.errors import ReportFileError
from nigao.report.wordlayout import MENDABLE
from nigao.word import docx_bytes
from nigao.word.editing import TextEdit, replace_text
from nigao.word.mending import MENDERS, mend_layout

# A person's judgement is asked: words, title breaks and colours that may be somebody's marks.
JUDGED = {"L606", "L613", "L619"}


def text(data: bytes) -> str:
    return parse_document(data, "报告.docx").text


def test_what_is_said_to_be_mendable_is() -> None:
    assert set(MENDERS) == MENDABLE
    assert set(BAD) == MENDABLE | JUDGED


@pytest.mark.parametrize("code", sorted(MENDABLE))
def test_a_mended_file_has_the_finding_no_more(code: str) -> None:
    for change in BAD[code]:
        broken = by_the_standard(change)
        mended, done = mend_layout(broken, [code])
        assert done == [code]
        assert findings(mended) == []
        assert text(mended) == text(broken)
        assert mend_layout(mended, ["L"]) == (mended, [])


def test_a_file_by_the_standard_stays_as_it_is() -> None:
    for data in (by_the_standard(), docx_bytes(long_report())):
        assert mend_layout(data, ["L"]) == (data, [])


def test_only_what_was_asked_for_is_mended() -> None:
    mended, done = mend_layout(messy(), ["L602", "L608"])
    assert done == ["L602", "L608"]
    left = {finding.code for finding in findings(mended)}
    assert not left & {"L602", "L608"}
    assert {"L601", "L605", "L616"} <= left
    data = messy()
    assert mend_layout(data, []) == (data, [])
    assert mend_layout(data, ["L606", "L619", "G201"]) == (data, [])


@pytest.fixture(scope="module")
def before() -> Docx:
    return Docx.read(messy())


@pytest.fixture(scope="module")
def mended_bytes() -> bytes:
    return mend_layout(messy(), ["L"])[0]


@pytest.fixture(scope="module")
def after(mended_bytes: bytes) -> Docx:
    return Docx.read(mended_bytes)


def test_a_typed_up_report_is_set_right_at_once(mended_bytes: bytes) -> None:
    assert {finding.code for finding in findings(mended_bytes)} == {"L619"}
    assert mend_layout(mended_bytes, ["L"]) == (mended_bytes, [])
    assert text(mended_bytes) == text(messy())


def test_tables_pictures_changes_comments_and_links_stay(before: Docx, after: Docx) -> None:
    for tag in ("tbl", "ins", "del", "hyperlink", "drawing"):
        ours, theirs = (
            [re.sub(r"<w:rPr>.*?</w:rPr>|<w:rPr/>", "", _xml(e)) for e in part.body.iter(w(tag))]
            for part in (after, before)
        )
        assert ours == theirs
        assert ours
    assert after.members["word/comments.xml"] == before.members["word/comments.xml"]
    marks = [e.tag for e in after.body.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))]
    assert len(marks) == 3
    assert text_of(after.body) == text_of(before.body)
    assert after.members["word/styles.xml"] == before.members["word/styles.xml"]


def _xml(element: object) -> str:
    return etree.tostring(element, encoding="unicode")  # type: ignore[call-overload, no-any-return]


def test_a_line_with_a_picture_keeps_its_own_height(after: Docx) -> None:
    picture = after.paragraph("水位变化见图")
    assert after.paragraph_property(picture, "spacing", "lineRule") != "exact"
    assert after.paragraph_property(after.paragraph("二是作风"), "spacing", "lineRule") == "exact"


def test_properties_stand_in_the_order_of_the_schema(after: Docx) -> None:
    order = [
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "numPr",
        "snapToGrid",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
        "rPr",
    ]
    for properties in after.body.iter(w("pPr")):
        names = [child.tag.removeprefix(w("")) for child in properties]
        known = [order.index(name) for name in names if name in order]
        assert known == sorted(known)
    looks = ["rStyle", "rFonts", "b", "bCs", "color", "spacing", "sz", "szCs", "highlight", "u", "vertAlign", "lang"]
    for properties in after.body.iter(w("rPr")):
        known = [looks.index(name) for child in properties if (name := child.tag.removeprefix(w(""))) in looks]
        assert known == sorted(known)


def test_even_pages_keep_the_head_that_all_pages_had(mended_bytes: bytes) -> None:
    document = docx.Document(io.BytesIO(mended_bytes))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == "云汀市水文局内部资料"
    assert [p.text for p in section.footer.paragraphs] == ["— 1 —"]
    assert [p.text for p in section.even_page_footer.paragraphs] == ["— 1 —"]


def test_a_foot_that_says_more_than_the_number_is_left_to_a_person() -> None:
    def told(document: Document) -> None:
        document.sections[0].footer.paragraphs[0].insert_paragraph_before("云汀市水文局印")
        document.sections[0].footer.paragraphs[1].add_run("（送审稿）")

    broken = by_the_standard(told)
    mended, _ = mend_layout(broken, ["L616"])
    foot = docx.Document(io.BytesIO(mended)).sections[0].footer
    assert [p.text for p in foot.paragraphs] == ["云汀市水文局印", "— 1 —（送审稿）"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(ReportFileError) as caught:
        mend_layout(data, ["L"])
    assert caught.value.fix
    with pytest.raises(ReportFileError):
        replace_text(data, [])


@gongwen
def test_the_independent_checker_finds_nothing_grave_after_mending(tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(mend_layout(messy(plain=True), ["L"])[0])
    assert grave(file, tmp_path / "data", "--config-overrides", json.dumps(_NATIONAL_STANDARD)) == []


@office
def test_a_mended_file_opens_and_is_numbered(tmp_path: Path, mended_bytes: bytes) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(mended_bytes)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = subprocess.run(
        ["pdftotext", "-raw", str(file.with_suffix(".pdf")), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout.split("\f")[:-1]
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert "云汀市水文局内部资料" in page
        assert f"—{number}—" in re.sub(r"\s", "", page)
    assert re.sub(r"\s", "", pages[1]).startswith(("云汀市水文局内部资料附件1", "附件1"))


# ---- words ----


def paragraph_of(data: bytes) -> object:
    return docx.Document(io.BytesIO(data)).paragraphs[0]


def test_words_are_replaced_across_runs_and_keep_their_looks() -> None:
    data = one_paragraph("局党组,把学习", "摆在首", "位,抓落实")
    edited, refused = replace_text(
        data, [TextEdit(0, 3, 4, "，"), TextEdit(0, 5, 9, "理论学习放"), TextEdit(0, 11, 12, "，")]
    )
    assert refused == []
    runs = paragraph_of(edited).runs  # type: ignore[attr-defined]
    assert [(run.text, run.bold) for run in runs] == [
        ("局党组，把理论学习放", False),
        ("首", True),
        ("位，抓落实", False),
    ]


def test_insertions_deletions_and_what_is_refused() -> None:
    data = one_paragraph("甲乙丙丁")
    edited, refused = replace_text(data, [TextEdit(0, 2, 2, "和"), TextEdit(0, 3, 4, ""), TextEdit(0, 0, 0, "　")])
    assert paragraph_of(edited).text == "　甲乙和丙"  # type: ignore[attr-defined]
    assert refused == []
    wrong = [TextEdit(0, 3, 9, "x"), TextEdit(0, 1, 3, "甲\n乙"), TextEdit(5, 0, 1, "x"), TextEdit(0, -1, 1, "x")]
    assert replace_text(data, wrong) == (data, sorted(wrong, key=lambda edit: (edit.paragraph, edit.start)))
    broken = one_paragraph("甲", f"<w:r {NS}><w:br/></w:r>", "乙")
    assert replace_text(broken, [TextEdit(0, 0, 2, "x")]) == (broken, [TextEdit(0, 0, 2, "x")])
    edited, refused = replace_text(data, [TextEdit(0, 0, 2, "戊"), TextEdit(0, 1, 3, "己")])
    assert refused == [TextEdit(0, 0, 2, "戊")]
    assert paragraph_of(edited).text == "甲己丁"  # type: ignore[attr-defined]


TRACKED = 'w:id="1" w:author="核稿人" w:date="2026-01-05T08:00:00Z"'


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:ins {NS} {TRACKED}><w:r><w:t>中间</w:t></w:r></w:ins>",
        f'<w:hyperlink {NS} w:anchor="x"><w:r><w:t>中间</w:t></w:r></w:hyperlink>',
        f'<w:fldSimple {NS} w:instr=" PAGE "><w:r><w:t>中间</w:t></w:r></w:fldSimple>',
        f'<w:r {NS}><w:fldChar w:fldCharType="begin"/><w:instrText> REF x </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>中间</w:t><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_fields_links_and_tracked_changes_are_not_touched(inside: str) -> None:
    data = one_paragraph("前文", inside, "后文")
    touching = [TextEdit(0, 1, 3, "x"), TextEdit(0, 2, 4, "x"), TextEdit(0, 3, 5, "x")]
    for edit in touching:
        assert replace_text(data, [edit]) == (data, [edit])
    edited, refused = replace_text(data, [TextEdit(0, 0, 1, "上"), TextEdit(0, 5, 6, "字")])
    assert refused == []
    assert text(edited).replace("\n", "").startswith("上文中")
    assert text(edited).endswith("后字")


def test_an_edit_over_a_tracked_deletion_is_refused() -> None:
    data = one_paragraph("前文", f"<w:del {NS} {TRACKED}><w:r><w:delText>旧</w:delText></w:r></w:del>", "后文")
    edit = TextEdit(0, 1, 3, "x")
    assert replace_text(data, [edit]) == (data, [edit])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text("甲乙丙，。 a1", max_size=5), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.text("丁戊。", max_size=3)), max_size=3),
)
def test_replacing_words_is_replacing_them_in_the_text(runs: list[str], drawn: list[tuple[int, int, str]]) -> None:
    data = one_paragraph(*runs)
    edits = [TextEdit(0, min(a, b), max(a, b), words) for a, b, words in drawn]
    edited, refused = replace_text(data, edits)
    expected = "".join(runs)
    made = list(edits)
    for edit in refused:
        made.remove(edit)
    for edit in sorted(made, key=lambda edit: (edit.start, edit.end), reverse=True):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert paragraph_of(edited).text == expected  # type: ignore[attr-defined]
