"""The typed client against a running server (`nigao serve`): draft, follow, change, check, export.

Usage: use_client.py BRIEF.yaml [OUT.docx]; address and key come from NIGAO_ADDRESS and NIGAO_KEY.
"""

import os
import sys
from pathlib import Path

from nigao import Brief
from nigao.chat.commands import LockCommand
from nigao.client import Client
from nigao.report.places import Place

brief = Brief.load(sys.argv[1])
output = Path(sys.argv[2] if len(sys.argv) > 2 else "报告.docx")
address = os.environ.get("NIGAO_ADDRESS", "http://127.0.0.1:8710")

with Client(address, key=os.environ.get("NIGAO_KEY", "")) as office:
    print("我是", office.me().person)
    report = office.draft(brief, told=lambda kind, event: print(event["heading"]) if kind == "part" else None)
    print(report.report_id, report.title, f"待补 {len(report.placeholders)} 处")
    # Made on the revision that was read: had somebody else changed it since, nothing would be written.
    turn = office.command(report, LockCommand(place=Place(part="basics")))
    print(turn.reply.text)
    for finding in office.check("我单位2025年共开展检查12次，其中上半年5次、下半年8次。").findings:
        print(finding.code, finding.message)
    output.write_bytes(office.export(report.report_id, "docx", findings=True))
    print("已写出", output)
