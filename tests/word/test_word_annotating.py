"""Findings as comments in a copy of a docx, and comments of a person read as waivers."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_docx import NS, by_the_standard, messy, one_paragraph
from test_word_rendered import office
from word_ooxml import Docx, anchored, text_of, w

from nigao.corpus.readers import parse_document
from nigao.errors import ReportFileError
from nigao.word.annotating import AUTHOR, Note, annotate
from nigao.word.characters import body_paragraphs, visible_text
from nigao.word.comments import read_waiver_comments
from nigao.word.reading import read_layout

WHEN = dt.datetime(2026, 1, 8, 9, 30, tzinfo=dt.UTC)


def commented(data: bytes) -> dict[str, tuple[str, str]]:
    """Comment text → (author, the words between its anchors)."""
    document = Docx.read(data)
    told = {c.get(w("id")): (text_of(c), c.get(w("author"))) for c in document.xml("word/comments.xml")}
    words = anchored(document)
    references = [e.get(w("id")) for e in document.body.iter(w("commentReference"))]
    assert sorted(references) == sorted(told)
    return {text: (author, words.get(key, "")) for key, (text, author) in told.items()}


def bold_characters(data: bytes) -> str:
    runs = docx.Document(io.BytesIO(data)).paragraphs[0].runs
    return "".join(run.text for run in runs if run.bold)


def body_texts(data: bytes) -> list[str]:
    return [visible_text(p) for p in body_paragraphs(docx.Document(io.BytesIO(data)).element.body)]


def test_a_note_is_on_exactly_its_words() -> None:
    data = one_paragraph("全年开展学习", "12次，覆盖", "全部支部。")
    notes = [
        Note(0, 4, 8, "G201：数字未见依据", severity="error"),
        Note(0, 6, 9, "第二条"),
        Note(0, 0, 2, "开头", author="核稿人", severity="info"),
        Note(0, 16, 17, "末尾"),
    ]
    marked = annotate(data, notes, moment=WHEN)
    assert commented(marked) == {
        "错误：G201：数字未见依据": (AUTHOR, "学习12"),
        "第二条": (AUTHOR, "12次"),
        "说明：开头": ("核稿人", "全年"),
        "末尾": (AUTHOR, "。"),
    }
    assert body_texts(marked) == body_texts(data)
    assert bold_characters(marked) == bold_characters(data)
    assert annotate(data, notes, moment=WHEN) == marked


def test_the_comments_that_are_there_stay() -> None:
    before = commented(messy())
    marked = annotate(messy(), [Note(17, 0, 4, "提示", severity="warning"), Note(17, 0, 4, "再提示")], moment=WHEN)
    after = commented(marked)
    assert before.items() <= after.items()
    assert after["提醒：提示"][1] == after["再提示"][1] == "一是学习"
    assert parse_document(marked, "报告.docx").text == parse_document(messy(), "报告.docx").text
    assert {p.role for p in read_layout(marked).paragraphs} == {p.role for p in read_layout(messy()).paragraphs}


TRACKED = 'w:id="1" w:author="核稿人" w:date="2026-01-05T08:00:00Z"'


def test_words_in_links_fields_changes_and_tables() -> None:
    data = one_paragraph(
        "前文",
        f'<w:hyperlink {NS} w:anchor="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>',
        f"<w:del {NS} {TRACKED}><w:r><w:delText>旧</w:delText></w:r></w:del>",
        f"<w:ins {NS} {TRACKED}><w:r><w:t>新词</w:t></w:r></w:ins>",
        f'<w:r {NS}><w:fldChar w:fldCharType="begin"/></w:r>',
        f"<w:r {NS}><w:instrText> PAGE </w:instrText></w:r>",
        f'<w:r {NS}><w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r>',
        "后文",
    )
    marked = annotate(data, [Note(0, 3, 5, "甲"), Note(0, 4, 6, "乙"), Note(0, 6, 8, "丙")], moment=WHEN)
    assert {text: words for text, (_, words) in commented(marked).items()} == {"甲": "接新", "乙": "新词", "丙": "1后"}
    assert body_texts(marked) == body_texts(data)
    table = next(i for i, text in enumerate(body_texts(messy())) if text == "监测科")
    assert commented(annotate(messy(), [Note(table, 0, 2, "表")]))["表"][1] == "监测"


@pytest.mark.parametrize(
    "note", [Note(0, 0, 0, "空"), Note(0, 40, 50, "空"), Note(99, 0, 1, "空"), Note(-1, 0, 1, "空")]
)
def test_a_note_without_words_marks_the_paragraph(note: Note) -> None:
    assert commented(annotate(one_paragraph("甲乙"), [note]))["空"][1] == "甲乙"
    assert commented(annotate(one_paragraph(), [note]))["空"][1] == ""


def test_without_notes_nothing_is_written() -> None:
    data = messy()
    assert annotate(data, []) == data
    with pytest.raises(ReportFileError):
        annotate(b"junk", [Note(0, 0, 1, "x")])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text("甲乙丙，。12", min_size=1, max_size=6), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), min_size=1, max_size=5),
)
def test_any_notes_keep_the_text_and_mark_their_words(runs: list[str], spans: list[tuple[int, int]]) -> None:
    text = "".join(runs)
    notes = [Note(0, min(s), max(s), f"第{n}条") for n, s in enumerate(spans)]
    marked = annotate(one_paragraph(*runs), notes, moment=WHEN)
    assert body_texts(marked) == [text]
    found = commented(marked)
    for note in notes:
        assert found[note.text][1] == (text[note.start : note.end] or text)


# ---- waivers ----


def with_comments(document: Document) -> None:
    paragraphs = [p for p in document.paragraphs if p.runs]
    document.add_comment(paragraphs[2].runs, text="忽略 G221：确为我单位提法", author="程立", initials="程")
    document.add_comment(paragraphs[2].runs, text="请核对", author="程立", initials="程")
    document.add_comment(paragraphs[4].runs[:1], text=" 忽略 T501、T502：引文原貌\n已核", author="何敏", initials="何")


def test_comments_that_begin_with_the_word_are_waivers() -> None:
    first, second = read_waiver_comments(by_the_standard(with_comments))
    assert (first.text, first.author) == ("忽略 G221：确为我单位提法", "程立")
    assert (
        first.paragraph_text == first.words == "按照市委第二巡察组工作要求，现将我局2025年度政治生态建设情况报告如下。"
    )
    assert dt.datetime.fromisoformat(first.date)
    assert second.text == "忽略 T501、T502：引文原貌\n已核"
    assert second.paragraph > first.paragraph
    assert read_waiver_comments(by_the_standard()) == []


def test_our_own_notes_are_no_waivers() -> None:
    assert read_waiver_comments(annotate(messy(), [Note(0, 0, 1, "忽略不得", severity="error")])) == []


@office
def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(annotate(messy(), [Note(3, 2, 6, "请核对标题", severity="warning")], moment=WHEN))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    flat = file.with_suffix(".fodt").read_text(encoding="utf-8")
    assert flat.count("<office:annotation ") == 2
    assert "提醒：请核对标题" in flat
    assert f"<dc:creator>{AUTHOR}</dc:creator>" in flat
