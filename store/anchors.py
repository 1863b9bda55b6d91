"""Anchor a record's quotes and offsets in its document's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define

from argmap.anchoring import MOST_EFFORT, Wanted, effort, loose_passage, nearest, passage_for
from argmap.model.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.document import Passage

_KEYS: Final = ("quote", "prefix", "start", "end")
_MOST_GUESSES: Final = 1000
"""Quotes that are not in the text and whose closest passage is looked for."""

_MOST_EFFORT: Final = 20 * MOST_EFFORT
"""Pairs of characters that are compared for guesses; a thousand guesses in most documents."""


@define
class Anchors:
    """Finds passages; of quotes that are not there it names the closest."""

    is_loose: bool = False
    """True where a unique near match is taken for the quote."""
    guesses: int = _MOST_GUESSES
    _effort: int = 0

    def anchor(self, given: dict[str, Any], text: str, changed: list[str]) -> list[Fault]:
        """Replace the keys of *given* that say where a statement stands by its passages.

        What was taken loosely is added to *changed*, in words. Where a passage
        is not to be found, the faults are returned and there are no passages.
        """
        said = without_places(given)
        if not said:
            return []
        wanted, faults = _wanted(said)
        found: list[Passage] = []
        for n, one in enumerate(wanted):
            path = "quote" if not isinstance(said.get("quote"), list) else f"quote[{n}]"
            passage = passage_for(one, text, path)
            if isinstance(passage, Fault):
                passage = self._near(one, text, passage, changed)
            if isinstance(passage, Fault):
                faults.append(_numbered(passage, n, said))
            else:
                found.append(passage)
        if not faults:
            given["passages"] = tuple(found)
        return faults

    def _near(self, wanted: Wanted, text: str, fault: Fault, changed: list[str]) -> Passage | Fault:
        """Return a near match if that is asked for, else *fault* with the closest passage."""
        quote = wanted.quote
        if quote is None or wanted.start is not None or wanted.end is not None or quote in text:
            return Fault(fault.path, fault.reason, "quote")
        if self.is_loose and (near := loose_passage(quote, text)):
            changed.append(f"{fault.path}: {quote!r} became {near.words!r}")
            return near
        reason = fault.reason
        if self.guesses > 0 and self._effort < _MOST_EFFORT:
            self.guesses -= 1
            self._effort += min(effort(quote, text), MOST_EFFORT)
            if best := nearest(quote, text):
                place = f"{best.passage.start} to {best.passage.end}"
                words = best.passage.words
                reason += f"; closest is {words!r} at {place}, {best.likeness:.0%} alike"
        return Fault(fault.path, reason, "quote")


def _numbered(fault: Fault, number: int, said: dict[str, Any]) -> Fault:
    """Return *fault* with the number of its passage, where that is one of a list."""
    if isinstance(said.get(fault.path), list):
        return Fault(f"{fault.path}[{number}]", fault.reason, fault.kind)
    return fault


def without_places(given: dict[str, Any]) -> dict[str, Any]:
    """Take the keys that say where a statement stands out of *given*, and return them."""
    return {key: given.pop(key) for key in _KEYS if key in given}


def _wanted(said: dict[str, Any]) -> tuple[list[Wanted], list[Fault]]:
    """Return what is said of each passage, from single values or parallel lists."""
    lists = {k: v if isinstance(v, list) else [] if v is None else [v] for k, v in said.items()}
    lengths = {k: len(v) for k, v in lists.items() if said[k] is not None}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{k} has {n}" for k, n in lengths.items())
        return [], [Fault(next(iter(lengths)), f"the lists are not parallel: {told}", "quote")]
    count = max(lengths.values(), default=0)
    rows: Iterator[dict[str, Any]] = (
        {k: v[n] for k, v in lists.items() if v} for n in range(count)
    )
    return [Wanted(**row) for row in rows], []
