"""The argument map of one document: every entity that belongs to it, by id."""

from __future__ import annotations

import re
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import evolve, field, frozen

from argmap.errors import EditError
from argmap.model.document import Document
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.rubric import DEFAULT_RUBRIC, Rubric
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement
from argmap.model.words import LABEL_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Entity = (
    Document | Source | Statement | Inference | Attribution | Rating | Reliability | Credibility
)
"""What has an id of its own and can be added, changed and removed."""

E = TypeVar("E")
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_LABEL = re.compile(r"([^\W\d_]*)(\d{1,18})", re.ASCII)

_HOME: Final[dict[str, str]] = {
    "source": "sources",
    "statement": "statements",
    "inference": "inferences",
    "attribution": "attributions",
    "rating": "ratings",
    "reliability": "reliabilities",
    "credibility": "credibilities",
}


@frozen
class Change:
    """One entity before and after; None before is an addition, None after a removal."""

    before: Entity | None
    after: Entity | None

    @property
    def entity(self) -> Entity:
        """The entity as it is after, or as it was if it is gone."""
        entity = self.after or self.before
        if entity is None:
            message = "a change needs an entity before or after"
            raise EditError(message)
        return entity

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.after, self.before)


@frozen
class Operation:
    """One labelled edit: changes that are done, undone and logged together."""

    label: str
    """A few words in the past tense, such as `marked claim C4`."""
    changes: tuple[Change, ...]

    @property
    def inverse(self) -> Operation:
        """The operation that takes this one back: each change reversed, last first."""
        return Operation(self.label, tuple(c.inverse for c in reversed(self.changes)))


@frozen
class ArgumentMap:
    """One document with all that is said about it. A change gives a new map."""

    document: Document
    statements: Mapping[str, Statement] = field(default=_NOTHING, repr=False)
    inferences: Mapping[str, Inference] = field(default=_NOTHING, repr=False)
    sources: Mapping[str, Source] = field(default=_NOTHING, repr=False)
    """Those the document cites and, transitively, those they name."""
    attributions: Mapping[str, Attribution] = field(default=_NOTHING, repr=False)
    ratings: Mapping[str, Rating] = field(default=_NOTHING, repr=False)
    reliabilities: Mapping[str, Reliability] = field(default=_NOTHING, repr=False)
    credibilities: Mapping[str, Credibility] = field(default=_NOTHING, repr=False)
    rubrics: Mapping[tuple[str, str], Rubric] = field(default=_NOTHING, repr=False)
    """Every rubric known, by id and version."""

    def apply(self, operation: Operation) -> ArgumentMap:
        """Return the map with *operation* done.

        Raises:
            EditError: an entity is not as the operation found it.
        """
        document = self.document
        homes: dict[str, Any] = {}
        for change in operation.changes:
            entity = change.entity
            if isinstance(entity, Document):
                document = _changed_document(document, change)
                continue
            home = homes.setdefault(_HOME[entity.type], dict(getattr(self, _HOME[entity.type])))
            if home.get(entity.id) != change.before:
                message = f"{entity.type} {entity.id} is not as {operation.label!r} found it"
                raise EditError(message)
            if change.after is None:
                del home[entity.id]
            else:
                home[entity.id] = change.after
        return evolve(self, document=document, **homes)

    @cached_property
    def by_label(self) -> dict[str, Statement | Inference]:
        """Statements and inferences by their labels."""
        named: dict[str, Statement | Inference] = {s.label: s for s in self.statements.values()}
        return named | {i.label: i for i in self.inferences.values()}

    @cached_property
    def inferences_to(self) -> dict[str, list[Inference]]:
        """For each conclusion's id the inferences to it, in the order of labels."""
        return _grouped(self.ordered_inferences, lambda i: (i.conclusion,))

    @cached_property
    def inferences_from(self) -> dict[str, list[Inference]]:
        """For each statement's id the inferences that use it, in the order of labels."""
        return _grouped(self.ordered_inferences, lambda i: i.premises)

    @cached_property
    def attributions_of(self) -> dict[str, list[Attribution]]:
        """For each statement's id its attributions, in the order of their cues."""
        ordered = sorted(self.attributions.values(), key=attribution_order)
        return _grouped(ordered, lambda a: (a.statement,))

    @cached_property
    def ratings_of(self) -> dict[str, list[Rating]]:
        """For each target's id its ratings, in no particular order."""
        return _grouped(self.ratings.values(), lambda r: (r.target,))

    @cached_property
    def credibilities_of(self) -> dict[str, list[Credibility]]:
        """For each statement's id the Admiralty numbers given to it."""
        ordered = sorted(self.credibilities.values(), key=lambda c: c.id)
        return _grouped(ordered, lambda c: (c.statement,))

    @cached_property
    def reliabilities_of(self) -> dict[str, list[Reliability]]:
        """For each source's id the Admiralty letters given to it."""
        ordered = sorted(self.reliabilities.values(), key=lambda r: r.id)
        return _grouped(ordered, lambda r: (r.source,))

    @cached_property
    def ordered_statements(self) -> list[Statement]:
        """All statements in the order of labels."""
        return sorted(self.statements.values(), key=lambda s: label_order(s.label))

    @cached_property
    def ordered_inferences(self) -> list[Inference]:
        """All inferences in the order of labels."""
        return sorted(self.inferences.values(), key=lambda i: label_order(i.label))

    @property
    def main_claim(self) -> Statement | None:
        """The claim that the document is about, if one is marked."""
        return next((s for s in self.statements.values() if s.main), None)

    def next_label(self, kind: str) -> str:
        """Return the next free label for *kind*: a kind of statement, or `inference`."""
        prefix = LABEL_PREFIX[kind]
        return f"{prefix}{1 + max((label_number(n, prefix) for n in self.by_label), default=0)}"


def label_order(label: str) -> tuple[int, str, int, str]:
    """Return a sort key that puts C2 before C10, and claims before evidence."""
    match = _LABEL.fullmatch(label)
    if not match:
        return (9, label, 0, label)
    letter, digits = match.groups()
    rank = "CEAI".find(letter) if letter else -1
    return (rank if rank >= 0 else 8, letter, int(digits), label)


def label_number(label: str, prefix: str) -> int:
    """Return the number of *label* if argmap could have given it, else 0."""
    match = _LABEL.fullmatch(label)
    return int(match[2]) if match and match[1] == prefix else 0


def attribution_order(attribution: Attribution) -> tuple[float, str]:
    """Return a sort key by the place of the cue; those without one come last."""
    start = attribution.cue_start
    return (float("inf") if start is None else start, attribution.id)


def newest_rubric(rubrics: Iterable[Rubric], id_: str = DEFAULT_RUBRIC) -> Rubric | None:
    """Return the highest version of the rubric called *id_* among *rubrics*."""
    own = [rubric for rubric in rubrics if rubric.id == id_]
    return max(own, key=lambda rubric: version_order(rubric.version), default=None)


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts 1.9 before 1.10."""
    parts = re.findall(r"\d{1,18}|[^\d.]+", version)
    return tuple((1, int(p), "") if p.isdecimal() else (0, 0, p) for p in parts)


def _changed_document(document: Document, change: Change) -> Document:
    if change.after is None or not isinstance(change.after, Document):
        message = "a map cannot lose its document; remove it from the database"
        raise EditError(message)
    if document != change.before:
        message = f"document {document.id} is not as the edit found it"
        raise EditError(message)
    return change.after


def _grouped(items: Iterable[E], keys: Callable[[E], Iterable[str]]) -> dict[str, list[E]]:
    groups: dict[str, list[E]] = {}
    for item in items:
        for key in keys(item):
            groups.setdefault(key, []).append(item)
    return groups
