"""Build entities from records: with what the database and the rest of the file know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import asdict, define, field, frozen

from argmap.anchoring import Wanted, loose_passage, nearest, passage_for
from argmap.errors import ModelError
from argmap.model.document import Document, Passage
from argmap.model.fault import Fault
from argmap.model.map import DEFAULT_RUBRIC, newest_rubric
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source, cue_faults
from argmap.model.statement import Inference, Statement
from argmap.model.words import KINDS
from argmap.records import identity
from argmap.records.reading import given_keys
from argmap.records.rubric import rubric_from_part, rubric_hash
from argmap.records.wire import (
    AttributionRecord,
    AttributionShorthand,
    CredibilityRecord,
    DocumentRecord,
    InferenceRecord,
    RatingRecord,
    ReliabilityRecord,
    RubricRecord,
    SourceRecord,
    StatementRecord,
)
from argmap.text import normal_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.formats import Located
    from argmap.model.map import Entity
    from argmap.model.rubric import Rubric

_MOST_GUESSES: Final = 1000
"""Quotes that are not in the text and whose closest passage is looked for."""

_UNLABELLED: Final = "?"


class LaterError(Exception):
    """Something that the record needs may come later in the file."""


@frozen
class Reference:
    """An id that a record names, and what it must be the id of."""

    path: str
    id: str
    types: tuple[str, ...]
    document: str | None = None
    """The document that it must be in, if that matters."""
    kinds: tuple[str, ...] = KINDS
    """Of a statement, the kinds that will do."""


@define
class Built:
    """What one record comes to."""

    id: str
    document: str | None
    """The document that it belongs to."""
    entity: Entity | None = None
    """None for a rubric."""
    rubric: Rubric | None = None
    parts: list[Entity] = field(factory=list)
    """What the shorthands of a statement make."""
    shorthands: dict[str, str | None] = field(factory=dict)
    """The shorthands given; for `ratings` the assessor whose ratings they replace."""
    references: list[Reference] = field(factory=list)
    changed: list[str] = field(factory=list)
    """What was taken loosely, in words."""
    has_label: bool = False


class Surroundings(Protocol):
    """What a builder asks of the database and the rest of the file."""

    def existing(self, type_: str, id_: str) -> Entity | None:
        """Return the entity as the database has it, or raise ModelError for another type."""

    def text_of(self, document: str) -> str | None:
        """Return a document's text; None where there is no such document.

        Raises:
            LaterError: the document may come later in the file.
        """

    def document_of(self, statement: str) -> str | None:
        """Return the document of a statement; None or LaterError as `text_of`."""

    def rubrics(self) -> Iterable[Rubric]:
        """Return every rubric known so far."""

    def missing_rubric(self) -> None:
        """Raise LaterError if the rubric may come later in the file."""

    def real_id(self, id_: str) -> str:
        """Return the id that stands for *id_* in the database."""

    def label_for(self, id_: str, document: str, kind: str) -> str:
        """Return the label of what has none yet."""

    def labelled(self, document: str, label: str) -> str | None:
        """Return the id of what has *label* in the database."""


@define
class Builder:
    """Turns one record after another into entities."""

    around: Surroundings
    assessor: str
    loose_quotes: bool = False
    guesses: int = _MOST_GUESSES

    def build(self, located: Located) -> Built:
        """Return what the record at one place comes to.

        Raises:
            ModelError: with every fault of the record.
            LaterError: it needs something that may come later in the file.
        """
        record = located.record
        if isinstance(record, StatementRecord):
            return self._statement(record, by_label=located.by_label)
        if isinstance(record, InferenceRecord):
            return self._inference(record, by_label=located.by_label)
        if isinstance(record, AttributionRecord):
            return self._attribution_record(record)
        if isinstance(record, RatingRecord):
            return self._rating(record)
        if isinstance(record, SourceRecord):
            return self._source(record)
        if isinstance(record, DocumentRecord):
            return self._document(record)
        if isinstance(record, RubricRecord):
            return self._rubric(record)
        assert isinstance(record, ReliabilityRecord | CredibilityRecord)  # noqa: S101  (the rest)
        return self._admiralty(record)

    def _document(self, record: DocumentRecord) -> Built:
        given = given_keys(record)
        base = self.around.existing("document", record.id)
        if "text" in given:
            given["text"] = normal_lines(given["text"])
            if isinstance(base, Document) and base.text != given["text"]:
                reason = "differs from the text in the database; an import cannot change it"
                raise ModelError([Fault("text", reason, "id")])
        values = _merged(base, given, record.required)
        return Built(record.id, record.id, Document(**values))

    def _source(self, record: SourceRecord) -> Built:
        given = given_keys(record)
        links = []
        for key in ("derives_from", "same_origin"):
            if key in given:
                given[key] = tuple(sorted(set(given[key] or ())))
                links += [Reference(key, id_, ("source",)) for id_ in given[key]]
        values = _merged(self.around.existing("source", record.id), given, record.required)
        return Built(record.id, None, Source(**values), references=links)

    def _statement(self, record: StatementRecord, *, by_label: bool) -> Built:
        given = given_keys(record)
        shorthands = {k: given.pop(k) for k in _SHORTHANDS if k in given}
        given_id: str | None = given.pop("id", None)
        if by_label:
            given_id = self._id_by_label(given, given_id)
        base = self.around.existing("statement", given_id) if given_id else None
        document = _same_document(base, given)
        text = self.around.text_of(document) if document else None
        changed: list[str] = []
        if text is not None:
            self._anchor(given, text, changed)
        else:
            for key in ("quote", "prefix", "start", "end"):
                given.pop(key, None)
        if given.get("passages") and base is None:
            given.setdefault("text", given["passages"][0].words)
        if given_id is None and {"kind", "text", "document"} <= given.keys():
            places = [(p.start, p.end) for p in given.get("passages", ())]
            given_id = identity.statement_id(document, given["kind"], given["text"], places)
            base = self.around.existing("statement", given_id)
        if base is None and text is None and document and "text" not in given:
            given["text"] = "?"  # the reference to the document will be the fault
        values = _merged(base, given, (*record.required, "text")) | {"id": given_id or ""}
        _fill_statement(values, given, base)
        has_label = "label" in values
        values.setdefault("label", _UNLABELLED)
        statement = Statement(**values)
        if not has_label:
            label = self.around.label_for(statement.id, document, statement.kind)
            statement = Statement(**(values | {"label": label}))
        built = Built(statement.id, document, statement, has_label="label" in given)
        built.changed = changed
        built.references.append(Reference("document", document, ("document",)))
        if "main_item" in given and statement.main_item:
            wanted = self.around.real_id(statement.main_item)
            built.entity = Statement(**(asdict(statement, recurse=False) | {"main_item": wanted}))
            reference = Reference("main_item", wanted, ("statement",), document, ("evidence",))
            built.references.append(reference)
        self._add_parts(built, statement, shorthands, text)
        return built

    def _id_by_label(self, given: dict[str, Any], id_: str | None) -> str | None:
        """Return the id of what has the record's label already, else *id_*."""
        if "label" in given and "document" in given:
            return self.around.labelled(given["document"], given["label"]) or id_
        return id_

    def _anchor(self, given: dict[str, Any], text: str, changed: list[str]) -> None:
        """Replace the keys that say where a statement stands by its passages."""
        keys = ("quote", "prefix", "start", "end")
        said = {key: given.pop(key) for key in keys if key in given}
        if not said:
            return
        wanted, faults = _wanted(said)
        found: list[Passage] = []
        for n, one in enumerate(wanted):
            path = "quote" if not isinstance(said.get("quote"), list) else f"quote[{n}]"
            passage = passage_for(one, text, path)
            if isinstance(passage, Fault):
                passage = self._near(one, text, passage, changed)
            if isinstance(passage, Fault):
                faults.append(passage)
            else:
                found.append(passage)
        if faults:
            raise ModelError(faults)
        given["passages"] = tuple(found)

    def _near(
        self, wanted: Wanted, text: str, fault: Fault, changed: list[str]
    ) -> Passage | Fault:
        """Return a near match if that is asked for, else *fault* with the closest passage."""
        quote = wanted.quote
        if quote is None or wanted.start is not None or wanted.end is not None or quote in text:
            return Fault(fault.path, fault.reason, "quote")
        if self.loose_quotes and (near := loose_passage(quote, text)):
            changed.append(f"{fault.path}: {quote!r} became {near.words!r}")
            return near
        reason = fault.reason
        if self.guesses > 0:
            self.guesses -= 1
            if best := nearest(quote, text):
                place = f"{best.passage.start} to {best.passage.end}"
                words = best.passage.words
                reason += f"; closest is {words!r} at {place}, {best.likeness:.0%} alike"
        return Fault(fault.path, reason, "quote")

    def _add_parts(
        self, built: Built, statement: Statement, said: dict[str, Any], text: str | None
    ) -> None:
        """Add what the shorthands of a statement make."""
        faults: list[Fault] = []
        for key, stance in (("supports", "supports"), ("opposes", "opposes")):
            if key in said:
                built.shorthands[key] = None
                for conclusion in _listed(said[key]):
                    real = self.around.real_id(conclusion)
                    types = ("statement", "inference")
                    built.references.append(Reference(key, real, types, statement.document))
                    self._collect(built, faults, key, lambda c=real, s=stance: self._step(statement, c, s))
        if "attribution" in said:
            built.shorthands["attribution"] = None
            several = isinstance(said["attribution"], list)
            for n, part in enumerate(_listed(said["attribution"])):
                path = f"attribution[{n}]" if several else "attribution"
                self._collect(
                    built, faults, path,
                    lambda p=part, w=path: self._attribution(built, given_keys(p), statement.id, text, w),
                )  # fmt: skip
        if "ratings" in said:
            built.shorthands["ratings"] = self.assessor
            for criterion, answer in (said["ratings"] or {}).items():
                given = {"statement": statement.id, "criterion": criterion, "answer": answer}
                self._collect(
                    built, faults, f"ratings.{criterion}",
                    lambda g=given: self._own_rating(g, statement),
                )  # fmt: skip
        if faults:
            raise ModelError(faults)

    def _collect(self, built: Built, faults: list[Fault], path: str, make: Any) -> None:  # noqa: ANN401
        try:
            built.parts.append(make())
        except ModelError as error:
            faults += [_inside(path, fault) for fault in error.faults]

    def _step(self, statement: Statement, conclusion: str, stance: Any) -> Inference:  # noqa: ANN401
        id_ = identity.inference_id([statement.id], conclusion, stance)
        known = self.around.existing("inference", id_)
        if isinstance(known, Inference):
            return known
        label = self.around.label_for(id_, statement.document, "inference")
        return Inference(id_, statement.document, (statement.id,), conclusion, stance, label)

    def _inference(self, record: InferenceRecord, *, by_label: bool) -> Built:
        given = given_keys(record)
        id_: str | None = given.pop("id", None)
        if by_label:
            id_ = self._id_by_label(given, id_)
        if "premises" in given:
            real = [self.around.real_id(premise) for premise in given["premises"]]
            if len(set(real)) < len(real):
                raise ModelError([Fault("premises", "names one statement twice")])
            given["premises"] = tuple(sorted(real))
        if "conclusion" in given:
            given["conclusion"] = self.around.real_id(given["conclusion"])
        if id_ is None and {"premises", "conclusion", "stance"} <= given.keys():
            id_ = identity.inference_id(given["premises"], given["conclusion"], given["stance"])
        base = self.around.existing("inference", id_) if id_ else None
        document = _same_document(base, given)
        values = _merged(base, given, record.required) | {"id": id_ or ""}
        has_label = "label" in values
        values.setdefault("label", _UNLABELLED)
        inference = Inference(**values)
        if not has_label:
            label = self.around.label_for(inference.id, document, "inference")
            inference = Inference(**(values | {"label": label}))
        built = Built(inference.id, document, inference, has_label="label" in given)
        built.references = [
            Reference("document", document, ("document",)),
            *(Reference("premises", p, ("statement",), document) for p in inference.premises),
            Reference("conclusion", inference.conclusion, ("statement", "inference"), document),
        ]
        return built

    def _attribution_record(self, record: AttributionRecord) -> Built:
        given = given_keys(record)
        base = self.around.existing("attribution", given["id"]) if "id" in given else None
        statement = given.pop("statement", base.statement if isinstance(base, Attribution) else "")
        if not statement:
            raise ModelError([Fault("statement", "is missing", "missing")])
        statement = self.around.real_id(statement)
        document = self.around.document_of(statement)
        text = self.around.text_of(document) if document else None
        built = Built("", document)
        entity = self._attribution(built, given, statement, text, "")
        built.id, built.entity = entity.id, entity
        built.references.append(Reference("statement", statement, ("statement",)))
        return built

    def _attribution(
        self, built: Built, given: dict[str, Any], statement: str, text: str | None, path: str
    ) -> Attribution:
        """Return the attribution with the keys *given*; *path* is where it stands."""
        lead = f"{path}." if path else ""
        if "source" in given and "chain" in given:
            raise ModelError([Fault("source", "stands beside a chain; give one of the two")])
        key = "source" if "source" in given else "chain"
        if key in given:
            given["chain"] = tuple(_listed(given.pop(key)))
            built.references += [Reference(lead + key, id_, ("source",)) for id_ in given["chain"]]
        id_: str | None = given.pop("id", None)
        if id_ is None:
            chain, cue = given.get("chain", ()), given.get("cue")
            start = given.get("cue_start")
            id_ = identity.attribution_id(statement, given.get("class_", ""), chain, cue, start)
        base = self.around.existing("attribution", id_)
        given["statement"] = statement
        values = _merged(base, given, ("class_",)) | {"id": id_}
        attribution = Attribution(**values)
        if text is not None and (faults := list(cue_faults(attribution, text))):
            raise ModelError(faults)
        return attribution

    def _rating(self, record: RatingRecord) -> Built:
        given = given_keys(record)
        base = self.around.existing("rating", given["id"]) if "id" in given else None
        for key in ("statement", "source", "document"):
            if key in given:
                given[key] = self.around.real_id(given[key])
        rating, rubric = self._rating_from(given, base, record.required)
        type_ = rating.target_type
        document = rating.document or (
            self.around.document_of(rating.statement) if rating.statement else None
        )
        kinds = tuple(kind for kind in KINDS if kind in rubric.applies_to)
        if not kinds if type_ == "statement" else type_ not in rubric.applies_to:
            what = " and ".join(rubric.applies_to)
            raise ModelError([Fault(type_, f"cannot be rated under {rubric.id}, which is for {what}")])
        reference = Reference(type_, rating.target, (type_,), kinds=kinds)
        return Built(rating.id, document, rating, references=[reference])

    def _own_rating(self, given: dict[str, Any], statement: Statement) -> Rating:
        rating, rubric = self._rating_from(given, None, ())
        if statement.kind not in rubric.applies_to:
            what = " and ".join(rubric.applies_to)
            raise ModelError([Fault("", f"{rubric.id} is for {what}, and this is {statement.kind}")])
        return rating

    def _rating_from(
        self, given: dict[str, Any], base: Entity | None, required: Iterable[str]
    ) -> tuple[Rating, Rubric]:
        if base is None:
            given.setdefault("assessor", self.assessor)
            given.setdefault("rubric", DEFAULT_RUBRIC)
        name = given.get("rubric") or getattr(base, "rubric", DEFAULT_RUBRIC)
        rubric = self._rubric_named(name, given.get("version") or getattr(base, "version", None))
        given["version"] = rubric.version
        if "id" not in given and "criterion" in given:
            target = given.get("statement") or given.get("source") or given.get("document") or ""
            who, what = given["assessor"], given["criterion"]
            given["id"] = identity.rating_id(target, name, rubric.version, what, who)
            base = self.around.existing("rating", given["id"])
        rating = Rating(**({"id": ""} | _merged(base, given, required)))
        if fault := rubric.answer_fault(rating.criterion, rating.answer):
            raise ModelError([fault])
        return rating, rubric

    def _rubric_named(self, name: str, version: str | None) -> Rubric:
        known = [r for r in self.around.rubrics() if version in (None, r.version)]
        rubric = newest_rubric(known, name)
        if rubric is None:
            self.around.missing_rubric()
            wanted = f"{name} {version}" if version else name
            raise ModelError([Fault("rubric", f"there is no rubric {wanted!r}", "reference")])
        return rubric

    def _rubric(self, record: RubricRecord) -> Built:
        rubric = rubric_from_part(record)
        for known in self.around.rubrics():
            same = (known.id, known.version) == (rubric.id, rubric.version)
            if same and rubric_hash(known) != rubric_hash(rubric):
                reason = f"{rubric.id} {rubric.version} is known with other content; give it a new version"
                raise ModelError([Fault("version", reason, "id")])
        return Built(f"{rubric.id} {rubric.version}", None, rubric=rubric)

    def _admiralty(self, record: ReliabilityRecord | CredibilityRecord) -> Built:
        given = given_keys(record)
        letter = isinstance(record, ReliabilityRecord)
        type_, subject = ("reliability", "source") if letter else ("credibility", "statement")
        base = self.around.existing(type_, given["id"]) if "id" in given else None
        if base is None:
            given.setdefault("assessor", self.assessor)
        if subject in given:
            given[subject] = self.around.real_id(given[subject])
        if "id" not in given and subject in given:
            who = given["assessor"]
            given["id"] = (
                identity.reliability_id(given[subject], given.get("topic"), who)
                if letter
                else identity.credibility_id(given[subject], who)
            )
            base = self.around.existing(type_, given["id"])
        values = {"id": ""} | _merged(base, given, record.required)
        entity = Reliability(**values) if letter else Credibility(**values)
        target: str = values[subject]
        document = None if letter else self.around.document_of(target)
        return Built(entity.id, document, entity, references=[Reference(subject, target, (subject,))])


_SHORTHANDS: Final = ("supports", "opposes", "attribution", "ratings")


def _merged(base: Entity | None, given: dict[str, Any], required: Iterable[str]) -> dict[str, Any]:
    """Return the values of an entity: those *given*, else those of *base*."""
    values = {} if base is None else asdict(base, recurse=False)
    values |= given
    missing = [key for key in required if values.get("class_" if key == "class" else key) is None]
    if missing:
        names = ("class" if key == "class_" else key for key in missing)
        raise ModelError([Fault(key, "is missing", "missing") for key in names])
    return values


def _same_document(base: Entity | None, given: dict[str, Any]) -> str:
    document: str = getattr(base, "document", None) or given.get("document", "")
    if given.get("document", document) != document:
        reason = f"is {document!r} in the database, and cannot change"
        raise ModelError([Fault("document", reason, "id")])
    return document


def _fill_statement(values: dict[str, Any], given: dict[str, Any], base: Entity | None) -> None:
    """Put in what a statement's record may leave out."""
    values["main"] = bool(values.get("main"))
    values["tags"] = tuple(values.get("tags") or ())
    if values["kind"] == "assumption" and values.get("stated") is None:
        values["stated"] = bool(values.get("passages"))
    if base is not None and "kind" in given and values["kind"] != "assumption":
        values["stated"] = given.get("stated")


def _wanted(said: dict[str, Any]) -> tuple[list[Wanted], list[Fault]]:
    """Return what is said of each passage, from single values or parallel lists."""
    lists = {k: v if isinstance(v, list) else [] if v is None else [v] for k, v in said.items()}
    lengths = {k: len(v) for k, v in lists.items() if said[k] is not None}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{k} has {n}" for k, n in lengths.items())
        return [], [Fault("quote", f"the lists are not parallel: {told}")]
    count = max(lengths.values(), default=0)
    rows: Iterator[dict[str, Any]] = ({k: v[n] for k, v in lists.items() if v} for n in range(count))
    return [Wanted(**row) for row in rows], []


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  (a value, a list of them, or None)
    return value if isinstance(value, list) else [] if value is None else [value]


def _inside(path: str, fault: Fault) -> Fault:
    """Return *fault* of a part as a fault of the whole, at *path*."""
    outer = path in ("supports", "opposes") or path.startswith("ratings.") or not fault.path
    return Fault(path if outer else f"{path}.{fault.path}", fault.reason, fault.kind)
