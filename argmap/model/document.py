"""Documents, and the passages of their text that statements rest on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from .faults import Fault, date_faults, id_faults, raise_any, text_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT: Final = 32
"""Code points of the document's text that are kept on each side of a passage."""


@frozen
class Document:
    """One op-ed. Its text never changes."""

    type = "document"

    id: str
    title: str
    text: str = field(repr=False)
    r"""Line ends are `\n`; there is no byte-order mark."""
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    """A day, month or year: `2023-08-14`, `2023-08`, `2023`."""
    url: str | None = None
    language: str | None = None

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def _faults(self) -> Iterator[Fault]:
        yield from id_faults("id", self.id)
        yield from text_faults("title", self.title, required=True)
        yield from text_faults("text", self.text, required=True)
        for key in ("author", "publisher", "url", "language"):
            yield from text_faults(key, getattr(self, key))
        yield from date_faults("published", self.published)


@frozen(order=True)
class Passage:
    """A stretch of a document's text, half-open, in code points."""

    start: int
    end: int
    words: str
    """The document's text from `start` to `end`, exactly."""

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        if not 0 <= self.start < self.end:
            yield Fault(
                "start",
                f"{self.start} to {self.end} is not a passage; end after the start",
            )
        elif len(self.words) != self.end - self.start:
            yield Fault(
                "quote", f"does not have the {self.end - self.start} characters from start to end"
            )


def passage_at(text: str, start: int, end: int) -> Passage:
    """Return the passage of *text* from *start* to *end*, in code points.

    Raises:
        ModelError: the stretch is empty or reaches past the text.
    """
    if end > len(text):
        raise_any(
            [
                Fault(
                    "end",
                    f"{end} is beyond the end of the text, which has {len(text):,} characters",
                )
            ]
        )
    return Passage(start, end, text[start:end])


def context_of(passage: Passage, text: str) -> tuple[str, str]:
    """Return up to `CONTEXT` code points of *text* before and after *passage*."""
    return (
        text[max(0, passage.start - CONTEXT) : passage.start],
        text[passage.end : passage.end + CONTEXT],
    )
