"""Pictures of what a report describes and owes: mechanisms and coverage; each with caption, alt text and the data drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportkit.plots.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    Figure,
    as_figure,
    axis_titles,
    canvas,
    category_axis,
    chinese,
    drawable,
    need_rows,
    short,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plot_coverage", "plot_mechanisms"]

_STATES = {"present": GREEN, "token": "#F0C808", "absent": ORANGE, "not_assessable": GREY}


def plot_mechanisms(mechanisms: pd.DataFrame, *, max_rows: int = 48) -> Figure:
    """A map of the mechanisms that a report names: where, how often, and which have figures.

    Parameters
    ----------
    mechanisms
        The table of :func:`reportkit.extract_mechanisms`.
    max_rows
        At most so many, in order of first mention.

    Returns
    -------
    Figure
        A row a mechanism, a column a section; a dot that grows with its mentions (up to four), blue where
        figures are attached.  ``data``: ``name``, ``section``, ``n_mentions``, ``n_figures``.

    Raises
    ------
    ValueError
        If the table has no row.
    """
    need_rows(mechanisms, "mechanisms")
    data = mechanisms[["name", "section"]].head(max_rows).reset_index(drop=True)
    data["n_mentions"] = mechanisms["mentions"].head(max_rows).map(len).to_list()
    data["n_figures"] = mechanisms["figures"].head(max_rows).map(len).to_list()
    sections = _in_order(mechanisms.head(max_rows))
    figure, (axes,) = canvas(9.2, 0.27 * len(data) + 1.3)
    for row, (section, mentions, figures) in enumerate(
        zip(data["section"], data["n_mentions"], data["n_figures"], strict=True)
    ):
        column = sections.index(section)
        axes.scatter([column], [row], s=34 * min(mentions, 4), color=BLUE if figures else GREY)
        words = f"{mentions} mention{'s' * (mentions > 1)}" + (f", {figures} figure{'s' * (figures > 1)}" if figures else "")
        axes.annotate(
            words, (column, row), (9, 0), textcoords="offset points", va="center", fontproperties=chinese(8), color=INK
        )
    category_axis(axes, [short(name, 24) for name in data["name"]])
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=GREY, linewidth=0.3)
    axes.set_xticks(
        range(len(sections)), labels=[drawable(short(s or "outside", 8)) for s in sections], fontproperties=chinese(8.5)
    )
    axes.set_xlim(-0.4, len(sections) + 0.4)
    axis_titles(axes, "section")
    with_figures = int((data["n_figures"] > 0).sum())
    cut = f"The first {len(data)} of {len(mechanisms)}" if len(data) < len(mechanisms) else f"{len(data)}"
    alt = (
        f"{cut} mechanisms in {len(sections)} sections, in order of first mention; {with_figures} have figures (blue), "
        f"for {len(data) - with_figures} none was found (grey)."
    )
    caption = (
        "Mechanisms by section; blue: with figures attached, larger: more mentions. Unit: mentions (n). Source: the report."
    )
    return as_figure(figure, alt, caption, data)


def _in_order(mechanisms: pd.DataFrame) -> list[str]:
    """The sections in reading order: what is named only once shows where its section stands."""
    once = mechanisms[mechanisms["mentions"].map(len) == 1]
    starts = {section: mentions[0][0] for section, mentions in zip(once["section"], once["mentions"], strict=True)}
    others = {section: mentions[-1][0] for section, mentions in zip(mechanisms["section"], mechanisms["mentions"], strict=True)}
    return sorted(others, key=lambda section: starts.get(section, others[section]))


def plot_coverage(coverage: pd.DataFrame) -> Figure:
    """The contents that a report owes, as a strip: present, token, absent.

    Parameters
    ----------
    coverage
        The table of :func:`reportkit.check_coverage`.

    Returns
    -------
    Figure
        A bar a content in the colour of its state, which is also written on it.  ``data``: ``content``, ``title``, ``state``,
        ``n_sentences``.

    Raises
    ------
    ValueError
        If the table has no row.
    """
    need_rows(coverage, "contents")
    data = coverage[["content", "title", "state", "n_sentences"]].reset_index(drop=True)
    figure, (axes,) = canvas(9.2, 0.5 * len(data) + 0.8)
    axes.barh(range(len(data)), [1] * len(data), color=[_STATES[state] for state in data["state"]], height=0.82)
    for row, (state, n) in enumerate(zip(data["state"], data["n_sentences"], strict=True)):
        words = f"{state.replace('_', ' ')} · {n} sentence{'s' * (n != 1)}"
        dark = "white" if state in ("present", "absent") else INK
        axes.annotate(words, (0.02, row), va="center", fontproperties=chinese(10), color=dark)
    category_axis(axes, [short(title, 26) for title in data["title"]])
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    alt = "; ".join(f"{title}: {state.replace('_', ' ')}" for title, state in zip(data["title"], data["state"], strict=True))
    caption = (
        "What the checklist of this genre asks for, and what was found. Unit: sentences that count (n). Source: the report."
    )
    return as_figure(figure, f"A strip of {len(data)} contents. {alt}.", caption, data)
