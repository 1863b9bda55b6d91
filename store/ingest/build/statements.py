"""Build a statement, and the entities that its shorthands make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from argmap.errors import ModelError
from argmap.model.faults import Fault, raise_any
from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import STANCES
from argmap.records import ids
from argmap.records.decode import given_keys
from argmap.records.schema import StatementRecord

from .assessments import attribution_from, rating_from_shorthand
from .build_context import UNLABELLED, BuiltRecord, Reference, complete_values, resolve_document
from .fault_paths import duplicate_id_faults, fault_in_part, values_with_paths
from .passages import pop_place_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmap.model.map import Entity
    from argmap.model.vocabulary import Stance

    from .build_context import BuildContext

_SHORTHANDS: Final = (*STANCES, "attribution", "ratings")
_REQUIRED: Final = (*StatementRecord.required, "text")
_UNPLACED: Final = "?"
"""Placeholder for the words of a statement whose passages have faults."""


def build_statement(
    context: BuildContext, record: StatementRecord, *, by_label: bool
) -> BuiltRecord:
    """Return the statement of *record* with its parts.

    Args:
        context: The lookup and settings.
        record: The record.
        by_label: True to update the stored statement with the record's label, if any.

    Raises:
        ModelError: the record has faults; all of them are listed.
        LaterError: its document may come later in the input.
    """
    given = given_keys(record)
    shorthands = {key: given.pop(key) for key in _SHORTHANDS if key in given}
    id_: str | None = given.pop("id", None)
    if by_label:
        id_ = id_by_label(context, given, id_)
    base = context.lookup.find_entity("statement", id_) if id_ else None
    document = resolve_document(base, given)
    text = context.lookup.find_text(document) if document else None
    changed: list[str] = []
    faults = _place(context, given, document, text, changed, is_new=base is None)
    if id_ is None and {"kind", "text", "document"} <= given.keys():
        # The same words at two places are two statements, so the places are part of the id.
        places = [(p.start, p.end) for p in given.get("passages", ())]
        id_ = ids.statement_id(document, given["kind"], given["text"], places)
        base = context.lookup.find_entity("statement", id_)
    try:
        values = complete_values(base, given, _REQUIRED)
        values["id"] = id_ or ""
        values.setdefault("label", UNLABELLED)
        _fill(values, given, base)
        entity = Statement(**values)
    except ModelError as error:
        raise ModelError([*faults, *error.faults]) from error
    built = BuiltRecord(entity.id, document, entity, has_label="label" in given, changed=changed)
    built.references.append(Reference("document", document, ("document",)))
    _refer_to_main_item(context, built, entity, given)
    raise_any([*faults, *_add_parts(context, built, entity, shorthands, text)])
    return built


def id_by_label(context: BuildContext, given: dict[str, Any], id_: str | None) -> str | None:
    """Return the id of the stored entity with the record's label, else *id_*."""
    if "label" in given and "document" in given:
        return context.lookup.id_with_label(given["document"], given["label"]) or id_
    return id_


def _place(
    context: BuildContext,
    given: dict[str, Any],
    document: str,
    text: str | None,
    changed: list[str],
    *,
    is_new: bool,
) -> list[Fault]:
    """Replace the statement's quote and offset keys with passages; return the faults."""
    quotes_words = "quote" in given
    if text is None:  # the missing document is reported as a reference
        pop_place_keys(given)
        faults: list[Fault] = []
    else:
        faults = context.passage_finder.anchor(given, text, changed, context.line_ends(document))
    if is_new and given.get("passages"):
        given.setdefault("text", given["passages"][0].words)
    elif is_new and quotes_words and (text is None or faults):
        # With a placeholder the record's other faults are found too, so that one pass lists all of
        # them.
        given.setdefault("text", _UNPLACED)
    return faults


def _fill(values: dict[str, Any], given: dict[str, Any], base: Entity | None) -> None:
    """Add the defaults of keys that a statement's record may omit."""
    values["main"] = bool(values.get("main"))
    values["tags"] = tuple(values.get("tags") or ())
    if values["kind"] == "assumption" and values.get("stated") is None:
        values["stated"] = bool(values.get("passages"))
    if base is not None and "kind" in given and values["kind"] != "assumption":
        values["stated"] = given.get("stated")


def _refer_to_main_item(
    context: BuildContext, built: BuiltRecord, entity: Statement, given: dict[str, Any]
) -> None:
    if "main_item" in given and entity.main_item:
        wanted = context.lookup.stored_id(entity.main_item)
        built.entity = evolve(entity, main_item=wanted)
        where = entity.document
        built.references.append(
            Reference("main_item", wanted, ("statement",), where, ("evidence",))
        )


def _add_parts(
    context: BuildContext,
    built: BuiltRecord,
    entity: Statement,
    shorthands: dict[str, Any],
    text: str | None,
) -> list[Fault]:
    """Add the entities that the shorthands make; return the faults in them."""
    faults: list[Fault] = []
    built.shorthands = dict.fromkeys(shorthands)
    if "ratings" in shorthands:
        built.shorthands["ratings"] = context.assessor
    for path, type_, make in _parts(context, built, entity, shorthands, text):
        try:
            built.parts.append(make())
            built.part_paths.append(path)
        except ModelError as error:
            faults += [fault_in_part(path, type_, fault) for fault in error.faults]
    if isinstance(shorthands.get("attribution"), list):
        voices = zip(built.part_paths, built.parts, strict=True)
        faults += duplicate_id_faults([(path, part) for path, part in voices if path[:1] == "a"])
    return faults


def _parts(
    context: BuildContext,
    built: BuiltRecord,
    entity: Statement,
    shorthands: dict[str, Any],
    text: str | None,
) -> Iterator[tuple[str, str, Callable[[], Entity]]]:
    """Yield the path, type and builder of each part."""
    for stance in STANCES:
        for path, named in (
            values_with_paths(stance, shorthands[stance]) if stance in shorthands else ()
        ):
            conclusion = context.lookup.stored_id(named)
            types = ("statement", "inference")
            built.references.append(Reference(path, conclusion, types, entity.document))
            make = partial(_inference, context, entity, conclusion, stance)
            yield path, "inference", make
    voices = shorthands.get("attribution")
    for path, part in values_with_paths("attribution", voices) if voices else ():
        keys = given_keys(part)
        make_voice = partial(attribution_from, context, built, keys, entity.id, text, path)
        yield path, "attribution", make_voice
    for criterion, answer in (shorthands.get("ratings") or {}).items():
        keys = {"statement": entity.id, "criterion": criterion, "answer": answer}
        yield (
            f"ratings.{criterion}",
            "rating",
            partial(rating_from_shorthand, context, keys, entity),
        )


def _inference(
    context: BuildContext, entity: Statement, conclusion: str, stance: Stance
) -> Inference:
    id_ = ids.inference_id([entity.id], conclusion, stance)
    known = context.lookup.find_entity("inference", id_)
    if isinstance(known, Inference):
        # Reusing it would silently turn that inference into this one.
        if (known.premises, known.conclusion, known.stance) != ((entity.id,), conclusion, stance):
            reason = f"its id, {id_!r}, belongs to another inference"
            raise ModelError([Fault("", reason, "id")])
        return known
    return Inference(id_, entity.document, (entity.id,), conclusion, stance, UNLABELLED)
