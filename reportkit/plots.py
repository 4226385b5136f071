"""Table → picture, with the words for who cannot see it and the data that was drawn.

Every plot is drawn on a canvas of its own with the font that ships with reportkit, so Chinese shows on any machine and
nothing of matplotlib's global state (pyplot, rcParams, font list) is touched.
"""

from __future__ import annotations

import io
import logging
import os
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Figure", "font_path", "plot_sentence_lengths", "plot_structure", "plot_words"]

# Okabe and Ito's colours, which colour-blind readers can tell apart (Color Universal Design, 2008).
BLUE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#B8C4CC", "#222222"
_DPI = 144
_MISSING = "〓"  # the printers' sign for a character that the fount lacks


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG), what one sees in it, what it is and where it comes from, and the data drawn.

    ``alt`` says what one sees, ``caption`` what is drawn, in which unit and from which source.  JupyterLab and exported
    pages show picture and caption; :meth:`save` writes the picture.
    """

    image: bytes = field(repr=False)
    alt: str
    caption: str
    data: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        return f"Figure: {self.caption}\n  {self.alt}"

    def _repr_html_(self) -> str:
        picture = b64encode(self.image).decode()
        return (
            '<figure class="reportkit-figure" style="margin:0">'
            f'<img src="data:image/png;base64,{picture}" alt="{escape(self.alt)}" '
            'style="max-width:100%;height:auto;background:#fff">'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture as PNG and return where."""
        target = Path(path)
        target.write_bytes(self.image)
        return target


def font_path() -> Path:
    """The font that ships with reportkit: GB 2312 and 通用规范汉字表 from Noto Sans SC (OFL 1.1)."""
    return Path(str(files("reportkit") / "fonts" / "ReportkitSansSC-Regular.otf"))


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
    _need_rows(sections, "sections")
    levels = sorted(sections["level"].unique())
    while len(levels) > 1 and sections["level"].isin(levels).sum() > max_rows:
        levels.pop()
    data = sections.loc[sections["level"].isin(levels), ["path", "title", "level", "n_chars", "n_numbers"]]
    data = data.head(max_rows).reset_index(drop=True)
    labels = [
        "　" * (level - 1) + _short(_section_label(path, title), 26 - 2 * level)
        for path, title, level in zip(data["path"], data["title"], data["level"], strict=True)
    ]
    rows = range(len(data))
    figure, (left, right) = _canvas(9.2, 0.29 * len(data) + 1.1, columns=(2.2, 1))
    colours = [BLUE if level == max(levels) else GREY for level in data["level"]]
    left.barh(rows, data["n_chars"], color=colours, height=0.72)
    right.barh(rows, data["n_numbers"], color=[ORANGE if c == BLUE else GREY for c in colours], height=0.72)
    _category_axis(left, labels)
    right.set_yticks([])
    right.set_ylim(left.get_ylim())
    _bar_values(left, data["n_chars"])
    _bar_values(right, data["n_numbers"])
    _titles(left, "characters (n)")
    _titles(right, "numbers printed (n)")
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
    return _figure(figure, alt, caption, data)


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

    _need_rows(sentences, "sentences")
    lengths = sentences["n_chars"]
    bins = range(0, int(lengths.max()) + width, width)
    counts = [int(((lengths >= start) & (lengths < start + width)).sum()) for start in bins]
    data = pd.DataFrame({"from_chars": list(bins), "to_chars": [b + width for b in bins], "n_sentences": counts})
    median = float(lengths.median())
    figure, (axes,) = _canvas(8, 3.4)
    axes.bar([b + width / 2 for b in bins], counts, width=0.9 * width, color=BLUE)
    axes.axvline(median, color=ORANGE, linewidth=1.8)
    axes.annotate(
        f"median {median:g}", (median, max(counts)), (6, 2), textcoords="offset points", color=ORANGE, fontproperties=_font(10)
    )
    axes.set_ylim(0, max(counts) * 1.15)
    axes.set_xlim(0, bins[-1] + width)
    axes.yaxis.get_major_locator().set_params(integer=True)
    _titles(axes, "characters in a sentence", "sentences (n)")
    alt = (
        f"Histogram of {len(lengths)} sentences. The shortest has {lengths.min()} characters, the longest {lengths.max()}; "
        f"half of them have {median:g} or fewer."
    )
    return _figure(figure, alt, "Sentence lengths. Unit: characters, punctuation included. Source: the report.", data)


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
    _need_rows(counts, "words")
    data = counts.head(top).reset_index(drop=True)
    figure, (axes,) = _canvas(7, 0.27 * len(data) + 0.9)
    axes.barh(range(len(data)), data["count"], color=BLUE, height=0.72)
    _category_axis(axes, [_short(word, 16) for word in data["word"]])
    _bar_values(axes, data["count"])
    _titles(axes, "occurrences (n)")
    first = data.iloc[0]
    alt = (
        f"Bars for the {len(data)} most frequent words. {first['word']} leads with {first['count']} occurrences, "
        f"then {'、'.join(data['word'][1:5])}."
    )
    return _figure(figure, alt, "Most frequent words of two characters or more. Unit: n. Source: the report.", data)


# --- drawing --------------------------------------------------------------------------------------------------------


def _canvas(width: float, height: float, columns: Sequence[float] = (1,)) -> tuple[Any, Sequence[Any]]:
    """A figure of its own (no pyplot), with one panel a column."""
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)  # building its font list for the first time is no news to the reader
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure as Canvas
    finally:
        log.setLevel(level)
    figure = Canvas(figsize=(width, height), dpi=_DPI, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(1, len(columns), squeeze=False, width_ratios=columns)[0]
    for panel in axes:
        panel.set_facecolor("white")
        for side in ("top", "right"):
            panel.spines[side].set_visible(False)
        panel.tick_params(colors=INK, labelsize=9)
    return figure, axes


def _category_axis(axes: Any, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels=[_drawable(label) for label in labels], fontproperties=_font(9.5))
    axes.set_ylim(len(labels) - 0.4, -0.6)
    for tick in axes.get_yticklabels():
        tick.set_horizontalalignment("left")
    axes.tick_params(axis="y", length=0, pad=_label_width(labels))


def _label_width(labels: Sequence[str]) -> float:
    """Points that the widest label takes at 9.5 points, so that labels can be set flush left."""
    return 10 + 9.5 * max(sum(1 if char > "\u2000" else 0.56 for char in label) for label in labels)


def _bar_values(axes: Any, values: pd.Series[int]) -> None:
    for row, value in enumerate(values):
        axes.annotate(f"{value:,}", (value, row), (3, 0), textcoords="offset points", va="center", fontproperties=_font(8.5))
    axes.set_xlim(0, max(1, values.max()) * 1.13)


def _titles(axes: Any, below: str, beside: str = "") -> None:
    axes.set_xlabel(below, fontproperties=_font(9.5))
    axes.set_ylabel(beside, fontproperties=_font(9.5))


def _figure(canvas: Any, alt: str, caption: str, data: pd.DataFrame) -> Figure:
    stream = io.BytesIO()
    canvas.savefig(stream, format="png", metadata={"Software": None})
    return Figure(stream.getvalue(), alt, caption, data)


def _font(size: float) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font_path()), size=size)


def _drawable(text: str) -> str:
    """The text with 〓 for each character that the font lacks."""
    known = _characters()
    return "".join(char if ord(char) in known else _MISSING for char in text)


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_path()) as font:
        return frozenset(font.getBestCmap())


def _section_label(path: str, title: str) -> str:
    number = path.rpartition("/")[2]
    return title if number == title else f"{number} {title}"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _need_rows(table: pd.DataFrame, what: str) -> None:
    if table.empty:
        raise ValueError(f"the table holds no {what}: there is nothing to draw; look at report.outline first")
