"""The reading process: what breaks it breaks one file only, and nothing of it is left behind."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_docx import word_bytes

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers import parse_document
from nigao.corpus.sandbox.parent import Sandbox
from nigao.errors import AdmissionError

TEXT = "工作总结\n一、基本情况\n市政务办内设科室6个，现有干部22人，全年办件保持平稳。\n".encode()
TIGHT = AdmissionLimits(parse_seconds=1, parse_wait=4.0, parse_memory=300 * 1024 * 1024, parse_output=1_000_000)
FORKS = [True, False] if hasattr(os, "fork") else [False]
posix = pytest.mark.skipif(os.name != "posix", reason="told by signals and process ids")


@pytest.fixture(scope="module", params=FORKS, ids=lambda forks: "copies" if forks else "one process")
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """One whose child misbehaves as the file's suffix says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NIGAO_API_KEY", "secret")
        patch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
        made = Sandbox("misbehaving_child", forks=request.param)
        yield made
        made.close()


def refused(sandbox: Sandbox, name: str, limits: AdmissionLimits = TIGHT, data: bytes = b"") -> str:
    with pytest.raises(AdmissionError) as caught:
        sandbox.parse(data, name, limits)
    assert caught.value.reason == RefusalReason.RESOURCES
    assert caught.value.where == name
    assert caught.value.fix
    return caught.value.message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT),
        ("a.md", TEXT),
        ("a.docx", word_bytes("工作总结", "一、基本情况", "市政务办内设科室6个。")),
        ("a.txt", b"\0\1"),
        ("a.docx", b"PK\3\4"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.pptx", b"PK"),
        ("a", b"x"),
    ],
)
def test_a_file_is_read_or_refused_as_in_this_process(sandbox: Sandbox, name: str, data: bytes) -> None:
    def outcome(read: object) -> object:
        try:
            return read(data, name, AdmissionLimits())  # type: ignore[operator]
        except AdmissionError as error:
            return error.message, error.reason, error.where, error.fix

    assert outcome(sandbox.parse) == outcome(parse_document)


@posix
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.segv", "意外退出（SIGSEGV）"),
        ("a.kill", "被系统终止"),
        ("a.deep", "嵌套过深"),
        ("a.raise", "ZeroDivisionError"),
        ("a.hoard", "内存不够"),
        ("a.parent", ""),
    ],
)
def test_what_breaks_the_reader_is_told_apart(sandbox: Sandbox, name: str, said: str) -> None:
    limits = AdmissionLimits(parse_memory=300 * 1024 * 1024) if name == "a.hoard" else TIGHT
    if name == "a.hoard" and not sandbox._forks:
        pytest.skip("one process has one limit for all files, which would take long to fill")
    assert said in refused(sandbox, name, limits)
    assert sandbox.parse(TEXT, "b.txt").blocks


@posix
def test_endless_work_is_stopped(sandbox: Sandbox) -> None:
    tight = AdmissionLimits(parse_seconds=1, parse_wait=3.0)
    assert ("计算超过 1 秒" if sandbox._forks else "超过 3 秒") in refused(sandbox, "a.spin", tight)
    assert "超过 0.5 秒" in refused(sandbox, "a.sleep", AdmissionLimits(parse_wait=0.5))
    assert sandbox.parse(TEXT, "b.txt").blocks


def test_what_the_reader_says_is_checked(sandbox: Sandbox) -> None:
    # Where one process reads all, each lie costs a process; how an answer is checked is the same.
    for number in range(1, 13) if sandbox._forks else (1, 9):
        assert "不合规" in refused(sandbox, f"a.lie{number}"), number
    assert "不合规" not in refused(sandbox, "a.surrogate")


@posix
def test_what_a_reader_prints_or_sends_elsewhere_changes_nothing(sandbox: Sandbox) -> None:
    assert sandbox.parse(b"", "a.print").text
    if sandbox._forks:
        assert "1 MB" in refused(sandbox, "a.shout", AdmissionLimits(parse_output=1024 * 1024, parse_wait=20.0))
    assert sandbox.parse(TEXT, "b.txt").text == parse_document(TEXT, "b.txt").text


@posix
def test_a_reader_sees_no_keys_and_writes_no_files(sandbox: Sandbox) -> None:
    told = sandbox.parse(b"", "a.print").text
    assert "文件夹[]变量[]" in told
    refused(sandbox, "a.write")
    assert "文件夹[]" in sandbox.parse(b"", "a.print").text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process leave the network")
def test_a_reader_has_left_the_network(sandbox: Sandbox) -> None:
    leaving = "import ctypes, sys; c = ctypes.CDLL(None); sys.exit(c.unshare(1 << 30) and c.unshare(5 << 28) and 1)"
    if subprocess.run([sys.executable, "-c", leaving], check=False).returncode != 0:
        pytest.skip("this system does not let a process leave the network: the reader keeps it as well")
    assert "网络[]" in sandbox.parse(b"", "a.print").text


@posix
def test_no_file_meets_the_process_that_read_another(sandbox: Sandbox) -> None:
    seen = {sandbox.parse(b"", "a.print").text.split("进程")[1].split("上级")[0] for _ in range(3)}
    assert len(seen) == 3


@posix
def test_one_process_serves_many_files_and_threads() -> None:
    sandbox = Sandbox("misbehaving_child")
    parents: list[str] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                parents.append(sandbox.parse(b"", "a.print").text.split("上级")[1])
                with pytest.raises(AdmissionError, match="SIGSEGV"):
                    sandbox.parse(b"", "a.segv", TIGHT)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sandbox.close()
    assert not failures
    assert len(parents) == 20
    # The process that makes the copies is the same before and after every crash.
    assert len(set(parents)) == 1


def descriptors() -> int:
    gc.collect()
    return len(os.listdir("/proc/self/fd"))


def children() -> list[str]:
    """Every process started from here that is still there, zombies included."""
    own = str(os.getpid())
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat")]
    return [stat for stat in stats if stat.rpartition(")")[2].split()[1] == own and "python" in stat]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="told by /proc")
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before, processes = descriptors(), children()
    for _ in range(3):
        sandbox = Sandbox("misbehaving_child")
        sandbox.parse(TEXT, "b.txt")
        refused(sandbox, "a.parent")
        sandbox.parse(TEXT, "b.txt")
        sandbox.close()
        sandbox.close()
    assert (descriptors(), children(), list(tmp_path.iterdir())) == (before, processes, [])


@posix
def test_a_process_that_left_by_itself_is_replaced_unseen() -> None:
    sandbox = Sandbox()
    sandbox.parse(TEXT, "b.txt")
    assert sandbox._process is not None
    left = sandbox._process._process
    left.terminate()
    left.wait()
    assert sandbox.parse(TEXT, "b.txt").blocks
    sandbox.close()


@posix
def test_a_copy_of_this_process_gets_a_reader_of_its_own() -> None:
    sandbox = Sandbox()
    sandbox.parse(TEXT, "b.txt")
    script = f"""
import os, sys
sys.path[:] = {sys.path!r}
from nigao.corpus.sandbox.parent import Sandbox
sandbox = Sandbox()
assert sandbox.parse({TEXT!r}, "b.txt").blocks
copy = os.fork()
if copy == 0:
    sandbox.parse({TEXT!r}, "b.txt")
    sandbox.close()
    os._exit(0)
assert os.waitpid(copy, 0)[1] == 0
assert sandbox.parse({TEXT!r}, "b.txt").blocks
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, timeout=60)
    sandbox.close()


@posix
@pytest.mark.parametrize(("ending", "code"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGKILL, -signal.SIGKILL)])
def test_the_end_of_this_process_ends_the_reader_in_its_work(tmp_path: Path, ending: int, code: int) -> None:
    # A shell starts what runs in the background deaf to Ctrl-C, and this test may be such.
    script = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path[:] = {sys.path!r}
from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.sandbox.parent import Sandbox
sandbox = Sandbox("misbehaving_child")
print(sandbox.parse(b"", "a.print").text.split("上级")[1], flush=True)
sandbox.parse(b"", "a.sleep", AdmissionLimits(parse_wait=300.0))
"""
    started = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert started.stdout is not None
    reader = int(started.stdout.readline())
    wait_for(lambda: len(group(reader)) == 2)
    started.send_signal(ending)
    _, said = started.communicate(timeout=60)
    assert started.returncode == code
    assert ("KeyboardInterrupt" in said) == (ending == signal.SIGINT)
    wait_for(lambda: not group(reader))
    assert list(tmp_path.iterdir()) == []


def group(leader: int) -> list[str]:
    """The living processes of a process group."""
    stats = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            stats.append(path.parent.name)
    return stats


def wait_for(happened: object) -> None:
    end = time.monotonic() + 30
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
