"""What callers send as files: names that are only names, and originals kept in the workspace beside the manifest."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from nigao.atomicfile import replace_file
from nigao.corpus.model import RefusalReason
from nigao.errors import AdmissionError, OutputError, UsageError
from nigao.settings import Settings

_LONGEST_NAME, _LONGEST_SUFFIX = 120, 10


@dataclass(frozen=True, slots=True)
class FileName:
    """A file's name as its sender calls it. `suffix` is in small letters, with its dot."""

    whole: str

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return Path(self.whole).stem

    @property
    def suffix(self) -> str:
        """What the file says that it is."""
        return Path(self.whole).suffix.lower()


@dataclass(frozen=True, slots=True)
class Original:
    """A file that was kept. `new`: the same bytes were not there under this name before."""

    path: Path
    new: bool

    def discard(self) -> None:
        """Take it away again, unless it was there before."""
        if self.new:
            with contextlib.suppress(OSError):
                self.path.unlink()
                self.path.parent.rmdir()


def file_name(sent: str | None) -> FileName:
    """The name of an upload. Raises UsageError for one that is no plain name: a path, control characters, too long."""
    name = (sent or "").strip()
    if not name or name.startswith("."):
        raise _bad_name("没有文件名", "连同文件名一起上传，如 工作总结.docx")
    if "/" in name or "\\" in name:
        raise _bad_name("文件名里有路径", "只写文件名，不带文件夹")
    if not name.replace("\u3000", "").isprintable():
        raise _bad_name("文件名里有控制字符或看不见的字符", "改名后再上传")
    if len(name) > _LONGEST_NAME:
        raise _bad_name(f"文件名超过 {_LONGEST_NAME} 个字符", "改短后再上传")
    return FileName(name)


def keep(settings: Settings | None, document_id: str, name: FileName, data: bytes) -> Original:
    """Keep an upload in the workspace, under its document's id and in a folder of its own contents: no version replaces
    another, and no name that a sender chose becomes a path.

    Raises UsageError without a workspace, AdmissionError for a suffix that no file has, OutputError.
    """
    if settings is None:
        raise UsageError("没有工作区，不能提交文件", where="file", fix="用 nigao init 建好工作区再启动服务")
    suffix = name.suffix
    if len(suffix) > _LONGEST_SUFFIX or not suffix[1:].isalnum() or not suffix.isascii():
        raise AdmissionError(
            f"不支持的文件格式“{suffix or '无后缀'}”",
            reason=RefusalReason.UNSUPPORTED,
            where=name.whole,
            fix="另存为 docx、pdf、xlsx、md 或 txt",
        )
    path = settings.uploads / hashlib.sha256(data).hexdigest()[:16] / f"{document_id}{suffix}"
    if path.is_file() and path.read_bytes() == data:
        return Original(path, new=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except (OSError, OutputError) as error:
        # Where the server keeps its files is none of the caller's business.
        raise OutputError("上传的文件存不下来", where=name.whole, fix="请管理员确认工作区可写、磁盘有空间") from error
    return Original(path, new=True)


def _bad_name(message: str, fix: str) -> UsageError:
    return UsageError(message, where="file", fix=fix)
