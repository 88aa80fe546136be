"""Real texts of others, where the shared folder is at hand: offsets hold and passages are of a usable size."""

import difflib
from pathlib import Path

import pytest

from nigao.corpus.admission import screen
from nigao.corpus.readers import BlockKind, read_document
from nigao.corpus.splitter import split_passages

SHARED = Path(__file__).resolve().parents[3] / "shared"
OFFICIAL = SHARED / "data" / "official"
PAIRS = SHARED / "data" / "files" / "idcard_gd"
PAGES = SHARED / "data" / "files" / "html"

needs_official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="NOT RUN: ../shared/data/official is absent")
needs_pairs = pytest.mark.skipif(not PAIRS.is_dir(), reason="NOT RUN: ../shared/data/files is absent")

needs_pages = pytest.mark.skipif(
    not (PAGES.is_dir() and OFFICIAL.is_dir()), reason="NOT RUN: ../shared/data/files/html is absent"
)


@needs_official
def test_official_texts_give_usable_passages() -> None:
    sizes: list[int] = []
    for path in sorted(OFFICIAL.glob("*.txt")):
        source = read_document(path)
        passages = split_passages("d", path.stem.split("_", 2)[-1], source)
        assert passages, path.name
        covered = [False] * len(source.text)
        for passage in passages:
            assert passage.text == source.text[passage.start : passage.end]
            assert not any(covered[passage.start : passage.end])
            covered[passage.start : passage.end] = [True] * len(passage.text)
        body = [block for block in source.blocks if block.kind is not BlockKind.HEADING]
        assert all(covered[i] or source.text[i].isspace() for block in body for i in range(block.start, block.end))
        sizes += [len(passage.text) for passage in passages]
    usable = sum(60 <= size <= 450 for size in sizes) / len(sizes)
    assert usable >= 0.9, usable


@needs_official
def test_no_official_text_is_taken_for_classified() -> None:
    assert {path.name: screen(read_document(path)) for path in OFFICIAL.glob("*.txt")} == {
        path.name: "" for path in OFFICIAL.glob("*.txt")
    }


@needs_pairs
def test_a_word_file_and_its_text_agree() -> None:
    pairs = sorted(PAIRS.glob("*.docx"))
    assert pairs
    for path in pairs:
        word, plain = read_document(path), read_document(path.with_suffix(".txt"))
        assert similar(word.text, plain.text) >= 0.99, path.name
        articles = [block.text for block in word.blocks if block.text.startswith("第")]
        squeezed = "".join(plain.text.split())
        # Their numbers are Word's own, written in no run of the file.
        assert len(articles) > 10
        assert all("".join(article.split()) in squeezed for article in articles), path.name
        passages = split_passages("d", path.stem, word)
        assert all(passage.text == word.text[passage.start : passage.end] for passage in passages)
        assert passages[-1].locator.startswith("第")


@needs_pages
def test_web_pages_give_their_texts() -> None:
    pages = sorted(PAGES.glob("*.html"))
    assert pages
    for path in pages:
        page = read_document(path)
        plain = read_document(next(OFFICIAL.glob(f"{path.stem}_*.txt")))
        if any(block.kind is BlockKind.TABLE_ROW for block in page.blocks):
            # Rows name their columns, which the plain text says once: nothing may be missing all the same.
            words = {word.rstrip("。；;") for word in plain.text.split() if len(word) > 3}
            missing = [word for word in words if word not in "".join(page.text.split())]
            assert len(missing) <= 0.05 * len(words), (path.name, missing)
        else:
            assert similar(page.text, plain.text) >= 0.999, path.name


def similar(one: str, other: str) -> float:
    """difflib's ratio on the texts without white space."""
    return difflib.SequenceMatcher(None, "".join(one.split()), "".join(other.split()), autojunk=False).ratio()
