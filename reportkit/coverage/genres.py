"""Which genre a report is of: each owes its readers other contents."""

from __future__ import annotations

from reportkit.language.cues import any_cue
from reportkit.language.lexicon import lexicon
from reportkit.language.script import to_simplified
from reportkit.report import Report

__all__ = ["GENRES", "recognize_genre"]

GENRES = ("law_based_government", "information_disclosure", "government_work")
_OPENING = 300  # characters in which a title may stand


def recognize_genre(report: Report) -> str:
    r"""The genre of a report (one of :data:`GENRES`), by its title, else by its text; ``""`` where neither tells.

    >>> from reportkit import parse
    >>> recognize_genre(parse("某市2023年法治政府建设年度报告\n\n一、主要举措\n推进依法行政。"))
    'law_based_government'
    """
    opening = report.simplified[: min(_OPENING, report.outline.preamble_span.end)]
    headings = "\n".join(section.title for section in report.outline.sections)
    places = {
        "title": f"{to_simplified(report.outline.title)}\n{opening}",
        "headings": to_simplified(headings),
        "text": report.simplified,
    }
    entries = lexicon("genres", ("genre", "where", "cue"), ("cue",))
    return next((entry["genre"] for entry in entries if any_cue([entry["cue"]]).search(places[entry["where"]])), "")
