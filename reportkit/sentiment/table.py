"""Report → the table of what its sentences say, and its summary by section."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from reportkit.functions.clauses import BLANK, blanked
from reportkit.functions.rules import FUNCTIONS, Judgement, judge_sentences, metrics_by_sentence
from reportkit.report import Report, Sentence
from reportkit.sentiment.outcomes import Outcome, judge_change, read_directions
from reportkit.sentiment.snownlp_score import score_snownlp
from reportkit.sentiment.tone import Tone, read_tone, tone_lists

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["score_sentiment", "summarize_sentiment"]

_COLUMNS = (
    "sentence", "section", "start", "end", "snownlp", "function", "outcome", "commitment", "n_degree", "n_vague",
    "n_boilerplate", "n_metrics", "evidence",
)  # fmt: skip


def score_sentiment(
    report: Report,
    *,
    model: str | None = None,
    desired: str | os.PathLike[str] | None = None,
    lists: Mapping[str, str | os.PathLike[str]] | None = None,
) -> pd.DataFrame:
    """What each sentence of a report does and how it speaks, beside SnowNLP's score.

    Parameters
    ----------
    report
        A report that was read.
    model
        The file of a SnowNLP classifier that you trained, as for :func:`score_snownlp`.
    desired
        A list of desired directions of your own, as for :func:`extract_outcomes`.
    lists
        Word lists of your own, by name: ``commitment`` (columns ``term``, ``strength``), ``degree``, ``vague`` (``term``),
        ``boilerplate`` (``phrase``).

    Returns
    -------
    DataFrame
        One row a sentence, in reading order: ``sentence``, ``section`` (path), ``start``, ``end``; ``snownlp`` (0–1, equal
        to SnowNLP's own); ``function`` (``context`` frames, ``measure`` tells what was done, ``result`` what came of it,
        ``problem`` admits, ``plan`` promises); ``outcome`` of the changes in it (``favourable``, ``unfavourable``,
        ``unknown``, ``""`` without a change that has one); ``commitment`` (0 none, 1 tries, 2 intends, 3 binds: the
        strongest word); ``n_degree``, ``n_vague``, ``n_boilerplate`` (words of each list); ``n_metrics`` (figures);
        ``evidence``: the words for all of it, and the function that came second.

    Raises
    ------
    LexiconError, LoadingError
        If a list or a model cannot be read.

    Notes
    -----
    One function a sentence, though many results tell their measure in the same breath: see the runner-up.  Of changes that
    point both ways the outcome is ``unknown``.  How often it errs stands in the README (measured by ``tests/accuracy``).
    Source: the codes are those of content analysis of official reports; the rules read as
    :data:`reportkit.sentiment.functions.RULES`.
    """
    import pandas as pd

    by_sentence = metrics_by_sentence(report)
    scores = score_snownlp([sentence.text for sentence in report.sentences], model=model)
    rows = []
    judgements = judge_sentences(report)
    words, directions = tone_lists(lists), read_directions(desired)
    for sentence, score, judged, own in zip(report.sentences, scores, judgements, by_sentence, strict=True):
        changes = [outcome for metric in own if (outcome := judge_change(metric, directions))]
        tone = read_tone(sentence.span.of(report.simplified), words)
        place = (sentence.text, sentence.section, sentence.span.start, sentence.span.end)
        counts = (tone.strength, len(tone.degree), len(tone.vague), len(tone.boilerplate), len(own))
        evidence = _evidence(judged, changes, tone, _printer(report, sentence))
        rows.append((*place, score, judged.function, _outcome(changes), *counts, evidence))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def summarize_sentiment(sentiment: pd.DataFrame, *, level: int = 1) -> pd.DataFrame:
    """What the sentences of each section do, in counts and shares.

    Parameters
    ----------
    sentiment
        The table of :func:`score_sentiment`.
    level
        How deep sections are told apart: 1 for chapters.

    Returns
    -------
    DataFrame
        One row a section in reading order (``""`` holds what stands before and after the sections), and ``all`` at the end:
        ``section``, ``n_sentences``; for each function its count ``n_result`` and share ``result_share`` (0–1), and so on;
        ``problem_per_result`` (problem sentences for each result sentence); ``n_checkable`` and ``specificity`` (sentences
        that state a figure, and their share, 0–1); ``n_vague``, ``n_boilerplate``.  A ratio without a denominator is ``NaN``.

    Raises
    ------
    ValueError
        If ``level`` is below 1.

    Notes
    -----
    A share says little where the count is small: read both.
    """
    import pandas as pd

    if level < 1:
        raise ValueError(f"level={level} was asked for; 1 (chapters) or more was expected")
    paths = sentiment["section"].map(lambda path: "/".join(path.split("/")[:level]))
    rows = [_summary(path, sentiment[paths == path]) for path in dict.fromkeys(paths)]
    return pd.DataFrame([*rows, _summary("all", sentiment)])


def _summary(name: str, rows: pd.DataFrame) -> dict[str, object]:
    n = len(rows)
    counts = {function: int((rows["function"] == function).sum()) for function in FUNCTIONS}
    checkable = int((rows["n_metrics"] > 0).sum())
    return {
        "section": name,
        "n_sentences": n,
        **{f"n_{function}": count for function, count in counts.items()},
        **{f"{function}_share": _ratio(count, n) for function, count in counts.items()},
        "problem_per_result": _ratio(counts["problem"], counts["result"]),
        "n_checkable": checkable,
        "specificity": _ratio(checkable, n),
        "n_vague": int(rows["n_vague"].sum()),
        "n_boilerplate": int(rows["n_boilerplate"].sum()),
    }


def _ratio(part: int, whole: int) -> float:
    """A ratio, ``NaN`` where there is nothing to compare with."""
    return part / whole if whole else float("nan")


def _outcome(changes: Sequence[Outcome]) -> str:
    told = {change.outcome for change in changes} - {""}
    clear = told - {"unknown"}
    return clear.pop() if len(clear) == 1 else "unknown" if told else ""


def _evidence(judged: Judgement, changes: Sequence[Outcome], tone: Tone, printed: Callable[[str], str]) -> str:
    """Why a row says what it says, for people to read; words of the sentence as printed."""
    parts = [f"{judged.function}: {_words(judged, judged.function, printed)}"]
    if judged.runner_up:
        parts.append(f"then {judged.runner_up}: {_words(judged, judged.runner_up, printed)}")
    parts += [f"outcome: {change.reason}" for change in changes]
    if tone.commitment:
        parts.append("commitment: " + "、".join(f"{printed(word)} {strength}" for word, strength in tone.commitment))
    for name, words in (("degree", tone.degree), ("vague", tone.vague), ("boilerplate", tone.boilerplate)):
        if words:
            parts.append(f"{name}: {'、'.join(map(printed, words))}")
    return " · ".join(parts)


def _words(judged: Judgement, function: str, printed: Callable[[str], str]) -> str:
    told = [f"{printed(vote.words)} ({vote.rule})" for vote in judged.votes if vote.function == function and vote.words]
    return "、".join(dict.fromkeys(told)) or "no word of a list, only the order of its words"


def _printer(report: Report, sentence: Sentence) -> Callable[[str], str]:
    """A function that gives the words that rules read in a sentence as the sentence prints them."""
    read = sentence.span.of(report.simplified)
    if read == sentence.text:
        return str
    blanked_out = blanked(read)

    def printed(words: str) -> str:
        at = max(read.find(words), blanked_out.find(words))
        shown = sentence.text[at : at + len(words)] if at >= 0 else words
        return "".join(BLANK if char == BLANK else own for char, own in zip(words, shown, strict=True))

    return printed
