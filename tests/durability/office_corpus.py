"""A small office's corpus in two states: as it was synced, and as the next sync is to find it."""

from __future__ import annotations

from pathlib import Path

TASKS = ("公文处理", "值班值守", "档案借阅", "会议管理", "公务用车", "信访接待", "印章管理", "资产登记")
SECTIONS = 4


def document(number: int, edition: int, sections: int = SECTIONS) -> str:
    """Some paragraphs that no two documents or editions share."""
    task = TASKS[number % len(TASKS)]
    paragraphs = [
        f"第{number}号文件第{edition}版对{task}作出第{i}项安排，由第{number * sections + i}工作组办理，"
        f"全年开展{task}检查{number * 7 + i + edition}次，整改事项{number + i * 3 + edition * 100}件，"
        f"结果登记在{task}第{i}本台账，逐月核对，发现差错的当日更正并由经办人签字，年底交办公室汇总存档，"
        f"第{i}项安排的责任人是第{number * sections + i}工作组组长，办理时限为{i % 28 + 1}个工作日，逾期的书面说明。"
        for i in range(1, sections + 1)
    ]
    return f"{task}工作记录{number}\n\n" + "\n\n".join(paragraphs) + "\n"


def write(folder: Path, editions: dict[int, int], sections: int = SECTIONS) -> None:
    """Manifest and files: document numbers with their editions; a new edition comes with its own approval."""
    (folder / "corpus" / "documents").mkdir(parents=True, exist_ok=True)
    entries = ["version: 1", "documents:"]
    for number, edition in editions.items():
        text = document(number, edition, sections)
        (folder / "corpus" / "documents" / f"d{number:02d}.txt").write_text(text, encoding="utf-8")
        entries += [
            f"  - id: d{number:02d}",
            f"    path: documents/d{number:02d}.txt",
            f"    title: {TASKS[number % len(TASKS)]}工作记录{number}",
            "    role: material",
            "    issuer: 青澜市政务服务管理办公室",
            "    approved_by: 周文清",
            f"    approved_on: 2025-0{edition}-10",
        ]
    (folder / "corpus" / "manifest.yaml").write_text("\n".join(entries) + "\n", encoding="utf-8")


BEFORE = dict.fromkeys(range(8), 1)
# Two files changed and approved anew, one gone, three more.
AFTER = {**dict.fromkeys(range(7), 1), 2: 2, 5: 2, **dict.fromkeys(range(8, 11), 1)}
