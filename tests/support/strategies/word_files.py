"""Word documents made by hand from the XML of their parts, so that tests know each element."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from argmap.extracting.docx.format import FORMAT

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"

_NAMES: Final = (
    "xmlns:w='{word}' xmlns:r='{relations}' xmlns:mc='http://mc' xmlns:v='urn:v'"
    " xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    " xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'"
    " xmlns:dgm='http://dgm' xmlns:a='http://a' xmlns:w16se='http://w16se'"
)


def run(words: str, properties: str = "") -> str:
    """Return a run with *words*; *properties* are elements such as `<w:vanish/>`."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def paragraph(*content: str, properties: str = "") -> str:
    """Return a paragraph of runs; a string that is not an element becomes the words of a run."""
    runs = (each if each.startswith("<") else run(each) for each in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def item(words: str, list_id: int = 1, level: int = 0) -> str:
    """Return a paragraph that is an item of a list."""
    place = f"<w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/>"
    return paragraph(words, properties=f"<w:numPr>{place}</w:numPr>")


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell that is not an element becomes the words of a paragraph."""
    return f"<w:tbl>{''.join(map(_row, rows))}</w:tbl>"


def _row(cells: tuple[str, ...]) -> str:
    filled = (each if each.startswith("<") else paragraph(each) for each in cells)
    return "<w:tr>" + "".join(f"<w:tc>{each}</w:tc>" for each in filled) + "</w:tr>"


def word_file(
    body: str,
    parts: Mapping[str, str] | None = None,
    *,
    is_strict: bool = False,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a Word document.

    Args:
        body: The XML in its body.
        parts: The XML inside the parts such as `footnotes` and `numbering`, by their names.
        is_strict: True for the names of the strict standard.
        more: Other files by name, which the main part refers to by the same id.
    """
    word, relations = (STRICT_WORD, STRICT_RELATIONS) if is_strict else (WORD, RELATIONS)
    names = _NAMES.format(word=word, relations=relations)
    related = "".join(
        f"<Relationship Id='{name}' Type='{relations}/{name}' Target='{name}.xml'/>"
        for name in parts or {}
    ) + "".join(
        f"<Relationship Id='{name}' Type='{relations}/other' Target='/word/{name}'/>"
        for name in more or {}
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relationships(
            f"<Relationship Id='d' Type='{relations}/officeDocument' Target='word/document.xml'/>"
        ),
        "word/_rels/document.xml.rels": _relationships(related),
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
    }
    files |= {
        f"word/{name}.xml": f"<w:{name} {names}>{xml}</w:{name}>"
        for name, xml in (parts or {}).items()
    }
    files |= {f"word/{name}": content for name, content in (more or {}).items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def text_of(body: str, **parts: str) -> str:
    """Return the text of a Word document with *body* and *parts*."""
    return FORMAT.read(word_file(body, parts), "a.docx").text


def warnings_of(body: str, **parts: str) -> tuple[str, ...]:
    """Return the warnings from reading a Word document."""
    return FORMAT.read(word_file(body, parts), "a.docx").warnings


def _relationships(inside: str) -> str:
    return f"<Relationships>{inside}</Relationships>"
