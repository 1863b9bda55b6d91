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

from .assessments import admiralty, attribution, rating
from .build_context import UNLABELLED, Assembly, Built, Reference, merged, same_document
from .fault_paths import as_written, numbered
from .statements import id_by_label, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.formats.registry import Located


def build(assembly: Assembly, located: Located, file: str) -> Built:
    """Return what the record at one place of the input called *file* comes to.

    Raises:
        ModelError: with every fault of the record.
        LaterError: it needs something that may come later in the file.
    """
    record = located.record
    assembly.file = file
    try:
        if isinstance(record, StatementRecord):
            return statement(assembly, record, by_label=located.by_label)
        if isinstance(record, InferenceRecord):
            return _inference(assembly, record, by_label=located.by_label)
        return _MAKERS[type(record)](assembly, record)
    except ModelError as error:
        given = {} if isinstance(record, RubricRecord | None) else given_keys(record)
        written = {"class" if key == "class_" else key for key in given}
        raise ModelError(as_written(error.faults, written)) from error


def _document(assembly: Assembly, record: DocumentRecord) -> Built:
    given = given_keys(record)
    base = assembly.lookup.existing("document", record.id)
    if "text" in given:
        given["text"] = normal_lines(given["text"])
        if isinstance(base, Document) and base.text != given["text"]:
            reason = "differs from the text in the database; an import cannot change it"
            raise ModelError([Fault("text", reason, "id")])
    values = merged(base, given, record.required)
    return Built(record.id, record.id, Document(**values))


def _source(assembly: Assembly, record: SourceRecord) -> Built:
    given = given_keys(record)
    links: list[Reference] = []
    faults: list[Fault] = []
    for key in LINKS:
        if key in given:
            values = list(numbered(key, given[key]))
            given[key] = tuple(sorted({id_ for _, id_ in values}))
            links += [Reference(path, id_, ("source",)) for path, id_ in values]
            faults += [
                Fault(path, f"is the source itself: nothing {LINKS[key]} itself")
                for path, id_ in values
                if id_ == record.id
            ]
    raise_any(faults)
    base = assembly.lookup.existing("source", record.id)
    entity = Source(**merged(base, given, record.required))
    was = base.kind if isinstance(base, Source) else None
    becomes = entity.kind == "person" and was not in (None, "person")
    return Built(record.id, None, entity, references=links, becomes_person=becomes)


def _inference(assembly: Assembly, record: InferenceRecord, *, by_label: bool) -> Built:
    given = given_keys(record)
    id_: str | None = given.pop("id", None)
    if by_label:
        id_ = id_by_label(assembly, given, id_)
    paths: dict[str, str] = {}
    if "conclusion" in given:
        given["conclusion"] = assembly.lookup.real_id(given["conclusion"])
    if "premises" in given:
        for path, premise in numbered("premises", given["premises"]):
            real = assembly.lookup.real_id(premise)
            if real in paths:
                raise ModelError([Fault(path, f"names a statement twice, as {paths[real]} does")])
            paths[real] = path
        given["premises"] = tuple(sorted(paths))
    if id_ is None and {"premises", "conclusion", "stance"} <= given.keys():
        id_ = ids.inference_id(given["premises"], given["conclusion"], given["stance"])
    base = assembly.lookup.existing("inference", id_) if id_ else None
    document = same_document(base, given)
    values = merged(base, given, record.required) | {"id": id_ or ""}
    inference = Inference(**{"label": UNLABELLED} | values)
    built = Built(inference.id, document, inference, has_label="label" in given)
    built.references = [
        Reference("document", document, ("document",)),
        *(
            Reference(paths.get(p, "premises"), p, ("statement",), document)
            for p in inference.premises
        ),
        Reference("conclusion", inference.conclusion, ("statement", "inference"), document),
    ]
    return built


def _rubric(assembly: Assembly, record: RubricRecord) -> Built:
    rubric = rubric_from_part(record)
    for known in assembly.lookup.rubrics():
        same = (known.id, known.version) == (rubric.id, rubric.version)
        if same and rubric_hash(known) != rubric_hash(rubric):
            reason = (
                f"{rubric.id} {rubric.version} is known with other content; give it a new version"
            )
            raise ModelError([Fault("version", reason, "id")])
    return Built(f"{rubric.id} {rubric.version}", None, rubric=rubric)


_MAKERS: Final[dict[type, Callable[[Assembly, Any], Built]]] = {
    DocumentRecord: _document,
    SourceRecord: _source,
    RubricRecord: _rubric,
    AttributionRecord: attribution,
    RatingRecord: rating,
    ReliabilityRecord: admiralty,
    CredibilityRecord: admiralty,
}
"""How the records are built that depend on nothing but their content."""
