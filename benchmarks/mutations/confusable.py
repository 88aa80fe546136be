"""Characters that people confuse, of one sound or nearly one shape; a list apart from the checker's own data."""

from __future__ import annotations

from functools import lru_cache

# One group a line: characters of one syllable, tones aside.
_SOUNDS = """
是事市式实时施使示视势史识士世适始释室饰
做作坐座
已以一亿义意议益艺移易宜依遗疑异役
在再载灾栽
级及即积极集急技际基机计记继纪绩济既季击激籍辑
制治直职值支知只指之志至质止址置致智执植殖
建件检健监坚间减简见渐鉴践荐
部布步补簿
署属数述书术树疏输束
法发罚乏伐
立力利理例历励里礼丽厉
情清请轻青庆倾晴
平评凭屏瓶
公工功供共攻贡巩
组足族阻祖
员原源院远援园愿缘圆
管观关官馆贯惯灌冠
导道到倒岛
动懂洞冻
领令另岭灵零
成程城诚承乘呈惩称
正政证整争征症郑
强墙抢腔
化话画划华滑
全权泉券拳
会回汇惠慧辉绘徽
生声升省胜圣盛
问文稳闻纹温
题提体替踢梯
落罗络骆洛
进近尽紧今仅禁金劲津
思斯司私丝
想向象项像响相享详香
廉联连脸练恋炼
洁结接节解界届街阶借介戒
责则择泽
任人认仁忍韧
务物误悟屋污武舞
培陪赔配佩
训迅讯寻询循巡
查察茶差插
考靠烤拷
核合和河何贺盒
风丰封锋峰逢奉
纪计记技
律率绿虑旅
规归轨贵鬼
范反饭犯返泛
保报宝抱暴爆
障章张掌丈账帐仗
督都读毒独度渡
促粗簇醋
善山扇闪擅
完玩晚万弯湾
效校笑消销小晓
果过国裹锅
群裙
众中种重终忠钟
服福副复负付富府符幅赴附辅
深身神审申伸慎
入如辱乳
贯惯观
彻撤澈车
精经京境净静竟径景警镜敬
神深身
学血雪
习席系细戏析惜息希
研严言延沿眼验演盐岩
究久九酒旧救就
"""
# Pairs of nearly one shape.
_SHAPES = """
己已 末未 士土 千干 人入 大太 天夫 日曰 令今 住往 拔拨 析折 幕募 暮墓 徒徙 辩辨 辨辫 拆折 侯候 治冶 辛幸 栗粟
刺剌 崇祟 密蜜 摸模 慢漫 梢稍 竞竟 账帐 壁璧 晴睛 晌响 拢扰 拌绊 沧沦 抡抢 诲侮 暑署 部陪 倍培 贷货 货贸 债绩
绩积 推堆 推椎 检捡 验检 抓扒 抑仰 抵低 拥佣 析晰 即既 却缺 厉历 历厘 厂广 庆厌 底抵 建健 健键 键建 园圆 因困
困团 固国 固图 明朋 服报 报抓 效郊 效数 教救 救敕 放於 施旋 族旅 旅施 标际 栏拦 柱桂 校较 校胶 核该 该刻 格洛
梳疏 流疏 清请 请情 情清 精清 晴清 抢枪 枪仓 观现 规现 视规 览监 监蓝 篮蓝 练炼 练拣 线浅 浅践 残践 钱线 给绐
络洛 结洁 绕浇 浇晓 细组 组姐 姐阻 祖组 织帜 职织 识积 识织 设没 没投 投设 论沦 讲进 谈淡 调凋 调周 谋煤 谓渭
谢榭 课棵 裸课 贯惯 责贵 贡责 贫贪 费贵 质盾 赋斌 越趋 超越 起赴 跟根 很根 恨根 狠很 限根 退迟
"""


@lru_cache(maxsize=1)
def _sounds() -> dict[str, str]:
    return _table(_SOUNDS.split())


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    return _table(_SHAPES.split())


def _table(groups: list[str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for group in groups:
        for c in group:
            table[c] = "".join(sorted((set(table.get(c, "")) | set(group)) - {c}))
    return table


def same_sound(character: str) -> str:
    """The characters that sound like this one; empty where none are known."""
    return _sounds().get(character, "")


def same_shape(character: str) -> str:
    """The characters that look like this one; empty where none are known."""
    return _shapes().get(character, "")


# Words of one sound and nearly one meaning; either is right, both in one document are not.
_VARIANTS = """
巡察/巡查 制定/制订 其他/其它 部署/布署 督察/督查 检查/检察 考察/考查 交代/交待 身份/身分 账目/帐目
台账/台帐 账户/帐户 订单/定单 份额/分额 成分/成份 人才/人材 反映/反应 权力/权利 法治/法制 树立/竖立
搜集/收集 盈利/赢利 界限/界线 必须/必需 图像/图象 截至/截止 唯一/惟一 签订/签定 覆盖/复盖 计划/计画
档案/挡案
"""
VARIANTS = tuple((a, b) for a, b in (pair.split("/") for pair in _VARIANTS.split()))
