"""Exercises that check themselves: one line a try, the same each time, and never an exception.

The answers are kept as digests (``lexicons/answers.tsv``), so that the file gives none away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from reportkit.language.lexicon import lexicon

__all__ = ["answer_digest", "check_answer"]


def check_answer(question: str, answer: object) -> None:
    """Print whether an answer to an exercise is right.

    Parameters
    ----------
    question
        The exercise's name, such as ``"02-1"``.
    answer
        A number, a text, or a list of these; ``...`` where you have none yet.

    >>> check_answer("02-1", ...)
    02-1: no answer yet. Put yours in place of the dots and run the cell again.
    """
    known = {entry["question"]: entry for entry in lexicon("answers")}
    if question not in known:
        print(f"{question}: there is no such exercise; the names are {', '.join(known)}.")
    elif answer is ...:
        print(f"{question}: no answer yet. Put yours in place of the dots and run the cell again.")
    elif answer_digest(question, answer) == known[question]["digest"]:
        print(f"{question}: right.")
    else:
        print(f"{question}: not yet. Hint: {known[question]['hint']}")


def answer_digest(question: str, answer: object) -> str:
    """The digest of an answer, as ``lexicons/answers.tsv`` keeps it; 3, 3.0 and "3" are one answer."""
    return hashlib.sha256(f"{question}={_plain(answer)}".encode()).hexdigest()[:16]


def _plain(answer: object) -> str:
    if isinstance(answer, str):
        answer = answer.strip()
        try:
            return f"{float(answer):g}"
        except ValueError:
            return str(answer)
    if isinstance(answer, Iterable):
        return "|".join(_plain(part) for part in answer)
    try:
        return f"{float(answer):g}"  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return str(answer)
