"""The library in ten lines: a workspace with the sample corpus, a draft, its findings, a Word file."""

import tempfile
from pathlib import Path

from nigao import Assistant, Brief

folder = Path(tempfile.mkdtemp())
with Assistant.create(folder, sample=True) as assistant:
    assistant.sync()
    report = assistant.draft(Brief.load(folder / "brief.yaml"))
    print(report.text())
    for finding in report.findings:
        print(finding.code, finding.message)
    print("已写出", report.save(folder / "报告.docx"))
