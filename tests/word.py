"""Word files written as XML: every kind of paragraph, list and table in a line or two, as Word, WPS or a script writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "abstract",
    "box",
    "cell",
    "docx",
    "flat",
    "level",
    "num",
    "para",
    "row",
    "run",
    "style",
    "table",
    "toc_field",
    "vml_box",
]

_OOXML = "http://schemas.openxmlformats.org"
TRANSITIONAL = (f"{_OOXML}/wordprocessingml/2006/main", f"{_OOXML}/officeDocument/2006/relationships")
STRICT = ("http://purl.oclc.org/ooxml/wordprocessingml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")


def names(strict: bool = False) -> str:
    """The namespaces that a part declares."""
    word, relation = STRICT if strict else TRANSITIONAL
    return (
        f'xmlns:w="{word}" xmlns:r="{relation}" xmlns:mc="{_OOXML}/markup-compatibility/2006" '
        f'xmlns:wp="{_OOXML}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_OOXML}/drawingml/2006/main" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    )


def parts_of(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    notes: str = "",
    endnotes: str = "",
    inserted: Mapping[str, bytes] | None = None,
    main: str = "word/document.xml",
    strict: bool = False,
) -> dict[str, bytes]:
    """The parts of a package; ``inserted`` files are related as rIdA0, rIdA1 …"""
    folder, _, base = main.rpartition("/")
    within = f"{folder}/" if folder else ""
    kinds = {"numbering": numbering, "styles": styles, "footnotes": notes, "endnotes": endnotes}
    written = {kind: words for kind, words in kinds.items() if words}
    relation = (STRICT if strict else TRANSITIONAL)[1]
    related = [f'<Relationship Id="rId{kind}" Type="{relation}/{kind}" Target="{kind}.xml"/>' for kind in written]
    files = list((inserted or {}).items())
    related += [f'<Relationship Id="rIdA{n}" Type="{relation}/aFChunk" Target="/{path}"/>' for n, (path, _) in enumerate(files)]
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    parts = {
        "[Content_Types].xml": _types(main, [f"{within}{kind}.xml" for kind in written], files),
        "_rels/.rels": rels.format(f'<Relationship Id="rId1" Type="{relation}/officeDocument" Target="/{main}"/>'),
        main: f"<w:document {names(strict)}><w:body>{body}<w:sectPr/></w:body></w:document>",
        f"{within}_rels/{base}.rels": rels.format("".join(related)),
    }
    parts |= {f"{within}{kind}.xml": f"<w:{kind} {names(strict)}>{words}</w:{kind}>" for kind, words in written.items()}
    return {path: words.encode() for path, words in parts.items()} | dict(files)


def _types(main: str, parts: Iterable[str], files: Iterable[tuple[str, bytes]]) -> str:
    """What each part is: other programs open no package that does not say so."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {main: f"{word}.document.main+xml"} | {part: f"{word}.{part.rpartition('/')[2][:-4]}+xml" for part in parts}
    named = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    endings = sorted({path.rpartition(".")[2] for path, _ in files} - {"xml"})
    ends = "".join(f'<Default Extension="{ending}" ContentType="application/octet-stream"/>' for ending in endings)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{ends}{named}</Types>'
    )


def docx(body: str, **more: object) -> bytes:
    """A package of a body and what :func:`parts_of` takes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in parts_of(body, **more).items():  # type: ignore[arg-type]
            archive.writestr(path, data)
    return stream.getvalue()


def flat(body: str, **more: object) -> bytes:
    """The same as one XML file (flat OPC)."""
    parts = "".join(
        f'<pkg:part pkg:name="/{path}"><pkg:xmlData>{data.decode()}</pkg:xmlData></pkg:part>'
        for path, data in parts_of(body, **more).items()  # type: ignore[arg-type]
        if path != "[Content_Types].xml"
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'
    ).encode()


def run(words: str, properties: str = "", *, kind: str = "t") -> str:
    """A run; ``kind`` is ``delText`` in a deletion, ``instrText`` in a field."""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:{kind} xml:space="preserve">{escape(words)}</w:{kind}></w:r>'


def para(
    words: str = "",
    *,
    num: object = None,
    level: object = None,
    style: str = "",
    mark: str = "",
    more: str = "",
    runs: str = "",
) -> str:
    """A paragraph: its list and level, its style, properties of its mark, and runs after the words."""
    listed = "" if level is None else f"<w:ilvl w:val={quoteattr(str(level))}/>"
    listed += "" if num is None else f"<w:numId w:val={quoteattr(str(num))}/>"
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f"<w:numPr>{listed}</w:numPr>" if listed else ""
    properties += more + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words) if words else ''}{runs}</w:p>"


def level(at: object, form: str, text: str, *, start: object = 1, more: str = "") -> str:
    """A level of a list: ``more`` are suff, isLgl, lvlRestart, pStyle."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val={quoteattr(str(start))}/><w:numFmt w:val="{form}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
    )


def abstract(ident: object, *levels: str, more: str = "") -> str:
    """An abstract list; ``more`` is numStyleLink or styleLink."""
    return f'<w:abstractNum w:abstractNumId="{ident}">{more}{"".join(levels)}</w:abstractNum>'


def num(ident: object, of: object, more: str = "") -> str:
    """A list of an abstract list; ``more`` are lvlOverrides."""
    return f'<w:num w:numId="{ident}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def override(at: object, *, start: object = None, own: str = "") -> str:
    """How a list differs from its abstract list on a level."""
    start = "" if start is None else f"<w:startOverride w:val={quoteattr(str(start))}/>"
    return f'<w:lvlOverride w:ilvl="{at}">{start}{own}</w:lvlOverride>'


def style(ident: str, name: str, *, based_on: str = "", paragraph: str = "", run: str = "", kind: str = "paragraph") -> str:
    """A style: properties of paragraph and run."""
    based_on = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{ident}"><w:name w:val="{name}"/>{based_on}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def in_list(ident: object, at: object = None) -> str:
    """The property of a style that puts its paragraphs into a list."""
    return "<w:numPr>" + ("" if at is None else f'<w:ilvl w:val="{at}"/>') + f'<w:numId w:val="{ident}"/></w:numPr>'


def cell(*content: str, more: str = "") -> str:
    """A cell of paragraphs (plain words become one)."""
    blocks = "".join(one if one.startswith("<") else para(one) for one in content or ("",))
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, more: str = "") -> str:
    """A row of cells (plain words become one)."""
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(one if one.startswith('<w:') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(content: str, gallery: str = "") -> str:
    """A content control around anything."""
    gallery = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(*blocks: str, y: int = 0) -> str:
    """A run with a text box as Word writes it since 2010, with what older programs show instead."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    place = f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
    shape = f"<wps:wsp><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
    drawing = (
        f"<w:drawing><wp:anchor>{place}<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice>'
    fallback = f"<mc:Fallback>{_vml(content)}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"


def vml_box(*blocks: str) -> str:
    """A run with a text box as older programs write it."""
    content = "".join(blocks)
    return f"<w:r>{_vml(f'<w:txbxContent>{content}</w:txbxContent>')}</w:r>"


def _vml(content: str) -> str:
    return f'<w:pict><v:shape style="margin-top:4pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'


def mark(kind: str) -> str:
    """A run with ``begin``, ``separate`` or ``end`` of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def in_field(instruction: str, result: str) -> str:
    """Runs of a field and its result."""
    return mark("begin") + run(instruction, kind="instrText") + mark("separate") + result + mark("end")


def toc_field(*entries: str) -> str:
    """Paragraphs of a table of contents that a field makes, of no style of its own."""
    first = para(runs=mark("begin") + run(' TOC \\o "1-3" ', kind="instrText") + mark("separate") + run(entries[0]))
    return first + "".join(para(entry) for entry in entries[1:]) + para(runs=mark("end"))
