"""Rubrics: criteria in blocks, each level of each criterion in words. Data, not code."""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from .faults import Fault, id_faults, raise_any, text_faults, word_faults
from .vocabulary import DEFAULT_RUBRIC, KINDS, NATURES, STATES, Answer, Nature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .statement import Statement

FEWEST_LEVELS: Final = 2
MOST_LEVELS: Final = 7
BEST: Final = 100
"""The highest score of a block; the lowest is 0."""
_BASE: Final = "evidence"
"""The name of the base block in grades under the default rubric."""
GRADE_KEYS: Final = frozenset(
    {
        "statement", "id", "text", "assessor", "rubric", "version", "answers",
        "grade", "state", "range", "limited_by", "sensitivity", "lift",
    }
)  # fmt: skip
"""Keys of a grade in JSON that no block may have as its id, since blocks are keys there too."""
RATED_TYPES: Final = ("source", "document")
"""Types besides the kinds of statements that a rubric may apply to."""


@frozen
class Criterion:
    """One question, with a sentence for each level of the answer."""

    id: str
    title: str
    weight: float
    levels: tuple[str, ...]
    """A description of level 0, of level 1 and so on; two to seven sentences."""
    reference: str | None = None
    not_applicable_when: str | None = None
    """When the criterion does not apply: advice in words, not a rule."""

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.levels) - 1


@frozen
class Cap:
    """A limit: a block's band is at most `band` if `criterion` is rated `at_most` or lower."""

    criterion: str
    at_most: int
    band: str


@frozen
class Block:
    """Criteria that make up one score."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]
    caps: tuple[Cap, ...] = ()


@frozen
class Implication:
    """An answer, or a nature of the claim, that makes criteria not applicable."""

    criterion: str | None = None
    answer: int | None = None
    nature: tuple[Nature, ...] = ()
    not_applicable: tuple[str, ...] = ()
    not_applicable_block: str | None = None


@frozen
class Limit:
    """A limit: the base block's band is at most `raised_by` bands above that of `block`."""

    block: str
    raised_by: int


@frozen
class Combination:
    """The rule that combines the bands of the blocks into the grade."""

    base: str
    limits: tuple[Limit, ...] = ()


@frozen
class Rubric:
    """Criteria in blocks, with bands, caps, implied states and a rule of combination."""

    type = "rubric"

    id: str
    version: str
    title: str
    blocks: tuple[Block, ...] = field(repr=False)
    bands: tuple[str, ...]
    """The names of the bands, from the lowest to the highest; only a cap leads to the lowest."""
    cuts: tuple[float, ...]
    """The lowest score, 0 to 100, of each band except the lowest."""
    combination: Combination
    applies_to: tuple[str, ...] = ("claim",)
    """Kinds of statement, and `source` and `document`."""
    instructions: tuple[str, ...] = field(default=(), repr=False)
    minimum_coverage: float = 0.6
    states: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """The meaning, in words, of each state that is not a number."""
    implies: tuple[Implication, ...] = field(default=(), repr=False)

    def __attrs_post_init__(self) -> None:
        raise_any(self._faults())

    @property
    def name(self) -> str:
        """The id and version, as ID@VERSION."""
        return f"{self.id}@{self.version}"

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """All criteria by id, in the order of the blocks."""
        return {criterion.id: criterion for block in self.blocks for criterion in block.criteria}

    @property
    def base_name(self) -> str:
        """The name of the base block where it limits a grade: `evidence` in the default rubric.

        In any other rubric it is the id of the block, as for every block.
        """
        return _BASE if self.id == DEFAULT_RUBRIC else self.combination.base

    def answer_fault(self, criterion: str, answer: Answer) -> Fault | None:
        """Return a fault if *answer* is not a possible answer to *criterion*."""
        known = self.criteria.get(criterion)
        if known is None:
            reason = f"{criterion!r} is not a criterion of {self.id} {self.version}"
            return Fault("criterion", f"{reason}; it has {', '.join(self.criteria)}")
        if isinstance(answer, int) and not 0 <= answer <= known.top:
            return Fault("answer", f"{answer} is not a level of {criterion}: use 0 to {known.top}")
        return None

    def applies(self, target: Statement | str) -> bool:
        """Return whether *target*, a statement or `source` or `document`, can be rated under it."""
        name = target if isinstance(target, str) else target.kind
        return name in self.applies_to

    def _faults(self) -> Iterator[Fault]:
        yield from id_faults("id", self.id)
        for key in ("version", "title"):
            yield from text_faults(key, getattr(self, key), required=True)
        for name in self.applies_to:
            yield from word_faults("applies_to", name, (*KINDS, *RATED_TYPES))
        for state, _ in self.states:
            yield from word_faults("states", state, STATES)
        if not 0 < self.minimum_coverage <= 1:
            yield Fault("minimum_coverage", f"{self.minimum_coverage} is not above 0 and at most 1")
        yield from self._band_faults()
        yield from self._block_faults()
        yield from self._rule_faults()

    def _band_faults(self) -> Iterator[Fault]:
        for n, band in enumerate(self.bands):
            yield from text_faults(f"bands[{n}]", band, required=True)
        if len(set(self.bands)) != len(self.bands) or len(self.bands) < FEWEST_LEVELS:
            yield Fault("bands", "needs at least two different names")
        if len(self.cuts) != len(self.bands) - 1:
            yield Fault("cuts", f"has {len(self.cuts)}; every band except the lowest needs one")
        rising = list(self.cuts) == sorted(set(self.cuts)) and self.cuts[:1] == (0,)
        if not rising or not all(0 <= cut <= BEST for cut in self.cuts):
            yield Fault("cuts", f"must start at 0 and rise to at most {BEST}")

    def _block_faults(self) -> Iterator[Fault]:
        seen: set[str] = set()
        if not self.blocks:
            yield Fault("blocks", "is empty: a rubric needs at least one")
        for b, block in enumerate(self.blocks):
            place = f"blocks[{b}]"
            yield from _unique_id_faults(f"{place}.id", block.id, seen)
            if block.id in GRADE_KEYS:
                yield Fault(
                    f"{place}.id", f"{block.id!r} is a key of every grade; choose another id"
                )
            own = {criterion.id: criterion for criterion in block.criteria}
            if not own:
                yield Fault(f"{place}.criteria", "is empty: a block needs at least one")
            for c, criterion in enumerate(block.criteria):
                yield from _criterion_faults(f"{place}.criteria[{c}]", criterion, seen)
            for c, cap in enumerate(block.caps):
                yield from _cap_faults(f"{place}.caps[{c}]", cap, own, self.bands)

    def _rule_faults(self) -> Iterator[Fault]:
        blocks = [block.id for block in self.blocks]
        for n, rule in enumerate(self.implies):
            place = f"implies[{n}]"
            for name in rule.not_applicable:
                yield from word_faults(f"{place}.not_applicable", name, self.criteria)
                if name == rule.criterion:
                    yield Fault(
                        f"{place}.not_applicable", f"{name!r} cannot make itself not applicable"
                    )
            yield from word_faults(
                f"{place}.not_applicable_block", rule.not_applicable_block, blocks
            )
            for nature in rule.nature:
                yield from word_faults(f"{place}.nature", nature, NATURES)
            if rule.criterion is None and not rule.nature:
                yield Fault(place, "needs a criterion with an answer, or a nature")
            elif rule.criterion is not None:
                fault = self.answer_fault(
                    rule.criterion, -1 if rule.answer is None else rule.answer
                )
                if fault:
                    yield Fault(f"{place}.{fault.path}", fault.reason)
        yield from word_faults("combination.base", self.combination.base, blocks)
        seen = {self.combination.base}
        for n, limit in enumerate(self.combination.limits):
            place = f"combination.limits[{n}].block"
            yield from word_faults(place, limit.block, blocks)
            if limit.block == self.base_name != self.combination.base:
                yield Fault(
                    place, f"{limit.block!r} is the base block's name in a grade; choose another id"
                )
            if limit.block in seen:
                yield Fault(place, f"{limit.block!r} is already in the combination")
            seen.add(limit.block)


def _unique_id_faults(path: str, name: str, seen: set[str]) -> Iterator[Fault]:
    yield from id_faults(path, name)
    if name in seen:
        yield Fault(path, f"{name!r} is used twice")
    seen.add(name)


def _criterion_faults(path: str, criterion: Criterion, seen: set[str]) -> Iterator[Fault]:
    yield from _unique_id_faults(f"{path}.id", criterion.id, seen)
    yield from text_faults(f"{path}.title", criterion.title, required=True)
    if not 0 < criterion.weight < inf:
        yield Fault(f"{path}.weight", f"{criterion.weight:g} is not a number above 0")
    if not FEWEST_LEVELS <= len(criterion.levels) <= MOST_LEVELS:
        yield Fault(
            f"{path}.levels", f"has {len(criterion.levels)}; a criterion needs two to seven"
        )
    for n, sentence in enumerate(criterion.levels):
        yield from text_faults(f"{path}.levels[{n}]", sentence, required=True)


def _cap_faults(
    path: str, cap: Cap, criteria: dict[str, Criterion], bands: Collection[str]
) -> Iterator[Fault]:
    yield from word_faults(f"{path}.criterion", cap.criterion, criteria)
    yield from word_faults(f"{path}.band", cap.band, bands)
    known = criteria.get(cap.criterion)
    if known and not 0 <= cap.at_most < known.top:
        yield Fault(f"{path}.at_most", f"{cap.at_most} is not a level from 0 to {known.top - 1}")
