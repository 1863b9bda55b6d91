"""Find a document or source by its id, its title, or the beginning of either."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from argmap.errors import MissingError

from .display import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_LISTED: Final = 5
"""The most candidates that a message lists: about one line."""


def find_id(rows: Sequence[tuple[str, str]], name: str, *, in_full: bool = False) -> str | None:
    """Return the only id in *rows* that *name* matches, by the strictest rule that applies.

    The rules, in order: the exact id, the exact title, either in any case, the beginning of
    either. An empty name matches nothing: a script whose variable is empty would otherwise
    change any document.

    Args:
        rows: Ids and titles.
        name: The name that a person typed.
        in_full: Match only the exact id or the exact title.

    Returns:
        None if nothing matches.

    Raises:
        MissingError: several ids match by the same rule; the message lists them.
    """
    folded = _fold(name)
    ways: tuple[Callable[[str, str], bool], ...] = (
        lambda id_, _: id_ == name,
        lambda _, title: title == name,
        lambda id_, title: folded in (_fold(id_), _fold(title)),
        lambda id_, title: _fold(id_).startswith(folded) or _fold(title).startswith(folded),
    )
    for fits in ways[: 2 if in_full else None] if name else ():
        found = [(id_, title) for id_, title in rows if fits(id_, title)]
        if len(found) > 1:
            raise MissingError(_ambiguity_message(name, found))
        if found:
            return found[0][0]
    return None


def _ambiguity_message(name: str, found: Sequence[tuple[str, str]]) -> str:
    is_one_title = len({_fold(title) for _, title in found}) == 1
    listed = [
        id_ if is_one_title or _fold(id_) == _fold(title) else f"{id_} ({short(title)})"
        for id_, title in found[:_MOST_LISTED]
    ]
    more = len(found) - _MOST_LISTED
    named = ", ".join(listed) + (f" and {more:,} more" if more > 0 else "")
    return f"{name!r} could be {named}; give more of the name, or the id"


def _fold(text: str) -> str:
    """Return *text* in the form that is compared: in any case, with composed accents."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()
