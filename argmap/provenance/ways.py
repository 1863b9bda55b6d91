"""The ways back from every claim of a map, as one graph: claims, their items, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import Factory, define

from argmap.provenance.life import followed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.provenance.life import Living

Node = tuple[Literal["support", "item", "source"], str]
"""What speaks for a statement, evidence as an item, or a source; each by its id."""


@define
class Ways:
    """A graph from claims down to what derives from nothing."""

    living: Living
    nodes: dict[Node, int] = Factory(dict)
    """The number of each node that a claim leads to."""
    successors: list[list[int]] = Factory(list)

    def number(self, node: Node) -> int:
        """Return the number of *node*, a new one where it has none."""
        return self.nodes.setdefault(node, len(self.nodes))

    def steps_from(self, node: Node) -> Iterator[Node]:
        """Yield what *node* leads to."""
        living, (kind, id_) = self.living, node
        argument_map, removed = living.argument_map, living.removed
        if kind == "source":
            for origin in argument_map.sources[id_].derives_from:
                if origin not in removed:
                    yield ("source", origin)
        elif kind == "item":
            for source in followed(living.items[id_], argument_map.sources, removed):
                yield ("source", source)
        else:
            for step in living.steps_to(id_):
                for premise in step.premises:
                    if premise in living.items:
                        yield ("item", premise)
                    if premise in argument_map.inferences_to:
                        yield ("support", premise)


def ways_in(living: Living) -> Ways:
    """Return the ways back from every claim that stands in a map."""
    ways = Ways(living)
    for statement in living.argument_map.ordered_statements:
        if statement.kind == "claim" and statement.id not in living.dead:
            ways.number(("support", statement.id))
    waiting = list(ways.nodes)
    ways.successors = [[] for _ in waiting]
    while waiting:
        node = waiting.pop()
        targets = ways.successors[ways.nodes[node]]
        for after in ways.steps_from(node):
            if after not in ways.nodes:
                waiting.append(after)
                ways.successors.append([])
            targets.append(ways.number(after))
    return ways
