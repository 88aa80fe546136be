"""Answers to what was put before the editor: yes, no, which sentences of a proposal, which of several readings."""

from __future__ import annotations

import re

from nigao.chat.commands import AcceptCommand, CancelCommand, Command, ConfirmCommand, RejectCommand, places_of
from nigao.chat.reading.figures import LIST, NUM, numbers
from nigao.chat.reading.outcome import Outcome
from nigao.chat.reading.said import Said
from nigao.chat.reading.scene import Scene
from nigao.chat.reading.turn import Turn
from nigao.chat.reading.wordlists import any_of, listed
from nigao.report.places import Place

_PARTICLES = re.compile(r"(?:[，。！!~…、？?；]+|(?<=.)(?:吧|哈|啊|呀|了|哦|嘛|呗|的))$")
_YES = frozenset(
    listed(
        """
        好 好的 可以 行 行的 成 对 对的 是 是的 嗯 嗯嗯 确认 确定 同意 没错 没问题 就这样 就这么办 就这么定 就这样定
        就按这个 按这个 按这个来 按这个改
        按这个办 就按这个办 这么办 按你说的办 就这么着 改 执行 继续 没意见 就这么改 就这样改 照办 照此办理 通过
        ok okay yes y 好好
        可以的 当然 中 妥 确认修改 确认执行 确认无误 可以执行 好可以 同意修改 按此修改 就按你说的 照这个改 没毛病 准了
        好就这样 可以就这样 好的就这样 好的可以 好的确认 行就这样 没问题就这样 对就这样 是的确认 可以确认 都可以 要 需要
        好的没问题 可以没问题 那就这样 就它 就是这个 就这个
        """
    )
)
_NO = frozenset(
    listed(
        """
        先别改 先别动 先不动 算 算了 取消 不用 不用了 不要 不要了 不 不行 不同意 别 先别 先不 不改 不改了 不对 不是
        放弃 作罢 停 等等 等一下
        先等等 再说 再想想 我再想想 不必 不必了 no n 不可以 不好 先不改 暂不 暂时不用 先不用 先放着 不确认 都不是 都不对
        都不要 还是算了 还是不要 还是不要了 还是别 别改 别改了 不需要 不需要了 没事 没事了 撤 退出 先不要 算了不改了
        算了不用了 不了 不执行 打住 当我没说 先这样 还是别改
        """
    )
)
_TAKE = any_of(
    """
    收了? 接受 采用 采纳 同意 保留 留下 通过 选用 选 要 用 可以 认可 留着 收下 接收 确认 留 没问题 行 好
    """
)
_LEAVE = any_of(
    """
    不要了? 不采用 不采纳 不接受 不同意 拒绝 否决 不用了? 不行 不好
    还?是?用原(?:来的?|文|句) 保留原[文句样] 维持原[文句样]
    去掉 放弃 驳回 退回 删掉 不通过 算了 不对 不认可
    不保留 不留 不合适 舍弃 否掉
    """
)
# 就照你列的这个办
_AS_SHOWN = re.compile(
    "(?:(?:好|行|可以|嗯|对|没问题)的?，?)?(?:那)?就?(?:照|按|依)(?:着)?(?:你|您|刚才|上面)?(?:列|说|写|给|提|算)?(?:出|好)?的?"
    "(?:这个|这样|这些|来|上面的?)?(?:办|改|来|做|执行|定)"
)
_ALL = any_of("全部 全都 都 全 所有 通通 统统 整体 一律 每句 所有句子 所有的? 全部句子 这几句 这些")
_WHAT = "(?:改写|修改|建议)?"
_TAKE_ALL = re.compile(rf"把?{_ALL}(?:都|给我)?{_TAKE}了?{_WHAT}|{_TAKE}{_ALL}{_WHAT}|(?:接受|采用|采纳){_WHAT}")
_LEAVE_ALL = re.compile(
    rf"{_ALL}都?{_LEAVE}了?|{_LEAVE}{_ALL}{_WHAT}|(?:拒绝|驳回|不采用|不采纳|不接受|否决){_WHAT}"
    r"|(?:这几[句条处]，?)?一[句条个处](?:都|也)(?:不要|不用|不采用|别用|不行)|保留原[文句稿]|还是原来的好?|维持原[文状稿]"
)
_UNIT = "(?:句话|句|条|处|个|项|点)?"
_ALSO = "(?:、|，|和|与|及|跟)"
_LISTED = rf"第?(?P<n>{LIST}){_UNIT}(?:{_ALSO}第?(?P<n2>{LIST}){_UNIT})?(?:{_ALSO}第?(?P<n3>{LIST}){_UNIT})?"
_CHOICE = re.compile(
    rf"(?:选择?|就|要|用|我选|我要|应该是|是|我说的是|指的是)*(?:第(?P<n>{NUM})(?:个|种|项|种理解)?|(?P<bare>{NUM})(?:号)?)"
)
_THE_PLACE = re.compile("(?:我说的|我指的|我要的|选|就|是|那个|，)*P(?:的|那[个条句一]|，|。)*")
_LAST_CHOICE = re.compile("(?:选|就|要|是)*(?:最后一?[个种]|后一?[个种]|后面那?个|后者)")
_FIRST_CHOICE = re.compile("(?:选|就|要|是)*(?:前一?[个种]|前面那?个|前者|头一个)")


def read(turn: Turn) -> Outcome:
    """The reading as an answer; empty where it is none. Without anything pending, yes and no are asked back."""
    plain = Said(turn.typed).plain
    bare = _bare(plain)
    scene = turn.scene
    if scene.pending == "question" and (chosen := _chosen(turn, bare)):
        return chosen
    if scene.pending == "proposal" and (verdict := _verdict(bare)):
        return verdict
    # 同意 and 不用了 alone answer; with a place or more words they are for the grammar.
    said = {_bare(clause) for clause in re.split("[，。！；、,]", bare) if clause} or {bare}
    if said <= _YES or _AS_SHOWN.fullmatch(bare):
        return _agreed(scene)
    if said <= _NO:
        return Outcome.of(CancelCommand()) if scene.pending else Outcome.asking("现在没有等您确认的事")
    if (
        not scene.pending
        and _verdict(bare)
        and re.match(rf"(?:{_TAKE}|{_LEAVE}|{_ALL}).*(?:第|{_ALL})|(?:{_ALL})(?:{_TAKE}|{_LEAVE})", bare)
    ):
        strong = re.search("接受|采用|采纳|拒绝|驳回|否决", bare)
        return Outcome.asking("现在没有待定的改写") if strong else Outcome()
    return Outcome()


def _bare(plain: str) -> str:
    bare = plain
    while bare not in _YES | _NO:
        less = _PARTICLES.sub("", bare)
        if less == bare:
            return re.sub("^(?:那就?|嗯+|哦|请|就)(?=.{2})", "", bare)
        bare = less
    return bare


def _agreed(scene: Scene) -> Outcome:
    match scene.pending:
        case "confirm":
            return Outcome.of(ConfirmCommand())
        case "proposal":
            return Outcome.of(AcceptCommand())
        case "question" if len(scene.options) == 1:
            return Outcome.of(scene.options[0])
        case "question":
            return Outcome.asking("有几种理解，请说是第几个", scene.options)
        case _:
            return Outcome.asking("现在没有等您确认的事")


def _chosen(turn: Turn, bare: str) -> Outcome:
    """The option that a number or a place chooses."""
    options = turn.scene.options
    if not options:
        return Outcome()
    found = _CHOICE.fullmatch(bare)
    if found is not None:
        said = numbers(found["n"] or found["bare"])
        if len(said) == 1 and said[0] <= len(options):
            return Outcome.of(options[said[0] - 1])
        return Outcome.asking(f"只有{len(options)}种理解，请说是第几个", options)
    if _LAST_CHOICE.fullmatch(bare):
        return Outcome.of(options[-1])
    if _FIRST_CHOICE.fullmatch(bare):
        return Outcome.of(options[0])
    return _by_place(turn)


def _by_place(turn: Turn) -> Outcome:
    """第三部分的 chooses the one option that is there; so does naming the place in full."""
    if not _THE_PLACE.fullmatch(turn.text):
        return Outcome()
    ways, _ = turn.ways(turn.skeleton.mentions)
    places = [meant[0] for way in ways for meant in way if len(meant) == 1]
    for within in (lambda p, q: p == q, _inside):
        fitting = [
            option for option in turn.scene.options if any(within(p, q) for p in places_of(option) for q in places)
        ]
        if len(fitting) == 1:
            return Outcome.of(fitting[0])
        if fitting:
            return Outcome.asking("有几种理解，请说是第几个", fitting)
    return Outcome()


def _inside(place: Place, outer: Place) -> bool:
    same = bool(outer.part) and place.part == outer.part and place.item[: len(outer.item)] == outer.item
    return same and (outer.sentence is None or outer.sentence == place.sentence)


def _verdict(bare: str) -> Outcome:
    """What is said of a proposal's sentences."""
    if _TAKE_ALL.fullmatch(bare):
        return Outcome.of(AcceptCommand())
    if _LEAVE_ALL.fullmatch(bare):
        return Outcome.of(RejectCommand())
    clauses = [clause for clause in re.split("[，；]", bare) if clause]
    if len(clauses) > 1:
        verdicts = [_verdict(_bare(clause)) for clause in clauses]
        if all(verdict.sure for verdict in verdicts):
            return _both([v.sure[0] for v in verdicts])
    for verbs, command in ((_LEAVE, RejectCommand), (_TAKE, AcceptCommand)):
        for form in (
            rf"(?:只|仅|就|先)?(?:{verbs})(?:了)?(?:其中的?)?{_LISTED}",
            rf"(?:把|就|只)?(?:其中的?)?{_LISTED}(?:都|就|可以|给)?(?:{verbs})",
        ):
            found = re.fullmatch(form, bare)
            if found is not None:
                said = tuple(dict.fromkeys(n for key in ("n", "n2", "n3") if found[key] for n in numbers(found[key])))
                return Outcome.of(command(numbers=said)) if said else Outcome()
    return Outcome()


def _both(said: list[Command]) -> Outcome:
    """What two clauses say of a proposal: the numbers of both where they agree."""
    if len({command.verb for command in said}) > 1:
        return Outcome.asking("一次说一样，是先接受还是先不采用", said)
    numbers_said = [n for one in said if isinstance(one, AcceptCommand | RejectCommand) for n in one.numbers]
    return Outcome.of(type(said[0]).model_validate({"numbers": tuple(dict.fromkeys(numbers_said))}))
