"""Plain statements: the records that most of a bulk import is made of, as rows at once.

A record is plain if nothing about it needs a closer look: it names its id, document,
kind and words, all of them sound beyond doubt, and supports or opposes statements at
most. Everything else, faults above all, is left to `building`, which knows every rule.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from unicodedata import is_normalized

from attrs import define
from msgspec import UNSET

from argmap.model.words import LABEL_PREFIX
from argmap.records.identity import MADE
from argmap.records.wire import StatementRecord

from .writing import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.formats import Located

LABEL: Final = 3
"""Where the label stands in `Plain.row`."""

_HALF: Final = re.compile("[\ud800-\udfff]")
_OWN_LABEL: Final = {
    kind: re.compile(rf"{prefix}[1-9][0-9]{{0,8}}").fullmatch
    for kind, prefix in LABEL_PREFIX.items()
}
"""Tells of a label that no other kind of thing has, for each kind."""


@define
class Plain:
    """A plain statement, as its rows will be."""

    number: int
    """Of its record in the input, from 0."""
    file: str
    located: Located
    row: list[Any]
    """Of `statement`, in the order of its columns; the label is `NOTHING` where none is given."""
    said: tuple[tuple[str, tuple[str, ...]], ...]
    """The stances whose shorthands are given, each with the statements it leads to."""
    passages: tuple[tuple[int, str], ...] | None
    """Starts and words of what it is said to rest on; None where that is not given."""

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.row[0]  # type: ignore[no-any-return]  # the first column is the id

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.row[1]  # type: ignore[no-any-return]  # the second column is the document


def plain(
    number: int, file: str, located: Located, text_of: Callable[[str], str | None]
) -> Plain | None:
    """Return what a record comes to if it is a plain statement, else None.

    Args:
        number: Of the record in the input, from 0.
        file: The input's name.
        located: The record, without faults.
        text_of: Gives the text of a document by its id; None where it is not known.
    """
    r: Any = located.record  # a key that is not given is `UNSET`, which is false
    if type(r) is not StatementRecord or located.by_label or not _is_simple(r):
        return None
    text, kind = r.text or r.quote, str(r.kind)
    if not (_are_sound(r, text) and _is_of_its_kind(r, kind)):
        return None
    said = _said(r)
    is_placed = any(key is not UNSET for key in (r.quote, r.start, r.end))
    passages = _passages(r, text_of) if is_placed else None
    if said is None or passages == ():
        return None
    stated: Any = NOTHING
    if kind == "assumption":
        stated = int(r.stated if isinstance(r.stated, bool) else bool(passages))
    row = [
        r.id, r.document, kind, r.label or NOTHING, text, r.nature or NOTHING, 0, NOTHING, stated,
        NOTHING if r.note is UNSET or r.note is None else r.note,
        json.dumps(r.tags, ensure_ascii=False) if r.tags else "[]",
    ]  # fmt: skip
    return Plain(number, file, located, row, said, passages)


def _is_simple(r: Any) -> bool:  # noqa: ANN401  (a record whose keys are looked at untyped)
    """Tell whether *r* has what every statement needs and nothing that few have."""
    return bool(
        r.id
        and r.document
        and r.kind
        and r.attribution is UNSET
        and r.ratings is UNSET
        and r.main is UNSET
        and r.main_item is UNSET
        and r.prefix is UNSET
    )


def _are_sound(r: Any, text: object) -> bool:  # noqa: ANN401  (as above)
    """Tell that the words of *r* can be stored, without a doubt."""
    id_: str = r.id
    return bool(
        isinstance(text, str)
        and _is_text(text)
        and id_.isprintable()
        and id_[0] != MADE
        and (id_.isascii() or is_normalized("NFC", id_))
        and (not r.note or _is_text(r.note))
        and (not r.tags or all(map(_is_text, r.tags)))
    )


def _is_text(text: str) -> bool:
    """Tell that *text* can be stored and says something."""
    return (
        not text.isspace()
        and text != ""
        and "\0" not in text
        and (text.isascii() or _HALF.search(text) is None)
    )


def _is_of_its_kind(r: Any, kind: str) -> bool:  # noqa: ANN401  (as above)
    return bool(
        (not r.nature or kind == "claim")
        and (r.stated is UNSET or r.stated is None or kind == "assumption")
        and (not r.label or _OWN_LABEL[kind](r.label))
    )


def _said(r: Any) -> tuple[tuple[str, tuple[str, ...]], ...] | None:  # noqa: ANN401  (as above)
    """Return the shorthands of inferences that *r* gives; None where one needs a closer look."""
    if r.supports is UNSET and r.opposes is UNSET:
        return ()
    said = []
    for stance, named in (("supports", r.supports), ("opposes", r.opposes)):
        if named is not UNSET:
            said.append((stance, (named,) if isinstance(named, str) else tuple(named or ())))
    conclusions = [conclusion for _, several in said for conclusion in several]
    if len(set(conclusions)) < len(conclusions) or r.id in conclusions:
        return None
    return tuple(said)


def _passages(
    r: Any,  # noqa: ANN401  (as above)
    text_of: Callable[[str], str | None],
) -> tuple[tuple[int, str], ...]:
    """Return where *r* stands; nothing where that needs a closer look."""
    text, quote, start, end = text_of(r.document), r.quote, r.start, r.end
    if text is None or not isinstance(quote, str) or not quote:
        return ()
    if start is UNSET and end is UNSET:
        place = text.find(quote)
        return ((place, quote),) if place >= 0 and text.find(quote, place + 1) < 0 else ()
    if not isinstance(start, int) or end != start + len(quote) or start < 0:
        return ()
    return ((start, quote),) if text.startswith(quote, start) else ()
