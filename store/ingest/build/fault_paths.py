"""Paths of faults, which name the key that the user wrote, not a derived one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from argmap.model.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from argmap.model.map import Entity

_CAUSES: Final = {
    "text": ("quote",),
    "nature": ("kind",),
    "main": ("kind",),
    "main_item": ("kind",),
    "stated": ("kind",),
    "chain": ("source",),
    "cue_start": ("cue",),
    "conclusion": ("premises",),
    "valid": ("checked",),
    "answer": ("criterion", "version", "rubric"),
    "criterion": ("version", "rubric"),
    "rubric": ("version",),
    "start": ("end", "prefix"),
    "quote": ("start", "end", "prefix"),
}
"""For each key, the given keys that can cause its fault.

A record that turns a claim into evidence gives no nature, yet the stored nature is the fault.
"""

_ROOT = re.compile(r"[^.\[]*")
_NUMBER = re.compile(r"\[\d+\]")


def faults_at_given_keys(faults: Iterable[Fault], given: Collection[str]) -> list[Fault]:
    """Return *faults*, each moved to one of the keys *given* in the record."""
    return [_moved(fault, given) for fault in faults]


def _moved(fault: Fault, given: Collection[str]) -> Fault:
    root = _ROOT.match(fault.path)[0]  # type: ignore[index]  # it matches anything
    # A missing key is reported under its own name, although the record does not give it.
    if root in given or fault.reason.startswith("is missing"):
        return fault
    cause = next((key for key in _CAUSES.get(root, ()) if key in given), None)
    return fault if cause is None else Fault(cause, fault.reason, fault.kind)


def fault_in_part(path: str, entity_type: str, fault: Fault) -> Fault:
    """Return the *fault* of a part with its path in the statement's record.

    An attribution is an object with its own keys; every other shorthand is one value, so the
    fault is at *path* itself.
    """
    has_keys = entity_type == "attribution" and fault.path
    return Fault(f"{path}.{fault.path}" if has_keys else path, fault.reason, fault.kind)


def values_with_paths(key: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  (a value, a list of them, or None)
    """Yield the path and value of each value under *key*, single or in a list."""
    if isinstance(value, list):
        yield from ((f"{key}[{n}]", each) for n, each in enumerate(value))
    elif value is not None:
        yield key, value


def duplicate_id_faults(parts: Sequence[tuple[str, Entity]]) -> Iterator[Fault]:
    """Yield a fault for each of *parts* that has the id of an earlier, different one.

    Args:
        parts: Paths with their entities.
    """
    first: dict[str, tuple[str, Entity]] = {}
    for path, part in parts:
        before, same = first.setdefault(part.id, (path, part))
        if same != part:
            yield Fault(path, f"has the same id as {before}, {part.id!r}, but other content", "id")


def path_in_file(path: str, written: Mapping[str, str]) -> str:
    """Return the record's *path* as the file itself would write it.

    `attribution[1].chain[0]` is `source[1][0]` in a table: the first source of the second
    attribution.

    Args:
        path: A path in the keys of records.
        written: The file's own names for those keys, as in `Located`.
    """
    if path in written:
        return written[path]
    keys = path.split(".")
    for count in range(len(keys), 0, -1):
        known = written.get(_NUMBER.sub("", ".".join(keys[:count])))
        if known is not None:
            numbers = "".join(_NUMBER.findall(".".join(keys[:count])))
            return ".".join([f"{known}{numbers}", *keys[count:]])
    return path
