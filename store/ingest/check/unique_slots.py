"""Places that only one record can have: a label, an answer, a stance, the main claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define

from argmap.errors import Fault
from argmap.model.rating import Rating
from argmap.model.source import Attribution
from argmap.model.statement import Inference, Statement
from argmap.model.vocabulary import STANCES
from argmap.records.ids import MADE
from store.ingest.build.fault_paths import inside

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from argmap.model.map import Entity
    from store.ingest.build.build_context import Built

    from .lookup import Lookup

VERBS: Final = {"supports": "support", "opposes": "oppose"}


@define
class Claimed:
    """A place that a record wants, and for what."""

    key: tuple[object, ...]
    holder: str
    path: str
    reason: str
    """What is wrong where another holder has the place; `{}` stands for that one."""

    def fault(self, holder: str) -> Fault:
        """Return the fault of coming after *holder*."""
        kind = {"answers": "id", "made": "id", "letter": "value"}.get(
            str(self.key[0]), str(self.key[0])
        )
        return Fault(self.path, self.reason.format(holder), kind)


def claimed(lookup: Lookup, built: Built, shared: Container[str]) -> Iterator[Claimed]:
    """Yield the places that a record wants among those that are judged with it.

    Args:
        lookup: What they are judged by.
        built: What the record comes to.
        shared: Ids that parts of records give, made ones of records, and those from which
            inferences lead that have a record of their own.
    """
    entity = built.entity
    key: tuple[object, ...]
    if isinstance(entity, Statement | Inference) and built.has_label:
        key = ("label", entity.document, entity.label)
        yield Claimed(key, entity.id, "label", "is taken by {!r}")
    is_known = lookup.stored.place(built.id) is not None
    if is_known and isinstance(entity, Statement) and entity.kind != "evidence":
        reason = "must stay evidence: it is the main item of {}"
        yield Claimed(("kind", entity.id), entity.id, "kind", reason)
    if entity is not None and built.becomes_person:
        reason = "cannot become person before the E by {} has a reason"
        yield Claimed(("letter", entity.id), entity.id, "kind", reason)
    if isinstance(entity, Statement) and entity.main:
        reason = f"{{!r}} is the main claim of {_inert(repr(entity.document))} already"
        yield Claimed(("main", entity.document), entity.id, "main", reason)
    stances = built.shorthands.keys() & STANCES
    is_sole = not is_known and len(stances) == 1 and built.id not in shared
    for path, each in built.placed:
        is_made = each.id[0] == MADE
        if is_made and each.id in shared:
            reason = _inert(f"{each.id!r} is the id of something else")
            yield Claimed(("made", each.id), repr(_made_of(each)), path or "id", reason)
        elif not is_made and (each.id in shared or lookup.stored.place(each.id) is not None):
            where = f"{path}.id" if path else "id"
            reason = "the id is taken by the {}"
            yield Claimed(("id", each.id), f"{each.type} of {built.id}", where, reason)
        if isinstance(each, Inference) and (path[:1] not in ("s", "o") or not is_sole):
            key = ("stance", *each.premises, each.conclusion)
            reason = "the same premises {} that conclusion already"
            yield Claimed(key, VERBS[each.stance], path or "stance", reason)
        elif isinstance(each, Rating):
            yield from _claimed_answer(path, each)


def _claimed_answer(path: str, rating: Rating) -> Iterator[Claimed]:
    asked = question(rating)
    what = f"{_inert(repr(rating.assessor))} has answered {_inert(rating.criterion)}"
    yield Claimed(
        ("answers", *asked), rating.id, path or "criterion", f"{what} here already, in {{!r}}"
    )
    reason = "another answer, {}, came before"
    yield Claimed(("answer", *asked), str(rating.answer), path or "answer", reason)


def _made_of(entity: Entity) -> tuple[object, ...]:
    """Return what the id of an *entity* is made of, so that no other may have it."""
    if isinstance(entity, Inference):
        return (entity.type, entity.premises, entity.conclusion, entity.stance)
    if isinstance(entity, Attribution):
        cue = (entity.cue, entity.cue_start)
        return (entity.type, entity.statement, entity.class_, entity.chain, *cue)
    return (entity.type, *(question(entity) if isinstance(entity, Rating) else ()))


def question(rating: Rating) -> tuple[str, ...]:
    """Return what *rating* answers, and who answers it."""
    return (rating.target, rating.rubric, rating.version, rating.criterion, rating.assessor)


def stored_clashes(lookup: Lookup, built: Built) -> Iterator[Fault]:
    """Yield what a record wants that something had in the database before the import."""
    entity = built.entity
    if isinstance(entity, Statement | Inference) and built.has_label:
        holder = lookup.labelled(entity.document, entity.label)
        if holder is not None and holder != entity.id:
            yield Fault("label", f"is taken by {holder!r}", "label")
    if isinstance(entity, Statement) and lookup.stored.place(entity.id):
        yield from _kind_clash(lookup, entity)
    for path, each in built.placed:
        if isinstance(each, Rating):
            faults = _answer_clash(lookup, each)
            yield from (inside(path, each.type, fault) if path else fault for fault in faults)


def _kind_clash(lookup: Lookup, statement: Statement) -> Iterator[Fault]:
    """Yield why a statement in the database cannot become one of another kind."""
    ratings = (landed.entity for landed in lookup.stored.about("rating", statement.id))
    under = {(r.rubric, r.version) for r in ratings if isinstance(r, Rating)}
    for id_, version in sorted(under):
        rubric = next((r for r in lookup.rubrics() if (r.id, r.version) == (id_, version)), None)
        if rubric is not None and not rubric.applies(statement):
            what = " and ".join(rubric.applies_to)
            yield Fault("kind", f"it is rated under {id_}, which is for {what}", "kind")


def _answer_clash(lookup: Lookup, rating: Rating) -> Iterator[Fault]:
    for landed in lookup.stored.about("rating", rating.target):
        other = landed.entity
        if not isinstance(other, Rating) or other.id == rating.id:
            continue
        if question(other) == question(rating) and not lookup.stored.is_ours(landed):
            what = f"{rating.assessor} has answered {rating.criterion}"
            yield Fault("criterion", f"{what} here already, in {other.id!r}", "id")


def _inert(text: str) -> str:
    """Return *text* with nothing that `str.format` would fill in."""
    return text.replace("{", "{{").replace("}", "}}")
