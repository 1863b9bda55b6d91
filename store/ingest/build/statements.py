"""Build a statement, and what its shorthands make."""

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

from .assessments import attribution_from, own_rating
from .build_context import UNLABELLED, Built, Reference, merged, same_document
from .fault_paths import double_faults, inside, numbered
from .passages import without_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmap.model.map import Entity
    from argmap.model.vocabulary import Stance

    from .build_context import Assembly

_SHORTHANDS: Final = (*STANCES, "attribution", "ratings")
_REQUIRED: Final = (*StatementRecord.required, "text")
_UNPLACED: Final = "?"
"""Stands for the words of a statement whose passages have faults."""


def statement(assembly: Assembly, record: StatementRecord, *, by_label: bool) -> Built:
    """Return the statement of *record*, with its parts.

    Raises:
        ModelError: with every fault of the record.
        LaterError: its document may come later in the file.
    """
    given = given_keys(record)
    said = {key: given.pop(key) for key in _SHORTHANDS if key in given}
    id_: str | None = given.pop("id", None)
    if by_label:
        id_ = id_by_label(assembly, given, id_)
    base = assembly.lookup.existing("statement", id_) if id_ else None
    document = same_document(base, given)
    text = assembly.lookup.text_of(document) if document else None
    changed: list[str] = []
    faults = _place(assembly, given, document, text, changed, is_new=base is None)
    if id_ is None and {"kind", "text", "document"} <= given.keys():
        places = [(p.start, p.end) for p in given.get("passages", ())]
        id_ = ids.statement_id(document, given["kind"], given["text"], places)
        base = assembly.lookup.existing("statement", id_)
    try:
        values = merged(base, given, _REQUIRED)
        values["id"] = id_ or ""
        values.setdefault("label", UNLABELLED)
        _fill(values, given, base)
        entity = Statement(**values)
    except ModelError as error:
        raise ModelError([*faults, *error.faults]) from error
    built = Built(entity.id, document, entity, has_label="label" in given, changed=changed)
    built.references.append(Reference("document", document, ("document",)))
    _lean_on_main_item(assembly, built, entity, given)
    raise_any([*faults, *_add_parts(assembly, built, entity, said, text)])
    return built


def id_by_label(assembly: Assembly, given: dict[str, Any], id_: str | None) -> str | None:
    """Return the id of what has the record's label already, else *id_*."""
    if "label" in given and "document" in given:
        return assembly.lookup.labelled(given["document"], given["label"]) or id_
    return id_


def _place(
    assembly: Assembly,
    given: dict[str, Any],
    document: str,
    text: str | None,
    changed: list[str],
    *,
    is_new: bool,
) -> list[Fault]:
    """Put passages for the keys that say where the statement stands; return the faults."""
    quotes_words = "quote" in given
    if text is None:  # the reference to the document will be the fault
        without_places(given)
        faults: list[Fault] = []
    else:
        faults = assembly.anchors.anchor(given, text, changed, assembly.line_ends(document))
    if is_new and given.get("passages"):
        given.setdefault("text", given["passages"][0].words)
    elif is_new and quotes_words and (text is None or faults):
        given.setdefault("text", _UNPLACED)
    return faults


def _fill(values: dict[str, Any], given: dict[str, Any], base: Entity | None) -> None:
    """Put in what a statement's record may leave out."""
    values["main"] = bool(values.get("main"))
    values["tags"] = tuple(values.get("tags") or ())
    if values["kind"] == "assumption" and values.get("stated") is None:
        values["stated"] = bool(values.get("passages"))
    if base is not None and "kind" in given and values["kind"] != "assumption":
        values["stated"] = given.get("stated")


def _lean_on_main_item(
    assembly: Assembly, built: Built, entity: Statement, given: dict[str, Any]
) -> None:
    if "main_item" in given and entity.main_item:
        wanted = assembly.lookup.real_id(entity.main_item)
        built.entity = evolve(entity, main_item=wanted)
        where = entity.document
        built.references.append(
            Reference("main_item", wanted, ("statement",), where, ("evidence",))
        )


def _add_parts(
    assembly: Assembly, built: Built, entity: Statement, said: dict[str, Any], text: str | None
) -> list[Fault]:
    """Add what the shorthands of a statement make; return the faults in them."""
    faults: list[Fault] = []
    built.shorthands = dict.fromkeys(said)
    if "ratings" in said:
        built.shorthands["ratings"] = assembly.assessor
    for path, type_, make in _parts(assembly, built, entity, said, text):
        try:
            built.parts.append(make())
            built.part_paths.append(path)
        except ModelError as error:
            faults += [inside(path, type_, fault) for fault in error.faults]
    if isinstance(said.get("attribution"), list):
        voices = zip(built.part_paths, built.parts, strict=True)
        faults += double_faults([(path, part) for path, part in voices if path[:1] == "a"])
    return faults


def _parts(
    assembly: Assembly, built: Built, entity: Statement, said: dict[str, Any], text: str | None
) -> Iterator[tuple[str, str, Callable[[], Entity]]]:
    """Yield for each part where it is written, its type, and how it is made."""
    for stance in STANCES:
        for path, named in numbered(stance, said[stance]) if stance in said else ():
            conclusion = assembly.lookup.real_id(named)
            types = ("statement", "inference")
            built.references.append(Reference(path, conclusion, types, entity.document))
            make = partial(_inference, assembly, entity, conclusion, stance)
            yield path, "inference", make
    voices = said.get("attribution")
    for path, part in numbered("attribution", voices) if voices else ():
        keys = given_keys(part)
        make_voice = partial(attribution_from, assembly, built, keys, entity.id, text, path)
        yield path, "attribution", make_voice
    for criterion, answer in (said.get("ratings") or {}).items():
        keys = {"statement": entity.id, "criterion": criterion, "answer": answer}
        yield f"ratings.{criterion}", "rating", partial(own_rating, assembly, keys, entity)


def _inference(assembly: Assembly, entity: Statement, conclusion: str, stance: Stance) -> Inference:
    id_ = ids.inference_id([entity.id], conclusion, stance)
    known = assembly.lookup.existing("inference", id_)
    if isinstance(known, Inference):
        if (known.premises, known.conclusion, known.stance) != ((entity.id,), conclusion, stance):
            reason = f"the id made for it, {id_!r}, was given to another inference"
            raise ModelError([Fault("", reason, "id")])
        return known
    return Inference(id_, entity.document, (entity.id,), conclusion, stance, UNLABELLED)
