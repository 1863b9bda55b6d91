"""Two versions of the default rubric: the one that applies, and ratings that keep theirs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from support.drivers.command_line import Terminal
from support.drivers.workbench import TEXT, driving
from support.strategies.maps import small_map

from argmap import edit
from argmap.model.map import rubric_named
from argmap.model.rating import Rating
from argmap.rubrics import shipped_rubrics
from argmap.scripting import grades_of
from store import load_map, open_store
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.map import ArgumentMap
    from argmap.model.vocabulary import Answer

OLD, NEW = "evidence-attribution@1.0", "evidence-attribution@1.1"
DOCUMENT: dict[str, Any] = {
    "type": "document", "id": "toll", "title": "The toll", "text": "It pays. It is fair.",
}  # fmt: skip
CLAIMS: list[dict[str, Any]] = [
    {"type": "statement", "id": "pays", "document": "toll", "kind": "claim", "quote": "It pays."},
    {
        "type": "statement",
        "id": "fair",
        "document": "toll",
        "kind": "claim",
        "quote": "It is fair.",
    },
]
BARE = {"criterion": "directness", "answer": 0, "assessor": "amy"}
UNDER_OLD = {"type": "rating", "statement": "pays", "version": "1.0", **BARE}
UNDER_NEW = UNDER_OLD | {"statement": "fair", "version": "1.1"}


def rated(*ratings: dict[str, Any], folder: Path) -> Terminal:
    terminal = Terminal(folder)
    ran = terminal.run("import", terminal.records("toll.jsonl", DOCUMENT, *CLAIMS, *ratings))
    assert ran.code == 0, ran.err
    return terminal


def versions(terminal: Terminal) -> list[tuple[str, Any]]:
    """Return the version and answer of each rating."""
    lines = terminal.run("export", "toll", "--to", "jsonl").out.splitlines()
    records = map(json.loads, lines)
    return sorted((r["version"], r["answer"]) for r in records if r["type"] == "rating")


def graded(terminal: Terminal, *words: str) -> set[tuple[str, str, str]]:
    rows = terminal.run("grade", "toll", *words, "--json").json
    return {(row["version"], row["statement"], row["grade"]) for row in rows}


def judged_map(*ratings: tuple[str, str, Answer]) -> ArgumentMap:
    """Return the small map with answers under (id, version)."""
    made = [
        Rating(f"r{n}", id_, version, "directness", f"a{n}", answer, statement="s-toll")
        for n, (id_, version, answer) in enumerate(ratings)
    ]
    known = {(r.id, r.version): r for r in shipped_rubrics()}
    return evolve(small_map(), ratings={r.id: r for r in made}, rubrics=known)


@pytest.mark.parametrize(
    ("ratings", "applies"),
    [
        ([], NEW),
        ([("evidence-attribution", "1.0", 1)], OLD),
        ([("evidence-attribution", "1.0", "cannot_judge")], OLD),
        ([("evidence-attribution", "1.0", "not_rated")], NEW),
        ([("evidence-attribution", "1.0", 1), ("quick-look", "1.0", 1)], OLD),
        ([("quick-look", "1.0", 1)], NEW),
        ([("evidence-attribution", "1.0", 1), ("evidence-attribution", "1.1", 1)], NEW),
        ([("evidence-attribution", "1.0", 1), ("evidence-attribution", "1.1", "not_rated")], OLD),
    ],
)
def test_the_newest_version_applies_unless_older_ones_alone_are_answered(
    ratings: list[tuple[str, str, Answer]], applies: str
) -> None:
    found = judged_map(*ratings).applicable_rubric
    assert found is not None
    assert found.name == applies


def test_another_version_in_the_database_is_newer_or_older_by_its_number() -> None:
    whole = judged_map(("evidence-attribution", "1.0", 1))
    newest = evolve(whole.rubrics["evidence-attribution", "1.1"], version="1.10")
    assert (
        whole.with_rubric(newest).applicable_rubric == whole.rubrics["evidence-attribution", "1.0"]
    )
    assert evolve(whole, ratings={}).with_rubric(newest).applicable_rubric == newest
    rubrics = whole.with_rubric(newest).rubrics.values()
    assert rubric_named(rubrics, "evidence-attribution") == newest
    assert rubric_named(rubrics, OLD) == whole.rubrics["evidence-attribution", "1.0"]
    assert rubric_named(rubrics, "evidence-attribution@2") is None


def test_answers_stay_in_step_with_their_index_as_they_are_given_and_taken_back() -> None:
    before = judged_map(("evidence-attribution", "1.0", 1))
    assert list(before.answers_by_rubric) == [OLD]
    [old] = before.ratings.values()
    taken_back = before.apply(edit.rate(before, [evolve(old, answer="not_rated")]))
    assert dict(taken_back.answers_by_rubric) == {}
    assert taken_back.applicable_rubric == before.rubrics["evidence-attribution", "1.1"]


def test_a_new_rating_is_under_the_newest_by_every_way_in(tmp_path: Path) -> None:
    short = CLAIMS[0] | {"ratings": {"directness": 1}}
    long = {"type": "rating", "statement": "fair", **BARE}
    terminal = rated(folder=tmp_path)
    assert terminal.run("import", terminal.records("new.jsonl", short, long)).code == 0
    ran = terminal.run("rate", "toll", "C1", "fit=2")
    assert ran.line.endswith("under evidence-attribution 1.1")
    assert versions(terminal) == [("1.1", 0), ("1.1", 1), ("1.1", 2)]
    assert "evidence-attribution 1.1" in terminal.run("rubrics", "evidence-attribution").out


@pytest.mark.parametrize("name", [OLD, "evidence-attribution"])
def test_every_option_takes_a_rubric_by_id_and_version(tmp_path: Path, name: str) -> None:
    terminal = rated(UNDER_OLD, folder=tmp_path)
    version = "1.0" if name == OLD else "1.1"
    assert f"evidence-attribution {version}" in terminal.run("rubrics", name).out
    assert {row[0] for row in graded(terminal, "--rubric", name)} == {version}
    assert terminal.run("what-if", "toll", "--without", "C1", "--rubric", name).code == 0
    terminal.run("rate", "toll", "C2", "directness=2", "--rubric", name)
    assert (version, 2) in versions(terminal)


def test_an_old_rating_is_graded_listed_and_shown_under_its_version(tmp_path: Path) -> None:
    terminal = rated(UNDER_OLD, folder=tmp_path)
    wanted = {("1.0", "C1", "Unsupported"), ("1.0", "C2", "Not assessed")}
    assert graded(terminal) == wanted
    assert graded(terminal, "--rubric", OLD) == wanted
    assert [row["graded"] for row in terminal.run("list", "--json").json] == [1]
    assert "graded under evidence-attribution 1.0" in terminal.run("grade", "toll").out
    rows = terminal.run("what-if", "toll", "--without", "C2", "--json").json["claims"]
    assert [row["grade_before"] for row in rows] == ["Unsupported", "Not assessed"]
    with open_store(terminal.database) as store:
        grades = grades_of(load_map(store, "toll"))
    assert [each.report.grade.state for each in grades] == ["provisional", "not_assessed"]
    assert "rated under evidence-attribution 1.0" in terminal.run("export", "toll").out


def test_a_document_under_both_says_so_and_rescales_nothing(tmp_path: Path) -> None:
    terminal = rated(UNDER_OLD, UNDER_NEW, folder=tmp_path)
    assert graded(terminal) == {("1.1", "C1", "Not assessed"), ("1.1", "C2", "Unsupported")}
    asked = ["grade toll", "grade toll --json", "what-if toll --without C2"]
    for line in asked:
        err = terminal.run(*line.split()).err
        assert f"1 rating under another rubric: see --rubric {OLD}" in err
    assert f"see --rubric {NEW}" in terminal.run("grade", "toll", "--rubric", OLD).err
    assert [row["graded"] for row in terminal.run("list", "--json").json] == [1]
    assert versions(terminal) == [("1.0", 0), ("1.1", 0)]
    words = "1 rating under evidence-attribution 1.0 is not counted here"
    assert words in terminal.run("export", "toll").out


@pytest.mark.parametrize("form", ["jsonl", "markdown", "csv", "tsv"])
def test_what_is_read_back_keeps_its_version(tmp_path: Path, form: str) -> None:
    terminal = rated(UNDER_OLD, UNDER_NEW, UNDER_OLD | {"version": "1.1", "answer": 2},
                     folder=tmp_path)  # fmt: skip
    before = versions(terminal)
    assert before == [("1.0", 0), ("1.1", 0), ("1.1", 2)]
    file = tmp_path / f"out.{'md' if form == 'markdown' else form}"
    assert terminal.run("export", "toll", "--to", form, "-o", file).code == 0
    other = Terminal(tmp_path / "other")
    other.folder.mkdir()
    other.run("import", other.records("d.jsonl", DOCUMENT))
    ran = other.run("import", file)
    assert (ran.code, versions(other)) == (0, before), ran.err


def test_a_table_may_name_the_version_and_no_assessor(tmp_path: Path) -> None:
    terminal = rated(folder=tmp_path)
    table = terminal.write("t.csv", "id,rubric_version,directness\npays,1.0,2\nfair,,3\n")
    assert terminal.run("import", table).code == 0
    assert versions(terminal) == [("1.0", 2), ("1.1", 3)]


@pytest.mark.parametrize("is_short", [True, False])
def test_a_record_without_a_version_that_is_read_again_finds_what_it_made(
    tmp_path: Path, *, is_short: bool
) -> None:
    def record(answer: int) -> dict[str, Any]:
        if is_short:
            return CLAIMS[0] | {"ratings": {"directness": answer}}
        return {"type": "rating", "statement": "pays", **BARE, "assessor": "tess", "answer": answer}

    terminal = rated(UNDER_OLD | {"assessor": "tess"}, folder=tmp_path)
    again = terminal.run("import", terminal.records("again.jsonl", record(0)))
    assert (again.code, versions(terminal)) == (0, [("1.0", 0)]), again.err
    terminal.run("import", terminal.records("other.jsonl", record(3)))
    assert ("1.1", 3) in versions(terminal)
    assert ("1.0", 3) not in versions(terminal)


async def test_the_workbench_names_the_version_where_it_is_not_the_newest(tmp_path: Path) -> None:
    rated(UNDER_OLD, folder=tmp_path)
    app = ArgmapApp(tmp_path / "argmap.db", document="toll")
    async with driving(tmp_path / "argmap.db", app=app) as driver:
        await driver.press("j", "R")
        assert "Evidence quality and attribution 1.0" in driver.seen
        assert "Unsupported" in driver.seen
        await driver.press("escape", "M")
        assert "Evidence quality and attribution 1.0" in driver.seen


async def test_the_workbench_rates_what_is_new_under_the_newest(tmp_path: Path) -> None:
    async with driving(tmp_path / "argmap.db", TEXT) as driver:
        await driver.press("j", "c", "R", "3")
        work = driver.app.screen.work  # type: ignore[attr-defined]  # a RatingScreen
        assert [r.version for r in work.map.ratings.values()] == ["1.1"]
        assert "attribution 1.1" not in driver.seen
