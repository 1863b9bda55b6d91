"""Places that only one record can have: a label, an answer, a stance, the main claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.errors import Fault
from argmap.model.rating import Rating
from argmap.model.statement import Inference, Statement
from argmap.records.identity import MADE

from .loading import landed_entity, landed_rows
from .surroundings import labelled
from .written_paths import inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.model.map import Entity

    from .assembly import Built
    from .surroundings import Around
    from .writing import Landed

VERBS: Final = {"supports": "support", "opposes": "oppose"}


@frozen
class Claimed:
    """A place that a record wants, and for what."""

    key: tuple[object, ...]
    holder: str
    path: str
    reason: str
    """What is wrong where another holder has the place; `{}` stands for that one."""

    def fault(self, holder: str) -> Fault:
        """Return the fault of coming after *holder*."""
        kind = {"answers": "id", "letter": "value"}.get(str(self.key[0]), str(self.key[0]))
        return Fault(self.path, self.reason.format(holder), kind)


def claimed(built: Built) -> Iterator[Claimed]:
    """Yield the places that a record wants among those of its file."""
    entity = built.entity
    key: tuple[object, ...]
    if isinstance(entity, Statement | Inference) and built.has_label:
        key = ("label", entity.document, entity.label)
        yield Claimed(key, entity.id, "label", "is taken by {!r}")
    if isinstance(entity, Statement) and entity.kind != "evidence":
        reason = "must stay evidence: it is the main item of {}"
        yield Claimed(("kind", entity.id), entity.id, "kind", reason)
    if entity is not None and built.becomes_person:
        reason = "cannot become person before the E by {} has a reason"
        yield Claimed(("letter", entity.id), entity.id, "kind", reason)
    if isinstance(entity, Statement) and entity.main:
        reason = f"{{!r}} is the main claim of {_inert(repr(entity.document))} already"
        yield Claimed(("main", entity.document), entity.id, "main", reason)
    for path, each in built.placed:
        if not each.id.startswith(MADE):
            yield Claimed(
                ("id", each.id),
                f"{each.type} of {built.id}",
                f"{path}.id" if path else "id",
                "the id is taken by the {}",
            )
        if isinstance(each, Inference):
            key = ("stance", *each.premises, each.conclusion)
            reason = "the same premises {} that conclusion already"
            yield Claimed(key, VERBS[each.stance], path or "stance", reason)
        elif isinstance(each, Rating):
            key = ("answers", each.target, each.rubric, each.version, each.criterion, each.assessor)
            reason = (
                f"{_inert(repr(each.assessor))} has answered {_inert(each.criterion)} here already,"
                " in {!r}"
            )
            yield Claimed(key, each.id, path or "criterion", reason)
            reason = "another answer, {}, came before"
            yield Claimed(("answer", *key[1:]), str(each.answer), path or "answer", reason)


def stored_clashes(around: Around, built: Built) -> Iterator[Fault]:
    """Yield what a record wants that something in the database has."""
    entity = built.entity
    if isinstance(entity, Statement | Inference) and built.has_label:
        holder = labelled(around.store, entity.document, entity.label)
        if holder is not None and holder != entity.id:
            yield Fault("label", f"is taken by {holder!r}", "label")
    if isinstance(entity, Statement):
        yield from _kind_clash(around, entity)
    for path, each in built.placed:
        faults: list[Fault] = []
        if isinstance(each, Rating):
            faults += _answer_clash(around, each)
        if around.operation is not None:
            faults += _own_clash(around, built, each, around.operation)
        yield from (inside(path, each.type, fault) if path else fault for fault in faults)


def _own_clash(around: Around, built: Built, entity: Entity, operation: int) -> Iterator[Fault]:
    """Yield why what an import brought or changed cannot be changed by a later record of it."""
    landed = landed_entity(around.store, entity.type, entity.id)
    if landed is None or landed.entity == entity:
        return
    query = "SELECT 1 FROM change WHERE id = ? AND operation = ?"
    values = (entity.id, operation)
    if landed.batch != operation and not around.store.db.conn.execute(query, values).fetchone():
        return
    answers = [x.answer for x in (landed.entity, entity) if isinstance(x, Rating)]
    if len(set(answers)) > 1:
        yield Fault("answer", f"another answer, {answers[0]}, came before", "answer")
    elif not (landed.shorthand and entity is built.entity):  # a record says more than a shorthand
        reason = f"{entity.id!r} stands in an earlier line already, with other content"
        yield Fault("id", reason, "id")


def _kind_clash(around: Around, statement: Statement) -> Iterator[Fault]:
    """Yield why a statement in the database cannot become one of another kind."""
    execute = around.store.db.conn.execute
    query = "SELECT DISTINCT rubric, version FROM rating WHERE statement = ?"
    for id_, version in execute(query, (statement.id,)):
        rubric = next((r for r in around.rubrics() if (r.id, r.version) == (id_, version)), None)
        if rubric is not None and not rubric.applies(statement):
            what = " and ".join(rubric.applies_to)
            yield Fault("kind", f"it is rated under {id_}, which is for {what}", "kind")


def stored_stances(around: Around, premises: Sequence[str], conclusion: str) -> Iterator[Landed]:
    """Yield the inferences in the database from exactly *premises* to *conclusion*."""
    where = (
        "coalesce(conclusion_statement, conclusion_inference) = ?"
        " AND id IN (SELECT inference FROM premise WHERE statement = ?)"
    )
    for landed in landed_rows(around.store, "inference", where, conclusion, premises[0]):
        if isinstance(landed.entity, Inference) and landed.entity.premises == tuple(premises):
            yield landed


def _answer_clash(around: Around, rating: Rating) -> Iterator[Fault]:
    query = (
        f"SELECT id FROM rating WHERE {rating.target_type} = ? AND rubric = ?"
        " AND version = ? AND criterion = ? AND assessor = ? AND id <> ?"
    )
    key = (rating.target, rating.rubric, rating.version, rating.criterion, rating.assessor)
    row = around.store.db.conn.execute(query, (*key, rating.id)).fetchone()
    if row is not None:
        reason = f"{rating.assessor} has answered {rating.criterion} here already, in {row[0]!r}"
        yield Fault("criterion", reason, "id")


def _inert(text: str) -> str:
    """Return *text* with nothing that `str.format` would fill in."""
    return text.replace("{", "{{").replace("}", "}}")
