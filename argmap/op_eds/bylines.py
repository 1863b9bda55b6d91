"""Guess the author, outlet, date and URL of a text from its first lines.

The guesses are offered to a person and never stored unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from .head_lines import classify_line
from .title_parts import bare_title
from .titles import LONGEST_TITLE, find_title

if TYPE_CHECKING:
    from argmap.formats.registry import Extract

_TOP: Final = 4096
"""Code points that are searched for the head of an op-ed."""

_FIRST_LINES: Final = 12
"""Lines with words that may belong to the head of an op-ed."""

_FIELDS: Final = {"byline": "author", "date": "published", "address": "url", "outlet": "publisher"}
"""The kinds of parts of a line that are kept, with the field of each."""

_MARKS: Final = "*_# "
"""Markdown's marks around a line."""


def guess_missing_fields(extract: Extract) -> Extract:
    """Return *extract* with guesses from its text for the fields that its file leaves empty."""
    title = extract.title or find_title(extract.text)
    guessed = _from_lines(_head(extract.text), title)
    missing: dict[str, Any] = {
        key: value for key, value in guessed.items() if getattr(extract, key) is None
    }
    return evolve(extract, title=title, **missing)


def _head(text: str) -> list[str]:
    """Return the lines before the first paragraph."""
    lines = [line.strip(_MARKS) for line in text[:_TOP].split("\n")]
    head = [line for line in lines if line][:_FIRST_LINES]
    ends = (n for n, line in enumerate(head) if len(bare_title(line)) > LONGEST_TITLE)
    return head[: next(ends, len(head))]


def _from_lines(lines: list[str], title: str | None) -> dict[str, str]:
    """Return author, outlet, date and URL as far as short lines give them.

    A byline at the top counts as one only if a title is below it: `By Grace Alone` can be either.
    """
    guesses: dict[str, str] = {}
    for line in lines:
        if title is not None and title in (line, bare_title(line)):
            continue
        kinds = classify_line(line)
        if not {"byline", "date", "address"} & {kind for kind, _ in kinds}:
            continue
        for kind, value in kinds:
            if kind in _FIELDS and value:
                guesses.setdefault(_FIELDS[kind], value)
    if title is None:
        guesses.pop("author", None)
    return guesses
