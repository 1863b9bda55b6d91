"""Single edits: each verb takes a map and returns an operation, and changes nothing itself.

The caller supplies the ids of new entities, so that no verb depends on a clock or on chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from argmap.analysis.names import describe_premises, describe_target, names_by_id
from argmap.analysis.outline import roots_of
from argmap.errors import EditError
from argmap.model.faults import raise_any
from argmap.model.map import Change, Operation
from argmap.model.source import cue_faults
from argmap.model.statement import Inference, Statement
from argmap.text.display import short

from .labels import (
    attributed_label,
    changed_label,
    describe_speaker,
    linked_label,
    rated_label,
    unlinked_label,
)
from .ordering import move_sibling
from .preconditions import (
    check_answer,
    check_id_is_free,
    check_kind,
    check_main_item,
    check_one_answer_each,
    check_passages,
    check_self_links,
    check_stance,
    find_inference,
    find_statement,
    find_target,
    premise_ids,
)
from .removals import find_dependent_inferences, removal_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmap.model.document import Document, Passage
    from argmap.model.map import ArgumentMap, Entity
    from argmap.model.rating import Rating
    from argmap.model.source import Attribution, Source
    from argmap.model.vocabulary import Kind, Stance


def add_statement(
    argument_map: ArgumentMap,
    new_id: str,
    kind: Kind,
    text: str | None = None,
    passages: Sequence[Passage] = (),
) -> Operation:
    """Add a statement of *kind*; without *text*, its words are those of the first passage.

    Raises:
        EditError: it has no text and no passage, a passage is not in the text, or the id is taken.
    """
    check_passages(argument_map, passages)
    words = text if text is not None or not passages else passages[0].words
    if words is None:
        message = "a statement needs words or a passage"
        raise EditError(message)
    check_id_is_free(argument_map, new_id)
    statement = Statement(
        id=new_id,
        document=argument_map.document.id,
        kind=kind,
        text=words,
        label=argument_map.next_label(kind),
        passages=tuple(passages),
        stated=bool(passages) if kind == "assumption" else None,
    )
    return Operation(f"marked {kind} {short(statement.label)}", (Change(None, statement),))


def change_statement(argument_map: ArgumentMap, id_: str, **values: object) -> Operation:
    """Change fields of a statement, named as in `Statement`; id, document and main stay.

    Raises:
        EditError: the statement does not exist, its label is taken, or a rule is broken.
        ModelError: a value breaks a rule of statements.
    """
    old = find_statement(argument_map, id_)
    if {"id", "document", "main"} & values.keys():
        message = "a statement keeps its id and document; set the main claim with set_main_claim"
        raise EditError(message)
    check_passages(argument_map, values.get("passages", ()))  # type: ignore[arg-type]  # as above
    new: Statement = evolve(old, **values)  # type: ignore[arg-type]  # the model checks each value
    if new.kind != old.kind:
        check_kind(argument_map, new)
    if new.label != old.label and new.label in argument_map.by_label:
        message = f"the label {new.label} is taken; choose another"
        raise EditError(message)
    if new.main_item != old.main_item:
        check_main_item(argument_map, new)
    items = names_by_id(argument_map, (old.main_item, new.main_item))
    return Operation(changed_label(short(old.label), old, new, items), (Change(old, new),))


def move_statement(argument_map: ArgumentMap, id_: str, by: int) -> Operation:
    """Move a root of the map down by *by* places; a negative number moves it up.

    Raises:
        EditError: the statement does not exist, is not a root, or is first or last already.
    """
    statement = find_statement(argument_map, id_)
    roots = roots_of(argument_map)
    if statement not in roots:
        message = f"{statement.label} is not a root of the map; move its link instead"
        raise EditError(message)
    changes = move_sibling(roots, statement, by, statement.label)
    way = "up" if by < 0 else "down"
    return Operation(f"moved {short(statement.label)} {way}", changes)


def move_inference(argument_map: ArgumentMap, id_: str, by: int) -> Operation:
    """Move an inference down by *by* places among those with its conclusion; negative moves up.

    Raises:
        EditError: the inference does not exist, or is first or last already.
    """
    inference = find_inference(argument_map, id_)
    labels = describe_premises(argument_map, inference)
    changes = move_sibling(argument_map.inferences_to[inference.conclusion], inference, by, labels)
    target = describe_target(argument_map, inference.conclusion)
    way = "up" if by < 0 else "down"
    return Operation(f"moved {labels} {way} under {target}", changes)


def set_main_claim(argument_map: ArgumentMap, id_: str | None) -> Operation:
    """Make a claim the document's main claim; with None, the document has none.

    Raises:
        EditError: the statement does not exist or is not a claim.
    """
    old = argument_map.main_claim
    claim = find_statement(argument_map, id_) if id_ is not None else None
    changes = [Change(old, evolve(old, main=False))] if old and old != claim else []
    if claim is None:
        return Operation("cleared the main claim", tuple(changes))
    if claim.kind != "claim":
        message = f"{claim.label} is {claim.kind}; only a claim can be the main claim"
        raise EditError(message)
    if not claim.main:
        changes.append(Change(claim, evolve(claim, main=True)))
    return Operation(f"made {short(claim.label)} the main claim", tuple(changes))


def remove_statement(argument_map: ArgumentMap, id_: str) -> Operation:
    """Remove a statement with its attributions, ratings and all inferences it is part of.

    Raises:
        EditError: the statement does not exist.
    """
    statement = find_statement(argument_map, id_)
    id_ = statement.id
    inferences = [
        *argument_map.inferences_from.get(id_, ()),
        *argument_map.inferences_to.get(id_, ()),
    ]
    changes = [
        *removal_changes(find_dependent_inferences(argument_map, inferences)),
        *(
            Change(s, evolve(s, main_item=None))
            for s in argument_map.claims_by_main_item.get(id_, ())
        ),
        *removal_changes(argument_map.attributions_of.get(id_, ())),
        *removal_changes(argument_map.ratings_of.get(id_, ())),
        *removal_changes(argument_map.credibilities_of.get(id_, ())),
        Change(statement, None),
    ]
    return Operation(f"removed {short(statement.label)}", tuple(changes))


def link(
    argument_map: ArgumentMap,
    new_id: str,
    premises: Iterable[str],
    conclusion: str,
    stance: Stance,
) -> Operation:
    """Add an inference from *premises* to a statement, or to an inference (an undercut).

    Raises:
        EditError: a statement or inference does not exist, an id is taken, or the same premises
            have an inference of the other stance to the conclusion.
        ModelError: the conclusion is one of the premises.
    """
    check_id_is_free(argument_map, new_id)
    ids = premise_ids(argument_map, premises)
    target = find_target(argument_map, conclusion)
    check_stance(argument_map, ids, target.id, stance)
    inference = Inference(
        id=new_id,
        document=argument_map.document.id,
        premises=ids,
        conclusion=target.id,
        stance=stance,
        label=argument_map.next_label("inference"),
    )
    return Operation(linked_label(argument_map, inference), (Change(None, inference),))


def change_inference(
    argument_map: ArgumentMap,
    id_: str,
    *,
    premises: Iterable[str] | None = None,
    conclusion: str | None = None,
    stance: Stance | None = None,
    scheme: str | None = None,
    note: str | None = None,
    order: int | None = None,
) -> Operation:
    """Change an inference; None leaves a field unchanged, empty text or 0 clears it.

    With another conclusion it loses its order, which is its place among its old siblings.

    Raises:
        EditError: the inference, a premise or the conclusion does not exist, or the same premises
            have an inference of the other stance to the conclusion.
        ModelError: the conclusion would be one of the premises.
    """
    old = find_inference(argument_map, id_)
    target = find_target(argument_map, conclusion).id if conclusion else old.conclusion
    kept = old.order if target == old.conclusion else None
    new = evolve(
        old,
        premises=old.premises if premises is None else premise_ids(argument_map, premises),
        conclusion=target,
        stance=stance or old.stance,
        scheme=old.scheme if scheme is None else scheme or None,
        note=old.note if note is None else note or None,
        order=kept if order is None else order or None,
    )
    check_stance(argument_map, new.premises, new.conclusion, new.stance, besides=old.id)
    ends = (*old.premises, *new.premises, old.conclusion, new.conclusion)
    what, names = describe_target(argument_map, old.id), names_by_id(argument_map, ends)
    return Operation(changed_label(what, old, new, names), (Change(old, new),))


def remove_inference(argument_map: ArgumentMap, id_: str) -> Operation:
    """Remove an inference and, in turn, every inference that targets it.

    Raises:
        EditError: the inference does not exist.
    """
    inference = find_inference(argument_map, id_)
    gone = find_dependent_inferences(argument_map, [inference])
    return Operation(unlinked_label(argument_map, gone), tuple(removal_changes(gone)))


def add_source(argument_map: ArgumentMap, source: Source) -> Operation:
    """Add a source.

    Raises:
        EditError: its id is taken, or it refers to itself.
    """
    check_id_is_free(argument_map, source.id)
    check_self_links(source)
    return Operation(f"added source {short(source.name)}", (Change(None, source),))


def change_source(source: Source, **values: object) -> Operation:
    """Change fields of a source, named as in `Source`; its id stays.

    Raises:
        EditError: it would get another id, or refer to itself.
        ModelError: a value breaks a rule of sources.
    """
    if "id" in values:
        message = "a source keeps its id; merge it into another one"
        raise EditError(message)
    new: Source = evolve(source, **values)  # type: ignore[arg-type]  # the model checks each value
    check_self_links(new, source)
    label = changed_label(f"source {short(source.name)}", source, new)
    return Operation(label, (Change(source, new),) if new != source else ())


def attribute(
    argument_map: ArgumentMap, attribution: Attribution, new_sources: Sequence[Source] = ()
) -> Operation:
    """Attribute a statement; *new_sources* are added with the attribution.

    Raises:
        EditError: the statement or a source does not exist, or an id is taken.
        ModelError: the reporting words are not in the text at their offset.
    """
    statement = find_statement(argument_map, attribution.statement)
    check_id_is_free(argument_map, attribution.id)
    for source in new_sources:
        check_id_is_free(argument_map, source.id)
    if attribution.statement != statement.id:
        attribution = evolve(attribution, statement=statement.id)
    raise_any(cue_faults(attribution, argument_map.document.text))
    new = {source.id for source in new_sources}
    for id_ in attribution.chain:
        if id_ not in new and id_ not in argument_map.sources:
            message = f"there is no source {id_!r}; add it first"
            raise EditError(message)
    changes = [Change(None, source) for source in new_sources]
    changes.append(Change(None, attribution))
    sources = {**argument_map.sources, **{s.id: s for s in new_sources}}
    return Operation(attributed_label(statement, attribution, sources), tuple(changes))


def remove_attribution(argument_map: ArgumentMap, id_: str) -> Operation:
    """Remove an attribution; its sources stay.

    Raises:
        EditError: the attribution does not exist.
    """
    old = argument_map.attributions.get(id_)
    if old is None:
        message = f"there is no attribution {id_!r} here"
        raise EditError(message)
    label = short(argument_map.statements[old.statement].label)
    who = describe_speaker(old, argument_map.sources)
    return Operation(f"{label} no longer attributed to {who}", (Change(old, None),))


def rate(argument_map: ArgumentMap, ratings: Sequence[Rating]) -> Operation:
    """Rate statements; each rating replaces the same assessor's earlier answer.

    Raises:
        EditError: a statement, rubric, criterion or level does not exist, the rubric is not for the
            statement's kind, or a criterion is answered twice.
    """
    changes = []
    placed = [evolve(r, statement=find_statement(argument_map, r.target).id) for r in ratings]
    check_one_answer_each(placed)
    for rating in placed:
        statement = argument_map.statements[rating.target]
        rubric = argument_map.rubrics.get((rating.rubric, rating.version))
        if rubric is None:
            message = f"there is no rubric {rating.rubric} {rating.version}"
            raise EditError(message)
        if not rubric.applies(statement):
            what = " and ".join(rubric.applies_to)
            message = f"{statement.label} is {statement.kind}; the rubric {rubric.id} is for {what}"
            raise EditError(message)
        check_answer(rubric, rating.criterion, rating.answer)
        old = next(
            (r for r in argument_map.ratings_of.get(statement.id, ()) if _is_same(r, rating)), None
        )
        if old is None:
            check_id_is_free(argument_map, rating.id)
        new = rating if old is None else evolve(rating, id=old.id)
        if new != old:
            changes.append(Change(old, new))
    return Operation(rated_label(argument_map, placed, changes), tuple(changes))


def add_document(document: Document) -> Operation:
    """Add a document."""
    return Operation(f"added {short(document.title)}", (Change(None, document),))


def remove_document(argument_map: ArgumentMap) -> Operation:
    """Remove the document and its whole map; sources stay."""
    entities: list[Entity] = [
        *(r for r in argument_map.ratings.values() if r.source is None),
        *argument_map.credibilities.values(),
        *argument_map.attributions.values(),
        *argument_map.inferences.values(),
        *argument_map.statements.values(),
        argument_map.document,
    ]
    label = f"removed {short(argument_map.document.title)}"
    return Operation(label, tuple(removal_changes(entities)))


def _is_same(one: Rating, other: Rating) -> bool:
    return (one.rubric, one.version, one.criterion, one.assessor) == (
        other.rubric, other.version, other.criterion, other.assessor,
    )  # fmt: skip
