"""The roles, statements and reporting words of each character of a text."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model.document import Passage
    from argmap.model.map import ArgumentMap
    from argmap.model.source import Attribution
    from argmap.model.statement import Statement

ROLES: Final = ("claim", "supports", "opposes", "unlinked", "assumption")
"""Roles of a passage in the argument, in the order of their signs."""


def role_of(argument_map: ArgumentMap, statement: Statement) -> str:
    """Return the role of *statement*, one of `ROLES`.

    Evidence that opposes anything is contrary. Evidence that is linked to nothing has a role of
    its own: the sign for supporting evidence would claim a link that does not exist.
    """
    if statement.kind != "evidence":
        return statement.kind
    stances = {inference.stance for inference in argument_map.inferences_from.get(statement.id, ())}
    return "opposes" if "opposes" in stances else "supports" if stances else "unlinked"


def cues_in(attributions: Iterable[Attribution]) -> list[tuple[int, int]]:
    """Return the reporting words of *attributions* as half-open ranges of the text."""
    return [
        (attribution.cue_start, attribution.cue_start + len(attribution.cue))
        for attribution in attributions
        if attribution.cue and attribution.cue_start is not None
    ]


class Coverage:
    """The passages and reporting words of a document, sorted by place.

    It is updated statement by statement. Ranges are half-open, in code points.
    """

    def __init__(self, text: str) -> None:
        """Start with no passages in *text*."""
        self._text = text
        self._readable = len(text) - sum(map(str.isspace, text))
        self._counts: dict[str, array[int]] = {}
        """For each character, its passages of a role; only for roles that have passages."""
        self._covered = 0
        self._places: list[tuple[int, int, str]] = []
        self._known: dict[str, tuple[str, tuple[Passage, ...]]] = {}
        self._longest = 0
        self._cues: list[tuple[int, int, str]] = []
        self._known_cues: dict[str, list[tuple[int, int]]] = {}
        self._longest_cue = 0

    @classmethod
    def from_map(cls, argument_map: ArgumentMap) -> Coverage:
        """Return the coverage of a whole map, in one sweep however many passages overlap."""
        text = argument_map.document.text
        made = cls(text)
        edges: dict[str, array[int]] = {}
        for statement in argument_map.statements.values():
            if statement.passages:
                role = role_of(argument_map, statement)
                made._known[statement.id] = (role, statement.passages)
                steps = edges.get(role) or edges.setdefault(role, _zeros(len(text) + 1))
                for passage in statement.passages:
                    steps[passage.start] += 1
                    steps[passage.end] -= 1
                    made._places.append((passage.start, passage.end, statement.id))
        for id_ in argument_map.attributions_of:
            made._add_cues(argument_map, id_)
        made._places.sort()
        made._longest = max((end - start for start, end, _ in made._places), default=0)
        made._counts = {role: array("i", accumulate(e[:-1])) for role, e in edges.items()}
        reached = 0
        for start, end, _ in made._places:
            made._covered += len("".join(text[max(start, reached) : end].split()))
            reached = max(reached, end)
        return made

    def update(self, argument_map: ArgumentMap, ids: Iterable[str]) -> None:
        """Update the statements with these *ids* from *argument_map*."""
        for id_ in ids:
            statement = argument_map.statements.get(id_)
            old = self._known.pop(id_, None)
            if old is not None:
                self._count(*old, -1)
                for passage in old[1]:
                    place = (passage.start, passage.end, id_)
                    del self._places[bisect_left(self._places, place)]
            for start, end in self._known_cues.pop(id_, ()):
                del self._cues[bisect_left(self._cues, (start, end, id_))]
            self._add_cues(argument_map, id_)
            if statement is not None and statement.passages:
                role = role_of(argument_map, statement)
                self._known[id_] = (role, statement.passages)
                self._count(role, statement.passages, 1)
                for passage in statement.passages:
                    insort(self._places, (passage.start, passage.end, id_))
                    self._longest = max(self._longest, passage.end - passage.start)

    def cues_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the reporting words that overlap the range from *start* to *end*."""
        low = bisect_left(self._cues, (start - self._longest_cue,))
        high = bisect_left(self._cues, (end,))
        return [(a, b) for a, b, _ in self._cues[low:high] if b > start]

    def signs_in(self, start: int, end: int) -> dict[str, bool]:
        """Return the roles found in a range, each with whether a passage begins there."""
        low, high = bisect_left(self._places, (start,)), bisect_left(self._places, (end,))
        begun: set[str] = set()
        for _, _, id_ in islice(self._places, low, high):
            begun.add(self._known[id_][0])
            if len(begun) == len(ROLES):
                break
        counts = self._counts
        return {
            role: role in begun for role in ROLES if role in counts and any(counts[role][start:end])
        }

    def is_mapped(self, start: int, end: int) -> bool:
        """Return whether any character from *start* to *end* is in a passage."""
        return any(any(counts[start:end]) for counts in self._counts.values())

    def is_shared(self, place: int) -> bool:
        """Return whether two statements or more rest on the character at *place*."""
        return sum(counts[place] for counts in self._counts.values()) > 1

    def edges_in(self, start: int, end: int) -> list[int]:
        """Return the offsets in a range where the look of the text changes, and *start*.

        It changes where passages begin or end to cover the text, or to overlap.
        """
        edges, before = [], -1
        columns = [counts[start:end] for counts in self._counts.values()]
        columns = columns or [_zeros(len(self._text[start:end]))]
        for place, counts in enumerate(zip(*columns, strict=True), start):
            now = min(2, sum(counts))
            if now != before:
                edges.append(place)
                before = now
        return edges

    def statements_at(self, start: int, end: int) -> list[str]:
        """Return the ids of statements whose passages overlap a range, shortest first."""
        low = bisect_left(self._places, (start - self._longest,))
        high = bisect_left(self._places, (end,))
        overlaps = [(e - s, s, id_) for s, e, id_ in self._places[low:high] if e > start]
        return list(dict.fromkeys(id_ for *_, id_ in sorted(overlaps)))

    def passage_after(self, offset: int) -> int | None:
        """Return the start of the first passage after *offset*; None if there is none."""
        place = bisect_left(self._places, (offset + 1,))
        return self._places[place][0] if place < len(self._places) else None

    def passage_before(self, offset: int) -> int | None:
        """Return the start of the last passage before *offset*; None if there is none."""
        place = bisect_left(self._places, (offset,))
        return self._places[place - 1][0] if place else None

    @property
    def share(self) -> float:
        """Share of the text that is in a passage, from 0 to 1; white space is ignored."""
        return self._covered / self._readable if self._readable else 0.0

    def _add_cues(self, argument_map: ArgumentMap, id_: str) -> None:
        """Add the reporting words of the statement with the id *id_*, in order."""
        cues = cues_in(argument_map.attributions_of.get(id_, ()))
        if cues and id_ in argument_map.statements:
            self._known_cues[id_] = cues
            for start, end in cues:
                insort(self._cues, (start, end, id_))
                self._longest_cue = max(self._longest_cue, end - start)

    def _count(self, role: str, passages: Iterable[Passage], by: int) -> None:
        counts = self._counts.get(role) or self._counts.setdefault(role, _zeros(len(self._text)))
        for passage in passages:
            for place in range(passage.start, passage.end):
                was = any(column[place] for column in self._counts.values())
                counts[place] += by
                if was != any(column[place] for column in self._counts.values()):
                    self._covered += 0 if self._text[place].isspace() else by


def _zeros(length: int) -> array[int]:
    return array("i", bytes(4 * length))
