"""Rows of a ledger in a passage, as labelled cells that can be cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nigao.corpus.instructions import looks_like_instruction
from nigao.drafting.candidates import Candidate
from nigao.retrieval.search import Hit
from nigao.text.rows import cell_entries, table_rows

# A ledger has columns of this sort; other tables state facts, not problems.
_LEDGER = re.compile("问题|措施|整改|任务")

Row = dict[str, Candidate]


def ledger_rows(hit: Hit) -> Iterator[Row]:
    """The passage's ledger rows, each cell by its column's name."""
    for start, _, cells in table_rows(hit.passage.text):
        if any(_LEDGER.search(cell.label) for cell in cells):
            said = [cell for cell in cells if cell.text and not looks_like_instruction(cell.text)]
            yield {cell.label: Candidate(cell.text, hit, start + cell.start, "", 0) for cell in said}


_PROGRESS = re.compile("完成|进展|落实情况|整改情况|状态|销号")
_DONE = re.compile("^(?:已|均已|全部)(?:整改)?(?:完成|办结|销号|到位|处置|解决|整改)(?!.{0,4}(?:方案|摸排))")


def is_closed(row: Row) -> bool:
    """Whether the row says that its problem is settled: then it is neither a problem nor something to be done."""
    return any(_PROGRESS.search(label) and _DONE.match(cell.text) for label, cell in row.items())


def entries(cell: Candidate) -> list[Candidate]:
    """The cell's numbered entries or sentences, each as a candidate of its own."""
    return [replace(cell, text=span.text, index=cell.index + span.start) for span in cell_entries(cell.text)]
