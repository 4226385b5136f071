"""A canvas, a font that has Chinese, and the picture with the words for who cannot see it.

Every plot is drawn on a canvas of its own with the font that ships with reportkit, so Chinese shows on any machine and
nothing of matplotlib's global state (pyplot, rcParams, font list) is touched.

Texts of a report are drawn as they are printed: matplotlib takes what stands between two dollar signs for mathematics, and all
of it for TeX where the user has asked for TeX.  :func:`as_figure`, through which every picture goes, turns both off.
"""

from __future__ import annotations

import io
import logging
import math
import os
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.display import visible, writable

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BLUE", "GREEN", "GREY", "INK", "ORANGE", "PURPLE", "Figure", "as_figure", "axis_titles", "bar_values", "canvas",
    "category_axis", "chinese", "drawable", "font_path", "log_axis", "need_rows", "section_label", "short",
]  # fmt: skip

# Okabe and Ito's colours, which colour-blind readers can tell apart (Color Universal Design, 2008).
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
GREY, INK = "#B8C4CC", "#222222"
_DPI = 144
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
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
        return f"Figure: {visible(self.caption)}\n  {visible(self.alt)}"

    def _repr_html_(self) -> str:
        picture = b64encode(self.image).decode()
        return (
            '<figure class="reportkit-figure" style="margin:0">'
            f'<img src="data:image/png;base64,{picture}" alt="{escape(writable(self.alt))}" '
            'style="max-width:100%;height:auto;background:#fff">'
            f"<figcaption>{escape(writable(self.caption))}</figcaption></figure>"
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture as PNG and return where."""
        target = Path(path)
        target.write_bytes(self.image)
        return target


def font_path() -> Path:
    """The font that ships with reportkit: GB 2312 and 通用规范汉字表 from Noto Sans SC (OFL 1.1)."""
    return Path(str(files("reportkit") / "fonts" / "ReportkitSansSC-Regular.otf"))


def canvas(
    width: float, height: float, columns: Sequence[float] = (1,), rows: Sequence[float] = (1,)
) -> tuple[Any, Sequence[Any]]:
    """A figure of its own (no pyplot), with a panel for each column and row, row by row."""
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
    axes = figure.subplots(len(rows), len(columns), squeeze=False, width_ratios=columns, height_ratios=rows).ravel().tolist()
    for panel in axes:
        panel.set_facecolor("white")
        for side in ("top", "right"):
            panel.spines[side].set_visible(False)
        panel.tick_params(colors=INK, labelsize=9)
        panel.ticklabel_format(useMathText=False)
    return figure, axes


def category_axis(axes: Any, labels: Sequence[str]) -> None:
    """Put labels, flush left, beside the rows, the first row at the top."""
    axes.set_yticks(range(len(labels)), labels=[drawable(label) for label in labels], fontproperties=chinese(9.5))
    axes.set_ylim(len(labels) - 0.4, -0.6)
    for tick in axes.get_yticklabels():
        tick.set_horizontalalignment("left")
    axes.tick_params(axis="y", length=0, pad=_label_width(labels))


def _label_width(labels: Sequence[str]) -> float:
    """Points that the widest label takes at 9.5 points, so that labels can be set flush left."""
    return 10 + 9.5 * max(sum(1 if char > "\u2000" else 0.56 for char in label) for label in labels)


def bar_values(axes: Any, values: pd.Series[Any]) -> None:
    """Write its value at the end of each bar."""
    for row, value in enumerate(values):
        axes.annotate(f"{value:,}", (value, row), (3, 0), textcoords="offset points", va="center", fontproperties=chinese(8.5))
    axes.set_xlim(0, max(1, values.max()) * 1.13)


def axis_titles(axes: Any, below: str, beside: str = "") -> None:
    """Name the axes."""
    axes.set_xlabel(below, fontproperties=chinese(9.5))
    axes.set_ylabel(beside, fontproperties=chinese(9.5))


def log_axis(axes: Any) -> None:
    """Make the axis below one of powers of ten, written 10³: matplotlib's own are mathematics, of which nothing is drawn."""
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"10{str(round(math.log10(value))).translate(_RAISED)}")


def as_figure(canvas: Any, alt: str, caption: str, data: pd.DataFrame) -> Figure:
    """Render a canvas, no text of it taken for mathematics or TeX; the same drawing gives the same bytes."""
    from matplotlib.text import Text

    for text in canvas.findobj(Text):
        text.set_parse_math(False)
        text.set_usetex(False)
    stream = io.BytesIO()
    canvas.savefig(stream, format="png", metadata={"Software": None})
    return Figure(stream.getvalue(), alt, caption, data)


def chinese(size: float) -> Any:
    """The shipped font at a size in points."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font_path()), size=size)


def drawable(text: str) -> str:
    """The text with 〓 for each character that the font lacks."""
    known = _characters()
    return "".join(char if ord(char) in known else _MISSING for char in text)


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_path()) as font:
        return frozenset(font.getBestCmap())


def section_label(path: str, title: str) -> str:
    """How a plot names a section: its last number and its title."""
    number = path.rpartition("/")[2]
    return title if number == title else f"{number} {title}"


def short(text: str, length: int) -> str:
    """The text, cut with … where it is too long for a plot."""
    return text if len(text) <= length else text[: length - 1] + "…"


def need_rows(table: pd.DataFrame, what: str) -> None:
    """Refuse to draw an empty table."""
    if table.empty:
        raise ValueError(f"the table holds no {what}: there is nothing to draw; look at report.outline first")
