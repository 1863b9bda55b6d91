"""Plain statements: the records that most of a bulk import is made of, as rows at once.

A record is plain if nothing about it needs a closer look: it names its id, document,
kind and words, all of them sound beyond doubt, and supports or opposes statements at
most. Everything else, faults above all, is left to `building`, which knows every rule.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeGuard
from unicodedata import is_normalized

from attrs import define
from msgspec import UNSET

from argmap.composition import is_between_letters
from argmap.model.words import KINDS, LABEL_PREFIX
from argmap.records.identity import MADE, statement_id
from argmap.records.wire import StatementRecord

from .writing import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from argmap.formats import Located
    from argmap.line_ends import LineEnds

    from .written_texts import WrittenTexts

BARE: Final = ("id", "document", "kind", "text")
WHOLE: Final = (*BARE, "nature", "stated", "note", "tags")
"""The columns of `Plain.row`, and of `Plain.whole`."""

_HALF: Final = re.compile("[\ud800-\udfff]")
_OWN_LABEL: Final = {
    kind: re.compile(rf"{prefix}[1-9][0-9]{{0,8}}").fullmatch
    for kind, prefix in LABEL_PREFIX.items()
}
"""Tells of a label that no other kind of thing has, for each kind."""


_REST: Final[dict[str, tuple[Any, ...]]] = {
    kind: (NOTHING, 0 if kind == "assumption" else NOTHING, NOTHING, "[]") for kind in KINDS
}
"""What stands in the columns after the words if a record gives nothing for them."""


@define
class Plain:
    """A plain statement, as its rows will be."""

    number: int
    """Of its record in the input, from 0."""
    file: str
    located: Located
    row: tuple[Any, ...]
    """Its id, document, kind and words; then nature, whether it is stated, note and tags, unless
    the record gives none of these."""
    said: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The stances whose shorthands are given, each with the statements it leads to."""
    passages: tuple[tuple[int, str], ...] | None = None
    """Starts and words of what it is said to rest on; None where that is not given."""
    label: str | None = None
    """None where the record gives none."""

    @property
    def id(self) -> str:
        """The statement's id."""
        return self.row[0]  # type: ignore[no-any-return]  # the first column is the id

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.row[1]  # type: ignore[no-any-return]  # the second column is the document

    @property
    def is_bare(self) -> bool:
        """True where `row` ends with the words."""
        return len(self.row) == len(BARE)

    @property
    def whole(self) -> tuple[Any, ...]:
        """`row`, with what the record does not give."""
        return self.row + _REST[self.row[2]] if self.is_bare else self.row


def plain(
    number: int,
    file: str,
    located: Located,
    text_of: Callable[[str], str | None],
    written: WrittenTexts,
) -> Plain | None:
    """Return what a record comes to if it is a plain statement, else None.

    A plain statement without an id is given the one that is made from its content, and is
    from then on as if it had brought it.

    Args:
        number: Of the record in the input, from 0.
        file: The input's name.
        located: The record, without faults.
        text_of: Gives the text of a document by its id; None where it is not known.
        written: Texts of the input that lose characters when they are stored.
    """
    r: Any = located.record  # a key that is not given is `UNSET`, which is false
    if type(r) is not StatementRecord or located.by_label or not _is_simple(r):
        return None
    found: Plain | None
    if _gives_words_alone(r) and _is_sound(r.text) and _is_named(r, r.text, ()):
        found = Plain(number, file, located, (r.id, r.document, r.kind, r.text))
    else:
        found = _fuller(Plain(number, file, located, ()), r, text_of, written)
    if found is None or (r.supports is UNSET and r.opposes is UNSET):
        return found
    said = _said(r)
    if said is None:
        return None
    found.said = said
    return found


def _fuller(
    found: Plain,
    r: Any,  # noqa: ANN401  (a record whose keys are looked at untyped)
    text_of: Callable[[str], str | None],
    written: WrittenTexts,
) -> Plain | None:
    """Return *found* with what *r* gives, or None where that needs a closer look."""
    text, kind = r.text or r.quote, str(r.kind)
    if not (_are_sound(r, text) and _is_of_its_kind(r, kind)):
        return None
    if any(key is not UNSET for key in (r.quote, r.start, r.end)):
        found.passages = _passages(r, text_of, written.line_ends(found.file, r.document))
        if not found.passages:
            return None
    if not _is_named(r, text, found.passages or ()):
        return None
    nature, stated, note, tags = _REST[kind]
    if kind == "assumption":
        stated = int(r.stated if isinstance(r.stated, bool) else bool(found.passages))
    if r.note is not UNSET and r.note is not None:
        note = r.note
    if r.tags:
        tags = json.dumps(r.tags, ensure_ascii=False)
    found.row = (r.id, r.document, kind, text, r.nature or nature, stated, note, tags)
    found.label = r.label or None
    return found


def _is_simple(r: Any) -> bool:  # noqa: ANN401  (as above)
    """Tell whether *r* has what every statement needs and nothing that few have."""
    return bool(
        r.document
        and r.kind
        and r.attribution is UNSET
        and r.ratings is UNSET
        and r.main is UNSET
        and r.main_item is UNSET
        and r.prefix is UNSET
        and r.order is UNSET
    )


def _gives_words_alone(r: Any) -> bool:  # noqa: ANN401  (as above)
    return (
        r.quote is UNSET
        and r.start is UNSET
        and r.end is UNSET
        and r.nature is UNSET
        and r.label is UNSET
        and r.note is UNSET
        and r.tags is UNSET
        and r.stated is UNSET
    )


def _is_sound(text: object) -> TypeGuard[str]:
    """Tell at a glance that words can be stored; most can be."""
    return bool(isinstance(text, str) and text.isprintable() and not text.isspace() and text != "")


def _are_sound(r: Any, text: object) -> bool:  # noqa: ANN401  (as above)
    """Tell that the words of *r* can be stored."""
    return bool(
        isinstance(text, str)
        and _is_text(text)
        and (not r.note or _is_text(r.note))
        and (not r.tags or all(map(_is_text, r.tags)))
    )


def _is_named(r: Any, text: str, passages: Iterable[tuple[int, str]]) -> bool:  # noqa: ANN401  (as above)
    """Tell that the id of *r* can be stored; one is made where it gives none.

    One that was made is looked at more closely unless it was made from just this: something
    else may have it, made from other content.
    """
    id_: str = r.id
    if id_ and id_[0] != MADE:
        return id_.isprintable() and (id_.isascii() or is_normalized("NFC", id_))
    if not r.document.isprintable():
        return False
    places = [(start, start + len(words)) for start, words in passages]
    made = statement_id(r.document, r.kind, text, places)
    if not id_:
        r.id = made
    return bool(r.id == made)


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
    ends: LineEnds | None,
) -> tuple[tuple[int, str], ...]:
    """Return where *r* stands; nothing where that needs a closer look."""
    text, quote, start, end = text_of(r.document), r.quote, r.start, r.end
    if text is None or not isinstance(quote, str) or not quote:
        return ()
    if start is UNSET and end is UNSET:
        place = text.find(quote)
        is_once = place >= 0 and text.find(quote, place + 1) < 0
        is_whole = is_between_letters(text, place) and is_between_letters(text, place + len(quote))
        return ((place, quote),) if is_once and is_whole else ()
    if ends is not None and isinstance(start, int) and isinstance(end, int):
        start, end = ends.stored_place(start), ends.stored_place(end)
    if not isinstance(start, int) or end != start + len(quote) or start < 0:
        return ()
    return ((start, quote),) if text.startswith(quote, start) else ()
