"""Names and set phrases gone wrong: titles, quotations, organisations, people."""

from __future__ import annotations

import re
from random import Random

import rjieba
from benchmarks.mutations.confusable import same_shape, same_sound
from benchmarks.mutations.model import Change, Clean, Edit, Group, one, operator, replaced

_BODIES = {
    "局": ("水务局", "气象局", "体育局", "医疗保障局", "粮食和储备局"),
    "部": ("水利部", "交通运输部", "应急管理部", "农业农村部"),
    "委": ("市委政法委", "市国资委", "市卫生健康委"),
    "科": ("财务科", "后勤科", "法制科", "宣传教育科"),
    "中心": ("会计核算中心", "信息资源中心", "人才服务中心"),
    "办公室": ("档案管理办公室", "信访工作办公室"),
    "支部": ("离退休党支部", "后勤党支部"),
}
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
_TITLES = "同志|局长|主任|科长|书记|处长|馆长|部长|市长|组长"


def _off_by_one(word: str, rng: Random) -> str:
    """One character wrong, lost, or doubled; the rest as it was."""
    places = [i for i, c in enumerate(word) if "一" <= c <= "鿿"]
    i = rng.choice(places)
    like = same_sound(word[i]) + same_shape(word[i])
    if like and rng.random() < 0.6:
        return word[:i] + rng.choice(like) + word[i + 1 :]
    return word[:i] + word[i + 1 :]


def _phrase(clean: Clean, found: re.Match[str], new: str) -> Change:
    """Another wording in one place; the same phrase elsewhere now differs from it."""
    same = [m for m in re.finditer(re.escape(found.group()), clean.text) if m.start() != found.start()]
    return Change(replaced(found, new).edits, also=tuple((m.start(), m.end()) for m in same))


@operator("title-one-off", Group.SEMANTIC, "G", "C", "T")
def title_one_off(clean: Clean, rng: Random) -> Change | None:
    """《廉洁自律准则》 → 《廉结自律准则》."""
    found = one(rng, clean.matches("《([^《》\n]{4,40})》", shielded=True))
    return replaced(found, f"《{_off_by_one(found.group(1), rng)}》") if found else None


@operator("title-shortened", Group.SEMANTIC, "G", "C")
def title_shortened(clean: Clean, rng: Random) -> Change | None:
    """《办公室工作责任制实施细则》 → 《办公室责任制实施细则》: a word inside lost."""
    fits = []
    for m in clean.matches("《([^《》“”\n]{7,40})》", shielded=True):
        words = rjieba.cut(m.group(1), hmm=False)
        if len(words) > 3:
            fits.append((m, words))
    chosen = one(rng, fits)
    if chosen is None:
        return None
    found, words = chosen
    i = rng.randrange(1, len(words) - 1)
    return replaced(found, "《" + "".join(words[:i] + words[i + 1 :]) + "》")


@operator("title-superseded", Group.SEMANTIC, "G")
def title_superseded(clean: Clean, rng: Random) -> Change | None:
    """A title in force → the one that it replaced; or a sentence that rests on the replaced one."""
    known = clean.beyond.superseded
    hits = [m for m in clean.matches("《([^《》\n]{4,40})》", shielded=True) if m.group(1) in known]
    found = one(rng, hits)
    if found is not None:
        return replaced(found, f"《{known[found.group(1)]}》")
    ends = [b.end for b in clean.bodies if b.text.endswith("。") and b.part and not b.heading]
    if not known or not ends:
        return None
    at = rng.choice(ends)
    return Change((Edit(at, at, f"有关工作按照《{rng.choice(sorted(known.values()))}》组织开展。"),))


@operator("quoted-one-off", Group.SEMANTIC, "G", "C", "T")
def quoted_one_off(clean: Clean, rng: Random) -> Change | None:
    """“三会一课” → “三会一颗”."""
    hits = clean.matches("(?<!简称)“([^“”\n]{3,30})”", shielded=True)
    found = one(rng, [m for m in hits if re.search("[一-鿿]", m.group(1))])
    return _phrase(clean, found, f"“{_off_by_one(found.group(1), rng)}”") if found else None


@operator("quoted-member-dropped", Group.SEMANTIC, "G", "C")
def quoted_member(clean: Clean, rng: Random) -> Change | None:
    """“甲、乙、丙” → “甲、丙”."""
    found = one(rng, clean.matches("“([^“”\n]+?[、，][^“”\n]+)”", shielded=True))
    if found is None:
        return None
    members = re.split("([、，])", found.group(1))
    i = rng.randrange(0, len(members), 2)
    rest = members[:i] + members[i + 2 :] if i + 1 < len(members) else members[: i - 1]
    return _phrase(clean, found, f"“{''.join(rest)}”")


@operator("quoted-order", Group.SEMANTIC, "G", "C")
def quoted_order(clean: Clean, rng: Random) -> Change | None:
    """“甲、乙、丙” → “乙、甲、丙”; “三会一课” → “一课三会”."""
    found = one(
        rng, clean.matches("(?<!简称)“([^“”\n]+?[、，][^“”\n]+|[一-鿿]{4}|[一-鿿]{6}|[一-鿿]{8})”", shielded=True)
    )
    if found is None:
        return None
    members = re.split("([、，])", found.group(1))
    if len(members) == 1:
        half = len(members[0]) // 2
        new = members[0][half:] + members[0][:half]
    else:
        i = rng.randrange(0, len(members) - 2, 2)
        members[i], members[i + 2] = members[i + 2], members[i]
        new = "".join(members)
    return _phrase(clean, found, f"“{new}”")


@operator("organisation-changed", Group.SEMANTIC, "G", "C")
def organisation(clean: Clean, rng: Random) -> Change | None:
    """市财政局 → 市水务局."""
    ends = "|".join(sorted(_BODIES, key=len, reverse=True))
    hits = clean.matches(
        f"(?:(?<=[由经向与和、，。])|(?<=会同)|(?<=联合)|(?<=报送))([一-鿿]{{2,4}}?)({ends})(?=[、，。；与和会牵负制每按对将应要])"
    )
    found = one(rng, [m for m in hits if not re.search("[的在了由经向与和等各有本该全党]", m.group(1))])
    if found is None:
        return None
    fits = [name for name in _BODIES[found.group(2)] if name not in clean.text]
    level = next((p for p in ("市", "省", "区", "县", "国家") if found.group(1).startswith(p)), "")
    new = rng.choice(fits)
    return replaced(found, new if new.startswith(level) else level + new)


@operator("person-changed", Group.SEMANTIC, "G", "C")
def person(clean: Clean, rng: Random) -> Change | None:
    """周文清同志 → 周文青同志, or another surname."""
    found = one(
        rng,
        clean.matches(f"(?:(?<=[，。、；由])|(?<={_TITLES}))([{_SURNAMES}][一-鿿]{{1,2}})(?={_TITLES}|[，、主担牵作])"),
    )
    if found is None:
        return None
    name = found.group(1)
    given = "".join(c for c in "明华伟建军国平志强文斌海涛" if c not in name)
    family = "".join(c for c in _SURNAMES if c != name[0])
    new = rng.choice((rng.choice(family) + name[1:], name[:-1] + rng.choice(given)))
    return Change((Edit(found.start(1), found.end(1), new),))
