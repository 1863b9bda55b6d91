"""The map as a Mermaid flowchart, drawn from the main claim outwards within Mermaid's limits."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final

from argmap.analysis.outline import SIGNS
from argmap.model.map import label_order
from argmap.text.display import excerpt, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference, Statement

# Mermaid draws nothing beyond its own limits of 500 edges and 50,000 characters.
MOST_EDGES: Final = 400
MOST_CHARACTERS: Final = 40_000
_MOST_WORDS: Final = 60
_MOST_LABEL: Final = 20
_ACTIVE = re.compile(r"""["#&<>;`%@{}\[\]|\\*_~$^=]""")


def draw_map(argument_map: ArgumentMap) -> tuple[str, int]:
    """Return the flowchart's source, and the number of inferences left out of it."""
    lines = ["flowchart RL"]
    ids: dict[str, str] = {}
    edges, size, left_out, full = 0, len(lines[0]), 0, False
    for inference in _nearest_first(argument_map):
        if full:
            left_out += 1
            continue
        fresh, count = _lines_for(argument_map, inference, ids)
        longer = sum(len(text) + 1 for text in fresh)
        full = edges + count > MOST_EDGES or size + longer > MOST_CHARACTERS
        if full:
            left_out += 1
            continue
        lines += fresh
        edges, size = edges + count, size + longer
        ids |= _ids_in(argument_map, inference, ids)
    if len(lines) == 1:
        lines += [_node(s, f"n{n}") for n, s in enumerate(_unlinked_statements(argument_map))]
    return "\n".join(lines) + "\n", left_out


def _unlinked_statements(argument_map: ArgumentMap) -> Sequence[Statement]:
    """Return a few statements to draw on a map without inferences."""
    return argument_map.ordered_statements[:20]


def _nearest_first(argument_map: ArgumentMap) -> Iterator[Inference]:
    """Yield every inference once, breadth first from the main claim, then from the others."""
    main = argument_map.main_claim
    starts = [main] if main else []
    starts += [s for s in argument_map.ordered_statements if s is not main]
    seen: set[str] = set()
    for start in starts:
        waiting = deque([start.id])
        while waiting:
            for inference in argument_map.inferences_to.get(waiting.popleft(), ()):
                if inference.id not in seen:
                    seen.add(inference.id)
                    yield inference
                    waiting += (*_premises(argument_map, inference), inference.id)
    yield from (s for s in argument_map.ordered_inferences if s.id not in seen)


def _lines_for(
    argument_map: ArgumentMap, inference: Inference, known: dict[str, str]
) -> tuple[list[str], int]:
    """Return the lines that draw *inference* with its premises, and their number of edges."""
    ids = known | _ids_in(argument_map, inference, known)
    found = []
    for id_ in _parts(argument_map, inference):
        if id_ in known:
            continue
        if id_ in argument_map.statements:
            found.append(_node(argument_map.statements[id_], ids[id_]))
        else:
            found.append(
                f'{ids[id_]}(("{_escape_label(signed(_short_label(argument_map.inferences[id_].label)))}"))'
            )
    arrow = '-->|"for"|' if inference.stance == "supports" else '--x|"against"|'
    edges = [
        f"{ids[premise]} --- {ids[inference.id]}" for premise in _premises(argument_map, inference)
    ]
    edges.append(f"{ids[inference.id]} {arrow} {ids[inference.conclusion]}")
    if len(inference.premises) == 1 and inference.id not in argument_map.inferences_to:
        found = [line for line in found if not line.startswith(f"{ids[inference.id]}((")]
        edges = [f"{ids[inference.premises[0]]} {arrow} {ids[inference.conclusion]}"]
    return found + edges, len(edges)


def _parts(argument_map: ArgumentMap, inference: Inference) -> tuple[str, ...]:
    return (inference.conclusion, *_premises(argument_map, inference), inference.id)


def _ids_in(
    argument_map: ArgumentMap, inference: Inference, known: dict[str, str]
) -> dict[str, str]:
    """Return node names for the parts of *inference* that are not drawn yet."""
    fresh = [id_ for id_ in dict.fromkeys(_parts(argument_map, inference)) if id_ not in known]
    names = {}
    for number, id_ in enumerate(fresh, len(known)):
        names[id_] = f"{'s' if id_ in argument_map.statements else 'i'}{number}"
    return names


def _premises(argument_map: ArgumentMap, inference: Inference) -> list[str]:
    """Return the premises in the order of their labels, which outlast ids made from content."""
    return sorted(
        inference.premises, key=lambda id_: label_order(argument_map.statements[id_].label)
    )


def _node(statement: Statement, name: str) -> str:
    sign = SIGNS["main"] if statement.main else SIGNS["claim"]
    if statement.kind != "claim":
        sign = SIGNS["unlinked" if statement.kind == "evidence" else "stated"]
    words = signed(f"{_short_label(statement.label)} {excerpt(statement.text, _MOST_WORDS)}")
    return f'{name}["{sign} {_escape_label(words)}"]'


def _short_label(label: str) -> str:
    return excerpt(label, _MOST_LABEL)


def _escape_label(text: str) -> str:
    """Return *text* for a quoted label: characters that Mermaid could interpret become codes."""
    return _ACTIVE.sub(lambda match: f"#{ord(match[0])};", text)
