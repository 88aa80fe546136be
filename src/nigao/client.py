"""A thin typed client of the HTTP API, for programs on another machine: the same views, the same errors.

with Client("http://127.0.0.1:8710", key="…") as office:
    report = office.draft(Brief(unit="清河市水务局"))
    report = office.command(report, WriteCommand(place=Place(part="basics", sentence=1), text="……"))
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx2
from pydantic import TypeAdapter, ValidationError

from nigao import errors
from nigao.chat.commands import Command
from nigao.checks.result import CheckResult
from nigao.report.brief import Brief
from nigao.views.chats import SessionView, TurnOutput
from nigao.views.corpus import DocumentView, ImpactOutput, SearchHit
from nigao.views.documents import SubmittedView
from nigao.views.page import Page
from nigao.views.problem import Problem
from nigao.views.reports import ImportView, ReportOutput, ReportView, StatusView
from nigao.views.service import JobView, MeView

ShapeT = TypeVar("ShapeT")
Told = Callable[[str, dict[str, Any]], None]
_API = "/api/v1"
_TRIES = 5
# A job outlives its server: whoever follows it waits for the server to come back.
_FOLLOWING_TRIES = 9
_LONGEST_WAIT = 5.0
_KINDS: Mapping[str, type[errors.NigaoError]] = {
    "unauthenticated": errors.UnknownCallerError,
    "forbidden": errors.AccessError,
    "not-found": errors.NotFoundError,
    "cannot-edit": errors.EditError,
    "model": errors.ModelError,
    "store": errors.StoreError,
    "index": errors.IndexUnavailableError,
}
_CONFLICTS = ("conflict", "precondition-failed")


class Client:
    """One server, as one caller. `person` counts only where the server needs no key; `timeout` (seconds) is for one
    request. Close it, or use it as a context manager. Every method raises the errors that the library itself would
    raise, and OSError's kin of httpx2 where the server cannot be reached.
    """

    def __init__(
        self, address: str = "http://127.0.0.1:8710", *, key: str = "", person: str = "", timeout: float = 60.0
    ) -> None:
        headers = {"Accept": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        if person:
            headers["X-Nigao-Person"] = quote(person)
        self._http = httpx2.Client(base_url=address, headers=headers, timeout=timeout)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def me(self) -> MeView:
        """Who one is to the server."""
        return self._get("/me", MeView)

    def search(self, query: str, k: int = 10, role: str = "") -> list[SearchHit]:
        """The best passages of what may be cited today."""
        return self._get("/search", list[SearchHit], q=query, k=k, role=role)

    def documents(self, **narrowed: str) -> Iterator[DocumentView]:
        """Every document that may be seen, by `status` or `role` if given."""
        return self._all("/documents", Page[DocumentView], narrowed)

    def submit_document(self, file: Path, role: str, **stated: str | list[str]) -> str:
        """Hand a file in for approval; its document's id. `stated` as the form's fields (`title`, `issuer`, …)."""
        sent = {"file": (file.name, file.read_bytes())}
        answer = self._send("POST", "/documents", data={"role": role, **stated}, files=sent, key=True)
        return _read(SubmittedView, answer).document.id

    def approve_document(self, document_id: str, sha256: str) -> DocumentView:
        """Approve exactly these bytes."""
        return self._post(_path("documents", document_id, "approval"), DocumentView, {"sha256": sha256})

    def impact(self, document_id: str) -> ImpactOutput:
        """What rests on a document."""
        return self._get(_path("documents", document_id, "impact"), ImpactOutput)

    def reports(self) -> Iterator[ReportView]:
        """Every report that may be seen, newest first."""
        return self._all("/reports", Page[ReportView], {})

    def report(self, report_id: str, revision: int | None = None) -> ReportOutput:
        """A stored report, its latest revision by default."""
        asked = {} if revision is None else {"revision": revision}
        return self._get(_path("reports", report_id), ReportOutput, **asked)

    def draft(self, brief: Brief, *, part: str = "", offline: bool = False, told: Told | None = None) -> ReportOutput:
        """Have a report drafted; `told` hears each event with its type. Raises what the draft failed of."""
        job = self.follow(self.start_draft(brief, part=part, offline=offline).id, told)
        if job.problem is not None:
            raise _error(job.problem)
        if job.report_id is None:
            raise errors.EditError("起草已取消，没有写成报告", where=job.id, fix="要报告就重新起草")
        return self.report(job.report_id)

    def start_draft(self, brief: Brief, *, part: str = "", offline: bool = False) -> JobView:
        """Ask for a report and do not wait for it. However often the request has to be sent, there is one job."""
        asked = {"brief": brief.model_dump(mode="json"), "part": part, "offline": offline}
        return self._post("/reports", JobView, asked, key=True)

    def job(self, job_id: str) -> JobView:
        """A job as it stands."""
        return self._get(_path("jobs", job_id), JobView)

    def cancel(self, job_id: str) -> JobView:
        """Stop a job."""
        return self._post(_path("jobs", job_id, "cancel"), JobView)

    def follow(self, job_id: str, told: Told | None = None) -> JobView:
        """Hear a job's events to its end, each once, also where the connection or the server breaks off in between."""
        path, last, failed = _path("jobs", job_id, "events"), "", 0
        while True:
            try:
                for event in self._events(path, last):
                    failed = 0
                    if event["event"] == "end":
                        return JobView.model_validate_json(event["data"])
                    last = event["id"]
                    if told is not None:
                        told(event["event"], json.loads(event["data"]))
                broken: httpx2.TransportError | None = None
            except httpx2.TransportError as error:
                broken = error
            failed += 1
            if failed == _FOLLOWING_TRIES:
                raise broken or httpx2.RemoteProtocolError(f"{job_id} 的进展总是中断")
            _wait(failed)

    def command(self, report: ReportOutput, command: Command, *, confirm: bool = False) -> TurnOutput:
        """Carry a command out on a report as it was read; `confirm` says yes where it asks. Raises ConflictError where
        the report was changed since.
        """
        asked = {"command": command.model_dump(mode="json"), "confirm": confirm}
        return self._post(_path("reports", report.report_id, "commands"), TurnOutput, asked, headers=_on(report))

    def say(self, session_id: str, words: str) -> TurnOutput:
        """Say something in a conversation of one's own."""
        return self._post(_path("sessions", session_id, "turns"), TurnOutput, {"say": words})

    def open_session(self, report_id: str = "", *, fresh: bool = False) -> str:
        """Begin a conversation about a report, or go on with the last one; its id."""
        return self._post("/sessions", SessionView, {"report_id": report_id, "fresh": fresh}, key=True).id

    def check(self, text: str, *, kind: str = "", brief: Brief | None = None) -> CheckResult:
        """Check a text against its structure and the corpus."""
        asked: dict[str, Any] = {"text": text, "kind": kind}
        if brief is not None:
            asked["brief"] = brief.model_dump(mode="json")
        return self._post("/checks", CheckResult, asked)

    def export(self, report_id: str, format: str = "docx", **options: str | bool | int) -> bytes:
        """A report as a file's bytes; `options` as of the API (`citations`, `findings`, `changes_since`, …)."""
        return self._send("GET", _path("reports", report_id, "export"), params={"format": format, **options}).content

    def import_edits(self, report_id: str, file: Path, *, dry_run: bool = False) -> ImportView:
        """Take an edited Word copy back in."""
        sent, asked = {"file": (file.name, file.read_bytes())}, {"dry_run": str(dry_run).lower()}
        return _read(ImportView, self._send("POST", _path("reports", report_id, "imports"), files=sent, data=asked))

    def submit(self, report: ReportOutput, note: str = "") -> StatusView:
        """送审, of the report as it was read."""
        return self._step(report, "submission", note)

    def approve(self, report: ReportOutput, note: str = "") -> StatusView:
        """签发, of the report as it was read."""
        return self._step(report, "approval", note)

    def send_back(self, report: ReportOutput, note: str) -> StatusView:
        """退回, with the reason."""
        return self._step(report, "return", note)

    def _step(self, report: ReportOutput, step: str, note: str) -> StatusView:
        return self._post(_path("reports", report.report_id, step), StatusView, {"note": note}, headers=_on(report))

    def _get(self, path: str, shape: type[ShapeT], **params: str | int) -> ShapeT:
        return _read(shape, self._send("GET", path, params=params))

    def _post(self, path: str, shape: type[ShapeT], body: Mapping[str, Any] | None = None, **sent: Any) -> ShapeT:
        return _read(shape, self._send("POST", path, json=body or {}, **sent))

    def _all(self, path: str, shape: type[Page[ShapeT]], params: Mapping[str, str]) -> Iterator[ShapeT]:
        cursor: str | None = ""
        while cursor is not None:
            page = self._get(path, shape, **params, cursor=cursor)
            yield from page.items
            cursor = page.next

    def _send(self, method: str, path: str, *, key: bool = False, **request: Any) -> httpx2.Response:
        """Send a request; one that makes something (`key`) is sent again where the answer was lost: once made."""
        once = uuid4().hex
        headers = request.pop("headers", {}) | ({"Idempotency-Key": once} if key else {})
        tries = _TRIES if key or method == "GET" else 1
        for tried in range(1, tries + 1):
            try:
                answer = self._http.request(method, _API + path, headers=headers, **request)
                # Where an answer was lost, the request may still be worked on.
                if tried == 1 or answer.status_code != httpx2.codes.CONFLICT or once not in answer.text:
                    break
            except httpx2.TransportError:
                if tried == tries:
                    raise
            _wait(tried)
        if not answer.is_success:
            raise _refused(answer)
        return answer

    def _events(self, path: str, last: str) -> Iterator[dict[str, str]]:
        """Server-sent events, each with `event`, `id` and `data`."""
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
        with self._http.stream("GET", _API + path, headers=headers) as answer:
            if not answer.is_success:
                answer.read()
                raise _refused(answer)
            event = {"event": "message", "id": last, "data": ""}
            for line in _lines(answer.iter_text()):
                name, _, value = line.partition(":")
                if line and name in event:
                    event[name] = value.removeprefix(" ")
                elif not line and event["data"]:
                    yield event
                    event = {"event": "message", "id": event["id"], "data": ""}


def _on(report: ReportOutput) -> dict[str, str]:
    return {"If-Match": f'"{report.revision}"'}


def _path(*names: str) -> str:
    return "".join(f"/{quote(name, safe='')}" for name in names)


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """The whole lines of a stream. What Unicode calls a line's end may stand in the middle of an event's data."""
    begun = ""
    for piece in pieces:
        *whole, begun = (begun + piece).split("\n")
        yield from (line.removesuffix("\r") for line in whole)


def _wait(failed: int) -> None:
    time.sleep(min(0.1 * 2**failed, _LONGEST_WAIT))


def _read(shape: type[ShapeT], answer: httpx2.Response) -> ShapeT:
    try:
        return TypeAdapter(shape).validate_json(answer.content)
    except ValidationError:
        raise _not_understood(answer) from None


def _refused(answer: httpx2.Response) -> errors.NigaoError:
    try:
        return _error(Problem.model_validate_json(answer.content))
    except ValidationError:
        return _not_understood(answer)


def _not_understood(answer: httpx2.Response) -> errors.NigaoError:
    fix = "核对地址是不是拟稿的服务，两边的版本是否相同"
    return errors.NigaoError(f"看不懂服务的应答（{answer.status_code}）", where=str(answer.url), fix=fix)


def _error(problem: Problem) -> errors.NigaoError:
    """The error that the server met with."""
    kind = problem.type.rpartition(":")[2]
    message, told = problem.detail or problem.title, {"where": problem.where, "fix": problem.fix}
    if kind in _CONFLICTS:
        return errors.ConflictError(message, **told, expected=problem.expected or 0, actual=problem.actual or 0)
    if kind == "refused":
        return errors.AdmissionError(message, reason=problem.reason or "", **told)
    usage = errors.UsageError if problem.status < 500 else errors.NigaoError
    return _KINDS.get(kind, usage)(message, **told)
