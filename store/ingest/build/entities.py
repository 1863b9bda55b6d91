"""Build an entity from a record of any type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from argmap.errors import ModelError
from argmap.model.document import Document
from argmap.model.faults import Fault, raise_any
from argmap.model.older_rows import LINKS
from argmap.model.source import Source
from argmap.model.statement import Inference
from argmap.records import ids
from argmap.records.decode import given_keys
from argmap.records.rubric import rubric_from_part, rubric_hash
from argmap.records.schema import (
    AttributionRecord,
    CredibilityRecord,
    DocumentRecord,
    InferenceRecord,
    RatingRecord,
    ReliabilityRecord,
    RubricRecord,
    SourceRecord,
    StatementRecord,
)
from argmap.text.decoding import normal_lines

from .assessments import build_admiralty, build_attribution, build_rating
from .build_context import (
    UNLABELLED,
    BuildContext,
    BuiltRecord,
    Reference,
    complete_values,
    resolve_document,
)
from .fault_paths import faults_at_given_keys, values_with_paths
from .statements import build_statement, id_by_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.formats.registry import Located


def build_record(context: BuildContext, located: Located, file: str) -> BuiltRecord:
    """Return the entity or rubric of one record in the input called *file*.

    Raises:
        ModelError: the record has faults; all of them are listed.
        LaterError: it needs an entity that may come later in the input.
    """
    record = located.record
    context.file = file
    try:
        if isinstance(record, StatementRecord):
            return build_statement(context, record, by_label=located.by_label)
        if isinstance(record, InferenceRecord):
            return _inference(context, record, by_label=located.by_label)
        return _BUILDERS[type(record)](context, record)
    except ModelError as error:
        given = {} if isinstance(record, RubricRecord | None) else given_keys(record)
        written = {"class" if key == "class_" else key for key in given}
        raise ModelError(faults_at_given_keys(error.faults, written)) from error


def _document(context: BuildContext, record: DocumentRecord) -> BuiltRecord:
    given = given_keys(record)
    base = context.lookup.find_entity("document", record.id)
    if "text" in given:
        given["text"] = normal_lines(given["text"])
        if isinstance(base, Document) and base.text != given["text"]:
            # Passages are offsets into this text; with another text they would point at other
            # words.
            reason = "differs from the text in the database; an import cannot change it"
            raise ModelError([Fault("text", reason, "id")])
    values = complete_values(base, given, record.required)
    return BuiltRecord(record.id, record.id, Document(**values))


def _source(context: BuildContext, record: SourceRecord) -> BuiltRecord:
    given = given_keys(record)
    links: list[Reference] = []
    faults: list[Fault] = []
    for key in LINKS:
        if key in given:
            values = list(values_with_paths(key, given[key]))
            given[key] = tuple(sorted({id_ for _, id_ in values}))
            links += [Reference(path, id_, ("source",)) for path, id_ in values]
            faults += [
                Fault(path, f"is the source itself; a source never {LINKS[key]} itself")
                for path, id_ in values
                if id_ == record.id
            ]
    raise_any(faults)
    base = context.lookup.find_entity("source", record.id)
    entity = Source(**complete_values(base, given, record.required))
    was = base.kind if isinstance(base, Source) else None
    becomes = entity.kind == "person" and was not in (None, "person")
    return BuiltRecord(record.id, None, entity, references=links, becomes_person=becomes)


def _inference(context: BuildContext, record: InferenceRecord, *, by_label: bool) -> BuiltRecord:
    given = given_keys(record)
    id_: str | None = given.pop("id", None)
    if by_label:
        id_ = id_by_label(context, given, id_)
    paths: dict[str, str] = {}
    if "conclusion" in given:
        given["conclusion"] = context.lookup.stored_id(given["conclusion"])
    if "premises" in given:
        for path, premise in values_with_paths("premises", given["premises"]):
            real = context.lookup.stored_id(premise)
            if real in paths:
                raise ModelError([Fault(path, f"names a statement twice, as {paths[real]} does")])
            paths[real] = path
        # Sorted, so that the made id and the comparison with a stored inference do not depend on
        # the order in the file.
        given["premises"] = tuple(sorted(paths))
    if id_ is None and {"premises", "conclusion", "stance"} <= given.keys():
        id_ = ids.inference_id(given["premises"], given["conclusion"], given["stance"])
    base = context.lookup.find_entity("inference", id_) if id_ else None
    document = resolve_document(base, given)
    values = complete_values(base, given, record.required) | {"id": id_ or ""}
    inference = Inference(**{"label": UNLABELLED} | values)
    built = BuiltRecord(inference.id, document, inference, has_label="label" in given)
    built.references = [
        Reference("document", document, ("document",)),
        *(
            Reference(paths.get(p, "premises"), p, ("statement",), document)
            for p in inference.premises
        ),
        Reference("conclusion", inference.conclusion, ("statement", "inference"), document),
    ]
    return built


def _rubric(context: BuildContext, record: RubricRecord) -> BuiltRecord:
    rubric = rubric_from_part(record)
    for known in context.lookup.rubrics():
        same = (known.id, known.version) == (rubric.id, rubric.version)
        # Ratings name a rubric by id and version, so its content must never change under them.
        if same and rubric_hash(known) != rubric_hash(rubric):
            reason = (
                f"{rubric.id} {rubric.version} is known with other content; give it a new version"
            )
            raise ModelError([Fault("version", reason, "id")])
    return BuiltRecord(f"{rubric.id} {rubric.version}", None, rubric=rubric)


_BUILDERS: Final[dict[type, Callable[[BuildContext, Any], BuiltRecord]]] = {
    DocumentRecord: _document,
    SourceRecord: _source,
    RubricRecord: _rubric,
    AttributionRecord: build_attribution,
    RatingRecord: build_rating,
    ReliabilityRecord: build_admiralty,
    CredibilityRecord: build_admiralty,
}
"""Builders by record type, for the types that need nothing but the record itself."""
