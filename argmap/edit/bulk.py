"""Edits of several statements, each one operation with one undo.

All edits work on the map as it was before the operation, not step by step, so that a
thousand statements cost about as much as one pass over the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import evolve

from argmap.errors import EditError
from argmap.model.faults import raise_any
from argmap.model.map import Change, Operation
from argmap.model.source import cue_faults
from argmap.model.statement import Inference
from argmap.text.display import and_list, short

from .labels import describe_speaker
from .preconditions import check_id_is_free, find_inference, find_statement
from .removals import find_dependent_inferences, removal_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from argmap.model.map import ArgumentMap
    from argmap.model.source import Attribution, Source
    from argmap.model.statement import Statement

_MOST_LABELS: Final = 6
"""The most labels that an operation's label lists; it counts the others."""


class PlacedStatement(NamedTuple):
    """A statement at one place in the map: a statement can be a premise of several links."""

    statement: str
    """The statement's id."""
    inference: str | None = None
    """The id of the link that puts it there; None for a root."""


def describe_statements(statements: Sequence[Statement]) -> str:
    """Return the number of *statements* and their labels: `3 statements (C1, E2, E3)`."""
    labels = [short(s.label) for s in statements]
    if len(labels) == 1:
        return labels[0]
    return f"{len(labels):,} statements ({_list_labels(labels)})"


def remove_all(argument_map: ArgumentMap, ids: Iterable[str]) -> Operation:
    """Remove statements, each as `remove_statement` does.

    Raises:
        EditError: a statement does not exist, or none is named.
    """
    statements = _find_statements(argument_map, ids)
    gone = {s.id for s in statements}
    touching = [
        inference
        for statement in statements
        for index in (argument_map.inferences_from, argument_map.inferences_to)
        for inference in index.get(statement.id, ())
    ]
    leaning = [s for item in statements for s in argument_map.claims_by_main_item.get(item.id, ())]
    owned = (
        argument_map.attributions_of,
        argument_map.ratings_of,
        argument_map.credibilities_of,
    )
    changes = [
        *removal_changes(find_dependent_inferences(argument_map, touching)),
        *(Change(s, evolve(s, main_item=None)) for s in leaning if s.id not in gone),
        *(
            change
            for of in owned
            for s in statements
            for change in removal_changes(of.get(s.id, ()))
        ),
        *removal_changes(statements),
    ]
    return Operation(f"removed {describe_statements(statements)}", tuple(changes))


def shared_tags(argument_map: ArgumentMap, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that all the statements have, in the order of the first statement.

    Raises:
        EditError: a statement does not exist, or none is named.
    """
    first, *others = _find_statements(argument_map, ids)
    return tuple(tag for tag in first.tags if all(tag in s.tags for s in others))


def tag_all(argument_map: ArgumentMap, ids: Iterable[str], tags: Sequence[str]) -> Operation:
    """Replace the tags that all the statements share with *tags*; their other tags stay.

    Raises:
        EditError: a statement does not exist, or none is named.
    """
    statements = _find_statements(argument_map, ids)
    shared = shared_tags(argument_map, (s.id for s in statements))
    gone = [tag for tag in shared if tag not in tags]
    come = [tag for tag in tags if tag not in shared]
    changes = []
    for statement in statements:
        kept = (tag for tag in statement.tags if tag not in gone)
        new = evolve(statement, tags=tuple(dict.fromkeys((*kept, *come))))
        if new != statement:
            changes.append(Change(statement, new))
    parts = [f"added {and_list(map(short, come))}"] if come else []
    parts += [f"removed {and_list(map(short, gone))}"] if gone else []
    label = f"changed tags of {describe_statements(statements)}: {', '.join(parts)}"
    return Operation(label, tuple(changes))


def move_all(
    argument_map: ArgumentMap, rows: Sequence[PlacedStatement], target: str, new_ids: Sequence[str]
) -> Operation:
    """Move *rows* under the statement *target*; roots get a new link that supports it.

    A link with several premises moves as a whole. Rows already under *target* stay there.

    Args:
        argument_map: The map.
        rows: The statements to move.
        target: The id of the new conclusion.
        new_ids: One id for each row, used where a new link is needed.

    Raises:
        EditError: a statement or link does not exist, *target* would be moved under itself, or
            the same premises would both support and oppose it.
    """
    conclusion = find_statement(argument_map, target)
    moved: dict[str, Change] = {}
    taken = {(i.premises, i.stance) for i in argument_map.inferences_to.get(conclusion.id, ())}
    numbers = iter(_next_labels(argument_map))
    for row, new_id in zip(rows, new_ids, strict=True):
        old = find_inference(argument_map, row.inference) if row.inference else None
        if old and (old.id in moved or old.conclusion == conclusion.id):
            continue
        new = _move_link(argument_map, row, old, conclusion, new_id, numbers)
        opposite = "opposes" if new.stance == "supports" else "supports"
        if (new.premises, opposite) in taken:
            label = argument_map.statements[row.statement].label
            message = f"{label} would both support and oppose {conclusion.label}; nothing was moved"
            raise EditError(message)
        taken.add((new.premises, new.stance))
        moved[new.id] = Change(old, new)
    statements = _find_statements(argument_map, dict.fromkeys(row.statement for row in rows))
    label = f"moved {describe_statements(statements)} under {short(conclusion.label)}"
    return Operation(label, tuple(moved.values()))


def attribute_all(
    argument_map: ArgumentMap,
    attributions: Mapping[str, Attribution],
    new_sources: Sequence[Source] = (),
) -> Operation:
    """Attribute several statements, each with its own attribution.

    An attribution whose id exists already replaces the old one.

    Args:
        argument_map: The map.
        attributions: By the id of the statement.
        new_sources: Sources that are not on the map yet.

    Raises:
        EditError: a statement or a source does not exist, or an id is taken.
        ModelError: the reporting words are not in the text at their offset.
    """
    statements = _find_statements(argument_map, attributions)
    sources = {**argument_map.sources, **{s.id: s for s in new_sources}}
    for new in new_sources:
        check_id_is_free(argument_map, new.id)
    changes: list[Change] = [Change(None, source) for source in new_sources]
    names: dict[str, None] = {}
    for statement in statements:
        after = attributions[statement.id]
        before = argument_map.attributions.get(after.id)
        raise_any(cue_faults(after, argument_map.document.text))
        for id_ in after.chain:
            if id_ not in sources:
                message = f"there is no source {id_!r}; add it first"
                raise EditError(message)
        names[describe_speaker(after, sources)] = None
        if before != after:
            changes.append(Change(before, after))
    label = f"{describe_statements(statements)} attributed to {and_list(names)}"
    return Operation(label, tuple(changes) if len(changes) > len(new_sources) else ())


def _find_statements(argument_map: ArgumentMap, ids: Iterable[str]) -> list[Statement]:
    """Return the statements with the given *ids*, each once, in the order of *ids*."""
    found = [find_statement(argument_map, id_) for id_ in dict.fromkeys(ids)]
    if not found:
        message = "name at least one statement"
        raise EditError(message)
    return found


def _move_link(
    argument_map: ArgumentMap,
    row: PlacedStatement,
    old: Inference | None,
    conclusion: Statement,
    new_id: str,
    labels: Iterator[str],
) -> Inference:
    """Return *old*, or else a new supporting link of *row*, leading to *conclusion*.

    Raises:
        EditError: the conclusion is one of its premises.
    """
    premises = old.premises if old else (find_statement(argument_map, row.statement).id,)
    if conclusion.id in premises:
        message = f"{conclusion.label} cannot be moved under itself; nothing was moved"
        raise EditError(message)
    if old is not None:
        return evolve(
            old, conclusion=conclusion.id, order=None
        )  # its order was among other siblings
    check_id_is_free(argument_map, new_id)
    document = argument_map.document.id
    return Inference(new_id, document, premises, conclusion.id, "supports", next(labels))


def _next_labels(argument_map: ArgumentMap) -> Iterator[str]:
    """Yield free labels of inferences, without end."""
    first = argument_map.next_label("inference")
    number = int(first[1:])
    while True:
        yield f"{first[0]}{number}"
        number += 1


def _list_labels(labels: Sequence[str]) -> str:
    more = len(labels) - _MOST_LABELS
    if more <= 1:  # "and 1 more" takes as much room as the one
        return ", ".join(labels)
    return f"{', '.join(labels[:_MOST_LABELS])} and {more:,} more"
