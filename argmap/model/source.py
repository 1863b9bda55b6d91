"""Sources, and the attributions that name them as the speakers of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .faults import Fault, date_faults, id_faults, raise_any, text_faults, word_faults
from .vocabulary import (
    ACCESSES,
    ATTRIBUTION_CLASSES,
    CERTAINTIES,
    CLASSES_WITHOUT_CHAIN,
    SOURCE_KINDS,
    Access,
    AttributionClass,
    Certainty,
    SourceKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen
class Source:
    """A person, body, document or outlet, or an unnamed voice."""

    type = "source"

    id: str
    name: str
    kind: SourceKind
    url: str | None = None
    description: str | None = None
    interest: str | None = None
    """The source's stake in the matter."""
    derives_from: tuple[str, ...] = ()
    """Ids of the sources that it took its content from, sorted."""
    same_origin: tuple[str, ...] = ()
    """Ids of the sources that share an origin with it, sorted."""

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from id_faults("id", self.id)
        yield from text_faults("name", self.name, required=True)
        yield from word_faults("kind", self.kind, SOURCE_KINDS)
        for key in ("url", "description", "interest"):
            yield from text_faults(key, getattr(self, key))
        for key in ("derives_from", "same_origin"):
            ids: tuple[str, ...] = getattr(self, key)
            if list(ids) != sorted(set(ids)):
                yield Fault(key, "names one source twice or is not sorted")


@frozen
class Attribution:
    """The sources reported to say a statement, the reporting words, and how the sources know.

    Source: PARC 3.0 and PolNeAR for source, cue and content; FactBank for
    keeping the text's certainty apart from the source's.
    """

    type = "attribution"

    id: str
    statement: str
    class_: AttributionClass
    """The class of the innermost speaker."""
    chain: tuple[str, ...] = ()
    """Ids of the sources, from the outermost to the innermost."""
    cue: str | None = None
    """The reporting words as written."""
    cue_start: int | None = None
    """The start of the cue in the document's text, in code points."""
    access: Access | None = None
    text_certainty: Certainty | None = None
    source_certainty: Certainty | None = None
    locator: str | None = None
    accessed: str | None = None
    """When the source was opened: a day, month or year."""
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from (
            *id_faults("id", self.id),
            *word_faults("class", self.class_, ATTRIBUTION_CLASSES),
            *word_faults("access", self.access, ACCESSES),
            *word_faults("text_certainty", self.text_certainty, CERTAINTIES),
            *word_faults("source_certainty", self.source_certainty, CERTAINTIES),
            *text_faults("cue", self.cue),
            *text_faults("locator", self.locator),
            *text_faults("note", self.note),
            *date_faults("accessed", self.accessed),
        )
        if not self.chain and self.class_ not in CLASSES_WITHOUT_CHAIN:
            yield Fault("chain", f"is empty: class {self.class_} needs at least one source")
        if self.cue_start is not None and self.cue is None:
            yield Fault("cue_start", "is given without a cue")
        elif self.cue_start is not None and self.cue_start < 0:
            yield Fault("cue_start", f"{self.cue_start} is negative; characters count from 0")


def cue_faults(attribution: Attribution, text: str) -> Iterator[Fault]:
    """Yield a fault if *text* does not have the cue at `cue_start`."""
    start, cue = attribution.cue_start, attribution.cue
    if start is None or cue is None:
        return
    there = text[start : start + len(cue)]
    if there != cue:
        yield Fault("cue_start", f"the text has {there!r} at {start}, not the cue {cue!r}")
