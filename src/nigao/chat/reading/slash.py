"""Commands that begin with a slash: /undo, /撤销, /show 三（一）. They are said in the words of the same grammar."""

from __future__ import annotations

import re
import unicodedata

# Name → the words that it stands for; what follows the name stands at “…”.
SLASH: dict[str, str] = {
    **dict.fromkeys(("undo", "撤销", "撤回"), "撤销…"),
    **dict.fromkeys(("redo", "重做", "恢复"), "重做…"),
    **dict.fromkeys(("restore", "还原"), "还原到第…稿"),
    **dict.fromkeys(("compare", "diff", "对比", "比较"), "对比…"),
    **dict.fromkeys(("show", "看", "显示", "查看"), "显示…"),
    **dict.fromkeys(("outline", "大纲", "提纲"), "看大纲"),
    **dict.fromkeys(("history", "历史"), "看历史"),
    **dict.fromkeys(("placeholders", "待补"), "看待补"),
    **dict.fromkeys(("facts", "事实"), "看事实清单"),
    **dict.fromkeys(("proposals", "建议", "建议稿"), "看建议稿"),
    **dict.fromkeys(("status", "状态"), "看状态"),
    **dict.fromkeys(("why", "依据", "出处"), "…依据是什么"),
    **dict.fromkeys(("check", "检查"), "检查…"),
    **dict.fromkeys(("fix", "修正"), "修正…"),
    **dict.fromkeys(("waive", "忽略"), "忽略…"),
    **dict.fromkeys(("lock", "锁定"), "锁定…"),
    **dict.fromkeys(("unlock", "解锁"), "解锁…"),
    **dict.fromkeys(("delete", "del", "rm", "删除"), "删除…"),
    **dict.fromkeys(("swap", "对调", "互换"), "对调…"),
    **dict.fromkeys(("merge", "合并"), "合并…"),
    **dict.fromkeys(("split", "拆分"), "拆分…"),
    **dict.fromkeys(("shorten", "压缩", "精简"), "压缩…"),
    **dict.fromkeys(("lengthen", "扩写"), "扩写…"),
    **dict.fromkeys(("export", "导出"), "导出…"),
    **dict.fromkeys(("draft", "起草", "拟稿"), "起草…"),
    **dict.fromkeys(("submit", "送审"), "送审"),
    **dict.fromkeys(("approve", "签发"), "签发"),
    **dict.fromkeys(("confirm", "yes", "y", "确认", "好"), "确认"),
    **dict.fromkeys(("cancel", "no", "n", "取消"), "取消"),
    **dict.fromkeys(("accept", "接受"), "接受…"),
    **dict.fromkeys(("reject", "拒绝"), "拒绝…"),
    **dict.fromkeys(("move", "移动"), "把…"),
    **dict.fromkeys(("replace", "替换"), "替换…"),
    **dict.fromkeys(("fact", "set", "改数"), "…"),
    **dict.fromkeys(("rewrite", "改写", "润色"), "改写…"),
    **dict.fromkeys(("add", "补"), "…"),
}
HELP = ("help", "帮助", "?", "h")
ASK = ("ask", "问", "查")
_PARTS = re.compile(r"/\s*(?P<name>[A-Za-z?]+|[一-鿿]{1,3}?(?=[\s第三（(]|$)|[一-鿿]+)\s*(?P<rest>.*)", re.DOTALL)


def spoken(typed: str) -> tuple[str, str] | None:
    """The name and what follows it, of a turn that begins with a slash; None for any other."""
    text = unicodedata.normalize("NFKC", typed.strip()[:1]) + typed.strip()[1:]
    if not text.startswith("/"):
        return None
    found = _PARTS.fullmatch(text)
    return (found["name"].lower(), found["rest"].strip()) if found is not None else ("", text[1:].strip())


def words(name: str, rest: str) -> str | None:
    """What the slash command says in words, or None where there is no such command."""
    form = SLASH.get(name)
    if form is None:
        return None
    if form == "显示…" and not rest:
        return "显示全文"
    if form == "对比…":
        rest = "和".join(f"第{n}稿" for n in re.findall(r"\d+", rest)) if re.fullmatch(r"[\d\s,，和]*", rest) else rest
    if form in ("撤销…", "重做…") and rest.isdecimal():
        rest = f"{rest}步"
    if form.startswith("还原到") and not rest.isdecimal():
        return f"还原到{rest}"
    if form in ("接受…", "拒绝…"):
        listed = "、".join(re.findall(r"\d+", rest))
        rest = f"第{listed}句" if listed and re.fullmatch(r"[\d\s,，、]*", rest) else rest
    if form in ("压缩…", "扩写…"):
        sized = re.fullmatch(r"(?P<place>.*?)\s*(?<!\d)(?P<length>\d+)字?", rest)
        if sized is not None:
            return f"把{sized['place']}{form.replace('…', '')}到{sized['length']}字"
    if form == "导出…":
        rest = re.sub(r"\s+", "和", rest)
    if form in ("对调…", "合并…"):
        rest = re.sub(r"\s+", "和", rest)
    return form.replace("…", rest)
