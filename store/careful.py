"""Land records the careful way: judged against each other and the database, then one by one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
from attrs import define, field
from msgspec import UNSET

from argmap.records.wire import StatementRecord

from .anchors import Anchors
from .assembly import Assembly
from .building import build
from .held import Held, names_of
from .judging import Judge, given_id
from .landing import Counts, Landing, NothingChangedError
from .repeats import Earlier, Repeats
from .surroundings import Around, Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .chunks import Chunks
    from .judging import Numbered, Verdict
    from .opening import Store
    from .rejections import Rejections


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
    resumed: int | None = None
    """The operation that is gone on with."""
    held: Held = field(factory=Held)
    repeats: Repeats = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.repeats = Repeats(self.counts, self.rejections)

    def land(self, records: Sequence[Numbered]) -> None:
        """Land *records*; those that lean on what is still to come are held."""
        ready = self._resolved(self.chunks.store or self.known, self._new(records))
        if ready:
            self._land(lambda: iter(ready))

    def finish(self, read: Callable[[], Iterator[Numbered]]) -> None:
        """Land what was held, or say why it does not; *read* gives the whole input anew."""
        if self.held.count:
            self._land(self.held.read)
        self.repeats.settle(read)

    def close(self) -> None:
        """Give up what is kept for later."""
        self.held.close()
        self.repeats.close()

    def _new(self, records: Sequence[Numbered]) -> list[Numbered]:
        """Return those of *records* that are neither held nor have the id of an earlier one."""
        new, here, ids = [], set(), self.earlier.ids
        for numbered in records:
            id_ = given_id(numbered[2])
            if self.held.concerns(numbered[2].record):
                self.held.add(numbered)
            elif id_ is not None and id_ in ids and id_ not in here:
                self.repeats.add(numbered)
            else:
                new.append(numbered)
                if id_ is not None:
                    here.add(id_)
                    ids.add(id_)
        return new

    def _resolved(self, store: Store, records: list[Numbered]) -> list[Numbered]:
        """Hold those of *records* that lean on what is not there yet; return the others."""
        wanted = {id_ for _, _, located in records for id_ in _needs(located.record)}
        query = "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?))"
        values = (msgspec.json.encode(list(wanted)).decode(),)
        there = {id_ for (id_,) in store.db.conn.execute(query, values)} if wanted else set()
        while True:
            own = {given_id(located) for _, _, located in records}
            late = {
                number
                for number, _, located in records
                if not all(id_ in there or id_ in own for id_ in _needs(located.record))
                or _has_rival(store, located.record)
            }
            if not late:
                return records
            for numbered in records:
                if numbered[0] in late:
                    self.earlier.ids.discard(given_id(numbered[2]) or "")
                    self.held.add(numbered)
            records = [numbered for numbered in records if numbered[0] not in late]

    def _land(self, read: Callable[[], Iterator[Numbered]]) -> None:
        """Judge what *read* gives, and land what stands."""
        while True:
            others = self.chunks.others
            judged = Around(
                self.chunks.store or self.known, operation=self.chunks.seq or self.resumed
            )
            verdict = Judge(judged, self._assembly(judged, self.anchors), self.earlier).judge(read)
            if len(verdict.rejected) == verdict.read:
                break
            self.chunks.begin()
            if self.chunks.others == others:  # nobody else wrote meanwhile
                with suppress(NothingChangedError), self.chunks.attempt():
                    self._write(read, judged, verdict)
                break
        for entry in verdict.rejected.values():
            self.rejections.add(entry)
        self.changed += verdict.changed
        self._note(read, verdict)

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
        for number, _, located in read():
            if number in verdict.rejected:
                continue
            if number in verdict.repeated:
                self.counts.note_unchanged(number)
            else:
                landing.land(number, build(assembly, located))
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
        for number, _, located in read():
            if number in verdict.made and located.record is not None:
                self.earlier.note(verdict.made[number], located.record)
            elif number in verdict.rejected and number not in verdict.repeated:
                self.earlier.ids.discard(given_id(located) or "")

    def _assembly(self, around: Around, anchors: Anchors) -> Assembly:
        return Assembly(around, self.assessor, anchors)


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
