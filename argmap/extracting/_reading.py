"""What the readers share: libraries that may be missing, and what a file tells of itself."""

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
"""Code points of text that one file may come to, and bytes that it may unpack to."""

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
"""Titles that a program or a template gave."""

_LIGATURES: Final = str.maketrans({
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st",
})  # fmt: skip


@contextmanager
def reading(where: str, kind: str) -> Iterator[None]:
    """Let a library read the file *where*, which is *kind*, without a word of its own.

    Raises:
        InputError: the library is not installed.
    """
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    except ImportError as error:
        message = f"{where}: is {kind}; pip install 'argmap[ingest]' brings what reads it"
        raise InputError(message) from error
    finally:
        logging.disable(before)


def refuse(where: str, what: str) -> NoReturn:
    """Raise the `InputError` that says *what* is wrong with the file *where*."""
    message = f"{where}: {what}"
    raise InputError(message)


def plain(text: str) -> str:
    """Return *text* with ligatures as letters, without what no document can hold."""
    return _UNFIT.sub("", text.translate(_LIGATURES))


def told(value: object) -> str | None:
    """Return what a file tells in *value*, on one line; None where it tells nothing."""
    if not isinstance(value, str):
        return None
    return " ".join(plain(value).split())[:_LONGEST_VALUE].strip() or None


def title_told(value: object) -> str | None:
    """Return the title that a file has in *value*, unless it is one that a program made up."""
    title = told(value)
    return None if title is None or _MADE_UP.fullmatch(title) else title


def date_told(value: object) -> str | None:
    """Return the date in *value*; None where it is none."""
    date = told(value)
    return None if date is None or any(date_faults("published", date)) else date


def joined(paragraphs: list[str]) -> str:
    """Return *paragraphs* as one text, with a blank line between them."""
    return "\n\n".join(kept for each in paragraphs if (kept := _stripped(plain(each))))


def _stripped(paragraph: str) -> str:
    """Return *paragraph* without spaces round it; before a table, a tab is an empty cell."""
    stripped = paragraph.strip()
    is_table = "\t" in stripped or "\n" in stripped
    return _SPACES_BEFORE.sub("", paragraph.rstrip()) if is_table else stripped
