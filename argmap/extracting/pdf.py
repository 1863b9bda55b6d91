"""PDF files: lines of words at places on pages, put together into paragraphs, by pypdf."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from argmap.extracting._lines import Line, without_running_lines
from argmap.extracting._paragraphs import paragraphs_of
from argmap.extracting._reading import LARGEST_TEXT, joined, reading, refuse, told
from argmap.formats import Extract, TextFormat

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MAGIC: Final = b"%PDF-"
_END: Final = b"%%EOF"
_WITHIN: Final = 1024
"""Bytes at the beginning and at the end in which readers of PDF look for the two marks."""

_PROGRAMS: Final = ("microsoft word - ", "untitled", "unbenannt")
_FILES: Final = (".doc", ".docx", ".indd", ".qxd", ".odt", ".pdf", ".tex", ".dvi", ".rtf")


def _recognises(head: bytes, _: str) -> bool:
    return _MAGIC in head[:_WITHIN]


def _read(content: bytes, where: str) -> Extract:
    if _END not in content[-4 * _WITHIN :]:
        refuse(where, "its end is missing; get the whole file again")
    with reading(where, "a PDF"):
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

        try:
            reader = PdfReader(BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                refuse(where, "is locked with a password; save it without one")
            pages = _pages(reader, where)
            about = reader.metadata
            title, author = (about.title, about.author) if about else (None, None)
            language = told(reader.root_object.get("/Lang"))
        except DependencyError:
            refuse(where, "is encrypted; save it without encryption")
        except LimitReachedError:
            refuse(where, "unpacks to far more than an op-ed has; save its text alone")
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            refuse(where, f"is damaged ({type(error).__name__}); get the whole file again")
    text = joined(paragraphs_of(without_running_lines(pages)))
    if not text:
        refuse(where, "has pictures of pages and no text; have it recognised (OCR) first")
    return Extract(text, title=_title(title), author=told(author), language=language)


def _pages(reader: PdfReader, where: str) -> list[list[Line]]:
    """Return the lines of each page, in the order in which the file has them."""
    pages, size = [], 0
    for page in reader.pages:
        pages.append(_lines(page))
        size += sum(len(line.words) for line in pages[-1])
        if size > LARGEST_TEXT:
            refuse(where, f"has more than {LARGEST_TEXT:,} characters; save the op-ed alone")
    return pages


def _lines(page: PageObject) -> list[Line]:
    lines: list[Line] = []
    is_open = False

    def note(text: str, outer: list[float], inner: list[float], _: Any, size: float) -> None:  # noqa: ANN401  (pypdf's fonts)
        """Add what pypdf found at one place to the lines."""
        nonlocal is_open
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        height = abs(size * (inner[3] * outer[3] or inner[1] * outer[2])) or size
        for number, words in enumerate(text.split("\n")):
            is_open = is_open and number == 0
            if not words.strip():
                continue
            if is_open:
                lines[-1] = lines[-1].with_more(words)
            else:
                lines.append(Line(words, x, y, height))
            is_open = True

    page.extract_text(visitor_text=note)
    return lines


def _title(told_title: object) -> str | None:
    """Return the title that the file tells, unless it is one that a program made up."""
    title = told(told_title)
    if title is None:
        return None
    small = title.lower()
    return None if small.startswith(_PROGRAMS) or small.endswith(_FILES) else title


# The day on which the file was made is not the day on which the op-ed was published.
FORMAT: Final = TextFormat("pdf", "PDF", (".pdf",), _recognises, _read)
