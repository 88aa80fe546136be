"""Every error nigao raises on purpose, as one tree.

NigaoError
├── UsageError               the caller asked for something that cannot be done as asked
│   ├── WorkspaceError       no workspace here, or its settings cannot be read
│   ├── ManifestError        the corpus manifest is wrong
│   ├── BriefError           the brief is wrong
│   ├── KindError            an unknown or malformed report kind
│   ├── ReportFileError      a report file cannot be read as a report
│   ├── PromptError          a prompt file is missing or malformed
│   ├── BackupError          a backup cannot be put back
│   ├── KeyReusedError       an idempotency key was given to another request before
│   └── NotFoundError        no such document, passage, report or rule
├── AdmissionError           one document is refused; the others go on (`reason` is a `RefusalReason`)
├── StoreError               the SQL database cannot be opened, migrated or written
├── IndexUnavailableError    a retrieval index cannot be used and could not be rebuilt
├── ModelError               a model endpoint cannot be used
│   ├── ModelUnavailableError  it does not answer, refuses the key, or knows no such model
│   └── ModelAnswerError       it answers, but nothing that can be used
├── OutputError              a result file cannot be written
├── AccessError              the caller may not do this
│   └── UnknownCallerError   nobody is known by this key
└── AuditError               the audit chain does not verify

A message is Chinese and says what is wrong; `where` names the file or field; `fix` says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NigaoError(Exception):
    """Base of all deliberate errors.

    Attributes: `message` (what is wrong), `where` (file, field or id; may be empty), `fix` (what to do; may be empty).
    """

    def __init__(self, message: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(message)
        self.message = _shown(message, "\n\t\u3000")
        self.where = _shown(where)
        self.fix = _shown(fix, "\n\t\u3000")

    def __str__(self) -> str:
        text = f"{self.where}：{self.message}" if self.where else self.message
        return f"{text}（{self.fix}）" if self.fix else text


def _shown(text: str, kept: str = "\u3000") -> str:
    """The text with control and invisible characters, as hostile file names have them, written as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in kept else c.encode("unicode_escape").decode() for c in text)


class UsageError(NigaoError):
    """The caller asked for something that cannot be done as asked."""


class WorkspaceError(UsageError):
    """There is no workspace here, or its settings cannot be read."""


class ManifestError(UsageError):
    """The corpus manifest is missing, malformed or contradicts itself."""


class BriefError(UsageError):
    """The brief is missing or malformed."""


class KindError(UsageError):
    """The report kind is unknown or its definition is malformed."""


class ReportFileError(UsageError):
    """A file given as a report cannot be read as one."""


@contextmanager
def about_file(path: Path) -> Iterator[None]:
    """A ReportFileError that does not say which file it is about says so from here on."""
    try:
        yield
    except ReportFileError as error:
        if error.where:
            raise
        raise ReportFileError(error.message, where=str(path), fix=error.fix) from error


class PromptError(UsageError):
    """A prompt file is missing or malformed."""


class BackupError(UsageError):
    """A file is no sound backup, or what it holds cannot be put back; the workspace is as it was."""


class EditError(UsageError):
    """A report cannot be changed as asked; it is as it was."""


class ConflictError(EditError):
    """Somebody else has changed the report meanwhile: `expected` is the revision that the change was made on, `actual`
    the latest. Nothing was written; both sides can be had by their numbers.
    """

    def __init__(self, message: str, *, where: str = "", fix: str = "", expected: int = 0, actual: int = 0) -> None:
        super().__init__(message, where=where, fix=fix)
        self.expected = expected
        self.actual = actual


class KeyReusedError(UsageError):
    """An idempotency key that the caller gave another request before; nothing was done."""


class NotFoundError(UsageError):
    """No such document, passage, report or rule."""


class AdmissionError(NigaoError):
    """A document is refused at the door. `reason` is a stable code such as `classified` or `unapproved`."""

    def __init__(self, message: str, *, reason: str, where: str = "", fix: str = "") -> None:
        super().__init__(message, where=where, fix=fix)
        self.reason = reason


class StoreError(NigaoError):
    """The SQL database cannot be opened, migrated or written."""


class IndexUnavailableError(NigaoError):
    """A retrieval index cannot be used and could not be rebuilt."""


class ModelError(NigaoError):
    """A model endpoint cannot be used."""


class ModelUnavailableError(ModelError):
    """The endpoint does not answer in time, refuses, or knows no such model. `lasting` is True where asking again
    within the same run is of no use (a wrong key, an unknown model).
    """

    def __init__(self, message: str, *, where: str = "", fix: str = "", lasting: bool = False) -> None:
        super().__init__(message, where=where, fix=fix)
        self.lasting = lasting


class ModelAnswerError(ModelError):
    """The model answered, but with nothing that can be used: refused, cut off, empty or of the wrong shape."""


class OutputError(NigaoError):
    """A result file cannot be written."""


class AccessError(NigaoError):
    """The caller is known and may not do this."""


class UnknownCallerError(AccessError):
    """No key was given, or none that may be used."""


class AuditError(NigaoError):
    """The audit chain does not verify."""
