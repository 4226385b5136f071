"""The command line: one screen, no logic.  Input that cannot be used is one line on stderr and exit status 2."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.coverage.genres import GENRES
from reportkit.errors import ReportkitError
from reportkit.reading import extract_repairs, read

if TYPE_CHECKING:
    import pandas as pd


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``reportkit``; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows would take the code page
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except ReportkitError as error:
        print(f"reportkit: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `reportkit text FILE | head` is no fault
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reportkit", description="Read Chinese government annual reports.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    export = commands.add_parser("export", help="run the notebooks on reports and write an HTML site (without FILE: the seeds)")
    export.add_argument("files", nargs="*", metavar="FILE")
    export.add_argument("--to", required=True, metavar="DIR", help="the folder of the site")
    export.set_defaults(run=_export)

    outline = commands.add_parser("outline", help="print a report's section tree")
    outline.add_argument("file", metavar="FILE")
    outline.add_argument("--format", choices=["tree", "json"], default="tree")
    outline.set_defaults(run=_outline)

    text = commands.add_parser("text", help="print a report's clean text")
    text.add_argument("file", metavar="FILE")
    text.add_argument("--repairs", action="store_true", help="print what cleaning mended, instead")
    text.set_defaults(run=_text)

    def table_command(name: str, say: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=say)
        command.add_argument("file", metavar="FILE")
        command.add_argument("--format", choices=["table", "csv", "jsonl"], default="table")
        return command

    metrics = table_command("metrics", "print every figure that a report states")
    which = metrics.add_mutually_exclusive_group()
    which.add_argument("--rejected", action="store_true", help="print the numbers that are no figures, and why, instead")
    which.add_argument("--checks", action="store_true", help="print whether the figures agree with each other, instead")
    metrics.set_defaults(run=_metrics)

    sentiment = table_command("sentiment", "print what each sentence does and how it speaks, beside SnowNLP's score")
    shown = sentiment.add_mutually_exclusive_group()
    shown.add_argument("--outcomes", action="store_true", help="print every change and whether it is for the better, instead")
    shown.add_argument("--summary", action="store_true", help="print counts and shares by section, instead")
    sentiment.set_defaults(run=_sentiment)

    citations = table_command("citations", "print the documents that a report cites")
    mechanisms = table_command("mechanisms", "print the named mechanisms that a report describes")
    mechanisms.add_argument("--quotations", action="store_true", help="print every quotation and what it is, instead")
    coverage = table_command("coverage", "print which contents asked of its genre a report has")
    coverage.add_argument("--genre", choices=GENRES, help="the genre, where title and text do not tell it")
    for name, command in (("citations", citations), ("mechanisms", mechanisms), ("coverage", coverage)):
        command.set_defaults(run=_table, table=name)

    lab = commands.add_parser("lab", help="open JupyterLab on a working copy of the notebooks")
    lab.add_argument("--to", default="reportkit-notebooks", metavar="DIR", help="the folder of the copy (%(default)s)")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")
    lab.set_defaults(run=_lab)
    return parser


def _export(arguments: argparse.Namespace) -> int:
    from tqdm import tqdm

    from reportkit.site import export
    from reportkit.teaching.shipped import notebook_paths, seed_paths

    files = arguments.files or [str(path) for path in seed_paths()]
    with tqdm(total=len(files) * len(notebook_paths()), disable=not sys.stderr.isatty(), unit="page", leave=False) as bar:

        def show(line: str) -> None:
            bar.set_description_str(line[:50])
            bar.update()

        site = export(files, arguments.to, progress=show)
    for failure in site.failures:
        print(f"reportkit: {failure.notebook + ': ' if failure.notebook else ''}{failure.reason}", file=sys.stderr)
    print(f"{len(site.pages)} pages: {site.index}")
    return 2 if site.failures else 0


def _outline(arguments: argparse.Namespace) -> int:
    outline = read(arguments.file).outline
    print(json.dumps(outline.as_dict(), ensure_ascii=False, indent=1) if arguments.format == "json" else outline)
    return 0


def _text(arguments: argparse.Namespace) -> int:
    report = read(arguments.file)
    print(extract_repairs(report).to_csv(index=False, sep="\t", lineterminator="\n") if arguments.repairs else report.text)
    return 0


def _metrics(arguments: argparse.Namespace) -> int:
    from reportkit.metrics import check_metrics, extract_metrics, extract_rejected

    report = read(arguments.file)
    make = extract_rejected if arguments.rejected else check_metrics if arguments.checks else extract_metrics
    _print_table(make(report), arguments.format)
    return 0


def _sentiment(arguments: argparse.Namespace) -> int:
    from reportkit.sentiment.outcomes import extract_outcomes
    from reportkit.sentiment.table import score_sentiment, summarize_sentiment

    report = read(arguments.file)
    table = extract_outcomes(report) if arguments.outcomes else score_sentiment(report)
    table = summarize_sentiment(table) if arguments.summary else table
    _print_table(table, arguments.format, None if arguments.summary or arguments.outcomes else _SENTIMENT_COLUMNS)
    return 0


def _table(arguments: argparse.Namespace) -> int:
    from reportkit.coverage.verdicts import check_coverage
    from reportkit.mentions.citations import extract_citations
    from reportkit.mentions.register import extract_mechanisms, extract_quotations

    report = read(arguments.file)
    if arguments.table == "coverage":
        table = check_coverage(report, genre=arguments.genre)
    elif arguments.table == "citations":
        table = extract_citations(report)
    else:
        table = extract_quotations(report) if arguments.quotations else extract_mechanisms(report)
    _print_table(table, arguments.format, _SHOWN.get(arguments.table) if len(table.columns) > 4 else None)
    return 0


_UNSAID = "报告未说明"  # the report does not say
_SHOWN = {
    "coverage": ["content", "state", "reason"],
    "citations": ["title", "type", "year", "issuer", "section"],
    "mechanisms": ["name", "kind", "does", "actors", "cadence", "figures", "section"],
}
_SENTIMENT_COLUMNS = ["section", "function", "outcome", "snownlp", "n_metrics", "sentence"]


def _print_table(table: pd.DataFrame, format: str, columns: Sequence[str] | None = None) -> None:
    """Print a table for people (who see some columns), for Excel (which needs the byte order mark) or for programs."""
    if format == "csv":
        print("\ufeff" + table.to_csv(index=False, lineterminator="\n"), end="")
    elif format == "jsonl":
        print(table.to_json(orient="records", lines=True, force_ascii=False), end="")
    else:
        left_out = ("sentence", "period", "scope", "part_of", "start", "end")
        narrow = table[[c for c in table.columns if c not in left_out] if columns is None else list(columns)]
        narrow = narrow.astype(object).where(narrow.notna(), _UNSAID)
        wide = 40 if len(narrow.columns) > 3 else 120
        print(narrow.to_string(max_colwidth=wide) if len(table) else "(no rows)")


def _lab(arguments: argparse.Namespace) -> int:
    from reportkit.teaching.lab import open_lab

    return open_lab(Path(arguments.to), browser=not arguments.no_browser)


if __name__ == "__main__":
    sys.exit(main())
