"""The ids and places that a record names, before anything is built of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import UNSET

from argmap.records.ids import MADE
from argmap.records.schema import (
    AttributionRecord,
    CredibilityRecord,
    DocumentRecord,
    InferenceRecord,
    RatingRecord,
    ReliabilityRecord,
    RubricRecord,
    SourceRecord,
    StatementRecord,
)
from argmap.text.decoding import normal_lines

from .build.build_context import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmap.formats.registry import Located
    from argmap.records.schema import Record

    from .inputs import Numbered

_RANKS: Final[dict[type, int]] = {
    RubricRecord: 0,
    DocumentRecord: 1,
    SourceRecord: 2,
    StatementRecord: 3,
    InferenceRecord: 4,
}
_LAST: Final = 5
_SOURCE_RANK: Final = 2
"""The last of the ranks of what others lean on, and what leans on nothing but its like."""

_UNNAMED: Final = "\0"
_ANY_MADE: Final = "\0made"
"""Stand for the id of a record that gives none, and for one that looks as if it was made."""


def rank(record: object) -> int:
    """Return where the type of *record* comes in an order in which few need a later one."""
    return _RANKS.get(type(record), _LAST)


def given_id(located: Located) -> str | None:
    """Return the id that a record gives; a rubric's is no entity's."""
    record = located.record
    if isinstance(record, RubricRecord):
        return f"rubric {record.id} {record.version}"
    id_ = getattr(record, "id", UNSET)
    return id_ if isinstance(id_, str) else None


def content_of(record: Record | None) -> bytes:
    """Return what *record* says; texts that are stored alike say the same."""
    if isinstance(record, DocumentRecord) and isinstance(record.text, str):
        record = msgspec.structs.replace(record, text=normal_lines(record.text))
    return msgspec.json.encode(record)


def own_ids(record: Any) -> list[str]:  # noqa: ANN401  (a record whose keys are looked at untyped)
    """Return the ids that *record* gives, to itself and to its parts."""
    given = [record.id] if getattr(record, "id", UNSET) else []
    if type(record) is StatementRecord and record.attribution:
        given += [a.id for a in listed(record.attribution) if a.id]
    return given


def needs_of(record: Any) -> list[str]:  # noqa: ANN401  (as above)
    """Return the ids that *record* leans on."""
    needs: list[str] = []
    for named in _NAMES[type(record)](record) if type(record) in _NAMES else ():
        if named:
            needs += (named,) if type(named) is str else named
    document = getattr(record, "document", None)
    if document:
        needs.append(document)
    return needs


def premises_of(record: Any) -> list[str]:  # noqa: ANN401  (as above)
    """Return the statements from which *record* leads to something."""
    if isinstance(record, InferenceRecord):
        return record.premises or []
    leads = isinstance(record, StatementRecord) and (record.supports or record.opposes)
    return [record.id] if leads and record.id else []


def subjects_of(record: Any) -> list[str]:  # noqa: ANN401  (as above)
    """Return what *record* judges or attributes: a statement, a source or a document."""
    if isinstance(record, RatingRecord):
        return [id_ for id_ in (record.statement, record.source, record.document) if id_]
    if isinstance(record, AttributionRecord | CredibilityRecord):
        return [record.statement] if record.statement else []
    if isinstance(record, ReliabilityRecord):
        return [record.source] if record.source else []
    says = isinstance(record, StatementRecord) and (record.ratings or record.attribution)
    return [record.id] if says and record.id else []


def made_keys(record: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401  (as above)
    """Return what stands for the id of a statement that gives none, or gives a made one.

    Such an id is known only with the passages. Two records can have the same one where a
    key of the one is a key that the other asks for: the first are its own, the second are
    those that it must not overtake.
    """
    if not isinstance(record, StatementRecord):
        return _other_made_keys(record)
    if not record.document:
        return [], []
    document = f"\0{record.document}"
    if record.id:
        is_made = record.id.startswith(MADE)
        keys = [f"{document}\0made", _ANY_MADE], [f"{document}\0", _UNNAMED]
        return keys if is_made else ([], [])
    kind = f"{document}\0{record.kind}\0"
    words = f"{kind}{record.text}" if record.text else f"{kind}\0"
    own = [f"{document}\0", kind, words, _UNNAMED]
    return own, [f"{document}\0made", *([words, f"{kind}\0"] if record.text else [kind])]


def _other_made_keys(record: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401  (as above)
    """Return the same of what is no statement: any made id may be that of any such record."""
    if not getattr(record, "id", UNSET):
        return [_UNNAMED], [_ANY_MADE]
    return ([_ANY_MADE], [_UNNAMED]) if record.id.startswith(MADE) else ([], [])


def _of_statement(r: StatementRecord) -> list[Any]:
    found: list[Any] = [r.main_item, r.supports, r.opposes]
    for attribution in listed(r.attribution or None):
        found += (attribution.source, attribution.chain)
    return found


_NAMES: Final[dict[type, Callable[[Any], list[Any]]]] = {
    StatementRecord: _of_statement,
    SourceRecord: lambda r: [r.derives_from, r.same_origin],
    InferenceRecord: lambda r: [r.premises, r.conclusion],
    AttributionRecord: lambda r: [r.statement, r.source, r.chain],
    RatingRecord: lambda r: [r.statement, r.source],
    ReliabilityRecord: lambda r: [r.source],
    CredibilityRecord: lambda r: [r.statement],
}


def in_ranks(records: list[Numbered]) -> Iterator[Numbered]:
    """Yield *records* so that few need a later one, else in the order of the file."""
    yield from sorted(records, key=lambda numbered: rank(numbered[2].record))


def first_of(records: list[Numbered]) -> list[Numbered]:
    """Return those that others lean on, but for those with the id of an earlier record.

    An id that looks as if it was made may be that of any record which gives none, or of
    what a shorthand makes.
    """
    found, ids, may_copy = [], set[str | None](), False
    for numbered in records:
        id_, record = given_id(numbered[2]), numbered[2].record
        is_free = id_ not in ids and not (may_copy and id_ and id_[0] == MADE)
        if rank(record) <= _SOURCE_RANK and is_free:
            found.append(numbered)
        ids.add(id_)
        may_copy = may_copy or id_ is None or isinstance(record, StatementRecord)
    return found
