"""The command `sources`, as a shell runs it: the list, one source in full, and merging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Terminal

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "Red \x1b[31m alert \u202e backwards \x9b31m [bold]loud[/bold]\nline"
TOLL = {"type": "document", "id": "toll", "title": "The toll", "text": "The toll pays."}
BUS = {"type": "document", "id": "bus", "title": "The bus", "text": "The bus is late."}
UN = {"type": "source", "id": "un", "name": "UN Monitoring Team", "kind": "organisation",
      "interest": "its mandate"}  # fmt: skip
TWIN = {"type": "source", "id": "twin", "name": "the U.N. monitoring team", "kind": "organisation",
        "derives_from": ["un"]}  # fmt: skip
PAPER = {"type": "source", "id": "paper", "name": "The Paper", "kind": "outlet",
         "derives_from": ["twin"]}  # fmt: skip
PAYS = {"type": "statement", "id": "t1", "document": "toll", "kind": "claim", "text": "It pays.",
        "attribution": {"class": "named_organisation", "chain": ["paper", "twin"], "cue": "say"}}  # fmt: skip
LATE = {"type": "statement", "id": "b1", "document": "bus", "kind": "claim", "text": "It is late.",
        "attribution": {"class": "unnamed_role", "chain": ["un"]}}  # fmt: skip
LETTER = {"type": "reliability", "source": "twin", "letter": "C", "topic": "tolls", "checked": 6,
          "valid": 4, "assessor": "amy", "because": "two were wrong"}  # fmt: skip
RECORDS = (TOLL, BUS, UN, TWIN, PAPER, PAYS, LATE, LETTER)
KEYS = {"id", "name", "kind", "documents", "statements", "classes", "reliability"}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def team(terminal: Terminal) -> Terminal:
    """A database in which one team is two sources."""
    assert terminal.run("import", terminal.records("a.jsonl", *RECORDS)).code == 0
    return terminal


def rows(terminal: Terminal) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in terminal.run("sources", "--json").json}


def exported(terminal: Terminal) -> str:
    return terminal.run("export", "--all", "--to", "jsonl").out


def test_where_there_is_no_database_the_list_is_empty_and_none_is_made(terminal: Terminal) -> None:
    ran = terminal.run("sources", "--json")
    assert (ran.code, ran.json) == (0, [])
    ran = terminal.run("sources")
    assert (ran.code, ran.out) == (0, "")
    assert "no sources yet" in ran.line
    assert not terminal.database.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("nobody",),
        ("--merge", "nobody", "un"),
        ("--merge", "un"),
        ("un", "--merge", "un", "twin"),
    ],
)
def test_impossible_requests_give_one_line_exit_code_2_and_no_database(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    ran = terminal.run("sources", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line
    assert not terminal.database.exists()


def test_each_source_is_a_line_with_what_it_said_and_its_letters(team: Terminal) -> None:
    assert team.run("sources").out.splitlines() == [
        "The Paper (paper)  outlet  1 statement in 1 document",
        (
            "the U.N. monitoring team (twin)  organisation  1 statement in 1 document"
            "  named organisation  C on tolls"
        ),
        "UN Monitoring Team (un)  organisation  1 statement in 1 document  unnamed role",
    ]


def test_names_that_look_alike_are_reported_on_standard_error(team: Terminal) -> None:
    err = team.run("sources").err
    assert "the U.N. monitoring team (twin); UN Monitoring Team (un)" in err
    assert "--merge" in err
    team.run("sources", "--merge", "twin", "un")
    assert team.run("sources").err == ""


def test_of_many_sources_with_one_name_the_first_are_named_and_the_rest_counted(
    terminal: Terminal,
) -> None:
    crowd = [UN | {"id": f"un{n}"} for n in range(9)]
    terminal.run("import", terminal.records("a.jsonl", *crowd))
    line = terminal.run("sources").err.splitlines()[0]
    assert line.endswith("UN Monitoring Team (un4) and 4 more")


def test_the_list_as_json_has_every_source_with_all_its_keys(team: Terminal) -> None:
    found = rows(team)
    assert list(found) == ["paper", "twin", "un"]
    assert all(row.keys() >= KEYS for row in found.values())
    twin = found["twin"]
    assert (twin["name"], twin["kind"]) == (TWIN["name"], "organisation")
    assert (twin["documents"], twin["statements"]) == (["toll"], ["t1"])
    assert (twin["classes"], found["paper"]["classes"]) == (["named_organisation"], [])
    [letter] = twin["reliability"]
    assert (letter["letter"], letter["checked"], letter["valid"]) == ("C", 6, 4)
    assert found["un"]["reliability"] == []
    assert (found["un"]["interest"], twin["derives_from"]) == ("its mandate", ["un"])


def test_one_source_is_shown_in_full(team: Terminal) -> None:
    assert team.run("sources", "twin").out.splitlines() == [
        "the U.N. monitoring team (twin) · organisation",
        "  derives from: UN Monitoring Team (un)",
        "cited for, in 1 statement in 1 document",
        "  toll C1  It pays.  (named organisation “say”)",
        "reliability",
        "  C on tolls fairly reliable  (4 of 6 checked statements were right, by amy): two were wrong",
        "similar names",
        "  UN Monitoring Team (un)  the same",
    ]
    assert "relayed" in team.run("sources", "The Paper").out
    assert "interest: its mandate" in team.run("sources", "UN Mon").out


def test_one_source_as_json_is_a_list_of_one_with_what_it_said(team: Terminal) -> None:
    [twin] = team.run("sources", "twin", "--json").json
    assert rows(team)["twin"].items() <= twin.items()
    [said] = twin["said"]
    assert (said["document"], said["statement"], said["class"]) == (
        "toll", "t1", "named_organisation",
    )  # fmt: skip
    assert [(a["id"], a["is_same"]) for a in twin["alike"]] == [("un", True)]
    assert (twin["earlier"], twin["ratings"]) == ([], [])


def test_a_source_shows_how_it_was_judged_before(team: Terminal) -> None:
    changed = LETTER | {"letter": "D", "because": "a third was wrong"}
    assert team.run("import", team.records("b.jsonl", changed)).code == 0
    out = team.run("sources", "twin").out
    assert out.index("D on tolls not usually reliable") < out.index("earlier reliability")
    assert "  C on tolls fairly reliable" in out
    [twin] = team.run("sources", "twin", "--json").json
    assert [letter["letter"] for letter in twin["reliability"]] == ["D"]
    assert [letter["letter"] for letter in twin["earlier"]] == ["C"]


def test_a_rated_source_shows_its_ratings(team: Terminal) -> None:
    rubric = {
        "type": "rubric", "id": "plain", "version": "1", "title": "Plain", "applies_to": ["source"],
        "bands": ["Low", "High"], "cuts": [0], "combination": {"base": "all"},
        "blocks": [{"id": "all", "title": "All", "criteria": [
            {"id": "good", "title": "Good", "weight": 1, "levels": ["no", "yes"]}]}],
    }  # fmt: skip
    rated = {"type": "rating", "source": "un", "rubric": "plain", "criterion": "good",
             "answer": "cannot_judge", "assessor": "amy", "because": "never met"}  # fmt: skip
    assert team.run("import", team.records("b.jsonl", rubric, rated)).code == 0
    assert "  good cannot judge  (plain 1, by amy): never met" in team.run("sources", "un").out
    [un] = team.run("sources", "un", "--json").json
    assert [rating["criterion"] for rating in un["ratings"]] == ["good"]


def test_merging_is_one_operation_that_is_undone_and_redone(team: Terminal) -> None:
    before = exported(team)
    ran = team.run("sources", "--merge", "twin", "un")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        (
            "merged source the U.N. monitoring team into UN Monitoring Team, now cited by 2"
            " statements in 2 documents; argmap undo separates them"
        ),
        "UN Monitoring Team would derive from itself; that link is dropped",
    ]
    after = exported(team)
    found = rows(team)
    assert list(found) == ["paper", "un"]
    assert (found["un"]["documents"], found["un"]["statements"]) == (["bus", "toll"], ["b1", "t1"])
    assert found["un"]["classes"] == ["named_organisation", "unnamed_role"]
    assert (found["paper"]["derives_from"], found["un"]["derives_from"]) == (["un"], [])
    assert [letter["letter"] for letter in found["un"]["reliability"]] == ["C"]
    newest = team.run("history", "--json").json[0]
    assert newest["label"] == "merged source the U.N. monitoring team into UN Monitoring Team"
    assert team.run("undo").code == 0
    assert exported(team) == before
    assert team.run("redo").code == 0
    assert exported(team) == after
    assert team.run("doctor").code == 0


def test_a_merge_that_closes_a_circle_says_so(team: Terminal) -> None:
    echo = {"type": "source", "id": "echo", "name": HOSTILE, "kind": "outlet"}
    circle = {"derives_from": ["paper"]}
    team.run("import", team.records("b.jsonl", echo | circle))
    told = team.run("sources", "--merge", "echo", "un").err.splitlines()
    assert told[1] == (
        "this closes a circle of derivation: UN Monitoring Team derives from The Paper, The Paper"
        " derives from the U.N. monitoring team, the U.N. monitoring team derives from"
        " UN Monitoring Team"
    )
    ran = team.run("sources", "--merge", "paper", "un")
    assert "\x1b" not in ran.err


def test_merging_prints_the_merged_source_where_json_is_asked_for(team: Terminal) -> None:
    [merged] = team.run("sources", "--merge", "twin", "un", "--json").json
    assert (merged["id"], merged["statements"]) == ("un", ["b1", "t1"])


def test_a_merge_that_runs_again_finds_nothing_and_harms_nobody(team: Terminal) -> None:
    another = UN | {"id": "twins", "name": "Twins"}
    team.run("import", team.records("b.jsonl", another))
    assert team.run("sources", "--merge", "twin", "un").code == 0
    before = exported(team)
    ran = team.run("sources", "--merge", "twin", "un")
    assert (ran.code, exported(team)) == (2, before)
    assert "no source 'twin'" in ran.line
    assert "itself" in team.run("sources", "--merge", "un", "UN Monitoring Team").line


def test_showing_and_merging_at_once_is_refused(team: Terminal) -> None:
    before = exported(team)
    ran = team.run("sources", "un", "--merge", "twin", "un")
    assert (ran.code, ran.out, exported(team)) == (2, "", before)
    assert "a source to show, or --merge with two sources" in ran.line


def test_many_remarks_are_counted(team: Terminal) -> None:
    letters = [
        LETTER | {"source": source, "topic": str(n)} for n in range(9) for source in ("twin", "un")
    ]
    team.run("import", team.records("b.jsonl", *letters))
    lines = team.run("sources", "--merge", "twin", "un").err.splitlines()
    assert len(lines) == 7
    assert lines[-1] == "and 5 more"


def test_a_warning_comes_where_letters_and_numbers_look_judged_by_each_other(
    team: Terminal,
) -> None:
    claims = [
        {"type": "statement", "id": f"c{n}", "document": "toll", "kind": "claim", "text": f"{n}.",
         "attribution": {"class": "named_organisation", "source": "twin"}} for n in range(10)
    ]  # fmt: skip
    numbers = [
        {"type": "credibility", "statement": f"c{n}", "number": 3, "assessor": "amy"}
        for n in range(10)
    ]
    assert team.run("import", team.records("b.jsonl", *claims, *numbers[:9])).code == 0
    assert "Admiralty" not in team.run("sources").err
    assert team.run("import", team.records("c.jsonl", numbers[9])).code == 0
    assert "10 of 10 Admiralty pairs" in team.run("sources").err


def test_hostile_names_are_shown_and_not_obeyed(terminal: Terminal) -> None:
    keys = ("name", "url", "description", "interest")
    one = UN | dict.fromkeys(keys, HOSTILE)
    other = TWIN | {"name": HOSTILE, "interest": f"another {HOSTILE}", "derives_from": []}
    said = {"class": "named_person", "source": "un", "cue": HOSTILE}
    letter = LETTER | {"source": "un", "topic": HOSTILE, "because": HOSTILE, "assessor": HOSTILE}
    pays = PAYS | {"text": HOSTILE, "attribution": said}
    file = terminal.records("a.jsonl", TOLL, one, other, pays, letter, letter | {"source": "twin"})
    assert terminal.run("import", file).code == 0
    runs = [
        terminal.run("sources"),
        terminal.run("sources", "un"),
        terminal.run("sources", HOSTILE),
        terminal.run("sources", "--merge", "twin", "un"),
        terminal.run("sources", "--merge", HOSTILE + "x", "un"),
    ]
    assert [ran.code for ran in runs] == [0, 0, 2, 0, 2]
    for ran in runs:
        for sign in ("\x1b", "\u202e", "\x9b"):
            assert sign not in ran.out + ran.err
    assert "⟦U+202E⟧" in runs[0].out
    assert "[bold]loud[/bold]⟦U+000A⟧line" in runs[1].out
    ran = terminal.run("sources", "un", "--json")
    assert "\\u202e" in ran.out
    assert ran.json[0]["name"] == HOSTILE
