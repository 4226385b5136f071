"""Pictures of the figures that a report states; each with caption, alt text and the data drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportkit.plots.drawing import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    Figure,
    as_figure,
    axis_titles,
    bar_values,
    canvas,
    category_axis,
    chinese,
    drawable,
    need_rows,
    short,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plot_changes", "plot_density", "plot_levels"]


def plot_changes(metrics: pd.DataFrame, *, top: int = 30) -> Figure:
    """The changes that a report states, as bars to the left (down) and right (up).

    Parameters
    ----------
    metrics
        The table of :func:`reportkit.extract_metrics`; its changes in % are drawn, those in other units are left out.
    top
        At most so many, in reading order.

    Returns
    -------
    Figure
        A bar a change; base and bound stand beside it.  ``data``: ``label``, ``change`` (signed, in %), ``base``, ``bound``.

    Raises
    ------
    ValueError
        If no change in % is stated.
    """
    changes = metrics[(metrics["kind"] == "change") & (metrics["unit"] == "%") & metrics["direction"].isin(["up", "down"])]
    need_rows(changes, "changes in %")
    data = changes[["label", "value", "direction", "base", "bound"]].head(top).reset_index(drop=True)
    data["change"] = data["value"].where(data["direction"] == "up", -data["value"])
    data = data[["label", "change", "base", "bound"]]
    labels = [short(label or "?", 22) for label in data["label"]]
    figure, (axes,) = canvas(9, 0.33 * len(data) + 1.1)
    axes.barh(range(len(data)), data["change"], color=[BLUE if c > 0 else ORANGE for c in data["change"]], height=0.68)
    category_axis(axes, labels)
    axes.axvline(0, color=INK, linewidth=0.8)
    bounds = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "approx": "≈ "}
    reach = max(1.0, float(data["change"].abs().max()))
    for row, (change, base, bound) in enumerate(zip(data["change"], data["base"], data["bound"], strict=True)):
        words = f"{bounds[bound]}{change:+g}% {short(base, 14)}"
        axes.annotate(
            drawable(words), (max(change, 0), row), (4, 0), textcoords="offset points", va="center", fontproperties=chinese(8.5)
        )
    axes.set_xlim(min(0, float(data["change"].min())) - 0.04 * reach, max(0, float(data["change"].max())) + 0.62 * reach)
    axis_titles(axes, "change (%)")
    n_down = int((data["change"] < 0).sum())
    first = data.iloc[int(data["change"].abs().to_numpy().argmax())]
    alt = (
        f"Diverging bars for {len(data)} changes: {n_down} down (to the left), {len(data) - n_down} up (to the right). "
        f"The largest is {first['label']}, {first['change']:+g}%."
    )
    return as_figure(figure, alt, "Changes as stated, with their base where one is named. Unit: %. Source: the report.", data)


def plot_levels(metrics: pd.DataFrame, *, unit: str = "%") -> Figure:
    """The levels and shares of one unit that a report states, by section.

    Parameters
    ----------
    metrics
        The table of :func:`reportkit.extract_metrics`.
    unit
        Which unit to draw: only figures of one unit can be compared.

    Returns
    -------
    Figure
        A dot and a row a figure, by section in reading order, the first 40.  ``data`` holds ``section``, ``label``, ``value``.

    Raises
    ------
    ValueError
        If no level of that unit is stated.
    """
    levels = metrics[(metrics["kind"] != "change") & (metrics["unit"] == unit)]
    need_rows(levels, f"levels in {unit!r}")
    data = levels[["section", "label", "value"]].head(40).reset_index(drop=True)
    labels = [f"{section or 'preamble'} {label}" for section, label in zip(data["section"], data["label"], strict=True)]
    figure, (axes,) = canvas(9, 0.3 * len(data) + 1.1)
    axes.scatter(data["value"], range(len(data)), color=BLUE, s=34)
    category_axis(axes, [short(label, 26) for label in labels])
    axes.grid(axis="y", color=GREY, linewidth=0.4)
    for row, value in enumerate(data["value"]):
        axes.annotate(f"{value:,g}", (value, row), (6, 0), textcoords="offset points", va="center", fontproperties=chinese(8.5))
    if data["value"].min() > 0 and data["value"].max() / data["value"].min() > 1000:
        axes.set_xscale("log")
    axes.margins(x=0.12)
    axes.set_xlabel(drawable(f"value ({unit or 'no unit'})"), fontproperties=chinese(9.5))
    least, most = (data.iloc[int(at)] for at in (data["value"].to_numpy().argmin(), data["value"].to_numpy().argmax()))
    alt = (
        f"{len(data)} dots, the lowest {least['label']} with {least['value']:,g} {unit}, "
        f"the highest {most['label']} with {most['value']:,g} {unit}."
    )
    return as_figure(figure, alt, f"Levels and shares stated in {unit}, by section. Unit: {unit}. Source: the report.", data)


def plot_density(metrics: pd.DataFrame, sections: pd.DataFrame) -> Figure:
    """How many figures each section states for its length.

    Parameters
    ----------
    metrics
        The table of :func:`reportkit.extract_metrics`.
    sections
        The table of :func:`reportkit.extract_sections` of the same report.

    Returns
    -------
    Figure
        A bar a section without subsections.  ``data`` holds ``path``, ``title``, ``n_metrics`` and ``per_1000``: figures per
        1,000 characters.

    Raises
    ------
    ValueError
        If there is no section.
    """
    need_rows(sections, "sections")
    paths = list(sections["path"])
    is_leaf = [not any(other.startswith(f"{path}/") for other in paths) for path in paths]
    leaves = sections.loc[is_leaf]
    data = leaves[["path", "title", "n_chars", "start", "end"]].head(48).reset_index(drop=True)
    data["n_metrics"] = [int(metrics["start"].between(a, b - 1).sum()) for a, b in zip(data["start"], data["end"], strict=True)]
    data["per_1000"] = (1000 * data["n_metrics"] / data["n_chars"]).round(1)
    data = data[["path", "title", "n_metrics", "per_1000"]]
    figure, (axes,) = canvas(8.4, 0.29 * len(data) + 0.9)
    axes.barh(range(len(data)), data["per_1000"], color=BLUE, height=0.72)
    labels = [f"{path} {title}" if title not in path else path for path, title in zip(data["path"], data["title"], strict=True)]
    category_axis(axes, [short(label, 24) for label in labels])
    bar_values(axes, data["per_1000"])
    axis_titles(axes, "figures per 1,000 characters")
    densest = data.iloc[int(data["per_1000"].to_numpy().argmax())]
    alt = (
        f"Bars for {len(data)} sections. The densest is {densest['path']} {densest['title']} with {densest['per_1000']:g} "
        f"figures per 1,000 characters; {int((data['n_metrics'] == 0).sum())} state none."
    )
    return as_figure(
        figure, alt, "Figures stated for the length of each section. Unit: per 1,000 characters. Source: the report.", data
    )
