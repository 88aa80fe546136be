"""The door of the corpus: one document is read, screened and split, or refused with a reason.

Words for a language model are no reason to refuse what a person approved, but they are told.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nigao.corpus.files import load_bytes
from nigao.corpus.instructions import Instruction, find_instructions
from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.manifest import ManifestEntry, document_from_entry
from nigao.corpus.markings import find_marking
from nigao.corpus.model import Document, Passage, RefusalReason
from nigao.corpus.readers.source import SourceText
from nigao.corpus.sandbox.parent import parse_in_child
from nigao.corpus.splitter import split_passages
from nigao.errors import AdmissionError
from nigao.text.placeholders import find_placeholders
from nigao.text.units import stated_issuer

_IN_TITLE, _IN_HEADING, _IN_MARGINS = "标题", "小标题", "正文之外（页眉、页脚、文本框、批注等）"

# More than a person reads: a hostile file is not to fill the screen.
_TOLD = 100


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Words in an admitted document that look written for a language model; drafting does not use them.

    `locator` is what a person is told (`二（三）第2段`); `excerpt` is one short line of the text; `why` is Chinese.
    """

    document_id: str
    title: str
    locator: str
    excerpt: str
    why: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """A document that passed the door: its record, its text, the passages whose offsets index that text, and what in it
    looks written for a model."""

    document: Document
    text: str
    passages: tuple[Passage, ...]
    suspicious: tuple[Suspicion, ...] = ()


def admit(
    entry: ManifestEntry, path: Path, limits: AdmissionLimits = DEFAULT_LIMITS, *, approved: bool = True
) -> Admitted:
    """Read and check one document of the manifest, which lies at `path`. With `approved` False it is only submitted:
    who approves it, and when, is not asked yet.

    Raises AdmissionError whose `reason` is a RefusalReason. Markings are looked for first in the names, then, once the
    bytes can be read at all, in the text; no message holds any of the document's text but the marking word.
    """
    _refuse_marked(find_marking(names=[entry.title, path.stem]), path)
    data = load_bytes(path, limits, within=_folder(entry, path))
    source = parse_in_child(data, str(path), limits)
    _refuse_marked(screen(source), path)
    digest = hashlib.sha256(data).hexdigest()
    if entry.sha256 and entry.sha256 != digest:
        raise AdmissionError(
            "内容与清单固定的 sha256 不符，批准后被改动过",
            reason=RefusalReason.CHANGED,
            where=str(path),
            fix="核对改动并重新批准，再更新清单中的 sha256",
        )
    _refuse_incomplete(entry, path, approved)
    passages = tuple(split_passages(entry.id, entry.title, source))
    if not passages:
        raise AdmissionError(
            "没有正文", reason=RefusalReason.EMPTY, where=str(path), fix="核对文件内容；扫描件请先转成文字"
        )
    document = document_from_entry(entry, digest)
    if not document.issuer:
        # Whose a document is decides what may be said with it; where the manifest is silent the document may tell.
        document = replace(document, issuer=stated_issuer(entry.title, source.text))
    return Admitted(document, source.text, passages, suspicions(document, source.text, passages, source.margins))


def suspicions(
    document: Document, text: str, passages: Sequence[Passage], margins: Iterable[str] = ()
) -> tuple[Suspicion, ...]:
    """What in the title, the text and the margins looks written for a model, a hundred of each at most; `passages`, in
    order, tell the place.
    """

    def told(found: Instruction, locator: str) -> Suspicion:
        return Suspicion(document.id, document.title, locator, found.excerpt, found.why)

    starts = [passage.start for passage in passages]

    def place(found: Instruction) -> str:
        # The last passage that begins before the words end; those of a heading are in none.
        near = bisect_right(starts, found.end - 1) - 1
        inside = near >= 0 and found.start < passages[near].end
        return passages[near].locator if inside else _IN_HEADING

    return (
        *(told(found, _IN_TITLE) for found in find_instructions(document.title)),
        *(told(found, place(found)) for found in find_instructions(text)[:_TOLD]),
        *(told(found, _IN_MARGINS) for found in find_instructions("\n".join(margins))[:_TOLD]),
    )


def screen(source: SourceText) -> str:
    """The classified or internal marking that a text carries, or an empty string."""
    return find_marking(margins=source.margins, lines=[block.text for block in source.blocks])


def _folder(entry: ManifestEntry, path: Path) -> Path | None:
    """The manifest's folder, which its files must not leave; None for a file that a person names by its full path."""
    below = Path(entry.path)
    if below.is_absolute() or path.parts[-len(below.parts) :] != below.parts:
        return None
    return Path(*path.parts[: -len(below.parts)])


def _refuse_marked(marking: str, path: Path) -> None:
    if marking:
        raise AdmissionError(
            f"带有“{marking}”标志，不予收录",
            reason=RefusalReason.CLASSIFIED,
            where=str(path),
            fix="涉密文件、工作秘密和内部资料不得进入语料库，请从该文件夹移走",
        )


def _refuse_incomplete(entry: ManifestEntry, path: Path, approved: bool) -> None:
    needed: list[tuple[str, object]] = [("title", entry.title), ("role", entry.role)]
    if approved:
        needed += [("approved_by", entry.approved_by), ("approved_on", entry.approved_on)]
    # 待补 or XXX left in the manifest approves nothing.
    blank = [n for n, v in needed if not v or (isinstance(v, str) and n != "title" and find_placeholders(v))]
    if blank:
        raise AdmissionError(
            f"没有完整的批准记录，缺 {'、'.join(blank)}" if approved else f"登记不完整，缺 {'、'.join(blank)}",
            reason=RefusalReason.UNAPPROVED,
            where=str(path),
            fix="经批准后在清单中补全批准人（approved_by）和批准日期（approved_on）等项；"
            "不用清单的，先 nigao corpus submit 提交，再由批准人 nigao corpus approve",
        )
