"""The log: a JSON object a line, with what happened where, and never with what anybody wrote."""

from __future__ import annotations

import datetime as dt
import json
import logging
import traceback
from types import TracebackType
from typing import TextIO

_FIELDS = ("request_id", "method", "route", "status", "ms", "caller", "job")
# Whose messages are known to quote nobody. Of others only the place in the code is told.
_OURS = ("nigao", "uvicorn")


class JsonLines(logging.Formatter):
    """One line an event: `time`, `level`, `logger`, `event`, the fields that there are; of an error its kind and where
    it passed, but not its message, which may quote a document or a request.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": at, "level": record.levelname, "logger": record.name}
        ours = record.name.split(".")[0] in _OURS
        line["event"] = record.getMessage().strip() if ours else f"{record.module}:{record.lineno}"
        line |= {name: record.__dict__[name] for name in _FIELDS if record.__dict__.get(name) not in (None, "")}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _chain(record.exc_info[1])
            line["traceback"] = _frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def configure_logs(stream: TextIO) -> None:
    """Write the log of this process to a stream, in place of what was set up before."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("nigao").setLevel(logging.INFO)
    logging.captureWarnings(True)


def _chain(error: BaseException) -> list[str]:
    """The kinds of the error and of what it came from."""
    kinds: list[str] = []
    at: BaseException | None = error
    while at is not None and len(kinds) < 10:
        kind = type(at)
        kinds.append(f"{kind.__module__}.{kind.__qualname__}")
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return kinds


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
