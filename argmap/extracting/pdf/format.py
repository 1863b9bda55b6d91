"""Read PDF files: positioned letters become lines, columns and paragraphs."""

from __future__ import annotations

from typing import Any, Final

from argmap.errors import InputError
from argmap.extracting._reading import (
    LARGEST_TEXT,
    clean_title,
    clean_value,
    join_paragraphs,
    quiet_library,
    refuse,
)
from argmap.formats.registry import Extract, TextFormat
from argmap.text.decoding import LOST
from argmap.text.display import counted

from .layout.columns import blocks_of
from .layout.glyphs import by_direction, repair_glyphs
from .layout.lines import TextLine, without_running_lines
from .layout.paragraphs import paragraphs_of
from .layout.segments import lines_of

_MAGIC: Final = b"%PDF-"
_END: Final = b"%%EOF"
_WITHIN: Final = 1024
"""Bytes at each end of a file in which PDF readers look for its markers."""


def _recognises(head: bytes, _: str) -> bool:
    return _MAGIC in head[:_WITHIN]


def _read(content: bytes, where: str) -> Extract:
    if _END not in content[-4 * _WITHIN :]:
        refuse(where, "is incomplete (its end is missing); get the whole file again")
    with quiet_library(where, "a PDF"):
        from .letters import describe_error  # pdfminer is an optional extra, and slow to import

        try:
            pages, aside, about = _pages_and_info(content, where)
        except (InputError, ImportError):
            raise
        except Exception as error:  # noqa: BLE001  (damaged files make pdfminer raise anything)
            refuse(where, describe_error(error))
    blocks = [block for page in without_running_lines(pages) for block in blocks_of(page)]
    paragraphs = paragraphs_of(blocks)
    for page in aside:
        paragraphs += paragraphs_of(blocks_of(page))
    text = join_paragraphs(paragraphs)
    if not text:
        refuse(where, "has images of pages but no text; run text recognition (OCR) first")
    about["warnings"] += _warnings(text, where)
    return Extract(text, **about)


def _pages_and_info(
    content: bytes, where: str
) -> tuple[list[list[TextLine]], list[list[TextLine]], dict[str, Any]]:
    """Return the lines of each page, those in other directions, and metadata.

    Text that runs in another direction than most of its page is kept apart, because it would
    interrupt a paragraph.
    """
    from .letters import glyphs_of_pages, open_document, read_info
    from .pages import pages_of

    document = open_document(content)
    found, count = pages_of(document, content)
    pages: list[list[TextLine]] = []
    aside: list[list[TextLine]] = []
    size = 0
    for glyphs in glyphs_of_pages(found):
        size += len(glyphs)
        if size > LARGEST_TEXT:
            refuse(where, f"has more than {LARGEST_TEXT:,} characters; save only the op-ed")
        directions = [lines_of(repair_glyphs(group)) for group in by_direction(glyphs)]
        pages += directions[:1]
        aside += directions[1:]
    about = read_info(document)
    known = {
        "title": clean_title(about["title"]),
        "author": clean_value(about["author"]),
        "language": clean_value(about["language"]),
        "warnings": _lost_pages(len(found), count),
    }
    return pages, aside, known


def _lost_pages(found: int, count: int) -> tuple[str, ...]:
    if found >= count:
        return ()
    return (f"{count - found:,} of its {count:,} pages cannot be found: get the whole file again",)


def _warnings(text: str, where: str) -> tuple[str, ...]:
    """Return warnings about letters of *text* without a value in the file."""
    lost = text.count(LOST)
    if not lost:
        return ()
    letters = sum(not letter.isspace() for letter in text)
    if 2 * lost > letters:
        refuse(
            where,
            f"{lost:,} of its {letters:,} letters cannot be decoded;"
            " run text recognition (OCR) first",
        )
    letters_lost = counted(lost, "letter")
    return (f"{letters_lost} cannot be decoded: compare the text with the page at each {LOST}",)


# Without the date: a file's creation date is not when the op-ed was published.
FORMAT: Final = TextFormat("pdf", "PDF", (".pdf",), _recognises, _read)
