"""A reading process whose readers do what a hostile file would make them do; told by the suffix of the file's name."""

import os
import signal
import socket
import time
from pathlib import PurePath

from nigao.corpus import readers
from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.readers.source import SourceText
from nigao.corpus.sandbox import child
from nigao.corpus.sandbox.frames import frame

MINE = os.getpid()


def misbehave(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    DOINGS[PurePath(name).suffix]()
    text = "正文\ud800" if name.endswith(".surrogate") else told()
    return SourceText(name, text, (readers.Block(text, 0, len(text)),))


def spin() -> None:
    while True:
        pass


def hoard() -> None:
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def deep(n: int) -> int:
    return deep(n + 1) + 1


def write() -> None:
    with open("leftover", "wb") as file:
        file.write(b"x" * 1024)


def told() -> str:
    """What a reader can see of where it is."""
    secrets = [key for key in os.environ if "NIGAO" in key or "KEY" in key or key.lower().endswith("proxy")]
    written = [name for name in os.listdir(".") if os.path.getsize(name)]
    networks = [name for _, name in socket.if_nameindex() if name != "lo"] if hasattr(socket, "if_nameindex") else []
    return f"文件夹{written}变量{secrets}网络{networks}进程{os.getpid()}上级{os.getppid()}"


def shout() -> None:
    """Say more than was asked, and something else."""
    for descriptor in range(3, 20):
        try:
            while os.write(descriptor, b"\0\0\0\1\0\0\0\0x" * 1000):
                pass
        except OSError:
            continue


DOINGS = {
    ".segv": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    ".exit": lambda: os._exit(0),
    ".sleep": lambda: time.sleep(600),
    ".spin": spin,
    ".hoard": hoard,
    ".deep": lambda: deep(0),
    ".shout": shout,
    ".print": lambda: print("x" * 100_000, flush=True),
    ".raise": lambda: 1 // 0,
    ".kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    ".parent": lambda: os.kill(MINE, signal.SIGKILL),
    ".write": write,
    ".surrogate": lambda: None,
}
readers.READERS.update(dict.fromkeys(DOINGS, misbehave))
LIES = {
    ".lie1": frame({"answer": "text", "blocks": [[0, 9, 0, "paragraph", ""]], "margins": []}, "短".encode()),
    ".lie2": frame({"answer": "text", "blocks": [[0, 1, 0, "paragraph", ""]], "margins": []}, "一\n二".encode()),
    ".lie3": frame({"answer": "text", "blocks": [[0, 1, 7, "paragraph", ""]], "margins": []}, "一".encode()),
    ".lie4": frame({"answer": "text", "blocks": [], "margins": [1]}),
    ".lie5": frame({"answer": "text", "blocks": [], "margins": []}, b"\xff"),
    ".lie6": frame({"answer": "refusal", "message": "x", "reason": "whatever", "fix": ""}),
    ".lie7": frame({"answer": "convert", "suffix": ".exe"}),
    ".lie8": b"\0\0\0\2\0\0\0\0{}{}",
    ".lie9": b"",
    ".lie10": frame(
        {"answer": "text", "blocks": [[0, 1, 0, "paragraph", ""], [0, 1, 0, "heading", ""]], "margins": []}, b"a"
    ),
    ".lie11": frame({"answer": "text", "blocks": [[0, 3, 0, "paragraph", ""]], "margins": []}, b"a\nb"),
    ".lie12": b"\xff" * 100,
}


class Liar(child._Request):
    """Answers as a process would that a file has taken over."""

    def answer(self) -> bytes:
        suffix = PurePath(self.name).suffix
        return LIES[suffix] if suffix in LIES else super().answer()


child._Request = Liar
main = child.main
