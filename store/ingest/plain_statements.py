"""Plain statements: the records that most of a very large import is made of, as rows at once.

A record is plain if nothing about it needs a closer look: it gives its document, kind and
words, and perhaps an id, all of them sound beyond doubt, and supports or opposes statements
at most. Everything else, faults above all, is left to `build`, which knows every rule.
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
    from .inputs import Numbered

_HALF: Final = re.compile("[\ud800-\udfff]")


@define
class Plain:
    """A plain statement, as its row will be."""

    number: int
    """Of its record in the input, from 0."""
    file: str
    located: Located
    row: tuple[str, str, str, str]
    """Its id, document, kind and words."""
    said: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The stances whose shorthands are given, each with the statements it leads to."""

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.row[0]

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.row[1]

    @property
    def numbered(self) -> Numbered:
        """Its record, as it came."""
        return self.number, self.file, self.located


def plain(number: int, file: str, located: Located) -> Plain | None:
    """Return what a record comes to if it is a plain statement, else None.

    Args:
        number: Of the record in the input, from 0.
        file: The input's name.
        located: The record, without faults.
    """
    r: Any = located.record  # a key that is not given is `UNSET`, which is false
    if type(r) is not StatementRecord or located.by_label or not _gives_words_alone(r):
        return None
    id_ = _named(r)
    if id_ is None:
        return None
    row: Any = (id_, r.document, r.kind, r.text)
    found = Plain(number, file, located, row)
    if r.supports is UNSET and r.opposes is UNSET:
        return found
    said = _said(r, id_)
    if said is None:
        return None
    found.said = said
    return found


def plains_among(
    records: list[Numbered], deferred: DeferredRecords
) -> tuple[list[Plain], list[Numbered]]:
    """Return the plain statements of *records*, and what else is there.

    A plain statement overtakes nothing: no other record of its document that gets a label, as
    these are given in the order of the input; and none that it could clash with. So no record
    before it has its id, and none of *deferred* wants its place; and where a record may have the
    id of an inference that a shorthand makes, that shorthand is no plain one.
    """
    found = [plain(*numbered) for numbered in records]
    if not any(found):
        return [], records
    plains: list[Plain] = []
    others: list[Numbered] = []
    documents = {
        numbered[2].record.document
        for each, numbered in zip(found, records, strict=True)
        if each is None and isinstance(numbered[2].record, StatementRecord | InferenceRecord)
    }
    may_copy = any(each and each.said for each in found) and any(
        id_.startswith(MADE) for numbered in records for id_ in own_ids(numbered[2].record)
    )
    taken: set[str] = set()
    for each, numbered in zip(found, records, strict=True):
        record = numbered[2].record
        if (
            each is None
            or each.row[1] in documents
            or each.row[0] in taken
            or (may_copy and each.said)
            or (each.row[0][0] == MADE and not taken.isdisjoint(made_keys(record)[1]))
            or (not deferred.is_empty and deferred.concerns(record))
        ):
            taken.update(own_ids(record), made_keys(record)[0])
            others.append(numbered)
        else:
            taken.add(each.row[0])
            plains.append(each)
    return plains, others


def _gives_words_alone(r: Any) -> bool:  # noqa: ANN401  (as above)
    """Tell whether *r* has what every statement needs and nothing that few have."""
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
    """Tell that words can be stored and say something; most tell so at a glance."""
    if not isinstance(text, str) or text == "" or text.isspace():
        return False
    return text.isprintable() or (
        "\0" not in text and (text.isascii() or _HALF.search(text) is None)
    )


def _named(r: Any) -> str | None:  # noqa: ANN401  (as above)
    """Return the id of *r*, made from its content if it gives none; None where it is doubtful.

    One that was made is looked at more closely unless it was made from just this: something
    else may have it, made from other content.
    """
    id_: str = r.id
    if id_ and id_[0] != MADE:
        return id_ if id_.isprintable() and (id_.isascii() or is_normalized("NFC", id_)) else None
    if not r.document.isprintable():
        return None
    made = statement_id(r.document, r.kind, r.text, ())
    return made if not id_ or id_ == made else None


def _said(r: Any, id_: str) -> tuple[tuple[str, tuple[str, ...]], ...] | None:  # noqa: ANN401  (as above)
    """Return the shorthands of inferences that *r* gives; None where one needs a closer look."""
    said = []
    for stance, named in (("supports", r.supports), ("opposes", r.opposes)):
        if named is not UNSET:
            said.append((stance, (named,) if isinstance(named, str) else tuple(named or ())))
    conclusions = [conclusion for _, several in said for conclusion in several]
    if len(set(conclusions)) < len(conclusions) or id_ in conclusions:
        return None
    return tuple(said)
