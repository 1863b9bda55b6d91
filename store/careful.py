"""Land records the careful way: judged against each other and the database, then one by one."""

from __future__ import annotations

from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import define, field
from msgspec import UNSET

from argmap.records.wire import StatementRecord

from .anchors import Anchors
from .assembly import Assembly
from .building import build
from .held import Held, names_of, own_ids, settled, spans
from .judging import Judge, Verdict, given_id
from .landing import Counts, Landing, NothingChangedError
from .repeats import Repeats
from .seen import Seen
from .surroundings import Around, Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .chunks import Chunks
    from .database import Store
    from .earlier import Earlier
    from .judging import Numbered
    from .rejections import Rejections
    from .written_texts import WrittenTexts

_PASSING: Final = frozenset({"reference", "stance", "kind", "main"})
"""Kinds of faults that a later record can mend, by changing what is in the database."""
_AMONG: Final = "id IN (SELECT value FROM json_each(:ids))"
_LANDED_BEFORE: Final = f"""
    SELECT id, id FROM document WHERE batch = :seq AND {_AMONG}
    UNION ALL SELECT id, id FROM source WHERE batch = :seq AND {_AMONG}
    UNION ALL SELECT id, id FROM statement WHERE batch = :seq AND {_AMONG}
    UNION ALL SELECT id, iif(shorthand, premise.statement, id)
        FROM inference JOIN premise ON premise.inference = id WHERE batch = :seq AND {_AMONG}
"""
"""What an interrupted import has landed, and the id of the record that brought it."""


@define
class Careful:
    """Takes the records that are no plain statements, and those with something wrong."""

    known: Store
    """To read, until something is written."""
    chunks: Chunks
    assessor: str
    anchors: Anchors
    """Looks for the closest passages, of as many quotes as one import may."""
    counts: Counts
    labels: Labels
    rejections: Rejections
    earlier: Earlier
    changed: list[tuple[str, int, str]]
    """File, line and words of what was taken loosely."""
    written: WrittenTexts
    held: Held = field(factory=Held)
    repeats: Repeats = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.repeats = Repeats(self.counts, self.rejections)

    def land(self, records: Sequence[Numbered]) -> None:
        """Land *records*; those that lean on what is still to come are held."""
        ready = self._resolved(self.chunks.store or self.known, self._new(records))
        verdict = self._land(lambda: iter(ready)) if ready else Verdict()
        for numbered in ready:
            entry = verdict.rejected.get(numbered[0])
            if entry and entry.kind in _PASSING:
                self.held.add(numbered)
            elif entry:
                self.rejections.add(entry)
        self.held.write()

    def finish(self, read: Callable[[], Iterator[Numbered]], span: int) -> None:
        """Land what was held, or say why it does not; *read* gives the whole input anew."""
        if self.held.count > span:
            self._reject_lost(span)
        if self.held.count:
            self._reject(self._land(self.held.read))
        self.repeats.settle(read)

    def _reject_lost(self, span: int) -> None:
        """Reject what leans on something that nobody brings, and nothing else is concerned with.

        These can be many, and are not judged together.
        """
        ids, concerned = _ids_among(self.held)
        with closing(self.held) as held:
            self.held = Held()
            for some in spans(held.read(), span):
                lost = self._lost(some, ids, concerned)
                self._reject(self._land(partial(iter, lost)))
                gone = {number for number, _, _ in lost}
                for numbered in some:
                    if numbered[0] not in gone:
                        self.held.add(numbered)
                self.held.write()

    def _lost(self, records: Sequence[Numbered], ids: Seen, concerned: Seen) -> list[Numbered]:
        """Return those of *records* that lean on what is neither there nor among *ids*."""
        wanted = {name for _, _, located in records for name in _needs(located.record)}
        there = self._there(self.chunks.store or self.known, wanted)
        return [
            (number, file, located)
            for number, file, located in records
            if not all(name in there or name in ids for name in _needs(located.record))
            and not any(id_ in concerned for id_ in own_ids(located.record))
        ]

    def _reject(self, verdict: Verdict) -> None:
        for entry in verdict.rejected.values():
            self.rejections.add(entry)

    def close(self) -> None:
        """Give up what is kept for later."""
        self.held.close()
        self.repeats.close()

    def _new(self, records: Sequence[Numbered]) -> list[Numbered]:
        """Return those of *records* that are neither held nor have the id of an earlier one."""
        given = [given_id(located) for _, _, located in records]
        came = self.earlier.among({id_ for id_ in given if id_ is not None})
        new = []
        for id_, numbered in zip(given, records, strict=True):
            if self.held.concerns(numbered[2].record):
                self.held.add(numbered)
            elif id_ in came:
                self.repeats.add(numbered)
            else:
                new.append(numbered)
                if id_ is not None:
                    self.earlier.noted.add(id_)
        return new

    def _resolved(self, store: Store, records: list[Numbered]) -> list[Numbered]:
        """Hold those of *records* that lean on what is not there yet; return the others."""
        there = self._there(store, {i for _, _, located in records for i in _needs(located.record)})
        own = {given_id(located) for _, _, located in records}

        def is_late(numbered: Numbered) -> bool:
            record, id_ = numbered[2].record, given_id(numbered[2])
            is_there = all(name in there or name in own for name in _needs(record))
            if is_there and not (_has_rival(store, record) or self.held.concerns(record)):
                return False
            own.discard(id_)
            self.earlier.noted.discard(id_ or "")
            self.held.add(numbered)
            return True

        return settled(records, is_late)[0]

    def _there(self, store: Store, wanted: set[str]) -> set[str]:
        """Return those of *wanted* that are there; what this run has not come to yet is not."""
        if not wanted:
            return set()
        resumed = self.earlier.resumed
        values = {"ids": msgspec.json.encode(list(wanted)).decode(), "seq": resumed}
        execute = store.db.conn.execute
        there = {id_ for (id_,) in execute(f"SELECT id FROM entity WHERE {_AMONG}", values)}
        if resumed is not None:
            reached = self.earlier.noted
            there -= {id_ for id_, by in execute(_LANDED_BEFORE, values) if by not in reached}
        return there

    def _land(self, read: Callable[[], Iterator[Numbered]]) -> Verdict:
        """Judge what *read* gives, land what stands, and return the verdict."""
        while True:
            others = self.chunks.others
            judged = Around(
                self.chunks.store or self.known, operation=self.chunks.seq or self.earlier.resumed
            )
            verdict = Judge(judged, self._assembly(judged, self.anchors), self.earlier).judge(read)
            if len(verdict.rejected) == verdict.read:
                break
            self.chunks.begin()
            if self.chunks.others == others:  # nobody else wrote meanwhile
                with suppress(NothingChangedError), self.chunks.attempt():
                    self._write(read, judged, verdict)
                break
        self.changed += verdict.changed
        self._note(read, verdict)
        return verdict

    def _write(
        self, read: Callable[[], Iterator[Numbered]], judged: Around, verdict: Verdict
    ) -> None:
        """Land what *verdict* lets stand.

        Raises:
            NothingChangedError: all of it was there already.
        """
        self.labels.store = store = self.chunks.begin()
        around = Around(store, judged.entries, judged.texts, is_whole=True, aliases=judged.aliases)
        around.labels = self.labels
        for rubric in judged.brought:
            around.add_rubric(rubric)
        assembly = self._assembly(around, Anchors(self.anchors.is_loose, guesses=0))
        landing = Landing(store, self.chunks.operation(), around, self.counts)
        landing.position = self.chunks.next_position()
        for number, file, located in read():
            if number in verdict.rejected:
                continue
            if number in verdict.repeated:
                self.counts.note_unchanged(number)
            else:
                landing.land(number, build(assembly, located, file))
            if landing.is_changed and self.chunks.is_long():
                landing.write()
                self._rest()
        landing.finish()

    def _rest(self) -> None:
        others = self.chunks.others
        self.chunks.rest()
        self.chunks.begin()
        if self.chunks.others != others:
            self.labels.forget()

    def _note(self, read: Callable[[], Iterator[Numbered]], verdict: Verdict) -> None:
        """Let later records see the ids that were made; nothing leans on what was rejected."""
        gone = set()
        for number, _, located in read():
            if number in verdict.made and located.record is not None:
                self.earlier.note(verdict.made[number], located.record)
            elif number in verdict.rejected and number not in verdict.repeated:
                gone.add(given_id(located))
        if gone:  # but one that stands may have been said again, otherwise
            gone -= {given_id(located) for n, _, located in read() if n not in verdict.rejected}
        for id_ in gone:
            self.earlier.noted.discard(id_ or "")

    def _assembly(self, around: Around, anchors: Anchors) -> Assembly:
        return Assembly(around, self.assessor, anchors, self.written)


def _ids_among(held: Held) -> tuple[Seen, Seen]:
    """Return the ids that *held* records give, and those that several give or others lean on."""
    ids, concerned = Seen(), Seen()
    for _, _, located in held.read():
        for id_ in own_ids(located.record):
            (concerned if id_ in ids else ids).add(id_)
        for id_ in names_of(located.record):
            concerned.add(id_)
    return ids, concerned


def _needs(record: Any) -> list[str]:  # noqa: ANN401  (a record whose keys are looked at untyped)
    document = getattr(record, "document", UNSET)
    return [*names_of(record), *((document,) if document else ())]


def _has_rival(store: Store, record: Any) -> bool:  # noqa: ANN401  (as above)
    """Tell whether *record* wants to be the main claim where another one still is."""
    if not isinstance(record, StatementRecord) or not record.main:
        return False
    query = "SELECT 1 FROM statement WHERE document = ? AND main = 1 AND id <> ?"
    values = (record.document or "", record.id or "")
    return store.db.conn.execute(query, values).fetchone() is not None
