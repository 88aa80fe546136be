"""What can be said, told with examples."""

from __future__ import annotations

from nigao.chat.commands import HelpCommand
from nigao.chat.turn import Outcome, Turn

_EXAMPLES: dict[str, tuple[str, ...]] = {
    "看": ("看看第三部分", "列提纲", "二（三）第一点怎么写的", "还有哪些待补", "有哪些事实", "修改记录"),
    "依据": ("这句依据是什么", "三（二）的出处"),
    "查": ("全年开展了几次廉政谈话？", "对轮岗是怎么规定的？"),
    "改": ("第三部分第二条压缩到80字", "第二句改成：……", "把全文的“甲”改为“乙”", "编制数改成46"),
    "增删": ("二（一）里再补一条警示教育的", "整改方向第二条后面加一句：……", "删除二（一）第一点第三句"),
    "次序": ("把（二）和（三）换一下", "把第三条移到第一条前面", "问题一和问题二合并", "整改第三条从第三句起拆成两条"),
    "对应": ("第二条措施对应第三个问题",),
    "核对": ("核对一遍", "能自动改的都改一下", "忽略G209，理由：……"),
    "锁定": ("锁定基本情况", "解锁基本情况"),
    "历史": ("撤销", "重做", "恢复到第2稿", "第1稿和现在比改了哪些"),
    "模型": ("整改第一条语气更坚决一些", "全部采用", "采用第1、3句", "都不要"),
    "定稿": ("导出docx", "送审", "签发"),
}


def help_with(turn: Turn, command: HelpCommand) -> Outcome:
    """Tell what can be said, or about one thing."""
    about = command.about.strip()
    chosen = {name: lines for name, lines in _EXAMPLES.items() if about and (about in name or name in about)}
    lines = ["直接说要做什么就可以，例如："] if not chosen else []
    for name, examples in (chosen or _EXAMPLES).items():
        lines.append(f"{name}：{'；'.join(examples)}")
    return Outcome("\n".join(lines), focus=turn.state.focus)
