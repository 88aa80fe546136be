"""Any client of the OpenAI protocol drafts and revises: here the `openai` package, against a running `nigao serve`.

Usage: use_openai.py BRIEF.yaml; address and key come from NIGAO_ADDRESS and NIGAO_KEY.
"""

import os
import sys
from pathlib import Path

from openai import OpenAI

address = os.environ.get("NIGAO_ADDRESS", "http://127.0.0.1:8710")
client = OpenAI(base_url=f"{address}/v1", api_key=os.environ.get("NIGAO_KEY") or "none")
messages = [{"role": "user", "content": Path(sys.argv[1]).read_text(encoding="utf-8")}]

text = ""
for chunk in client.chat.completions.create(model="nigao-draft", messages=messages, stream=True):
    piece = chunk.choices[0].delta.content or "" if chunk.choices else ""
    print(piece, end="", flush=True)
    text += piece

# The conversation goes on with the report that was drafted.
messages += [{"role": "assistant", "content": text}, {"role": "user", "content": "第三部分第一条的依据是什么"}]
answer = client.chat.completions.create(model="nigao-chat", messages=messages)
print("\n" + (answer.choices[0].message.content or ""))
