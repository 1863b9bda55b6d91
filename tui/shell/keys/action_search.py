"""Search for an action by its key or by its title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve
from textual.fuzzy import FuzzySearch

from tui.look.key_names import key_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.dialogs.pick import Choice

_LONGEST: Final = 10
"""Maximum length of a word whose letters may be scattered; longer ones take too long."""

_BY_KEY, _BY_OTHER_CASE, _BY_PART_OF_KEY, _BY_TITLE = range(4)
"""Ways in which an action matches, the best first."""


def typed_names_of(keys: Iterable[str]) -> set[str]:
    """Return the names that people type for *keys*, such as `ctrl+p` and `^p`."""
    names = set()
    for key in keys:
        *modifiers, last = key.split("+")
        names |= {key, key_name(key), "+".join([*modifiers, key_name(last)])}
    return names


def find_actions(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return the *choices* that match *typed*, the best first, their letters marked.

    A key matches its action: the key `u` comes before `U`, and both before titles with a u. Letters
    scattered over a title count only if no title has the whole words; else `main` would find
    `suspend argmap`. With nothing typed, all choices are returned in their order.
    """
    typed = typed.strip()
    if not typed:
        return list(choices)
    scored = []
    words = typed.casefold().split()
    whole = {c.id for c in choices if all(word in c.words.casefold() for word in words)}
    for number, choice in enumerate(choices):
        by_key = _match_key(choice, typed)
        score, marks = _match_title(choice.words, typed)
        is_titled = score and (not whole or choice.id in whole)
        if by_key is not None or is_titled:
            way = _BY_TITLE if by_key is None else by_key
            scored.append((way, -score, number, evolve(choice, marks=marks)))
    return [choice for *_, choice in sorted(scored, key=lambda match: match[:3])]


def _match_key(choice: Choice, typed: str) -> int | None:
    names = typed_names_of(choice.keys)
    if typed in names:
        return _BY_KEY
    if typed.casefold() in {name.casefold() for name in names}:
        return _BY_OTHER_CASE
    is_part = len(typed) > 1 or not typed.isalnum()
    if is_part and any(name.startswith(typed.casefold()) for name in names):
        return _BY_PART_OF_KEY
    return None


def _match_title(title: str, typed: str) -> tuple[float, list[int]]:
    """Return the score of *typed* in *title*, 0 for no match, and the matched places."""
    total, marks = 0.0, set[int]()
    for word in typed.split():
        if len(word) > _LONGEST and word.casefold() not in title.casefold():
            return 0, []
        score, places = _SEARCH.match(word, title)
        if not score:
            return 0, []
        total += score
        marks.update(places)
    return total, sorted(marks)


_SEARCH: Final = FuzzySearch()
