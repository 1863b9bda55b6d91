"""Build what people say of statements and sources: attributions, ratings, the Admiralty pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from argmap.errors import ModelError
from argmap.model.faults import Fault, raise_any
from argmap.model.map import version_order
from argmap.model.older_rows import empty_fault
from argmap.model.rating import Credibility, Rating, Reliability, reason_fault
from argmap.model.rubric import DEFAULT_RUBRIC
from argmap.model.source import Attribution, cue_faults
from argmap.model.vocabulary import KINDS, SOURCE_KINDS
from argmap.records import ids
from argmap.records.decode import given_keys
from argmap.records.schema import (
    AttributionRecord,
    CredibilityRecord,
    RatingRecord,
    ReliabilityRecord,
)

from .build_context import Built, Reference, merged, refuse_other_document
from .fault_paths import as_written, numbered
from .passages import place_cue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement

    from .build_context import Assembly


_SOURCE: Final = ("source",)


def attribution(assembly: Assembly, record: AttributionRecord) -> Built:
    """Return the attribution of *record*."""
    given = given_keys(record)
    base = assembly.lookup.existing("attribution", given["id"]) if "id" in given else None
    statement = given.pop("statement", base.statement if isinstance(base, Attribution) else "")
    if not statement:
        raise ModelError([Fault("statement", "is missing", "missing")])
    statement = assembly.lookup.real_id(statement)
    refuse_other_document(assembly.lookup, base, statement)
    document = assembly.lookup.document_of(statement)
    text = assembly.lookup.text_of(document) if document else None
    built = Built("", document)
    entity = attribution_from(assembly, built, given, statement, text, "")
    built.id, built.entity = entity.id, entity
    built.references.append(Reference("statement", statement, ("statement",)))
    return built


def attribution_from(
    assembly: Assembly,
    built: Built,
    given: dict[str, Any],
    statement: str,
    text: str | None,
    path: str,
) -> Attribution:
    """Return the attribution with the keys *given*; *path* is where it stands."""
    lead = f"{path}." if path else ""
    if "source" in given and "chain" in given:
        raise ModelError([Fault("source", "stands beside a chain; give one of the two")])
    written = tuple(given)
    key = "source" if "source" in given else "chain"
    if key in given:
        values = list(numbered(f"{lead}{key}", given.pop(key)))
        given["chain"] = tuple([id_ for _, id_ in values])
        built.references += [Reference(place, id_, _SOURCE) for place, id_ in values]
    try:
        return _attribution(assembly, built.document, given, statement, text)
    except ModelError as error:
        keys = {"class" if key == "class_" else key for key in written}
        raise ModelError(as_written(error.faults, keys)) from error


def _attribution(
    assembly: Assembly,
    document: str | None,
    given: dict[str, Any],
    statement: str,
    text: str | None,
) -> Attribution:
    id_: str | None = given.pop("id", None)
    if text is not None:
        known = assembly.lookup.existing("attribution", id_) if id_ else None
        cue = known.cue if isinstance(known, Attribution) else None
        place_cue(given, cue, text, assembly.line_ends(document or ""))
    if id_ is None:
        chain, cue = given.get("chain", ()), given.get("cue")
        start = given.get("cue_start")
        id_ = ids.attribution_id(statement, given.get("class_", ""), chain, cue, start)
    base = assembly.lookup.existing("attribution", id_)
    given["statement"] = statement
    values = merged(base, given, ("class_",))
    values["id"] = id_
    attribution = Attribution(**values)
    if text is not None and attribution.cue_start is not None:
        raise_any(cue_faults(attribution, text))
    return attribution


def rating(assembly: Assembly, record: RatingRecord) -> Built:
    """Return the rating of *record*, checked against its rubric."""
    given = given_keys(record)
    base = assembly.lookup.existing("rating", given["id"]) if "id" in given else None
    for key in ("statement", "source", "document"):
        if key in given:
            given[key] = assembly.lookup.real_id(given[key])
    if "statement" in given:
        refuse_other_document(assembly.lookup, base, given["statement"])
    rating, rubric = _rating_from(assembly, given, base, record.required)
    type_ = rating.target_type
    document = rating.document or (
        assembly.lookup.document_of(rating.statement) if rating.statement else None
    )
    kinds = tuple(kind for kind in KINDS if kind in rubric.applies_to)
    if not kinds if type_ == "statement" else type_ not in rubric.applies_to:
        what = " and ".join(rubric.applies_to)
        raise ModelError([Fault(type_, f"cannot be rated under {rubric.id}, which is for {what}")])
    reference = Reference(type_, rating.target, (type_,), kinds=kinds)
    return Built(rating.id, document, rating, references=[reference])


def own_rating(assembly: Assembly, given: dict[str, Any], statement: Statement) -> Rating:
    """Return a rating that a statement's shorthand makes."""
    rating, rubric = _rating_from(assembly, given, None, ())
    if statement.kind not in rubric.applies_to:
        what = " and ".join(rubric.applies_to)
        raise ModelError([Fault("", f"{rubric.id} is for {what}, and this is {statement.kind}")])
    return rating


def admiralty(assembly: Assembly, record: ReliabilityRecord | CredibilityRecord) -> Built:
    """Return the Admiralty letter or number of *record*."""
    given = given_keys(record)
    letter = isinstance(record, ReliabilityRecord)
    type_, subject = ("reliability", "source") if letter else ("credibility", "statement")
    base = assembly.lookup.existing(type_, given["id"]) if "id" in given else None
    if base is None:
        given.setdefault("assessor", assembly.assessor)
    if subject in given:
        given[subject] = assembly.lookup.real_id(given[subject])
        if not letter:
            refuse_other_document(assembly.lookup, base, given[subject])
    if "id" not in given and subject in given:
        who = given["assessor"]
        given["id"] = (
            ids.reliability_id(given[subject], given.get("topic"), who)
            if letter
            else ids.credibility_id(given[subject], who)
        )
        base = assembly.lookup.existing(type_, given["id"])
    values = {"id": ""} | merged(base, given, record.required)
    entity = Reliability(**values) if letter else Credibility(**values)
    target: str = values[subject]
    reference = Reference(subject, target, (subject,))
    if fault := empty_fault(entity, given):
        raise ModelError([fault])
    if isinstance(entity, Reliability):
        if fault := reason_fault(entity, None):
            raise ModelError([fault])
        if fault := reason_fault(entity, "person"):
            # Which kind the source is may be in a later record, so that the reference tells.
            others = tuple(kind for kind in SOURCE_KINDS if kind != "person")
            reference = evolve(reference, kinds=others, otherwise=fault)
    document = None if letter else assembly.lookup.document_of(target)
    return Built(entity.id, document, entity, references=[reference])


def _rating_from(
    assembly: Assembly, given: dict[str, Any], base: Entity | None, required: Iterable[str]
) -> tuple[Rating, Rubric]:
    if base is None:
        given.setdefault("assessor", assembly.assessor)
        given.setdefault("rubric", DEFAULT_RUBRIC)
    name: str = given.get("rubric") or getattr(base, "rubric", None) or DEFAULT_RUBRIC
    said_version: str | None = given.get("version") or getattr(base, "version", None)
    rubric = _rubric_named(assembly, name, said_version)
    given["version"] = rubric.version
    if "id" not in given and "criterion" in given:
        target = given.get("statement") or given.get("source") or given.get("document") or ""
        who, what = given["assessor"], given["criterion"]
        given["id"] = ids.rating_id(target, name, rubric.version, what, who)
        base = assembly.lookup.existing("rating", given["id"])
        if base is None and not said_version:
            base = _older_rating(assembly, rubric, target, given)
            rubric = rubric if base is None else _rubric_named(assembly, name, base.version)
    rating = Rating(**({"id": ""} | merged(base, given, required)))
    if fault := rubric.answer_fault(rating.criterion, rating.answer):
        raise ModelError([fault])
    return rating, rubric


def _older_rating(
    assembly: Assembly, newest: Rubric, target: str, given: dict[str, Any]
) -> Rating | None:
    """Return the same rating under an older version than *newest*; *given* becomes it.

    A record that names no version, read when that version was the newest, made it. Reading
    the record again must neither double the answer nor pass it off as one to the new words.
    """
    if not assembly.lookup.is_stored(target):
        return None
    versions = {r.version for r in assembly.lookup.rubrics() if r.id == newest.id}
    for version in sorted(versions - {newest.version}, key=version_order, reverse=True):
        who, what = given["assessor"], given["criterion"]
        id_ = ids.rating_id(target, newest.id, version, what, who)
        base = assembly.lookup.existing("rating", id_)
        same = given | {"id": id_, "version": version}
        if isinstance(base, Rating) and all(getattr(base, k) == v for k, v in same.items()):
            given.update(same)
            return base
    return None


def _rubric_named(assembly: Assembly, name: str, version: str | None) -> Rubric:
    rubric = assembly.lookup.rubric(name, version)
    if rubric is None:
        wanted = f"{name} {version}" if version else name
        raise ModelError([Fault("rubric", f"there is no rubric {wanted!r}", "reference")])
    return rubric
