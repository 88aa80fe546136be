"""Read csv and tsv as one sheet: the separator is the one that cuts most of the lines into equally many fields."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.plain import decode
from nigao.corpus.readers.sheets.rows import Row, sheet_pieces
from nigao.corpus.readers.source import SourceText
from nigao.corpus.readers.structure import assemble, clean
from nigao.errors import AdmissionError

_SEPARATORS = ",\t;|，"
_LOOKED_AT = 50


def read_delimited(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """Rows as `列：值；列：值`, labelled by the line's place among the rows. Raises AdmissionError (`unreadable`)."""
    text = clean(decode(data, name))
    # Excel's own first line for readers elsewhere: sep=;
    first, _, rest = text.partition("\n")
    told = first.strip().lower().removeprefix("sep=") if first.strip().lower().startswith("sep=") else ""
    separator = told[:1] or _separator(text)
    try:
        rows: list[Row] = []
        for number, cells in enumerate(csv.reader(io.StringIO(rest if told else text), delimiter=separator), 1):
            if len(rows) > limits.max_blocks:
                break
            rows.append((number, [" ".join(cell.split()) for cell in cells]))
    except csv.Error:
        raise AdmissionError(
            "不是规范的 csv：有一格过长，多半是引号没有配对",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="核对引号，或另存为 xlsx",
        ) from None
    return assemble(name, sheet_pieces(rows, 1), guess_titles=False)


def _separator(text: str) -> str:
    best = (0.0, 0, ",")
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in islice(csv.reader(io.StringIO(text), delimiter=separator), _LOOKED_AT) if row]
        except csv.Error:
            continue
        cut = Counter(width for width in widths if width > 1)
        width, times = cut.most_common(1)[0] if cut else (0, 0)
        if (times / max(len(widths), 1), width) > best[:2]:
            best = (times / len(widths), width, separator)
    return best[2]
