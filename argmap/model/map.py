"""The argument map of one document: all its entities, by id."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from argmap.errors import EditError

from .document import Document
from .indexes import Grouped, InOrder, carry
from .overlaid import with_changes
from .rating import Credibility, Rating, Reliability
from .source import Attribution, Source
from .statement import Inference, Statement
from .vocabulary import DEFAULT_RUBRIC, LABEL_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .rubric import Rubric

Entity = (
    Document | Source | Statement | Inference | Attribution | Rating | Reliability | Credibility
)
"""Any value with an id that can be added, changed and removed."""

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
    """One entity before and after; None before for an addition, None after for a removal."""

    before: Entity | None
    after: Entity | None

    @property
    def entity(self) -> Entity:
        """The entity after the change, or before it if the change removes it."""
        entity = self.after or self.before
        if entity is None:
            message = "a change needs an entity before or after"
            raise EditError(message)
        return entity

    @property
    def inverse(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)


@frozen
class Operation:
    """One labelled edit: changes that are applied, undone and logged together."""

    label: str
    """A few words in the past tense, such as `marked claim C4`."""
    changes: tuple[Change, ...]

    @property
    def inverse(self) -> Operation:
        """The operation that undoes this one: each change reversed, last first."""
        return Operation(self.label, tuple(c.inverse for c in reversed(self.changes)))


@frozen
class ArgumentMap:
    """One document with its statements, inferences, sources and ratings. Edits return a new map."""

    document: Document
    statements: Mapping[str, Statement] = field(default=_NOTHING, repr=False)
    inferences: Mapping[str, Inference] = field(default=_NOTHING, repr=False)
    sources: Mapping[str, Source] = field(default=_NOTHING, repr=False)
    """The sources that the document cites and, transitively, the sources that those name."""
    attributions: Mapping[str, Attribution] = field(default=_NOTHING, repr=False)
    ratings: Mapping[str, Rating] = field(default=_NOTHING, repr=False)
    reliabilities: Mapping[str, Reliability] = field(default=_NOTHING, repr=False)
    credibilities: Mapping[str, Credibility] = field(default=_NOTHING, repr=False)
    rubrics: Mapping[tuple[str, str], Rubric] = field(default=_NOTHING, repr=False)
    """Every known rubric, by id and version."""

    def entity(self, type_: str, id_: str) -> Entity | None:
        """Return the entity of *type_* with the id *id_*; None if the map has none."""
        if type_ == "document":
            return self.document if self.document.id == id_ else None
        home: Mapping[str, Entity] = getattr(self, _HOME[type_])
        return home.get(id_)

    def apply(self, operation: Operation) -> ArgumentMap:
        """Return the map after *operation*.

        Raises:
            EditError: an entity differs from its state before the operation.
        """
        document = self.document
        changed: dict[str, dict[str, Any]] = {}
        for change in operation.changes:
            entity = change.entity
            if isinstance(entity, Document):
                document = _changed_document(document, change)
                continue
            name = _HOME[entity.type]
            known = changed.setdefault(name, {})
            now = known[entity.id] if entity.id in known else getattr(self, name).get(entity.id)
            # By value: an edit made for an older state must not overwrite a newer one.
            if now != change.before:
                message = f"cannot apply {operation.label!r}: {entity.type} {entity.id} has changed"
                raise EditError(message)
            known[entity.id] = change.after
        homes: dict[str, Any] = {
            name: with_changes(getattr(self, name), known) for name, known in changed.items()
        }
        new = evolve(self, document=document, **homes)
        net = {
            name: _changed_entities(getattr(self, name), known) for name, known in changed.items()
        }
        carry(self, new, _INDEXES, net)
        return new

    def with_rubric(self, rubric: Rubric) -> ArgumentMap:
        """Return the map with *rubric* among its known rubrics."""
        new = evolve(self, rubrics={**self.rubrics, (rubric.id, rubric.version): rubric})
        carry(self, new, _INDEXES, {})
        return new

    @cached_property
    def by_label(self) -> Mapping[str, Statement | Inference]:
        """Statements and inferences by their labels."""
        named: dict[str, Statement | Inference] = {s.label: s for s in self.statements.values()}
        return named | {i.label: i for i in self.inferences.values()}

    @cached_property
    def inferences_to(self) -> Mapping[str, list[Inference]]:
        """The inferences to each conclusion, by its id, as `place_order` sorts them."""
        # Already sorted by label, so this second sort is nearly free if none has an order.
        return _TO.build(sorted(self.ordered_inferences, key=_order))

    @cached_property
    def inferences_from(self) -> Mapping[str, list[Inference]]:
        """The inferences from each statement, by its id, in the order of labels."""
        return _FROM.build(self.ordered_inferences)

    @cached_property
    def attributions_of(self) -> Mapping[str, list[Attribution]]:
        """The attributions of each statement, by its id, in the order of their cues."""
        return _ATTRIBUTIONS.build(sorted(self.attributions.values(), key=attribution_order))

    @cached_property
    def ratings_of(self) -> Mapping[str, list[Rating]]:
        """The ratings of each statement, source or document, by its id; sorted by their own ids."""
        return _RATINGS.build(sorted(self.ratings.values(), key=_id_key))

    @cached_property
    def answers_by_rubric(self) -> Mapping[str, list[Rating]]:
        """The answers about statements under each rubric, by ID@VERSION; sorted by their ids.

        `not_rated` withdraws an answer, so such ratings are left out.
        """
        return _UNDER.build(sorted(self.ratings.values(), key=_id_key))

    @property
    def applicable_rubric(self) -> Rubric | None:
        """The version of the default rubric that grades the claims and is shown for them.

        It is the newest version, unless statements are rated under older versions only: then it
        is the newest of those, so that a new version never takes a grade away. None if the map
        knows no default rubric.
        """
        newest = newest_rubric(self.rubrics.values())
        if newest is None or newest.name in self.answers_by_rubric:
            return newest
        rated = (
            rubric for rubric in self.rubrics.values() if rubric.name in self.answers_by_rubric
        )
        return newest_rubric(rated) or newest

    @cached_property
    def credibilities_of(self) -> Mapping[str, list[Credibility]]:
        """The Admiralty numbers of each statement, by its id; sorted by their own ids."""
        return _CREDIBILITIES.build(sorted(self.credibilities.values(), key=_id_key))

    @cached_property
    def reliabilities_of(self) -> Mapping[str, list[Reliability]]:
        """The Admiralty letters of each source, by its id; sorted by their own ids."""
        return _RELIABILITIES.build(sorted(self.reliabilities.values(), key=_id_key))

    @cached_property
    def claims_by_main_item(self) -> Mapping[str, list[Statement]]:
        """The claims of each main item, by its id, in the order of labels."""
        return _BY_MAIN_ITEM.build(self.ordered_statements)

    @cached_property
    def ordered_statements(self) -> Sequence[Statement]:
        """All statements in the order of labels."""
        return _STATEMENTS.build(self.statements.values())

    @cached_property
    def ordered_inferences(self) -> Sequence[Inference]:
        """All inferences in the order of labels."""
        return _INFERENCES.build(self.inferences.values())

    @cached_property
    def main_claims(self) -> Sequence[Statement]:
        """The claims marked as the main claim; more than one is a fault."""
        return _MAIN.build(self.statements.values())

    @property
    def main_claim(self) -> Statement | None:
        """The main claim, if one is marked."""
        return next(iter(self.main_claims), None)

    def next_label(self, kind: str) -> str:
        """Return the next free label for *kind*: a kind of statement, or `inference`."""
        prefix = LABEL_PREFIX[kind]
        in_order = (self.ordered_statements, self.ordered_inferences)
        return f"{prefix}{1 + max(_highest_number(listed, prefix) for listed in in_order)}"


def label_order(label: str) -> tuple[int, str, int, str]:
    """Return a sort key that puts C2 before C10, and claims before evidence."""
    match = _LABEL.fullmatch(label)
    if not match:
        return (9, label, 0, label)
    letter, digits = match.groups()
    rank = "CEAI".find(letter) if letter else -1
    return (rank if rank >= 0 else 8, letter, int(digits), label)


def place_order(sibling: Statement | Inference) -> tuple[float, bool, tuple[Any, ...], str]:
    """Return a sort key for siblings: by order, then the main claim, then by label."""
    is_other = not (isinstance(sibling, Statement) and sibling.main)
    return (_order(sibling), is_other, label_order(sibling.label), sibling.id)


def label_number(label: str, prefix: str) -> int:
    """Return the number of *label* if it has the form of a generated label, else 0."""
    match = _LABEL.fullmatch(label)
    return int(match[2]) if match and match[1] == prefix else 0


def attribution_order(attribution: Attribution) -> tuple[float, str]:
    """Return a sort key by the position of the cue; attributions without one come last."""
    start = attribution.cue_start
    return (float("inf") if start is None else start, attribution.id)


def supports_directly(argument_map: ArgumentMap, premise: str, conclusion: str) -> bool:
    """Return whether an inference that supports *conclusion* has *premise*; both are ids."""
    return any(
        inference.stance == "supports" and premise in inference.premises
        for inference in argument_map.inferences_to.get(conclusion, ())
    )


def newest_rubric(rubrics: Iterable[Rubric], id_: str = DEFAULT_RUBRIC) -> Rubric | None:
    """Return the highest version of the rubric *id_* among *rubrics*."""
    own = [rubric for rubric in rubrics if rubric.id == id_]
    return max(own, key=lambda rubric: version_order(rubric.version), default=None)


def rubric_named(rubrics: Iterable[Rubric], name: str) -> Rubric | None:
    """Return the rubric that *name* identifies: ID@VERSION, or an id for its newest version."""
    known = list(rubrics)
    exactly = (rubric for rubric in known if rubric.name == name)
    return next(exactly, None) or newest_rubric(known, name)


def other_versions(argument_map: ArgumentMap, rubric: Rubric) -> dict[str, int]:
    """Return the number of answers under each other version of *rubric*, in version order."""
    others = (r for r in argument_map.rubrics.values() if r.id == rubric.id and r != rubric)
    under = argument_map.answers_by_rubric
    return {
        other.version: len(under[other.name])
        for other in sorted(others, key=lambda r: version_order(r.version))
        if other.name in under
    }


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts 1.9 before 1.10."""
    parts = re.findall(r"\d{1,18}|[^\d.]+", version)
    return tuple((1, int(p), "") if p.isdecimal() else (0, 0, p) for p in parts)


def _changed_document(document: Document, change: Change) -> Document:
    if change.after is None or not isinstance(change.after, Document):
        message = "a map cannot lose its document; remove it from the database"
        raise EditError(message)
    if document != change.before:
        message = f"document {document.id} has changed since the edit was made"
        raise EditError(message)
    return change.after


def _changed_entities(
    old: Mapping[str, Any], changed: Mapping[str, Any]
) -> tuple[list[Any], list[Any]]:
    """Return the *changed* entities as they were in *old*, and as they are now."""
    before = (old.get(id_) for id_ in changed)
    return [e for e in before if e is not None], [e for e in changed.values() if e is not None]


def _highest_number(listed: Sequence[Statement | Inference], prefix: str) -> int:
    """Return the highest number of a label with *prefix*; *listed* is in the order of labels."""
    rank = label_order(f"{prefix}0")[0]
    past = bisect_left(listed, (rank, prefix, inf, "", ""), key=_label_key)
    return label_number(listed[past - 1].label, prefix) if past else 0


def _label_key(entity: Statement | Inference) -> tuple[int, str, float, str, str]:
    # One flat tuple: sorting 100,000 entities by nested ones takes 5 MB more.
    return (*label_order(entity.label), entity.id)


def _order(sibling: Statement | Inference) -> float:
    return inf if sibling.order is None else sibling.order


def _rubrics_of_answer(rating: Rating) -> tuple[str, ...]:
    is_answer = rating.statement is not None and rating.answer != "not_rated"
    return (f"{rating.rubric}@{rating.version}",) if is_answer else ()


def _id_key(entity: Rating | Reliability | Credibility) -> str:
    return entity.id


_STATEMENTS: Final = InOrder[Statement]("statements", _label_key)
_INFERENCES: Final = InOrder[Inference]("inferences", _label_key)
_MAIN: Final = InOrder[Statement]("statements", _label_key, lambda s: s.main)
_BY_MAIN_ITEM: Final = Grouped[Statement](
    "statements", _label_key, lambda s: () if s.main_item is None else (s.main_item,)
)
_TO: Final = Grouped[Inference]("inferences", place_order, lambda i: (i.conclusion,))
_FROM: Final = Grouped[Inference]("inferences", _label_key, lambda i: i.premises)
_ATTRIBUTIONS: Final = Grouped[Attribution](
    "attributions", attribution_order, lambda a: (a.statement,)
)
_RATINGS: Final = Grouped[Rating]("ratings", _id_key, lambda r: (r.target,))
_UNDER: Final = Grouped[Rating]("ratings", _id_key, _rubrics_of_answer)
_CREDIBILITIES: Final = Grouped[Credibility]("credibilities", _id_key, lambda c: (c.statement,))
_RELIABILITIES: Final = Grouped[Reliability]("reliabilities", _id_key, lambda r: (r.source,))

_INDEXES: Final[dict[str, InOrder[Any] | Grouped[Any]]] = {
    "ordered_statements": _STATEMENTS,
    "ordered_inferences": _INFERENCES,
    "main_claims": _MAIN,
    "claims_by_main_item": _BY_MAIN_ITEM,
    "inferences_to": _TO,
    "inferences_from": _FROM,
    "attributions_of": _ATTRIBUTIONS,
    "ratings_of": _RATINGS,
    "answers_by_rubric": _UNDER,
    "credibilities_of": _CREDIBILITIES,
    "reliabilities_of": _RELIABILITIES,
}
