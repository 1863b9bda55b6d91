"""Build attributions, ratings and Admiralty codes of statements and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from argmap.errors import ModelError
from argmap.model.faults import Fault, raise_any
from argmap.model.map import version_order
from argmap.model.older_rows import empty_fault
from argmap.model.rating import Credibility, Rating, Reliability, reason_fault
from argmap.model.source import Attribution, cue_faults
from argmap.model.vocabulary import DEFAULT_RUBRIC, KINDS, SOURCE_KINDS
from argmap.records import ids
from argmap.records.decode import given_keys
from argmap.records.schema import (
    AttributionRecord,
    CredibilityRecord,
    RatingRecord,
    ReliabilityRecord,
)

from .build_context import BuiltRecord, Reference, complete_values, refuse_other_document
from .fault_paths import faults_at_given_keys, values_with_paths
from .passages import place_cue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Statement

    from .build_context import BuildContext


_SOURCE: Final = ("source",)


def build_attribution(context: BuildContext, record: AttributionRecord) -> BuiltRecord:
    """Return the attribution of *record*.

    Raises:
        ModelError: the record has faults; all of them are listed.
        LaterError: its statement or document may come later in the input.
    """
    given = given_keys(record)
    base = context.lookup.find_entity("attribution", given["id"]) if "id" in given else None
    statement = given.pop("statement", base.statement if isinstance(base, Attribution) else "")
    if not statement:
        raise ModelError([Fault("statement", "is missing", "missing")])
    statement = context.lookup.stored_id(statement)
    refuse_other_document(context.lookup, base, statement)
    document = context.lookup.find_document(statement)
    text = context.lookup.find_text(document) if document else None
    built = BuiltRecord("", document)
    entity = attribution_from(context, built, given, statement, text, "")
    built.id, built.entity = entity.id, entity
    built.references.append(Reference("statement", statement, ("statement",)))
    return built


def attribution_from(
    context: BuildContext,
    built: BuiltRecord,
    given: dict[str, Any],
    statement: str,
    text: str | None,
    path: str,
) -> Attribution:
    """Return the attribution with the keys *given*; add its references to *built*.

    Args:
        context: The lookup and settings.
        built: The record that the attribution belongs to.
        given: The keys of the attribution; changed in place.
        statement: The id of its statement.
        text: The document's text; None if there is no such document.
        path: The attribution's path in the record; empty if it is the whole record.

    Raises:
        ModelError: the attribution has faults.
    """
    lead = f"{path}." if path else ""
    if "source" in given and "chain" in given:
        raise ModelError(
            [Fault("source", "is given together with a chain; give only one of the two")]
        )
    written = tuple(given)
    key = "source" if "source" in given else "chain"
    if key in given:
        values = list(values_with_paths(f"{lead}{key}", given.pop(key)))
        given["chain"] = tuple([id_ for _, id_ in values])
        built.references += [Reference(place, id_, _SOURCE) for place, id_ in values]
    try:
        return _attribution(context, built.document, given, statement, text)
    except ModelError as error:
        keys = {"class" if key == "class_" else key for key in written}
        raise ModelError(faults_at_given_keys(error.faults, keys)) from error


def _attribution(
    context: BuildContext,
    document: str | None,
    given: dict[str, Any],
    statement: str,
    text: str | None,
) -> Attribution:
    id_: str | None = given.pop("id", None)
    if text is not None:
        known = context.lookup.find_entity("attribution", id_) if id_ else None
        cue = known.cue if isinstance(known, Attribution) else None
        # The id is made from the cue and its place, so both must be the text's own before it is
        # made.
        place_cue(given, cue, text, context.line_ends(document or ""))
    if id_ is None:
        chain, cue = given.get("chain", ()), given.get("cue")
        start = given.get("cue_start")
        id_ = ids.attribution_id(statement, given.get("class_", ""), chain, cue, start)
    base = context.lookup.find_entity("attribution", id_)
    given["statement"] = statement
    values = complete_values(base, given, ("class_",))
    values["id"] = id_
    attribution = Attribution(**values)
    if text is not None and attribution.cue_start is not None:
        raise_any(cue_faults(attribution, text))
    return attribution


def build_rating(context: BuildContext, record: RatingRecord) -> BuiltRecord:
    """Return the rating of *record*, validated against its rubric.

    Raises:
        ModelError: the record has faults, or its rubric does not apply or is unknown.
        LaterError: its statement may come later in the input.
    """
    given = given_keys(record)
    base = context.lookup.find_entity("rating", given["id"]) if "id" in given else None
    for key in ("statement", "source", "document"):
        if key in given:
            given[key] = context.lookup.stored_id(given[key])
    if "statement" in given:
        refuse_other_document(context.lookup, base, given["statement"])
    rating, rubric = _rating_from(context, given, base, record.required)
    type_ = rating.target_type
    document = rating.document or (
        context.lookup.find_document(rating.statement) if rating.statement else None
    )
    kinds = tuple(kind for kind in KINDS if kind in rubric.applies_to)
    if not kinds if type_ == "statement" else type_ not in rubric.applies_to:
        allowed = " and ".join(rubric.applies_to)
        raise ModelError(
            [Fault(type_, f"cannot be rated under {rubric.id}, which is for {allowed}")]
        )
    reference = Reference(type_, rating.target, (type_,), kinds=kinds)
    return BuiltRecord(rating.id, document, rating, references=[reference])


def rating_from_shorthand(
    context: BuildContext, given: dict[str, Any], statement: Statement
) -> Rating:
    """Return the rating that a shorthand of *statement* makes.

    Raises:
        ModelError: the answer has faults, or the rubric does not apply to the statement.
    """
    rating, rubric = _rating_from(context, given, None, ())
    if statement.kind not in rubric.applies_to:
        allowed = " and ".join(rubric.applies_to)
        raise ModelError([Fault("", f"{rubric.id} is for {allowed}, and this is {statement.kind}")])
    return rating


def build_admiralty(
    context: BuildContext, record: ReliabilityRecord | CredibilityRecord
) -> BuiltRecord:
    """Return the Admiralty reliability or credibility of *record*.

    Raises:
        ModelError: the record has faults; all of them are listed.
        LaterError: its statement may come later in the input.
    """
    given = given_keys(record)
    letter = isinstance(record, ReliabilityRecord)
    type_, subject = ("reliability", "source") if letter else ("credibility", "statement")
    base = context.lookup.find_entity(type_, given["id"]) if "id" in given else None
    if base is None:
        given.setdefault("assessor", context.assessor)
    if subject in given:
        given[subject] = context.lookup.stored_id(given[subject])
        if not letter:
            refuse_other_document(context.lookup, base, given[subject])
    if "id" not in given and subject in given:
        assessor = given["assessor"]
        given["id"] = (
            ids.reliability_id(given[subject], given.get("topic"), assessor)
            if letter
            else ids.credibility_id(given[subject], assessor)
        )
        base = context.lookup.find_entity(type_, given["id"])
    values = {"id": ""} | complete_values(base, given, record.required)
    entity = Reliability(**values) if letter else Credibility(**values)
    target: str = values[subject]
    reference = Reference(subject, target, (subject,))
    if fault := empty_fault(entity, given):
        raise ModelError([fault])
    if isinstance(entity, Reliability):
        if fault := reason_fault(entity, None):
            raise ModelError([fault])
        if fault := reason_fault(entity, "person"):
            # A later record may still change the source's kind, so the reference carries the fault.
            others = tuple(kind for kind in SOURCE_KINDS if kind != "person")
            reference = evolve(reference, kinds=others, otherwise=fault)
    document = None if letter else context.lookup.find_document(target)
    return BuiltRecord(entity.id, document, entity, references=[reference])


def _rating_from(
    context: BuildContext, given: dict[str, Any], base: Entity | None, required: Iterable[str]
) -> tuple[Rating, Rubric]:
    if base is None:
        given.setdefault("assessor", context.assessor)
        given.setdefault("rubric", DEFAULT_RUBRIC)
    name: str = given.get("rubric") or getattr(base, "rubric", None) or DEFAULT_RUBRIC
    said_version: str | None = given.get("version") or getattr(base, "version", None)
    rubric = _rubric_named(context, name, said_version)
    # Stored explicitly: a newer version of the rubric must not reinterpret an old answer.
    given["version"] = rubric.version
    if "id" not in given and "criterion" in given:
        target = given.get("statement") or given.get("source") or given.get("document") or ""
        assessor, criterion = given["assessor"], given["criterion"]
        given["id"] = ids.rating_id(target, name, rubric.version, criterion, assessor)
        base = context.lookup.find_entity("rating", given["id"])
        if base is None and not said_version:
            base = _older_rating(context, rubric, target, given)
            rubric = rubric if base is None else _rubric_named(context, name, base.version)
    rating = Rating(**({"id": ""} | complete_values(base, given, required)))
    if fault := rubric.answer_fault(rating.criterion, rating.answer):
        raise ModelError([fault])
    return rating, rubric


def _older_rating(
    context: BuildContext, newest: Rubric, target: str, given: dict[str, Any]
) -> Rating | None:
    """Return the same rating under an older version of the rubric, if it is stored.

    Its id and version are added to *given*. A record that names no version made that rating when
    the older version was the newest. Importing the record again must neither duplicate the answer
    nor present it as an answer to the new wording.
    """
    if not context.lookup.is_stored(target):
        return None
    versions = {r.version for r in context.lookup.rubrics() if r.id == newest.id}
    for version in sorted(versions - {newest.version}, key=version_order, reverse=True):
        assessor, criterion = given["assessor"], given["criterion"]
        id_ = ids.rating_id(target, newest.id, version, criterion, assessor)
        base = context.lookup.find_entity("rating", id_)
        same = given | {"id": id_, "version": version}
        if isinstance(base, Rating) and all(getattr(base, k) == v for k, v in same.items()):
            given.update(same)
            return base
    return None


def _rubric_named(context: BuildContext, name: str, version: str | None) -> Rubric:
    rubric = context.lookup.rubric(name, version)
    if rubric is None:
        wanted = f"{name} {version}" if version else name
        raise ModelError([Fault("rubric", f"there is no rubric {wanted!r}", "reference")])
    return rubric
