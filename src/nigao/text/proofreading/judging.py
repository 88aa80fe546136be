"""Whether what speaks for another character is enough to bother an editor with."""

from __future__ import annotations

import math

from nigao.text.proofreading.candidates import Candidate
from nigao.text.proofreading.confusables import Likeness
from nigao.text.proofreading.wordlist import Lattice, WordList

# Fitted by tools/proofreading_weights.py to one half of a public set of official sentences and clean newspaper text.
_WEIGHTS = {
    "always": -12.33,
    "gain": 0.74,
    "same sound": 2.28,
    "shape": 1.38,
    "short word": -1.21,
    "before": 0.66,
    "after": 0.67,
    "worse side": -0.32,
    "odd": 0.12,
    "in a word": 2.67,
    "word's count": 0.39,
    "foreign": -2.59,
    "single before": -0.11,
    "single after": -0.40,
    "first": -0.41,
    "last": -0.74,
}
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "姜范石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚樊兰殷施洪翟倪严牛芦季俞章鲁葛伍韦申尤毕聂"
    "焦管柳邢骆岳齐梅庄辛涂庞纪甘祝左欧尚舒耿牟卜路詹苗凌费靳盛童温柴翁房凤游涛覃冉符闫褚窦虞闵佘麦阮霍裴屈项岑"
    "喻计甄裘卞柏奚邬薄滕邸晏蔺卫郎穆湛祁禹狄臧茅娄刁柯缪郁杭诸荀惠曲芮栾厉戎祖束幸"
)
# What names of places and bodies end in: 水坪, 汾渭平原, 环认委.
_NAME_ENDS = frozenset("坪沟坝寨屯湾岭洼塘坑垭峪堡庄店溪浦泾埠圩圳峒垌旗盟嘎渭汾沂淮漳滏泗沱岷委局办厅")
_FOREIGN = frozenset(
    "阿巴贝比伯布查茨达戴德迪蒂尔厄恩菲弗夫格戈哥古哈赫霍基吉加杰卡凯科克库拉莱兰勒雷里利列隆鲁洛伦罗马麦曼莫默穆纳内尼涅"
    "诺努帕佩皮普奇恰切琼丘萨塞桑斯施什史索塔泰坦特提图托瓦韦维沃乌西希谢雅亚扬耶伊易因约扎泽詹佐朱尤埃奥堡宾玻"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木")
_NAME = 2


def may_be_name(lattice: Lattice, place: int) -> bool:
    """Whether the character may belong to a person's or a foreign name, where no word list can judge it."""
    text = lattice.text
    if text[place] in _NAME_ENDS:
        return True
    single = {start for start, end in lattice.words if end == start + 1}
    surnames = [i for i in range(max(0, place - _NAME), place) if i in single and text[i] in SURNAMES]
    if surnames and all(i in single or i == place for i in range(surnames[0], place)):
        return True
    if any(surname in text[max(0, place - _NAME - 2) : place] for surname in _COMPOUND):
        return True
    own = place in single and text[place] in SURNAMES and place + 1 in single and place + 2 in single | {len(text)}
    return own or sum(char in _FOREIGN for char in text[max(0, place - 2) : place + 3]) >= 3


def features(candidate: Candidate, lattice: Lattice, words: WordList) -> dict[str, float]:
    """What the judgement rests on, by name."""
    start, end = lattice.word_at(candidate.place)
    single_before = any(e == start and e - s == 1 for s, e in lattice.words)
    single_after = any(s == end and e - s == 1 for s, e in lattice.words)
    foreign = sum(char in _FOREIGN for char in lattice.text[max(0, candidate.place - 2) : candidate.place + 3])
    return {
        "always": 1.0,
        "gain": candidate.gain,
        "same sound": float(candidate.likeness is Likeness.SOUND),
        "shape": float(candidate.likeness is Likeness.SHAPE),
        "short word": float(candidate.end - candidate.start == 2),
        "before": candidate.before,
        "after": candidate.after,
        "worse side": min(candidate.before, candidate.after),
        "odd": candidate.odd,
        "in a word": float(end - start == 2),
        "word's count": math.log(words.count(lattice.text[start:end]) + 1),
        "foreign": float(foreign >= 2),
        "single before": float(single_before),
        "single after": float(single_after),
        "first": float(candidate.place == 0),
        "last": float(candidate.place == len(lattice.text) - 1),
    }


def score(candidate: Candidate, lattice: Lattice, words: WordList) -> float:
    """How sure a slip is (log odds)."""
    told = features(candidate, lattice, words)
    return sum(weight * told[name] for name, weight in _WEIGHTS.items())
