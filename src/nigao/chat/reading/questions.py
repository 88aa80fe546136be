"""Questions that are put to the corpus: 全年开展了几次廉政谈话？; what asks about the report itself is not one."""

from __future__ import annotations

import re

from nigao.chat.commands import AskCommand, HelpCommand
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.pieces import loose, pattern
from nigao.chat.reading.turn import Turn

_ASKS = re.compile(
    "[？?]$|什么|多少|几(?:次|个|场|人|名|项|期|批|件|份|条|年|月|天|家|类|种|级|日|号)|哪|怎么|怎样|如何|是否|有没有|是不是|有无|谁|何时|为何|为什么|吗$|呢$|能否|多久|多大|几时|何种|多长"
)
_SEARCH = re.compile(
    r"^(?:查一?[查下]|查询一?下?|查找一?下?|搜一?[搜下]|搜索一?下?|检索一?下?|问一?[问下]|请教一?下?|想问(?:一下|下|问)?|想(?:知道|了解|查|查查)(?:一下)?|找一?[找下]|了解一?下|告诉我|说说|介绍一下|解释一下|"
    r"(?:到|在|从|去)?(?:语料库?|资料库?|材料库?|文件库?|库)(?:里|中)?(?:查|找|搜|问|检索)(?:一下|一查|找)?)[，：]?"
)
# Words that act on a report: a question that holds one is about what to do, and is asked back.
_ACTING = frozenset(
    (
        "delete",
        "swap",
        "move",
        "merge",
        "split",
        "lock",
        "unlock",
        "undo",
        "restore",
        "submit",
        "approve",
        "fix",
        "shorten",
        "lengthen",
        "export",
        "draft",
        "check",
        "redo",
    )
)
_TEACH = re.compile("(?<!请)教(?:我|教我|一下|一教)|怎么(?:跟|和|对|同)你说|你(?:会|能)(?:做|干)(?:些)?什么")
_HOW_TO = re.compile(r"(?:怎么|如何|怎样)(?:才能|能|可以|来|去)?(?P<what>[^，？?]{1,12})")
_ABOUT_ACTING = re.compile(
    "^(?:一?下?到?(?:第?P|[一两二几][条句段项点个稿步]话?|句子|条目|内容|报告|稿子|事实|版本)?(?:的)?(?:呢|啊|？|$))+$"
)
_SHOULD = re.compile(
    "(?:要不要|该不该|应不应该|需不需要|是不是(?:要|该|应该|可以|得)|是否(?:要|该|应该|可以|需要)|能不能|可不可以)"
)


def read(turn: Turn) -> Outcome:
    """The reading as a question; empty where the words ask nothing."""
    typed = turn.typed
    searched = _SEARCH.match(turn.plain)
    asks = (
        _ASKS.search(turn.plain) or typed.endswith(("？", "?")) or (turn.manners.may and typed.endswith(("吗", "么")))
    )
    if not asks and searched is None:
        return Outcome()
    help_ = _help(turn)
    if help_:
        return help_
    strong = [mention for mention in turn.skeleton.mentions if not mention.weak]
    if strong or (_SHOULD.search(typed) and set(loose(turn.text)) & _ACTING) or turn.manners.may:
        return Outcome()
    words = turn.said.verbatim(searched.end(), len(turn.plain)) if searched is not None else _question(turn)
    return Outcome.of(AskCommand(question=words)) if len(words) > 1 else Outcome()


def _question(turn: Turn) -> str:
    """The question as it was typed, without what was polite before it."""
    return re.sub("^(?:请问|请教|问一下|麻烦问一下|想问一下|想问)[，,]?", "", turn.typed)


def _help(turn: Turn) -> Outcome:
    """怎么删除一条 asks how to say it."""
    if _TEACH.search(turn.plain):
        return Outcome.of(HelpCommand(about=turn.typed))
    found = _HOW_TO.match(turn.text)
    if found is None:
        return Outcome()
    for verb in loose(found["what"]):
        hit = pattern(verb).match(found["what"])
        if hit is not None and verb in _ACTING and _ABOUT_ACTING.match(found["what"][hit.end() :] or "？"):
            return Outcome.of(HelpCommand(about=hit.group()))
    return Outcome()
