"""Land records the careful way: judged against each other and the database, then one by one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
from attrs import define, field
from msgspec import UNSET

from argmap.errors import ModelError
from argmap.model.fault import Fault
from argmap.records.wire import RatingRecord

from .anchors import Anchors
from .assembly import Assembly
from .building import build
from .held import Held, names_of
from .judging import Judge, given_id
from .landing import Counts, Landing, NothingChangedError
from .loading import landed_entity, place_of
from .rejections import Rejections, rejected
from .surroundings import Around, Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .chunks import Chunks
    from .judging import Numbered, Verdict
    from .opening import Store
    from .seen import Seen


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
    ids: Seen
    """Those that the import has brought so far."""
    changed: list[tuple[str, int, str]]
    """File, line and words of what was taken loosely."""
    held: Held = field(factory=Held)

    def land(self, records: Sequence[Numbered]) -> None:
        """Land *records*; those that lean on what is still to come are held."""
        ready, repeats = self._apart(records)
        ready = self._resolved(self.chunks.store or self.known, ready)
        if ready:
            self._land(lambda: iter(ready))
        self._settle(self.chunks.store or self.known, repeats)

    def land_held(self) -> None:
        """Land what was held, or say why it does not."""
        if self.held.count:
            self._land(self.held.read)

    def _apart(self, records: Sequence[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
        """Return those to land, and those with the id of one that this import brought before."""
        ready, repeats, here = [], [], set()
        for numbered in records:
            id_ = given_id(numbered[2])
            if self.held.concerns(numbered[2].record):
                self.held.add(numbered)
            elif id_ is not None and id_ in self.ids and id_ not in here:
                repeats.append(numbered)
            else:
                ready.append(numbered)
                if id_ is not None:
                    here.add(id_)
                    self.ids.add(id_)
        return ready, repeats

    def _resolved(self, store: Store, records: list[Numbered]) -> list[Numbered]:
        """Hold those of *records* that lean on what is not there yet; return the others."""
        wanted = {id_ for _, _, located in records for id_ in _needs(located.record)}
        query = "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?))"
        values = (msgspec.json.encode(list(wanted)).decode(),)
        there = {id_ for (id_,) in store.db.conn.execute(query, values)} if wanted else set()
        rubrics = {rubric.id for rubric in Around(store).rubrics()}
        while True:
            own = {given_id(located) for _, _, located in records}
            late = {
                number
                for number, _, located in records
                if not all(id_ in there or id_ in own for id_ in _needs(located.record))
                or not _knows_rubric(located.record, rubrics, own)
            }
            if not late:
                return records
            for numbered in records:
                if numbered[0] in late:
                    self.ids.discard(given_id(numbered[2]) or "")
                    self.held.add(numbered)
            records = [numbered for numbered in records if numbered[0] not in late]

    def _land(self, read: Callable[[], Iterator[Numbered]]) -> None:
        """Judge what *read* gives, and land what stands."""
        while True:
            others = self.chunks.others
            judged = Around(self.chunks.store or self.known)
            verdict = Judge(judged, self._assembly(judged, self.anchors)).judge(read)
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
        self._forget_rejected(read, verdict)

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

    def _settle(self, store: Store, repeats: Sequence[Numbered]) -> None:
        """Count those of *repeats* that say again what was said; reject the others."""
        around = Around(store, is_whole=True)
        assembly = self._assembly(around, self.anchors)
        for numbered in repeats:
            number, file, located = numbered
            id_ = given_id(located) or ""
            there = place_of(store, id_)
            if there is None:
                self.held.add(numbered)
                continue
            try:
                built = build(assembly, located)
                entities = [e for e in (built.entity, *built.parts) if e is not None]
                is_same = all(_is_stored(store, entity) for entity in entities)
            except ModelError as error:
                self.rejections.add(rejected(number, file, located.line, error.faults))
                continue
            if is_same:
                self.counts.note_unchanged(number)
            else:
                reason = f"{id_!r} stands in an earlier line already, with other content"
                fault = Fault("id", reason, "id")
                self.rejections.add(rejected(number, file, located.line, [fault]))

    def _forget_rejected(self, read: Callable[[], Iterator[Numbered]], verdict: Verdict) -> None:
        """Let nothing lean on what was rejected: it is nowhere."""
        if verdict.rejected:
            for number, _, located in read():
                if number in verdict.rejected and number not in verdict.repeated:
                    self.ids.discard(given_id(located) or "")

    def _assembly(self, around: Around, anchors: Anchors) -> Assembly:
        return Assembly(around, self.assessor, anchors)


def _needs(record: Any) -> list[str]:  # noqa: ANN401  (a record whose keys are looked at untyped)
    document = getattr(record, "document", UNSET)
    return [*names_of(record), *((document,) if document else ())]


def _knows_rubric(record: object, rubrics: set[str], own: set[str | None]) -> bool:
    if not isinstance(record, RatingRecord) or not record.rubric:
        return True
    return record.rubric in rubrics or any(
        (id_ or "").startswith(f"rubric {record.rubric} ") for id_ in own
    )


def _is_stored(store: Store, entity: Any) -> bool:  # noqa: ANN401  (any entity)
    landed = landed_entity(store, entity.type, entity.id)
    return landed is not None and landed.entity == entity
