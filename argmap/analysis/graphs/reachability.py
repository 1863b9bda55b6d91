"""Reachability in a graph, for many targets in one pass: each target is a bit of a number.

Targets are handled a stretch at a time, so that memory stays bounded however dense the
graph is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

STRETCH: Final = 8192
"""Targets that are handled in one pass."""


def stretches_of(targets: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield *targets* in order, in slices of `STRETCH`."""
    for start in range(0, len(targets), STRETCH):
        yield targets[start : start + STRETCH]


def reached(
    successors: Sequence[Sequence[int]], targets: Sequence[int], circular: Container[int]
) -> list[int]:
    """Return for each node the *targets* that it leads to in one or more steps, as bits.

    Args:
        successors: For each node the nodes that it leads to, all of lower numbers.
        targets: Nodes; the first is the lowest bit.
        circular: Nodes that represent circles, and so lead to themselves.
    """
    own = {node: 1 << bit for bit, node in enumerate(targets)}
    found: list[int] = []
    for node, after in enumerate(successors):
        bits = own.get(node, 0) if node in circular else 0
        for target in after:
            bits |= found[target] | own.get(target, 0)
        found.append(bits)
    return found
