"""The rules that a rubric keeps."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from support.strategies.maps import RUBRIC, small_map

from argmap.errors import ModelError
from argmap.model.rubric import RATED_TYPES, Cap, Implication, Limit

FIRST = RUBRIC.blocks[0]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"bands": ("Low",), "cuts": ()}, "bands"),
        ({"bands": ("Low", "Low"), "cuts": (0,)}, "bands"),
        ({"cuts": (0, 40)}, "cuts"),
        ({"cuts": (0, 60, 40, 80)}, "cuts"),
        ({"cuts": (10, 40, 60, 80)}, "cuts"),
        ({"cuts": (0, 40, 60, 101)}, "cuts"),
        ({"cuts": (0, 40, 60, float("nan"))}, "cuts"),
        ({"bands": ("Low", "", "High"), "cuts": (0, 50)}, "bands[1]"),
        ({"minimum_coverage": 0.0}, "minimum_coverage"),
        ({"applies_to": ("rumour",)}, "applies_to"),
        ({"blocks": ()}, "blocks"),
        ({"blocks": (*RUBRIC.blocks, FIRST)}, "blocks[2].id"),
        ({"implies": (Implication(),)}, "implies[0]"),
        ({"implies": (Implication("directness", 9),)}, "implies[0].answer"),
        ({"implies": (Implication("beauty", 1),)}, "implies[0].criterion"),
        ({"implies": (Implication("fit", 1, (), ("beauty",)),)}, "implies[0].not_applicable"),
        ({"implies": (Implication("fit", 1, (), ("fit",)),)}, "implies[0].not_applicable"),
        ({"blocks": (evolve(FIRST, id="grade"), RUBRIC.blocks[1])}, "blocks[0].id"),
        ({"combination": evolve(RUBRIC.combination, base="none")}, "combination.base"),
        ({"combination": evolve(RUBRIC.combination, limits=(Limit("evidence_quality", 1),))},
         "combination.limits[0].block"),
        ({"blocks": (FIRST, evolve(RUBRIC.blocks[1], id="evidence")),
          "combination": evolve(RUBRIC.combination, limits=(Limit("evidence", 1),))},
         "combination.limits[0].block"),
        ({"combination": evolve(RUBRIC.combination, limits=(Limit("none", 1),))},
         "combination.limits[0].block"),
        ({"blocks": (evolve(FIRST, caps=(Cap("fit", 4, "Weak"),)), RUBRIC.blocks[1])},
         "blocks[0].caps[0].at_most"),
        ({"blocks": (evolve(FIRST, caps=(Cap("fit", 0, "Bad"),)), RUBRIC.blocks[1])},
         "blocks[0].caps[0].band"),
    ],
)  # fmt: skip
def test_a_rubric_that_breaks_a_rule_is_refused(values: dict[str, Any], path: str) -> None:
    with pytest.raises(ModelError) as caught:
        evolve(RUBRIC, **values)
    assert path in {fault.path for fault in caught.value.faults}


def test_a_criterion_has_two_to_seven_levels_and_a_weight() -> None:
    few = evolve(FIRST.criteria[0], levels=("no",), weight=0)
    with pytest.raises(ModelError) as caught:
        evolve(RUBRIC, blocks=(evolve(FIRST, criteria=(few,), caps=()), RUBRIC.blocks[1]))
    paths = {fault.path for fault in caught.value.faults}
    assert {"blocks[0].criteria[0].levels", "blocks[0].criteria[0].weight"} <= paths


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
def test_a_weight_is_a_number_above_0(weight: float) -> None:
    weighed = evolve(FIRST.criteria[0], weight=weight)
    with pytest.raises(ModelError, match=r"criteria\[0\]\.weight"):
        evolve(RUBRIC, blocks=(evolve(FIRST, criteria=(weighed, *FIRST.criteria[1:])),))


def test_the_default_rubric_is_for_claims_alone() -> None:
    targets: list[Any] = [*small_map().ordered_statements, *RATED_TYPES]
    assert [RUBRIC.applies(t) for t in targets] == [True, True, False, False, False, False]
