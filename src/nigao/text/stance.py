"""How a sentence stands: does it lean on its neighbour, announce a plan, or only record procedure?"""

from __future__ import annotations

import re

# A sentence that opens so, or points back, reads wrongly when the one before it is missing.
_LEANING = re.compile(
    r"^(?:此外|同时|另外|其中|其(?!他)|这|该|对此|为此|因此|据此|由此|但|不过|而且|并且|并(?!联)|也|还|又|再(?![生造])|以上|上述|与此同时|在此基础上"
    r"|一方面|另一方面|(?:检查|抽查|活动|学习|研讨)中(?=[，、]|发现)|检查后|检查发现|会上|会后|会议(?=[，要指强认听审研传决对还]|上|期间)|会前|期间(?=，)|活动后|活动结束|随后|之后|之前|此前|结果(?=，|[被是])|最终|对被|对其|对上述"
    r"|他|她|它|大家|与会|当日|当天|前者|后者|相关情况|有关情况|以此|从而|进而|总的|具体(?=[是为有如，])|发现的?|经核|经查|整改后|通过整改|课后(?=，)|学习后|第[二三四五六七八九十]+[次场期轮批项]|[一二三四五六七八九十]月)"
)
_PLAN = re.compile(
    r"(?<![模虚草])拟(?!稿|写|办|定|订|制|出)|(?<![按照])计划(?=[于在将到从每对]|完成|开展|组织|安排|增|新|用)|下一步|下步|明年|来年|力争|打算|今后|接下来|预计|准备(?=[于在开组])"
    r"|将(?=于|在|继续|进一步|围绕|组织|适时|坚持|加强|加大|加快|开展|持续|采取|推动|按照|结合|重点|着力)|还要|要(?=进一步|继续|持续)|正在|有望"
)
_PROCEDURE = re.compile(
    r"同志主持|以下(?:工作|方面|几)|：一[是要]|制定本|本方案|主持(?:召开)?了?(?:会议)?。|主持召开|(?:^|：)(?:出席|列席|缺席|请假)|(?:出席|列席|缺席|请假)(?:人员|：)|记录人|应到|实到|参会人员|时间：|地点：|现将|如下|见附件|详见|以下简称|本报告|本总结|特此"
    r"|原文|^[一-鿿]{2,6}：|^根据会议安排|材料(?:来源|截至)"
)
_NORM = re.compile(r"应当|不得|必须|可以|应(?=[当于在按由将对及])|须|严禁|禁止")


_EXHORTS = re.compile(
    r"(?:要求|强调|指出|提出)[，：]|(?:^|，)[一-鿿]{0,8}(?<![主重需必只])要(?=带头|紧盯|把|加强|抓|严格|深入|逐项|认真|切实)"
)
_EARLIER = re.compile(r"(?<![比较与同])(?:去年|上年度?|前年)(?!同期|末|底)")


def exhorts(sentence: str) -> bool:
    """Whether the sentence calls on somebody to do a thing (会议要求，要紧盯…): nothing was done by that."""
    return _EXHORTS.search(sentence) is not None


def tells_of_an_earlier_year(sentence: str) -> bool:
    """Whether the sentence tells of 去年 or 前年, other than to compare with it."""
    return _EARLIER.search(sentence) is not None


def leans_on_neighbour(sentence: str) -> bool:
    """Whether the sentence needs the one before it (此外, 同时, 其, 这, 对此, 会上 …)."""
    return _LEANING.match(sentence) is not None


def announces_plan(sentence: str) -> bool:
    """Whether the sentence speaks of what is yet to be done (拟, 计划, 将, 下一步, 正在 …)."""
    return _PLAN.search(sentence) is not None


def records_procedure(sentence: str) -> bool:
    """Whether the sentence belongs to a form or a meeting record rather than to a report's prose."""
    return _PROCEDURE.search(sentence) is not None


def prescribes(sentence: str) -> bool:
    """Whether the sentence lays down a rule (应当, 不得, 可以 …) rather than reporting what was done."""
    return _NORM.search(sentence) is not None


def states_lack(sentence: str, lack_words: tuple[str, ...]) -> bool:
    """Whether the sentence admits a lack, by the kind's own words for it (不够, 有差距, 有待 …)."""
    return any(word in sentence for word in lack_words)


_PART_OF_PERIOD = re.compile(r"上半年|下半年|[一二三四1-4]季度|(?<![个\d])(?:1[0-2]|[1-9])月(?!底前)|截至")


def part_of_period(sentence: str) -> bool:
    """Whether the sentence speaks of a part of the year (上半年, 三季度, 5月) rather than of the whole."""
    return _PART_OF_PERIOD.search(sentence) is not None


def is_topic_sentence(sentence: str, *, longest: int = 26) -> bool:
    """Whether the sentence has the form of a run-in topic sentence: short, one clause or two, ending in 。."""
    plain = sentence.endswith("。") and 4 <= len(sentence) - 1 <= longest
    return plain and sentence.count("，") <= 1 and not re.search(r"[\d：；《|]", sentence)
