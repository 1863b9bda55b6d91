"""Reconcile two records of one entity key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterable

Content = dict[str, Any]

_PLACES: Final = ("quote", "start", "end")
_SETS: Final = frozenset({"tags", "derives_from", "same_origin", "passages"})
"""Lists that only grow: if one contains the other, the larger one is taken."""

_EXACT: Final = {"document": frozenset({"text"}), "attribution": frozenset({"cue"})}
"""Texts with positions, where another Unicode composition is another text."""

_FILLED_IN: Final = frozenset({"id", "type", "label"})
"""Keys that are not reconciled: identity, and labels, which never change."""

_CORE: Final = {
    "statement": ("document",),
    "inference": ("document", "premises", "conclusion", "stance"),
    "attribution": ("statement",),
    "rating": ("statement", "source", "document", "rubric", "version", "criterion", "assessor"),
    "reliability": ("source", "topic", "assessor"),
    "credibility": ("statement", "assessor"),
}
"""The keys that define the subject of a record.

Where they differ, one id names two different entities, and the other keys of theirs must not be
added to mine.
"""

_LEADS: Final = {
    "statement": dict.fromkeys(("nature", "main", "main_item", "stated"), "kind"),
    "attribution": {"cue_start": "cue", "chain": "class"},
    "rating": {"because": "answer", "at": "answer"},
    "reliability": {"because": "letter", "at": "letter", "valid": "checked"},
    "credibility": {"because": "number", "at": "number"},
}
"""Keys that depend on another key.

A reason for level 3 must not become a reason for level 1.
"""


@define
class Reconciliation:
    """The result for the keys of two records. Keys in none of the lists stay."""

    filled: list[str] = field(factory=list)
    """Keys that are taken because mine lacks them, or has less of a list."""
    replaced: list[str] = field(factory=list)
    """Keys that are taken instead of the value in mine."""
    conflicts: list[str] = field(factory=list)
    """Keys that keep the value in mine, and have another one in theirs."""
    update: Content = field(factory=dict)
    """The record that changes mine, without its type and id."""


def reconcile(mine: Content, theirs: Content, *, prefers_theirs: bool = False) -> Reconciliation:
    """Reconcile two records of one entity, as `record_from_entity` makes them.

    A key that only one record has is kept, even if theirs are preferred: no one asked to remove it.
    The preference decides only between two different values.
    """
    mine, theirs = _with_passages(mine), _with_passages(theirs)
    type_ = mine["type"]
    result = Reconciliation()
    leads = _LEADS.get(type_, {})
    is_other = any(mine.get(key) != theirs.get(key) for key in _CORE.get(type_, ()))
    for key in _ordered({**theirs, **mine}, leads):
        own, other = mine.get(key), theirs.get(key)
        is_led = leads.get(key) in (*result.conflicts, *result.replaced)
        if is_other and key in _CORE[type_]:
            if own != other:
                (result.replaced if prefers_theirs else result.conflicts).append(key)
        elif not _says(other):
            if is_led and prefers_theirs and _says(own) and _is_lost(key, own, mine | theirs):
                result.replaced.append(key)
        elif _are_same(own, other, is_exact=key in _EXACT.get(type_, ())) or _has_all(
            key, own, other
        ):
            continue
        elif not (is_led or is_other) and (not _says(own) or _has_all(key, other, own)):
            result.filled.append(key)
        else:
            (result.replaced if prefers_theirs else result.conflicts).append(key)
    for key in (*result.filled, *result.replaced):
        result.update |= _places(theirs[key]) if key == "passages" else {key: theirs.get(key)}
    return result


def shown(record: Content, key: str) -> object:
    """Return the value of *record* under a *key* of `Reconciliation`, or None."""
    return record.get("quote" if key == "passages" else key)


def _ordered(keys: Iterable[str], leads: dict[str, str]) -> list[str]:
    """Return *keys*, with those that depend on others last."""
    return sorted((key for key in keys if key not in _FILLED_IN), key=leads.__contains__)


def _says(value: object) -> bool:
    """Return whether *value* is not empty; False and 0 are not."""
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [])


def _are_same(mine: object, theirs: object, *, is_exact: bool) -> bool:
    if isinstance(mine, str) and isinstance(theirs, str) and not is_exact:
        return mine == theirs or normalize("NFC", mine) == normalize("NFC", theirs)
    return type(mine) is type(theirs) and mine == theirs


def _has_all(key: str, some: object, others: object) -> bool:
    """Return whether *some* contains all of *others*, lists without an order."""
    return (
        key in _SETS
        and isinstance(some, list)
        and isinstance(others, list)
        and all(each in some for each in others)
    )


def _is_lost(key: str, own: object, after: Content) -> bool:
    """Return whether the value of mine under *key* contradicts the new values."""
    if key == "stated":
        return bool(after["kind"] != "assumption")
    if key in ("nature", "main", "main_item"):
        return bool(after["kind"] != "claim")
    if key == "valid":
        return isinstance(own, int) and own > (after.get("checked") or 0)
    return key == "cue_start"  # the position in the words that are replaced


def _with_passages(record: Content) -> Content:
    """Return *record* with its quotes and their positions as one list."""
    if "quote" not in record:
        return record
    quote, start, end = (record[key] for key in _PLACES)
    several = (
        zip(quote, start, end, strict=True) if isinstance(quote, list) else [(quote, start, end)]
    )
    rest = {key: value for key, value in record.items() if key not in _PLACES}
    return rest | {"passages": [list(place) for place in several]}


def _places(passages: list[list[Any]]) -> Content:
    columns = [list(column) for column in zip(*passages, strict=True)]
    return dict(zip(_PLACES, columns, strict=True))
