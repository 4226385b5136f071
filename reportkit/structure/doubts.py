"""What a reader should look at in a section tree: numbers that do not count, paths and paragraphs that come twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportkit.report import Diagnostic, Section, Span
from reportkit.structure.headings import paragraph_spans
from reportkit.structure.numbered import MINOR, Heading

__all__ = ["diagnose"]

_LONG = 60  # characters of a paragraph that nobody writes twice


def diagnose(text: str, headings: Sequence[Heading], sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """The doubts about an outline: ``headings`` are those of its ``sections``, in reading order."""
    if not sections:
        yield Diagnostic("no_heading", "No heading was found: the whole text is the preamble.", Span(0, len(text)))
    by_start = {heading.start: heading for heading in headings}
    yield from _miscounted(sections, by_start, {})
    yield from _repeated_paths(sections)
    yield from _repeated_text(text)


def _miscounted(sections: Sequence[Section], by_start: dict[int, Heading], running: dict[int, int]) -> Iterator[Diagnostic]:
    """Numbers of siblings that skip, repeat or go back; they may count on across their parents: （一） 1. 2. （二） 3. 4."""
    last: dict[int, tuple[int, str]] = {}
    for section in sections:
        heading = by_start[section.heading.start]
        if heading.rank <= MINOR:
            last = {}
        else:
            previous, printed = last.get(heading.rank, (0, ""))
            counts_on = not previous and heading.value == running.get(heading.rank, 0) + 1
            if heading.value != previous + 1 and not counts_on:
                yield _number_diagnostic(heading.value, section, previous, printed)
            last[heading.rank] = heading.value, section.number
            running[heading.rank] = heading.value
        yield from _miscounted(section.children, by_start, running)


def _number_diagnostic(value: int, section: Section, previous: int, printed: str) -> Diagnostic:
    where = f"{section.number}{section.title[:20]}"
    if value == previous:
        return Diagnostic("repeated_number", f"The number {printed} stands twice: again before “{where}”.", section.heading)
    if value < previous:
        return Diagnostic("misordered_number", f"After {printed} the numbers go back: “{where}”.", section.heading)
    gap = f"after {printed}" if printed else "at the beginning"
    return Diagnostic("skipped_number", f"A number is missing {gap}: the next heading is “{where}”.", section.heading)


def _repeated_paths(sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Paths that several sections have: one doubt for all of them."""
    walked = [section for top in sections for section in top.walk()]
    counts = Counter(section.path for section in walked)
    seen: set[str] = set()
    for section in walked:
        if section.path in seen:
            twice = sum(count > 1 for count in counts.values())
            message = f"{twice} paths, among them {section.path}, name more than one section: tell sections by their id."
            yield Diagnostic("repeated_path", message, section.heading)
            return
        seen.add(section.path)


def _repeated_text(text: str) -> Iterator[Diagnostic]:
    """Long paragraphs that stand in the text more than once: a file that holds its report twice."""
    seen: set[str] = set()
    again = []
    for span in paragraph_spans(text):
        line = span.of(text)
        if len(line) >= _LONG:
            if line in seen:
                again.append(span)
            seen.add(line)
    if again:
        share = sum(len(span) for span in again) / len(text)
        message = f"{len(again)} long paragraphs ({share:.0%} of the text) repeat earlier ones word for word."
        yield Diagnostic("repeated_text", message, again[0])
