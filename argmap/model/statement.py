"""Statements, and the inferences between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .faults import Fault, id_faults, order_faults, raise_any, text_faults, word_faults
from .vocabulary import KINDS, NATURES, STANCES, Kind, Nature, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Passage


@frozen
class Statement:
    """One proposition in the analyst's words."""

    type = "statement"

    id: str
    document: str
    """The id of the document that the statement belongs to."""
    kind: Kind
    text: str
    label: str
    """Its short name, such as C1; unique among the document's statements and inferences."""
    passages: tuple[Passage, ...] = ()
    """The passages that say it; none if the analyst supplied it."""
    nature: Nature | None = None
    """Given for claims only."""
    main: bool = False
    """True for the document's main claim."""
    main_item: str | None = None
    """Claims only: the id of the evidence that the text relies on most."""
    stated: bool | None = None
    """Assumptions only, and then never None: whether the text states the assumption."""
    note: str | None = None
    tags: tuple[str, ...] = ()
    order: int | None = None
    """The place among the roots of the map, from 1. Roots without one come last, by label."""

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from (
            *id_faults("id", self.id),
            *id_faults("label", self.label),
            *word_faults("kind", self.kind, KINDS),
            *word_faults("nature", self.nature, NATURES),
            *text_faults("text", self.text, required=True),
            *text_faults("note", self.note),
        )
        if isinstance(self.tags, tuple):
            for n, tag in enumerate(self.tags):
                yield from text_faults(f"tags[{n}]", tag, required=True)
        else:
            yield Fault("tags", f"must be a tuple of strings, not {self.tags!r}")
        yield from order_faults(self.order)
        if self.kind != "claim" and (self.nature or self.main or self.main_item):
            for key in ("nature", "main", "main_item"):
                if getattr(self, key):
                    yield Fault(
                        key, f"applies to claims only, and this is {_with_article(self.kind)}"
                    )
        if self.kind != "assumption" and self.stated is not None:
            yield Fault(
                "stated", f"applies to assumptions only, and this is {_with_article(self.kind)}"
            )
        if self.kind == "assumption" and self.stated is None:
            yield Fault("stated", "is missing: say whether the text states the assumption")
        if self.main_item == self.id:
            yield Fault("main_item", "names the claim itself; name an item of evidence")


@frozen
class Inference:
    """An inference to a conclusion from one or more premises, which work only together."""

    type = "inference"

    id: str
    document: str
    premises: tuple[str, ...]
    """Ids of statements, sorted, each once."""
    conclusion: str
    """The id of a statement, or of an inference; to oppose an inference is to undercut it."""
    stance: Stance
    label: str
    scheme: str | None = None
    """The name of an argumentation scheme, such as `expert opinion`."""
    note: str | None = None
    order: int | None = None
    """The place among the inferences to the same conclusion, of either stance, from 1. Inferences
    without one come last, by label.
    """

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from (
            *id_faults("id", self.id),
            *id_faults("label", self.label),
            *word_faults("stance", self.stance, STANCES),
            *text_faults("scheme", self.scheme),
            *text_faults("note", self.note),
            *order_faults(self.order),
        )
        if not self.premises:
            yield Fault("premises", "is empty: an inference needs at least one")
        elif len(self.premises) > 1 and list(self.premises) != sorted(set(self.premises)):
            yield Fault("premises", "names one statement twice or is not sorted")
        if self.conclusion in self.premises:
            yield Fault("conclusion", "is one of its own premises")
        if self.conclusion == self.id:
            yield Fault("conclusion", "names the inference itself")


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind == "assumption" else kind if kind == "evidence" else f"a {kind}"
