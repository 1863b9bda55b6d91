"""Reorder siblings of the map by changing as few `order` values as possible."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from argmap.errors import EditError
from argmap.model.faults import LARGEST
from argmap.model.map import Change, place_order
from argmap.model.statement import Inference, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T", Statement, Inference)


def move_sibling(siblings: Sequence[T], one: T, by: int, labels: str) -> tuple[Change, ...]:
    """Return the changes that move *one* *by* places among its *siblings*.

    Args:
        siblings: All siblings, in order.
        one: The sibling to move.
        by: Number of places to move down; negative to move up.
        labels: The name of the sibling in the error message.

    Raises:
        EditError: the sibling is first or last already.
    """
    place = siblings.index(one)
    to = min(max(0, place + by), len(siblings) - 1)
    if to == place:
        message = f"{labels} cannot move further {'up' if by < 0 else 'down'}"
        raise EditError(message)
    wanted = [each for each in siblings if each is not one]
    wanted.insert(to, one)
    orders = orders_for(wanted)
    return tuple(
        Change(each, evolve(each, order=orders[each.id])) for each in wanted if each.id in orders
    )


def orders_for(wanted: Sequence[T]) -> dict[str, int | None]:
    """Return the `order` values, by id, that put siblings into the sequence *wanted*.

    Only siblings whose value changes are returned; None clears a value. Siblings without an
    order sort last, by label. So the sequence has a head, in which every sibling has an order,
    and a tail, in which none has one. The split that changes the fewest siblings is used; among
    equals the first, which leaves the fewest orders.
    """
    if all(place_order(one) < place_order(next_) for one, next_ in pairwise(wanted)):
        return {}
    rises = _required_rises(wanted)
    kept, _ = _keepable(wanted, rises)
    head, changes = len(wanted), len(wanted) - kept[-1]
    cleared = 0
    for size in range(len(wanted) - 1, _tail_start(wanted) - 1, -1):
        cleared += wanted[size].order is not None
        if size - kept[size] + cleared <= changes:
            head, changes = size, size - kept[size] + cleared
    found: dict[str, int | None] = {each.id: None for each in wanted[head:]}
    found |= _fill_orders(wanted[:head], rises)
    return {each.id: found[each.id] for each in wanted if each.order != found[each.id]}


def _tie(sibling: T) -> tuple[Any, ...]:
    """Return the sort key among siblings with the same order, or with none."""
    return place_order(sibling)[1:]


def _required_rises(wanted: Sequence[T]) -> list[int]:
    """Return the least rise in order from the first sibling to each of *wanted*.

    Between neighbours the order rises by 1 where their labels alone would reverse them;
    otherwise both may have the same order.
    """
    found = [0]
    for one, next_ in pairwise(wanted):
        found.append(found[-1] + (_tie(one) > _tie(next_)))
    return found


def _tail_start(wanted: Sequence[T]) -> int:
    """Return the index from which labels alone put *wanted* in sequence."""
    place = len(wanted)
    while place and (place == len(wanted) or _tie(wanted[place - 1]) < _tie(wanted[place])):
        place -= 1
    return place


def _keepable(wanted: Sequence[T], rises: Sequence[int]) -> tuple[list[int], list[int]]:
    """Find the most siblings that can keep their orders while the others fit in between.

    Once the required rises are subtracted, the kept orders never fall: they are a longest
    non-decreasing subsequence, found by bisection.

    Returns:
        How many of the first 0, 1, 2 … siblings can keep theirs; the indices of those kept in all.
    """
    counts, ends, last = [0], list[int](), list[int]()
    before: dict[int, int] = {}
    for place, sibling in enumerate(wanted):
        order = sibling.order
        if order is not None and rises[place] < order <= LARGEST - rises[-1] + rises[place]:
            at = bisect_right(ends, order - rises[place])
            if at:
                before[place] = last[at - 1]
            ends[at : at + 1] = [order - rises[place]]
            last[at : at + 1] = [place]
        counts.append(len(ends))
    chain = last[-1:]
    while chain and chain[-1] in before:
        chain.append(before[chain[-1]])
    return counts, chain[::-1]


def _fill_orders(head: Sequence[T], rises: Sequence[int]) -> dict[str, int | None]:
    """Return the orders of *head*: kept where possible, else one more than the one before.

    Where the next kept order leaves no room for one more, the labels decide.
    """
    kept = set(_keepable(head, rises)[1])
    room, rooms = LARGEST - rises[-1], list[int]()
    for place in range(len(head) - 1, -1, -1):
        if place in kept:
            room = (head[place].order or 0) - rises[place]
        rooms.append(room + rises[place])
    found: dict[str, int | None] = {}
    order = 0
    for place, sibling in enumerate(head):
        least = order + (rises[place] - rises[place - 1] if place else 1)
        order = max(least, min(order + 1, rooms[-1 - place]))
        if place in kept:
            order = sibling.order or 0
        found[sibling.id] = order
    return found
