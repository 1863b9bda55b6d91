"""Recognise plain statements, which make up most of a very large import.

A statement is plain if nothing about it needs validation beyond a glance: it gives its
document, kind and words, perhaps an id, all of them sound, and at most supports or opposes other
statements. Every other record, above all a faulty one, goes through `build`, which knows every
rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from unicodedata import is_normalized

from attrs import define
from msgspec import UNSET

from argmap.records.ids import MADE, statement_id
from argmap.records.schema import InferenceRecord, StatementRecord

from .record_ids import made_keys, own_ids

if TYPE_CHECKING:
    from argmap.formats.registry import Located

    from .backlog.deferred_records import DeferredRecords
    from .inputs import NumberedRecord

_HALF: Final = re.compile("[\ud800-\udfff]")


@define
class PlainStatement:
    """A plain statement with the values of its row."""

    number: int
    """The number of its record in the input, from 0."""
    file: str
    located: Located
    row: tuple[str, str, str, str]
    """Its id, document, kind and words."""
    stances: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each stance that is given, with the ids of the conclusions."""

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.row[0]

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.row[1]

    @property
    def numbered(self) -> NumberedRecord:
        """The record that it was made from."""
        return self.number, self.file, self.located


def plain_statement_from_record(number: int, file: str, located: Located) -> PlainStatement | None:
    """Return the plain statement of a record, or None if it needs full validation.

    Args:
        number: The record's number in the input, from 0.
        file: The input's name.
        located: The record, without faults.
    """
    # Every test here runs once for each row of the largest imports, which is why the checks are
    # spelled out and no entity is built.
    r: Any = located.record  # a key that is not given is `UNSET`, which is false
    if type(r) is not StatementRecord or located.by_label or not _gives_words_alone(r):
        return None
    id_ = _named(r)
    if id_ is None:
        return None
    row: Any = (id_, r.document, r.kind, r.text)
    plain = PlainStatement(number, file, located, row)
    if r.supports is UNSET and r.opposes is UNSET:
        return plain
    stances = _stances(r, id_)
    if stances is None:
        return None
    plain.stances = stances
    return plain


def split_plain_statements(
    records: list[NumberedRecord], deferred: DeferredRecords
) -> tuple[list[PlainStatement], list[NumberedRecord]]:
    """Return the plain statements of *records*, and the other records.

    Plain statements are written before the other records of their span, so none may overtake a
    record that it could conflict with. A statement therefore does not count as plain if an earlier
    record has its id, if *deferred* has a record that wants the same slot, if another record of its
    document gets a label (labels follow the order of the input), or if a record may have the id of
    an inference that its shorthand makes.
    """
    candidates = [plain_statement_from_record(*numbered) for numbered in records]
    if not any(candidates):
        return [], records
    plains: list[PlainStatement] = []
    others: list[NumberedRecord] = []
    # A labelled record that stays behind must get its label before later ones of its document, so
    # this document's statements all take the slow lane.
    documents = {
        located.record.document
        for plain, (_, _, located) in zip(candidates, records, strict=True)
        if plain is None and isinstance(located.record, StatementRecord | InferenceRecord)
    }
    # A record that gives a made id may mean the inference of an earlier shorthand; the order in
    # which they are written would then decide which one wins.
    may_copy = any(plain and plain.stances for plain in candidates) and any(
        id_.startswith(MADE) for _, _, located in records for id_ in own_ids(located.record)
    )
    taken: set[str] = set()
    for plain, numbered in zip(candidates, records, strict=True):
        _, _, located = numbered
        record = located.record
        if (
            plain is None
            or plain.row[1] in documents
            or plain.row[0] in taken
            or (may_copy and plain.stances)
            or (plain.row[0][0] == MADE and not taken.isdisjoint(made_keys(record)[1]))
            or (not deferred.is_empty and deferred.blocks(record))
        ):
            # A later plain statement with one of these ids must not be written first and win.
            taken.update(own_ids(record), made_keys(record)[0])
            others.append(numbered)
        else:
            taken.add(plain.row[0])
            plains.append(plain)
    return plains, others


def _gives_words_alone(r: Any) -> bool:  # noqa: ANN401  (as above)
    """Return whether *r* has the keys that every statement needs and no rare ones."""
    return bool(
        r.quote is UNSET
        and r.attribution is UNSET
        and r.document
        and r.kind
        and _is_sound(r.text)
        and r.ratings is UNSET
        and r.start is UNSET
        and r.end is UNSET
        and r.prefix is UNSET
        and r.nature is UNSET
        and r.label is UNSET
        and r.note is UNSET
        and r.tags is UNSET
        and r.stated is UNSET
        and r.main is UNSET
        and r.main_item is UNSET
        and r.order is UNSET
    )


def _is_sound(text: object) -> bool:
    """Return whether *text* can be stored and is not blank."""
    # The order matters for speed: nearly all texts are settled by `isprintable`, and only the odd
    # one is searched for surrogates, which UTF-8 cannot store.
    if not isinstance(text, str) or text == "" or text.isspace():
        return False
    return text.isprintable() or (
        "\0" not in text and (text.isascii() or _HALF.search(text) is None)
    )


def _named(r: Any) -> str | None:  # noqa: ANN401  (as above)
    """Return the id of *r*, made from its content if it gives none; None if in doubt.

    A given id that looks made is accepted only if it was made from exactly this content: otherwise
    something else may own it.
    """
    id_: str = r.id
    if id_ and id_[0] != MADE:
        # An id that is not in NFC can look like another one and yet differ from it. Full
        # validation explains such ids.
        return id_ if id_.isprintable() and (id_.isascii() or is_normalized("NFC", id_)) else None
    if not r.document.isprintable():
        return None
    made = statement_id(r.document, r.kind, r.text, ())
    return made if not id_ or id_ == made else None


def _stances(r: Any, id_: str) -> tuple[tuple[str, tuple[str, ...]], ...] | None:  # noqa: ANN401  (as above)
    """Return the inference shorthands of *r*; None if one needs full validation."""
    stances = []
    for stance, named in (("supports", r.supports), ("opposes", r.opposes)):
        if named is not UNSET:
            stances.append((stance, (named,) if isinstance(named, str) else tuple(named or ())))
    conclusions = [conclusion for _, ids in stances for conclusion in ids]
    # Supporting itself, or one conclusion twice or in both directions, is a fault or needs care;
    # `build` explains it.
    if len(set(conclusions)) < len(conclusions) or id_ in conclusions:
        return None
    return tuple(stances)
