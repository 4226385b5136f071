"""What a number measures, in the report's own words: before the number, after it, or shared.

A figure's words are cut from its clause: ``before`` runs from the clause (or the figure before it) to the number, ``after``
from the unit to the end of the clause (or the next figure).  ``6个单位被评为…`` is named by what follows, ``治安检查579次`` by what
precedes; in ``A、B分别下降7.1%、14.1%`` the subjects are dealt out in order.
"""

from __future__ import annotations

import re

from reportkit.language.characters import HAN
from reportkit.language.words import dictionary

__all__ = ["begins_with_verb", "ends_with_noun", "has_noun", "name_after", "name_before", "shared_subjects", "tidy"]

_LEADING = re.compile(
    r"^(?:[、，,；：:（）\s]|\d{1,3}[.．、](?!\d)|[（(]\d{1,2}[）)]|(?:以及|并且|而且|其中|同时|此外|另外|截至目前|截至|目前|全年|力争|确保|争取|至少|今年以来|今年|去年|当年|年内|一年来|五年来|过去五年|"
    r"本年度|年度|期间|预计|累计|共计|合计|总计|一共|共(?!同|享|建|治|计|有)|并(?!购|轨|网)|及(?!时|格)|和(?!平|谐|解|睦)|与(?!会)|还|也|且|均|已经|已(?!经)|又|再(?!就)|"
    r"[一二三四五六七八九十]年(?:来|间)?(?![计规级期度])|(?:\d{4}|[一二三四五六七八九〇○零]{4})年(?:度)?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末|以来)?))+"
)
# Words with which the sentence goes on after what was counted; not where they begin or end a longer word.
_OPENERS = "|".join([
    "被", "获得?(?!得感)", "入选", "(?<![创组新共])建成", "并网", "荣获", "得到", "实现", "全部", "均(?![衡等])", "已", "将(?!军)",
    "在(?![校建园库编册职线岗])", "成为", "通过(?!率)", "进入", "位居", "居(?![民家住])", "达(?!标)", "为(?![民老农])",
    "(?<![旧原现国所拥含具公私共享特])有(?![关效限机色])", "用于", "参与(?![率度者])", "开展", "完成(?!率)", "投入(?!品)", "占(?!地)",
    "用(?![户电水地工人房能途林品海气药车])", "从(?!业)", "由", "增长", "增加", "提高", "上升", "下降", "降低", "减少", "扩大", "缩短", "压缩",
    "同比", "较", "比(?![例武赛重])", "超(?![市级高声低大])", "全年", "列(?!车)", "跻身", "顺利", "正式(?!职)", "第一时间",
    "基本(?![医公养药农建生实])", "全面",
])  # fmt: skip
_STOP = re.compile(f"(?:{_OPENERS})")
_TRAILING = re.compile(r"(?:的|了|等|等等|以及|、|，|“|（|（其中|(?<=.)(?:对|把|将|由|从|在|与|和|及))+$")
_NOUNISH = re.compile(r"^(?:n|vn|an|j|l|i|s|f|t|b|x|eng|m|q|z|a|g)")
_NO_NOUNS = frozenset(
    [
        "全国",
        "全省",
        "全市",
        "全区",
        "全县",
        "全州",
        "全盟",
        "全旗",
        "我国",
        "我省",
        "我市",
        "我区",
        "我县",
        "全年",
        "同比",
        "环比",
        "全年",
        "上年",
        "去年",
        "今年",
        "期间",
        "目前",
        "年内",
        "年均",
    ]
)
_LIST = re.compile(r"、|以及|及(?!时|格)|(?<![总中亲温祥谐])和(?!平|谐|解|睦|县)|(?<![参给授])与(?!会)")


def tidy(label: str) -> str:
    """A label without the connectives and times at its front and the particles at its end."""
    label = _LEADING.sub("", label)
    label = _TRAILING.sub("", label)
    for opener, closer in ("“”", "（）", "《》"):
        if label.count(closer) > label.count(opener):
            label = label[label.rfind(closer) + 1 :] or label.replace(closer, "")
        elif label.count(opener) > label.count(closer):
            label = label.replace(opener, "", 1)
    return _LEADING.sub("", label).strip(" ：:，、;；—")


def name_before(core: str) -> str:
    """The label that stands before a number, once its predicate is peeled off.

    >>> name_before("开展治安检查"), name_before("、省级领军人才")
    ('开展治安检查', '省级领军人才')
    """
    return tidy(core)


def name_after(after: str) -> str:
    """The label that follows a unit, up to the verb that goes on: ``""`` where no noun follows.

    >>> name_after("单位被评为“示范单位”"), name_after("省级重点项目全部实行"), name_after("，其中")
    ('单位', '省级重点项目', '')
    """
    after = re.sub(r"^(?:以上|以下|左右|以内|上下|多|余)?的?", "", after)
    if not after or not re.match(rf"[{HAN}“《A-Za-z\d]", after):
        return ""
    stop = _STOP.search(after, 1)
    if _STOP.match(after):
        return ""
    label = after[: stop.start()] if stop else after
    return tidy(label[:24])


def has_noun(words: str) -> bool:
    """Whether words name a thing, and are not just verbs and adverbs (已办结, 提出).

    >>> has_noun("受理行政复议案件"), has_noun("提出"), has_noun("同比")
    (True, False, False)
    """
    bare = re.sub(f"[^{HAN}A-Za-z0-9]", "", words)
    if not bare:
        return False
    tagged = dictionary().tag(bare)
    if len(tagged) == 1 and tagged[0][1] in ("v", "vn"):
        return False
    return any(
        (len(word) > 1 and word not in _NO_NOUNS and tag[:1] in "njlisbgz")
        or tag in ("vn", "an", "eng", "x")
        or word.endswith(("率", "额", "量", "数", "值"))
        for word, tag in tagged
    )


def ends_with_noun(words: str) -> bool:
    """Whether the last word before a number is a noun that it may measure (…廊道1194公里), not 等, a place or a verb.

    >>> ends_with_noun("沿黄生态廊道"), ends_with_noun("新海大道等"), ends_with_noun("新增")
    (True, False, False)
    """
    last = list(dictionary().tag(words[-12:]))[-1:]
    return bool(last) and last[0][1][:1] == "n" and last[0][1] != "ns" and has_noun(words)


def begins_with_verb(words: str) -> bool:
    """Whether words begin with a verb, as in 实施了幼儿园项目 after an amount of money.

    >>> begins_with_verb("实施了幼儿园项目"), begins_with_verb("资金资助企业")
    (True, False)
    """
    first = next(iter(dictionary().tag(words[:12])), ("", ""))
    return first[1] == "v" and len(first[0]) > 1


def shared_subjects(words: str, n: int) -> list[str]:
    """The last ``n`` subjects of an enumeration before 分别 or 均, or one subject for all; ``[]`` if there is none.

    >>> shared_subjects("全市治安警情、刑事警情", 2)
    ['全市治安警情', '刑事警情']
    >>> shared_subjects("城镇、农村居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> shared_subjects("按时办结率回访满意率", 2)
    ['按时办结率', '回访满意率']
    """
    words = tidy(words)
    if not words:
        return []
    items = [item for item in _split(words, "、") if item]
    if len(items) < n:
        items = [part for item in items for part in _split(item, None) if part]
    if len(items) < n:
        items = [part for item in items for part in re.split("(?<=率)(?=[^率]{2,}率$)", item) if part]
    if len(items) < n:
        return [words]
    items = items[-n:] if n > 1 else items
    return [_completed(item, items[-1]) for item in items]


def _split(words: str, mark: str | None) -> list[str]:
    """Split outside quotations and brackets: at ``、``, or at any conjunction."""
    parts, depth, at = [], 0, 0
    i = 0
    while i < len(words):
        if words[i] in "“（《":
            depth += 1
        elif words[i] in "”）》":
            depth -= 1
        elif depth <= 0:
            found = re.match(re.escape(mark), words[i:]) if mark else _LIST.match(words, i)
            if found:
                parts.append(words[at:i])
                i += len(found[0])
                at = i
                continue
        i += 1
    return [*parts, words[at:]]


def _completed(item: str, last: str) -> str:
    """城镇 beside 农村居民收入 stands for 城镇居民收入: the tail that only the last item spells out."""
    if item == last or len(item) > 4 or len(last) <= len(item) + 2:
        return item
    if item.endswith(("率", "量", "额", "数", "值")) or len(dictionary().cut(last[: len(item)])) > 1:
        return item
    return item + last[len(item) :]
