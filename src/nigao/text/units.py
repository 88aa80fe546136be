"""Whose is a text? Names of a unit, of the bodies within it, and of other units, by how official texts write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUFFIX = (
    "人民政府|政府|委员会|管理局|办公室|办事处|领导小组|工作组|巡察组|巡视组|督导组|督查组|巡察办|派驻纪检监察组|纪检监察组|服务中心|中心|党组|党委|党工委|"
    "党总支|党支部|支部|纪委|监委|总队|支队|大队|公司|集团|银行|学校|小学|中学|大学|幼儿园|村委会|社区|医院|学院|研究院|图书馆|博物馆|档案馆|[一-鿿][馆站局厅委办]"
)
_ORGANISATION = re.compile(rf"^[一-鿿]{{2,22}}?(?:{_SUFFIX})(?!理)")
_WHOLE = re.compile(rf"^(?:中共)?[一-鿿]{{2,22}}(?:{_SUFFIX})$")
# 岚溪县, 某市, 城关镇: what makes a name one of a particular place.
_REGION = re.compile(r"[一-鿿]{2,6}?(?:省|市|县|区|镇|乡|州|盟|旗|街道)|^[省市县区镇乡]")
# A school or a company carries its own name where an office carries its region's.
_NAMED = re.compile("(?:小学|中学|大学|学校|学院|幼儿园|公司|集团|银行|医院)$")
_INNER = re.compile(
    r"^(?:中共|我|本|全)?(?:省|市|县|区|镇|乡)?(?:局|委|办|厅|院|中心|馆|站|所|校|公司|支队|大队|总队|学校|机关|单位)*(?:[一二三四五六七八九十]+大队)?"
    r"(?:党组(?:理论学习中心组)?|党委|党总支|党支部|支部|支委会|第?[一二三四五六七八九十]*党小组|工会|团支部|妇委会|领导班子|班子"
    r"|理论学习中心组|办公室|综合科|纪检组|领导小组|工作专班|[一-鿿]{2,6}(?:科|股|室))?(?:办公室|委员会)?$"
)


@dataclass(frozen=True, slots=True)
class UnitNames:
    """A unit's full name and its short one (may be empty)."""

    full: str
    short: str = ""

    def named_in(self, text: str) -> bool:
        """Whether the text names the unit, in full, short, or without its region (档案馆 for 临江县档案馆)."""
        return any(name and name in text for name in (self.full, self.short, self._without_region()))

    def owns(self, issuer: str) -> bool:
        """Whether an issuer is the unit or a body within it; an empty issuer says nothing against it."""
        if not issuer or self.named_in(issuer) or _INNER.match(issuer):
            return True
        bare = issuer.removeprefix("中共")
        return len(bare) >= 3 and (bare in self.full or self._abbreviates(bare))

    def _without_region(self) -> str:
        bare = _REGION.sub("", self.full, count=1)
        return bare if len(bare) >= 4 else ""

    def _abbreviates(self, name: str) -> bool:
        """市政务办 for 青澜市政务服务管理办公室: its characters, in order, region mark included."""
        rest = iter(self.full)
        return name[0] in "省市县区镇乡" and all(c in rest for c in name)

    def about_another(self, sentence: str, others: frozenset[str]) -> bool:
        """Whether the sentence's subject is another unit: one of `others` (issuers that are not ours), or a named
        organisation of some place standing at its head."""
        subject = re.split("[，。；：]|与|会同|联合|配合", sentence, maxsplit=1)[0]
        if self.named_in(subject):
            return False
        if any(len(other) >= 4 and not _INNER.match(other) and other in subject for other in others):
            return True
        head = _ORGANISATION.match(subject)
        return head is not None and _is_named(head.group()) and not self.owns(head.group())


def stated_issuer(title: str, text: str) -> str:
    """Who issued a document by its own words: a line of nothing but an organisation's name near the top or at the end
    (署名), else the organisation that its title begins with; empty where it does not say."""
    lines = [line.strip().replace(" ", "") for line in text.splitlines() if line.strip()]
    for line in [*lines[-2:][::-1], *lines[1:4]]:
        bare = re.sub(r"^[（(]|[）)]$", "", line)
        if len(bare) >= 4 and _WHOLE.match(bare) and not _INNER.match(bare):
            return bare
    named = _ORGANISATION.match(title)
    named_there = named.group() if named is not None else ""
    return named_there if named_there and _is_named(named_there) else ""


def _is_named(organisation: str) -> bool:
    """Whether a name is of one particular organisation: by its region, or by a proper name of its own."""
    own_name = _NAMED.sub("", organisation)
    return bool(_REGION.match(organisation)) or (own_name != organisation and len(own_name) >= 2)
