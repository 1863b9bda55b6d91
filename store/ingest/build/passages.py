"""Find the passages of a record's quotes and offsets in its document's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve

from argmap.model.document import Passage
from argmap.model.faults import Fault
from argmap.quotes.anchoring import (
    MOST_EFFORT,
    NOT_THERE,
    PassageSelector,
    estimate_effort,
    find_nearest,
    find_passage,
    find_sole_passage,
)
from argmap.quotes.look_alikes import describe_difference
from argmap.quotes.near_quotes import find_near_match
from argmap.text.decoding import normal_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.text.line_ends import LineEnds

_KEYS: Final = ("quote", "prefix", "start", "end")
_MOST_GUESSES: Final = 1000
"""Maximum number of missing quotes for which the closest passage is searched."""

_MOST_EFFORT: Final = 5 * MOST_EFFORT
"""Maximum effort for closest passages: a minute at worst, usually a thousand searches."""

_SMALL_EFFORT: Final = 2 * 10**7
"""Effort up to which a near match is always searched: 0.1 seconds at most."""

_MOST_VAIN_EFFORT: Final = 5 * MOST_EFFORT
"""Maximum effort for all larger searches that find nothing: some minutes at worst."""

_LOOKED_ENOUGH: Final = (
    "none was searched, because too many searches in this import found nothing; "
    "correct those quotes and import again"
)


@define
class PassageFinder:
    """Finds the passage of a quote, or the closest one if the quote is missing."""

    is_loose: bool = False
    """True to accept a unique near match of a quote."""
    guesses: int = _MOST_GUESSES
    _effort: int = 0
    _vain_effort: int = 0

    def anchor(
        self, given: dict[str, Any], text: str, changed: list[str], ends: LineEnds | None
    ) -> list[Fault]:
        """Replace a statement's quote and offset keys in *given* with its passages.

        Args:
            given: The keys of the statement; changed in place. No passages if any has a fault.
            text: The document's text as stored.
            changed: Gets a description of each quote that was accepted as a near match.
            ends: The characters that the text in the same file loses when stored, if any.

        Returns:
            A fault for each passage that was not found.
        """
        place_keys = pop_place_keys(given)
        if not place_keys:
            return []
        quote = place_keys.get("quote")
        # Most records give one quote and nothing else, so this path decides the speed of an
        # import.
        if len(place_keys) == 1 and isinstance(quote, str):
            only = find_sole_passage(quote, text)
            if only is not None:
                given["passages"] = (only,)
                return []
        wanted, faults = _wanted(place_keys)
        passages: list[Passage] = []
        for n, one in enumerate(wanted):
            path = "quote" if not isinstance(place_keys.get("quote"), list) else f"quote[{n}]"
            passage = passage_as_written(one, text, path, ends)
            if isinstance(passage, Fault):
                passage = self._near(one, text, passage, changed)
            if isinstance(passage, Fault):
                faults.append(_numbered(passage, n, place_keys))
            else:
                passages.append(passage)
        if not faults:
            given["passages"] = tuple(passages)
        return faults

    def _near(
        self, wanted: PassageSelector, text: str, fault: Fault, changed: list[str]
    ) -> Passage | Fault:
        """Return an accepted near match, else *fault* with the closest passage."""
        quote = wanted.quote
        if quote is None or fault.reason != NOT_THERE:
            return Fault(fault.path, fault.reason, "quote")
        reason = fault.reason
        refusal = ""
        if self.is_loose:
            near = self._loosely(quote, text, wanted.prefix)
            if isinstance(near, Passage):
                changed.append(f"{fault.path}: {quote!r} became {near.words!r}")
                return near
            refusal = f"; no near match: {near}"
        # A wrong column or the wrong document makes every quote miss. Without a limit, an import
        # of such a file would run for hours only to describe its faults.
        if self.guesses > 0 and self._effort < _MOST_EFFORT:
            self.guesses -= 1
            self._effort += min(estimate_effort(quote, text), MOST_EFFORT)
            if best := find_nearest(quote, text):
                place = f"{best.passage.start} to {best.passage.end}"
                words = best.passage.words
                reason += f"; closest is {words!r} at {place}, {int(100 * best.likeness)}% alike"
                if unlike := describe_difference(quote, words):
                    reason += f"; {unlike}"
        return Fault(fault.path, reason + refusal, "quote")

    def _loosely(self, quote: str, text: str, prefix: str | None) -> Passage | str:
        """Return a near match, or the reason why there is none.

        After too many fruitless searches it searches no more.
        """
        needed = min(estimate_effort(quote, text), MOST_EFFORT)
        # Small searches are always made, so that the outcome of a record rarely depends on the
        # searches for others.
        if needed > _SMALL_EFFORT and self._vain_effort > _MOST_VAIN_EFFORT:
            return _LOOKED_ENOUGH
        near = find_near_match(quote, text, prefix)
        if isinstance(near, Passage):
            return near
        self._vain_effort += needed if needed > _SMALL_EFFORT else 0
        return near.reason


def passage_as_written(
    wanted: PassageSelector, text: str, path: str, ends: LineEnds | None
) -> Passage | Fault:
    """Return the passage in the stored *text* for offsets in the file's own text.

    Offsets count code points in the text as the file writes it. If the words are found only at the
    same offsets of the stored text, those count instead.

    Args:
        wanted: The quote, prefix and offsets.
        text: The document's text as stored.
        path: The path for a fault.
        ends: The characters that the file's text loses when stored; None if offsets agree.
    """
    if ends is None or (wanted.start is None and wanted.end is None):
        return find_passage(wanted, text, path)
    start, end = (
        place if place is None else ends.stored_place(place) for place in (wanted.start, wanted.end)
    )
    stored = evolve(wanted, start=start, end=end)
    passage = find_passage(stored, text, path)
    if isinstance(passage, Fault) and stored != wanted:
        # Some tools count offsets in the text after normalising it. The quoted words prove that
        # reading; bare offsets prove nothing.
        other = find_passage(wanted, text, path) if wanted.quote is not None else passage
        if isinstance(other, Passage):
            return other
        note = "offsets count in the stored text, which has no \\r"
        return Fault(passage.path, f"{passage.reason} ({note})")
    return passage


def place_cue(
    given: dict[str, Any], known_cue: str | None, text: str, ends: LineEnds | None
) -> None:
    """Replace an attribution's cue with the text's own characters at `cue_start`.

    Args:
        given: The keys of the attribution; changed in place. A cue that is not found there stays.
        known_cue: The cue of the stored attribution.
        text: The document's text as stored.
        ends: As in `passage_as_written`.
    """
    if isinstance(given.get("cue"), str):
        given["cue"] = normal_lines(given["cue"])
    cue, start = given.get("cue", known_cue), given.get("cue_start")
    if start is None or not cue:
        return
    passage = passage_as_written(PassageSelector(cue, start=start), text, "cue", ends)
    if isinstance(passage, Passage):
        given |= {"cue_start": passage.start}
        if passage.words != cue or "cue" in given:
            given["cue"] = passage.words
    elif ends is not None:
        given["cue_start"] = ends.stored_place(start)


def _numbered(fault: Fault, number: int, place_keys: dict[str, Any]) -> Fault:
    """Return *fault* with its passage's number, if the passage is one of a list."""
    if isinstance(place_keys.get(fault.path), list):
        return Fault(f"{fault.path}[{number}]", fault.reason, fault.kind)
    return fault


def pop_place_keys(given: dict[str, Any]) -> dict[str, Any]:
    """Remove the quote, prefix and offset keys from *given* and return them."""
    return {key: given.pop(key) for key in _KEYS if key in given}


def _wanted(place_keys: dict[str, Any]) -> tuple[list[PassageSelector], list[Fault]]:
    """Return selectors from single values or parallel lists, and the faults."""
    lists = {
        k: v if isinstance(v, list) else [] if v is None else [v] for k, v in place_keys.items()
    }
    lengths = {k: len(v) for k, v in lists.items() if place_keys[k] is not None}
    if len(set(lengths.values())) > 1:
        counts = ", ".join(f"{k} has {n}" for k, n in lengths.items())
        return [], [Fault(next(iter(lengths)), f"the lists differ in length: {counts}", "quote")]
    count = max(lengths.values(), default=0)
    rows: Iterator[dict[str, Any]] = (
        {k: v[n] for k, v in lists.items() if v} for n in range(count)
    )
    return [PassageSelector(**row) for row in rows], []
