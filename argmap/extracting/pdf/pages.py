"""Find the pages of a PDF, even if the file's own list of them is damaged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pdfminer.pdfdocument import PDFXRef
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, int_value, stream_value

from .streams import TooLargeError

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

_BEGINNING = re.compile(rb"(?<![0-9])([0-9]{1,7})[ \t\r\n]+([0-9]{1,5})[ \t\r\n]+obj\b")
_PACKED: Final = b"/ObjStm"
_HEAD: Final = 512


def pages_of(document: PDFDocument, content: bytes) -> tuple[list[PDFPage], int]:
    """Return the pages that can be found, and the number that the file declares.

    pdfminer skips a page that is not at the position that the file lists.

    Raises:
        TooLargeError: the file asks for far more than an op-ed has.
    """
    pages = list(PDFPage.create_pages(document))
    if pages and len(pages) >= _count(document):
        return pages, len(pages)
    try:
        _look_everywhere(document, content)
        more = list(PDFPage.create_pages(document))
    except TooLargeError:
        raise
    except Exception:  # noqa: BLE001  (damaged files make pdfminer raise anything)
        more = []
    return (more if len(more) > len(pages) else pages), _count(document)


def _count(document: PDFDocument) -> int:
    try:
        return int_value(dict_value(document.catalog.get("Pages")).get("Count"))
    except Exception:  # noqa: BLE001
        return 0


def _look_everywhere(document: PDFDocument, content: bytes) -> None:
    """Scan *content* for the objects that the tables of *document* lack."""
    places = PDFXRef()
    for match in _BEGINNING.finditer(content):
        places.offsets[int(match[1])] = (None, match.start(), int(match[2]))
    document.xrefs.append(places)
    for number in [*places.offsets]:
        if _PACKED in content[(start := places.offsets[number][1]) : start + _HEAD]:
            _add_packed(document, places, number)
    for xref in document.xrefs:
        root = xref.get_trailer().get("Root")
        if "Pages" not in document.catalog and root is not None:
            document.catalog = dict_value(root)


def _add_packed(document: PDFDocument, places: PDFXRef, number: int) -> None:
    """Add the positions of the objects that are packed in object *number*."""
    try:
        packed = stream_value(document.getobj(number))
        words = packed.get_data()[: int_value(packed["First"])].split()
        count = min(int_value(packed["N"]), len(words) // 2)
        inside = {int(words[2 * index]): (number, index, 0) for index in range(count)}
    except TooLargeError:
        raise
    except Exception:  # noqa: BLE001  (what cannot be unpacked is lost)
        return
    for each, place in inside.items():
        places.offsets.setdefault(each, place)
