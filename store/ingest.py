"""Bulk import, in one place: records are checked first, then all that stand land at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from attrs import define, field, frozen

from argmap.model.statement import Inference, Statement
from argmap.rubrics import shipped_rubrics

from .anchors import Anchors
from .assembly import Assembly
from .building import build
from .judging import Judge, Rejected, Verdict
from .loading import is_inference, kept_rubric_hash, landed_entity, landed_rows
from .opening import open_memory, open_store, open_to_read
from .operations import image, log_images, log_operation, note_documents
from .surroundings import Around, Labels
from .writing import Landed, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from argmap.formats import ImportFormat, Located
    from argmap.model.map import Entity

    from .assembly import Built
    from .opening import Store

_FLUSH: Final = 2000
"""Rows of one type that are inserted together."""


@frozen
class ImportFile:
    """One input: its name for messages, its format, and its bytes, which can be read again."""

    name: str
    format: ImportFormat
    stream: BinaryIO


@frozen
class ImportOptions:
    """How an import is to be done."""

    assessor: str
    """Whose judgements are those that name no assessor."""
    at: str
    """When it happens: UTC, ISO 8601."""
    is_strict: bool = False
    """One fault, and nothing lands."""
    is_dry: bool = False
    """Everything is checked and nothing is written."""
    loose_quotes: bool = False


@frozen
class Account:
    """What an import did, record by record."""

    format: str
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: list[Rejected]
    """The first of them, in the order of the input."""
    rejected_total: int
    reasons: dict[str, int]
    """How many were rejected for each kind of fault."""
    operation: int | None
    """Its number; None where nothing changed."""
    changed: list[tuple[str, int, str]]
    """File, line and words of what was taken loosely."""
    rejected_records: frozenset[int]
    """The numbers, from 0, of all records that were rejected."""


def read_records(files: Sequence[ImportFile]) -> Iterator[tuple[str, Located]]:
    """Yield all records of *files* from the beginning, each with its file's name."""
    for file in files:
        file.stream.seek(0)
        for located in file.format.read(file.stream):
            yield file.name, located


def import_records(path: Path, files: Sequence[ImportFile], options: ImportOptions) -> Account:
    """Import *files* into the database at *path* as one operation.

    The database is made if something lands and it is not there.

    Raises:
        InputError: a file cannot be read as its format.
        StoreError: the database cannot be read or written.
    """
    known = open_to_read(path) or open_memory()
    with known:
        judge = Judge(around := Around(known), _assembly(around, options))
        verdict = judge.judge(lambda: read_records(files))
    nothing = len(verdict.rejected) == verdict.read or (options.is_strict and verdict.rejected)
    if options.is_dry or nothing:
        return _account(files, verdict, Counts(), None)
    with open_store(path) as store:
        return _land(store, files, options, verdict, around)


@define
class Counts:
    """Records that landed, by what became of them."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


class NothingChangedError(Exception):
    """Ends the transaction of an import that changed nothing, so that it leaves no trace."""


def _assembly(around: Around, options: ImportOptions) -> Assembly:
    return Assembly(around, options.assessor, Anchors(options.loose_quotes))


def _land(
    store: Store,
    files: Sequence[ImportFile],
    options: ImportOptions,
    verdict: Verdict,
    judged: Around,
) -> Account:
    around = Around(store, judged.entries, judged.texts, is_whole=True, aliases=judged.aliases)
    around.labels = Labels(store)
    for rubric in judged.brought:
        around.add_rubric(rubric)
    for document, label in verdict.labels:
        around.labels.reserve(document, label)
    assembly = _assembly(around, options)
    assembly.anchors.guesses = 0
    names = ", ".join(file.name for file in files)
    try:
        with store.writing():
            seq = log_operation(store, f"imported {names}", "import", options.at)
            landing = Landing(store, seq, around)
            for number, (_, located) in enumerate(read_records(files)):
                if number in verdict.rejected:
                    continue
                if number in verdict.repeated:
                    landing.counts.unchanged += 1
                else:
                    landing.land(build(assembly, located))
            landing.finish()
    except NothingChangedError:
        return _account(files, verdict, landing.counts, None)
    return _account(files, verdict, landing.counts, seq)


def _account(
    files: Sequence[ImportFile], verdict: Verdict, counts: Counts, operation: int | None
) -> Account:
    return Account(
        format=", ".join(sorted({file.format.name for file in files})),
        read=verdict.read,
        added=counts.added,
        updated=counts.updated,
        unchanged=counts.unchanged,
        rejected=verdict.listed(),
        rejected_total=len(verdict.rejected),
        reasons=verdict.reasons,
        operation=operation,
        changed=verdict.changed,
        rejected_records=frozenset(verdict.rejected),
    )


@define
class Landing:
    """The second pass: rows are added, changed and removed, and what they were is logged."""

    store: Store
    seq: int
    around: Around
    counts: Counts = field(factory=Counts)
    _waiting: dict[str, dict[str, Landed]] = field(factory=dict)
    _held: list[Built] = field(factory=list)
    _documents: set[str] = field(factory=set)
    _position: int = 0
    _is_changed: bool = False
    _writer: Writer = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._writer = Writer(self.store, self._is_inference)

    def land(self, built: Built) -> None:
        """Write what one record comes to, and count it."""
        if self._must_wait(built):
            self._held.append(built)
            return
        self._land(built)

    def _must_wait(self, built: Built) -> bool:
        """Tell whether a main claim has to wait until another one has ceased to be it."""
        entity = built.entity
        if not isinstance(entity, Statement) or not entity.main:
            return False
        query = "SELECT 1 FROM statement WHERE document = ? AND main = 1 AND id <> ?"
        return (
            self.store.db.conn.execute(query, (entity.document, entity.id)).fetchone() is not None
        )

    def _land(self, built: Built) -> None:
        if built.rubric is not None:
            outcome = self._land_rubric(built)
        else:
            assert built.entity is not None  # noqa: S101  (only a rubric comes without)
            outcome = self._land_entity(built.entity, shorthand=False)
            outcome = self._land_parts(built, outcome)
        setattr(self.counts, outcome, getattr(self.counts, outcome) + 1)
        if outcome != "unchanged":
            self._is_changed = True
            if built.document is not None:
                self._documents.add(built.document)

    def finish(self) -> None:
        """Write what waits.

        Raises:
            NothingChangedError: all was there already.
        """
        for built in self._held:
            self._land(built)
        for type_ in list(self._waiting):
            self._flush(type_)
        self._writer.index_new()
        note_documents(self.store, self.seq, self._documents)
        if not self._is_changed:
            raise NothingChangedError

    def _land_entity(self, entity: Entity, *, shorthand: bool) -> str:
        waiting = self._waiting.setdefault(entity.type, {})
        if entity.id in waiting:
            if not shorthand and waiting[entity.id].shorthand:  # the record says more
                waiting[entity.id] = Landed(entity, self.seq)
            return "unchanged"
        before = landed_entity(self.store, entity.type, entity.id)
        if before is None:
            waiting[entity.id] = Landed(entity, self.seq, shorthand)
            if len(waiting) >= _FLUSH:
                self._flush(entity.type)
            return "added"
        if before.entity == entity:
            return "unchanged"
        self._log(before, Landed(entity, before.batch, before.shorthand))
        self._writer.update(entity)
        return "updated"

    def _land_parts(self, built: Built, outcome: str) -> str:
        changed = [self._land_entity(part, shorthand=True) != "unchanged" for part in built.parts]
        kept = {part.id for part in built.parts}
        for shorthand, assessor in built.shorthands.items():
            type_, where, values = _made_before(shorthand, built.id, assessor)
            for landed in list(landed_rows(self.store, type_, where, *values)):
                if landed.entity.id not in kept:
                    self._remove(landed)
                    changed.append(True)
        return "updated" if outcome == "unchanged" and any(changed) else outcome

    def _remove(self, landed: Landed) -> None:
        """Remove an entity and, if it is an inference, all that targets it in turn."""
        gone = [landed]
        for each in gone:
            if isinstance(each.entity, Inference):
                where = "conclusion_inference = ?"
                gone += landed_rows(self.store, "inference", where, each.entity.id)
        for each in gone:
            self._log(each, None)
            self._writer.delete(each.entity.type, (each.entity.id,))

    def _land_rubric(self, built: Built) -> str:
        assert built.rubric is not None  # noqa: S101  (the caller asked)
        rubric = built.rubric
        is_kept = kept_rubric_hash(self.store, rubric.id, rubric.version) is not None
        if is_kept or rubric in shipped_rubrics():
            return "unchanged"
        self._writer.keep_rubric(rubric, self.seq)
        return "added"

    def _log(self, before: Landed, after: Landed | None) -> None:
        log_images(self.store, self.seq, [image(self._position, before, after)])
        self._position += 1

    def _flush(self, type_: str) -> None:
        landed = self._waiting.pop(type_, {})
        if type_ == "rating":
            known = {(r.id, r.version): r for r in self.around.rubrics()}
            used = {(x.entity.rubric, x.entity.version) for x in landed.values()}  # type: ignore[union-attr]  # all are ratings
            for key in sorted(used):
                self._writer.keep_rubric(known[key])
        self._writer.insert(type_, landed.values())

    def _is_inference(self, id_: str) -> bool:
        entry = self.around.entries.get(id_)
        return entry.type == "inference" if entry else is_inference(self.store, id_)


def _made_before(
    shorthand: str, statement: str, assessor: str | None
) -> tuple[str, str, tuple[object, ...]]:
    """Return where the rows stand that a *shorthand* of *statement* made before."""
    if shorthand == "attribution":
        return "attribution", "shorthand AND statement = ?", (statement,)
    if shorthand == "ratings":
        return "rating", "shorthand AND statement = ? AND assessor = ?", (statement, assessor)
    own = "shorthand AND stance = ? AND id IN (SELECT inference FROM premise WHERE statement = ?)"
    return "inference", own, (shorthand, statement)
