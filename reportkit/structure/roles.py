"""What a section is for, by its heading: it looks back, admits problems, plans, or is an annex.

Government reports review first and plan after; the same words (推进, 完善) tell a deed in one part and a promise in the
other. Cues are in ``lexicons/section_roles.tsv``; the outermost heading decides, and an inner one only by a cue that is
plain anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.language.lexicon import lexicon
from reportkit.report import Outline, Section

__all__ = ["Role", "section_roles"]

_LOOKED_BACK = "回顾"  # all of it is in that chapter
_YEAR = re.compile(r"(\d{4})年(?!以来|来)")


@dataclass(frozen=True, slots=True)
class Role:
    """What a section is for, and the words of a heading that say so.

    ``name`` is ``review``, ``problem``, ``plan``, ``annex``, ``other`` or ``""`` where no heading tells.
    """

    name: str = ""
    words: str = ""


def section_roles(outline: Outline) -> dict[str, Role]:
    """The role of every section, by its id.

    A heading without a cue stands as its parent does; an outermost one after the plans goes on planning (a chapter on the
    government's own work closes many reports), and so does one after a chapter called 回顾; one that names a later year
    than the headings before it plans, too. What it gets wrong: a report whose headings are all slogans has no roles.
    """
    roles: dict[str, Role] = {}
    before = Role()
    latest = 0
    for section in outline.sections:
        role = _role(section.title, outermost=True)
        years = [int(year) for year in _YEAR.findall(section.title)]
        if latest and years and min(years) > latest and role.name in ("", "review"):
            role = Role("plan", f"{min(years)}年")
        elif not role.name and (before.name == "plan" or before.words == _LOOKED_BACK):
            role = Role("plan", before.words)
        latest = max([latest, *years])
        before = role
        _pass_down(section, role, roles)
    return roles


def _pass_down(section: Section, role: Role, roles: dict[str, Role]) -> None:
    roles[section.id] = role
    for child in section.children:
        own = _role(child.title, outermost=False)
        _pass_down(child, own if own.name else role, roles)


def _role(title: str, *, outermost: bool) -> Role:
    for cue, role, where in _cues():
        if cue in title and (outermost or where == "any"):
            return Role(role, cue)
    return Role()


def _cues() -> Sequence[tuple[str, str, str]]:
    return [(entry["cue"], entry["role"], entry["where"]) for entry in lexicon("section_roles")]
