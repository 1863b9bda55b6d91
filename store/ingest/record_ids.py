"""Extract the ids that a record gives and needs, before its entity is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import UNSET

from argmap.records.ids import MADE, made_head
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

from .build.build_context import as_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmap.formats.registry import Located
    from argmap.records.schema import Record

    from .inputs import NumberedRecord

_RANKS: Final[dict[type, int]] = {
    RubricRecord: 0,
    DocumentRecord: 1,
    SourceRecord: 2,
    StatementRecord: 3,
    InferenceRecord: 4,
}
_LAST: Final = 5
_SOURCE_RANK: Final = 2
"""The last rank of the types that refer only to their own type."""

_UNNAMED: Final = "\0"
_ANY_MADE: Final = "\0made"
"""Keys for a record that gives no id (`_UNNAMED`), and for any made id."""


def type_rank(record: object) -> int:
    """Return the rank of a record's type, from 0; few records refer to a higher rank."""
    return _RANKS.get(type(record), _LAST)


def given_id(located: Located) -> str | None:
    """Return the id that a record gives, or None; for a rubric, its id and version."""
    record = located.record
    # A rubric is not an entity: its id is that of all its versions, and a statement may share it.
    if isinstance(record, RubricRecord):
        return f"rubric {record.id} {record.version}"
    id_ = getattr(record, "id", UNSET)
    return id_ if isinstance(id_, str) else None


def record_content(record: Record | None) -> bytes:
    """Return *record* as JSON, equal for texts that are stored alike."""
    if isinstance(record, DocumentRecord) and isinstance(record.text, str):
        # Two files may write one text with other line ends. Stored, they are equal, so repeating
        # the record is no contradiction.
        record = msgspec.structs.replace(record, text=normal_lines(record.text))
    return msgspec.json.encode(record)


def own_ids(record: Any) -> list[str]:  # noqa: ANN401  (a record whose keys are looked at untyped)
    """Return the ids that *record* gives to itself and to its parts."""
    given = [record.id] if getattr(record, "id", UNSET) else []
    if type(record) is StatementRecord and record.attribution:
        given += [a.id for a in as_list(record.attribution) if a.id]
    return given


def needed_ids(record: Any) -> list[str]:  # noqa: ANN401  (as above)
    """Return the ids that *record* refers to, its document's included."""
    needs: list[str] = []
    for named in _NAMES[type(record)](record) if type(record) in _NAMES else ():
        if named:
            needs += (named,) if type(named) is str else named
    document = getattr(record, "document", None)
    if document:
        needs.append(document)
    return needs


def premise_ids(record: Any) -> list[str]:  # noqa: ANN401  (as above)
    """Return the ids of the premises of *record*'s inferences."""
    if isinstance(record, InferenceRecord):
        return record.premises or []
    leads = isinstance(record, StatementRecord) and (record.supports or record.opposes)
    return [record.id] if leads and record.id else []


def subject_ids(record: Any) -> list[str]:  # noqa: ANN401  (as above)
    """Return the statement, source or document that *record* rates or attributes."""
    if isinstance(record, RatingRecord):
        return [id_ for id_ in (record.statement, record.source, record.document) if id_]
    if isinstance(record, AttributionRecord | CredibilityRecord):
        return [record.statement] if record.statement else []
    if isinstance(record, ReliabilityRecord):
        return [record.source] if record.source else []
    says = isinstance(record, StatementRecord) and (record.ratings or record.attribution)
    return [record.id] if says and record.id else []


def made_keys(record: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401  (as above)
    """Return placeholder keys for a made id that is not known yet.

    A statement that gives no id gets one made from its passages, which are not known before it is
    built. Two records can get the same id if one has a key that the other must wait for.

    Returns:
        The record's keys, and the keys of deferred records that it must not overtake.
    """
    if not isinstance(record, StatementRecord):
        return _other_made_keys(record)
    if not record.document:
        return [], []
    document = f"\0{record.document}"
    if record.id:
        # A made id, say copied from an export, may be the one that a record without an id will
        # get. So each must wait for the other's kind.
        # The document that counts is the one for which the id was made, whatever the record says.
        if not record.id.startswith(MADE):
            return [], []
        head = record.id[: record.id.rfind("-") + 1]
        return [f"\0{head}", _ANY_MADE], [f"{document}\0", _UNNAMED]
    kind = f"{document}\0{record.kind}\0"
    words = f"{kind}{record.text}" if record.text else f"{kind}\0"
    # Without words the text comes from the quote, so any record of that document and kind may turn
    # out to be the same.
    own = [f"{document}\0", kind, words, _UNNAMED]
    return own, [
        f"\0{made_head(record.document)}",
        *([words, f"{kind}\0"] if record.text else [kind]),
    ]


def _other_made_keys(record: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401  (as above)
    """Return the keys of a record that is not a statement.

    Its made id is not known, so it may be any made id that is given.
    """
    if not getattr(record, "id", UNSET):
        return [_UNNAMED], [_ANY_MADE]
    return ([_ANY_MADE], [_UNNAMED]) if record.id.startswith(MADE) else ([], [])


def _of_statement(r: StatementRecord) -> list[Any]:
    needs: list[Any] = [r.main_item, r.supports, r.opposes]
    for attribution in as_list(r.attribution or None):
        needs += (attribution.source, attribution.chain)
    return needs


_NAMES: Final[dict[type, Callable[[Any], list[Any]]]] = {
    StatementRecord: _of_statement,
    SourceRecord: lambda r: [r.derives_from, r.same_origin],
    InferenceRecord: lambda r: [r.premises, r.conclusion],
    AttributionRecord: lambda r: [r.statement, r.source, r.chain],
    RatingRecord: lambda r: [r.statement, r.source],
    ReliabilityRecord: lambda r: [r.source],
    CredibilityRecord: lambda r: [r.statement],
}


def sort_by_rank(records: list[NumberedRecord]) -> Iterator[NumberedRecord]:
    """Yield *records* so that few refer to a later one, else in input order."""
    yield from sorted(records, key=lambda numbered: type_rank(numbered[2].record))


def leading_records(records: list[NumberedRecord]) -> list[NumberedRecord]:
    """Return the rubrics, documents and sources whose id no earlier record may have.

    An id that looks made by argmap may belong to any earlier record that gives none, or to a part
    that a shorthand makes; those records are left out.
    """
    leading, ids, may_copy = [], set[str | None](), False
    for numbered in records:
        _, _, located = numbered
        id_, record = given_id(located), located.record
        # These overtake the other records of their span. The first record of an id has to win, so
        # one that is not the first must stay in its place.
        is_free = id_ not in ids and not (may_copy and id_ and id_[0] == MADE)
        if type_rank(record) <= _SOURCE_RANK and is_free:
            leading.append(numbered)
        ids.add(id_)
        may_copy = may_copy or id_ is None or isinstance(record, StatementRecord)
    return leading
