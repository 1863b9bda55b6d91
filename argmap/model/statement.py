"""Propositions, and the inferences that lead from some of them to others."""

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
    """The id of the document that it is about."""
    kind: Kind
    text: str
    label: str
    """Its short name, such as C1, of its own among the document's statements and inferences."""
    passages: tuple[Passage, ...] = ()
    """Where the document says it; none for what the analyst supplied."""
    nature: Nature | None = None
    """Of a claim only."""
    main: bool = False
    """True for the document's main claim."""
    main_item: str | None = None
    """Of a claim only: the id of the evidence that the text leans on most for it."""
    stated: bool | None = None
    """Of an assumption only: whether the text says it; never None there."""
    note: str | None = None
    tags: tuple[str, ...] = ()
    order: int | None = None
    """Its place among the roots of the map, from 1; without one it comes last, by its label."""

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
            yield Fault("tags", f"must be a tuple of texts, not {self.tags!r}")
        yield from order_faults(self.order)
        if self.kind != "claim" and (self.nature or self.main or self.main_item):
            for key in ("nature", "main", "main_item"):
                if getattr(self, key):
                    yield Fault(key, f"belongs to claims, and this is {_a(self.kind)}")
        if self.kind != "assumption" and self.stated is not None:
            yield Fault("stated", f"belongs to assumptions, and this is {_a(self.kind)}")
        if self.kind == "assumption" and self.stated is None:
            yield Fault("stated", "is missing: an assumption is stated in the text or it is not")
        if self.main_item == self.id:
            yield Fault("main_item", "is the claim itself")


@frozen
class Inference:
    """An inference from one or more premises, which work only together, to a conclusion."""

    type = "inference"

    id: str
    document: str
    premises: tuple[str, ...]
    """Ids of statements, sorted, each once."""
    conclusion: str
    """The id of a statement, or of an inference (to oppose one is to undercut it)."""
    stance: Stance
    label: str
    scheme: str | None = None
    """The name of an argumentation scheme, such as `expert opinion`."""
    note: str | None = None
    order: int | None = None
    """Its place among the inferences to its conclusion, from 1, of whichever stance they are;
    without one it comes last, by its label."""

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
            yield Fault("conclusion", "is the inference itself")


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "assumption" else kind if kind == "evidence" else f"a {kind}"
