"""What a report says of a mechanism: what it does, who acts, by which channels, how often; the rest stays empty."""

from __future__ import annotations

import re

from reportkit.language.characters import HAN

__all__ = ["actors_in", "cadence_in", "channels_in", "does_after", "does_before"]

_ACTOR = re.compile(
    rf"(?:(?<=[，。；、与和由在同对向])|^)(?:各级|各|全市|全区|全县|全省)?[{HAN}]{{0,8}}?(?:公安机关|行政机关|检察机关|机关|局|厅|银行|法院|检察院|街道办事处|街道|部门|警种"
    r"|委员会|政府|党委|派出所|支队|大队|工作专班)(?=[，。；、等与和在的]|认真|负责|牵头|联合|共同)"
    r"|领导干部|主要负责人|法律顾问|公职律师|人民调解员|网格员|民警|志愿者"
)
# What may stand before a body without being part of its name, and what only looks like a body.
_LED = re.compile(
    f"^(?:.*(?:与|和|由|在|对|向|为|同|及)(?=[{HAN}]{{2}})|(?:充分|深化|发挥|建设|推进|落实|加强|强化|组织|专司|本|多个)+|.*(?:布局|格局|法治政府|机关事业)$)"
)
_CHANNEL = re.compile(
    r"(?<!\d)1\d{4}(?!\d)(?:热线)?|微信公众号|微信|微博|抖音|公众号|门户网站|政府网站|官网|网站|APP|小程序|热线|信访|电话|邮箱|窗口|大厅|终端|显示屏|短信"
)
_CADENCE = re.compile(
    r"每(?:半)?(?:年度?|季度?|月|周|日|天|旬|小时)|每(?:两|三|四|五|六|\d+)(?:个)?(?:年|季度|月|周|天|日)|按(?:年|季度?|月|周|日)|(?:一|两|三|\d+)(?:年|季度|月|周|日)一(?:次|报|研判|调度)|定期|常态化|实时|不定期|全天候|24小时|年度"
)
_NOT_OF_IT = re.compile("^(?:被|获|入选|荣|评为)")
_SHORTEST, _LONGEST = 4, 90


def does_after(words: str) -> str | None:
    """What is told after a name, up to a semicolon, if it tells something.

    >>> does_after("，集结各方力量会诊把脉；另外"), does_after("被评为十佳"), does_after("建设，")
    ('集结各方力量会诊把脉', None, None)
    """
    told = re.split("[；。]", words.lstrip("，、：:"))[0].strip("，、：: ")
    told = re.sub("^(?:等[^，]{0,14}，|的|改革，|建设，|队伍|作用，)", "", told)
    if _NOT_OF_IT.match(told) or len(told) < _SHORTEST:
        return None
    return told[:_LONGEST]


def does_before(words: str) -> str | None:
    """What stands before a name as its content: 将甲、乙、丙作为必经程序, 启动甲、乙、丙“三项行动”.

    >>> does_before("将专家论证、公众参与、合法性审查作为重大决策的")
    '专家论证、公众参与、合法性审查'
    """
    put = re.search(rf"(?:将|把)([{HAN}、和及]{{6,80}}?)(?:作为|列为|纳入)[{HAN}]{{0,8}}$", words)
    if put:
        return put[1]
    listed = re.search(rf"(?:启动|开展|实施|推进|打好|组织|聚焦|围绕)?([{HAN}]{{2,12}}(?:、[{HAN}]{{2,12}}){{2,}})$", words)
    return re.sub("^(?:启动|开展|实施|推进|打好|组织)", "", listed[1]) if listed else None


def actors_in(words: str) -> list[str]:
    """The bodies and people that act in a sentence, in order.

    >>> actors_in("深化与外汇管理局、人民银行等部门联合机制，科学布局，各级公安机关认真落实")
    ['外汇管理局', '人民银行', '各级公安机关']
    """
    found = [_LED.sub("", actor) for actor in _ACTOR.findall(words)]
    return list(dict.fromkeys(actor for actor in found if len(actor) > 2 or actor == "民警"))


def channels_in(words: str) -> list[str]:
    """Hotlines, websites, counters and the like, in order."""
    return list(dict.fromkeys(_CHANNEL.findall(words)))


def cadence_in(words: str) -> str | None:
    """How often something is done (每半月, 定期), as first said."""
    found = _CADENCE.search(words)
    return found[0] if found else None
