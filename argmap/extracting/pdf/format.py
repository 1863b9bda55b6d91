"""PDF files: letters at places on pages, put together into lines, columns and paragraphs."""

from __future__ import annotations

from typing import Any, Final

from argmap.errors import InputError
from argmap.extracting._reading import LARGEST_TEXT, joined, reading, refuse, title_told, told
from argmap.formats.registry import Extract, TextFormat
from argmap.text.decoding import LOST

from .layout.columns import blocks_of
from .layout.glyphs import by_direction, mended
from .layout.lines import Line, without_running_lines
from .layout.paragraphs import paragraphs_of
from .layout.segments import lines_of

_MAGIC: Final = b"%PDF-"
_END: Final = b"%%EOF"
_WITHIN: Final = 1024
"""Bytes at the beginning and at the end in which readers of PDF look for the two marks."""


def _recognises(head: bytes, _: str) -> bool:
    return _MAGIC in head[:_WITHIN]


def _read(content: bytes, where: str) -> Extract:
    if _END not in content[-4 * _WITHIN :]:
        refuse(where, "its end is missing; get the whole file again")
    with reading(where, "a PDF"):
        from .letters import complaint_of  # pdfminer is an extra, and heavy

        try:
            pages, aside, about = _pages_and_info(content, where)
        except (InputError, ImportError):
            raise
        except Exception as error:  # noqa: BLE001  (damaged files make pdfminer raise anything)
            refuse(where, complaint_of(error))
    blocks = [block for page in without_running_lines(pages) for block in blocks_of(page)]
    paragraphs = paragraphs_of(blocks)
    for page in aside:
        paragraphs += paragraphs_of(blocks_of(page))
    text = joined(paragraphs)
    if not text:
        refuse(where, "has pictures of pages and no text; have it recognised (OCR) first")
    about["warnings"] += _warnings(text, where)
    return Extract(text, **about)


def _pages_and_info(
    content: bytes, where: str
) -> tuple[list[list[Line]], list[list[Line]], dict[str, Any]]:
    """Return the pieces of lines of each page, and what the file says about itself.

    What runs in another direction than most of its page is apart, because it would cut into
    a paragraph that goes on.
    """
    from .letters import glyphs_of_pages, info_of, opened
    from .pages import pages_of

    document = opened(content)
    found, count = pages_of(document, content)
    pages: list[list[Line]] = []
    aside: list[list[Line]] = []
    size = 0
    for glyphs in glyphs_of_pages(found):
        size += len(glyphs)
        if size > LARGEST_TEXT:
            refuse(where, f"has more than {LARGEST_TEXT:,} characters; save the op-ed alone")
        directions = [lines_of(mended(group)) for group in by_direction(glyphs)]
        pages += directions[:1]
        aside += directions[1:]
    about = info_of(document)
    known = {
        "title": title_told(about["title"]),
        "author": told(about["author"]),
        "language": told(about["language"]),
        "warnings": _lost_pages(len(found), count),
    }
    return pages, aside, known


def _lost_pages(found: int, count: int) -> tuple[str, ...]:
    if found >= count:
        return ()
    return (f"{count - found:,} of its {count:,} pages cannot be found: get the whole file again",)


def _warnings(text: str, where: str) -> tuple[str, ...]:
    """Return what to say about the letters of *text* that the file gives no value for."""
    lost = text.count(LOST)
    if not lost:
        return ()
    letters = sum(not letter.isspace() for letter in text)
    if 2 * lost > letters:
        refuse(
            where,
            f"{lost:,} of its {letters:,} letters have no value in the file;"
            " have it recognised (OCR) first",
        )
    have = "letter has" if lost == 1 else "letters have"
    return (f"{lost:,} {have} no value in the file: compare the text with the page at each {LOST}",)


# The day on which the file was made is not the day on which the op-ed was published.
FORMAT: Final = TextFormat("pdf", "PDF", (".pdf",), _recognises, _read)
