"""`nigao backup` and `nigao restore`."""

from __future__ import annotations

from pathlib import Path

from nigao.cli.console import note, say
from nigao.cli.workspace import chosen_workspace
from nigao.settings import Settings, find_workspace, load_settings
from nigao.text.dates import local_time


def run_backup(file: Path, *, documents: bool) -> None:
    """Write the backup and tell what is in it."""
    from nigao.backup import back_up

    made = back_up(_settings(), file, documents=documents)
    say(f"已备份到 {file}（{file.stat().st_size / 1024 / 1024:.1f} MB）：{_counts(made.documents, made.reports)}。")
    if not documents:
        note("备份含全部文件的正文、段落、向量、报告和审计记录，不含语料原件；要一并备份原件，加 --documents")


def run_restore(file: Path) -> None:
    """Put the backup back and tell what happened to what was there."""
    from nigao.backup import restore

    done = restore(_settings(), file)
    made_at = local_time(done.note.made_at)
    say(f"已恢复到 {made_at} 的备份：{_counts(done.note.documents, done.note.reports)}。")
    if done.before:
        say(f"恢复前的内容另存在 {done.before}，需要时可用 nigao restore 换回。")
    if done.damaged:
        say(f"原来的数据库已损坏，移到了 {done.damaged}。")
    for name in done.files:
        say(f"  补回缺少的文件 {name}")


def _settings() -> Settings:
    return load_settings(chosen_workspace() or find_workspace())


def _counts(documents: int, reports: int) -> str:
    return f"文件 {documents} 份，报告 {reports} 份"
