"""What the words around a figure say of it: its clause, and whether, when and for whom it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from reportkit.metrics.figures import Figure
from reportkit.metrics.predicates import bound_after
from reportkit.report import Report, Section, Sentence, Span
from reportkit.structure.roles import Role

__all__ = ["after_bound", "after_quotation", "clause_start", "period", "scope", "status_reader", "to_clause_end"]

_CLAUSE = re.compile("[，；。：！？（）\n]")
# What aims at the rest of a sentence, and what requires something of its own clause alone.
_AIMS = re.compile("力争|争取|预期目标|目标是|目标为|主要目标|计划(?=[新建完投启实开增安])|拟(?=[新建投])|要(?=突出|抓好)")
_REQUIRES = re.compile(
    "确保|将(?=[达建新实完投增提])|要(?=达|完成|新)|应(?:当)?(?=不|达)|须|必须|不得|(?:率|值|数|额|量|比重)(?:要|应)?不(?:低于|少于|高于|超过)|目标(?:值)?(?:定|确定|设定)?(?:为|是|在)?约?[0-9]"
)
_DONE = re.compile("去年|上年|已(?!经?达标)|累计完成|过去")
_YEAR = re.compile(r"\d{4}年|今年|去年|上年|前年")
_SCOPE = re.compile("全国|全省|全市|全区|全县|全州|全盟|全旗|全镇|全系统|全社会|我[省市区县州]|本[省市区县]")


def clause_start(text: str, start: int, position: int) -> int:
    """Where the clause of a figure begins; quotations and closed brackets are not cut."""
    last = start
    depth = 0
    outside: list[int] = []  # where the clause began that each open bracket interrupts
    for found in re.compile("[，；。：！？（）\n“”]").finditer(text, start, position):
        if found[0] == "“":
            depth += 1
        elif found[0] == "”":
            depth = max(0, depth - 1)
        elif depth == 0 and found[0] == "）" and outside:
            last = outside.pop()
        elif depth == 0:
            if found[0] == "（":
                outside.append(last)
            last = found.end()
    return last


def to_clause_end(words: str) -> str:
    """Words up to the end of their clause."""
    found = _CLAUSE.search(words)
    return words[: found.start()] if found else words


def after_quotation(text: str, figure: Figure, span: Span) -> str:
    """What follows the quotation that a figure stands in: “6大类、43小项”执法突出问题 counts 执法突出问题."""
    opened = text.rfind("“", max(span.start, figure.start - 24), figure.start)
    closed = text.find("”", figure.end, min(span.end, figure.end + 24))
    if opened < 0 or closed < 0 or "”" in text[opened : figure.start]:
        return ""
    return to_clause_end(text[closed + 1 : span.end])


def after_bound(text: str, position: int) -> int:
    """Where the words go on after a bound that follows a unit (以上, 左右)."""
    return bound_after(text, position)[1]


def status_reader(role: Role) -> Callable[[str], str]:
    """A function that tells target from result for words of a sentence, knowing what its section is for."""

    def status(words: str) -> str:
        if role.name == "plan":
            return "reported" if _DONE.search(words) else "target"
        clause = re.split("[，；：]", words)[-1]
        return "target" if _AIMS.search(words) or _REQUIRES.search(clause) else "reported"

    return status


def period(text: str, sentence: Sentence, position: int, report: Report, sections: Mapping[str, Section]) -> str:
    """The year that the sentence names last before a figure, else its section's, else the report's."""
    named = _YEAR.findall(text[sentence.span.start : position])
    if named:
        return str(named[-1])
    section = sections.get(sentence.section_id)
    titled = _YEAR.search(section.title) if section else None
    if titled:
        return titled[0]
    return f"{report.outline.year}年" if report.outline.year else ""


def scope(words: str, report: Report) -> str:
    """The area that the sentence names last before a figure (全市), else the issuer."""
    named = _SCOPE.findall(words)
    return str(named[-1]) if named else report.outline.issuer
