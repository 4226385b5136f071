"""What looks like a numbered heading and is none.

Row labels of a table, entries of a table of contents, items of an enumeration, and numbered paragraphs that say all there is
to say: a list, not sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from reportkit.language.lines import LEADER, is_table_row
from reportkit.language.numbering import ARABIC, HAN, HAN_PAREN
from reportkit.structure.numbered import Heading
from reportkit.structure.wording import heading_words

__all__ = ["contents_entries", "enumerated", "is_row", "table_labels", "without_lists"]

_MARK = re.compile("[。！？!?]")
_NUMBERS_ONLY = re.compile(r"[\d.,%/\-— ]+$")
_PAGE = re.compile(r"[.…·\-— ]*\d{0,3}$")
_LEADER = re.compile(rf"{LEADER}(?!\d)")
_HEADLINE, _WHOLE_LINE = 40, 80  # characters of a title that a low heading may have: text after it on its line, or not
_MUCH = 120  # characters of text under a low heading that make a section of it
_FACT = 28  # characters of a sentence that is no title, where nothing follows it

Found = Sequence[Sequence[Heading]]  # the headings of each line


def is_row(line: str) -> bool:
    """Whether a line is a row of a table (of contents, too), or nothing but numbers."""
    return "|" in line or bool(is_table_row(line) or _NUMBERS_ONLY.match(line) or _is_contents(line))


def _is_contents(line: str) -> bool:
    """Whether a line leads from a title to its page: 一、工作回顾……12."""
    return ("…" in line or "..." in line or "···" in line) and _LEADER.search(line) is not None


# --- whole lines --------------------------------------------------------------------------------------------------


def table_labels(text: str, lines: Sequence[str], numbered: Found) -> Iterator[int]:
    """Row labels of flattened tables: those of the standard tables, and those with rows around them."""
    due = 1  # the next number on the level of 一、
    for i, found in enumerate(numbered):
        if not found:
            continue
        if heading_words("form_row").match(found[0].title(text)) or _is_label(text, lines, i, found[0], due):
            yield i
        elif found[0].rank == HAN:
            due = found[-1].value + 1


def _is_label(text: str, lines: Sequence[str], i: int, heading: Heading, due: int) -> bool:
    """Whether a row stands before, a row soon after, and nothing but labels between.

    The next 一、 with no row after it is none.
    """
    if heading.rank == HAN and heading.value == due and not (i + 1 < len(lines) and is_row(lines[i + 1])):
        return False
    if _MARK.search(lines[i]) or heading_words("form_section").match(heading.title(text)):
        return False
    return _row_near(lines, i, -1) and _row_near(lines, i, +1)


def _row_near(lines: Sequence[str], i: int, step: int) -> bool:
    for j in range(i + step, i + 5 * step, step):
        if not 0 <= j < len(lines):
            return False
        if is_row(lines[j]):
            return True
        if len(lines[j]) > 40 or _MARK.search(lines[j]):
            return False
    return False


def contents_entries(text: str, lines: Sequence[str], numbered: Found) -> Iterator[int]:
    """The lines of a table of contents: those with ……12; the first headings, three or more in a row that each come again."""
    yield from (i for i, line in enumerate(lines) if _is_contents(line))
    first = next((i for i, found in enumerate(numbered) if found), len(lines))
    entries: dict[tuple[str, str], int] = {}
    for i in takewhile(lambda i: _is_entry(lines[i], numbered[i]), range(first, len(lines))):
        if entries.setdefault(_entry(text, numbered[i][0]), i) != i:
            break
    if len(entries) >= 3:
        later = {_entry(text, found[0]) for found in numbered[first + len(entries) :] if found}
        yield from entries.values() if entries.keys() <= later else ()


def _is_entry(line: str, found: Sequence[Heading]) -> bool:
    return len(found) == 1 and found[0].title_end - found[0].start == len(line)


def _entry(text: str, heading: Heading) -> tuple[str, str]:
    """What a heading and its line in the table of contents have in common: number and title, no page number."""
    return heading.number, _PAGE.sub("", heading.title(text)).replace(" ", "")


def enumerated(text: str, lines: Sequence[str], numbered: Found) -> Iterator[int]:
    """Items of an enumeration over several lines: they end with ``；``, all but the last."""
    i = 0
    while i < len(lines):
        run = [i] if numbered[i] else []
        while run and _same_rank_follows(numbered, run[-1]):
            run.append(run[-1] + 1)
        if len(run) >= 2 and sum(lines[j][-1] in "；;" for j in run) * 2 >= len(run):
            yield from run
        i = run[-1] + 1 if run else i + 1


def _same_rank_follows(numbered: Found, i: int) -> bool:
    return i + 1 < len(numbered) and bool(numbered[i + 1]) and numbered[i + 1][0].rank == numbered[i][0].rank


# --- runs of headings -----------------------------------------------------------------------------------------------


def without_lists(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """Leave out numbered paragraphs that are a list and not sections.

    A run of ``1.`` is a list if most of its items are no headings: their first sentence is long, or it is all there is.
    A run of （一） is one if most of its items are whole sentences with nothing under them.
    """
    kept: list[Heading] = []
    at = 0
    for low, group in groupby(headings, key=lambda heading: heading.rank >= ARABIC):
        run = list(group)
        at += len(run)
        following = headings[at] if at < len(headings) else None
        kept += _low_headings(text, run, following) if low else run
    return _without_facts(text, kept)


def _low_headings(text: str, run: Sequence[Heading], following: Heading | None) -> list[Heading]:
    """Those of a run of low headings that are headings: level by level, the highest first."""
    if not run:
        return []
    top = min(heading.rank for heading in run)
    at = [i for i, heading in enumerate(run) if heading.rank == top]
    nexts = [run[i] for i in at[1:]] + [following]
    if 2 * sum(_is_headline(text, run[i], after) for i, after in zip(at, nexts, strict=True)) <= len(at):
        return []
    kept = _low_headings(text, run[: at[0]], run[at[0]])
    for i, stop, after in zip(at, [*at[1:], len(run)], nexts, strict=True):
        kept += [run[i], *_low_headings(text, run[i + 1 : stop], after)]
    return kept


def _is_headline(text: str, heading: Heading, following: Heading | None) -> bool:
    """Whether a low heading announces more than itself: a short title, and text (or the first of other headings) under it."""
    title, body = heading.title(text), text[heading.end : following.start if following else len(text)].strip()
    opens = following is not None and following.value == 1 and following.rank != heading.rank
    whole_line = text.startswith("\n", heading.end)
    longest = _WHOLE_LINE if whole_line or (len(body) > _MUCH and not re.search(r"\d", title)) else _HEADLINE
    return len(title) <= longest and bool(body or opens) and not re.search("[：:]", title)


def _without_facts(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """Leave out runs of （一） most of which are sentences with nothing under them, and of 一、 that a colon announces."""
    ends = [heading.start for heading in headings] + [len(text)]
    facts = {heading.start for heading, end in zip(headings, ends[1:], strict=True) if _is_fact(text, heading, end)}
    n_chapters = sum(heading.rank == HAN for heading in headings)
    kept: list[Heading] = []
    for run in _runs(headings):
        items = [heading for heading in run if heading.rank == run[0].rank]
        if run[0].rank == HAN:
            inner = n_chapters > len(items) and _is_announced(text, run[0])
            is_list = inner and _most(heading.start in facts for heading in items[:-1])  # text after a list is under its last
        else:
            is_list = run[0].rank == HAN_PAREN and _most(heading.start in facts for heading in items)
        if len(items) < 2 or not is_list:
            kept += run
    return kept


def _runs(headings: Sequence[Heading]) -> Iterator[list[Heading]]:
    """The headings, cut into runs: （一） and all below it, 一、 with nothing between them, the rest one by one."""
    run: list[Heading] = []
    for heading in headings:
        below = bool(run) and run[0].rank >= HAN_PAREN and heading.rank >= run[0].rank
        beside = bool(run) and run[0].rank == heading.rank == HAN and heading.value == run[-1].value + 1
        if run and not (below or beside):
            yield run
            run = []
        run.append(heading)
    if run:
        yield run


def _most(marks: Iterable[bool]) -> bool:
    known = list(marks)
    return 2 * sum(known) > len(known)


def _is_announced(text: str, heading: Heading) -> bool:
    """Whether the text before a heading ends with a colon."""
    return text[max(0, heading.start - 9) : heading.start].rstrip("\n ")[-1:] in ("：", ":")


def _is_fact(text: str, heading: Heading, end: int) -> bool:
    """Whether a heading is a whole sentence, full stop included, and nothing stands under it."""
    title, stopped = heading.title(text), bool(text[heading.title_end : heading.end].strip())
    return stopped and len(title) > _FACT and "，" in title and not text[heading.end : end].strip()
