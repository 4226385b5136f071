"""What pages, web sites and crawlers add to a report: page numbers, buttons, bylines, bread crumbs, headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reportkit.cleaning.edits import Edit, mend  # noqa: F401  (mend: for the doctests)
from reportkit.language.characters import HAN
from reportkit.language.cues import cue_source
from reportkit.language.lexicon import cues_of, lexicon
from reportkit.language.lines import is_salutation, line_words
from reportkit.language.numbering import heading_number

__all__ = ["page_numbers", "web_residue"]

_DASH = "[-—–－―]"
_PAGE_LINE = re.compile(
    rf"\n *(?:{_DASH}{{1,2}} ?\d{{1,4}} ?{_DASH}{{1,2}}"
    r"|第 ?\d{1,4} ?[页頁](?:[ ,，/]{0,3}共 ?\d{1,4} ?[页頁])?|(\d{1,4}) ?/ ?(\d{1,4})) *(?=\n|\Z)"
)
_PAGE_INSIDE = re.compile(rf"{_DASH}(?<=[{HAN}，、 ]{_DASH}){_DASH}? \d{{1,4}} {_DASH}{{1,2}} ?(?=[{HAN}])")
_BARE_NUMBER = re.compile(r"\n *(\d{1,3}) *(?=\n|\Z)")
_NUMBERS = re.compile(r"[\d., %]+")


def page_numbers(text: str) -> Iterator[Edit]:
    r"""Page numbers: ``- 2 -`` on a line or in mid-sentence, ``第2页 共5页``, ``2/5``, bare ones that count up.

    >>> mend(page_numbers, "严格执行“分\n- 2 -\n级审核”")
    '严格执行“分\n级审核”'
    """
    edits = []
    for start, end, found in _whole_lines(_PAGE_LINE, text):
        if found[1] is None or 0 < int(found[1]) <= int(found[2]):
            edits.append((start, end, ""))
    for found in _PAGE_INSIDE.finditer(text):
        edits.append((found.start() - text.startswith(" ", found.start() - 1), found.end(), ""))
    bare = [line for line in _whole_lines(_BARE_NUMBER, text) if not _beside_numbers(text, *line[:2])]
    values = [int(found[1]) for _, _, found in bare]
    if len(values) >= 2 and values[0] in (1, 2) and values == list(range(values[0], values[0] + len(values))):
        edits += [(start, end, "") for start, end, _ in bare]
    yield from sorted(edits)


def _whole_lines(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The lines that a pattern matches, each with the line end after it; the pattern begins with the one before it."""
    for found in pattern.finditer("\n" + text):
        yield found.start(), min(found.end(), len(text)), found


def _beside_numbers(text: str, start: int, end: int) -> bool:
    """Whether the line before or after is a number, too: then both are cells of a table."""
    before = text[max(0, start - 80) : start].rstrip("\n ").rpartition("\n")[2]
    after = text[end : end + 40].lstrip("\n ").partition("\n")[0]
    return bool(_NUMBERS.fullmatch(before[-40:]) or _NUMBERS.fullmatch(after))


# --- web pages --------------------------------------------------------------------------------------------------------

_END = r"[ ]*(?:\n|\Z)"
_VALUE = r"(?:[^\n。；，：:]|(?<=\d)[：:](?=\d))"
_ADDRESS = r"[ ]*https?[：:]//[!-~]{1,400}"
_DAY = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"\d{1,2}(?:[：:]\d\d(?:[：:]\d\d)?|[时時]\d{1,2}分(?:\d{1,2}秒)?)"
_SWITCH = r"【?[ ]*字[ ]*[号號体體][^】\n]{0,4}[：:][^】]{0,30}】"
_RULE = "[=＝*＊#~_─━—-]"
_NEXT_CRUMB = r"[ ]*\n?[ ]*(?:[>＞»›/]|&gt;)+[ ]*\n?[ ]*[^\n>＞»›/。；，]{1,60}"
_LAST_CRUMB = re.compile(r"(?:[>＞»›/\n]|&gt;)[ ]*([^\n>＞»›/]+?)[ ]*\n?\Z")
_SITE_NAME = re.compile(r"[ ]*(?:[_|｜]|[ ][-–—][ ]).*\Z")  # what follows the title of a page in its <title>
_FRONT = 20  # lines in which a report's own title stands


def web_residue(text: str) -> Iterator[Edit]:
    r"""Buttons, share bars, font-size switches, bylines, bread crumbs, a crawler's header (``lexicons/web_residue.tsv``).

    The title that such a header carries is kept where the report has none of its own.

    >>> mend(web_residue, "下载\n【字号：\n加大\n还原\n减小\n】\n政府工作报告\n责任编辑：\n某某\n")
    '政府工作报告\n'
    >>> mend(web_residue, "标题：某某区2023年政府工作报告\n栏目：政务公开\n==== 正文 ====\n各位代表：")
    '某某区2023年政府工作报告\n各位代表：'
    """
    found = list(_residue().finditer(text))
    for run in _runs(text, found):
        yield from _without_header(text, run)


def _runs(text: str, found: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Residue that stands together, with nothing but blank lines between."""
    run: list[re.Match[str]] = []
    for match in found:
        if run and text[run[-1].end() : match.start()].strip():
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _without_header(text: str, run: Sequence[re.Match[str]]) -> Iterator[Edit]:
    """The edits that take out one run of residue, but for a title that is needed."""
    at_front = not text[: run[0].start()].strip() if run[0].start() < 2000 else False
    alone = len(run) == 1
    kept = _title_to_keep(text, run)
    for match in run:
        if alone and (match.lastgroup == "header" or (match.lastgroup == "title" and not at_front)):
            continue
        if kept and match.start() <= kept[0] < match.end():
            yield match.start(), kept[0], ""
            end = match.end() - 1 if text[match.end() - 1] == "\n" else match.end()
            if kept[1] < end:
                yield kept[1], end, ""
        else:
            yield *match.span(), ""


def _title_to_keep(text: str, run: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    """Where in a run of residue the report's title stands, if it stands nowhere else."""
    places = [match.span("value") for match in run if match.lastgroup == "title" and match["value"].strip()]
    for match in run:
        last = _LAST_CRUMB.search(match[0]) if match.lastgroup == "crumb" else None
        if last and re.search(r"(?:19|20)\d\d", last[1]) and _title_end().search(last[1]):
            places.append((match.start() + last.start(1), match.start() + last.end(1)))
    if not places:
        return None
    start, end = places[0]
    title = _SITE_NAME.sub("", text[start:end].rstrip())
    return None if _has_title(text, run[-1].end(), title) else (start, start + len(title))


def _has_title(text: str, start: int, title: str) -> bool:
    """Whether the report that begins at ``start`` has a line that may be its title."""
    for line in text[start : start + 2000].split("\n")[:_FRONT]:
        line = line.strip()
        if line.replace(" ", "") == title.replace(" ", "") or (len(line) <= 60 and _title_end().search(line)):
            return True
        if len(line) > 60 or re.search("[。；]", line) or heading_number(line) or is_salutation(line):
            return False
    return False


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{line_words('title')})(?:[（(][^）)]*[）)])?$")


@cache
def _residue() -> re.Pattern[str]:
    kinds = ("whole", "label", "byline", "title", "header", "body", "crumb", "home")
    words = {kind: "|".join(cue_source(_loose(cue)) for cue in cues_of("web_residue", kind)) for kind in kinds}
    colon_and_value = rf"[ ]*[：:](?:{_ADDRESS}|{_VALUE}{{0,40}})"
    pair = rf"(?:{words['label']}|{words['byline']}){colon_and_value}"
    further = rf"(?:[ |｜]*(?:{words['label']}|{words['byline']}|{words['header']}){colon_and_value})"
    return re.compile(
        rf"""(?m)^[ ]*(?:
          (?P<switch>(?:【打印】)?{_SWITCH}|【打印】){_END}
        | (?P<whole>{words["whole"]}){_END}
        | (?P<byline>[（(\[]?(?:{words["byline"]})[ ]*[：:][ ]*\n+[ ]*(?:[{HAN}·]{{2,8}}|{_DAY}[ ]*(?:{_CLOCK})?)[）)\]]?){_END}
        | (?P<label>[（(\[]?(?:{pair}{further}*|{_DAY}[ ]*(?:{_CLOCK})?{further}+)[）)\]]?){_END}
        | (?P<clock>{_DAY}[ ]*{_CLOCK}){_END}
        | (?P<title>(?:{words["title"]})[ ]*[：:][ ]*(?P<value>[^\n。；]{{0,80}})){_END}
        | (?P<header>(?:{words["header"]})[ ]*[：:](?:{_ADDRESS}|[^\n。；]{{0,60}})){_END}
        | (?P<rule>{_RULE}{{3,}}[ ]*(?:(?:{words["body"]})[ ]*{_RULE}{{3,}})?|[【\[](?:{words["body"]})[】\]]){_END}
        | (?P<crumb>(?:{words["crumb"]})[ ]*[：:]?[ ]*(?:\n[ ]*)?(?:(?:{words["home"]})(?:{_NEXT_CRUMB})*|[^\n。；]{{0,100}})
            |(?:{words["home"]})(?:{_NEXT_CRUMB})+){_END}
        )""",
        re.VERBOSE,
    )


def _loose(cue: str) -> str:
    """A cue that is found with spaces between its Han characters and in traditional characters, too.

    >>> _loose("页面")
    '(页|頁)( |)(面|麪|麫|麵)'
    """
    parts = []
    for i, char in enumerate(cue):
        forms = [char, *_traditional().get(char, ())]
        parts.append(f"({'|'.join(forms)})" if len(forms) > 1 else char)
        if char > "\u2e80" and cue[i + 1 : i + 2] > "\u2e80":
            parts.append("( |)")
    return "".join(parts)


@cache
def _traditional() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for entry in lexicon("traditional", ("traditional", "simplified")):
        forms.setdefault(entry["simplified"], []).append(entry["traditional"])
    return forms
