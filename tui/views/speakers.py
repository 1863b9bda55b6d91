"""Who may be said to say a statement: the author, nobody, sources that are known, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from argmap.model.vocabulary import CLASSES_WITHOUT_CHAIN
from argmap.text.display import visible
from argmap.text.name_similarity import completions, fingerprint

from .cues import class_for

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
"""What each class is called in the list, and the kind of a source that is new with it."""

AUTHORS: Final[tuple[AttributionClass, ...]] = ("author_assertion", "firsthand_author")
"""How an author can say something in their own text."""

AUTHOR: Final = "\nauthor"
NOBODY: Final = "\nnobody"
NEW: Final = "\nnew"
"""What takes the place of a source's id; ids have no line ends."""

_NOBODY_WORDS: Final = "nobody is named"
_CLASS_OF: Final[dict[SourceKind, AttributionClass]] = {
    "person": "named_person",
    "organisation": "named_organisation",
    "document": "named_document",
    "outlet": "named_organisation",
    "unnamed": "unnamed_role",
    "vague": "vague_report",
}
_MOST: Final = 50


@frozen
class Speakers:
    """Everybody who can be chosen for one statement."""

    index: NameIndex
    """All sources, by name."""
    author: str | None = None
    """The name of the document's author, if it has one."""
    classes: Mapping[str, AttributionClass] = field(factory=dict)
    """How sources were named last, by their ids, the one that was cited last first."""

    @property
    def author_words(self) -> str:
        """What the author is called in the list."""
        return f"{self.author}, the author" if self.author else "the author"

    def class_of(self, source: Source) -> AttributionClass:
        """Return how *source* was named last, else what its kind suggests."""
        return self.classes.get(source.id) or _CLASS_OF[source.kind]


@frozen
class Offer:
    """One line of the list."""

    id: str
    """A source's, or `AUTHOR`, `NOBODY` or `NEW`."""
    words: str
    note: str


def offers(speakers: Speakers, typed: str, chosen: str | None = None) -> list[Offer]:
    """Return who is offered for what is *typed*, the likeliest first.

    With nothing typed that is the author, nobody, and the sources that were cited last. What is
    typed in full comes first; a new source comes last, so that nobody makes one by mistake.
    The source *chosen*, an id, is among them in any case.
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
    names = {AUTHOR: speakers.author_words, NOBODY: _NOBODY_WORDS}
    first = [o for o in fixed if _is_whole(typed, names[o.id])]
    rest = [o for o in fixed if o not in first and _begins(typed, names[o.id])]
    is_known = any(s.name.casefold() == typed.casefold() for s in found)
    new = [] if is_known else [Offer(NEW, f"new source: {visible(typed)}", "")]
    return [*first, *known, *rest, *new]


def classes_of(chosen: str) -> list[AttributionClass]:
    """Return the classes that *chosen*, the id of an offer, can have."""
    if chosen == AUTHOR:
        return list(AUTHORS)
    return [c for c in CLASS_WORDS if chosen != NOBODY or c in CLASSES_WITHOUT_CHAIN]


def chosen_by(attribution: Attribution) -> str:
    """Return the id of the offer that *attribution* was made from."""
    if attribution.chain:
        return attribution.chain[-1]
    return AUTHOR if attribution.class_ in AUTHORS else NOBODY


def speaker_of(chosen: str) -> Speaker:
    """Return whose reporting words belong to *chosen*, the id of an offer."""
    return "author" if chosen == AUTHOR else "nobody" if chosen == NOBODY else "source"


def guessed_class(speakers: Speakers, chosen: str, name: str) -> AttributionClass | None:
    """Return how a source is probably named; None for the author and nobody, who are none."""
    if chosen in {AUTHOR, NOBODY}:
        return None
    if chosen == NEW:
        return class_for(name)
    return next(speakers.class_of(s) for s in speakers.index.sources if s.id == chosen)


def classes_used(
    attributions: Sequence[Attribution], elsewhere: Mapping[str, AttributionClass]
) -> dict[str, AttributionClass]:
    """Return how each source was named last: in *attributions*, else *elsewhere*.

    Args:
        attributions: Those of the open document, the oldest first.
        elsewhere: How the database names sources, the one that was cited last first.
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
    """Tell whether every word that is typed is one of *words*, and not only “the” or “is”."""
    own = fingerprint(words).split()
    wanted = fingerprint(typed).split()
    return bool(wanted) and set(wanted) <= set(own) and not set(wanted) <= {"is", "the", "named"}


def _begins(typed: str, words: str) -> bool:
    own, wanted = fingerprint(words).split(), fingerprint(typed).split()
    return all(any(name.startswith(word) for name in own) for word in wanted)
