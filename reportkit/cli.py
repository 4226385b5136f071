"""The command line: what is asked, and what is written where.

Files are read in a child process with hard limits.  What cannot be used is one line on stderr, exit status 2, and costs the
other files nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from reportkit.apart.process import Reading, read_apart
from reportkit.coverage.genres import GENRES
from reportkit.display import visible, writable
from reportkit.display.printed import WRITERS
from reportkit.display.safe import file_name, guarded_output
from reportkit.display.spreadsheets import as_csv
from reportkit.errors import ExportError, ReportkitError
from reportkit.faults import fault_sentence, place_of
from reportkit.reading import extract_repairs
from reportkit.report import Report
from reportkit.writing import DISK_FULL, sentence_of, write_whole

if TYPE_CHECKING:
    import pandas as pd


@guarded_output()
def main(argv: Sequence[str] | None = None) -> int:
    """Run ``reportkit``; returns the exit status.

    0 all is done, 1 a fault of reportkit, 2 something that was asked for cannot be had, 130 stopped with
    Ctrl-C, 143 by ``kill``.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Windows would take the code page; a name that is no UTF-8 is shown with its odd bytes as \\udcff.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        with _told_to_end():
            status = int(arguments.run(arguments))
            if sys.stdout is not None:
                sys.stdout.flush()  # what cannot be written is known here, not at the very end
            return status
    except BrokenPipeError:  # `reportkit text FILE | head` is no fault
        _silence(sys.stdout)
        return 0
    except BaseException as error:
        status, sentence = _ending(error)
        _say(sentence)
        return status


class _ToldToEnd(BaseException):
    """The system or another program asks this one to end."""


@contextlib.contextmanager
def _told_to_end() -> Iterator[None]:
    """Let a request to end (``kill``, a terminal that closes) unwind like Ctrl-C, so that no process and no folder is left."""

    def end(number: int, _: object) -> NoReturn:
        raise _ToldToEnd(number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        for number in numbers:
            if before[number] == signal.SIG_DFL:  # what another program chose (as nohup does) stays
                signal.signal(number, end)
        yield
    finally:
        for number, chosen in before.items():
            if chosen is not None:
                signal.signal(number, chosen)


def _ending(error: BaseException) -> tuple[int, str]:
    """The exit status and the one line for whatever ended a command."""
    if isinstance(error, ReportkitError):
        return 2, str(error)
    if isinstance(error, KeyboardInterrupt):
        return 130, "stopped; what was written before is whole. Run it again for the rest."
    if isinstance(error, _ToldToEnd):
        return 128 + int(error.args[0]), "told to end; what was written before is whole. Run it again for the rest."
    if isinstance(error, OSError) and error.filename is None and error.errno in _OUTPUT_FAULTS:
        _silence(sys.stdout)
        return 2, sentence_of("the output", error)
    if isinstance(error, OSError):
        return 2, sentence_of(str(error.filename or "a file that is needed"), error)
    if isinstance(error, MemoryError):
        return 2, "the memory is full; close other programs, or name fewer files at once."
    if isinstance(error, Exception):
        return 1, fault_sentence("this command", place_of(error))
    raise error


_OUTPUT_FAULTS = DISK_FULL | {errno.EIO, errno.EBADF}


def _say(sentence: str) -> None:
    """One line to people."""
    if sys.stderr is None:
        return  # closed; print would take the output for it
    with contextlib.suppress(OSError, ValueError):
        print(f"reportkit: {visible(sentence)}", file=sys.stderr, flush=True)


def _silence(stream: TextIO | None) -> None:
    """Let what is still waiting to be written go nowhere: at its end, Python would try again and complain."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())  # type: ignore[union-attr]
        os.close(null)


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
        command.add_argument("files", nargs="+", metavar="FILE", help="of several, the columns doc and path tell them apart")
        command.add_argument(
            "--format", choices=list(WRITERS), help="for people, for Excel, for programs (else as --to ends, or table)"
        )
        command.add_argument("--to", metavar="FILE", help="write to a file instead")
        command.set_defaults(run=_tables, command=name)
        return command

    metrics = table_command("metrics", "print every figure that a report states")
    which = metrics.add_mutually_exclusive_group()
    which.add_argument("--rejected", action="store_true", help="print the numbers that are no figures, and why, instead")
    which.add_argument("--checks", action="store_true", help="print whether the figures agree with each other, instead")
    metrics.set_defaults(make=_metrics)

    sentiment = table_command("sentiment", "print what each sentence does and how it speaks, beside SnowNLP's score")
    shown = sentiment.add_mutually_exclusive_group()
    shown.add_argument("--outcomes", action="store_true", help="print every change and whether it is for the better, instead")
    shown.add_argument("--summary", action="store_true", help="print counts and shares by section, instead")
    sentiment.set_defaults(make=_sentiment)

    table_command("citations", "print the documents that a report cites").set_defaults(make=_citations)
    mechanisms = table_command("mechanisms", "print the named mechanisms that a report describes")
    mechanisms.add_argument("--quotations", action="store_true", help="print every quotation and what it is, instead")
    mechanisms.set_defaults(make=_mechanisms)
    coverage = table_command("coverage", "print which contents asked of its genre a report has")
    coverage.add_argument("--genre", choices=GENRES, help="the genre, where title and text do not tell it")
    coverage.set_defaults(make=_coverage)

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
    n_pages = len(files) * len(notebook_paths())
    with tqdm(total=n_pages, file=sys.__stderr__, disable=not sys.stderr.isatty(), unit="page", leave=False) as bar:

        def show(line: str) -> None:
            bar.set_description_str(visible(line)[:50])
            bar.update()

        site = export(files, arguments.to, progress=show)
    for failure in site.failures:
        _say(f"{failure.notebook}: " * bool(failure.notebook) + failure.reason)
    print(f"{len(site.pages)} pages: {visible(str(site.index))}")
    return 2 if site.failures else 0


def _outline(arguments: argparse.Namespace) -> int:
    outline = read_apart(arguments.file).outline
    print(writable(json.dumps(outline.as_dict(), ensure_ascii=False, indent=1)) if arguments.format == "json" else outline)
    return 0


def _text(arguments: argparse.Namespace) -> int:
    report = read_apart(arguments.file)
    print(as_csv(extract_repairs(report), sep="\t")[:-1] if arguments.repairs else report.text)
    return 0


def _metrics(report: Report, arguments: argparse.Namespace) -> pd.DataFrame:
    from reportkit.metrics import check_metrics, extract_metrics, extract_rejected

    make = extract_rejected if arguments.rejected else check_metrics if arguments.checks else extract_metrics
    return make(report)


def _sentiment(report: Report, arguments: argparse.Namespace) -> pd.DataFrame:
    from reportkit.sentiment.outcomes import extract_outcomes
    from reportkit.sentiment.table import score_sentiment, summarize_sentiment

    if arguments.outcomes:
        return extract_outcomes(report)
    return summarize_sentiment(score_sentiment(report)) if arguments.summary else score_sentiment(report)


def _citations(report: Report, arguments: argparse.Namespace) -> pd.DataFrame:
    from reportkit.mentions.citations import extract_citations

    return extract_citations(report)


def _mechanisms(report: Report, arguments: argparse.Namespace) -> pd.DataFrame:
    from reportkit.mentions.register import extract_mechanisms, extract_quotations

    return extract_quotations(report) if arguments.quotations else extract_mechanisms(report)


def _coverage(report: Report, arguments: argparse.Namespace) -> pd.DataFrame:
    from reportkit.coverage.verdicts import check_coverage

    return check_coverage(report, genre=arguments.genre)


def _tables(arguments: argparse.Namespace) -> int:
    """The tables of one or several files as one; a file that cannot be used is told, and the others are printed."""
    import pandas as pd
    from tqdm import tqdm

    write = WRITERS[arguments.format or _format_of(arguments.to)]
    tables, status = [], 0
    quiet = len(arguments.files) < 2 or not sys.stderr.isatty()
    with Reading() as reading:
        for file in tqdm(arguments.files, file=sys.__stderr__, disable=quiet, unit="file", leave=False):
            try:
                report = reading.read(file)
                table = arguments.make(report, arguments)
            except ReportkitError as error:
                _say(str(error))
                status = 2
                continue
            except Exception as error:  # whatever it is, it costs this file only
                _say(fault_sentence(file, place_of(error)))
                status = 2
                continue
            if len(arguments.files) > 1:
                table.insert(0, "doc", report.source.sha256)
                table.insert(1, "path", file_name(file))
            tables.append(table)
    if tables:
        table = pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)
        _put(write(table, arguments.command), arguments.to)
    return status


def _format_of(to: str | None) -> str:
    """The format that the name of a file to write asks for."""
    if to is None:
        return "table"
    formats = {".csv": "csv", ".jsonl": "jsonl", ".txt": "table"}
    ending = Path(to).suffix.lower()
    if ending not in formats:
        raise ExportError(f"{to}: the name ends in none of {', '.join(formats)}; name the format with --format as well.")
    return formats[ending]


def _put(text: str, to: str | None) -> None:
    if to is None:
        print(text, end="")
        return
    write_whole(Path(to), writable(text))


def _lab(arguments: argparse.Namespace) -> int:
    from reportkit.teaching.lab import open_lab

    return open_lab(Path(arguments.to), browser=not arguments.no_browser)


if __name__ == "__main__":
    if sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109  `python -m` puts the current folder there
        del sys.path[0]  # nothing that lies beside a report is imported from here on
    sys.exit(main())
