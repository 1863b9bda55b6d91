"""A few changes laid over a large mapping, which stays unchanged and is shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from attrs import frozen

V = TypeVar("V")

MOST_LAID_OVER: Final = 1000
"""The most keys in the upper layer; with more, the two layers are merged into one."""


@frozen(eq=False)
class Overlaid(Mapping[str, V]):
    """Two layers that read as one mapping."""

    beneath: Mapping[str, V]
    over: dict[str, V | None]
    """None for a key that is removed."""

    def __getitem__(self, key: str) -> V:
        value = self.over[key] if key in self.over else self.beneath[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        yield from (key for key in self.beneath if key not in self.over)
        yield from (key for key, value in self.over.items() if value is not None)

    def __len__(self) -> int:
        hidden = sum(key in self.beneath for key in self.over)
        return len(self.beneath) - hidden + sum(v is not None for v in self.over.values())


def with_changes(mapping: Mapping[str, V], changes: Mapping[str, V | None]) -> Mapping[str, V]:
    """Return *mapping* with *changes*, where None removes a key; the cost grows with *changes*."""
    beneath, over = mapping, {**changes}
    if isinstance(mapping, Overlaid):
        beneath, over = mapping.beneath, {**mapping.over, **changes}
    # Each change copies the upper layer, so it must stay small; merging copies both, but rarely.
    if len(over) <= MOST_LAID_OVER:
        return Overlaid(beneath, over)
    return {key: value for key, value in {**beneath, **over}.items() if value is not None}
