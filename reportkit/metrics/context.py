"""What the words around a figure say of it: whether, when and for whom it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from reportkit.language.characters import YEAR
from reportkit.language.cues import any_cue
from reportkit.language.lexicon import lexicon
from reportkit.metrics.tokens import Token
from reportkit.report import Report, Section, Sentence
from reportkit.structure.roles import Role, section_roles

__all__ = ["Context", "context_reader"]

_CLAUSES = re.compile("[，；：。,;:]")
_PRINTED = re.compile(rf"(?<!\d)({YEAR})年")
_RELATIVE = re.compile("今年|本年|当年|去年|上年|前年|明年")
_OFFSETS = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_PLAN = re.compile("十[一二三四五六七八九]五|五年规划")
_TERM = re.compile("(?:过去|今后|未来|近|这)[一二三四五六七八九十\\d]+年|[三四五六七八九十]年(?:来|间|以来)|本届|届期")
_NEAR = 40  # characters
_RANKED = re.compile("[第前]|排名|领先|之首|首位")


@dataclass(frozen=True, slots=True)
class Context:
    """When, for whom and whether a figure holds: see the columns of :func:`reportkit.extract_metrics`."""

    status: str
    period: str
    year: int | None
    horizon: str
    scope: str


def context_reader(report: Report) -> Callable[[Sentence, Sequence[Token], Token], Context]:
    """A function that tells the context of a value of a sentence, knowing the report's sections and what each is for."""
    roles = section_roles(report.outline)
    titles = dict(pair for section in report.outline.sections for pair in _titles(section, ""))

    def read(sentence: Sentence, tokens: Sequence[Token], token: Token) -> Context:
        words = report.simplified[tokens[0].start : token.end]
        named = _named(words) or _named(titles.get(sentence.section_id, ""))
        period = named or (f"{report.outline.year}年" if report.outline.year else "")
        return Context(
            _status(words, _rest(report.simplified, token.end, sentence.span.end), roles.get(sentence.section_id, Role())),
            period,
            _year(period, report.outline.year),
            _horizon(tokens, token, named, titles.get(sentence.section_id, "")),
            _scope(tokens, token) or report.outline.issuer,
        )

    return read


def _titles(section: Section, above: str) -> list[tuple[str, str]]:
    """The title of each section by id, that of the section above it in front."""
    own = f"{above} {section.title}"
    return [(section.id, own), *(pair for child in section.children for pair in _titles(child, own))]


# --- when --------------------------------------------------------------------------------------


def _named(words: str) -> str:
    """The year that words name last, as printed (2023年, 去年)."""
    found = [*_PRINTED.finditer(words), *_RELATIVE.finditer(words)]
    return max(found, key=lambda match: match.start())[0] if found else ""


def _year(period: str, of_report: int | None) -> int | None:
    """The year meant: as printed, or counted from the report's own; ``None`` where it cannot be told."""
    printed = _PRINTED.match(period)
    if printed:
        return int(printed[1])
    return of_report + _OFFSETS[period] if of_report and period in _OFFSETS else None


def _horizon(tokens: Sequence[Token], token: Token, named: str, title: str) -> str:
    """``plan`` (a five-year plan), ``term`` (several years), ``annual`` (a year is named), or ``none``."""
    times = [one.word for one in tokens if one.letter == "T" and one.start < token.start]
    for words in [*reversed(times), title]:
        if _PLAN.search(words):
            return "plan"
        if _TERM.search(words):
            return "term"
        if _PRINTED.search(words) or _RELATIVE.search(words):
            return "annual"
    return "annual" if named else "none"


# --- for whom ----------------------------------------------------------------------------------


def _scope(tokens: Sequence[Token], token: Token) -> str:
    """The area that a sentence names last before a figure; one in a rank or a comparison (居全国第三位) is none."""
    found = ""
    for i, one in enumerate(tokens):
        if one.start >= token.start:
            break
        if one.letter != "G":
            continue
        after = "".join(other.word for other in tokens[i + 1 : i + 3])
        ranked = _RANKED.match(after) or (i and tokens[i - 1].letter in "RW" and tokens[i - 1].word in _standing())
        found = found if ranked else one.word
    return found


@cache
def _standing() -> frozenset[str]:
    return frozenset(entry["word"] for entry in lexicon("figure_words", ("word", "class")) if entry["class"] == "standing")


# --- whether -----------------------------------------------------------------------------------


def _rest(text: str, start: int, end: int) -> str:
    """The rest of a figure's clause."""
    return _CLAUSES.split(text[start : min(end, start + _NEAR)])[0]


def _status(words: str, rest: str, role: Role) -> str:
    """``target`` or ``reported``, by the words up to a figure, the rest of its clause, and what its section is for."""
    clause = _CLAUSES.split(words)[-1]
    if role.name == "plan":
        return "reported" if _says("done", words) else "target"
    planned = _says("aims", words) or _says("requires", clause) or _says("later", rest)
    return "target" if planned else "reported"


def _says(kind: str, words: str) -> bool:
    """Whether a cue of a class is among words; a longer cue of its ``no_…`` class that begins there wins."""
    return any(found.lastgroup == "yes" for found in _cues(kind).finditer(words))


@cache
def _cues(kind: str) -> re.Pattern[str]:
    entries = lexicon("status_cues", ("cue", "class"), ("cue",))
    yes = any_cue(entry["cue"] for entry in entries if entry["class"] == kind)
    no = any_cue(entry["cue"] for entry in entries if entry["class"] in _NOT[kind])
    return re.compile(f"(?:{no.pattern})|(?P<yes>{yes.pattern})")


_NOT = {"later": ("no_aim",), "aims": ("no_aim",), "requires": ("no_aim",), "done": ("no_done",)}
