"""Rubrics as files: the shipped ones, and the messages about files with faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from argmap.errors import RubricError
from argmap.help.topics import topics
from argmap.model.map import newest_rubric
from argmap.records.encode import record_from_rubric
from argmap.records.rubric import rubric_from_toml, rubric_hash
from argmap.rubrics import shipped_rubrics

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric

SHIPPED = {rubric.name: rubric for rubric in shipped_rubrics()}
DEFAULT, QUICK = SHIPPED["evidence-attribution@1.1"], SHIPPED["quick-look@1.0"]
REFERENCES = Path(__file__).parents[2] / "shared" / "rubrics"

SOUND = """
id = "house"
version = "1"
title = "House style"
bands = ["Bad", "Good"]
cuts = [0]

[[blocks]]
id = "form"
title = "Form"
caps = [{ criterion = "clear", at_most = 0, band = "Bad" }]

[[blocks.criteria]]
id = "clear"
title = "Clear"
weight = 2
levels = ["no", "yes"]

[[blocks.criteria]]
id = "short"
title = "Short"
weight = 1
levels = ["no", "partly", "yes"]

[combination]
base = "form"
"""


def faults_of(text: str) -> str:
    with pytest.raises(RubricError) as caught:
        rubric_from_toml(text, "house.toml")
    return str(caught.value)


def levels_of(rubric: Rubric) -> dict[str, tuple[object, ...]]:
    return {c.id: (c.title, c.weight, c.levels, c.reference) for c in rubric.criteria.values()}


def test_the_default_rubric_is_shipped_in_two_versions_and_a_quick_look() -> None:
    assert list(SHIPPED) == [
        "evidence-attribution@1.0", "evidence-attribution@1.1", "quick-look@1.0"
    ]  # fmt: skip
    assert newest_rubric(shipped_rubrics()) is DEFAULT


@pytest.mark.skipif(not REFERENCES.exists(), reason="the references stand beside the project")
@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("evidence-attribution@1.0", "evidence-attribution.json"),
        ("evidence-attribution@1.1", "evidence-attribution-1.1.json"),
    ],
)
def test_the_default_rubric_is_the_reference_to_the_letter(name: str, file: str) -> None:
    own = json.loads(json.dumps(record_from_rubric(SHIPPED[name])))
    reference = json.loads((REFERENCES / file).read_text())
    assert {key: own[key] for key in own if key != "type"} == reference


def test_a_quick_look_asks_four_of_the_default_questions_in_the_same_words() -> None:
    asked = ["directness", "corroboration", "identification", "traceability"]
    assert list(QUICK.criteria) == asked
    assert levels_of(QUICK) == {name: levels_of(DEFAULT)[name] for name in asked}


def test_a_quick_look_combines_as_the_default_does() -> None:
    for name in ("bands", "cuts", "combination", "minimum_coverage", "states", "applies_to"):
        assert getattr(QUICK, name) == getattr(DEFAULT, name)
    for own, block in zip(QUICK.blocks, DEFAULT.blocks, strict=True):
        assert own.caps == tuple(cap for cap in block.caps if cap.criterion in QUICK.criteria)


def test_a_quick_look_implies_what_the_default_implies_of_its_questions() -> None:
    found = [(r.criterion, r.answer, r.nature, r.not_applicable) for r in QUICK.implies]
    assert found == [
        ("directness", 0, (), ("corroboration",)),
        ("identification", 0, (), ("traceability",)),
        (None, None, ("value", "definition"), ()),
    ]


def test_a_sound_file_is_a_rubric_with_a_hash_of_its_content() -> None:
    rubric = rubric_from_toml(SOUND, "house.toml")
    assert (rubric.id, rubric.criteria["short"].top) == ("house", 2)
    spaced = rubric_from_toml(SOUND.replace("weight = 2", "weight   = 2.0  # twice"), "b.toml")
    other = rubric_from_toml(SOUND.replace("weight = 2", "weight = 3"), "c.toml")
    assert rubric_hash(rubric) == rubric_hash(spaced) != rubric_hash(other)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("weight = 2\n", "", "blocks[0].criteria[0].weight", "is missing"),
        ("weight = 2\n", "weight = 0\n", "blocks[0].criteria[0].weight", "not a number above 0"),
        ("weight = 2\n", "weight = inf\n", "blocks[0].criteria[0].weight", "not a number above 0"),
        ("weight = 2\n", 'weight = "2"\n', "blocks[0].criteria[0].weight", "must be a number"),
        ('["no", "yes"]', '["no"]', "blocks[0].criteria[0].levels", "two to seven"),
        ('["no", "yes"]', str([*"abcdefgh"]), "blocks[0].criteria[0].levels", "two to seven"),
        ('criterion = "clear"', 'criterion = "loud"', "blocks[0].caps[0].criterion", "'loud'"),
        ('id = "short"', 'id = "clear"', "blocks[0].criteria[1].id", "is used twice"),
        ('id = "short"', 'id = "sh\\u0000rt"', "blocks[0].criteria[1].id", "U+0000"),
        ('base = "form"', 'base = "shape"', "combination.base", "'shape' is not one of form"),
        ('version = "1"', "version = 1.0", "version", "must be a string"),
        ('version = "1"', "", "version", "is missing"),
        ('version = "1"', 'version = "1"\ncolour = "red"', "colour", "is not a key"),
        ('version = "1"', 'version = "1"\ntype = "source"', "type", "is not 'rubric'"),
        ("cuts = [0]", "cuts = [0, 50]", "cuts", "every band except the lowest"),
        ("cuts = [0]", f"cuts = [{2**60}]", "cuts[0]", "2^53"),
    ],
)  # fmt: skip
def test_a_fault_is_reported_with_file_place_and_reason(
    old: str, new: str, place: str, reason: str
) -> None:
    assert old in SOUND
    message = faults_of(SOUND.replace(old, new))
    assert message.startswith("house.toml: ")
    assert f"{place}: " in message
    assert reason in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id = \na = 1\n", "line 1"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("a = 1" + "0" * 5000, "is not TOML"),
        ('id = "a"\nid = "b"\n', "line 2"),
    ],
    ids=["cut short", "deep", "long number", "key twice"],
)
def test_invalid_toml_is_reported_in_one_sentence(text: str, reason: str) -> None:
    message = faults_of(text)
    assert reason in message
    assert len(message) < 200


def test_the_example_of_the_help_page_is_sound() -> None:
    blocks = topics()["rubrics"].text.split("```toml\n")[1:]
    [example] = [text for block in blocks if "[combination]" in (text := block.split("```")[0])]
    assert [*rubric_from_toml(example, "rubrics.md").criteria] == ["claim", "reason"]


def test_every_fault_is_reported_wherever_it_is() -> None:
    message = faults_of(
        SOUND.replace("weight = 2\n", "").replace("weight = 1\n", "colour = 1\n") + "limit = 1\n"
    )
    for place in (
        "blocks[0].criteria[0].weight", "blocks[0].criteria[1].weight",
        "blocks[0].criteria[1].colour", "combination.limit",
    ):  # fmt: skip
        assert f"{place}: " in message
