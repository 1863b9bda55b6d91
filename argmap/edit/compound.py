"""Edits that a reader makes with one key, each composed of several verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from argmap.analysis.names import describe_premises, describe_target
from argmap.errors import EditError
from argmap.model.map import Change, Operation, label_order
from argmap.text.display import and_list, short

from .labels import attributed_label, reversed_label
from .preconditions import find_inference, find_statement
from .verbs import (
    add_statement,
    attribute,
    change_inference,
    change_statement,
    link,
    remove_attribution,
    remove_inference,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model.document import Passage
    from argmap.model.map import ArgumentMap
    from argmap.model.source import Attribution, Source
    from argmap.model.statement import Inference
    from argmap.model.vocabulary import Kind, Stance


def mark(  # noqa: PLR0917  (the parts of a mark)
    argument_map: ArgumentMap,
    new_ids: tuple[str, str],
    kind: Kind,
    passages: Sequence[Passage],
    towards: str | None = None,
    stance: Stance = "supports",
    text: str | None = None,
) -> Operation:
    """Make a statement of *passages*, and link it to *towards* if that is not None.

    Args:
        argument_map: The map.
        new_ids: The ids of the statement and of the inference.
        kind: The statement's kind.
        passages: Where the document's text says it.
        towards: The id of the statement that it supports or opposes.
        stance: The stance of the inference.
        text: The statement's words. Default: those of the first passage.

    Raises:
        EditError: a passage does not match the text, or an id is taken.
    """
    marked = add_statement(argument_map, new_ids[0], kind, text, passages)
    if towards is None:
        return marked
    added = argument_map.apply(marked)
    linked = link(added, new_ids[1], [new_ids[0]], towards, stance)
    label = short(added.statements[new_ids[0]].label)
    verb = "supporting" if stance == "supports" else "opposing"
    target = short(find_statement(argument_map, towards).label)
    return Operation(f"marked {label}, {verb} {target}", marked.changes + linked.changes)


def add_passage(argument_map: ArgumentMap, id_: str, passage: Passage) -> Operation:
    """Add a passage to a statement.

    Raises:
        EditError: the statement does not exist, or has this passage already.
    """
    statement = find_statement(argument_map, id_)
    if passage in statement.passages:
        message = f"{statement.label} has this passage already"
        raise EditError(message)
    passages = (*statement.passages, passage)
    changed = change_statement(argument_map, id_, passages=passages)
    return Operation(f"added a passage to {short(statement.label)}", changed.changes)


def move_to(argument_map: ArgumentMap, inference: str, conclusion: str) -> Operation:
    """Move the link *inference* to another conclusion.

    Raises:
        EditError: the inference or the conclusion does not exist.
        ModelError: the conclusion is one of the link's premises.
    """
    changed = change_inference(argument_map, inference, conclusion=conclusion)
    old = find_inference(argument_map, inference)
    premises = describe_premises(argument_map, old)
    way = f"from {describe_target(argument_map, old.conclusion)}"
    target = short(find_statement(argument_map, conclusion).label)
    return Operation(f"moved {premises} {way} to {target}", changed.changes)


def reverse_stance(argument_map: ArgumentMap, inference: str) -> Operation:
    """Change the stance of *inference* from supports to opposes, or the reverse.

    Raises:
        EditError: the inference does not exist, or another one with the same premises and
            conclusion has the new stance already.
    """
    old = find_inference(argument_map, inference)
    stance: Stance = "opposes" if old.stance == "supports" else "supports"
    changed = change_inference(argument_map, inference, stance=stance)
    return Operation(reversed_label(argument_map, evolve(old, stance=stance)), changed.changes)


def link_premises(argument_map: ArgumentMap, first: str, second: str) -> Operation:
    """Join two inferences with one conclusion into one: their premises become linked.

    Raises:
        EditError: they are the same, or differ in conclusion or stance.
    """
    one, other = find_inference(argument_map, first), find_inference(argument_map, second)
    if one.id == other.id:
        message = f"{one.label} links these premises already"
        raise EditError(message)
    if (one.conclusion, one.stance) != (other.conclusion, other.stance):
        message = "only premises that both support or both oppose one statement can be linked"
        raise EditError(message)
    gone = remove_inference(argument_map, other.id)
    rest = argument_map.apply(gone)
    changed = change_inference(rest, one.id, premises=[*one.premises, *other.premises])
    return Operation(
        _linked_premises_label(argument_map, one, other), gone.changes + changed.changes
    )


def unlink_premise(
    argument_map: ArgumentMap, new_id: str, inference: str, premise: str
) -> Operation:
    """Take *premise* out of a linked inference and give it its own inference of the same stance.

    Raises:
        EditError: *premise* is the only premise, or not a premise of the inference.
    """
    old = find_inference(argument_map, inference)
    rest = [id_ for id_ in old.premises if id_ != find_statement(argument_map, premise).id]
    label = find_statement(argument_map, premise).label
    if not rest or len(rest) == len(old.premises):
        message = f"{label} has no linked premises here"
        raise EditError(message)
    changed = change_inference(argument_map, inference, premises=rest)
    parted = link(argument_map.apply(changed), new_id, [premise], old.conclusion, old.stance)
    words = f"unlinked {short(label)} from its linked premises"
    return Operation(words, changed.changes + parted.changes)


def set_attribution(
    argument_map: ArgumentMap,
    attribution: Attribution,
    new_sources: Sequence[Source] = (),
    instead_of: str | None = None,
) -> Operation:
    """Attribute a statement, replacing the attribution with the id *instead_of* if given.

    Raises:
        EditError: the statement, a source or the old attribution does not exist.
        ModelError: the reporting words are not in the text at their offset.
    """
    gone = remove_attribution(argument_map, instead_of) if instead_of else Operation("", ())
    rest = argument_map.apply(gone) if instead_of else argument_map
    said = attribute(rest, attribution, new_sources)
    names = {**argument_map.sources, **{s.id: s for s in new_sources}}
    statement = find_statement(argument_map, attribution.statement)
    old = argument_map.attributions.get(instead_of) if instead_of else None
    words = attributed_label(statement, attribution, names, old)
    changes = gone.changes + said.changes
    if instead_of == attribution.id:  # the same attribution, with other values
        before, after = gone.changes[-1].before, said.changes[-1].after
        changes = (*said.changes[:-1], *([Change(before, after)] if before != after else []))
    return Operation(words, changes)


def _linked_premises_label(argument_map: ArgumentMap, one: Inference, other: Inference) -> str:
    labels = {argument_map.statements[id_].label for id_ in (*one.premises, *other.premises)}
    listed = and_list(map(short, sorted(labels, key=label_order)))
    return f"linked {listed} as premises of {describe_target(argument_map, one.conclusion)}"
