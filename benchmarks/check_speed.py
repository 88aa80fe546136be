"""Times the check of a report against a corpus of many passages, warm and as a process.

Run `python benchmarks/check_speed.py [--data FOLDER] [--report FILE] [--passages 10000]`. FOLDER holds texts (.txt), or
corpus.jsonl files with a `text` a line, to fill the corpus with beside the sample documents; without it the sample's
sentences are put together anew. Each figure is also a ratio to a peer in the same run: cutting the report into words by
jieba, and starting Python.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from timing import seconds

from nigao import Assistant, Brief
from nigao.report.render import render_text
from nigao.text.sentences import split_sentences
from nigao.text.tokens import words

_SENTENCES_A_PARAGRAPH = 4
_PARAGRAPHS_A_DOCUMENT = 60
# Short paragraphs are packed together.
_PASSAGES_A_DOCUMENT = 48


def paragraphs(data: Path | None, sample: Path) -> Iterator[str]:
    """Paragraphs to fill the corpus with: those of the data, else the sample's sentences in new company, for ever."""
    if data is not None:
        for file in sorted(data.rglob("*.txt")):
            yield from (line for line in file.read_text(encoding="utf-8").splitlines() if len(line) > 20)
        for file in sorted(data.rglob("corpus.jsonl")):
            with file.open(encoding="utf-8") as lines:
                yield from (json.loads(line)["text"].replace("\n", "") for line in lines)
    texts = [file.read_text(encoding="utf-8") for file in sorted(sample.rglob("*.md")) + sorted(sample.rglob("*.txt"))]
    known = [span.text for text in texts for span in split_sentences(text) if len(span.text) > 15]
    chance = random.Random(7)
    while True:
        yield "".join(chance.sample(known, _SENTENCES_A_PARAGRAPH))


def fill(folder: Path, data: Path | None, wanted: int) -> int:
    """Add documents to the workspace until its corpus has about the passages wanted. Returns how many it has."""
    manifest_path = folder / "corpus" / "manifest.yaml"
    manifest = yaml.safe_load(manifest_path.read_text(encoding="utf-8"))
    supply = paragraphs(data, folder / "corpus" / "documents")
    for number in range(wanted // _PASSAGES_A_DOCUMENT + 1):
        path = folder / "corpus" / "documents" / f"filler-{number}.txt"
        path.write_text("\n".join(itertools.islice(supply, _PARAGRAPHS_A_DOCUMENT)), encoding="utf-8")
        manifest["documents"].append(
            {
                "id": f"filler-{number}",
                "path": f"documents/{path.name}",
                "title": f"参考材料之{number}",
                "role": "basis",
                "issuer": "云汀市资料室",
                "approved_by": "程立",
                "approved_on": "2025-01-10",
            }
        )
    manifest_path.write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    with Assistant.open(folder, embeddings=False) as assistant:
        assistant.sync()
        return len(assistant.store.documents.passages())


def row(name: str, own: float, peer: str, bare: float) -> None:
    print(f"{name:<34}{own * 1000:>9.1f} ms   {peer:<26}{bare * 1000:>8.2f} ms   ratio {own / bare:>7.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path)
    options.add_argument("--report", type=Path)
    options.add_argument("--passages", type=int, default=10_000)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "ws"
        with Assistant.create(folder, sample=True) as assistant:
            assistant.sync()
            drafted = assistant.draft(Brief.load(folder / "brief.yaml"))
        print(f"passages: {fill(folder, asked.data, asked.passages)}")
        files = [folder / "drafted.json", folder / "typed.txt"]
        drafted.save(files[0])
        files[1].write_text(render_text(drafted.report), encoding="utf-8")
        for file in files + ([asked.report] if asked.report else []):
            measure(folder, file)


def measure(folder: Path, file: Path) -> None:
    """A report checked cold, warm, and by the command."""
    with Assistant.open(folder, embeddings=False) as assistant:
        report = assistant.read(file)
        text = render_text(report)
        print(f"{file.name}: {len(text)} characters")
        words(text)
        bare = seconds(lambda: words(text), 20)
        row("  first check of a process", seconds(lambda: assistant.check(report), 1), "cutting into words", bare)
        row("  check, warm", seconds(lambda: assistant.check(report), 15), "cutting into words", bare)
    start = seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 5)
    command = [sys.executable, "-m", "nigao.cli.main", "--workspace", str(folder), "check", str(file)]
    whole = seconds(lambda: subprocess.run(command, check=False, capture_output=True), 5)
    row("  nigao check, whole process", whole, "starting Python", start)


if __name__ == "__main__":
    main()
