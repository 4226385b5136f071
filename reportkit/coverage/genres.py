"""Which genre a report is of: each owes its readers other contents."""

from __future__ import annotations

import re

from reportkit.language.lexicon import lexicon
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
    preamble = report.text[: report.outline.preamble_span.end]
    headings = "\n".join(section.title for section in report.outline.sections)
    places = {"title": f"{report.outline.title}\n{preamble[:_OPENING]}", "headings": headings, "text": report.text}
    return next((entry["genre"] for entry in lexicon("genres") if re.search(entry["cue"], places[entry["where"]])), "")
