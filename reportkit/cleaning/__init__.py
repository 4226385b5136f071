"""Text as found → clean text, one paragraph a line; every repair is remembered and can be traced back.

``STEPS`` is an ordered list: one fault, one function, one line.  A step reads a text and yields edits
``(start, end, replacement)`` in order of place; a replacement is never longer than what it replaces, so that each
clean character stands for one character as found.

The steps are run again until none finds anything: cleaning clean text changes nothing.  Those that put one character for
another (``ONCE``) are not: what they look for is gone after them, and no other step puts it back.
"""

from __future__ import annotations

from array import array

from reportkit.cleaning.characters import full_width, invisible_characters, newlines, radicals, white_space
from reportkit.cleaning.columns import narrow_column
from reportkit.cleaning.edits import Step, applied, mend, repairs_of, runs_of
from reportkit.cleaning.joining import cut_lines
from reportkit.cleaning.marks import ascii_marks, marks_in_numbers
from reportkit.cleaning.pages import page_numbers, web_residue
from reportkit.cleaning.spaces import (
    blank_lines,
    grouped_digits,
    han_and_digits,
    one_character_lines,
    outer_space,
    runs_of_spaces,
    spread_digits,
    spread_text,
)
from reportkit.report import CleanText, Repair

__all__ = ["ONCE", "STEPS", "clean", "mend"]

STEPS: tuple[tuple[str, Step], ...] = (
    ("newline", newlines),
    ("invisible_character", invisible_characters),
    ("radical", radicals),
    ("white_space", white_space),
    ("full_width", full_width),
    ("mark_in_number", marks_in_numbers),
    ("ascii_mark", ascii_marks),
    ("web_residue", web_residue),
    ("page_number", page_numbers),
    ("narrow_column", narrow_column),
    ("indent", outer_space),
    ("one_character_lines", one_character_lines),
    ("spread_text", spread_text),
    ("spread_digits", spread_digits),
    ("grouped_digits", grouped_digits),
    ("cut_line", cut_lines),
    ("space_at_digit", han_and_digits),
    ("run_of_spaces", runs_of_spaces),
    ("blank_line", blank_lines),
)
ONCE = frozenset({"newline", "invisible_character", "radical", "white_space", "full_width"})


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
    whole words is left in two; a line of a narrow column that ends with a full stop ends its paragraph, or goes on, as most do.

    >>> mended = clean("全市警情同比分别下\n\n降 7.1%。")
    >>> mended.text
    '全市警情同比分别下降7.1%。'
    >>> mended.repairs[0]
    Repair(kind='cut_line', start=9, end=11, before='\n\n', after='')
    """
    found, places = text, array("l", range(len(text)))
    repairs: list[Repair] = []
    changed, due = True, steps
    while changed:
        changed = False
        for kind, step in due:
            edits = list(step(text))
            if edits:
                changed = True
                repairs += repairs_of(kind, edits, places, found)
                text, places = applied(text, places, edits)
        due = tuple((kind, step) for kind, step in steps if kind not in ONCE)
    repairs.sort(key=lambda repair: (repair.start, repair.end))
    return CleanText(text, tuple(repairs), runs_of(places))
