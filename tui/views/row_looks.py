"""The signs and lines of a row of the map, and the role that decides its style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from argmap.analysis.outline import SIGNS, sign_for_statement
from argmap.text.display import visible
from tui.document.coverage import role_of

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference, Statement

    from .map_tree import Node

DEEPEST: Final = 12
"""Maximum number of levels that are drawn with lines; a deeper row shows its depth."""


class Looks(NamedTuple):
    """The sign, the role and the bracket of one row."""

    sign: str
    role: str
    """`claim`, `supports`, `opposes`, `unlinked` or `assumption`."""
    bracket: str = ""
    """The part of the bracket round linked premises that the row shows; else empty."""


def row_looks(argument_map: ArgumentMap, node: Node) -> Looks:
    """Return the sign, the role and the bracket of a row."""
    statement = argument_map.statements[node.statement]
    inference = argument_map.inferences.get(node.inference) if node.inference else None
    role = role_of(argument_map, statement)
    if inference is None:
        return Looks(sign_alone(argument_map, statement), role)
    sign = sign_for_statement(argument_map, statement, inference)
    if inference.stance == "opposes" or statement.kind == "evidence":
        role = inference.stance
    return Looks(sign, role, _bracket(inference, statement.id))


def sign_alone(argument_map: ArgumentMap, statement: Statement) -> str:
    """Return the sign of *statement* without a link; for evidence, that of its role."""
    role = role_of(argument_map, statement)
    return (
        SIGNS[role] if statement.kind == "evidence" else sign_for_statement(argument_map, statement)
    )


def undercut_prefix(argument_map: ArgumentMap, inference: str) -> str:
    """Return the prefix of an undercut: the labels of the inference it attacks."""
    return f"on {join_labels(argument_map, inference)}: "


def join_labels(argument_map: ArgumentMap, id_: str) -> str:
    """Return the labels that the inference *id_* joins, such as `E1+A1→C1`."""
    inference = argument_map.inferences[id_]
    premises = "+".join(argument_map.statements[p].label for p in inference.premises)
    target = argument_map.statements.get(inference.conclusion)
    label = target.label if target else argument_map.inferences[inference.conclusion].label
    return visible(f"{premises}→{label}")


def guides_of(node: Node) -> str:
    """Return the lines that lead to a row from the rows above it."""
    if node.parent is None:
        return ""
    lines = ["└" if node.is_last else "├"]
    above = node.parent
    while above.parent is not None and len(lines) < DEEPEST:
        lines.append(" " if above.is_last else "│")
        above = above.parent
    depth = f"{node.depth}·" if node.depth > DEEPEST else ""
    return depth + "".join(reversed(lines))


def _bracket(inference: Inference, premise: str) -> str:
    """Return a row's part of the bracket round linked premises."""
    if len(inference.premises) == 1:
        return ""
    if premise == inference.premises[0]:
        return "⎡"
    return "⎣" if premise == inference.premises[-1] else "⎢"
