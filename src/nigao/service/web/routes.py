"""The page and its files, as they are in the package. They are public: they hold nothing of the office's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fastapi import APIRouter, Request, Response

from nigao.errors import NotFoundError

router = APIRouter(include_in_schema=False)

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
_PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the page with its media type and entity tag."""

    data: bytes
    media_type: str
    etag: str


@router.get("/")
def page(request: Request) -> Response:
    """The page."""
    return _served(request, _files()[_PAGE])


@router.get("/static/{name}")
def static(request: Request, name: str) -> Response:
    """One of the page's files. Raises NotFoundError for anything else."""
    found = _files().get(name)
    if found is None or name == _PAGE:
        raise NotFoundError("没有这个文件", where="name", fix="从首页打开")
    return _served(request, found)


def _served(request: Request, file: _File) -> Response:
    """The file, or 304 where the browser has it. Browsers ask each time: a new version is seen at once."""
    headers = {"ETag": file.etag, "Cache-Control": "no-cache"}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if file.etag in known:
        return Response(status_code=304, headers=headers)
    return Response(file.data, headers=headers, media_type=file.media_type)


@cache
def _files() -> dict[str, _File]:
    """Every file of the page by its name: what is not here cannot be asked for."""
    found = {}
    for entry in resources.files("nigao.service.web").joinpath("page").iterdir():
        media_type = next((kind for suffix, kind in _TYPES.items() if entry.name.endswith(suffix)), None)
        if media_type is not None:
            data = entry.read_bytes()
            found[entry.name] = _File(data, media_type, f'"{hashlib.sha256(data).hexdigest()[:32]}"')
    return found
