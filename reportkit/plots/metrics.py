"""Pictures of the figures that a report states; each with caption, alt text and the data drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportkit.display import number
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
    log_axis,
    need_rows,
    short,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plot_changes", "plot_density", "plot_levels"]

_BOUNDS = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "approx": "≈ "}
_TURNED = str.maketrans("≥≤", "≤≥")  # down by 10% or more is a change of -10% or less


def plot_changes(metrics: pd.DataFrame, *, top: int = 30) -> Figure:
    """The changes that a report states, as bars to the left (down) and right (up), results apart from targets.

    Parameters
    ----------
    metrics
        The table of :func:`reportkit.extract_metrics`; its changes in % are drawn, those in other units are left out.
    top
        At most so many results and so many targets, in reading order.

    Returns
    -------
    Figure
        A bar a change; base and bound stand beside it.  Targets have hollow bars in a panel of their own, on the same scale.
        ``data``: ``label``, ``change`` (signed, in %), ``base``, ``bound``, ``status``; results first.

    Raises
    ------
    ValueError
        If no change in % is stated.
    """
    changes = metrics[(metrics["kind"] == "change") & (metrics["unit"] == "%") & metrics["direction"].isin(["up", "down"])]
    need_rows(changes, "changes in %")
    data = changes.sort_values("status", key=lambda status: status == "target", kind="stable").groupby("status").head(top)
    data = data.assign(change=data["value"].where(data["direction"] == "up", -data["value"]))
    data = data[["label", "change", "base", "bound", "status"]].reset_index(drop=True)
    panels = {name: data[data["status"] == status] for status, name in (("reported", "results"), ("target", "targets"))}
    panels = {name: rows for name, rows in panels.items() if len(rows)}
    sizes = [len(rows) + 0.6 for rows in panels.values()]
    figure, axes = canvas(9, 0.33 * sum(sizes) + 0.9 + 0.3 * len(sizes), rows=sizes)
    reach = max(1.0, float(data["change"].abs().max()))
    for panel, (name, rows) in zip(axes, panels.items(), strict=True):
        _bars(panel, rows, hollow=name == "targets")
        panel.set_xlim(min(0, float(data["change"].min())) - 0.04 * reach, max(0, float(data["change"].max())) + 0.62 * reach)
        if "targets" in panels:
            panel.set_title(name, loc="left", fontproperties=chinese(10), color=INK)
    for panel in axes:  # names flush left over both panels
        panel.tick_params(axis="y", pad=max(each.yaxis.get_major_ticks()[0].get_pad() for each in axes))
    axis_titles(axes[-1], "change (%)")
    alt = "Diverging bars, down to the left, up to the right. " + " ".join(
        f"{name.capitalize()} ({'hollow' if name == 'targets' else 'filled'} bars): {_summary(rows)}"
        for name, rows in panels.items()
    )
    apart = " Filled bars: results; hollow bars, in a panel of their own: targets." if "targets" in panels else ""
    caption = f"Changes as stated, with their base where one is named.{apart} Unit: %. Source: the report."
    return as_figure(figure, alt, caption, data)


def _bars(axes: Any, changes: pd.DataFrame, *, hollow: bool) -> None:
    """A bar a change, with its value, bound and base beside it."""
    colours = [BLUE if change > 0 else ORANGE for change in changes["change"]]
    axes.barh(
        range(len(changes)),
        changes["change"],
        color="white" if hollow else colours,
        edgecolor=colours,
        linewidth=1.4,
        height=0.66,
    )
    category_axis(axes, [short(label or "?", 22) for label in changes["label"]])
    axes.axvline(0, color=INK, linewidth=0.8)
    for row, (change, base, bound) in enumerate(zip(changes["change"], changes["base"], changes["bound"], strict=True)):
        sign = _BOUNDS[bound] if change > 0 else _BOUNDS[bound].translate(_TURNED)
        words = f"{sign}{_signed(change)} {short(base, 14)}"
        axes.annotate(
            drawable(words), (max(change, 0), row), (4, 0), textcoords="offset points", va="center", fontproperties=chinese(8.5)
        )


def _summary(changes: pd.DataFrame) -> str:
    n_down = int((changes["change"] < 0).sum())
    first = changes.iloc[int(changes["change"].abs().to_numpy().argmax())]
    n_up = len(changes) - n_down
    return f"{len(changes)}, {n_down} down, {n_up} up; the largest is {first['label']}, {_signed(first['change'])}."


def _signed(change: float) -> str:
    return f"{'+' if change > 0 else ''}{number(change)}%"


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
        A dot and a row a figure, by section in reading order, the first 40.  ``data``: ``section``, ``label``,
        ``value``, ``status``; a target's dot is hollow.

    Raises
    ------
    ValueError
        If no level of that unit is stated.
    """
    levels = metrics[(metrics["kind"] != "change") & (metrics["unit"] == unit)]
    need_rows(levels, f"levels in {unit!r}")
    data = levels[["section", "label", "value", "status"]].head(40).reset_index(drop=True)
    labels = [f"{section or 'preamble'} {label}" for section, label in zip(data["section"], data["label"], strict=True)]
    figure, (axes,) = canvas(9, 0.3 * len(data) + 1.1)
    hollow = data["status"] == "target"
    axes.scatter(
        data["value"], range(len(data)), color=["white" if h else BLUE for h in hollow], edgecolors=BLUE, s=34, zorder=3
    )
    category_axis(axes, [short(label, 26) for label in labels])
    axes.grid(axis="y", color=GREY, linewidth=0.4)
    for row, value in enumerate(data["value"]):
        axes.annotate(number(value), (value, row), (6, 0), textcoords="offset points", va="center", fontproperties=chinese(8.5))
    if data["value"].min() > 0 and data["value"].max() / data["value"].min() > 1000:
        log_axis(axes)
    else:
        axes.locator_params(axis="x", nbins=4)  # thirteen digits need their room
        axes.xaxis.set_major_formatter(lambda value, _: number(value))
    axes.margins(x=0.16)
    axes.set_xlabel(drawable(f"value ({unit or 'no unit'})"), fontproperties=chinese(9.5))
    least, most = (data.iloc[int(at)] for at in (data["value"].to_numpy().argmin(), data["value"].to_numpy().argmax()))
    alt = (
        f"{len(data)} dots, the lowest {least['label']} with {number(least['value'])} {unit}, "
        f"the highest {most['label']} with {number(most['value'])} {unit}."
    )
    apart = ""
    if hollow.any():
        alt += f" {int(hollow.sum())} of them are hollow: targets."
        apart = " Filled: results; hollow: targets."
    caption = f"Levels and shares stated in {unit}, by section.{apart} Unit: {unit}. Source: the report."
    return as_figure(figure, alt, caption, data)


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
