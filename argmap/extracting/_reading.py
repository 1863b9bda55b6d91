"""Tools for all readers: optional libraries, clean text and metadata."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

from argmap.errors import InputError
from argmap.model.faults import date_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_TEXT: Final = 64 * 2**20
"""The most code points of text from one file, and the most bytes that it may unpack to."""

_LONGEST_VALUE: Final = 300
_SPACES_BEFORE = re.compile(r"\A[^\S\t]+")
_UNFIT = re.compile("[\0\ud800-\udfff]")
_MADE_UP = re.compile(
    r"(microsoft (word|powerpoint) - .*"
    r"|(word )?(document|dokument|documento|doc|untitled|unbenannt)( document)?[ -]?\d*"
    r"|(sans titre|sin título|senza titolo|title|titel|titre)[ -]?\d*"
    r"|.*\.(docx?|docm|dotx?|dotm|odt|rtf|pdf|txt|html?|indd|qxd|tex|dvi|pages))",
    re.IGNORECASE,
)
"""Titles that a program or a template filled in."""

_LIGATURES: Final = str.maketrans({
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
})  # fmt: skip


@contextmanager
def quiet_library(where: str, kind: str) -> Iterator[None]:
    """Run a library that reads the file *where*, of a *kind*, with logging disabled.

    Raises:
        InputError: the library is not installed.
    """
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    except ImportError as error:
        message = f"{where}: is {kind}; to read it, run pip install 'argmap[ingest]'"
        raise InputError(message) from error
    finally:
        logging.disable(before)


def refuse(where: str, what: str) -> NoReturn:
    """Raise an `InputError` that names the file *where* and its fault."""
    message = f"{where}: {what}"
    raise InputError(message)


def clean_text(text: str) -> str:
    """Return *text* with ligatures as letters, and without invalid characters."""
    return _UNFIT.sub("", text.translate(_LIGATURES))


def clean_value(value: object) -> str | None:
    """Return the metadata *value* as one line of text; None if it is empty."""
    if not isinstance(value, str):
        return None
    return " ".join(clean_text(value).split())[:_LONGEST_VALUE].strip() or None


def clean_title(value: object) -> str | None:
    """Return the title in *value*, unless a program made it up."""
    title = clean_value(value)
    return None if title is None or _MADE_UP.fullmatch(title) else title


def clean_date(value: object) -> str | None:
    """Return the date in *value*; None if it is not a date."""
    date = clean_value(value)
    return None if date is None or any(date_faults("published", date)) else date


def join_paragraphs(paragraphs: list[str]) -> str:
    """Return *paragraphs* as one text, with a blank line between them."""
    return "\n\n".join(kept for each in paragraphs if (kept := _stripped(clean_text(each))))


def _stripped(paragraph: str) -> str:
    """Return *paragraph* without spaces at its ends, except tabs for empty cells."""
    stripped = paragraph.strip()
    is_table = "\t" in stripped or "\n" in stripped
    return _SPACES_BEFORE.sub("", paragraph.rstrip()) if is_table else stripped
