"""The command `what-if`, as a shell runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Terminal

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = {"type": "document", "id": "toll", "title": "The toll", "text": "Tolls pay."}
SOURCES: list[dict[str, Any]] = [
    {"type": "source", "id": "survey", "name": "The survey", "kind": "document"},
    {"type": "source", "id": "ames", "name": "R. \x1b[31mAmes", "kind": "person"},
    {"type": "source", "id": "ames-2", "name": "Ames", "kind": "person"},
    {"type": "source", "id": "ames-3", "name": "Ames", "kind": "person"},
]
RATED = {
    "directness": 3,
    "fit": 4,
    "corroboration": 2,
    "specificity": 4,
    "contrary": 4,
    "currency": 4,
}
WHO = ["identification", "access", "interest", "traceability", "fidelity"]


def claim(number: int, **values: object) -> dict[str, Any]:
    return {
        "type": "statement", "id": f"c{number}", "document": "toll", "kind": "claim",
        "text": f"Claim {number}.", **values,
    }  # fmt: skip


def evidence(number: int, to: str, who: str) -> dict[str, Any]:
    return {
        "type": "statement", "id": f"e{number}", "document": "toll", "kind": "evidence",
        "text": f"Item {number}.", "supports": to,
        "attribution": {"class": "named_person", "source": who},
    }  # fmt: skip


@pytest.fixture
def toll(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    records: list[dict[str, Any]] = [
        DOCUMENT, *SOURCES,
        claim(1, ratings=RATED | dict.fromkeys(WHO, 4)), claim(2), claim(3),
        evidence(1, "c1", "survey"), evidence(2, "c1", "ames"), evidence(3, "c2", "survey"),
        evidence(4, "c3", "ames-2"), evidence(5, "c3", "ames-3"),
    ]  # fmt: skip
    assert terminal.run("import", terminal.records("toll.jsonl", *records)).code == 0
    return terminal


def test_what_falls_is_one_json_value_with_every_claim(toll: Terminal) -> None:
    ran = toll.run("what-if", "toll", "--without", "The survey", "--json")
    assert ran.code == 0
    found = ran.json
    assert (found["removed"], found["dead"]) == (["survey"], ["E1", "E3", "I1", "I3"])
    keys = (
        "statement",
        "origins_before",
        "origins_after",
        "grade_before",
        "grade_after",
        "supported",
    )
    assert [[each[key] for key in keys] for each in found["claims"]] == [
        ["C1", 2, 1, "Strong", "Moderate", True],
        ["C2", 1, 0, "Not assessed", "Unsupported", False],
        ["C3", 2, 2, "Not assessed", "Not assessed", True],
    ]


def test_what_falls_is_told_in_lines_and_hostile_names_are_not_obeyed(toll: Terminal) -> None:
    ran = toll.run("what-if", "toll", "--without", "survey", "ames")
    assert ran.out.splitlines() == [
        "Without The survey, R. ⟦U+001B⟧[31mAmes: E1, E2, E3 and 3 links fall",
        "C1  2 items, 2 origins → no support  Strong → Unsupported",
        "C2  1 item, 1 origin → no support  Not assessed → Unsupported",
    ]
    assert ran.line == "1 claim unchanged"


@pytest.mark.parametrize("name", ["sur", "SURVEY", "The sur", "the survey", "r. "])
def test_a_source_is_named_by_a_beginning_in_any_case(toll: Terminal, name: str) -> None:
    found = toll.run("what-if", "toll", "--without", name, "--json").json
    assert found["removed"] == ["ames" if name == "r. " else "survey"]


def test_several_can_be_named_after_one_option_or_with_one_each(toll: Terminal) -> None:
    runs = [
        toll.run("what-if", "toll", "--without", "E1", "ames", "--json"),
        toll.run("what-if", "toll", "--without", "E1", "--without", "ames", "--json"),
    ]
    assert runs[0].json == runs[1].json
    assert runs[0].json["removed"] == ["E1", "ames"]


def test_main_items_and_answers_that_died_are_said(toll: Terminal) -> None:
    more: list[dict[str, Any]] = [
        {"type": "statement", "id": "c1", "main_item": "e1"},
        evidence(6, "c1", "ames-2") | {"supports": None, "opposes": "c1"},
        evidence(7, "c1", "survey") | {"supports": None, "opposes": "e6"},
    ]
    assert toll.run("import", toll.records("more.jsonl", *more)).code == 0
    [first, *others] = toll.run("what-if", "toll", "--without", "survey", "--json").json["claims"]
    assert (first["main_item_died"], first["dead_answers"]) == (True, ["E7"])
    assert first["grade_after"] == "Not assessed"
    assert [(c["main_item_died"], c["dead_answers"]) for c in others] == [(True, []), (False, [])]
    assert toll.run("what-if", "toll", "--without", "survey").out.splitlines()[1] == (
        "C1  2 items, 2 origins → 1 item, 1 origin  Strong → Not assessed  (its main item fell,"
        " so ratings about that item do not count; answers to contrary evidence fell: E7)"
    )


def test_the_rest_of_an_origin_is_named_with_what_to_add(toll: Terminal) -> None:
    twins = [
        {"type": "source", "id": id_, "name": name, "kind": "person", "same_origin": ["survey"]}
        for id_, name in (("a survey", "A survey"), ("E1", "E. One"))
    ]
    assert toll.run("import", toll.records("twins.jsonl", *twins, *twins)).code == 0
    item = evidence(8, "c3", "a survey")
    chain = {"class": "named_person", "chain": ["a survey", "E1"]}
    assert toll.run("import", toll.records("item.jsonl", item | {"attribution": chain})).code == 0
    words = ["what-if", "toll", "--without", "survey"]
    assert toll.run(*words, "--json").json["same_origin"] == ["E1", "a survey"]
    assert toll.run(*words).out.splitlines()[-1] == (
        "E. One, A survey share an origin with a removed source;"
        " add --without 'E. One' --without 'a survey'"
    )
    rest = toll.run(*words, "--without", "E. One", "--without", "a survey", "--json").json
    assert (rest["removed"], rest["same_origin"]) == (["survey", "E1", "a survey"], [])


def test_nothing_is_stored(toll: Terminal) -> None:
    before = toll.database.read_bytes()
    assert toll.run("what-if", "toll", "--without", "C1").code == 0
    assert toll.database.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--without", "nobody"], "no statement or source 'nobody'"),
        (
            ["--without", "Ames"],
            "'Ames' could be ames-2, ames-3; give more of the name, or the id",
        ),
        (
            ["--without", "AM"],
            "'AM' could be ames (R. ⟦U+001B⟧[31mAmes), ames-2 (Ames), ames-3 (Ames); give more of the name, or the id",
        ),
        (["--without", ""], "no statement or source ''"),
        ([], "--without"),
        (["--without", "E1", "--rubric", "none"], "there is no rubric or file 'none'"),
    ],
)
def test_an_impossible_removal_is_one_line(toll: Terminal, words: list[str], reason: str) -> None:
    ran = toll.run("what-if", "toll", *words)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.line
