"""`nigao serve` under load on loopback: users who read, search and check while drafts are made.

    python benchmarks/service_load.py [--users 50] [--seconds 60] [--drafts 5] [--think 1.0]

Each user asks for one thing after the other, with a pause between (`--think` seconds on average, 0 for none). Prints
how many requests were answered, how many failed, the times to the answer by kind of request, and the server's memory
over time. Exits 1 where a request failed or memory grew by more than a fifth after the first quarter.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from nigao import Assistant, Brief

_READY = re.compile(r"http://127\.0\.0\.1:\d+")
_QUERIES = ("第一议题学习", "窗口服务提醒", "党风廉政建设责任", "群众反映事项办理", "年度工作总结")
_GROWTH = 1.2


@dataclass
class Seen:
    """What came of the requests: seconds by kind, and what failed."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    drafts: int = 0


async def main() -> int:
    """Start a server on a sample workspace, bear on it, tell what was seen."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "ws"
        with Assistant.create(workspace, sample=True) as assistant:
            assistant.sync()
            assistant.embed()
            draft = assistant.draft(Brief.load(workspace / "brief.yaml"), offline=True)
            text = draft.text()
        brief = Brief.load(workspace / "brief.yaml").model_dump(mode="json")
        server, address = _served(workspace)
        try:
            seen = await _bear_on(asked, address, server.pid, draft.id, text, brief)
        finally:
            server.terminate()
            server.wait(60)
    return _told(asked, seen)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--drafts", type=int, default=5, help="drafts outstanding at any time")
    parser.add_argument("--think", type=float, default=1.0, help="mean pause of a user, in seconds")
    return parser.parse_args()


def _served(workspace: Path) -> tuple[subprocess.Popen[str], str]:
    with (workspace / "nigao.toml").open("a", encoding="utf-8") as config:
        config.write("\n[service]\nrequests_per_minute = 0\n")
    command = [shutil.which("nigao") or str(Path(sys.executable).with_name("nigao")), "-w", str(workspace), "serve"]
    server = subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    for line in server.stdout:
        found = _READY.search(line)
        if found:
            return server, found[0]
    raise SystemExit("the server did not start")


async def _bear_on(
    asked: argparse.Namespace, address: str, pid: int, report: str, text: str, brief: dict[str, Any]
) -> Seen:
    seen, until = Seen(), time.monotonic() + asked.seconds
    limits = httpx2.Limits(max_connections=asked.users + asked.drafts + 5)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as http:
        users = [_user(http, seen, until, asked.think, report, text, number) for number in range(asked.users)]
        drafters = [_drafter(http, seen, until, brief) for _ in range(asked.drafts)]
        await asyncio.gather(*users, *drafters, _watch(pid, seen, until))
    return seen


async def _user(
    http: httpx2.AsyncClient, seen: Seen, until: float, think: float, report: str, text: str, number: int
) -> None:
    choice = random.Random(number)
    while time.monotonic() < until:
        kind = choice.choices(["report", "search", "findings", "check"], [4, 3, 1, 2])[0]
        if kind == "report":
            await _ask(http, seen, kind, "GET", f"/api/v1/reports/{report}")
        elif kind == "search":
            await _ask(http, seen, kind, "GET", "/api/v1/search", params={"q": choice.choice(_QUERIES)})
        elif kind == "findings":
            await _ask(http, seen, kind, "GET", f"/api/v1/reports/{report}/findings")
        else:
            await _ask(http, seen, kind, "POST", "/api/v1/checks", json={"text": text})
        if think:
            await asyncio.sleep(choice.expovariate(1 / think))


async def _drafter(http: httpx2.AsyncClient, seen: Seen, until: float, brief: dict[str, Any]) -> None:
    while time.monotonic() < until:
        body = {"brief": brief, "offline": True}
        job = await _ask(http, seen, "draft asked for", "POST", "/api/v1/reports", json=body)
        while job is not None and job["state"] in ("queued", "running") and time.monotonic() < until:
            await asyncio.sleep(0.5)
            job = await _ask(http, seen, "job", "GET", f"/api/v1/jobs/{job['id']}")
        if job is not None and job["state"] == "done":
            seen.drafts += 1
        elif job is not None and job["state"] not in ("queued", "running"):
            seen.failed.append(f"job {job['id']}: {job}")


async def _ask(http: httpx2.AsyncClient, seen: Seen, kind: str, method: str, path: str, **request: Any) -> Any:
    begun = time.perf_counter()
    try:
        answer = await http.request(method, path, **request)
    except httpx2.HTTPError as error:
        seen.failed.append(f"{kind}: {error!r}")
        return None
    seen.times[kind].append(time.perf_counter() - begun)
    if answer.is_error:
        seen.failed.append(f"{kind}: {answer.status_code} {answer.text[:200]}")
        return None
    return answer.json()


async def _watch(pid: int, seen: Seen, until: float) -> None:
    while time.monotonic() < until:
        status = Path(f"/proc/{pid}/status").read_text()
        seen.memory.append(int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1000)
        await asyncio.sleep(1)


def _told(asked: argparse.Namespace, seen: Seen) -> int:
    total = sum(map(len, seen.times.values()))
    print(f"{asked.users} users, {asked.seconds:.0f} s: {total} answers ({total / asked.seconds:.0f}/s), ", end="")
    print(f"{len(seen.failed)} failed, {seen.drafts} drafts made")
    for kind, times in sorted(seen.times.items()):
        ranked = sorted(times)
        p50, p95, p99 = (ranked[min(len(ranked) - 1, int(len(ranked) * share))] for share in (0.5, 0.95, 0.99))
        print(f"  {kind}: {len(times)}, p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    quarter = len(seen.memory) // 4
    early, late = max(seen.memory[: quarter + 1]), max(seen.memory[-quarter - 1 :])
    print(f"  memory: {seen.memory[0]:.0f} MB at first, {early:.0f} in the first quarter, {late:.0f} in the last")
    for line in seen.failed[:5]:
        print("  failed:", line)
    return 1 if seen.failed or late > early * _GROWTH else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
