"""Op-eds as files of many kinds, made by hand, so that tests know each byte."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from attrs import frozen

from argmap.errors import InputError
from argmap.op_eds.documents import extract_from_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PARAGRAPHS = (
    "The toll on the harbour bridge pays for itself, and the council should keep it as it is.",
    "Reports say that traffic fell by a fifth in its first year, and the buses run on time again.",
    "“Nobody misses the queue,” said the baker on Quay Street, who had opposed it at first.",
    "Critics answer that the poor pay most. But the poor of this town take the bus, and it is faster now.",
)

ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@frozen
class Placed:
    """Words at a place on a page of a PDF, in points from its left and bottom."""

    x: float
    y: float
    words: str
    size: float = 11


def column(
    words: Sequence[str], top: float = 700, x: float = 72, leading: float = 14
) -> list[Placed]:
    """Return lines under each other; an empty one leaves a gap as between paragraphs."""
    placed, y = [], top
    for line in words:
        if line:
            placed.append(Placed(x, y, line))
        y -= leading if line else leading / 2 + 1
    return placed


def pdf(
    *pages: Sequence[Placed],
    info: str = "",
    root: str = "",
    content: bytes | None = None,
    font: str = "/Encoding /WinAnsiEncoding",
    entries: str = "",
    streams: Sequence[bytes] = (),
) -> bytes:
    """Return a PDF with *pages*; *info* and *root* are more entries of these two dictionaries.

    Args:
        pages: The content of each page.
        info: Entries for the file's metadata.
        root: Entries for the whole file.
        content: Replaces the first page's content; already compressed.
        font: Entries for the font; its name is Helvetica.
        entries: Entries for each page.
        streams: Objects for the font to refer to; the first is number 4 + 2 * pages.
    """
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {font} >>".encode(),
    ]
    for number, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font"
            b" << /F1 3 0 R >> >> /Contents %d 0 R %b >>" % (5 + 2 * number, entries.encode())
        )
        drawn = "".join(f"/F1 {p.size} Tf 1 0 0 1 {p.x} {p.y} Tm ({p.words}) Tj\n" for p in page)
        stream, flate = f"BT\n{drawn}ET".encode("cp1252"), b""
        if content is not None and number == 0:
            stream, flate = content, b"/Filter /FlateDecode"
        objects.append(b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(stream), flate, stream))
    objects += [b"<< /Length %d >>\nstream\n%b\nendstream" % (len(s), s) for s in streams]
    objects.append(f"<< {info} >>".encode())
    return _file_of(objects)


def _file_of(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>" % (count, count - 1)
    return out + table + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(out)


def page(body: str = ARTICLE, head: str = "", start: str = "") -> str:
    """Return a web page with *body* as its article, with the usual elements around it."""
    return (
        f"<!DOCTYPE html>{start}<html lang='en-GB'><head><meta charset='utf-8'>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/opinion'>Opinion</a></nav>"
        f"<main><article>{body}</article></main>"
        "<footer><p>Subscribe to our newsletter for more of this.</p></footer></body></html>"
    )


def rezipped(archive: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return *archive* with *change* applied to each part; parts that become None are removed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def refusal(name: str, content: bytes) -> str:
    """Return the one line with which a file of that name and *content* is refused."""
    with pytest.raises(InputError) as caught:
        extract_from_bytes(content, name)
    line = str(caught.value)
    assert "\n" not in line
    return line
