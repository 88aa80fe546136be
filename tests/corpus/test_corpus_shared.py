"""Real texts of others, where the shared folder is at hand: offsets hold and passages are of a usable size."""

from pathlib import Path

import pytest

from nigao.corpus.admission import screen
from nigao.corpus.readers import BlockKind, read_document
from nigao.corpus.splitter import split_passages

SHARED = Path(__file__).resolve().parents[3] / "shared"
OFFICIAL = SHARED / "data" / "official"
PAIRS = SHARED / "data" / "files" / "idcard_gd"

needs_official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="NOT RUN: ../shared/data/official is absent")
needs_pairs = pytest.mark.skipif(not PAIRS.is_dir(), reason="NOT RUN: ../shared/data/files is absent")


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
        squeezed = "".join(plain.text.split())
        articles = [block.text for block in word.blocks if block.text.startswith("第")]
        assert articles
        found = sum("".join(article.split()) in squeezed for article in articles)
        assert found >= 0.9 * len(articles), path.name
        passages = split_passages("d", path.stem, word)
        assert all(passage.text == word.text[passage.start : passage.end] for passage in passages)
        assert passages[-1].locator.startswith("第")
