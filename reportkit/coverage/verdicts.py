"""Does a report contain what the rules ask of its genre?  By what sentences say and do, never by headings.

Checklists are data, ``lexicons/coverage/*.tsv``: each content with the sentences that count for it, how many make it present,
and the rule that asks for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportkit.coverage.genres import GENRES, recognize_genre
from reportkit.coverage.standard_tables import recognize_table
from reportkit.functions.rules import FUNCTIONS, Judgement, judge_sentences, metrics_by_sentence
from reportkit.functions.words import function_cues
from reportkit.language.cues import any_cue
from reportkit.language.lexicon import lexicon, read_lexicon
from reportkit.language.script import to_simplified
from reportkit.metrics import Metric
from reportkit.report import Report, Sentence

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_coverage"]

_FEWEST = 10  # sentences below which nothing can be said of what is missing
_LISTED = 3  # items of one sentence that make a content present
_VERBS = {
    "": ("speaks of it", "speak of it"),
    "measure result": ("tells of a measure or a result", "tell of measures or results"),
    "problem": ("admits a shortfall", "admit shortfalls"),
    "plan": ("makes a plan", "make plans"),
    "problem plan": ("admits a shortfall or plans to mend one", "admit shortfalls or plan to mend them"),
}
_SHOWN = 3  # sentences quoted as evidence
_CHECKLIST = ("content", "title", "functions", "cues", "present", "basis")
_COLUMNS = ("content", "title", "state", "reason", "n_sentences", "evidence", "start", "end", "basis", "genre")
_UNTOLD = "Neither title nor text tells the genre: name it with genre=…"
_UNMARKED = "A heading announces it, but no sentence stands under it: it may stand in a table that the file does not mark."

Entry = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Verdict:
    state: str
    reason: str
    evidence: tuple[Sentence, ...]


def check_coverage(
    report: Report, *, genre: str | None = None, checklist: str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Which of the contents that are asked of its genre a report has.

    Parameters
    ----------
    report
        A report that was read.
    genre
        ``law_based_government`` (five mandated contents), ``information_disclosure`` (six parts) or ``government_work``
        (three parts by custom); recognised from title and text by default.
    checklist
        A checklist of your own, TSV with the columns ``content``, ``title``, ``functions``, ``cues``, ``present``, ``basis``.

    Returns
    -------
    DataFrame
        One row a content: ``content``, ``title`` (in Chinese), ``state`` (``present``; ``token``: touched on, not dealt
        with; ``absent``; ``not_assessable``), ``reason`` (one sentence), ``n_sentences`` (that count for it), ``evidence``
        (the first of them), ``start``, ``end`` (of the first; ``<NA>`` where there is none), ``basis`` (the rule),
        ``genre``.

    Raises
    ------
    ValueError
        If the genre is none of the three.
    LexiconError
        If a checklist cannot be read.

    Notes
    -----
    It counts sentences by what they do (:func:`reportkit.score_sentiment`) and by cue words, so it is wrong where those are: a
    shortfall told without a word of shortfall is missed.  Present does not mean good.  Of tables only the standard
    ones of the disclosure report count.
    Source: the rules named in ``basis``.
    """
    import pandas as pd

    found = genre or recognize_genre(report)
    if genre is not None and genre not in GENRES:
        raise ValueError(f"genre={genre!r} was asked for; one of {', '.join(GENRES)} was expected")
    judged, own = judge_sentences(report), metrics_by_sentence(report)
    rows = []
    for entry in _checklist(found or GENRES[0], checklist):
        known = bool(found) or checklist is not None
        verdict = _assess(entry, report, judged, own) if known else _Verdict("not_assessable", _UNTOLD, ())
        first = verdict.evidence[0].span if verdict.evidence else None
        shown = " … ".join(sentence.text for sentence in verdict.evidence[:_SHOWN])
        place = (first.start, first.end) if first else (None, None)
        said = (entry["content"], entry["title"], verdict.state, verdict.reason, len(verdict.evidence), shown)
        rows.append((*said, *place, entry["basis"], found))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"start": "Int64", "end": "Int64"})


def _checklist(genre: str, path: str | os.PathLike[str] | None) -> Sequence[Entry]:
    if path is None:
        return lexicon(f"coverage/{genre}", _CHECKLIST, ("cues",))
    return read_lexicon(path, _CHECKLIST, cues=("cues",), wrong=_fault)


def _fault(entry: Entry) -> str:
    """What is wrong with an entry of a checklist, ``""`` for nothing."""
    unknown = set(entry["functions"].split()) - set(FUNCTIONS)
    if not entry["content"]:
        return "content is empty; a name of the content was expected"
    if unknown:
        return f"functions are {entry['functions']!r}; of {', '.join(FUNCTIONS)}, separated by spaces, were expected"
    if not re.fullmatch("[1-9][0-9]{0,5}", entry["present"]):
        return f"present is {entry['present']!r}; a whole number from 1 was expected"
    return ""


def _assess(entry: Entry, report: Report, judged: Sequence[Judgement], metrics: Sequence[Sequence[Metric]]) -> _Verdict:
    """What can be said of one content of the checklist."""
    n = len(report.sentences)
    if n < _FEWEST:
        return _Verdict("not_assessable", f"The text has {_counted(n)}: too few to say what is missing.", ())
    cues = any_cue([entry["cues"]]) if entry["cues"] else None
    headed = _headed(report, cues) if cues else set()
    found = [i for i in _told(entry, report, judged) if cues is None or _speaks(report, i, cues, headed)]
    one, more = _verbs(entry)
    if not found:
        return _without_sentences(entry["content"], report, headed, one)
    evidence = tuple(report.sentences[i] for i in found)
    told = f"{_counted(len(found))} {more if len(found) > 1 else one}, {_with_figures([metrics[i] for i in found])}"
    if len(found) >= int(entry["present"]) or max(_items(sentence, report) for sentence in evidence) >= _LISTED:
        return _Verdict("present", f"{told}.", evidence)
    return _Verdict("token", f"Only {told}, and it lists no items.", evidence)


def _told(entry: Entry, report: Report, judged: Sequence[Judgement]) -> Iterator[int]:
    """The sentences that do what the content asks for."""
    wanted = set(entry["functions"].split())
    return (i for i in range(len(report.sentences)) if not wanted or judged[i].function in wanted)


def _speaks(report: Report, i: int, cues: re.Pattern[str], headed: set[str]) -> bool:
    """Whether a sentence, or the heading above it, speaks of the content."""
    sentence = report.sentences[i]
    return sentence.section_id in headed or bool(cues.search(sentence.span.of(report.simplified)))


def _verbs(entry: Entry) -> tuple[str, str]:
    """How one sentence that counts, and how several, are told of."""
    wanted = entry["functions"].split()
    kinds = " ".join(name for name in FUNCTIONS if name in wanted)
    about = " in these words" if entry["cues"] and wanted else ""
    one, more = _VERBS.get(kinds, (f"is one of {kinds}", f"are of {kinds}"))
    return one + about, more + about


def _counted(n: int) -> str:
    return f"{n} sentence{'s' * (n != 1)}"


def _with_figures(metrics: Sequence[Sequence[Metric]]) -> str:
    concrete = sum(bool(own) for own in metrics)
    if len(metrics) == 1:
        return "with a figure" if concrete else "without a figure"
    return f"{concrete} with a figure" if concrete else "none with a figure"


def _without_sentences(content: str, report: Report, headed: set[str], one: str) -> _Verdict:
    """What can be said of a content for which no sentence counts: it may stand in a table."""
    table = next((table for table in report.tables if recognize_table(table) == content), None)
    if table is not None:
        told = f"It stands in a table of {len(table.rows)} rows ({table.place}), not in sentences."
        return _Verdict("present", told, ())
    if any(sentence.section_id in headed for sentence in report.sentences):
        return _Verdict("absent", f"A heading announces it, but no sentence under it was found that {one}.", ())
    return _Verdict("not_assessable", _UNMARKED, ()) if headed else _Verdict("absent", f"No sentence was found that {one}.", ())


def _headed(report: Report, cues: re.Pattern[str]) -> set[str]:
    """Sections whose heading itself states the content (run-in headings are sentences): their sentences count with it."""
    return {section.id for section in report.outline.walk() if cues.search(to_simplified(section.title))}


def _items(sentence: Sentence, report: Report) -> int:
    """How many things a sentence lists: 一是…；二是…；三是…"""
    words = sentence.span.of(report.simplified)
    return len(function_cues("numbering").findall(words)) + words.count("；")
