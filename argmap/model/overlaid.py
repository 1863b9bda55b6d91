"""A few changes laid over a large mapping, which stays unchanged and is shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import Any, Final, TypeVar

from attrs import frozen

V = TypeVar("V")

MOST_LAID_OVER: Final = 1000
"""The most keys in the upper layer; with more, the two layers are merged into one."""


@frozen(eq=False)
class Overlaid(Mapping[str, V]):
    """Two layers that read as one mapping: changed keys keep their place, new ones come last."""

    beneath: Mapping[str, V]
    over: dict[str, V | None]
    """None for a key that is removed."""

    def __getitem__(self, key: str) -> V:
        value = self.over[key] if key in self.over else self.beneath[key]
        if value is None:
            raise KeyError(key)
        return value

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401  (as in Mapping)
        """Return the value of *key*, else *default*; without an exception for a missing key."""
        value = self.over[key] if key in self.over else self.beneath.get(key)
        return default if value is None else value

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None  # type: ignore[arg-type]  # no other key is in it

    def __iter__(self) -> Iterator[str]:
        over, beneath = self.over, self.beneath
        yield from (key for key in beneath if key not in over or over[key] is not None)
        yield from (k for k, value in over.items() if value is not None and k not in beneath)

    def __len__(self) -> int:
        beneath = self.beneath
        return len(beneath) + sum(
            (value is not None) - (key in beneath) for key, value in self.over.items()
        )

    def values(self) -> ValuesView[V]:
        """Return a view that looks up no value in the lower layer by its key."""
        return _Values(self)


class _Values(ValuesView[V]):
    _mapping: Overlaid[V]

    def __iter__(self) -> Iterator[V]:
        over, beneath = self._mapping.over, self._mapping.beneath
        for key, below in beneath.items():
            value = over.get(key) if key in over else below
            if value is not None:
                yield value
        yield from (v for key, v in over.items() if v is not None and key not in beneath)


def with_changes(mapping: Mapping[str, V], changes: Mapping[str, V | None]) -> Mapping[str, V]:
    """Return *mapping* with *changes*, where None removes a key; the cost grows with *changes*."""
    beneath, over = mapping, {**changes}
    if isinstance(mapping, Overlaid):
        beneath, over = mapping.beneath, {**mapping.over, **changes}
    # Each change copies the upper layer, so it must stay small; merging copies both, but rarely.
    if len(over) <= MOST_LAID_OVER:
        return Overlaid(beneath, over)
    return {key: value for key, value in {**beneath, **over}.items() if value is not None}
