"""The command `agreement`, as a shell runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Terminal

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [
    "block", "criterion", "units", "alpha", "low", "high", "too_few", "kappa", "states_agree",
]  # fmt: skip
DOCUMENT = {"type": "document", "id": "toll", "title": "The toll", "text": "It pays. It is fair."}
CLAIMS = [
    {"type": "statement", "id": "pays", "document": "toll", "kind": "claim", "quote": "It pays."},
    {
        "type": "statement",
        "id": "fair",
        "document": "toll",
        "kind": "claim",
        "quote": "It is fair.",
    },
]
ANSWERS: dict[str, list[Any]] = {"amy": [1, 3, "cannot_judge"], "ben": [2, 3, "cannot_judge"]}


def rated(folder: Path, answers: dict[str, list[Any]], **keys: str) -> Terminal:
    """Return a database with several ratings of fit for two claims and of access for one."""
    terminal = Terminal(folder)
    asked = [("pays", "fit"), ("fair", "fit"), ("fair", "access")]
    ratings = [
        {"type": "rating", "statement": claim, "criterion": criterion, "answer": answer,
         "assessor": who, **keys}
        for who, given in answers.items()
        for (claim, criterion), answer in zip(asked, given, strict=False)
    ]  # fmt: skip
    file = terminal.records("toll.jsonl", DOCUMENT, *CLAIMS, *ratings)
    assert terminal.run("import", file).code == 0
    return terminal


def rows_of(terminal: Terminal, *words: str) -> list[dict[str, Any]]:
    ran = terminal.run("agreement", "toll", *words, "--json")
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = ran.json
    return found


def test_each_block_and_criterion_that_two_rated_has_a_row_with_every_number(
    tmp_path: Path,
) -> None:
    rows = rows_of(rated(tmp_path, ANSWERS))
    assert [list(row) for row in rows] == [KEYS] * 4
    assert [(row["block"], row["criterion"]) for row in rows] == [
        ("evidence_quality", None), ("evidence_quality", "fit"),
        ("attribution", None), ("attribution", "access"),
    ]  # fmt: skip
    fit, access = rows[1], rows[3]
    # By hand, with levels 1, 2, 3, 3: the squared distances are 1, 6.25 and 2.25, so that alpha
    # is 1 - 3 * 2 / 36; where the first unit is drawn twice it is 1 - 3 * 16 / 32.
    assert (fit["units"], fit["too_few"], fit["alpha"]) == (2, True, 0.8333)
    assert (fit["low"], fit["high"]) == (-0.5, 0.8333)
    assert fit["kappa"] == 0.6667
    assert fit["states_agree"] is None
    assert (access["units"], access["alpha"], access["low"]) == (0, None, None)
    assert (access["kappa"], access["states_agree"]) == (None, 1.0)


def test_people_read_a_table_with_what_alpha_means(tmp_path: Path) -> None:
    ran = rated(tmp_path, {"a\x1b[2Jmy": [1, 3], "ben": [2, 3]}).run("agreement", "toll")
    lines = ran.out.splitlines()
    assert lines[0] == "Agreement of a⟦U+001B⟧[2Jmy, ben under evidence-attribution 1.1"
    assert lines[2].strip() == "Units  Alpha  95 % interval    Kappa  States agree"
    assert " ".join(lines[4].split()) == "Fit 2 0.833 -0.500 to 0.833 0.667 – too few"
    assert "Rely on .800 and above; from .667" in " ".join(lines)
    assert ran.err == ""


def test_no_variation_is_said_with_how_much_is_alike(tmp_path: Path) -> None:
    ran = rated(tmp_path, {"amy": [3, 3], "ben": [3, 3]}).run("agreement", "toll")
    assert "too few, no variation, 100% identical" in ran.out


@pytest.mark.parametrize(
    ("answers", "words", "said"),
    [
        ({}, [], "no assessor has rated anything to compare in toll"),
        ({"amy": [1]}, [], "only amy has rated anything to compare in toll"),
        ({"amy": [1], "Consensus": [2]}, [], "only amy has rated anything to compare in toll"),
        ({"amy": [1], "ben": [2]}, ["--without", "ben"], "only amy has rated anything"),
        ({"amy": [1], "ben": ["not_rated", 2]}, [], "no two assessors have rated the same"),
    ],
)
def test_where_no_two_can_be_compared_one_line_says_so(
    tmp_path: Path, answers: dict[str, list[Any]], words: list[str], said: str
) -> None:
    terminal = rated(tmp_path, answers)
    assert rows_of(terminal, *words) == []
    ran = terminal.run("agreement", "toll", *words)
    assert (ran.code, ran.out) == (0, "")
    assert ran.line.startswith(said)


def test_assessors_are_left_out_by_name_and_a_name_that_nobody_has_is_refused(
    tmp_path: Path,
) -> None:
    terminal = rated(tmp_path, ANSWERS | {"cleo": [4, 0, 2]})
    assert [row["kappa"] for row in rows_of(terminal)] == [None] * 4
    assert rows_of(terminal, "--without", "cleo")[1]["kappa"] == 0.6667
    assert rows_of(terminal, "--without", "cleo", "--without", "ben") == []
    ran = terminal.run("agreement", "toll", "--without", "bne")
    assert ran.code == 2
    assert ran.line.endswith("'bne' has rated nothing here; the assessors are amy, ben, cleo")


def test_a_rubric_is_named_or_is_the_one_that_applies(tmp_path: Path) -> None:
    terminal = rated(tmp_path, ANSWERS, version="1.0")
    assert len(rows_of(terminal)) == 4
    assert rows_of(terminal, "--rubric", "evidence-attribution") == []
    assert len(rows_of(terminal, "--rubric", "evidence-attribution@1.0")) == 4
