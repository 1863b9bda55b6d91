"""Rebase an edit onto entities that another user has changed since, field by field.

A field that only one side has changed takes that side's value. A field that both have
changed is a conflict, which a person has to resolve.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, fields, frozen

from argmap.errors import ConflictError, EditConflictError, ModelError
from argmap.model.document import Passage
from argmap.model.map import Change, Entity, Operation
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.statement import Inference, Statement

from .field_words import describe_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FindEntity = Callable[[str, str], Entity | None]
"""Takes a type and an id and returns the current entity; None if there is none."""

_TOGETHER: Final = (("cue", "cue_start"), ("checked", "valid"))
"""Fields that are meaningful only together, and so are changed together."""

_IN_PASSING: Final = frozenset({"at"})
"""Fields set by the program, not by a person: the later value wins."""

_JUDGEMENTS: Final = (Rating, Reliability, Credibility)
"""Types whose id is derived from the subject, so that two people can add the same one."""

_VOCABULARIES: Final = frozenset({"access", "answer", "class_"})
"""Fields whose values are words of argmap's vocabulary, written with underscores."""

_LONGEST: Final = 120
"""The most characters of a value that a message quotes."""

_MOST_LISTED: Final = 3
"""The most fields that one message mentions."""


def rebase(operation: Operation, find_entity: FindEntity, *, overwrite: bool = False) -> Operation:
    """Return *operation* as an edit of the current entities.

    Args:
        operation: An operation made for an earlier state.
        find_entity: Finds the current entities.
        overwrite: Resolve conflicts in favour of *operation*, as a person has decided.

    Raises:
        EditConflictError: both sides have changed one field, or an entity was removed.
        ConflictError: the id of a new entity is taken.
    """
    made = {c.entity.id: c.after for c in operation.changes if c.before is None}

    def known(type_: str, id_: str) -> Entity | None:
        """Return an entity so that it can be named, even one that the operation adds."""
        new = made.get(id_)
        return new if new is not None and new.type == type_ else find_entity(type_, id_)

    done: dict[str, Entity | None] = {}
    changes = []
    for change in operation.changes:
        entity = change.entity
        # An operation may change an entity twice: the second change builds on the first.
        now = done[entity.id] if entity.id in done else find_entity(entity.type, entity.id)
        changes.append(_Rebasing(change, now, known).change(overwrite=overwrite))
        done[entity.id] = changes[-1].after
    for change in changes:
        _refuse_dangling(change, find_entity, done)
    return Operation(operation.label, tuple(c for c in changes if c.before != c.after))


@frozen
class _Rebasing:
    """One change and the current state of its entity."""

    made: Change
    now: Entity | None
    known: FindEntity
    """Finds entities that messages name."""

    def change(self, *, overwrite: bool) -> Change:
        before, after, now = self.made.before, self.made.after, self.now
        if now == before:
            return self.made
        if now is None:
            raise self._removal_error()
        if before is None and not isinstance(now, _JUDGEMENTS):
            message = f"the id {now.id!r} already belongs to a {now.type}; nothing was changed"
            raise ConflictError(message)
        if after is None:
            others = self._set_by_others(now)
            if others and not overwrite:
                raise self._conflict_error(others, "its removal")
            return Change(now, None)
        return Change(now, self._merge(before, after, now, overwrite=overwrite))

    def _merge(
        self, before: Entity | None, after: Entity, now: Entity, *, overwrite: bool
    ) -> Entity:
        values: dict[str, Any] = {}
        contested = []
        for unit in _units(after):
            was, mine, theirs = (_values(e, unit) for e in (before, after, now))
            if mine in (was, theirs):
                continue
            if theirs != was and unit[0] not in _IN_PASSING:
                contested.append(unit[0])
            values |= zip(unit, mine, strict=True)
        if contested and not overwrite:
            yours = ", ".join(_format_value(after, field, self.known) for field in contested)
            raise self._conflict_error(contested, yours)
        try:
            return evolve(now, **values)
        except ModelError:
            if overwrite:  # the mixture breaks a rule, so only one side can be kept
                return after
            raise self._conflict_error(self._set_by_others(now), "your own") from None

    def _set_by_others(self, now: Entity) -> list[str]:
        """Return the fields whose current values differ from those that the edit started from."""
        before = self.made.before
        changed = [u[0] for u in _units(now) if _values(now, u) != _values(before, u)]
        return [name for name in changed if name not in _IN_PASSING]

    def _conflict_error(self, names: Sequence[str], yours: str) -> EditConflictError:
        """Return the error that shows the current values of the fields called *names*."""
        assert self.now is not None  # noqa: S101  (`change` has looked)
        theirs = [_format_value(self.now, name, self.known) for name in names]
        edits = [
            f"set its {describe_field(name)} to {words}"
            for name, words in zip(names, theirs, strict=True)
        ]
        did = " and ".join(edits[:_MOST_LISTED]) or "made another change"
        name = entity_name(self.now, self.known)
        what = f"{name} was changed meanwhile: another user or process {did}"
        return EditConflictError(what, yours=yours, theirs=", ".join(theirs))

    def _removal_error(self) -> EditConflictError:
        name = entity_name(self.made.entity, self.known)
        return EditConflictError(f"{name} was removed meanwhile by another user or process")


def entity_name(entity: Entity, find_entity: FindEntity) -> str:
    """Return the name people use for *entity*; *find_entity* finds its subject."""
    if isinstance(entity, Statement | Inference):
        return entity.label
    if isinstance(entity, Source):
        return entity.name
    if isinstance(entity, Attribution):
        return f"the attribution of {_name_by_id('statement', entity.statement, find_entity)}"
    if isinstance(entity, Rating):
        target = _name_by_id(entity.target_type, entity.target, find_entity)
        return f"{entity.criterion} of {target} by {entity.assessor}"
    if isinstance(entity, Reliability):
        source = _name_by_id("source", entity.source, find_entity)
        return f"the reliability of {source} by {entity.assessor}"
    if isinstance(entity, Credibility):
        statement = _name_by_id("statement", entity.statement, find_entity)
        return f"the credibility of {statement} by {entity.assessor}"
    return entity.title


def _format_value(entity: Entity, field: str, find_entity: FindEntity) -> str:
    """Return the value of *field* in words; *find_entity* finds the entities that ids name."""
    value = getattr(entity, field)
    if field in _VOCABULARIES and isinstance(value, str):
        value = value.replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ("", ()):
        return "nothing"
    values = value if isinstance(value, tuple) else (value,)
    words = ", ".join(_format_item(each, find_entity) for each in values)
    return f"“{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}”"


def _format_item(value: object, find_entity: FindEntity) -> str:
    if isinstance(value, Passage):
        return value.words
    if not isinstance(value, str):
        return str(value)
    kinds = ("statement", "inference", "source")
    found = (find_entity(kind, value) for kind in kinds)
    return next((entity_name(each, find_entity) for each in found if each is not None), value)


def _name_by_id(type_: str, id_: str, find_entity: FindEntity) -> str:
    found = find_entity(type_, id_)
    return entity_name(found, find_entity) if found is not None else id_


def _units(entity: Entity) -> Iterator[tuple[str, ...]]:
    """Yield the field names of *entity*, grouping those that are changed as one."""
    names = [each.name for each in fields(type(entity)) if each.init]
    second = {other: unit for unit in _TOGETHER for other in unit[1:]}
    for name in names:
        if name not in second:
            yield next((unit for unit in _TOGETHER if unit[0] == name and name in names), (name,))


def _values(entity: Entity | None, unit: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(entity, name, None) for name in unit)


def _refuse_dangling(
    change: Change, find_entity: FindEntity, new: dict[str, Entity | None]
) -> None:
    """Refuse a change that makes an entity refer to a removed one."""
    if change.after is None:
        return
    known = set(_references(change.before)) if change.before is not None else set()
    for types, id_ in set(_references(change.after)) - known:
        found = (
            new[id_]
            if id_ in new
            else next(filter(None, (find_entity(t, id_) for t in types)), None)
        )
        if found is None:
            is_link = change.before is None and isinstance(change.after, Inference)
            name = "the link" if is_link else entity_name(change.after, find_entity)
            message = f"another user or process has removed an item that {name} refers to"
            raise EditConflictError(message)


def _references(entity: Entity) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the possible types and the id of each entity that *entity* refers to."""
    if isinstance(entity, Statement):
        yield from ((("statement",), id_) for id_ in filter(None, (entity.main_item,)))
    elif isinstance(entity, Inference):
        yield from ((("statement",), id_) for id_ in entity.premises)
        yield ("statement", "inference"), entity.conclusion
    elif isinstance(entity, Attribution):
        yield ("statement",), entity.statement
        yield from ((("source",), id_) for id_ in entity.chain)
    elif isinstance(entity, Source):
        yield from ((("source",), id_) for id_ in (*entity.derives_from, *entity.same_origin))
    elif isinstance(entity, Rating):
        yield (entity.target_type,), entity.target
    elif isinstance(entity, Reliability):
        yield ("source",), entity.source
    elif isinstance(entity, Credibility):
        yield ("statement",), entity.statement
