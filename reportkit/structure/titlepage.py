"""The front and foot of a report → issuer, title, year.

Each is looked for where reports print it, in a fixed order; what the text does not tell stays empty.  A line is a pair: as it
is read (in simplified characters) and as it is printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, takewhile

from reportkit.language.characters import HAN
from reportkit.language.numbering import heading_number
from reportkit.structure.wording import title_end, titlepage_words

__all__ = ["Line", "find_issuer", "find_title", "find_year"]

_FRONT, _FOOT, _METADATA = 12, 6, 400  # how many lines belong to the title page, to the foot, to a page's metadata
_BARE = 5  # characters of a title that names no more than its kind
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: as it is read, and as it is printed; the two have one length."""

    read: str
    printed: str

    def part(self, found: re.Match[str]) -> str:
        """The first group of a match in ``read``, as printed."""
        return self.printed[found.start(1) : found.end(1)]


def _front(lines: Sequence[Line]) -> list[Line]:
    """The lines of the title page: up to the first sentence, salutation or numbered heading, at most a dozen."""

    def is_title_page(line: Line) -> bool:
        read = line.read
        return not (re.search("[。；！]", read) or read[-1] in "：:" or len(read) > 60 or heading_number(read))

    return list(takewhile(is_title_page, lines[:_FRONT]))


def find_title(lines: Sequence[Line]) -> Line:
    """The title, put together where it takes two lines; empty where the text begins without one.

    >>> find_title([Line(x, x) for x in ("某某市公安局", "2023年度推进法治政府建设工作情况报告", "2023年以来，")]).read
    '2023年度推进法治政府建设工作情况报告'
    """
    front = _front(lines)
    titles = [i for i, line in enumerate(front) if _ends_title(line.read) and line.read[0] not in "-—"]
    telling = [i for i in titles if len(front[i].read) > _BARE]  # 工作报告 alone may be what a page calls its column
    for i in telling or titles:
        before = front[i - 1] if i else None
        if before and _begins_title(before.read):
            return Line(before.read + front[i].read, before.printed + front[i].printed)
        after = front[i + 1] if i + 1 in titles else None
        if after and title_end().fullmatch(after.read) and not front[i].read.endswith(after.read):
            return Line(front[i].read + after.read, front[i].printed + after.printed)  # …工作情况|报告
        return front[i]
    return Line("", "")


def _ends_title(line: str) -> bool:
    return title_end().search(re.sub("[（(][^）)]*[）)]$", "", line)) is not None


def _begins_title(line: str) -> bool:
    """Whether a line before a title is its first half: it begins with 关于, or ends as no name and no title does."""
    begun = titlepage_words("begun", at_end=True).search(line) or line.startswith("关于")
    return bool(begun) and not _is_body(line) and not _ends_title(line)


def _is_body(line: str) -> bool:
    """Whether a line is the name of a public body and nothing else."""
    return re.fullmatch(rf"[{HAN}·（）()]{{3,36}}", line) is not None and bool(
        titlepage_words("body", at_end=True).search(line, 2)
    )


def find_issuer(lines: Sequence[Line], title: Line) -> str:
    """The body that issues the report, as its own text names it; ``""`` where it does not.

    Looked for, in this order: a line of its own before the text, the signature, the title, the speaker's office, the
    words 我代表…, the page's own metadata, the meeting that the report was given to.
    """
    front = _front(lines)
    foot = lines[-_FOOT:] if len(lines) > _FOOT else ()
    meeting = next(_named(_meeting(), lines[:_FRONT]), "")
    found = chain(
        (line.printed for line in front if _is_body(line.read) and not _ends_title(line.read)),
        (line.printed for line in foot if _is_body(line.read)),
        _issuer_in_title(title),
        _named(_office_holder(), front),
        _spoken_for(lines[:_FRONT], meeting),
        _named(_metadata(), lines[:_METADATA]),
        [meeting + "人民政府"] if meeting else [],
    )
    return next(iter(found), "")


def _named(pattern: re.Pattern[str], lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        found = pattern.search(line.read)
        if found:
            yield line.part(found)


def _spoken_for(lines: Sequence[Line], meeting: str) -> Iterator[str]:
    """The body after 我代表: a whole name, or 省人民政府 put together with the place of the meeting."""
    for line in lines:
        speaks = _speaks_for().search(line.read)
        if speaks is None:
            continue
        if not titlepage_words("relative").match(speaks[1]):
            yield line.part(speaks)
        elif meeting:
            yield meeting + ("人民政府" if speaks[1].endswith("政府") else "")


def _issuer_in_title(title: Line) -> Iterator[str]:
    """The body that a title begins with, after a year: 2025年某某省政府工作报告 → 某某省政府."""
    year = re.match(r"\d{4}年度?", title.read)
    start = year.end() if year else 0
    whole = re.compile(rf"([{HAN}·]{{1,20}}?政府)(?:政府)?工作").match(title.read, start)
    if whole:
        yield title.part(whole)
    named = _body_in_title().match(title.read, start)
    if named and not named[1].endswith("法治政府"):
        yield title.part(named)
    place = _place_in_title().match(title.read, start)
    if place:
        yield title.part(place) + "人民政府"


# --- patterns -----------------------------------------------------------------------------------------------------


def _either(kind: str) -> str:
    return f"(?:{titlepage_words(kind).pattern})"


@cache
def _meeting() -> re.Pattern[str]:
    return re.compile(rf"在([{HAN}]{{2,16}}?{_either('place')})第[{HAN}\d]{{1,4}}届")


@cache
def _speaks_for() -> re.Pattern[str]:
    return re.compile(rf"代表([{HAN}]{{0,24}}?{_either('speaker')})")


@cache
def _office_holder() -> re.Pattern[str]:
    return re.compile(rf"^([{HAN}·]{{2,24}}?(?:{_either('speaker')}|[局厅]))代?{_either('office')}")


@cache
def _metadata() -> re.Pattern[str]:
    return re.compile(rf"{_either('metadata')}[ ]?[：:][ ]?([{HAN}]{{3,30}})")


@cache
def _body_in_title() -> re.Pattern[str]:
    return re.compile(rf"([{HAN}·]{{2,28}}?{_either('body')})(?={_either('after')})")


@cache
def _place_in_title() -> re.Pattern[str]:
    return re.compile(rf"([{HAN}·]{{2,12}}?{_either('place')})(?=\d{{4}}年)")


def find_year(lines: Sequence[Line], title: Line, headings: Sequence[str]) -> int | None:
    """The year that the report is of: in its title, on its title page, in its headings, else the one named most.

    >>> find_year([Line("2021年1月5日", "2021年1月5日")], Line("2020年工作报告", "2020年工作报告"), [])
    2020
    """
    for texts in ([title.read], [line.read for line in _front(lines)], headings):
        years = [int(found[1]) for text in texts for found in _YEAR.finditer(text)]
        if years:
            return years[0]
    named = (found for line in lines for found in re.finditer(r"(?<!\d)((?:19|20)\d{2})年", line.read))
    counts = Counter(int(found[1]) for found in named)
    return max(counts, key=lambda year: (counts[year], year)) if counts else None
