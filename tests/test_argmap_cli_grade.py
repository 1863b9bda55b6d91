"""The commands `grade`, `rate` and `rubrics`, as a shell runs them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from support.drivers.command_line import Shell, Terminal
from test_argmap_rubrics_catalogue import SOUND

GOLDEN = Path(__file__).parent / "golden" / "grades.txt"
FIXTURE = Path(__file__).parents[1].parent / "shared" / "fixtures" / "grading.json"
EXAMPLES: list[dict[str, Any]] = json.loads(FIXTURE.read_text()) if FIXTURE.exists() else []
TEXT = "The toll pays for itself. Reports say traffic fell by a fifth. Tolls are fair."
RECORDS: list[dict[str, Any]] = [
    {"type": "document", "id": "toll", "title": "The toll", "text": TEXT},
    {"type": "statement", "id": "pays", "document": "toll", "kind": "claim", "nature": "factual",
     "quote": "The toll pays for itself."},
    {"type": "statement", "id": "fair", "document": "toll", "kind": "claim", "nature": "value",
     "quote": "Tolls are fair."},
    {"type": "statement", "id": "fell", "document": "toll", "kind": "claim", "nature": "causal",
     "quote": "Reports say traffic fell by a fifth."},
    {"type": "statement", "id": "said", "document": "toll", "kind": "evidence", "quote": "Reports"},
]  # fmt: skip
KEYS = {
    "statement", "id", "text", "assessor", "rubric", "evidence_quality", "attribution",
    "grade", "state", "range", "limited_by",
}  # fmt: skip


@pytest.fixture
def toll(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    assert terminal.run("import", terminal.records("toll.jsonl", *RECORDS)).code == 0
    return terminal


def rows_of(terminal: Terminal, *words: str | Path) -> list[dict[str, Any]]:
    ran = terminal.run("grade", *words, "--json")
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = ran.json
    return found


def own_folder(terminal: Terminal) -> Path:
    folder = terminal.folder / ".config" / "argmap" / "rubrics"
    folder.mkdir(parents=True)
    return folder


def kept_rubrics(terminal: Terminal) -> list[tuple[str, str]]:
    return [(r["id"], r["kept"]) for r in terminal.run("rubrics", "--json").json]


@pytest.mark.skipif(not EXAMPLES, reason="the examples stand beside the project, not in it")
def test_the_worked_examples_come_out_as_they_are_written(tmp_path: Path) -> None:
    terminal, text = Terminal(tmp_path), " ".join(e["claim"] for e in EXAMPLES)
    records: list[dict[str, Any]] = [{"type": "document", "id": "d", "title": "D", "text": text}]
    for e in EXAMPLES:
        answers = {k: v for block in e["ratings"].values() for k, v in block.items()}
        records.append(
            {"type": "statement", "id": e["id"], "document": "d", "kind": "claim",
             "text": e["claim"], "nature": e["nature"], "ratings": answers}
        )  # fmt: skip
    terminal.run("import", terminal.records("all.jsonl", *records))
    rows = rows_of(terminal, "d")
    assert [row["id"] for row in rows] == [e["id"] for e in EXAMPLES]
    for row, example in zip(rows, EXAMPLES, strict=True):
        expected, hangs = example["expected"], row["sensitivity"]
        told = KEYS - {"statement", "id", "text", "assessor", "rubric"}
        assert {key: row[key] for key in told} == {key: expected[key] for key in told}
        for key in ("single_step_flips", "weight_flips"):
            assert hangs[key] == expected[key]
        assert hangs["fragile"] == bool(expected["single_step_flips"])


def test_where_nobody_rated_anything_each_claim_has_its_range(toll: Terminal) -> None:
    rows = rows_of(toll, "toll")
    assert [(r["statement"], r["id"], r["assessor"]) for r in rows] == [
        ("C1", "pays", None), ("C2", "fair", None), ("C3", "fell", None),
    ]  # fmt: skip
    assert all(row.keys() >= KEYS for row in rows)
    assert [row["grade"] for row in rows] == ["Not assessed", "Not gradable", "Not assessed"]
    assert [row["range"] for row in rows] == [
        ["Unsupported", "Strong"], None, ["Unsupported", "Strong"],
    ]  # fmt: skip
    assert rows[1]["evidence_quality"] == {"state": "not_applicable"}
    assert rows[0]["evidence_quality"] == {
        "coverage": 0, "low": 0, "high": 100, "band_low": "Unsupported", "band_high": "Strong",
        "state": "not_assessed", "score": None, "band": None, "caps": [],
    }  # fmt: skip


def test_each_claim_has_a_grade_by_each_assessor_who_rated_anything(toll: Terminal) -> None:
    toll.run("rate", "toll", "C1", "directness=0", "identification=0", "--assessor", "bob")
    toll.run("rate", "toll", "C3", "directness=3", "--assessor", "amy")
    rows = rows_of(toll, "toll")
    assert [(r["statement"], r["assessor"], r["grade"]) for r in rows] == [
        ("C1", "amy", "Not assessed"), ("C1", "bob", "Unsupported"),
        ("C2", "amy", "Not gradable"), ("C2", "bob", "Not gradable"),
        ("C3", "amy", "Not assessed"), ("C3", "bob", "Not assessed"),
    ]  # fmt: skip


def test_one_assessor_can_be_asked_for(toll: Terminal) -> None:
    toll.run("rate", "toll", "C1", "directness=0", "--assessor", "bob")
    toll.run("rate", "toll", "C1", "directness=1", "--assessor", "amy")
    assert {row["assessor"] for row in rows_of(toll, "toll", "--assessor", "amy")} == {"amy"}
    ran = toll.run("grade", "toll", "--assessor", "ammy", "--json")
    assert {row["assessor"] for row in ran.json} == {None}
    assert ran.line == "'ammy' has rated nothing in toll; amy, bob have"


def test_an_implied_state_wins_over_an_answer_which_is_kept(toll: Terminal) -> None:
    toll.run("rate", "toll", "C1", "fit=3", "--because", "close", "--assessor", "amy")
    toll.run("rate", "toll", "C1", "directness=0", "--assessor", "amy")
    answers = rows_of(toll, "toll")[0]["answers"]
    assert answers["fit"]["at"]
    assert {k: v for k, v in answers["fit"].items() if k != "at"} == {
        "answer": 3, "because": "close", "implied": "not_applicable",
        "implied_by": "directness is 0",
    }  # fmt: skip
    assert (answers["currency"]["answer"], answers["currency"]["implied"]) == (
        "not_rated", "not_applicable",
    )  # fmt: skip
    assert answers["contrary"]["implied"] is None
    toll.run("rate", "toll", "C1", "directness=1", "--assessor", "amy")
    assert rows_of(toll, "toll")[0]["answers"]["fit"]["implied"] is None


def test_an_earlier_answer_stays_in_the_history(toll: Terminal) -> None:
    for level in ("1", "3"):
        toll.run("rate", "toll", "C1", f"directness={level}", "--because", f"as of {level}")
    labels = [row["label"] for row in toll.run("history", "toll", "--json").json]
    assert labels[:2] == ["rated C1: directness 1 → 3 (tess)", "rated C1: directness 1 (tess)"]
    toll.run("undo")
    answer = rows_of(toll, "toll")[0]["answers"]["directness"]
    assert (answer["answer"], answer["because"]) == (1, "as of 1")


def test_what_would_lift_a_grade_is_a_sentence_with_the_words_of_the_level(
    toll: Terminal,
) -> None:
    toll.run("rate", "toll", "C1", "directness=0", "specificity=1", "contrary=1")
    row = rows_of(toll, "toll")[0]
    assert row["lift"].startswith(
        "Directness at 1 would allow a higher grade once more is rated: “"
    )
    assert row["sensitivity"]["margin"] == 27.5


def test_a_quick_look_is_graded_by_itself(toll: Terminal) -> None:
    answers = ("directness=3", "corroboration=2", "identification=4", "traceability=4")
    ran = toll.run("rate", "toll", "C1", *answers, "--rubric", "quick-look")
    assert ran.line == "rated C1 as tess under quick-look 1.0"
    row = rows_of(toll, "toll", "--rubric", "quick-look")[0]
    assert (row["rubric"], row["grade"], row["state"]) == ("quick-look", "Moderate", "final")
    assert row["evidence_quality"]["score"] == 62.5
    ran = toll.run("grade", "toll")
    assert ran.line == "4 ratings under another rubric: see --rubric quick-look@1.0"


@pytest.mark.parametrize("named", ["quick-look@1.0", "quick-look"])
def test_a_rubric_is_named_by_id_and_may_be_by_version(toll: Terminal, named: str) -> None:
    assert rows_of(toll, "toll", "--rubric", named)[0]["rubric"] == "quick-look"
    assert toll.run("rubrics", named).code == 0


@pytest.mark.parametrize("named", ["nothing", "quick-look@9", "missing.toml", "@", "a" * 300])
def test_a_rubric_that_is_not_there_is_one_line(toll: Terminal, named: str) -> None:
    for words in (("grade", "toll", "--rubric", named), ("rubrics", named),
                  ("rate", "toll", "C1", "fit=1", "--rubric", named)):  # fmt: skip
        ran = toll.run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert "there is no rubric or file" in ran.line


def test_a_rating_under_a_file_adds_its_rubric_in_the_same_operation(toll: Terminal) -> None:
    file = toll.write("house.toml", SOUND)
    before = len(toll.run("history", "--json").json)
    ran = toll.run("rate", "toll", "C1", "clear=1", "short=2", "--rubric", file)
    assert ran.line == "rated C1 as tess under house 1"
    assert len(toll.run("history", "--json").json) == before + 1
    file.unlink()
    row = rows_of(toll, "toll", "--rubric", "house")[0]
    assert (row["form"]["score"], row["grade"], row["limited_by"]) == (100, "Good", "form")
    assert ("house", "in this database") in kept_rubrics(toll)
    toll.run("undo")
    assert "house" not in dict(kept_rubrics(toll))
    toll.run("redo")
    assert "house" in dict(kept_rubrics(toll))
    assert toll.run("doctor").code == 0


def test_a_criterion_may_have_an_equals_sign_in_its_id(toll: Terminal) -> None:
    file = toll.write("house.toml", SOUND.replace('id = "short"', 'id = "a=b"'))
    assert toll.run("rate", "toll", "C1", "a=b=2", "--rubric", file).code == 0
    assert rows_of(toll, "toll", "--rubric", "house")[0]["answers"]["a=b"]["answer"] == 2


def test_a_file_can_be_graded_under_before_anything_is_rated(toll: Terminal) -> None:
    rows = rows_of(toll, "toll", "--rubric", toll.write("house.toml", SOUND))
    assert {(row["grade"], *row["range"]) for row in rows} == {("Not assessed", "Bad", "Good")}
    assert "house" not in dict(kept_rubrics(toll))


def test_an_old_version_can_still_be_graded_under(toll: Terminal) -> None:
    file = toll.write("house.toml", SOUND)
    toll.run("rate", "toll", "C1", "clear=1", "short=2", "--rubric", file)
    file.write_text(SOUND.replace('version = "1"', 'version = "2"'))
    toll.run("rate", "toll", "C1", "clear=0", "short=0", "--rubric", file)
    grades = [
        rows_of(toll, "toll", "--rubric", named)[0]["grade"]
        for named in ("house", "house@1", "house@2")
    ]
    assert grades == ["Bad", "Good", "Bad"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("weight = 2\n", "", "blocks[0].criteria[0].weight: is missing"),
        ('["no", "yes"]', '["no"]', "blocks[0].criteria[0].levels: has 1"),
        ('criterion = "clear"', 'criterion = "loud"', "blocks[0].caps[0].criterion: 'loud'"),
        ('id = "short"', 'id = "clear"', "blocks[0].criteria[1].id: 'clear' is used twice"),
        ("cuts = [0]", "cuts = [0", "is not TOML"),
    ],
)
def test_a_rubric_with_a_fault_is_one_line_wherever_it_is_named(
    toll: Terminal, old: str, new: str, place: str
) -> None:
    assert old in SOUND
    file = toll.write("house.toml", SOUND.replace(old, new))
    for words in (("rubrics", file), ("grade", "toll", "--rubric", file),
                  ("rate", "toll", "C1", "clear=1", "--rubric", file)):  # fmt: skip
        ran = toll.run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert ran.line.startswith(f"argmap: {file}: ")
        assert place in ran.line


def test_the_same_version_with_other_content_is_refused(toll: Terminal) -> None:
    file = toll.write("house.toml", SOUND)
    toll.run("rate", "toll", "C1", "clear=1", "--rubric", file)
    file.write_text(SOUND.replace("House style", "Other style"))
    for words in (("rubrics", file), ("grade", "toll", "--rubric", file),
                  ("rate", "toll", "C1", "clear=0", "--rubric", file)):  # fmt: skip
        ran = toll.run(*words)
        assert ran.code == 2
        assert "house 1 is known with other content; give it a new version" in ran.line


def test_a_sound_rubric_of_the_users_folder_is_known_by_id(toll: Terminal) -> None:
    (own_folder(toll) / "house.toml").write_text(SOUND)
    assert ("house", "in a file") in kept_rubrics(toll)
    assert toll.run("rate", "toll", "C1", "clear=1", "short=1", "--rubric", "house").code == 0
    assert rows_of(toll, "toll", "--rubric", "house")[0]["grade"] == "Good"


def test_a_broken_rubric_in_the_users_folder_stops_nothing_that_does_without_it(
    toll: Terminal,
) -> None:
    bad = own_folder(toll) / "bad.toml"
    bad.write_text(SOUND.replace("weight = 2\n", ""))
    for words in (("rate", "toll", "C1", "fit=1"), ("grade", "toll"), ("rubrics",),
                  ("grade", "toll", "--json")):  # fmt: skip
        ran = toll.run(*words)
        assert ran.code == 0
        warning = f"argmap: ignored {bad}: blocks[0].criteria[0].weight: is missing"
        assert ran.err.splitlines().count(warning) == 1
    for words in (("list",), ("show", "toll"), ("history",), ("export", "toll")):
        ran = toll.run(*words)
        assert (ran.code, ran.err) == (0, "")


def test_another_package_gives_rubrics_by_an_entry_point(toll: Terminal) -> None:
    site = toll.folder / "site"
    package, info = site / "housestyle", site / "housestyle-1.dist-info"
    for folder in (package, info):
        folder.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from argmap.records.rubric import rubric_from_toml\n"
        "from pathlib import Path\n"
        "text = (Path(__file__).parent / 'house.toml').read_text()\n"
        "VALUE = rubric_from_toml(text.replace('\"1\"', '\"2\"'), 'value')\n"
        "NUMBER = 7\n"
    )
    (package / "house.toml").write_text(SOUND)
    (package / "bad.toml").write_text("id = 1\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: housestyle\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[argmap.rubrics]\npackage = housestyle\nvalue = housestyle:VALUE\n"
        "gone = housestyle:GONE\nnumber = housestyle:NUMBER\n"
    )
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    ran = Shell(toll.folder).run("rubrics", "--json", PYTHONPATH=path)
    own = [(r["id"], r["version"]) for r in ran.json if r["kept"] == "in a file"]
    assert own == [("house", "1"), ("house", "2")]
    told = ran.err.splitlines()
    for name, reason in (("gone", "AttributeError"), ("number", "neither a rubric nor"),
                         ("package: bad.toml", "id: must be a string")):  # fmt: skip
        assert [f"argmap.rubrics {name}: " in line and reason in line for line in told].count(True)
    assert len(told) == 3


def test_a_rubric_that_is_not_for_claims_grades_none(toll: Terminal) -> None:
    for_sources = 'applies_to = ["source"]\n' + SOUND
    ran = toll.run("grade", "toll", "--rubric", toll.write("house.toml", for_sources))
    assert ran.code == 2
    assert ran.line.endswith("house applies to source; choose one for claims")


def test_a_document_that_is_not_there_is_one_line_and_makes_no_database(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    ran = terminal.run("grade", "nobody", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.line
    assert not terminal.database.exists()


def test_a_document_without_claims_has_no_grades(toll: Terminal) -> None:
    bus = {"type": "document", "id": "bus", "title": "The bus", "text": "Late."}
    toll.run("import", toll.records("b.jsonl", bus))
    assert rows_of(toll, "bus") == []
    assert toll.run("grade", "bus").line == "bus has no claims yet"


def test_a_rubric_is_shown_with_every_level_cap_and_implied_state_in_words(
    toll: Terminal,
) -> None:
    shown = toll.run("rubrics", "evidence-attribution")
    listed = toll.run("rubrics", "--json").json
    [rubric] = [r for r in listed if (r["id"], r["version"]) == ("evidence-attribution", "1.1")]
    assert rubric["sha256"][:12] in shown.out.splitlines()[0]
    for block in rubric["blocks"]:
        for criterion in block["criteria"]:
            for level, words in enumerate(criterion["levels"]):
                assert f"    {level}  {words}\n" in shown.out
    assert "  At most Limited if directness is 1 or less\n" in shown.out
    assert "If identification is 1, not applicable: interest\n" in shown.out


def rated_by_two(toll: Terminal) -> Terminal:
    full = ("directness=1", "fit=4", "corroboration=0", "specificity=3", "contrary=1",
            "currency=3", "identification=1", "access=2", "traceability=1",
            "fidelity=not_applicable")  # fmt: skip
    most = ("directness=3", "fit=4", "corroboration=1", "specificity=3", "contrary=1",
            "identification=4", "access=3")  # fmt: skip
    toll.run("rate", "toll", "C1", *most, "--assessor", "amy")
    toll.run("rate", "toll", "C1", "directness=0", "fit=3", "identification=0", "--assessor",
             "Bartholomew of the desk")  # fmt: skip
    toll.run("rate", "toll", "C3", *full, "--assessor", "amy")
    return toll


def test_people_read_a_table_and_then_how_each_grade_came_about(toll: Terminal) -> None:
    shown = rated_by_two(toll).run("grade", "toll").out
    assert shown == GOLDEN.read_text("utf-8")


def test_the_table_fits_80_columns_and_says_nothing_by_colour(toll: Terminal) -> None:
    long = {"type": "statement", "id": "long", "document": "toll", "kind": "claim",
            "text": "道路" * 80}  # fmt: skip
    toll.run("import", toll.records("long.jsonl", long))
    for who in ("道路" * 20, "x" * 70):
        toll.run("rate", "toll", "long", "directness=0", "--assessor", who)
    shown = rated_by_two(toll).run("grade", "toll").out
    assert "\x1b" not in shown
    assert max(map(cell_len, shown.splitlines())) <= 80


def test_hostile_words_are_shown_and_not_obeyed(toll: Terminal) -> None:
    hostile = "a\u202eb\x1b[31mc\x9bd"
    claim = {"type": "statement", "id": "x", "document": "toll", "kind": "claim", "text": hostile}
    toll.run("import", toll.records("x.jsonl", claim))
    sly = SOUND.replace('"House style"', json.dumps(hostile)).replace(
        '"no", "yes"', '"n\\u001b", "y"'
    )
    toll.run("rate", "toll", "x", "clear=0", "--assessor", "e\x1b[2Jve", "--rubric",
             toll.write("sly.toml", sly))  # fmt: skip
    for words in (("grade", "toll", "--rubric", "house"), ("rubrics",), ("rubrics", "house"),
                  ("grade", "toll", "--rubric", "house", "--json")):  # fmt: skip
        ran = toll.run(*words)
        assert ran.code == 0
        assert not set(ran.out + ran.err) & set("\u202e\x1b\x9b")
    assert "e⟦U+001B⟧[2Jve" in toll.run("grade", "toll", "--rubric", "house").out
