"""Thirty pairs of revisions, each opened in LibreOffice: accept all is the newest text, reject all the oldest."""

from __future__ import annotations

import itertools
from pathlib import Path

from random_edits import revisions
from word_office import office, settled_by_office
from word_ooxml import Docx, text_of, w

from nigao.report.model import Report
from nigao.word import CitationStyle, WordOptions, docx_bytes
from nigao.word.tracked import changes_docx

PAIRS = 30
STYLES = (CitationStyle.NONE, CitationStyle.NONE, CitationStyle.COMMENTS)


def lines(report: Report) -> str:
    """The paragraphs of the report as it is exported by itself, cells included."""
    body = Docx.read(docx_bytes(report, WordOptions(citations=CitationStyle.NONE))).body
    return "".join(text_of(paragraph).replace("\n", " / ") + "\n" for paragraph in body.iter(w("p")))


@office
def test_accepting_and_rejecting_all_in_libreoffice_gives_the_two_revisions(tmp_path: Path) -> None:
    pairs = {str(seed): revisions(seed) for seed in range(PAIRS)}
    files = {
        name: changes_docx(states, WordOptions(citations=style))
        for (name, states), style in zip(pairs.items(), itertools.cycle(STYLES), strict=False)
    }
    told = settled_by_office(files, tmp_path)
    wanted = {name: (lines(states[-1].report), lines(states[0].report)) for name, states in pairs.items()}
    assert sum(new != old for new, old in wanted.values()) > PAIRS * 0.8
    for name, data in files.items():
        kept = _without_blanks if _moves_a_table(data) else str
        for way, said, due in zip(("accepting", "rejecting"), told[name], wanted[name], strict=True):
            assert kept(said) == kept(due), f"{way}, seed {name}"


def _moves_a_table(data: bytes) -> bool:
    """Whether a whole table has come or gone. LibreOffice leaves the end of the paragraph before it behind: it cannot
    join a paragraph to a table.
    """
    every = [[{mark.tag for mark in row.iterfind(f"{w('trPr')}/*")} for row in table.iter(w("tr"))]
             for table in Docx.read(data).body.iter(w("tbl"))]  # fmt: skip
    return any(all(w(mark) in row for row in rows) for rows in every for mark in ("ins", "del"))


def _without_blanks(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if line.strip())
