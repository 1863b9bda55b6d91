"""Word documents: the words that a reader of the final version sees, by python-docx."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from argmap.extracting._reading import LARGEST_TEXT, joined, reading, refuse, told
from argmap.formats import Extract, TextFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC: Final = b"PK\x03\x04"
_MOST_PARTS: Final = 10_000
_TYPES: Final = "[Content_Types].xml"
_OPEN_DOCUMENT: Final = "content.xml"

_LEFT_OUT: Final = frozenset({"del", "moveFrom", "Fallback", "pPr"})
"""Words that a change took out or moved away, and what is there for old programs alone."""

_SIGNS: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_OFF: Final = ("0", "false", "off")


def _recognises(head: bytes, _: str) -> bool:
    return head.startswith(_MAGIC)


def _read(content: bytes, where: str) -> Extract:
    _refuse_other_archives(content, where)
    with reading(where, "a Word document"):
        from docx.opc.exceptions import OpcError
        from docx.package import Package
        from lxml import etree

        try:
            package = Package.open(BytesIO(content))
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            document = etree.fromstring(package.main_document_part.blob, parser)
            about = package.core_properties
            title, author, language = about.title, about.author, about.language
        except (OpcError, etree.XMLSyntaxError, BadZipFile, KeyError, ValueError) as error:
            refuse(where, f"is a damaged Word document ({type(error).__name__}); save it again")
        text = joined(list(_paragraphs(etree.iterwalk(document, events=("start", "end")))))
    if not text:
        refuse(where, "is a Word document without words; give one that has the op-ed")
    return Extract(text, title=told(title), author=told(author), language=told(language))


def _refuse_other_archives(content: bytes, where: str) -> None:
    """Refuse what is no Word document or would unpack to more than a text can need."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        refuse(where, "is cut off or damaged; get the whole file again")
    names = {part.filename for part in parts}
    if _TYPES not in names:
        is_open = _OPEN_DOCUMENT in names
        kind = "an OpenDocument" if is_open else "an archive"
        refuse(where, f"is {kind}; {'save it as .docx' if is_open else 'unpack it first'}")
    # What an archive says of its sizes is a bound: nothing unpacks to more than that.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > 4 * LARGEST_TEXT:
        refuse(where, "unpacks to far more than an op-ed has; save its text alone")


def _paragraphs(walk: Any) -> Iterator[str]:  # noqa: ANN401  (lxml has no types)
    """Yield the words of each paragraph, those of a text box before those round it."""
    words: list[list[str]] = []
    for event, element in walk:
        tag = str(element.tag).rpartition("}")[2]
        if event == "end":
            if tag == "p" and words:
                yield "".join(words.pop())
        elif tag in _LEFT_OUT or (tag == "r" and _is_hidden(element)):
            walk.skip_subtree()
        elif tag == "p":
            words.append([])
        elif words:
            words[-1].append((element.text or "") if tag == "t" else _SIGNS.get(tag, ""))


def _is_hidden(run: Any) -> bool:  # noqa: ANN401  (as above)
    """Tell whether *run* has the mark of words that are neither shown nor printed."""
    mark = run.find("{*}rPr/{*}vanish")
    if mark is None:
        return False
    return not any(str(value).lower() in _OFF for value in mark.attrib.values())


FORMAT: Final = TextFormat("docx", "Word document", (".docx", ".docm"), _recognises, _read)
