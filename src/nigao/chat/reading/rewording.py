"""Wording a place anew by the editor's instruction: 改得更正式, 口气缓和些, 突出成效, 换个说法."""

from __future__ import annotations

import re
from typing import Literal

from nigao.chat.commands import Command, ReviseCommand
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.said import without_mark
from nigao.chat.reading.skeleton import PLACE
from nigao.chat.reading.turn import Turn, Way
from nigao.report.places import TITLE

How = Literal["shorten", "lengthen", "rewrite", "tone"]
# How an instruction begins behind the place.
_BEGINS = (
    *(
        "(?:换成|替换成|换为|改作)(?=.*(?:写法|说法|表述|表达|语气|口气|口吻|句式|风格|措辞))",
        "(?:处理|调整|弄|整|变|搞)得",
        "改得",
        "写得",
        "改写得",
        "说得",
        "表述得",
        "表达得",
        "改写成",
        "改写为",
        "改成",
        "改为",
        "写成",
        "改写",
        "润色",
        "重新表述",
        "重新措辞",
        "重新组织",
        "重新表达",
    ),
    *(
        "换一?个说法",
        "换一?种说法",
        "换一?种表述",
        "换个表述",
        "换种",
        "换一?个表达",
        "换一?种表达",
        "换个写法",
        "换一?种写法",
        "优化",
        "打磨",
        "完善",
        "美化",
        "润饰",
        "雕琢",
        "斟酌",
        "推敲",
    ),
    *(
        "突出",
        "强调",
        "体现",
        "弱化",
        "淡化",
        "点明",
        "点出",
        "少用",
        "多用",
        "语气",
        "口气",
        "口吻",
        "语调",
        "表述",
        "措辞",
        "用词",
        "语言",
        "文字",
        "行文",
        "句式",
        "说法",
        "调子",
        "文风",
        "风格",
    ),
    *(
        "更",
        "再(?!补|加|写一|来一|添|增|压|缩|短|长|精简|砍|删|拆)",
        "(?:改|修改|调整|润|理)一?[改下]",
        "顺一?顺",
        "理一?顺",
        "用(?:更|正式|书面|公文)",
        "按照?",
        "要?(?:写|改)出",
        "照着",
        "往",
        "不要(?:用|写得|那么|太|这么|出现)",
        "不够",
        "太(?!长|短|啰嗦)",
    ),
    *(
        "读起来",
        "读着",
        "重点(?:写|讲|突出)",
        "侧重",
        "着重",
        "结合",
        "重新写(?=得|成)",
        "重新?写(?:一[遍下])?，",
        "改(?:得)?(?=通顺|顺|活|实|准确|规范|严谨|具体|有力|平实|生动|明确|清楚|好看)",
        "缓和",
        "委婉",
        "严肃",
        "正式",
        "通顺",
        "通俗",
        "口语化",
    ),
)
_BEGIN = "|".join(_BEGINS)
_PLACE_FIRST = re.compile(
    rf"(?:把|将|对|让|使|给)?P(?:的|里的?|这里)?[，]?(?:进行|作|做|再|给我|重新|还是|应该|应|要|需要|可以|能不能|有点|有些|稍微|适当|略微|进一步|都)*(?P<how>(?:{_BEGIN}).*)"
)
_VERB_FIRST = re.compile(
    r"(?P<how>(?:改写|润色|重新表述|重新组织|重新措辞|优化|打磨|完善|美化|润饰|修饰|推敲|斟酌|(?:换一?[个种](?:说法|表述|写法|表达)(?:写|表达|表述|说)?)|理顺|规范|调整)(?:一下|一遍|下)?)"
    r"(?P<place>P)(?:的(?:表述|措辞|语言|文字|说法|内容|语气|口气|用词|行文|句式))?(?:[，](?P<more>.+))?"
)
_STRESS = re.compile(r"(?P<how>(?:突出|强调|体现|弱化|淡化|缓和|加强|软化|强化)(?:一下|下)?P的?(?:.{1,12}))")
_TONE = re.compile(
    "语气|口气|口吻|语调|调子|正式|书面|庄重|委婉|缓和|强硬|严肃|谦虚|谦逊|客气|口语|郑重|平实|生硬|严厉|温和|柔和|文风|诚恳|亲切|官方|硬气|软一"
)
_SHORT = re.compile(
    r"(?:(?:改|写|说|表述|改写)得?)?(?:再|更|更加|稍微)?(?:简短|简洁|简练|精炼|精简|凝练|短)(?:一点|一些|点|些|明了)?"
)
_LONG = re.compile(
    r"(?:(?:改|写|说|表述|改写)得?)?(?:再|更|更加|稍微)?(?:详细|充实|细|长|丰富|饱满)(?:一点|一些|点|些)?"
)
# A length, or two things said at once, is for another part of the grammar, or to be asked.
_OTHER = re.compile(
    r"[LSRCF]|[，。](?:再|然后|并|同时|接着|顺便|另外|还要|最后)?(?:把|将)|(?:删掉|删除|删去|合并|拆成|对调|撤销|导出)"
)
# 措辞不要改 leaves the place as it is; 不要那么口语 is an instruction.
_REFUSED = re.compile(
    "(?:语气|口气|口吻|表述|措辞|用词|语言|文字|说法|句式)?(?:先|还是|还|也|就|暂时)*(?:不要|别|不用|不必|勿|不能|不)再?"
    "(?:改|动|变|润色|缓和|调整|修改|换|优化|完善|打磨)"
)
_DOUBT = re.compile(
    r"(?:吗|么|呢|怎么样了?|如何了?|是不是.*)？?$|？$|^(?:改写|优化|完善|润色)?(?:了|过)(?:吗|没)|^太(?:长|短|少|多)?了?$|^不够$"
)


def read(turn: Turn) -> Outcome:
    """The reading as an instruction for a place; empty where the words are none."""
    first = _PLACE_FIRST.fullmatch(turn.text)
    if first is not None:
        return _revised(turn, *first.span("how"))
    verb = _VERB_FIRST.fullmatch(turn.text)
    if verb is not None:
        if verb["more"] is not None:
            return _revised(turn, *verb.span("more"))
        return _revised(turn, 0, len(turn.text)) if "的" in verb.group() else _revised(turn, *verb.span("how"))
    stress = _STRESS.fullmatch(turn.text)
    if stress is not None:
        return _revised(turn, 0, len(turn.text))
    return _focused(turn)


def _focused(turn: Turn) -> Outcome:
    """Without a place it is what the focus is on: 语气再缓和些."""
    if turn.skeleton.mentions or turn.scene.focus is None or not turn.scene.focus.part:
        return Outcome()
    found = re.fullmatch(rf"(?:再|还是|稍微|适当)*(?P<how>(?:{_BEGIN}).*)", turn.text)
    if found is None or not re.search(
        "一?[点些]$|说法|写法|表述|措辞|语气|口气|润色|改写|改改|语言$|文字$|得", turn.plain
    ):
        return Outcome()
    return _revised(turn, *found.span("how"))


def _revised(turn: Turn, start: int, end: int) -> Outcome:
    signs = turn.text[start:end]
    plain = turn.skeleton.plain(start, end)
    # How to word a place names no other: 往前挪，挪到第一条前面 is no wording.
    if PLACE in signs or _OTHER.search(signs) or _DOUBT.search(plain) or _REFUSED.match(plain) or "：" in signs:
        return Outcome()
    if re.match("(?:改成|改为|写成)", plain) and not re.search(
        "语气|口气|口吻|风格|样子|形式|句式|格式|语言|措辞|更|[一]?[点些]$|正式|书面|口语", plain
    ):
        return Outcome()
    words = without_mark(turn.skeleton.verbatim(start, end))
    how = _how(plain)
    mentions = turn.skeleton.mentions[:1]
    focus = turn.scene.focus
    ways, why = turn.ways(mentions) if mentions else ([((focus,),)] if focus is not None else [], "")

    def build(way: Way) -> Command | None:
        place = way[0][0] if len(way[0]) == 1 else None
        if place is None or (place.part == TITLE and how in ("shorten", "lengthen")):
            return None
        return ReviseCommand(place=place, how=how, instruction=words if how in ("rewrite", "tone") else "")

    return turn.decided(ways, build, why)


def _how(plain: str) -> How:
    bare = without_mark(plain)
    if _SHORT.fullmatch(bare):
        return "shorten"
    if _LONG.fullmatch(bare):
        return "lengthen"
    return "tone" if _TONE.search(bare) else "rewrite"
