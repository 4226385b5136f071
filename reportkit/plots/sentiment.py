"""Pictures of tone: SnowNLP's score beside what sentences do; each with caption, alt text and the data drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportkit.functions.rules import FUNCTIONS
from reportkit.plots.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    Figure,
    as_figure,
    axis_titles,
    canvas,
    category_axis,
    chinese,
    need_rows,
    short,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plot_functions", "plot_saturation", "plot_scores"]

_COLOURS = {"context": GREY, "measure": BLUE, "result": GREEN, "problem": ORANGE, "plan": PURPLE}


def plot_scores(sentiment: pd.DataFrame) -> Figure:
    """SnowNLP's score along the report, coloured by what each sentence does.

    Parameters
    ----------
    sentiment
        The table of :func:`reportkit.score_sentiment`.

    Returns
    -------
    Figure
        A dot a sentence in reading order: how high says SnowNLP (0–1), in which row below says what it does.  ``data``:
        ``sentence_no``, ``section``, ``function``, ``snownlp``.

    Raises
    ------
    ValueError
        If the table has no row.
    """
    need_rows(sentiment, "sentences")
    data = sentiment[["section", "function", "snownlp"]].reset_index(drop=True)
    data.insert(0, "sentence_no", range(1, len(data) + 1))
    figure, (score, function) = canvas(9.2, 5.2, rows=(2.2, 1))
    for row, name in enumerate(FUNCTIONS):
        own = data[data["function"] == name]
        score.scatter(own["sentence_no"], own["snownlp"], color=_COLOURS[name], s=26)
        function.scatter(own["sentence_no"], [row] * len(own), color=_COLOURS[name], s=26, marker="s")
    score.axhline(0.5, color=INK, linewidth=0.8, linestyle=":")
    score.set_ylim(-0.05, 1.05)
    category_axis(function, FUNCTIONS)
    for panel in (score, function):
        panel.set_xlim(0, len(data) + 1)
        _mark_chapters(panel, data)
    axis_titles(score, "", "SnowNLP's score (0–1)")
    axis_titles(function, "sentence, in reading order")
    low = data[data["snownlp"] < 0.5]
    results = data[data["function"] == "result"]
    alt = (
        f"Two panels for {len(data)} sentences. Above, SnowNLP's score: {len(low)} lie below 0.5; "
        f"of {len(results)} results, {int((results['snownlp'] < 0.5).sum())} do. Below, what each sentence does."
    )
    caption = (
        "SnowNLP's score along the report, beside what sentences do. Unit: score 0–1. Thin lines: chapters. Source: the report."
    )
    return as_figure(figure, alt, caption, data)


def _mark_chapters(panel: Any, data: pd.DataFrame) -> None:
    chapters = data["section"].str.partition("/")[0]
    for at in data.index[chapters != chapters.shift()][1:]:
        panel.axvline(at + 0.5, color=GREY, linewidth=0.8)


def plot_functions(summary: pd.DataFrame) -> Figure:
    """What the sentences of each section do, in shares with counts.

    Parameters
    ----------
    summary
        The table of :func:`reportkit.summarize_sentiment`.

    Returns
    -------
    Figure
        A bar a section, made of the shares of the five functions; counts stand in the pieces.  ``data`` holds ``section``,
        ``n_sentences`` and the count of each function.

    Raises
    ------
    ValueError
        If the table has no row.
    """
    need_rows(summary, "sections")
    data = summary[["section", "n_sentences", *(f"n_{name}" for name in FUNCTIONS)]].head(40).reset_index(drop=True)
    figure, (axes,) = canvas(9.2, 0.36 * len(data) + 1.5)
    left = data["n_sentences"] * 0.0
    for name in FUNCTIONS:
        share = data[f"n_{name}"] / data["n_sentences"].where(data["n_sentences"] > 0, 1)
        axes.barh(range(len(data)), share, left=left, color=_COLOURS[name], height=0.72, label=name)
        for row, (start, width, count) in enumerate(zip(left, share, data[f"n_{name}"], strict=True)):
            if width > 0.04:
                dark = name in ("context", "plan")
                axes.annotate(
                    str(count), (start + width / 2, row), ha="center", va="center", fontproperties=chinese(8.5),
                    color=INK if dark else "white",
                )  # fmt: skip
        left = left + share
    category_axis(
        axes,
        [
            f"{short(name or 'outside sections', 18)} ({n})"
            for name, n in zip(data["section"], data["n_sentences"], strict=True)
        ],
    )
    axes.set_xlim(0, 1)
    axes.legend(ncols=5, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, prop=chinese(9))
    axis_titles(axes, "share of sentences (0–1), with counts")
    whole = data.iloc[-1]
    alt = f"Stacked bars for {len(data)} rows. Of {whole['n_sentences']} sentences in {whole['section']}, " + ", ".join(
        f"{whole[f'n_{name}']} {name}" for name in FUNCTIONS
    )
    return as_figure(
        figure, alt + ".", "What the sentences of each section do. Unit: share of sentences. Source: the report.", data
    )


def plot_saturation(sentiment: pd.DataFrame) -> Figure:
    """SnowNLP's score against the length of a sentence: the longer, the nearer to 0 or 1.

    Parameters
    ----------
    sentiment
        The table of :func:`reportkit.score_sentiment`, or any with the columns ``sentence`` and ``snownlp``.

    Returns
    -------
    Figure
        A dot a sentence.  ``data`` holds ``n_chars``, ``snownlp`` and ``extreme`` (below 0.01 or above 0.99).

    Raises
    ------
    ValueError
        If the table has no row.
    """
    import pandas as pd

    need_rows(sentiment, "sentences")
    data = pd.DataFrame({"n_chars": sentiment["sentence"].str.len(), "snownlp": sentiment["snownlp"]}).reset_index(drop=True)
    data["extreme"] = ~data["snownlp"].between(0.01, 0.99)
    figure, (axes,) = canvas(8, 3.8)
    for extreme, colour in ((False, BLUE), (True, ORANGE)):
        own = data[data["extreme"] == extreme]
        axes.scatter(own["n_chars"], own["snownlp"], color=colour, s=26)
    axes.set_ylim(-0.05, 1.05)
    axes.set_xlim(0, float(data["n_chars"].max()) * 1.05)
    axis_titles(axes, "characters in a sentence", "SnowNLP's score (0–1)")
    median = float(data["n_chars"].median())
    long, brief = data[data["n_chars"] > median], data[data["n_chars"] <= median]
    alt = (
        f"{len(data)} dots. Of the {len(brief)} sentences of up to {median:g} characters, {int(brief['extreme'].sum())} score "
        f"below 0.01 or above 0.99 (orange); of the {len(long)} longer ones, {int(long['extreme'].sum())}."
    )
    caption = (
        "SnowNLP's score against length; orange: below 0.01 or above 0.99. Unit: score 0–1, characters. Source: the report."
    )
    return as_figure(figure, alt, caption, data)
