"""What a section is for, by its heading, else by its words: it looks back, admits problems, plans, or is an annex.

Government reports review first and plan after; the same words (推进, 完善) tell a deed in one part and a promise in the
other. Cues are in ``lexicons/section_roles.tsv``; the outermost heading decides, and an inner one only by a cue that is
plain anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from reportkit.language.cues import cue_source
from reportkit.language.lexicon import lexicon
from reportkit.language.script import to_simplified
from reportkit.report import Report, Section, once
from reportkit.structure.mood import Mood, mood_of, together

__all__ = ["Role", "section_roles"]

_YEAR = re.compile(r"(\d{4})年(?!以来|来)")


@dataclass(frozen=True, slots=True)
class Role:
    """What a section is for, and the words of a heading that say so.

    ``name`` is ``review``, ``problem``, ``plan``, ``annex``, ``other`` or ``""`` where no heading tells; ``looks_back``: all
    that the report says of the past is in that chapter.
    """

    name: str = ""
    words: str = ""
    looks_back: bool = False


@once
def section_roles(report: Report) -> Mapping[str, Role]:
    """The role of every section, by its id; ``""`` is what stands before the first and after the last.

    A heading without a cue stands as its parent does; an outermost one after the plans goes on planning (a chapter on the
    government's own work closes many reports), and so does one after a chapter called 回顾; one that names a later year
    than the headings before it plans, too. Where none of this tells, the words of the chapter itself do
    (:mod:`reportkit.structure.mood`), as in a text that begins in the middle.
    """
    outline = report.outline
    roles = {"": _by_mood(mood_of(outline.preamble_span.of(report.simplified)))}
    moods: dict[str, Mood] = {}
    before = Role()
    latest = 0
    for section in outline.sections:
        title = _heading(section)
        role = _role(title, outermost=True)
        years = [int(year) for year in _YEAR.findall(title)]
        if latest and years and min(years) > latest and role.name in ("", "review"):
            role = Role("plan", f"{min(years)}年")
        elif not role.name and (before.name == "plan" or before.looks_back):
            role = Role("plan", before.words)
        latest = max([latest, *years])
        before = role
        if not role.name:
            moods[section.id] = mood_of(section.span.of(report.simplified))
            role = _by_mood(moods[section.id])
        _pass_down(section, role, roles)
    for known, group in groupby(outline.sections, key=lambda section: section.id not in moods):
        run = list(group)
        if not known and together(moods[section.id] for section in run).tells_nothing:
            for section in run:  # parts of a chapter whose front is missing
                _pass_down(section, Role("plan"), roles)
    return roles


def _by_mood(mood: Mood) -> Role:
    """The role of a chapter whose heading tells nothing: it plans if its words do."""
    return Role("plan") if mood.plans else Role()


def _pass_down(section: Section, role: Role, roles: dict[str, Role]) -> None:
    roles[section.id] = role
    for child in section.children:
        own = _role(_heading(child), outermost=False)
        _pass_down(child, own if own.name else role, roles)


def _heading(section: Section) -> str:
    """A heading as the cues read it; 附件1： is part of it."""
    return to_simplified(f"{section.number}{section.title}")


def _role(title: str, *, outermost: bool) -> Role:
    for cue, role, where in _cues():
        found = cue.search(title) if outermost or where != "top" else None
        if found:
            return Role(role, found[0], where == "whole")
    return Role()


@cache
def _cues() -> Sequence[tuple[re.Pattern[str], str, str]]:
    entries = lexicon("section_roles", ("cue", "role", "where"), ("cue",))
    return [(re.compile(cue_source(entry["cue"])), entry["role"], entry["where"]) for entry in entries]
