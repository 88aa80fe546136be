"""What drafting with a model costs besides the model: milliseconds a part, and how well the calls overlap.

Run `python benchmarks/model_drafting.py`. The model is a fake that repeats its evidence after a fixed latency.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from nigao import Assistant, Brief, Draft
from nigao.testing import FunctionModel, drafting_answer

LATENCY = 2.0


def timed(assistant: Assistant, brief: Brief, **how: object) -> tuple[float, Draft]:
    start = time.perf_counter()
    draft = assistant.draft(brief, **how)  # type: ignore[arg-type]
    return time.perf_counter() - start, draft


def row(name: str, own: float, remark: str) -> None:
    print(f"{name:<38}{own:>8.2f} s   {remark}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name, Assistant.create(Path(name), sample=True) as assistant:
        assistant.sync()
        assistant.embed()
        brief = Brief.load(Path(name) / "brief.yaml")
        timed(assistant, brief, offline=True, model=None)
        offline = min(timed(assistant, brief, offline=True)[0] for _ in range(3))
        instant = min(timed(assistant, brief, model=FunctionModel(function=drafting_answer))[0] for _ in range(3))
        model = FunctionModel(function=drafting_answer, latency=LATENCY)
        slow, draft = timed(assistant, brief, model=model)
        parts, calls = len(draft.report.parts), len(model.seen)
        serial = calls * LATENCY
        extra = instant - offline
        row("offline draft", offline, f"a part {1000 * offline / parts:.0f} ms")
        row("with a model that answers at once", instant, f"a part {1000 * instant / parts:.0f} ms")
        row("prompts, parsing, judging, settling", extra, f"a call {1000 * extra / calls:.0f} ms ({calls} calls)")
        row(f"{parts} parts at {LATENCY:.0f} s latency", slow, f"serial sum {serial:.0f} s, ratio {slow / serial:.2f}")


if __name__ == "__main__":
    main()
