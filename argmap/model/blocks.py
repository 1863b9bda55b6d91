"""A sorted sequence in blocks: a changed copy shares every block that has no change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable

E = TypeVar("E")

LARGEST: Final = 512
"""The most items of a block; a larger one is split."""


@frozen(eq=False, repr=False)
class Blocks(Sequence[E]):
    """A sorted sequence that is never changed in place."""

    blocks: Sequence[Sequence[E]]
    """The items in order; no block is empty."""
    _starts: list[int] = field(init=False)
    """The number of items before each block, and of all items."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_starts", [0, *accumulate(map(len, self.blocks))])

    @classmethod
    def of(cls, items: Sequence[E]) -> Blocks[E]:
        """Return *items*, which are sorted, in blocks with room for more."""
        size = LARGEST // 2
        return cls([items[first : first + size] for first in range(0, len(items), size)])

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[E]:
        return chain.from_iterable(self.blocks)

    @overload
    def __getitem__(self, place: int) -> E: ...
    @overload
    def __getitem__(self, place: slice) -> list[E]: ...
    def __getitem__(self, place: int | slice) -> E | list[E]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        number = range(len(self))[place]
        block = bisect_right(self._starts, number) - 1
        return self.blocks[block][number - self._starts[block]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as a list

    def __repr__(self) -> str:
        return f"Blocks.of({list(self)!r})"

    def replaced(
        self, removed: Iterable[E], added: Iterable[E], order: Callable[[E], Any]
    ) -> Blocks[E]:
        """Return a copy without the *removed* items and with the *added* ones.

        *order* is the sort key; no two items share one.
        """
        blocks = list(self.blocks)
        for item in removed:
            number, place = _place_in(blocks, order(item), order)
            block = blocks[number]
            rest = [*block[:place], *block[place + 1 :]]
            blocks[number : number + 1] = [rest] if rest else []
        for item in added:
            number, place = _place_in(blocks, order(item), order)
            block = blocks[number] if blocks else ()
            more = [*block[:place], item, *block[place:]]
            half = len(more) if len(more) <= LARGEST else LARGEST // 2
            blocks[number : number + 1] = filter(None, (more[:half], more[half:]))
        return Blocks(blocks)


def _place_in(
    blocks: Sequence[Sequence[E]],
    key: Any,  # noqa: ANN401  (what the order returns)
    order: Callable[[E], Any],
) -> tuple[int, int]:
    """Return the number of the block to which *key* belongs, and its place in the block."""
    number = max(0, bisect_right(blocks, key, key=lambda block: order(block[0])) - 1)
    return number, bisect_left(blocks[number], key, key=order) if blocks else 0
