"""Random rubrics and random answers, for tests of grading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from argmap.model.rubric import Block, Cap, Combination, Criterion, Implication, Limit, Rubric
from argmap.model.vocabulary import NATURES, STATES
from argmap.records.encode import record_from_rubric
from argmap.rubrics import shipped_rubrics

if TYPE_CHECKING:
    from argmap.model.vocabulary import Answer

BANDS = ("Bottom", "Low", "Middle", "High")
SHIPPED = {rubric.id: rubric for rubric in shipped_rubrics()}

natures = st.sampled_from([None, *NATURES])
shipped = st.sampled_from(list(SHIPPED.values()))


def content_of(rubric: Rubric) -> dict[str, Any]:
    """Return *rubric* as plain JSON."""
    content: dict[str, Any] = json.loads(json.dumps(record_from_rubric(rubric)))
    return content


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Return a rubric with one to three blocks; any except the first may limit it."""
    blocks = tuple(draw(_blocks(f"b{n}")) for n in range(draw(st.integers(1, 3))))
    limits = [
        Limit(block.id, draw(st.integers(0, 2))) for block in blocks[1:] if draw(st.booleans())
    ]
    cuts = sorted(draw(st.sets(st.integers(1, 100), min_size=2, max_size=2)))
    criteria = [criterion for block in blocks for criterion in block.criteria]
    return Rubric(
        "random", "1", "Random", blocks, BANDS, (0, *cuts), Combination("b0", tuple(limits)),
        minimum_coverage=draw(st.sampled_from([0.25, 0.6, 1.0])),
        implies=tuple(draw(st.lists(_implications(criteria, blocks), max_size=3))),
    )  # fmt: skip


@st.composite
def _blocks(draw: st.DrawFn, id_: str) -> Block:
    criteria = tuple(
        Criterion(
            f"{id_}c{n}", "C", draw(st.integers(1, 40)),
            tuple(f"level {level}" for level in range(draw(st.integers(2, 7)))),
        )
        for n in range(draw(st.integers(1, 4)))
    )  # fmt: skip
    caps = [
        Cap(c.id, draw(st.integers(0, c.top - 1)), draw(st.sampled_from(BANDS)))
        for c in criteria
        for _ in range(draw(st.integers(0, 2)))
    ]
    return Block(id_, id_.upper(), criteria, tuple(caps))


@st.composite
def _implications(
    draw: st.DrawFn, criteria: list[Criterion], blocks: tuple[Block, ...]
) -> Implication:
    if draw(st.booleans()):
        block = draw(st.sampled_from(blocks)).id
        return Implication(nature=("value",), not_applicable_block=block)
    cause = draw(st.sampled_from(criteria))
    others = [c.id for c in criteria if c is not cause]
    implied = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    return Implication(cause.id, draw(st.integers(0, cause.top)), (), tuple(implied))


@st.composite
def answers_to(draw: st.DrawFn, rubric: Rubric) -> dict[str, Answer]:
    """Return answers to some criteria of *rubric*, levels more often than states."""
    found: dict[str, Answer] = {}
    for criterion in rubric.criteria.values():
        what = draw(st.integers(0, 9))
        if what < len(STATES):
            found[criterion.id] = STATES[what]
        elif what > len(STATES):
            found[criterion.id] = draw(st.integers(0, criterion.top))
    return found


@st.composite
def judged(
    draw: st.DrawFn, of: st.SearchStrategy[Rubric] | None = None
) -> tuple[Rubric, dict[str, Answer]]:
    """Return a rubric, shipped or random, with answers to it."""
    rubric = draw(of or st.one_of(shipped, rubrics()))
    return rubric, draw(answers_to(rubric))
