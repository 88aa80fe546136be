"""Run in a process of its own, which can be ended: takes the docx files of a folder through the doors for them."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

from nigao.checker import Checker
from nigao.errors import NigaoError
from nigao.manuscript import mend
from nigao.manuscript.wordfile import annotate_docx
from nigao.word.changes import Signature
from nigao.word.cleaning import clean
from nigao.word.returning.editedfile import EditedFile
from nigao.word.returning.rejoining import rejoin

BY = Signature("拟稿核对", dt.datetime(2026, 1, 9, tzinfo=dt.UTC))


def through_the_doors(path: Path) -> list[str]:
    """What was said: the refusal, or that the file was checked, mended, annotated, cleaned and imported."""
    checker = Checker()
    manuscript = checker.open_file(path)
    findings = checker.check(manuscript)
    mended = mend(manuscript, findings, by=BY)
    kept = path.read_bytes()
    clean(kept, accept=True)
    edited = EditedFile(kept)
    rejoin(manuscript.report, checker.kind(), edited.lines(lambda _: True))
    again = manuscript.holding(mended.data, checker.kind())
    annotate_docx(again, checker.check(again))
    return ["read", str(len(findings))]


def main() -> None:
    for path in sorted(Path(sys.argv[1]).iterdir()):
        try:
            told = through_the_doors(path)
        except NigaoError as refusal:
            told = ["refused", refusal.message, refusal.where, refusal.fix]
        sys.stdout.write(json.dumps([path.name, *told]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
