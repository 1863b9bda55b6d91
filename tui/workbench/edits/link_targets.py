"""Choices for the end of a link: the main claim first, then other claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.analysis.names import describe_premises, describe_target
from argmap.analysis.outline import SIGNS
from argmap.model.map import label_order
from argmap.text.display import visible
from tui.views.row_looks import sign_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Inference, Statement
    from tui.dialogs.pick import Choice


def statements_to_link(argument_map: ArgumentMap, but: str) -> list[Choice]:
    """Return all statements but the one with the id *but*, as choices."""
    statements = [s for s in argument_map.statements.values() if s.id != but]
    statements.sort(key=_place)
    notes = _aligned([_kind(argument_map, s) for s in statements])
    return [
        _choice(s.id, f"{s.label} {s.text}", note)
        for s, note in zip(statements, notes, strict=True)
    ]


def links_without(argument_map: ArgumentMap, premise: str) -> list[Choice]:
    """Return the links without *premise*, an id, those to the main claim first."""
    links = [s for s in argument_map.inferences.values() if premise not in s.premises]
    return _links(argument_map, links)


def premises_to_link(argument_map: ArgumentMap, links: Iterable[Inference]) -> list[Choice]:
    """Return the premises of *links* as choices, claims first."""
    statements = argument_map.statements
    ordered = sorted(links, key=lambda s: min(_place(statements[p]) for p in s.premises))
    notes = _aligned([_kind(argument_map, _sorted(argument_map, s)[0]) for s in ordered])
    return [_choice(s.id, _premises(argument_map, s), note)
            for s, note in zip(ordered, notes, strict=True)]  # fmt: skip


def _links(argument_map: ArgumentMap, links: list[Inference]) -> list[Choice]:
    statements = argument_map.statements

    def place(inference: Inference) -> tuple[bool, bool, bool, object]:
        target = statements.get(inference.conclusion)
        where = (not target.main, target.kind != "claim") if target else (True, True)
        return target is None, *where, label_order(inference.label)

    links.sort(key=place)
    notes = []
    for link in links:
        target = statements.get(link.conclusion)
        is_main = target is not None and target.main
        notes.append(f"to the {SIGNS['main']} main claim" if is_main else "")
    return [
        _choice(s.id, f"{describe_premises(argument_map, s)} →"
                f" {describe_target(argument_map, s.conclusion)}: {_premises(argument_map, s)}",
                note)
        for s, note in zip(links, notes, strict=True)
    ]  # fmt: skip


def _place(statement: Statement) -> tuple[bool, bool, object]:
    return not statement.main, statement.kind != "claim", label_order(statement.label)


def _kind(argument_map: ArgumentMap, statement: Statement) -> str:
    kind = "main claim" if statement.main else statement.kind
    return f"{sign_alone(argument_map, statement)} {kind}"


def _aligned(notes: Sequence[str]) -> list[str]:
    """Return *notes* padded to the same length, so that their signs line up."""
    longest = max(map(len, notes), default=0)
    return [note.ljust(longest) for note in notes]


def _premises(argument_map: ArgumentMap, inference: Inference) -> str:
    return " + ".join(f"{s.label} {s.text}" for s in _sorted(argument_map, inference))


def _sorted(argument_map: ArgumentMap, inference: Inference) -> list[Statement]:
    return sorted((argument_map.statements[p] for p in inference.premises), key=_place)


def _choice(id_: str, words: str, note: str) -> Choice:
    from tui.dialogs.pick import Choice

    return Choice(id_, visible(words), note)
