"""Lists by key, most of which have one item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import frozen

E = TypeVar("E")


@frozen(eq=False)
class Groups(Mapping[str, list[E]]):
    """A mapping to lists that are never changed; a list of one item is made when it is read.

    In a map of 100,000 statements, nearly every group has one item, and the lists would take
    more memory than everything else in the index.
    """

    _stored: Mapping[str, E | list[E]]

    @classmethod
    def of(cls, items: Iterable[E], keys: Callable[[E], Iterable[str]]) -> Groups[E]:
        """Group *items* in their order; *keys* returns the keys of an item, each once."""
        stored: dict[str, E | list[E]] = {}
        for item in items:
            for key in keys(item):
                known = stored.setdefault(key, item)
                if isinstance(known, list):
                    known.append(item)
                elif known is not item:
                    stored[key] = [known, item]
        return cls(stored)

    def __getitem__(self, key: str) -> list[E]:
        return _as_list(self._stored[key])

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401  (as in Mapping)
        """Return the group of *key*, else *default*; without an exception for a missing key."""
        found = self._stored.get(key)
        return default if found is None else _as_list(found)

    def __contains__(self, key: object) -> bool:
        return key in self._stored

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def _as_list(found: E | list[E]) -> list[E]:
    return found if isinstance(found, list) else [found]
