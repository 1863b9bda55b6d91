"""The paths of faults: each names the key that was written, not the one that it stands for."""

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
"""For keys the others that can be at fault: a record that changes a claim into evidence gives no
nature, but the one in the database stands in its way."""

_ROOT = re.compile(r"[^.\[]*")
_NUMBER = re.compile(r"\[\d+\]")


def as_written(faults: Iterable[Fault], given: Collection[str]) -> list[Fault]:
    """Return *faults* at the keys that a record gives; *given* are all that it gives."""
    return [_moved(fault, given) for fault in faults]


def _moved(fault: Fault, given: Collection[str]) -> Fault:
    root = _ROOT.match(fault.path)[0]  # type: ignore[index]  # it matches anything
    if root in given or fault.reason.startswith("is missing"):
        return fault
    cause = next((key for key in _CAUSES.get(root, ()) if key in given), None)
    return fault if cause is None else Fault(cause, fault.reason, fault.kind)


def inside(path: str, entity_type: str, fault: Fault) -> Fault:
    """Return the *fault* of a part of a statement as one of the statement, of which *path* is part.

    An attribution is an object with keys of its own; of the other shorthands there is only the
    one value that makes the part.
    """
    has_keys = entity_type == "attribution" and fault.path
    return Fault(f"{path}.{fault.path}" if has_keys else path, fault.reason, fault.kind)


def numbered(key: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  (a value, a list of them, or None)
    """Yield the values under *key*, alone or in a list, each with its path."""
    if isinstance(value, list):
        yield from ((f"{key}[{n}]", each) for n, each in enumerate(value))
    elif value is not None:
        yield key, value


def double_faults(parts: Sequence[tuple[str, Entity]]) -> Iterator[Fault]:
    """Yield a fault where two of *parts*, by their paths, share an id and differ."""
    first: dict[str, tuple[str, Entity]] = {}
    for path, part in parts:
        before, same = first.setdefault(part.id, (path, part))
        if same != part:
            yield Fault(path, f"has the id of {before}, {part.id!r}, and other content", "id")


def path_in_file(path: str, written: Mapping[str, str]) -> str:
    """Return *path*, of a record, in the words of a file; *written* is as in `Located`.

    `attribution[1].chain[0]` is `source[1][0]` in a table: the first source of the second.
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
