"""Times a sync beside the bare embedding calls and beside LangChain's loader, splitter and `Chroma.from_documents`.

Run `python benchmarks/sync.py [--passages 500] [--documents 300] [--megabytes 4,16] [--no-peer]`. The files are
sentences of the sample corpus put together anew by a fixed seed. The peer needs the `bench` extra; both embed the same
number of characters with the same local model. Memory is the peak of a process that syncs files of so many megabytes
by words.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from timing import seconds

from nigao import Assistant
from nigao.resources import sample_corpus
from nigao.retrieval import local_embedder
from nigao.text.sentences import split_sentences
from nigao.workspace import create_workspace

_PARAGRAPH, _PASSAGE_CHARS = 5, 280


class Counting:
    """The local model, with the texts that it was asked for and the seconds that it took."""

    def __init__(self) -> None:
        self._model: Any = local_embedder()
        if self._model is None:
            sys.exit("没有本地向量模型，无从比较")
        self.name, self.dimensions = self._model.name, self._model.dimensions
        self.texts: list[str] = []
        self.taken = 0.0

    def embed_passages(self, texts: Sequence[str]) -> Any:
        self.texts.extend(texts)
        began = time.perf_counter()
        vectors = self._model.embed_passages(texts)
        self.taken += time.perf_counter() - began
        return vectors

    def embed_query(self, text: str) -> Any:
        return self._model.embed_query(text)


def paragraphs() -> Iterator[str]:
    """Sentences of the sample in new company, without end."""
    folder = sample_corpus() / "documents"
    files = sorted(folder.rglob("*.md")) + sorted(folder.rglob("*.txt"))
    known = [span.text for file in files for span in split_sentences(file.read_text(encoding="utf-8"))]
    known = [text for text in known if len(text) > 15 and "\n" not in text]
    chance = random.Random(7)
    for number in itertools.count(1):
        yield f"第{number}项工作。" + "".join(chance.sample(known, _PARAGRAPH))


def write_corpus(folder: Path, documents: int, characters: int) -> None:
    """A workspace with so many files of so many characters each."""
    create_workspace(folder)
    source = paragraphs()
    entries = ["version: 1", "documents:"]
    for number in range(documents):
        lines = [f"第{number}号工作记录"]
        while sum(map(len, lines)) < characters:
            lines.append(next(source))
        path = folder / "corpus" / "documents" / f"d{number:05d}.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        fields = f"path: documents/{path.name}, title: 第{number}号工作记录, role: material"
        entries.append(f"  - {{id: d{number:05d}, {fields}, approved_by: 周文清, approved_on: 2025-01-10}}")
    (folder / "corpus" / "manifest.yaml").write_text("\n".join(entries) + "\n", encoding="utf-8")


def changed(folder: Path) -> None:
    """One paragraph of the first file, and its approval, are new."""
    path = folder / "corpus" / "documents" / "d00000.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[1] = next(itertools.islice(paragraphs(), 999_999, None))
    path.write_text("\n".join(lines), encoding="utf-8")
    manifest = folder / "corpus" / "manifest.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("approved_on: 2025-01-10", "approved_on: 2025-02-10", 1), encoding="utf-8")


def own(folder: Path, documents: int, passages: int) -> tuple[float, float]:
    """Seconds of a whole sync with vectors, and of the embedding calls alone within it."""
    write_corpus(folder, documents, passages * _PASSAGE_CHARS // documents)
    model = Counting()
    model.embed_query("预热")
    with Assistant.open(folder, embedder=model) as assistant:
        by_words = seconds(assistant.sync)
        vectors = seconds(assistant.embed)
        bare, whole = model.taken, by_words + vectors
        count = len(assistant.store.documents.passages())
        print(f"收录 {documents} 份、{count} 段：{by_words:.2f} s 后可按字词检索，连同向量共 {whole:.2f} s")
        print(f"其中模型自己 {bare:.2f} s，比值 {whole / bare:.3f}")
        print(f"再次同步，没有变化：{seconds(assistant.sync, 3) * 1000:.0f} ms")
        before = {passage.id for passage in assistant.store.documents.passages()}
        changed(folder)
        model.texts.clear()
        once = seconds(lambda: (assistant.sync(), assistant.embed()))
        new = [p.id for p in assistant.store.documents.passages() if p.id not in before]
        print(f"改一份中的一段：{once * 1000:.0f} ms，新段落 {len(new)}，新算向量 {len(model.texts)}")
    return whole, bare


def peer(folder: Path) -> float | None:
    """Seconds that LangChain takes over the same files with the same model, None where it is not installed."""
    try:
        from langchain_chroma import Chroma
        from langchain_community.document_loaders import DirectoryLoader, TextLoader
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        print(f"未安装 {error.name}，不与 LangChain 比较（pip install nigao[bench]）")
        return None
    model = Counting()

    class Same:
        """The same model under LangChain's names."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            parts = [model.embed_passages(texts[i : i + 32]) for i in range(0, len(texts), 32)]
            return [vector.tolist() for part in parts for vector in part]

        def embed_query(self, text: str) -> list[float]:
            return list(model.embed_query(text))

    def work() -> None:
        files = folder / "corpus" / "documents"
        loaded = DirectoryLoader(str(files), glob="*.txt", loader_cls=TextLoader).load()
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=_PASSAGE_CHARS, chunk_overlap=0, separators=["\n\n", "\n", "。", "；", "，", ""]
        )
        Chroma.from_documents(splitter.split_documents(loaded), Same(), persist_directory=str(folder / "peer"))

    taken = seconds(work)
    print(f"LangChain：{len(model.texts)} 段，{taken:.2f} s")
    return taken


def memory(megabytes: float) -> None:
    """Print the peak of this process over a sync by words; run in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpus(folder, max(1, round(megabytes * 5)), 70_000)
        size = sum(path.stat().st_size for path in (folder / "corpus" / "documents").iterdir())
        own = _OwnMemory()
        with Assistant.open(folder, embeddings=False) as assistant:
            taken, after_sync = seconds(assistant.sync), own.peak
            indexed = seconds(assistant.hybrid.status)
            count = assistant.hybrid.status().passages
    print(
        f"{size / 1e6:.1f} MB、{count} 段：收录 {taken:.1f} s，建字词索引 {indexed:.1f} s；"
        f"自有内存峰值：收录 {after_sync:.0f}，索引 {own.peak:.0f} MB；连同映射的文件 {_status('VmHWM'):.0f} MB"
    )


class _OwnMemory:
    """The most memory that was this process's own, in MB: pages of mapped files, which the system may take back, left
    out. Looked at ten times a second.
    """

    def __init__(self) -> None:
        self.peak = 0.0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, _status("RssAnon"))
            time.sleep(0.1)


def _status(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(f"{name}:")[1].split()[0]) / 1024


def main() -> None:
    asked = argparse.ArgumentParser(description="同步的用时和内存")
    asked.add_argument("--passages", type=int, default=500)
    asked.add_argument("--documents", type=int, default=300)
    asked.add_argument("--megabytes", default="4,16")
    asked.add_argument("--memory", type=float)
    asked.add_argument("--no-peer", action="store_true")
    options = asked.parse_args()
    if options.memory is not None:
        memory(options.memory)
        return
    with tempfile.TemporaryDirectory() as name:
        whole, _ = own(Path(name), options.documents, options.passages)
        theirs = None if options.no_peer else peer(Path(name))
        if theirs is not None:
            print(f"本工具与 LangChain 用时之比 {whole / theirs:.3f}")
    for size in filter(None, options.megabytes.split(",")):
        command = [sys.executable, __file__, "--memory", size]
        subprocess.run(command, check=True, env=os.environ | {"OMP_WAIT_POLICY": "passive"})


if __name__ == "__main__":
    main()
