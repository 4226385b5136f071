"""Does a report contain what the rules ask of its genre?  By what sentences say and do, never by headings.

Checklists are data, ``lexicons/coverage/*.tsv``: each content with the sentences that count for it, how many make it present,
and the rule that asks for it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.coverage.genres import GENRES, recognize_genre
from reportkit.coverage.standard_tables import recognize_table
from reportkit.errors import LexiconError
from reportkit.functions.rules import FUNCTIONS, Judgement, judge_sentences, metrics_by_sentence
from reportkit.language.lexicon import lexicon, read_lexicon
from reportkit.metrics import Metric
from reportkit.report import Report, Sentence
from reportkit.structure.roles import section_roles

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_coverage", "measure_specificity"]

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
    own = metrics_by_sentence(report)
    judged = judge_sentences(report)
    rows = []
    for entry in _checklist(found or GENRES[0], checklist):
        if not found and checklist is None:
            verdict = _Verdict("not_assessable", "Neither title nor text tells the genre: name it with genre=…", ())
        else:
            verdict = _assess(entry, report, judged, own)
        first = verdict.evidence[0].span if verdict.evidence else None
        rows.append(
            {
                "content": entry["content"],
                "title": entry["title"],
                "state": verdict.state,
                "reason": verdict.reason,
                "n_sentences": len(verdict.evidence),
                "evidence": " … ".join(sentence.text for sentence in verdict.evidence[:_SHOWN]),
                "start": first.start if first else None,
                "end": first.end if first else None,
                "basis": entry["basis"],
                "genre": found,
            }
        )
    return pd.DataFrame(rows).astype({"start": "Int64", "end": "Int64"})


def _assess(
    entry: dict[str, str], report: Report, judged: Sequence[Judgement], metrics: Sequence[Sequence[Metric]]
) -> _Verdict:
    wanted = set(entry["functions"].split())
    cues = re.compile(entry["cues"]) if entry["cues"] else None
    if len(report.sentences) < _FEWEST:
        n = len(report.sentences)
        few = f"The text has {n} sentence{'s' * (n != 1)}: too few to say what is missing."
        return _Verdict("not_assessable", few, ())
    headed = _headed(report, cues) if cues else set()
    found = [
        (sentence, own)
        for sentence, judgement, own in zip(report.sentences, judged, metrics, strict=True)
        if (not wanted or judgement.function in wanted)
        and (cues is None or cues.search(sentence.text) or sentence.section_id in headed)
    ]
    evidence = tuple(sentence for sentence, _ in found)
    kinds = " ".join(name for name in FUNCTIONS if name in wanted)
    one, more = _VERBS.get(kinds, (f"is one of {kinds}", f"are of {kinds}"))
    about = " in these words" if cues and wanted else ""
    table = next((table for table in report.tables if recognize_table(table) == entry["content"]), None)
    if not found and table is not None:
        return _Verdict("present", f"It stands in a table of {len(table.rows)} rows ({table.place}), not in sentences.", ())
    if not found and headed:
        told = "A heading announces it, but no sentence stands under it: it may stand in a table that the file does not mark."
        return _Verdict("not_assessable", told, ())
    if not found:
        return _Verdict("absent", f"No sentence {one}{about}.", ())
    concrete = sum(bool(own) for _, own in found)
    stated = f"{concrete} with a figure" if concrete else "none with a figure"
    told = f"{len(found)} sentences {more}{about}" if len(found) > 1 else f"1 sentence {one}{about}"
    if len(found) >= int(entry["present"]) or max(map(_items, evidence)) >= _LISTED:
        return _Verdict("present", f"{told}, {stated}.", evidence)
    return _Verdict("token", f"Only {told}, {stated}, and it lists no items.", evidence)


def _headed(report: Report, cues: re.Pattern[str]) -> set[str]:
    """Sections whose heading itself states the content (run-in headings are sentences): their sentences count with it."""
    return {section.id for section in report.outline.walk() if cues.search(section.title)}


def _items(sentence: Sentence) -> int:
    """How many things a sentence lists: 一是…；二是…；三是…"""
    return len(re.findall("[一二三四五六七八九十]是|；", sentence.text))


def _checklist(genre: str, path: str | os.PathLike[str] | None) -> tuple[dict[str, str], ...]:
    entries = lexicon(f"coverage/{genre}") if path is None else read_lexicon(Path(path))
    for entry in entries:
        wrong = set(entry.get("functions", "?").split()) - set(FUNCTIONS)
        if wrong or not entry.get("content") or not entry.get("present", "").isdigit():
            raise LexiconError(
                f"{path}: columns content, title, functions, cues, present and basis were expected, with functions of "
                f"{', '.join(FUNCTIONS)} and a whole number in present; an entry reads {entry}."
            )
    return entries


def measure_specificity(report: Report) -> pd.DataFrame:
    """How much of a report can be checked, by chapter.

    Returns
    -------
    DataFrame
        One row a chapter, and ``all`` at the end: ``section``, ``role`` (what its heading says that it is for),
        ``n_chars``, ``n_metrics``, ``per_1000`` (figures per 1,000 characters), ``n_sentences``, ``n_checkable`` (sentences
        that state a figure), ``checkable_share`` (0–1), ``n_without_base`` (changes that name no base),
        ``n_without_denominator`` (shares of a whole that is not stated as a figure in the same sentence).

    Notes
    -----
    A figure can be checked in principle, not therefore true; a share whose whole stands in another sentence counts as
    without a denominator.
    """
    import pandas as pd

    own = metrics_by_sentence(report)
    by_id = section_roles(report.outline)
    roles = {section.path: by_id[section.id] for section in reversed(report.outline.sections)}
    chapters = dict.fromkeys(sentence.section.partition("/")[0] for sentence in report.sentences)
    groups = [(path, [i for i, s in enumerate(report.sentences) if s.section.partition("/")[0] == path]) for path in chapters]
    groups.append(("all", list(range(len(report.sentences)))))
    rows = []
    for name, places in groups:
        said = [metric for i in places for metric in own[i]]
        n_chars = sum(len(report.sentences[i].text) for i in places)
        checkable = sum(bool(own[i]) for i in places)
        whole = [metric for i in places for metric in own[i] if metric.kind == "share" and not _whole_in(own[i])]
        rows.append(
            {
                "section": name,
                "role": roles[name].name if name in roles else "",
                "n_chars": n_chars,
                "n_metrics": len(said),
                "per_1000": round(1000 * len(said) / n_chars, 1) if n_chars else 0.0,
                "n_sentences": len(places),
                "n_checkable": checkable,
                "checkable_share": checkable / len(places) if places else 0.0,
                "n_without_base": sum(metric.kind == "change" and not metric.base for metric in said),
                "n_without_denominator": len(whole),
            }
        )
    return pd.DataFrame(rows)


def _whole_in(metrics: Sequence[Metric]) -> bool:
    return any(metric.kind == "level" for metric in metrics)
