"""Maps entity by entity, for exports that do not need a whole map in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from argmap.model.document import Document
    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Credibility, Rating
    from argmap.model.source import Attribution, Source
    from argmap.model.statement import Inference, Statement


@frozen
class StatementRow:
    """A statement with the entities that its row of a table describes."""

    statement: Statement
    inferences: Sequence[Inference]
    """The inferences that use it as a premise."""
    attributions: Sequence[Attribution]
    ratings: Sequence[Rating]
    """The ratings of the statement, in the order of their ids."""
    sources: Mapping[str, Source]
    """Sources by id, with at least those that the attributions name."""


@frozen
class RatingSort:
    """The features of a rating that decide whether a table can hold it."""

    is_of_statement: bool
    """False for a rating of the document."""
    rubric: str
    version: str
    criterion: str
    has_reason: bool
    has_time: bool


@frozen
class TableLosses:
    """Counts of the entities and values on a map that tables have no place for."""

    ordered: int
    """Statements that have an order."""
    linked: int
    """Inferences that `MapStream.linked` names; the next four counts are of the others."""
    inferences: int
    schemes: int
    notes: int
    orders: int
    ratings: Mapping[RatingSort, int]
    """Number of ratings of each sort, except those of sources."""
    credibilities: int
    cited: frozenset[str]
    """Ids of the sources that attributions name."""


class MapStream(Protocol):
    """The map of one document; each method reads it once, from the beginning."""

    @property
    def document(self) -> Document:
        """The document itself."""

    def statements(self) -> Iterator[Statement]:
        """Yield the statements in the order of labels."""

    def inferences(self) -> Iterator[Inference]:
        """Yield the inferences in the order of labels."""

    def attributions(self) -> Iterator[Attribution]:
        """Yield the attributions of each statement, in the order of their cues."""

    def ratings(self) -> Iterator[Rating]:
        """Yield the ratings of the document, then those of each statement, by id."""

    def credibilities(self) -> Iterator[Credibility]:
        """Yield the Admiralty numbers of each statement, by id."""

    def rows(self) -> Iterator[StatementRow]:
        """Yield a row for each statement, in the order of labels."""

    def linked(self) -> set[str]:
        """Return the ids of inferences from several premises, and of all that lead to one."""

    def table_losses(self) -> TableLosses:
        """Count the entities and values that tables have no place for."""


@frozen
class WholeMap:
    """The stream of a map that is in memory."""

    map: ArgumentMap

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.map.document

    def statements(self) -> Iterator[Statement]:
        """Yield the statements in the order of labels."""
        yield from self.map.ordered_statements

    def inferences(self) -> Iterator[Inference]:
        """Yield the inferences in the order of labels."""
        yield from self.map.ordered_inferences

    def attributions(self) -> Iterator[Attribution]:
        """Yield the attributions of each statement, in the order of their cues."""
        for statement in self.map.ordered_statements:
            yield from self.map.attributions_of.get(statement.id, ())

    def ratings(self) -> Iterator[Rating]:
        """Yield the ratings of the document, then those of each statement, by id."""
        for id_ in (self.document.id, *(s.id for s in self.map.ordered_statements)):
            yield from self.map.ratings_of.get(id_, ())

    def credibilities(self) -> Iterator[Credibility]:
        """Yield the Admiralty numbers of each statement, by id."""
        for statement in self.map.ordered_statements:
            yield from self.map.credibilities_of.get(statement.id, ())

    def rows(self) -> Iterator[StatementRow]:
        """Yield a row for each statement, in the order of labels."""
        for statement in self.map.ordered_statements:
            yield StatementRow(
                statement,
                self.map.inferences_from.get(statement.id, ()),
                self.map.attributions_of.get(statement.id, ()),
                self.map.ratings_of.get(statement.id, ()),
                self.map.sources,
            )

    def linked(self) -> set[str]:
        """Return the ids of inferences from several premises, and of all that lead to one."""
        waiting = [i.id for i in self.map.inferences.values() if len(i.premises) > 1]
        found = set(waiting)
        while waiting:
            leading = self.map.inferences_to.get(waiting.pop(), ())
            fresh = [i.id for i in leading if i.id not in found]
            found.update(fresh)
            waiting += fresh
        return found

    def table_losses(self) -> TableLosses:
        """Count the entities and values that tables have no place for."""
        linked = self.linked()
        steps = [i for i in self.map.inferences.values() if i.id not in linked]
        attributions = self.map.attributions.values()
        return TableLosses(
            ordered=sum(s.order is not None for s in self.map.statements.values()),
            linked=len(linked),
            inferences=len(steps),
            schemes=sum(i.scheme is not None for i in steps),
            notes=sum(i.note is not None for i in steps),
            orders=sum(i.order is not None for i in steps),
            ratings=Counter(map(_rating_sort, self.ratings())),
            credibilities=len(self.map.credibilities),
            cited=frozenset(id_ for each in attributions for id_ in each.chain),
        )


def _rating_sort(rating: Rating) -> RatingSort:
    return RatingSort(
        rating.statement is not None,
        rating.rubric,
        rating.version,
        rating.criterion,
        rating.because is not None,
        rating.at is not None,
    )


@frozen
class WholeMaps:
    """The streams of maps that are in memory or are loaded one at a time."""

    maps: Iterable[ArgumentMap]

    def __iter__(self) -> Iterator[MapStream]:
        """Yield the stream of each map."""
        return map(WholeMap, self.maps)
