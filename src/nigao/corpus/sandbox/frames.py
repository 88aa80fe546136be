"""How parent and child talk: frames of a JSON head and a body of bytes. Nothing in them can name code to run."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

_SIZES = struct.Struct("!II")
# A head holds a request's limits, a verdict, or the places of all blocks and the margins; the text is in the body.
_CHUNK = 1024 * 1024


class FrameError(ValueError):
    """What came is no frame, or a larger one than was allowed."""


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A frame ready to be sent."""
    told = json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return b"".join((_SIZES.pack(len(told), len(body)), told, body))


def read_frame(read: Callable[[int], bytes], most: int) -> tuple[bytes, bytes]:
    """The JSON of the head, unread, and the body. `read(n)` gives up to n bytes, none at the end.

    Raises EOFError where the end comes first, FrameError where head and body exceed `most` bytes.
    """
    head_size, body_size = _SIZES.unpack(_exactly(read, _SIZES.size))
    if head_size + body_size > most:
        raise FrameError("frame too large")
    return _exactly(read, head_size), _exactly(read, body_size)


def split_frame(data: bytes) -> tuple[bytes, bytes]:
    """Head and body of bytes that must be exactly one frame. Raises FrameError."""
    if len(data) < _SIZES.size:
        raise FrameError("no frame")
    head_size, body_size = _SIZES.unpack_from(data)
    if len(data) != _SIZES.size + head_size + body_size:
        raise FrameError("frame of a false size")
    return data[_SIZES.size : _SIZES.size + head_size], data[_SIZES.size + head_size :]


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = read(min(size - len(parts), _CHUNK))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
