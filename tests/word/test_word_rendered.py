"""What others make of the file: an independent checker, and LibreOffice's pages. Each skips, loudly, where absent."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from word_samples import annexed_report, full_report, long_report, short_report

from nigao.report.model import Report
from nigao.word import AI_NOTE, CitationStyle, WordOptions, docx_bytes, write_docx
from nigao.word.pdf import pdf_of

gongwen = pytest.mark.skipif(
    importlib.util.find_spec("gongwen") is None,
    reason="gongwen-skill is not installed: the layout was NOT cross-checked",
)
office = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="soffice or pdftotext is missing: the pages were NOT rendered",
)

# The checker's defaults are a provincial house norm: 28 mm above and below, lines of 33 pt, 署名 centred. Its own
# override file is how another norm is declared; this is GB/T 9704—2012.
_NATIONAL_STANDARD = {
    "page_setup": {"margins": {"top": "3.7cm", "bottom": "3.5cm", "left": "2.8cm", "right": "2.6cm"}},
    "signature": {"align": "right"},
    **{name: {"line_spacing": "28.95pt"} for name in ("doc_title", "heading_1", "heading_2", "heading_3", "body")},
}
_HOUSE_NORM_ONLY = {"CHK-C001", "CHK-C011", "CHK-C016"}


def grave(file: Path, data: Path, *arguments: str) -> list[dict[str, Any]]:
    """The checker's P0 and P1 findings."""
    result = subprocess.run(
        [sys.executable, "-m", "gongwen", "check", str(file), "-t", "report", "--json", *arguments],
        capture_output=True, text=True, check=True, encoding="utf-8",
        env={**os.environ, "GONGWEN_DATA_DIR": str(data), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return [finding for finding in json.loads(result.stdout) if finding["severity"] in ("P0", "P1")]


@gongwen
@pytest.mark.parametrize(
    ("report", "style"),
    [
        *((short_report, style) for style in CitationStyle),
        (long_report, CitationStyle.COMMENTS),
        (full_report, CitationStyle.COMMENTS),
    ],
)
def test_the_independent_checker_finds_nothing_grave(
    report: Callable[[], Report], style: CitationStyle, tmp_path: Path
) -> None:
    file = tmp_path / "报告.docx"
    write_docx(report(), file, WordOptions(citations=style))
    assert grave(file, tmp_path / "data", "--config-overrides", json.dumps(_NATIONAL_STANDARD)) == []
    if report is short_report and style is CitationStyle.COMMENTS:
        # Without the override it objects only where its house norm contradicts the standard.
        assert {finding["rule_id"] for finding in grave(file, tmp_path / "data")} <= _HOUSE_NORM_ONLY


def test_the_report_of_full_length_has_it() -> None:
    assert sum(len(sentence.text) for sentence in full_report().sentences()) > 12_000


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The long report's pages as LibreOffice sets them, each a list of its lines."""
    folder = tmp_path_factory.mktemp("pages")
    file = folder / "报告.docx"
    write_docx(long_report(), file, WordOptions(citations=CitationStyle.NONE))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-raw", str(file.with_suffix(".pdf")), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return [[line for line in page.splitlines() if line.strip()] for page in text.split("\f") if page.strip()]


def width(line: str) -> float:
    closed = re.sub(r"\s", "", line)
    return sum(0.5 if unicodedata.east_asian_width(char) in ("Na", "N", "H") else 1 for char in closed)


@office
def test_a_rendered_page_holds_22_lines_of_28_characters(pages: list[list[str]]) -> None:
    # The first page has the title, and the last but one gives lines to the last, so that 署名 does not stand alone.
    inner = [page[:-1] for page in pages[1:-2]]
    # One heading at a page's foot may move on with the text below it.
    assert all(21 <= len(page) <= 22 for page in inner)
    assert any(len(page) == 22 for page in inner)
    han = [width(line) for page in inner for line in page if not re.search("[A-Za-z0-9]", line)]
    assert max(han) in (28, 29)  # 29: a mark that hangs in the margin
    assert sum(count >= 28 for count in han) > len(han) / 3


@office
def test_rendered_pages_are_numbered_and_labelled(pages: list[list[str]]) -> None:
    assert 9 <= len(pages) <= 11
    assert [re.sub(r"\s", "", page[-1]) for page in pages] == [f"—{n}—" for n in range(1, len(pages) + 1)]
    assert sum(AI_NOTE in line for page in pages for line in page) == 1


@office
def test_the_rendered_text_is_whole(pages: list[list[str]]) -> None:
    closed = re.sub(r"\s", "", "".join("".join(page[:-1]) for page in pages))
    for sentence in long_report().sentences():
        assert re.sub(r"\s", "", sentence.text) in closed
    assert re.sub(r"\s", "", pages[-1][-2]) == "2026年1月8日"


@office
def test_a_long_table_runs_over_pages_and_repeats_its_head(tmp_path: Path) -> None:
    made = pdf_of(docx_bytes(annexed_report(), WordOptions(citations=CitationStyle.NONE)))
    (tmp_path / "报告.pdf").write_bytes(made.data)
    texts = page_texts(tmp_path / "报告.pdf")
    heads = [number for number, text in enumerate(texts) if "整改措施" in text and "佐证材料" not in text]
    assert len(heads) >= 3
    assert heads == list(range(heads[0], heads[0] + len(heads)))
    # Each row is there once, whole, on one page.
    table = "\n".join(texts[heads[0] : heads[-1] + 1])
    rows = re.findall(r"^(\d{1,2})(?= |$)(?!\s*月)", table, re.MULTILINE)
    assert sorted(map(int, rows)) == list(range(1, 31))
    begun = [number for number, text in enumerate(texts) if re.search(r"^附件\s*\d$", text, re.MULTILINE)]
    assert begun[0] == heads[0]
    assert len(begun) == 3
    wide = [number for number, text in enumerate(texts) if "佐证材料" in text]
    with pypdfium2.PdfDocument(made.data) as document:
        sideways = [number for number, page in enumerate(document) if page.get_width() > page.get_height()]
    assert sideways == wide
    # The numbers run on over all sections.
    numbers = [re.findall(r"—\s*(\d+)\s*—", text)[-1] for text in texts]
    assert numbers == [str(number) for number in range(1, len(texts) + 1)]
    for told in made.substituted:
        assert re.fullmatch(r"(仿宋_GB2312|楷体_GB2312|黑体|宋体|方正小标宋简体) → \S.*", told)


def page_texts(file: Path) -> list[str]:
    text = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return [page for page in text.split("\f") if page.strip()]
