"""Writes the OpenAPI document of the HTTP interface, which stands in docs/ (`make docs`).

python tools/openapi.py > docs/openapi.json
"""

from __future__ import annotations

import json
import sys

from nigao import Assistant
from nigao.service.app import create_app


def main() -> None:
    with Assistant.in_memory() as assistant:
        written = json.dumps(create_app(assistant).openapi(), ensure_ascii=False, indent=1)
    sys.stdout.write(written + "\n")


if __name__ == "__main__":
    main()
