"""Times the main job on the sample corpus, each step as a ratio to its bare inner work in the same run.

Run `python benchmarks/main_job.py`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from timing import seconds

from nigao import Assistant, Brief
from nigao.retrieval import local_embedder


def row(name: str, own: float, peer: str, bare: float) -> None:
    print(f"{name:<28}{own:>9.3f} s   {peer:<34}{bare:>9.3f} s   ratio {own / bare:>6.2f}")


def main() -> None:
    embedder = local_embedder()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Assistant.create(folder, sample=True) as assistant:
            lexical = seconds(assistant.sync)
            assistant.search("党风廉政建设")
            if embedder is not None:
                full = seconds(assistant.embed)
                texts = [f"{p.heading}\n{p.text}" for p in assistant.store.documents.passages()]
                bare = seconds(lambda: embedder.embed_passages(texts))
                row("sync, vectors included", lexical + full, "bare embedding calls", bare)
                query = seconds(lambda: embedder.embed_query("党风廉政建设"), 20)
                row("search", seconds(lambda: assistant.search("党风廉政建设"), 20), "embedding the query", query)
            row("re-sync, unchanged", seconds(assistant.sync, 3), "first sync by words", lexical)
            brief = Brief.load(folder / "brief.yaml")
            assistant.draft(brief)
            queries = 20 * query if embedder is not None else lexical
            row("draft, warm", seconds(lambda: assistant.draft(brief), 3), "its 20 query embeddings", queries)
            report = assistant.draft(brief).report
            rendered = seconds(report.model_dump_json, 5)
            row("check, warm", seconds(lambda: assistant.check(report), 5), "serialising the report", rendered)
        command = [sys.executable, "-m", "nigao.cli.main", "--workspace", str(folder)]
        start = seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 3)
        for words in (["--help"], ["draft", str(folder / "brief.yaml"), "-o", str(folder / "r.json")]):
            own = seconds(lambda words=words: subprocess.run([*command, *words], check=True, capture_output=True), 3)
            row(f"nigao {words[0]}, whole process", own, "starting Python", start)


if __name__ == "__main__":
    main()
