"""Names → names of one thing: the same quotation, the same words, or one abbreviates the other."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportkit.mentions.quotations import Name
from reportkit.mentions.words import family

__all__ = ["join_names", "plain"]

_MARKS = re.compile("[“”的、]")
_PRACTICE = "做法"
_ENDING = 2  # characters at the end of two names that must be alike
_SHARE = 0.6  # of the longer name that an abbreviation must keep
_LEAST = 3  # characters beside the ending that an abbreviation must keep
_NEAREST = 60  # names of one family and ending that are compared with, those nearest in the text


def join_names(names: Sequence[Name]) -> list[list[Name]]:
    """Names of one thing, each list in reading order; the work grows with the number of names, not with its square."""
    by_text: dict[tuple[str, str], list[Name]] = {}
    for name in names:
        by_text.setdefault((name.text, name.core), []).append(name)
    groups: list[list[Name]] = []
    index = _Index()
    for same in sorted(by_text.values(), key=lambda same: -len(plain(same[0].text))):
        home = index.home(same[0])
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home] += same
        index.add(same[0], home)
    return [sorted(group, key=lambda name: name.span) for group in groups]


def plain(text: str) -> str:
    """A name without marks and 的."""
    return _MARKS.sub("", text)


@dataclass(slots=True)
class _Index:
    """The names that have a group, by what makes two names one thing's; of several groups the first is home."""

    by_text: dict[str, int] = field(default_factory=dict)
    by_core: dict[tuple[str, str], int] = field(default_factory=dict)
    by_ending: dict[tuple[str, str], list[tuple[int, str, int]]] = field(default_factory=dict)

    def add(self, name: Name, group: int) -> None:
        self.by_text[name.text] = min(group, self.by_text.get(name.text, group))
        for key in ((name.core, family(name.kind)), (name.core, "")):
            self.by_core[key] = min(group, self.by_core.get(key, group))
        short = plain(name.text)
        insort(self.by_ending.setdefault((family(name.kind), short[-_ENDING:]), []), (name.span.start, short, group))

    def home(self, name: Name) -> int | None:
        groups = [self.by_text[name.text]] if name.text in self.by_text else []
        # one quotation may name a mechanism and an indicator; a practice is of whatever kind the quotation is elsewhere
        any_kind = name.kind == _PRACTICE or not name.core.startswith("“")
        families = ("",) if any_kind else (family(name.kind), family(_PRACTICE))
        groups += [self.by_core[name.core, of] for of in families if (name.core, of) in self.by_core]
        return min([*groups, *self._abbreviated(name)], default=None)

    def _abbreviated(self, name: Name) -> Iterator[int]:
        """The groups of the names that a name abbreviates, of those that stand nearest."""
        short = plain(name.text)
        known = self.by_ending.get((family(name.kind), short[-_ENDING:]), [])
        at = bisect_left(known, (name.span.start, "", 0))
        first = max(0, min(at - _NEAREST // 2, len(known) - _NEAREST))
        for _, other, group in known[first : first + _NEAREST]:
            if abbreviates(short, other):
                yield group


def abbreviates(short: str, long: str) -> bool:
    """Whether one name is the other with words left out: it ends alike and keeps the order of its characters.

    >>> abbreviates("会商研判机制", "群众诉求会商研判机制"), abbreviates("信息公开制度", "信息公开工作人员跟班学习制度")
    (True, False)
    """
    if short[-_ENDING:] != long[-_ENDING:] or not _SHARE * len(long) <= len(short) <= len(long):
        return False
    rest = iter(long)
    return len(short) - _ENDING >= _LEAST and all(char in rest for char in short)
