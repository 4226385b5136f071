"""Pictures of structure: sections, sentences, words; each with caption, alt text and the data drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportkit.plots.drawing import (
    BLUE,
    GREY,
    ORANGE,
    Figure,
    as_figure,
    axis_titles,
    bar_values,
    canvas,
    category_axis,
    chinese,
    need_rows,
    section_label,
    short,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plot_sentence_lengths", "plot_structure", "plot_words"]


def plot_structure(sections: pd.DataFrame, *, max_rows: int = 48) -> Figure:
    """A map of a report's structure: how long each section is and how many numbers it prints.

    Parameters
    ----------
    sections
        The table of :func:`reportkit.extract_sections`.
    max_rows
        Where there are more sections, the lowest levels are left out until they fit.

    Returns
    -------
    Figure
        Two panels of bars, a row a section in reading order: characters (n), and numbers as printed (n).  ``data`` holds
        ``path``, ``title``, ``level``, ``n_chars``, ``n_numbers``.

    Raises
    ------
    ValueError
        If the table has no row.
    """
    need_rows(sections, "sections")
    levels = sorted(sections["level"].unique())
    while len(levels) > 1 and sections["level"].isin(levels).sum() > max_rows:
        levels.pop()
    data = sections.loc[sections["level"].isin(levels), ["path", "title", "level", "n_chars", "n_numbers"]]
    data = data.head(max_rows).reset_index(drop=True)
    labels = [
        "　" * (level - 1) + short(section_label(path, title), 26 - 2 * level)
        for path, title, level in zip(data["path"], data["title"], data["level"], strict=True)
    ]
    rows = range(len(data))
    figure, (left, right) = canvas(9.2, 0.29 * len(data) + 1.1, columns=(2.2, 1))
    colours = [BLUE if level == max(levels) else GREY for level in data["level"]]
    left.barh(rows, data["n_chars"], color=colours, height=0.72)
    right.barh(rows, data["n_numbers"], color=[ORANGE if c == BLUE else GREY for c in colours], height=0.72)
    category_axis(left, labels)
    right.set_yticks([])
    right.set_ylim(left.get_ylim())
    bar_values(left, data["n_chars"])
    bar_values(right, data["n_numbers"])
    axis_titles(left, "characters (n)")
    axis_titles(right, "numbers printed (n)")
    longest = data.loc[data.loc[data["level"] == max(levels), "n_chars"].idxmax()]
    densest = data.loc[data.loc[data["level"] == max(levels), "n_numbers"].idxmax()]
    alt = (
        f"Bars for {len(data)} sections in reading order. Of those on level {max(levels)}, the longest is "
        f"{longest['path']} {longest['title']} with {longest['n_chars']:,} characters; most numbers, {densest['n_numbers']}, "
        f"stand in {densest['path']} {densest['title']}."
    )
    caption = (
        "Structure map: length of each section and numbers printed in it, in reading order. Unit: n. "
        "Grey bars include the sections below them. Source: the report."
    )
    return as_figure(figure, alt, caption, data)


def plot_sentence_lengths(sentences: pd.DataFrame, *, width: int = 20) -> Figure:
    """How long the sentences of a report are.

    Parameters
    ----------
    sentences
        The table of :func:`reportkit.extract_sentences`.
    width
        The width of a bin, in characters.

    Returns
    -------
    Figure
        A histogram with the median marked.  ``data`` holds ``from_chars``, ``to_chars`` (exclusive) and ``n_sentences``.

    Raises
    ------
    ValueError
        If the table has no row.
    """
    import pandas as pd

    need_rows(sentences, "sentences")
    lengths = sentences["n_chars"]
    bins = range(0, int(lengths.max()) + width, width)
    counts = [int(((lengths >= start) & (lengths < start + width)).sum()) for start in bins]
    data = pd.DataFrame({"from_chars": list(bins), "to_chars": [b + width for b in bins], "n_sentences": counts})
    median = float(lengths.median())
    figure, (axes,) = canvas(8, 3.4)
    axes.bar([b + width / 2 for b in bins], counts, width=0.9 * width, color=BLUE)
    axes.axvline(median, color=ORANGE, linewidth=1.8)
    axes.annotate(
        f"median {median:g}",
        (median, max(counts)),
        (6, 2),
        textcoords="offset points",
        color=ORANGE,
        fontproperties=chinese(10),
    )
    axes.set_ylim(0, max(counts) * 1.15)
    axes.set_xlim(0, bins[-1] + width)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axis_titles(axes, "characters in a sentence", "sentences (n)")
    alt = (
        f"Histogram of {len(lengths)} sentences. The shortest has {lengths.min()} characters, the longest {lengths.max()}; "
        f"half of them have {median:g} or fewer."
    )
    return as_figure(figure, alt, "Sentence lengths. Unit: characters, punctuation included. Source: the report.", data)


def plot_words(counts: pd.DataFrame, *, top: int = 20) -> Figure:
    """The most frequent words of a report.

    Parameters
    ----------
    counts
        The table of :func:`reportkit.count_words`.
    top
        How many words to draw.

    Returns
    -------
    Figure
        Bars, the most frequent word at the top.  ``data`` holds the rows drawn.

    Raises
    ------
    ValueError
        If the table has no row.
    """
    need_rows(counts, "words")
    data = counts.head(top).reset_index(drop=True)
    figure, (axes,) = canvas(7, 0.27 * len(data) + 0.9)
    axes.barh(range(len(data)), data["count"], color=BLUE, height=0.72)
    category_axis(axes, [short(word, 16) for word in data["word"]])
    bar_values(axes, data["count"])
    axis_titles(axes, "occurrences (n)")
    first = data.iloc[0]
    alt = (
        f"Bars for the {len(data)} most frequent words. {first['word']} leads with {first['count']} occurrences, "
        f"then {'、'.join(data['word'][1:5])}."
    )
    return as_figure(figure, alt, "Most frequent words of two characters or more. Unit: n. Source: the report.", data)
