"""The manifest: which documents the office has approved, by whom, and for how long."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from nigao.corpus.model import Document, Role
from nigao.errors import ManifestError
from nigao.yamlfile import explain, load_yaml_model

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _date(value: object) -> object:
    """Only a date or an ISO string: Pydantic alone would read 20250301 as seconds since 1970."""
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise ValueError("应为日期，如 2025-12-26")


def _text(value: object) -> object:
    """A field left blank is absent; a bare number is a slip that quotes would mend."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    raise ValueError("应为文字；纯数字或日期请加引号")


def _identifier(value: object) -> object:
    if isinstance(value, str) and _ID.fullmatch(value) and ".." not in value:
        return value
    raise ValueError("编号只能用字母、数字、点、下划线和连字符，以字母或数字开头，不超过 64 个字符；纯数字请加引号")


def _path(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("应为相对于清单所在文件夹的文件路径")
    if "\\" in value or not value.replace("\u3000", "").isprintable():
        raise ValueError("路径请用 / 分隔，不含反斜杠、控制字符和看不见的字符")
    return value.strip()


def _sha256(value: object) -> object:
    written = value.strip().lower() if isinstance(value, str) else value
    if written is None or written == "":
        return ""
    if isinstance(written, str) and _SHA256.fullmatch(written):
        return written
    raise ValueError("应为 64 位十六进制的 SHA-256；不需要固定版本时删去此项")


def _list(value: object) -> object:
    return () if value is None else value


def _unit(value: object) -> object:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueError("应为单位名称的列表，如 [临江县档案馆]")


OptionalText = Annotated[str, BeforeValidator(_text)]
OptionalDate = Annotated[dt.date | None, BeforeValidator(_date)]
DocumentId = Annotated[str, BeforeValidator(_identifier)]
UnitName = Annotated[str, BeforeValidator(_unit)]


class ManifestEntry(BaseModel):
    """One document as the manifest states it. A blank title, role or approval is no error here but at the door."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: DocumentId
    path: Annotated[str, BeforeValidator(_path)]
    title: OptionalText = ""
    role: Role | None = None
    issuer: OptionalText = ""
    number: OptionalText = ""
    approved_by: OptionalText = ""
    approved_on: OptionalDate = None
    valid_from: OptionalDate = None
    valid_to: OptionalDate = None
    supersedes: Annotated[tuple[DocumentId, ...], BeforeValidator(_list)] = ()
    visible_to: Annotated[tuple[UnitName, ...], BeforeValidator(_list)] = ()
    sha256: Annotated[str, BeforeValidator(_sha256)] = ""

    @model_validator(mode="after")
    def _period_in_order(self) -> ManifestEntry:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to（{self.valid_to}）早于 valid_from（{self.valid_from}）")
        return self


class _ManifestFile(BaseModel):
    """The file before its entries are looked at, so that an entry's mistake can be told with the entry's id."""

    model_config = ConfigDict(extra="forbid")

    version: Literal[1]
    documents: list[dict[str, Any]] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that does not contradict itself. `path` is the file; the entries' paths are relative to its folder."""

    path: Path
    documents: tuple[ManifestEntry, ...]

    def file_of(self, entry: ManifestEntry) -> Path:
        """Where the entry's file is."""
        return self.path.parent / entry.path

    def superseded_by(self) -> dict[str, str]:
        """For each superseded id, the id of the entry that takes its place (the last one that says so)."""
        return {old: entry.id for entry in self.documents for old in entry.supersedes}


def load_manifest(path: Path) -> Manifest:
    """Read and check a manifest. Raises ManifestError naming the file, the entry, the field and the fix.

    Whether the listed files exist and may be admitted is not asked here.
    """
    raw = load_yaml_model(path, _ManifestFile, ManifestError, "语料清单")
    manifest = Manifest(path, tuple(_entry(path, number, item) for number, item in enumerate(raw.documents, 1)))
    _check_ids(manifest)
    _check_paths(manifest)
    _check_supersedes(manifest)
    return manifest


def document_from_entry(entry: ManifestEntry, sha256: str) -> Document:
    """The document as recorded; `sha256` is of the file's bytes. Raises ValueError where the entry states no role."""
    if entry.role is None:
        raise ValueError(f"entry {entry.id} states no role")
    return Document(
        id=entry.id,
        title=entry.title,
        role=entry.role,
        sha256=sha256,
        path=entry.path,
        issuer=entry.issuer,
        number=entry.number,
        approved_by=entry.approved_by,
        approved_on=entry.approved_on,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        supersedes=entry.supersedes,
        visible_to=entry.visible_to,
    )


def _entry(path: Path, number: int, item: dict[str, Any]) -> ManifestEntry:
    try:
        return ManifestEntry.model_validate(item)
    except ValidationError as exc:
        where = _where(path, number, item.get("id"))
        raise ManifestError("；".join(explain(exc, ManifestEntry)), where=where, fix="改正后再试") from None


def _where(path: Path, number: int, document_id: object = None, field: str = "") -> str:
    name = f"（{document_id}）" if isinstance(document_id, str) and document_id else ""
    return f"{path} 第 {number} 份{name}" + (f"的 {field}" if field else "")


def _check_ids(manifest: Manifest) -> None:
    seen: dict[str, int] = {}
    for number, entry in enumerate(manifest.documents, 1):
        # Ids name cache entries and files, and some file systems fold case.
        first = seen.setdefault(entry.id.casefold(), number)
        if first != number:
            where = _where(manifest.path, number, entry.id, "id")
            raise ManifestError(f"编号与第 {first} 份重复", where=where, fix="每份文件用不同的编号（不区分大小写）")


def _check_paths(manifest: Manifest) -> None:
    seen: dict[Path, int] = {}
    for number, entry in enumerate(manifest.documents, 1):
        where = _where(manifest.path, number, entry.id, "path")
        if Path(entry.path).is_absolute() or ".." in Path(entry.path).parts:
            raise ManifestError("路径指向清单所在文件夹之外", where=where, fix="把文件放进该文件夹，再写相对路径")
        try:
            target = manifest.file_of(entry).resolve()
        except (OSError, RuntimeError):
            # Where a link goes round in circles, or out of the folder, one file is refused, and that at the door.
            continue
        first = seen.setdefault(target, number)
        if first != number:
            raise ManifestError(f"与第 {first} 份是同一个文件", where=where, fix="同一文件只列一次")


def _check_supersedes(manifest: Manifest) -> None:
    older = {entry.id: entry.supersedes for entry in manifest.documents}
    for number, entry in enumerate(manifest.documents, 1):
        where = _where(manifest.path, number, entry.id, "supersedes")
        for old in entry.supersedes:
            if old == entry.id:
                raise ManifestError("文件不能取代自己", where=where, fix="删去自己的编号")
            if old not in older:
                raise ManifestError(f"清单中没有编号 {old}", where=where, fix="核对编号，或先把被取代的文件列入清单")
        if entry.id in _reached(entry.id, older):
            raise ManifestError("取代关系成环", where=where, fix="只由新文件写明它取代的旧文件")


def _reached(start: str, older: dict[str, tuple[str, ...]]) -> set[str]:
    """Every id that `start` supersedes directly or through others."""
    reached: set[str] = set()
    waiting = list(older[start])
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting.extend(older[current])
    return reached
