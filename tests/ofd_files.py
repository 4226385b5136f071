"""OFD files for the tests: texts, rules, tables, templates, stamps and remarks with their places, put into a package.

``report_of(text)`` sets a text as an office prints it: lines of a page, titles in the middle, paragraphs indented by two
characters, page numbers, a letterhead in a template.  The rest are its pieces.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

SPACE = "http://www.ofdspec.org/2016"
OLD_SPACE = "http://www.ofdspec.org"  # of the drafts, and still in use
WIDTH, HEIGHT = 210.0, 297.0  # A4 in millimetres
LEFT, COLUMN, TOP, LEADING, SIZE, ON_A_PAGE = 28.0, 156.8, 40.0, 10.2, 5.6, 22
_CLOSING = "，。；：、）》”！？％"


def text(words: str, x: float, y: float, size: float = SIZE, **attributes: str) -> str:
    """A text object whose first character stands at ``x`` on the base line ``y``, each as far on as it is wide."""
    ways = [width_of(character, size) for character in words]
    box = f"{x:g} {y - 0.9 * size:g} {sum(ways):g} {1.1 * size:g}"
    code = f'<TextCode X="0" Y="{0.9 * size:g}" DeltaX="{deltas(ways[:-1])}">{escape(words)}</TextCode>'
    return text_object(code, box, size, **attributes)


def text_object(codes: str, box: str, size: float = SIZE, **attributes: str) -> str:
    """A text object of ``TextCode`` elements."""
    return f'<TextObject ID="9" Boundary="{box}" Font="3" Size="{size:g}"{_said(attributes)}>{codes}</TextObject>'


def path(data: str, box: str = "0 0 210 297", **attributes: str) -> str:
    """A path object."""
    return f'<PathObject ID="9" Boundary="{box}"{_said(attributes)}><AbbreviatedData>{data}</AbbreviatedData></PathObject>'


def image(box: str) -> str:
    """A picture that fills a box."""
    _, _, width, height = box.split()
    return f'<ImageObject ID="9" Boundary="{box}" CTM="{width} 0 0 {height} 0 0" ResourceID="8"/>'


def table(rows: Sequence[Sequence[str]], x: float, y: float, widths: Sequence[float], *, high: float = 9, how: str) -> str:
    """A table drawn as programs do: by ``lines``, by ``boxes`` around cells, or by thin filled boxes (``fills``)."""
    xs = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
    ys = [y + high * n for n in range(len(rows) + 1)]
    drawn = {"lines": _lines, "boxes": _boxes, "fills": _fills}[how](xs, ys)
    cells = (
        text(cell, xs[k] + 2, ys[n] + 0.65 * high, 4.2) for n, row in enumerate(rows) for k, cell in enumerate(row) if cell
    )
    return "".join((*drawn, *cells))


def _lines(xs: Sequence[float], ys: Sequence[float]) -> Iterator[str]:
    grid = [f"M {xs[0]:g} {y:g} L {xs[-1]:g} {y:g}" for y in ys] + [f"M {x:g} {ys[0]:g} L {x:g} {ys[-1]:g}" for x in xs]
    yield path(" ".join(grid), LineWidth="0.35")


def _boxes(xs: Sequence[float], ys: Sequence[float]) -> Iterator[str]:
    for x0, x1 in pairwise(xs):
        for y0, y1 in pairwise(ys):
            wide, high = x1 - x0, y1 - y0
            yield path(f"M 0 0 L {wide:g} 0 L {wide:g} {high:g} L 0 {high:g} C", f"{x0:g} {y0:g} {wide:g} {high:g}")


def _fills(xs: Sequence[float], ys: Sequence[float]) -> Iterator[str]:
    bars = [(x0, y, x1 - x0, 0.3) for y in ys for x0, x1 in pairwise(xs)]
    bars += [(x, y0, 0.3, y1 - y0) for x in xs for y0, y1 in pairwise(ys)]
    for x, y, wide, high in bars:
        data = f"M 0 0 L {wide:g} 0 L {wide:g} {high:g} L 0 {high:g} L 0 0 C"
        yield path(data, f"{x:g} {y:g} {wide:g} {high:g}", Stroke="false", Fill="true")


def width_of(character: str, size: float) -> float:
    """Han characters are as wide as they are high, others half of it."""
    return size / 2 if character.isascii() else size


def deltas(ways: Sequence[float]) -> str:
    """Ways to the next character in the short form of the standard: ``g 3 5.6`` for three times 5.6."""
    words: list[str] = []
    start = 0
    for n in range(1, len(ways) + 1):
        if n == len(ways) or ways[n] != ways[start]:
            words.append(f"g {n - start} {ways[start]:.4g}" if n - start > 2 else " ".join(f"{w:.4g}" for w in ways[start:n]))
            start = n
    return " ".join(words)


def page(content: str, *, template: str = "", area: str = "") -> str:
    """A page part: objects in a layer, over a template."""
    box = f"<Area><PhysicalBox>{area}</PhysicalBox></Area>" if area else ""
    below = f'<Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return _part("Page", f'{box}{below}<Content><Layer ID="1" Type="Body">{content}</Layer></Content>')


@dataclass(frozen=True)
class Book:
    """One document of a package: its page parts, its templates by ID, and other parts by their path in its folder."""

    pages: Sequence[str]
    templates: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    annotations: Sequence[str] = ()
    n_signatures: int = 0
    resources: str = ""


def package_of(
    *books: Book, space: str = SPACE, absolute: bool = False, changed: Mapping[str, str | None] | None = None
) -> bytes:
    """An OFD file; ``absolute`` names parts from the root, ``changed`` replaces parts or takes them away."""
    parts: dict[str, str | None] = {}
    bodies = ""
    for n, book in enumerate(books):
        folder = f"Doc_{n}/"
        root = "/" + folder if absolute else ""
        signatures = f"<Signatures>{root or folder}Signatures.xml</Signatures>" if book.n_signatures else ""
        bodies += f"<DocBody><DocInfo><DocID>{n}</DocID></DocInfo><DocRoot>{root or folder}Document.xml</DocRoot>"
        bodies += signatures + "</DocBody>"
        parts.update({folder + name: content for name, content in _of_book(book, root).items()})
    parts["OFD.xml"] = _part("OFD", bodies, Version="1.0", DocType="OFD")
    parts.update(changed or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content.replace("SPACE", space))
    return stream.getvalue()


def _of_book(book: Book, root: str) -> dict[str, str]:
    """The parts of a document by their names in its folder."""
    parts = dict(book.more)
    templates = "".join(f'<TemplatePage ID="{name}" BaseLoc="{root}Tpls/{name}.xml"/>' for name in book.templates)
    parts.update({f"Tpls/{name}.xml": content for name, content in book.templates.items()})
    pages = "".join(f'<Page ID="{n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>' for n in range(len(book.pages)))
    parts.update({f"Pages/Page_{n}/Content.xml": content for n, content in enumerate(book.pages)})
    named = ""
    if book.annotations:
        named = f"<Annotations>{root}Annots/Annotations.xml</Annotations>"
        parts["Annots/Annotations.xml"] = _part(
            "Annotations", '<Page PageID="0"><FileLoc>Page_0/Annotation.xml</FileLoc></Page>'
        )
        parts["Annots/Page_0/Annotation.xml"] = _part("PageAnnot", "".join(book.annotations))
    if book.n_signatures:
        parts["Signatures.xml"] = _part(
            "Signatures", '<Signature ID="1" BaseLoc="Signs/Sign_0/Signature.xml"/>' * book.n_signatures
        )
    area = f"<PageArea><PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</PhysicalBox></PageArea>"
    if book.resources:
        parts["DocumentRes.xml"] = _part(
            "Res", f"<CompositeGraphicUnits>{book.resources}</CompositeGraphicUnits>", BaseLoc="Res"
        )
        area += f"<DocumentRes>{root}DocumentRes.xml</DocumentRes>"
    common = f"<CommonData><MaxUnitID>99</MaxUnitID>{area}{templates}</CommonData>"
    parts["Document.xml"] = _part("Document", f"{common}<Pages>{pages}</Pages>{named}")
    return parts


def annotation(kind: str, content: str) -> str:
    """A remark, a stamp or a watermark over a page."""
    return f'<Annot ID="5" Type="{kind}"><Appearance Boundary="20 20 60 20">{content}</Appearance></Annot>'


def report_of(
    words: str,
    *,
    rows: Sequence[Sequence[str]] = (),
    how: str = "lines",
    objects: str = "lines",
    head: str = "内部资料",
    **more: bool,
) -> bytes:
    """A text as an office prints it; ``rows`` of a table stand at the foot of the second page.

    ``objects``: a text object for each of its ``lines``, for each of its ``characters``, or ``scaled`` by a matrix.
    """
    pages = list(_pages([line for line in words.splitlines() if line.strip()], 5 if rows else 0))
    parts = []
    for n, lines in enumerate(pages):
        content = "".join(_set(line, x, TOP + LEADING * k, ways, objects) for k, (line, x, ways) in enumerate(lines))
        if rows and n == 1:
            foot = TOP + LEADING * len(lines)
            content += table(rows, LEFT, foot, [COLUMN / len(rows[0])] * len(rows[0]), how=how)
        content += text(f"— {n + 1} —", 96, 280, 4.9)
        parts.append(page(content, template="T1" if head else ""))
    templates = {"T1": page(text(head, 85, 20, 5.0) + path("M 28 24 L 184 24"))} if head else {}
    return package_of(Book(parts, templates), **more)


_Line = tuple[str, float, list[float]]


def _pages(paragraphs: Sequence[str], foot: int) -> Iterator[list[_Line]]:
    """Lines of pages; the second page leaves ``foot`` lines and ends with a paragraph, so that a table may follow."""
    lines: list[_Line] = []
    n = 0
    for k, words in enumerate(paragraphs):
        mine = [_in_the_middle(words)] if k < 2 and len(words) < 30 else list(_broken(words))
        if n == 1 and foot and len(lines) + len(mine) > ON_A_PAGE - foot:
            yield lines
            lines, n = [], n + 1
        for line in mine:
            if len(lines) == ON_A_PAGE:
                yield lines
                lines, n = [], n + 1
            lines.append(line)
    if lines:
        yield lines


def _in_the_middle(words: str) -> _Line:
    ways = [width_of(character, SIZE) for character in words]
    return words, LEFT + (COLUMN - sum(ways)) / 2, ways


def _broken(words: str) -> Iterator[_Line]:
    """The lines of a paragraph: the first one indented by two characters, each but the last as wide as the column."""
    at, indent = 0, 2 * SIZE
    while at < len(words):
        end, wide = at, 0.0
        while end < len(words) and wide + width_of(words[end], SIZE) <= COLUMN - indent + 0.01:
            wide += width_of(words[end], SIZE)
            end += 1
        while end < len(words) and words[end] in _CLOSING:  # these may not begin a line
            wide += width_of(words[end], SIZE)
            end += 1
        ways = [width_of(character, SIZE) for character in words[at:end]]
        if end < len(words):
            ways = [way * (COLUMN - indent) / wide for way in ways]
        yield words[at:end], LEFT + indent, ways
        at, indent = end, 0.0


def _set(words: str, x: float, y: float, ways: Sequence[float], objects: str) -> str:
    """The text objects of a line."""
    if objects == "characters":
        places = [x + sum(ways[:n]) for n in range(len(words))]
        return "".join(text(character, place, y) for character, place in zip(words, places, strict=True))
    box = f"{x:g} {y - 0.9 * SIZE:g} {sum(ways):g} {1.1 * SIZE:g}"
    if objects == "scaled":
        code = f'<TextCode X="0" Y="{9 * SIZE:g}" DeltaX="{deltas([10 * way for way in ways[:-1]])}">{escape(words)}</TextCode>'
        return text_object(code, box, 10 * SIZE, CTM="0.1 0 0 0.1 0 0")
    code = f'<TextCode X="0" Y="{0.9 * SIZE:g}" DeltaX="{deltas(ways[:-1])}">{escape(words)}</TextCode>'
    return text_object(code, box)


def _said(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())


def _part(name: str, content: str, **attributes: str) -> str:
    """A part of the package; its namespace is set when the package is put together."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="SPACE"{_said(attributes)}>{content}</{name}>'
