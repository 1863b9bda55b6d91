"""Find the one document or source that a person means by an id, a title, or a beginning of one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from argmap.errors import MissingError

from .display import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_LISTED: Final = 5
"""Candidates in a message: a line's worth."""


def find_id(rows: Sequence[tuple[str, str]], name: str, *, in_full: bool = False) -> str | None:
    """Return the one id of *rows* that *name* means, in the first way that fits.

    It may be the id, the whole title, either in any case, or a beginning of either. An empty
    name means none: a script whose variable is empty would change whatever is there.

    Args:
        rows: Ids and titles.
        name: What a person wrote.
        in_full: Take the id or the whole title alone, as it is written.

    Raises:
        MissingError: more than one fits in that way; the message lists them.
    """
    folded = _folded(name)
    ways: tuple[Callable[[str, str], bool], ...] = (
        lambda id_, _: id_ == name,
        lambda _, title: title == name,
        lambda id_, title: folded in (_folded(id_), _folded(title)),
        lambda id_, title: _folded(id_).startswith(folded) or _folded(title).startswith(folded),
    )
    for fits in ways[: 2 if in_full else None] if name else ():
        found = [(id_, title) for id_, title in rows if fits(id_, title)]
        if len(found) > 1:
            raise MissingError(_ambiguous(name, found))
        if found:
            return found[0][0]
    return None


def _ambiguous(name: str, found: Sequence[tuple[str, str]]) -> str:
    is_one_title = len({_folded(title) for _, title in found}) == 1
    listed = [
        id_ if is_one_title or _folded(id_) == _folded(title) else f"{id_} ({short(title)})"
        for id_, title in found[:_MOST_LISTED]
    ]
    more = len(found) - _MOST_LISTED
    named = ", ".join(listed) + (f" and {more:,} more" if more > 0 else "")
    return f"{name!r} could be {named}; give more of it, or the id"


def _folded(text: str) -> str:
    """Return *text* as it is compared: in any case, however its accents are written."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()
