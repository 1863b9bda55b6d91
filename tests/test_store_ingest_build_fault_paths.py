"""The path of a fault names the key that was written, in every format."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import BASICS, OTHER, SOURCE, Content, Desk, lines

from store.ingest.build.fault_paths import path_in_file

if TYPE_CHECKING:
    from pathlib import Path

CLAIM: Content = {"type": "statement", "id": "x", "document": "toll", "kind": "claim", "text": "X."}
EVIDENCE = CLAIM | {"kind": "evidence"}
VAGUE: Content = {"class": "vague_report", "source": "reports"}
BAD: Content = {"type": "statement", "id": "bad", "document": "toll", "kind": "claim", "text": ""}
GROUND = (*BASICS, OTHER, BAD, {"type": "source", "id": "bads", "name": "", "kind": "vague"},
          CLAIM | {"id": "b1", "document": "bus"}, CLAIM | {"id": "c9", "label": "C9"})  # fmt: skip


def of(**keys: object) -> Content:
    """Return evidence with *keys*."""
    return EVIDENCE | keys


def voice(**keys: object) -> Content:
    return EVIDENCE | {"attribution": VAGUE | keys}


def second(**keys: object) -> Content:
    return EVIDENCE | {"attribution": [VAGUE, VAGUE | {"cue": "they say"} | keys]}


STANCED: list[tuple[str, Content]] = [
    (f"{stance}{place}", of(**{stance: ["c1", bad] if place else bad}))
    for stance in ("supports", "opposes")
    for bad in ("nobody", "reports", "b1", "bad", "x", "e\u0301", "a\0", 5)
    for place in ("", "[1]")
]
RATINGS: list[tuple[str, Content]] = [
    ("ratings.directness", CLAIM | {"ratings": {"directness": answer}})
    for answer in (9, -1, "good", 1.5, None, True, 2**60, [1], {"a": 1})
]
WRONG: list[tuple[str, object]] = [
    ("class", "gossip"), ("class", None), ("source", "nobody"), ("source", "c1"),
    ("source", "bads"), ("source", None), ("source", 5), ("cue_start", 3), ("accessed", "soon"),
    ("id", ""), ("id", "c1"), ("id", "x"), ("cue", "a\0"), ("access", "x"),
    ("text_certainty", "x"), ("source_certainty", "x"), ("locator", 5), ("note", []), ("zebra", 1),
]  # fmt: skip
VOICED = [(f"attribution.{key}", voice(**{key: value})) for key, value in WRONG]
CASES: list[tuple[str, Content]] = [
    *RATINGS,
    ("ratings.fit", CLAIM | {"ratings": {"directness": 1, "fit": "x"}}),
    ("ratings.charm", CLAIM | {"ratings": {"charm": 1}}),
    ("ratings.directness", of(ratings={"directness": 1})),
    ("ratings", CLAIM | {"ratings": [1]}),
    ("ratings", CLAIM | {"ratings": {"a\0": 1}}),
    *STANCED,
    ("opposes", of(supports="c1", opposes="c1")),
    ("opposes[1]", of(supports=["c1"], opposes=["c9", "c1"])),
    *VOICED,
    ("attribution.cue_start", voice(cue="zebra", cue_start=3)),
    ("attribution.class", of(attribution={"source": "reports"})),
    ("attribution.source", voice(chain=["reports"])),
    ("attribution.chain", of(attribution={"class": "vague_report", "chain": []})),
    ("attribution.chain[1]", of(attribution={"class": "vague_report", "chain": ["reports", "x9"]})),
    ("attribution.chain[0]", of(attribution={"class": "vague_report", "chain": [5]})),
    ("attribution", of(attribution="amy")),
    ("attribution[1].cue_start", second(cue_start=3)),
    ("attribution[1].source", second(source="bads")),
    ("attribution[1].zebra", second(zebra=1)),
    ("attribution[1].id", second(id="c1")),
    ("attribution[1]", of(attribution=[VAGUE | {"id": "q"}, VAGUE | {"id": "q", "cue": "z"}])),
    ("attribution[1]", of(attribution=[VAGUE, VAGUE | {"note": "other"}])),
    ("attribution[0].chain[0]", of(attribution=[{"class": "named_person", "chain": ["x9"]}])),
    ("quote", CLAIM | {"quote": "zebra"}), ("quote", CLAIM | {"quote": "toll"}),
    ("quote[1]", CLAIM | {"quote": ["The toll stays.", "zebra"]}),
    ("quote[0]", CLAIM | {"quote": [5]}),
    ("prefix", CLAIM | {"quote": "toll", "prefix": "zebra"}),
    ("prefix[1]", CLAIM | {"quote": ["The toll stays.", "toll"], "prefix": ["", "zebra"]}),
    ("end", CLAIM | {"quote": "The toll stays.", "end": 3}),
    ("end[1]", CLAIM | {"start": [1, 4], "end": [2, 9999]}),
    ("start", CLAIM | {"start": [1, 4], "end": [2]}),
    ("tags[1]", CLAIM | {"tags": ["a", ""]}),
    ("main_item", CLAIM | {"main_item": "x"}), ("main_item", CLAIM | {"main_item": "c1"}),
    ("derives_from[1]", SOURCE | {"id": "s", "derives_from": ["reports", "s"]}),
    ("same_origin[0]", SOURCE | {"id": "s", "same_origin": ["bads"]}),
    ("source", {"type": "attribution", "statement": "e1", **VAGUE, "source": "x9"}),
    ("version", {"type": "rating", "statement": "c1", "criterion": "fit", "answer": 1, "version": "9"}),
]  # fmt: skip


@pytest.mark.parametrize("lane", ["whole", "bit by bit"])
def test_each_fault_is_at_the_key_that_was_written(
    desk: Desk, lane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.ingest.run.SPAN", 1 if lane == "bit by bit" else 1000)
    own = [name(record, f"n{n}") for n, (_, record) in enumerate(CASES)]
    account = desk.land_bytes(lines([*GROUND, *own]))
    paths = {r.line - len(GROUND): r.path for r in account.rejected if r.line > len(GROUND)}
    assert [(n, paths.get(n)) for n in range(1, len(CASES) + 1)] == [
        (n, path) for n, (path, _) in enumerate(CASES, 1)
    ]


def name(record: Content, id_: str) -> Content:
    """Return *record* with a new id instead of "x", and all references to it."""

    def renamed(value: object) -> object:
        if isinstance(value, list):
            return [renamed(each) for each in value]
        if isinstance(value, dict):
            return {key: renamed(each) for key, each in value.items()}
        return id_ if value == "x" else value

    keys = {"id", "supports", "opposes", "main_item", "attribution"}
    return {key: renamed(value) if key in keys else value for key, value in record.items()}


@pytest.mark.parametrize(
    ("update", "path"),
    [
        ({"id": "c1", "kind": "evidence"}, "kind"),
        ({"id": "c1", "quote": " "}, "quote"),
        ({"id": "at1", "type": "attribution", "cue": "zebra"}, "cue"),
        ({"id": "l1", "type": "reliability", "checked": 1}, "checked"),
        ({"id": "i1", "type": "inference", "premises": ["e1", "c1"]}, "premises"),
    ],
)
def test_the_fault_of_an_update_is_at_a_key_that_it_gives(
    desk: Desk, update: Content, path: str
) -> None:
    desk.landed(*BASICS)
    desk.landed(
        {"type": "statement", "id": "c1", "nature": "value"},
        {"type": "attribution", "id": "at1", "statement": "e1", "class": "vague_report",
         "chain": ["reports"], "cue": "Reports say", "cue_start": 26},
        {"type": "reliability", "id": "l1", "source": "reports", "checked": 3, "valid": 2},
        {"type": "inference", "id": "i1", "document": "toll", "premises": ["e1"],
         "conclusion": "c1", "stance": "supports"},
    )  # fmt: skip
    assert desk.fault({"type": "statement"} | update)[0] == path


HEADER = "id,document,Kind of it,text,supports,opposes,opposes_id,class,Who,Who is it,cue,cue_start,assessor,Direct"
MAP = ("Kind of it=kind", "Who=source", "Who is it=source_kind", "Direct=directness")


FAULTS: list[tuple[str, dict[str, str]]] = [
    ("Kind of it", {"Kind of it": "boast"}),
    ("supports[1]", {"Kind of it": "evidence", "supports": "c1;nobody"}),
    ("opposes", {"Kind of it": "evidence", "opposes": "nobody", "opposes_id": "o1"}),
    ("opposes", {"supports": "c1", "opposes": "c1"}),
    ("Who", {"class": "vague_report", "Who": "nobody"}),
    ("Who[1][0]", {"class": "vague_report;named_person", "Who": "reports;nobody > reports"}),
    ("Who is it", {"class": "vague_report", "Who": "amy", "Who is it": "voice"}),
    ("cue_start", {"class": "vague_report", "Who": "reports", "cue": "x", "cue_start": "3"}),
    ("class", {"class": "gossip", "Who": "reports"}),
    ("Direct", {"Direct": "9"}),
    ("Direct", {"Direct": "good"}),
    ("Direct", {"assessor": "amy", "Direct": "9"}),
    ("Direct", {"Kind of it": "evidence", "Direct": "1"}),
]
"""Faults of rows: the column of each, and the cells that have it."""


def import_table(folder: Path, rows: list[dict[str, str]], *words: str) -> list[str]:
    """Import *rows* with statements that are there; return the column of each row's first fault."""
    terminal = Terminal(folder)
    terminal.run("import", terminal.records("base.jsonl", *BASICS))
    lines = [",".join(row.get(k, "") for k in HEADER.split(",")) + "\n" for row in rows]
    terminal.write("t.csv", f"{HEADER}\n{''.join(lines)}")
    maps = [word for each in MAP for word in ("--map", each)]
    ran = terminal.run("import", "t.csv", *words, *maps, "--json")
    by_row = groupby(ran.json["rejected"], key=lambda rejected: rejected["line"])
    return [next(faults)["path"] for _, faults in by_row]


def row_with(cells: dict[str, str], id_: str = "x") -> dict[str, str]:
    return {"id": id_, "document": "toll", "Kind of it": "claim", "text": "X."} | cells


@pytest.mark.parametrize(("path", "cells"), FAULTS)
def test_the_fault_of_a_table_is_in_a_column_that_it_has(
    tmp_path: Path, path: str, cells: dict[str, str]
) -> None:
    assert import_table(tmp_path, [row_with(cells)]) == [path]


def test_processes_report_the_faults_of_tables_in_the_same_columns(tmp_path: Path) -> None:
    rows = [row_with(cells, f"x{n}") for n, (_, cells) in enumerate(FAULTS)]
    found = import_table(tmp_path, rows, "t.csv", "--jobs", "2")
    assert found == [path for path, _ in FAULTS] * 2


def test_the_fault_of_markdown_is_in_its_own_words(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    said = {"type": "attribution", "statement": "e1", "class": "vague_report", "chain": ["reports"],
            "cue": "Reports say", "cue_start": 26}  # fmt: skip
    terminal.run("import", terminal.records("base.jsonl", *BASICS, said))
    text = terminal.run("export", "toll").out
    terminal.write("toll.md", text.replace("reporting words at: 26", "reporting words at: 27"))
    ran = terminal.run("-d", "new.db", "import", "toll.md", "--json")
    assert [r["path"] for r in ran.json["rejected"]] == ["reporting words at"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("attribution[1].chain[0]", "Who[1][0]"),
        ("attribution[1].note", "attribution[1].note"),
        ("premises[0]", "id"),
        ("kind", "kind"),
        ("", ""),
    ],
)
def test_numbers_in_a_path_stay_with_their_keys(path: str, expected: str) -> None:
    assert path_in_file(path, {"attribution.chain": "Who", "premises[0]": "id"}) == expected
