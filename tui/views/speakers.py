"""The list of possible speakers of a statement: author, no source, known and new sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from argmap.model.vocabulary import AUTHOR_CLASSES, CLASSES_WITHOUT_CHAIN
from argmap.text.display import visible
from argmap.text.name_similarity import completions, fingerprint

from .cues import guess_class_from_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from argmap.model.source import Attribution, Source
    from argmap.model.vocabulary import AttributionClass, SourceKind
    from argmap.text.name_similarity import NameIndex

    from .cues import Speaker

CLASS_WORDS: Final[dict[AttributionClass, tuple[str, SourceKind]]] = {
    "named_person": ("a person, by name", "person"),
    "named_organisation": ("an organisation, by name", "organisation"),
    "named_document": ("a document, by name", "document"),
    "partial_document": ("a document, only by its issuer and kind", "document"),
    "described_anonymous": ("someone unnamed, with position or reason given", "unnamed"),
    "unnamed_role": ("a role alone: officials, analysts, critics", "unnamed"),
    "vague_report": ("“reports say”, “it is believed”: no one in particular", "vague"),
    "evidential_hedge": ("“it seems”, “apparently”: no source", "vague"),
    "firsthand_author": ("the author was there", "person"),
    "author_assertion": ("the author says so", "person"),
    "common_knowledge": ("“as everybody knows”", "vague"),
}
"""The words for each class in the list, and the kind of a new source of that class."""

AUTHOR: Final = "\nauthor"
NOBODY: Final = "\nnobody"
NEW: Final = "\nnew"
"""`AUTHOR`, `NOBODY` and `NEW` are used instead of a source's id, which has no line end."""

_NOBODY_WORDS: Final = "no source named"
_CLASS_OF: Final[dict[SourceKind, AttributionClass]] = {
    "person": "named_person",
    "organisation": "named_organisation",
    "document": "named_document",
    "outlet": "named_organisation",
    "unnamed": "unnamed_role",
    "vague": "vague_report",
}
_WEAK_WORDS: Final = frozenset({"the", "named", "source"})
"""Words that many names contain, so that they alone do not mean one of the fixed lines."""
_MOST: Final = 50


@frozen
class Speakers:
    """All speakers that can be chosen for one statement."""

    index: NameIndex
    """All sources, by name."""
    author: str | None = None
    """Name of the document's author, if it has one."""
    classes: Mapping[str, AttributionClass] = field(factory=dict)
    """The newest class of each source, by its id; the source cited last comes first."""

    @property
    def author_words(self) -> str:
        """The words for the author in the list."""
        return f"{self.author}, the author" if self.author else "the author"

    def class_of(self, source: Source) -> AttributionClass:
        """Return the newest class of *source*, else the one that its kind suggests."""
        return self.classes.get(source.id) or _CLASS_OF[source.kind]


@frozen
class Offer:
    """One line of the list."""

    id: str
    """Id of a source, or `AUTHOR`, `NOBODY` or `NEW`."""
    words: str
    note: str


def list_offers(speakers: Speakers, typed: str, chosen: str | None = None) -> list[Offer]:
    """Return the lines for the *typed* words, the best matches first.

    With nothing typed, the lines are the author, no source, and the sources cited last; the source
    *chosen*, an id, is always among them. A full match comes first. A new source comes last, so
    that none is added by mistake.
    """
    fixed = [
        Offer(AUTHOR, visible(speakers.author_words), "no source is needed"),
        Offer(NOBODY, _NOBODY_WORDS, "“it seems”, “as everybody knows”"),
    ]
    if not typed:
        recent = list(_by_recency(speakers))
        more = [s for s in speakers.index.sources if s.id == chosen and s not in recent]
        return [*fixed, *map(_known, [*more, *recent])]
    found = completions(speakers.index, typed, _MOST)
    known = list(map(_known, found))
    # Readers also type "nobody"; it must not become a new source of that name.
    names = {AUTHOR: speakers.author_words, NOBODY: f"{_NOBODY_WORDS} nobody"}
    first = [o for o in fixed if _is_whole(typed, names[o.id])]
    rest = [o for o in fixed if o not in first and _begins(typed, names[o.id])]
    is_known = any(s.name.casefold() == typed.casefold() for s in found)
    new = [] if is_known else [Offer(NEW, f"new source: {visible(typed)}", "")]
    return [*first, *known, *rest, *new]


def classes_of(chosen: str) -> list[AttributionClass]:
    """Return the classes possible for *chosen*, the id of an offer."""
    if chosen == AUTHOR:
        return list(AUTHOR_CLASSES)
    return [c for c in CLASS_WORDS if chosen != NOBODY or c in CLASSES_WITHOUT_CHAIN]


def offer_id_from(attribution: Attribution) -> str:
    """Return the id of the offer that *attribution* was made from."""
    if attribution.chain:
        return attribution.chain[-1]
    return AUTHOR if attribution.class_ in AUTHOR_CLASSES else NOBODY


def speaker_of(chosen: str) -> Speaker:
    """Return the kind of speaker that *chosen*, the id of an offer, is."""
    return "author" if chosen == AUTHOR else "nobody" if chosen == NOBODY else "source"


def guess_class(speakers: Speakers, chosen: str, name: str) -> AttributionClass | None:
    """Return the probable class of a source; None for the author and for no source."""
    if chosen in {AUTHOR, NOBODY}:
        return None
    if chosen == NEW:
        return guess_class_from_name(name)
    return next(speakers.class_of(s) for s in speakers.index.sources if s.id == chosen)


def newest_class_by_source(
    attributions: Sequence[Attribution], elsewhere: Mapping[str, AttributionClass]
) -> dict[str, AttributionClass]:
    """Return the newest class of each source: in *attributions*, else *elsewhere*.

    Args:
        attributions: The attributions of the open document, the oldest first.
        elsewhere: The classes of sources in the database, the source cited last first.
    """
    cited = [a for a in reversed(attributions) if a.chain]
    own: dict[str, AttributionClass] = {}
    for each in cited:
        own.setdefault(each.chain[-1], each.class_)
    return own | {id_: class_ for id_, class_ in elsewhere.items() if id_ not in own}


def _by_recency(speakers: Speakers) -> Iterator[Source]:
    by_id = {s.id: s for s in speakers.index.sources}
    recent = [by_id[id_] for id_ in speakers.classes if id_ in by_id]
    seen = {s.id for s in recent}
    yield from [*recent, *(s for s in speakers.index.sources if s.id not in seen)][:_MOST]


def _known(source: Source) -> Offer:
    return Offer(source.id, visible(source.name), source.kind)


def _is_whole(typed: str, words: str) -> bool:
    """Return whether *words* contain all typed words, and these say more than "the source"."""
    own = fingerprint(words).split()
    wanted = fingerprint(typed).split()
    return bool(wanted) and set(wanted) <= set(own) and not set(wanted) <= _WEAK_WORDS


def _begins(typed: str, words: str) -> bool:
    own, wanted = fingerprint(words).split(), fingerprint(typed).split()
    return all(any(name.startswith(word) for name in own) for word in wanted)
