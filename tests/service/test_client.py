"""The typed client over real sockets: every method, and what it does where the line or the server gives way."""

from __future__ import annotations

import io
import re
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import docx
import httpx2
import pytest
from fastapi import FastAPI
from served_reports import keep_report

from duty_report import REPORT
from live_server import serving
from local_server import LocalServer
from nigao import Assistant, Brief
from nigao.chat.commands import LockCommand, SetFactCommand, WriteCommand
from nigao.client import Client
from nigao.errors import (
    AccessError,
    AdmissionError,
    ConflictError,
    EditError,
    NigaoError,
    NotFoundError,
    UnknownCallerError,
    UsageError,
)
from nigao.report.places import Place
from nigao.views.problem import Problem
from nigao.views.service import JobView
from word_edits import edited, retype

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LI, ZHOU = "李晓明", "周文清"


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture
def office(url: str) -> Iterator[Client]:
    with Client(url, person=LI) as client:
        yield client


@pytest.fixture
def report_id(assistant: Assistant) -> str:
    """A report that may be submitted: what stands is waived."""
    id = keep_report(assistant)
    draft = assistant.stored(id)
    codes = {one.code for one in assistant.reports.review(draft.report, draft.brief) if one.severity == "error"}
    session = assistant.chat(id, author=LI, offline=True)
    for code in sorted(codes):
        list(session.send(f"忽略 {code}：样稿从简"))
    return id


class Line:
    """A line to a server that gives way: of each connection's answer `let` is asked how many bytes (None for all) get
    through, by the request's first line and how many times the same was asked before.
    """

    def __init__(self, address: str, let: Callable[[str, int], int | None]) -> None:
        self._port, self._let = int(address.rpartition(":")[2]), let
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.asked: list[str] = []
        self.heads: list[bytes] = []
        self._thread = threading.Thread(target=self._accept)

    def __enter__(self) -> Line:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            with near:
                self._carry(near)

    def _carry(self, near: socket.socket) -> None:
        """One request and its answer, one connection each."""
        request = b""
        while not _whole(request):
            piece = near.recv(65536)
            if not piece:
                return
            request += piece
        first = request.split(b"\r\n", 1)[0].decode()
        left = self._let(first, self.asked.count(first))
        self.asked.append(first)
        self.heads.append(request.partition(b"\r\n\r\n")[0])
        with socket.create_connection(("127.0.0.1", self._port)) as far:
            far.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            # The answer is read to its end, so that what was asked is done, however little of it is passed on.
            while piece := far.recv(65536):
                near.sendall(piece if left is None else piece[:left])
                left = None if left is None else left - min(left, len(piece))


def _whole(request: bytes) -> bool:
    head, found, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return bool(found) and len(body) >= (int(length[1]) if length else 0)


def test_a_report_from_its_brief_to_an_edited_copy(office: Client, workspace: Path, tmp_path: Path) -> None:
    assert office.me().person == LI
    told: list[tuple[str, dict[str, Any]]] = []
    brief = Brief.load(workspace / "brief.yaml")
    report = office.draft(brief, part="problems", offline=True, told=lambda kind, event: told.append((kind, event)))
    assert (report.revision, report.stage, [part.key for part in report.report.parts]) == (1, "draft", ["problems"])
    assert (told[0][0], told[-1][0]) == ("part", "done")
    assert {kind for kind, event in told if event["type"] != kind} == set()

    turn = office.command(report, WriteCommand(place=Place(part="problems", item=(1,), sentence=2), text="学习不深。"))
    assert (turn.reply.revision, turn.reply.changed) == (2, True)
    assert office.report(report.report_id, 1).report == report.report
    session = office.open_session(report.report_id)
    assert office.open_session(report.report_id) == session != office.open_session(report.report_id, fresh=True)
    assert office.say(session, "撤销").reply.revision == 3

    copy = tmp_path / "改过.docx"
    copy.write_bytes(office.export(report.report_id, "docx", citations="none", findings=False))
    copy.write_bytes(edited(copy.read_bytes(), lambda file: retype(file, "理论学习联系实际还不够", "理论学习仍不够")))
    assert office.import_edits(report.report_id, copy, dry_run=True).dry_run
    assert office.report(report.report_id).revision == 3
    taken = office.import_edits(report.report_id, copy)
    assert [one.author for one in taken.revisions] == [LI]
    assert "理论学习仍不够" in office.export(report.report_id, "txt").decode()
    listed = list(office.reports())
    assert [(one.id, one.revision) for one in listed] == [(report.report_id, 4)]


def test_what_asks_first_is_done_where_it_is_confirmed(office: Client, report_id: str) -> None:
    report = office.report(report_id)
    command = SetFactCommand(name="工作人员", value="13名")
    assert office.command(report, command).reply.waits_for == "confirm"
    done = office.command(report, command, confirm=True)
    assert (done.reply.changed, done.reply.revision) == (True, report.revision + 1)


def test_a_stale_command_changes_nothing_and_tells_both_revisions(office: Client, report_id: str) -> None:
    read = office.report(report_id)
    office.command(read, LockCommand(place=Place(part="basics")))
    with pytest.raises(ConflictError) as stale:
        office.command(read, WriteCommand(place=Place(part="basics", sentence=1), text="……"))
    assert (stale.value.expected, stale.value.actual) == (read.revision, read.revision + 1)
    assert office.report(report_id).revision == read.revision + 1


def test_sign_off_takes_three_people_s_steps(office: Client, url: str, report_id: str) -> None:
    with Client(url, person=ZHOU) as approver:
        read = office.report(report_id)
        assert office.submit(read, "请审").stage == "submitted"
        assert approver.send_back(read, "再具体些").stage == "draft"
        assert office.submit(read).stage == "submitted"
        with pytest.raises(UsageError):
            office.approve(read)
        signed = approver.approve(read, "同意")
        assert (signed.stage, [step.by for step in signed.steps]) == ("approved", [LI, ZHOU, LI, ZHOU])
        with pytest.raises(EditError):
            office.submit(read)


def test_a_document_handed_in_is_found_once_it_is_approved(office: Client, url: str, tmp_path: Path) -> None:
    file = tmp_path / "登记.md"
    file.write_text("# 值班登记办法\n\n交接班登记由带班人当场核对签字。\n", encoding="utf-8")
    id = office.submit_document(
        file, "basis", title="值班登记办法", issuer="值班中心", visible_to=["值班中心", "指挥室"]
    )
    [waiting] = office.documents(status="submitted")
    assert (waiting.id, waiting.visible_to, waiting.evidence) == (id, ["值班中心", "指挥室"], False)
    with Client(url, person=ZHOU) as approver:
        with pytest.raises(UsageError):
            approver.approve_document(id, "0" * 64)
        assert approver.approve_document(id, waiting.sha256).evidence
    assert office.impact(id).document_id == id
    assert office.search("集体学习", 3, "basis")
    assert {one.role for one in office.documents(role="basis")} == {"basis"}


def test_lists_go_on_past_a_page(office: Client, assistant: Assistant) -> None:
    kept = [keep_report(assistant, REPORT.replace("12名", f"{12 + number}名")) for number in range(53)]
    assert [one.id for one in office.reports()] == kept[::-1]


def test_a_text_is_checked_against_a_brief(office: Client) -> None:
    brief = Brief.parse("{unit: 值班中心, facts: [{name: 工作人员, value: 12, unit: 名}]}")
    text = REPORT.replace("12名", "15名")
    assert not [one for one in office.check(REPORT, brief=brief).findings if "12名" in one.text]
    assert [one for one in office.check(text, kind="political-ecology", brief=brief).findings if "15名" in one.text]


def test_errors_are_the_library_s_own(office: Client, url: str, assistant: Assistant, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as gone:
        office.report("r0404")
    assert (gone.value.where, "GET /api/v1/reports" in gone.value.fix) == ("report_id", True)
    with pytest.raises(UsageError, match="没有这个地址"):
        office.job("../me")
    with pytest.raises(UsageError):
        office.search("")
    secret = tmp_path / "通知.md"
    secret.write_text("机密★1年\n\n关于值班的通知\n\n照此办理。\n", encoding="utf-8")
    with pytest.raises(AdmissionError) as refused:
        office.submit_document(secret, "basis")
    assert refused.value.reason == "classified"
    _, key = assistant.store.keys.create(person=LI, roles=["auditor"], by="管理员")
    with pytest.raises(UnknownCallerError):
        office.me()
    with Client(url, key=key) as auditor, pytest.raises(AccessError) as forbidden:
        auditor.start_draft(Brief.parse("unit: 值班中心"))
    assert not isinstance(forbidden.value, UnknownCallerError)


def test_another_kind_of_server_is_told_apart() -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if "jobs" in self.path else 200)
            self.end_headers()
            self.wfile.write("<html>别的网站</html>".encode())

        def log_message(self, *_: object) -> None:
            return

    class Elsewhere(LocalServer):
        def handler(self) -> type[BaseHTTPRequestHandler]:
            return Page

    with Elsewhere() as server, Client(server.url.removesuffix("/v1")) as client:
        for ask in (client.me, lambda: client.job("j0001"), lambda: client.follow("j0001")):
            with pytest.raises(NigaoError, match="是不是拟稿的服务"):
                ask()


def test_a_job_is_stopped(office: Client) -> None:
    job = office.start_draft(Brief.parse("unit: 青澜市政务服务管理办公室"), offline=True)
    assert office.cancel(job.id).id == job.id
    ended = office.follow(job.id)
    assert ended.state == office.job(job.id).state
    assert ended.state in ("cancelled", "done")


def test_a_draft_is_followed_over_a_line_that_breaks_without_losing_or_doubling_an_event(
    office: Client, url: str, workspace: Path
) -> None:
    job = office.start_draft(Brief.load(workspace / "brief.yaml"), offline=True)
    whole: list[tuple[str, dict[str, Any]]] = []
    office.follow(job.id, lambda kind, event: whole.append((kind, event)))
    # In the middle of a head, of an event, of a character; later ones begin further on.
    lengths = [0, 90, 1500, 4001, 9002, 20003]
    line = Line(url, lambda _, before: lengths[before] if before < len(lengths) else None)
    heard: list[tuple[str, dict[str, Any]]] = []
    with line, Client(line.url, person=LI) as client:
        ended = client.follow(job.id, lambda kind, event: heard.append((kind, event)))
    assert ended.state == "done"
    assert len(line.asked) == len(lengths) + 1
    assert heard == whole
    resumed = [head for head in line.heads if b"last-event-id" in head.lower()]
    assert len(resumed) >= 3


def test_a_line_that_never_holds_is_given_up(office: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nigao.client._LONGEST_WAIT", 0.0)
    job = office.start_draft(Brief.parse("unit: 青澜市政务服务管理办公室"), part="problems", offline=True)
    with Line(url, lambda *_: 0) as line, Client(line.url, person=LI) as client:
        with pytest.raises(httpx2.TransportError):
            client.follow(job.id)
        asked = len(line.asked)
        with pytest.raises(httpx2.TransportError):
            client.command(office.report("r0001"), LockCommand(place=Place(part="problems")))
        assert len(line.asked) == asked + 1


def test_what_is_made_is_made_once_though_the_first_answers_are_lost(url: str, assistant: Assistant) -> None:
    line = Line(url, lambda _, before: (0, 60, None)[before])
    with line, Client(line.url, person=LI) as client:
        job = client.start_draft(Brief.parse("unit: 青澜市政务服务管理办公室"), part="problems", offline=True)
        assert client.follow(job.id).report_id == "r0001"
    assert [one.id for one in assistant.store.jobs.list()] == [job.id]
    assert len([one for one in line.asked if one.startswith("POST")]) == 3


def test_what_is_still_being_made_is_waited_for() -> None:
    keys: list[str] = []
    job = JobView.model_construct(id="j0001", kind="draft", state="queued", person=LI, created_at="", attempts=0)
    made = job.model_copy(update=dict.fromkeys(("started_at", "ended_at", "report_id", "result", "problem")))

    class Busy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            keys.append(self.headers["Idempotency-Key"])
            if len(keys) == 1:
                # The answer is lost.
                self.close_connection = True
                return
            problem = Problem(type="urn:nigao:problem:conflict", title="还在办理", status=409, where=keys[0])
            self.send_response(409 if len(keys) == 2 else 202)
            self.end_headers()
            self.wfile.write((problem if len(keys) == 2 else made).model_dump_json().encode())

        def log_message(self, *_: object) -> None:
            return

    class Server(LocalServer):
        def handler(self) -> type[BaseHTTPRequestHandler]:
            return Busy

    with Server() as server, Client(server.url.removesuffix("/v1")) as client:
        assert client.start_draft(Brief.parse("unit: 值班中心")).id == "j0001"
    assert len(keys) == 3
    assert len(set(keys)) == 1


def test_events_keep_what_unicode_calls_the_end_of_a_line(office: Client, app: FastAPI, assistant: Assistant) -> None:
    odd = "青澜\u2028市\x85政务\u2029办"
    job, _ = assistant.store.jobs.add("embed", "{}", person=LI, units=(), caller="local")
    assistant.store.jobs.tell(job.id, [f'{{"type": "progress", "note": "{odd}"}}'])
    app.state.service.runner.wake()
    heard: list[dict[str, Any]] = []
    office.follow(job.id, lambda _, event: heard.append(event))
    assert heard[0]["note"] == odd


def test_the_word_file_is_one(office: Client, report_id: str) -> None:
    assert "值班工作情况的报告" in docx.Document(io.BytesIO(office.export(report_id))).paragraphs[0].text
