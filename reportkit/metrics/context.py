"""What the words around a figure say of it: whether, when and for whom it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.language.characters import YEAR
from reportkit.language.cues import any_class
from reportkit.language.lexicon import cues_of
from reportkit.metrics.tokens import Token
from reportkit.report import Report, Section, Sentence
from reportkit.structure.roles import Role, section_roles

__all__ = ["Context", "context_reader"]

_CLAUSE_MARKS = "，；：。"
_YEARS = re.compile(rf"(?=[\d今本当去上前明])(?:(?<!\d)({YEAR})年|[今本当去上前明]年)")
_OFFSETS = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class Context:
    """When, for whom and whether a figure holds: see the columns of :func:`reportkit.extract_metrics`."""

    status: str
    period: str
    year: int | None
    horizon: str
    scope: str


def context_reader(report: Report) -> Callable[[Sentence, Sequence[Token]], list[Context]]:
    """A function that tells the context of each value of a sentence, knowing the report's sections and what each is for."""
    roles = section_roles(report)
    titles = dict(pair for section in report.outline.sections for pair in _titles(section, ""))
    year, issuer = report.outline.year, report.outline.issuer

    def read(sentence: Sentence, tokens: Sequence[Token]) -> list[Context]:
        title, role = titles.get(sentence.section_id, ""), roles.get(sentence.section_id, Role())
        start = tokens[0].start
        words = report.simplified[start : tokens[-1].end]
        years, of_section = _years(words), _years(title)[-1:]
        of_title = _horizon_of(title)
        status = _status_reader(words, role)
        contexts = []
        for i, token in enumerate(tokens):
            if token.value is None:
                continue
            named = ([match for match in years if match.end() <= token.start - start] or of_section)[-1:]
            period = named[0][0] if named else f"{year}年" if year else ""
            horizon = _horizon(tokens[:i]) or of_title or ("annual" if named else "none")
            contexts.append(
                Context(status(token.end - start), period, _year(period, year), horizon, _scope(tokens, i) or issuer)
            )
        return contexts

    return read


def _titles(section: Section, above: str) -> list[tuple[str, str]]:
    """The title of each section by id, that of the section above it in front."""
    own = f"{above} {section.title}"
    return [(section.id, own), *(pair for child in section.children for pair in _titles(child, own))]


# --- when --------------------------------------------------------------------------------------


def _years(words: str) -> list[re.Match[str]]:
    """The years that words name, as printed (2023年, 去年)."""
    return list(_YEARS.finditer(words))


def _year(period: str, of_report: int | None) -> int | None:
    """The year meant: as printed, or counted from the report's own; ``None`` where it cannot be told."""
    printed = _YEARS.match(period)
    if printed and printed[1]:
        return int(printed[1])
    return of_report + _OFFSETS[period] if of_report else None


def _horizon(before: Sequence[Token]) -> str:
    """What the time that is named last says of the horizon, ``""`` where none says anything."""
    times = [token.word for token in before if token.letter == "T"]
    return next((horizon for words in reversed(times) if (horizon := _horizon_of(words))), "")


def _horizon_of(words: str) -> str:
    """``plan`` (a five-year plan), ``term`` (several years), ``annual`` (a year is named), or ``""``."""
    if _cues("plan").search(words):
        return "plan"
    if _cues("term").search(words):
        return "term"
    return "annual" if _YEARS.search(words) else ""


# --- for whom ----------------------------------------------------------------------------------


def _scope(tokens: Sequence[Token], at: int) -> str:
    """The area that a sentence names last before a value; one in a rank or a comparison (居全国第三位) is none."""
    for i in range(at - 1, -1, -1):
        if tokens[i].letter != "G":
            continue
        after = "".join(other.word for other in tokens[i + 1 : i + 3])
        ranked = _cues("ranked").match(after) or (i and tokens[i - 1].kind == "standing")
        if not ranked:
            return tokens[i].word
    return ""


# --- whether -----------------------------------------------------------------------------------


def _status_reader(words: str, role: Role) -> Callable[[int], str]:
    """A function that tells ``target`` from ``reported`` for the figure that ends at a place of a sentence's words."""
    if role.name == "plan":
        done = _said("done", words)
        return lambda end: "reported" if any(span[1] <= end for span in done) else "target"
    aims, requires, later = (_said(kind, words) for kind in ("aims", "requires", "later"))

    def status(end: int) -> str:
        first = max(words.rfind(mark, 0, end) for mark in _CLAUSE_MARKS) + 1
        last = min((at for mark in _CLAUSE_MARKS if (at := words.find(mark, end)) >= 0), default=len(words))
        planned = any(span[1] <= end for span in aims)
        planned = planned or any(first <= span[0] and span[1] <= end for span in requires)
        return "target" if planned or any(end <= span[0] and span[1] <= last for span in later) else "reported"

    return status


def _said(kind: str, words: str) -> list[tuple[int, int]]:
    """Where words have a cue of a class; a longer cue of its ``no_…`` class that begins there wins."""
    return [found.span() for found in _cues(kind).finditer(words) if found.lastgroup == "yes"]


@cache
def _cues(kind: str) -> re.Pattern[str]:
    return any_class({"no": cues_of("status_cues", *_NOT.get(kind, ())), "yes": cues_of("status_cues", kind)})


_NOT = {"later": ("no_aim",), "aims": ("no_aim",), "requires": ("no_aim",), "done": ("no_done",)}
