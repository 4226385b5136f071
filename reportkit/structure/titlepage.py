"""The front and foot of a report → issuer, title, year.

Each is looked for where reports print it, in a fixed order; what the text does not tell stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from reportkit.language.characters import HAN
from reportkit.language.numbering import heading_number

__all__ = ["find_issuer", "find_title", "find_year"]

_ORGAN = "(?:人民)?政府(?:办公[厅室])?|国务院|管理委员会|管委会|委员会|办公[厅室]|人民法院|人民检察院|办事处|[局厅院部委]"
_BODY_ALONE = re.compile(rf"[{HAN}·（）()]{{2,30}}(?:{_ORGAN})$")
_KIND = "报告|总结|公报|年报|要点|述职|情况"
_TITLE_END = re.compile(rf"(?:{_KIND})(?:[（(][^）)]*[）)])?$")
_PLACE = "省|自治区|特别行政区|市|县|区|旗|州|盟|镇|乡|新区"
_OFFICE = "省长|市长|区长|县长|旗长|州长|盟长|镇长|乡长|主席|主任|局长|厅长|总理"
_MEETING = re.compile(rf"在([{HAN}]{{2,16}}?(?:{_PLACE}))第[{HAN}\d]{{1,4}}届")
_SPEAKS_FOR = re.compile(rf"代表([{HAN}]{{0,24}}?(?:人民政府|政府|国务院|管理委员会|管委会))")
_META = re.compile(rf"(?:发布机构|公开主体|发文机关|信息来源)[ ]?[：:][ ]?([{HAN}]{{3,30}})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)[ ]?(?:年|—|－|-|$)?")


def _front(paragraphs: Sequence[str]) -> list[str]:
    """The lines of the title page: up to the first sentence, salutation or numbered heading, at most a dozen."""

    def is_title_page(line: str) -> bool:
        return not (re.search("[。；！]", line) or line[-1] in "：:" or len(line) > 60 or heading_number(line))

    return list(takewhile(is_title_page, paragraphs[:12]))


def find_title(paragraphs: Sequence[str]) -> str:
    """The title, put together where it takes two lines; ``""`` where the text begins without one.

    >>> find_title(["某某市公安局", "2023年度推进法治政府建设工作情况报告", "2023年以来，"])
    '2023年度推进法治政府建设工作情况报告'
    """
    front = _front(paragraphs)
    for i, line in enumerate(front):
        if _TITLE_END.search(line) and not re.match("[-—]", line):
            before = front[i - 1] if i else ""
            begun = before.startswith("关于") or before.endswith(("关于", "年度", "建设", "工作", "情况", "年"))
            if before and begun and not _BODY_ALONE.match(before) and not _TITLE_END.search(before):
                return before + line
            return line
    return ""


def find_issuer(paragraphs: Sequence[str], title: str) -> str:
    """The body that issues the report, as its own text names it; ``""`` where it does not.

    Looked for, in this order: a line of its own before the text, the signature, the title, the speaker's office, the
    words 我代表…, the page's own metadata, the meeting that the report was given to.
    """
    front = _front(paragraphs)
    meeting = next((found[1] for line in paragraphs[:12] if (found := _MEETING.search(line))), "")
    for line in front:
        if _BODY_ALONE.match(line) and not _TITLE_END.search(line):
            return line
    for line in paragraphs[-6:]:
        if _BODY_ALONE.match(line) and len(paragraphs) > 6:
            return line
    named = _issuer_in_title(title)
    if named:
        return named
    for line in front:
        office = re.match(rf"([{HAN}·]{{2,24}}?(?:政府|管委会|委员会|局|厅|国务院))(?:代)?(?:{_OFFICE})", line)
        if office:
            return office[1]
    for line in paragraphs[:12]:
        speaks = _SPEAKS_FOR.search(line)
        if speaks:
            body = speaks[1]
            relative = re.match(r"[省市区县旗州](?=人民政府|政府)", body) is not None or body.startswith("自治区")
            if relative and meeting:
                return meeting + ("人民政府" if body.endswith("政府") else "")
            if not relative:
                return body
    metadata = next((found[1] for line in paragraphs[:400] if (found := _META.search(line))), "")
    return metadata or (meeting + "人民政府" if meeting else "")


def _issuer_in_title(title: str) -> str:
    """The body that a title begins with, after a year: 2025年某某省政府工作报告 → 某某省政府."""
    rest = re.sub(r"^\d{4}年(?:度)?", "", title)
    if re.match(rf"[{HAN}·]{{1,20}}(?:政府)工作报告", rest):
        body = re.sub("工作报告.*$", "", rest)
        return body if body != "政府" else ""
    named = re.match(rf"([{HAN}·]{{2,28}}?(?:{_ORGAN}))(?=\d{{4}}|关于|工作|法治|推进|年度)", rest)
    if named and not named[1].endswith("法治政府"):
        return named[1]
    place = re.match(rf"([{HAN}·]{{2,12}}?(?:{_PLACE}))(?=\d{{4}}年)", rest)
    return place[1] + "人民政府" if place else ""


def find_year(paragraphs: Sequence[str], title: str, headings: Sequence[str]) -> int | None:
    """The year that the report is of: in its title, on its title page, in its headings, else the one named most.

    >>> find_year(["2021年1月5日"], "2020年法治政府建设年度报告", [])
    2020
    """
    for lines in ([title], _front(paragraphs), headings):
        years = [int(found[1]) for line in lines for found in _YEAR.finditer(line)]
        if years:
            return years[0]
    years = [int(found[1]) for line in paragraphs for found in re.finditer(r"(?<!\d)((?:19|20)\d{2})年", line)]
    return max(set(years), key=lambda year: (years.count(year), year)) if years else None
