"""起草时跟着看：组句器的全文先到，模型的句子写好一处换一处。

运行：python examples/follow_draft.py
设了 NIGAO_MODEL（和 NIGAO_BASE_URL、NIGAO_API_KEY）就用该模型，否则用一个照抄依据的假模型。
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from nigao import Assistant, Brief
from nigao.testing import FunctionModel, drafting_answer


async def follow(assistant: Assistant, brief: Brief) -> None:
    model = None if os.environ.get("NIGAO_MODEL") else FunctionModel(function=drafting_answer)
    run = assistant.start(brief, part="problems", model=model)
    async for event in run:
        match event.type:
            case "part":
                print(f"{event.heading}：{'开始' if event.state == 'begun' else '完成'}")
            case "sentence" if event.sentence.worded_by:
                print(f"  {event.sentence.text}")
            case "repair":
                print(f"  未采用：{event.was}（{'；'.join(event.reasons)}）")
            case "trouble":
                print(f"  {event.message}")
    assert run.draft is not None
    print(run.draft.record)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Assistant.create(Path(folder) / "ws", sample=True) as assistant:
        assistant.sync()
        asyncio.run(follow(assistant, Brief.load(Path(folder) / "ws" / "brief.yaml")))


if __name__ == "__main__":
    main()
