"""Slots that only one record can have: label, answer, stance, main claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define

from argmap.errors import Fault
from argmap.model.rating import Rating
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import STANCES
from argmap.records.ids import MADE
from store.ingest.build.fault_paths import fault_in_part

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from argmap.model.map import Entity
    from store.ingest.build.build_context import BuiltRecord

    from .lookup import Lookup

VERBS: Final = {"supports": "support", "opposes": "oppose"}


@define
class SlotRequest:
    """A record's request for a slot, with the fault if another record has it."""

    key: tuple[object, ...]
    holder: str
    path: str
    reason: str
    """The fault's reason, as a format string in which `{}` is the other holder."""

    def fault(self, holder: str) -> Fault:
        """Return the fault of a request that comes after *holder*'s."""
        kind = {"answers": "id", "made": "id", "letter": "value"}.get(
            str(self.key[0]), str(self.key[0])
        )
        return Fault(self.path, self.reason.format(holder), kind)


def slot_requests(
    lookup: Lookup, built: BuiltRecord, shared: Container[str]
) -> Iterator[SlotRequest]:
    """Yield the slots that a record wants and that a record of its span may want too.

    Args:
        lookup: The database and the records that are validated together.
        built: The entity and parts of the record.
        shared: Ids that several records may have: those that parts of records give, made ones of
            records, and the premises of inferences that are records of their own.
    """
    entity = built.entity
    key: tuple[object, ...]
    if isinstance(entity, Statement | Inference) and built.has_label:
        key = ("label", entity.document, entity.label)
        yield SlotRequest(key, entity.id, "label", "is taken by {!r}")
    is_known = lookup.stored.place(built.id) is not None
    # Other statements may have a stored one as their main item, and only evidence can be that.
    if is_known and isinstance(entity, Statement) and entity.kind != "evidence":
        reason = "must stay evidence: it is the main item of {}"
        yield SlotRequest(("kind", entity.id), entity.id, "kind", reason)
    if entity is not None and built.becomes_person:
        reason = "cannot change to person until the reliability E by {} has a reason"
        yield SlotRequest(("letter", entity.id), entity.id, "kind", reason)
    if isinstance(entity, Statement) and entity.main:
        reason = f"{{!r}} is already the main claim of {_inert(repr(entity.document))}"
        yield SlotRequest(("main", entity.document), entity.id, "main", reason)
    stances = built.shorthands.keys() & STANCES
    # A new statement with one stance, and in no inference record, cannot both support and oppose a
    # conclusion. Most statements are like this, and each request saved is one lookup less.
    is_sole = not is_known and len(stances) == 1 and built.id not in shared
    for path, part in built.placed:
        is_made = part.id[0] == MADE
        if is_made and part.id in shared:
            reason = _inert(f"{part.id!r} is the id of something else")
            yield SlotRequest(("made", part.id), repr(_id_content(part)), path or "id", reason)
        elif not is_made and (part.id in shared or lookup.stored.place(part.id) is not None):
            where = f"{path}.id" if path else "id"
            reason = "the id is taken by the {}"
            yield SlotRequest(("id", part.id), f"{part.type} of {built.id}", where, reason)
        if isinstance(part, Inference) and (path[:1] not in ("s", "o") or not is_sole):
            key = ("stance", *part.premises, part.conclusion)
            reason = "the same premises already {} that conclusion"
            yield SlotRequest(key, VERBS[part.stance], path or "stance", reason)
        elif isinstance(part, Rating):
            yield from _answer_requests(path, part)


def _answer_requests(path: str, rating: Rating) -> Iterator[SlotRequest]:
    question = question_key(rating)
    answered = f"{_inert(repr(rating.assessor))} has already answered {_inert(rating.criterion)}"
    yield SlotRequest(
        ("answers", *question), rating.id, path or "criterion", f"{answered} here, in {{!r}}"
    )
    reason = "another answer, {}, was given earlier"
    yield SlotRequest(("answer", *question), str(rating.answer), path or "answer", reason)


def _id_content(entity: Entity) -> tuple[object, ...]:
    """Return the content that the id of *entity* is made from."""
    if isinstance(entity, Inference):
        return (entity.type, entity.premises, entity.conclusion, entity.stance)
    if isinstance(entity, Attribution):
        cue = (entity.cue, entity.cue_start)
        return (entity.type, entity.statement, entity.class_, entity.chain, *cue)
    return (entity.type, *(question_key(entity) if isinstance(entity, Rating) else ()))


def question_key(rating: Rating) -> tuple[str, ...]:
    """Return the target, rubric, version, criterion and assessor of *rating*."""
    return (rating.target, rating.rubric, rating.version, rating.criterion, rating.assessor)


def stored_conflicts(lookup: Lookup, built: BuiltRecord) -> Iterator[Fault]:
    """Yield a fault for each slot of a record that was taken before the import."""
    entity = built.entity
    if isinstance(entity, Statement | Inference) and built.has_label:
        holder = lookup.id_with_label(entity.document, entity.label)
        if holder is not None and holder != entity.id:
            yield Fault("label", f"is taken by {holder!r}", "label")
    if isinstance(entity, Statement) and lookup.stored.place(entity.id):
        yield from _kind_conflicts(lookup, entity)
    for path, each in built.placed:
        if isinstance(each, Rating):
            faults = _answer_conflicts(lookup, each)
            yield from (
                fault_in_part(path, each.type, fault) if path else fault for fault in faults
            )


def _kind_conflicts(lookup: Lookup, statement: Statement) -> Iterator[Fault]:
    """Yield a fault for each rubric that forbids a stored statement's new kind."""
    ratings = (row.entity for row in lookup.stored.about("rating", statement.id))
    under = {(r.rubric, r.version) for r in ratings if isinstance(r, Rating)}
    for id_, version in sorted(under):
        rubric = next((r for r in lookup.rubrics() if (r.id, r.version) == (id_, version)), None)
        if rubric is not None and not rubric.applies(statement):
            allowed = " and ".join(rubric.applies_to)
            yield Fault("kind", f"it is rated under {id_}, which is for {allowed}", "kind")


def _answer_conflicts(lookup: Lookup, rating: Rating) -> Iterator[Fault]:
    for row in lookup.stored.about("rating", rating.target):
        other = row.entity
        if not isinstance(other, Rating) or other.id == rating.id:
            continue
        if question_key(other) == question_key(rating) and not lookup.stored.is_ours(row):
            answered = f"{rating.assessor} has already answered {rating.criterion}"
            yield Fault("criterion", f"{answered} here, in {other.id!r}", "id")


def _inert(text: str) -> str:
    """Escape the braces of *text* for `str.format`."""
    return text.replace("{", "{{").replace("}", "}}")
