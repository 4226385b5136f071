"""The model as text and as HTML.

Reports, outlines, sections and tables are told by their attributes, since the model is defined to the right of this module.
HTML escapes every character of a report, has no script and no colour of its own: it reads in the dark and on paper, and what
is between two dollar signs stays as it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from html import escape
from typing import Any

from reportkit.display.safe import visible

__all__ = ["brief", "outline_html", "outline_repr", "outline_text", "report_html", "report_repr", "table_html"]
_FEW = 16  # lines of an outline in a repr
_MANY = 40  # sections, from which a report folds its chapters
_ROWS = 20  # of a table's cells
_LONG = 48  # characters of a text in a repr
_PLAIN = "tex2jax_ignore mathjax_ignore"  # classes that MathJax leaves alone


def brief(item: Any) -> str:
    """The repr of one of the model's dataclasses: long texts are cut, of tuples only the length is told."""
    told = (f"{each.name}={_brief(getattr(item, each.name))}" for each in fields(item) if each.repr)
    return f"{type(item).__name__}({', '.join(told)})"


def _brief(value: object) -> str:
    if isinstance(value, tuple):
        return f"<{len(value):,} items>"
    return repr(_cut(value) if isinstance(value, str) else value)


def _cut(text: str, length: int = _LONG) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _head(outline: Any) -> str:
    return " · ".join(str(part) for part in (outline.title or "(no title)", outline.issuer, outline.year) if part)


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def outline_text(outline: Any) -> str:
    """The whole tree, a section a line."""
    lines = [_head(outline)]
    if outline.preamble:
        lines.append(f"├─ (preamble) {_length(outline.preamble_span)}")
    lines += _tree(outline.sections)
    if outline.closing:
        lines.append(f"└─ (closing) {_length(outline.closing_span)}")
    lines += (f"!  {diagnostic.message}" for diagnostic in outline.diagnostics)
    return "\n".join(map(visible, lines))


def _length(span: Any) -> str:
    return f"[{len(span):,} characters]"


def _tree(sections: Iterable[Any], deepest: int | None = None, indent: str = "") -> Iterator[str]:
    for section in sections:
        yield f"{indent}├─ {section.number}{section.title} {_length(section.span)}"
        if deepest is None or section.level < deepest:
            yield from _tree(section.children, deepest, indent + "│  ")


def _first_levels(outline: Any) -> list[str]:
    """As many levels of the tree as fit in a few lines; of the first level, no more than these."""
    levels = sorted({section.level for section in outline.walk()})
    trees = [list(_tree(outline.sections, level)) for level in levels]
    lines = max((tree for tree in trees if len(tree) <= _FEW), key=len, default=trees[0][:_FEW] if trees else [])
    lines = [_cut(line, 2 * _LONG) for line in lines]
    hidden = sum(1 for _ in outline.walk()) - len(lines)
    return [*lines, f"└─ … {_counted(hidden, 'further section')}"] if hidden else lines


def outline_repr(outline: Any) -> str:
    """An outline in a few lines: whose, how many sections, its first levels."""
    count = _counted(sum(1 for _ in outline.walk()), "section")
    return "\n".join(map(visible, [_cut(_head(outline), 2 * _LONG), count, *_first_levels(outline)]))


def report_repr(report: Any) -> str:
    """A report in a few lines: whose, how much, its first levels."""
    lines = [_cut(_head(report.outline), 2 * _LONG), " · ".join([report.source.format, *_counts(report)])]
    lines += (f"!  {_cut(note, 2 * _LONG)}" for note in report.source.notes)
    return "\n".join(map(visible, [*lines, *_first_levels(report.outline)]))


def _counts(report: Any) -> list[str]:
    counts = {
        "character": len(report.text),
        "section": sum(1 for _ in report.outline.walk()),
        "sentence": len(report.sentences),
        "repair": len(report.repairs),
        "table": len(report.tables),
    }
    return [_counted(n, what) for what, n in counts.items()]


def outline_html(outline: Any) -> str:
    """The whole tree, with sections that fold."""
    diagnostics = "".join(f"<li>{escape(diagnostic.message)}</li>" for diagnostic in outline.diagnostics)
    diagnostics = f'<ul class="reportkit-diagnostics">{diagnostics}</ul>' if diagnostics else ""
    tree = f"<b>{escape(_head(outline))}</b>{_tree_html(outline, folded=False)}{diagnostics}"
    return f'<div class="reportkit-outline {_PLAIN}" lang="zh">{tree}</div>'


def report_html(report: Any) -> str:
    """Whose report it is, of which year and format, its counts, and its outline, which folds."""
    outline = report.outline
    facts = {"body": outline.issuer or "—", "year": outline.year or "—", "format": report.source.format}
    lines = [
        f'<b lang="zh">{escape(outline.title or "(no title)")}</b>',
        " · ".join(f'{name} <span lang="zh">{escape(str(fact))}</span>' for name, fact in facts.items()),
        f"<small>{' · '.join(_counts(report))}</small>",
        *(escape(note) for note in report.source.notes),
    ]
    tree = _tree_html(outline, folded=sum(1 for _ in outline.walk()) > _MANY)
    return (
        f'<div class="reportkit-report {_PLAIN}" lang="en">{"".join(f"<div>{line}</div>" for line in lines)}'
        f'<details open class="reportkit-outline"><summary>Outline</summary><div lang="zh">{tree}</div></details></div>'
    )


def _tree_html(outline: Any, *, folded: bool) -> str:
    rows = [_branch(section, folded=folded) for section in outline.sections]
    if outline.preamble:
        rows.insert(0, f'<li><i lang="en">preamble</i> {_length_html(outline.preamble_span)}</li>')
    if outline.closing:
        rows.append(f'<li><i lang="en">closing</i> {_length_html(outline.closing_span)}</li>')
    return f"<ul>{''.join(rows)}</ul>"


def _branch(section: Any, *, folded: bool) -> str:
    label = f"{escape(section.number)}{escape(section.title)} {_length_html(section.span)}"
    if not section.children:
        return f"<li>{label}</li>"
    inside = "".join(_branch(child, folded=folded) for child in section.children)
    return f"<li><details{'' if folded else ' open'}><summary>{label}</summary><ul>{inside}</ul></details></li>"


def _length_html(span: Any) -> str:
    return f'<small lang="en">{len(span):,} characters</small>'


def table_html(table: Any) -> str:
    """The cells of a file's table under its caption, the first twenty rows."""
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in table.rows[:_ROWS])
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    hidden = len(table.rows) - _ROWS
    more = f'<p lang="en"><small>… {_counted(hidden, "further row")}</small></p>' if hidden > 0 else ""
    caption = f'<p><b>{escape(table.caption)}</b> <small lang="en">{escape(table.place)}</small></p>'
    return f'<div class="{_PLAIN}" lang="zh">{caption}<table>{cells}</table>{more}</div>'
