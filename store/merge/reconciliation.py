"""Reconcile two records of one entity, key by key: what only theirs says is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterable

Content = dict[str, Any]

_PLACES: Final = ("quote", "start", "end")
_SETS: Final = frozenset({"tags", "derives_from", "same_origin", "passages"})
"""Lists that only grow: the one that has all of the other is taken."""

_EXACT: Final = {"document": frozenset({"text"}), "attribution": frozenset({"cue"})}
"""Texts in which characters are counted, so that another spelling is another text."""

_FILLED_IN: Final = frozenset({"id", "type", "label"})
"""What identifies both sides, and labels, which are kept for life."""

_CORE: Final = {
    "statement": ("document",),
    "inference": ("document", "premises", "conclusion", "stance"),
    "attribution": ("statement",),
    "rating": ("statement", "source", "document", "rubric", "version", "criterion", "assessor"),
    "reliability": ("source", "topic", "assessor"),
    "credibility": ("statement", "assessor"),
}
"""What a record is about. Where this differs, one id names two things, and their other keys do
not belong to mine."""

_LEADS: Final = {
    "statement": dict.fromkeys(("nature", "main", "main_item", "stated"), "kind"),
    "attribution": {"cue_start": "cue", "chain": "class"},
    "rating": {"because": "answer", "at": "answer"},
    "reliability": {"because": "letter", "at": "letter", "valid": "checked"},
    "credibility": {"because": "number", "at": "number"},
}
"""Keys that say something of another key: a reason for 3 must not become a reason for 1."""


@define
class Reconciliation:
    """How the keys of two records are reconciled. A key that is in none of these stays."""

    filled: list[str] = field(factory=list)
    """Keys that are taken because mine says nothing there, or less of a list."""
    replaced: list[str] = field(factory=list)
    """Keys that are taken in place of what mine says."""
    conflicts: list[str] = field(factory=list)
    """Keys that stay as they are in mine, and are otherwise in theirs."""
    update: Content = field(factory=dict)
    """The record that changes mine, without its type and id."""


def reconcile(mine: Content, theirs: Content, *, prefers_theirs: bool = False) -> Reconciliation:
    """Reconcile two records of one entity, as `record_from_entity` makes them.

    A key that only one of them has is taken from that one, even if theirs are preferred:
    nobody has said that it should go. Preferring theirs decides only between two values.
    """
    mine, theirs = _with_passages(mine), _with_passages(theirs)
    type_ = mine["type"]
    found = Reconciliation()
    leads = _LEADS.get(type_, {})
    is_other = any(mine.get(key) != theirs.get(key) for key in _CORE.get(type_, ()))
    for key in _ordered({**theirs, **mine}, leads):
        own, other = mine.get(key), theirs.get(key)
        is_led = leads.get(key) in (*found.conflicts, *found.replaced)
        if is_other and key in _CORE[type_]:
            if own != other:
                (found.replaced if prefers_theirs else found.conflicts).append(key)
        elif not _says(other):
            if is_led and prefers_theirs and _says(own) and _is_lost(key, own, mine | theirs):
                found.replaced.append(key)
        elif _are_same(own, other, is_exact=key in _EXACT.get(type_, ())) or _has_all(
            key, own, other
        ):
            continue
        elif not (is_led or is_other) and (not _says(own) or _has_all(key, other, own)):
            found.filled.append(key)
        else:
            (found.replaced if prefers_theirs else found.conflicts).append(key)
    for key in (*found.filled, *found.replaced):
        found.update |= _places(theirs[key]) if key == "passages" else {key: theirs.get(key)}
    return found


def shown(record: Content, key: str) -> object:
    """Return what *record* says under a *key* of `Reconciliation`; None for nothing."""
    return record.get("quote" if key == "passages" else key)


def _ordered(keys: Iterable[str], leads: dict[str, str]) -> list[str]:
    """Return *keys* with those last that depend on others."""
    return sorted((key for key in keys if key not in _FILLED_IN), key=leads.__contains__)


def _says(value: object) -> bool:
    """Tell whether *value* says anything; False and 0 do."""
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [])


def _are_same(mine: object, theirs: object, *, is_exact: bool) -> bool:
    if isinstance(mine, str) and isinstance(theirs, str) and not is_exact:
        return mine == theirs or normalize("NFC", mine) == normalize("NFC", theirs)
    return type(mine) is type(theirs) and mine == theirs


def _has_all(key: str, some: object, others: object) -> bool:
    """Tell whether the list *some* has all that *others* has, where order says nothing."""
    return (
        key in _SETS
        and isinstance(some, list)
        and isinstance(others, list)
        and all(each in some for each in others)
    )


def _is_lost(key: str, own: object, after: Content) -> bool:
    """Tell whether what mine says under *key* makes no sense with what is now said around it."""
    if key == "stated":
        return bool(after["kind"] != "assumption")
    if key in ("nature", "main", "main_item"):
        return bool(after["kind"] != "claim")
    if key == "valid":
        return isinstance(own, int) and own > (after.get("checked") or 0)
    return key == "cue_start"  # it is the place of the words that are replaced


def _with_passages(record: Content) -> Content:
    """Return *record* with its quotes and their places as one list."""
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
