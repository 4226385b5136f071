"""Text as found → clean text, one paragraph a line; every repair is remembered and can be traced back.

``STEPS`` is an ordered list: one fault, one function, one line.  A step reads a text and yields edits
``(start, end, replacement)`` in order of place; a replacement is never longer than what it replaces, so that each
clean character stands for one character as found.

The steps are run again until none finds anything: cleaning clean text changes nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from reportkit.cleaning.joining import cut_lines, narrow_column
from reportkit.language.characters import HAN
from reportkit.language.lexicon import lexicon
from reportkit.language.lines import is_table_row
from reportkit.report import CleanText, Repair

__all__ = ["STEPS", "clean", "mend"]

Edit = tuple[int, int, str]
Step = Callable[[str], Iterable[Edit]]

_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05]
_TO_ASCII = {code: code - 0xFEE0 for code in _WIDE}
_INVISIBLE = re.compile(
    "(?:\x1b\\[[0-9;]{0,8}[A-Za-z]|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ue000-\uf8ff\ud800-\udfff])+"
)
_DASH = "[-—–－―]{1,2}"
_PAGE_LINE = re.compile(
    rf"(?m)^[ ]*(?:{_DASH} ?\d{{1,4}} ?{_DASH}"
    r"|第 ?\d{1,4} ?页(?:[ ,，/]{0,3}共 ?\d{1,4} ?页)?|(\d{1,4}) ?/ ?(\d{1,4}))"
    r"[ ]*(?:\n|\Z)"
)
_PAGE_INSIDE = re.compile(rf"(?<=[{HAN}，、])[ ]?{_DASH} \d{{1,4}} {_DASH}[ ]?(?=[{HAN}])")
_BARE_NUMBER = re.compile(r"(?m)^[ ]*(\d{1,3})[ ]*(?:\n|\Z)")


# --- characters ---------------------------------------------------------------------------------------------------


def newlines(text: str) -> Iterator[Edit]:
    r"""Every newline is ``\n``, also a form feed, which begins a page.

    >>> mend(newlines, "甲\r\n乙\f丙")
    '甲\n乙\n丙'
    """
    for found in re.finditer("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text):
        yield *found.span(), "\n"


def invisible_characters(text: str) -> Iterator[Edit]:
    r"""Zero-width, direction and control characters, byte order marks and icons of private fonts go.

    >>> mend(invisible_characters, "法\u200b治\ufeff")
    '法治'
    """
    for found in _INVISIBLE.finditer(text):
        yield *found.span(), ""


def white_space(text: str) -> Iterator[Edit]:
    r"""Tabs, ideographic (U+3000), em (U+2003) and other spaces become plain ones.

    >>> mend(white_space, "区长\u3000\u2003某某")
    '区长  某某'
    """
    for found in re.finditer("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+", text):
        yield *found.span(), " " * (found.end() - found.start())


def full_width(text: str) -> Iterator[Edit]:
    """Full-width digits, letters and ％ become ordinary ones; so does a point between digits.

    >>> mend(full_width, "４３８００亿元，增长６．４％")
    '43800亿元，增长6.4%'
    """
    for found in re.finditer(r"[０-９Ａ-Ｚａ-ｚ％]+|(?<=[0-9０-９])．(?=[0-9０-９])", text):
        yield *found.span(), "." if found[0] == "．" else found[0].translate(_TO_ASCII)


def thousands_commas(text: str) -> Iterator[Edit]:
    """A full-width comma between groups of three digits is a thousands comma.

    A list of numbers is none, nor is a comma before a year:

    >>> mend(thousands_commas, "33，212万吨；分别为12，345，67件")
    '33,212万吨；分别为12，345，67件'
    """
    for found in re.finditer(r"(?<![\d，.])\d{1,3}(?:，\d{3})+(?![\d年]|，\d)", text):
        for comma in re.finditer("，", found[0]):
            yield found.start() + comma.start(), found.start() + comma.end(), ","


# --- what pages and sites add ---------------------------------------------------------------------------------------


def page_numbers(text: str) -> Iterator[Edit]:
    r"""Page numbers: ``- 2 -`` on a line or in mid-sentence, ``第2页 共5页``, ``2/5``, bare ones that count up.

    >>> mend(page_numbers, "严格执行“分\n- 2 -\n级审核”")
    '严格执行“分\n级审核”'
    """
    edits = []
    for found in _PAGE_LINE.finditer(text):
        if found[1] is None or 0 < int(found[1]) <= int(found[2]):
            edits.append((*found.span(), ""))
    edits += [(*found.span(), "") for found in _PAGE_INSIDE.finditer(text)]
    bare = [found for found in _BARE_NUMBER.finditer(text) if not _beside_numbers(text, found)]
    values = [int(found[1]) for found in bare]
    if len(values) >= 2 and values[0] in (1, 2) and values == list(range(values[0], values[0] + len(values))):
        edits += [(*found.span(), "") for found in bare]
    yield from sorted(edits)


def _beside_numbers(text: str, found: re.Match[str]) -> bool:
    """Whether the line before or after is a number, too: then both are cells of a table."""
    before = text[: found.start()].rstrip("\n ").rpartition("\n")[2] if found.start() else ""
    after = text[found.end() : found.end() + 40].lstrip("\n ").partition("\n")[0]
    return bool(re.fullmatch(r"[\d., %]+", before[-40:]) or re.fullmatch(r"[\d., %]+", after))


def web_residue(text: str) -> Iterator[Edit]:
    r"""Buttons, share bars, font-size switches, source and editor lines (``lexicons/web_residue.tsv``).

    >>> mend(web_residue, "下载\n【字号：\n加大\n还原\n减小\n】\n政府工作报告\n责任编辑：\n某某\n")
    '政府工作报告\n'
    """
    for found in _residue().finditer(text):
        yield *found.span(), ""


@cache
def _residue() -> re.Pattern[str]:
    def either(kind: str) -> str:
        return "|".join("[ ]?".join(map(re.escape, e["text"])) for e in lexicon("web_residue") if e["class"] == kind)

    switch = r"【?[ ]*字[ ]*[号体][^】\n]{0,4}[：:][^】]{0,30}】"
    return re.compile(
        rf"""(?m)
          ^[ ]*(?:(?:【打印】)?{switch}|【打印】)[ ]*(?:\n|\Z)
        | ^[ ]*(?:{either("whole")})[ ]*(?:\n|\Z)
        | ^[ ]*(?:{either("byline")})[ ]*[：:](?:[ ]*\n[ ]*[{HAN}·]{{2,8}}|[^\n。；，]{{1,24}})?[ ]*(?:\n|\Z)
        | ^[ ]*(?:{either("label")})[ ]*[：:][^\n。；，]{{0,24}}(?:\n|\Z)
        | ^[ ]*首[ ]?页(?:\n?[ ]*>+[ ]*\n?[^\n>。]{{1,16}})+(?:\n|\Z)
        """,
        re.VERBOSE,
    )


# --- spaces -----------------------------------------------------------------------------------------------------------


def outer_space(text: str) -> Iterator[Edit]:
    """No space at the front of a line (an indent) nor at its end.

    >>> mend(outer_space, "    一、总体情况  ")
    '一、总体情况'
    """
    for found in re.finditer("(?m)^[ ]+|[ ]+$", text):
        if found[0]:
            yield *found.span(), ""


def one_character_lines(text: str) -> Iterator[Edit]:
    r"""A column of single characters is one line.

    >>> mend(one_character_lines, "三\n、\n本\n年\n度\n办理")
    '三、本年度\n办理'
    """
    for found in re.finditer(rf"(?m)^[{HAN}、]\n(?:[{HAN}、]\n){{1,}}[{HAN}、]$", text):
        for newline in re.finditer("\n", found[0]):
            yield found.start() + newline.start(), found.start() + newline.end(), ""


def spread_text(text: str) -> Iterator[Edit]:
    """Single characters with a space between each: spread titles, names of two characters.

    >>> mend(spread_text, "政 府 工 作 报 告"), mend(spread_text, "区长 李 某")
    ('政府工作报告', '区长 李某')
    """
    for found in re.finditer(rf"(?<![{HAN}])[{HAN}](?:[ ]+[{HAN}])+(?![{HAN}])", text):
        for space in re.finditer("[ ]+", found[0]):
            yield found.start() + space.start(), found.start() + space.end(), ""


def spread_digits(text: str) -> Iterator[Edit]:
    """Single digits with a space between each, before a unit of time.

    >>> mend(spread_digits, "1 9 9 3 年3 月")
    '1993 年3 月'
    """
    for found in re.finditer(r"(?<![\d.] )(?<![\d.])\d(?: \d)+(?= ?[年月日])", text):
        for space in re.finditer(" ", found[0]):
            yield found.start() + space.start(), found.start() + space.end(), ""


def han_and_digits(text: str) -> Iterator[Edit]:
    """No space between Han characters and digits, nor beside Chinese punctuation; table rows keep theirs.

    >>> mend(han_and_digits, "2023 年度有 24 项 ，下降 7.1 %"), mend(han_and_digits, "规章 0 5 5")
    ('2023年度有24项，下降7.1%', '规章 0 5 5')
    """
    marks = "，。；：！？、（）《》“”‘’【】…"
    pattern = re.compile(
        rf"(?<=[{HAN}{marks}])[ ]+(?=[\d])|(?<=[\d%‰])[ ]+(?=[{HAN}%‰℃])|(?<=[{marks}])[ ]+|[ ]+(?=[{marks}])"
        rf"|(?<=\d)[ ]+(?=[-—–][ ]?\d)|(?<=\d[-—–])[ ]+(?=\d)"
    )
    start = 0
    for line in text.split("\n"):
        if " " in line and not is_table_row(line):
            for found in pattern.finditer(line):
                yield start + found.start(), start + found.end(), ""
        start += len(line) + 1


def runs_of_spaces(text: str) -> Iterator[Edit]:
    """One space is enough.

    >>> mend(runs_of_spaces, "区长   某某")
    '区长 某某'
    """
    for found in re.finditer("(?<=[^ ])[ ]{2,}(?=[^ ])", text):
        yield *found.span(), " "


def blank_lines(text: str) -> Iterator[Edit]:
    r"""One line end between paragraphs, none before the first and after the last.

    >>> mend(blank_lines, "\n甲\n\n\n乙\n")
    '甲\n乙'
    """
    for found in re.finditer(r"\A\n+|\n+\Z|\n{2,}", text):
        inside = found.start() > 0 and found.end() < len(text)
        yield *found.span(), "\n" if inside else ""


# --- the line of steps --------------------------------------------------------------------------------------------

STEPS: tuple[tuple[str, Step], ...] = (
    ("newline", newlines),
    ("invisible_character", invisible_characters),
    ("white_space", white_space),
    ("full_width", full_width),
    ("thousands_comma", thousands_commas),
    ("web_residue", web_residue),
    ("page_number", page_numbers),
    ("narrow_column", narrow_column),
    ("indent", outer_space),
    ("one_character_lines", one_character_lines),
    ("spread_text", spread_text),
    ("spread_digits", spread_digits),
    ("cut_line", cut_lines),
    ("space_at_digit", han_and_digits),
    ("run_of_spaces", runs_of_spaces),
    ("blank_line", blank_lines),
)


def clean(text: str, steps: tuple[tuple[str, Step], ...] = STEPS) -> CleanText:
    r"""Mend a report's text and remember how.

    Parameters
    ----------
    text
        The text as found.
    steps
        Pairs of a repair's kind and the function that finds its faults, in order; leave one out to see what it does.

    Returns
    -------
    CleanText
        The clean text, the repairs in order of place, and the way back to each found character.

    Notes
    -----
    What it gets wrong: a paragraph that lost its full stop is taken for one cut by a page break; a heading cut between two
    whole words is left in two; a line of a narrow column that ends with a full stop ends its paragraph.

    >>> mended = clean("全市警情同比分别下\n\n降 7.1%。")
    >>> mended.text
    '全市警情同比分别下降7.1%。'
    >>> mended.repairs[0]
    Repair(kind='cut_line', start=9, end=11, before='\n\n', after='')
    """
    found, places = text, array("l", range(len(text)))
    repairs: list[Repair] = []
    changed = True
    while changed:
        changed = False
        for kind, step in steps:
            edits = list(step(text))
            if edits:
                changed = True
                repairs += _repairs(kind, edits, places, found)
                text, places = _apply(text, places, edits)
    repairs.sort(key=lambda repair: (repair.start, repair.end))
    return CleanText(text, tuple(repairs), _runs(places))


def mend(step: Step, text: str) -> str:
    """What one step alone makes of a text (for trying a step, and for its doctest)."""
    return _apply(text, array("l", range(len(text))), list(step(text)))[0]


def _repairs(kind: str, edits: list[Edit], places: array[int], found: str) -> Iterator[Repair]:
    for start, end, after in edits:
        first, last = places[start], places[end - 1] + 1
        yield Repair(kind, first, last, found[first:last], after)


def _apply(text: str, places: array[int], edits: list[Edit]) -> tuple[str, array[int]]:
    parts, kept, at = [], array("l"), 0
    for start, end, after in edits:
        if start < at or len(after) > end - start:
            raise ValueError(f"a cleaning step yields edits out of order or too long at {start}-{end}")
        parts += [text[at:start], after]
        kept += places[at:start] + places[start : start + len(after)]
        at = end
    parts.append(text[at:])
    return "".join(parts), kept + places[at:]


def _runs(places: array[int]) -> tuple[tuple[int, int], ...]:
    """Pairs (clean, found) at which the distance between the two changes."""
    runs, distance = [], None
    for clean_at, found_at in enumerate(places):
        if found_at - clean_at != distance:
            distance = found_at - clean_at
            runs.append((clean_at, found_at))
    return tuple(runs)
