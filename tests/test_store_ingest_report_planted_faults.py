"""The report of rejected records lists exactly the planted faults, line by line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import (
    CLAIM,
    DOCUMENT,
    EVERYTHING,
    EVIDENCE,
    RATING,
    RUBRIC,
    Desk,
    without,
)
from support.strategies.planted_faults import PLANTS, planted_file

from argmap.records.ids import statement_id

if TYPE_CHECKING:
    from pathlib import Path

COPIES = 8
WORDS = {"too deep": "is nested too deeply", "no number": "NaN is not a JSON number",
         "a bare NUL": "is not JSON", "a key twice": "the key is given twice",
         "half a character": "lone surrogate", "an integer over 2^53": "is an integer beyond 2^53",
         "an id not in form C": "is not in Unicode normalization form C"}  # fmt: skip
"""Words that the reason for some planted faults must contain."""


def test_the_report_is_the_list_of_planted_faults(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    content, expected = planted_file(seed=1, copies=COPIES)
    terminal.write("planted.jsonl", content)
    ran = terminal.run("import", "planted.jsonl", "--json", "--rejects", "rejects")
    account = ran.json
    assert (ran.code, ran.err) == (1, "")
    assert account["read"] > 3000
    found = [(r["line"], r["path"]) for r in account["rejected"]]
    assert found == [(e.line, e.path) for e in expected]
    assert account["reasons"] == dict(Counter(e.kind for e in expected))
    assert account["rejected_total"] == len(expected)
    raw = b"".join(e.raw + b"\n" for e in expected)
    assert (tmp_path / "rejects").read_bytes() == raw
    assert terminal.run("doctor").code == 0


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_every_fault_has_its_place_and_kind_whatever_the_order(desk: Desk, seed: int) -> None:
    content, expected = planted_file(seed, copies=1)
    account = desk.land_bytes(content)
    found = [(r.line, r.path, r.kind) for r in account.rejected]
    assert found == [(e.line, e.path, e.kind) for e in expected]
    assert account.added + account.unchanged == account.read - len(expected)
    assert desk.complaints() == []


def test_the_file_again_rejects_the_same_and_changes_nothing(desk: Desk) -> None:
    content, expected = planted_file(seed=5, copies=1)
    desk.land_bytes(content)
    again = desk.land_bytes(content)
    assert (again.operation, again.added, again.updated) == (None, 0, 0)
    assert [r.line for r in again.rejected] == [e.line for e in expected]


def test_strict_and_dry_imports_of_planted_faults_write_nothing(desk: Desk) -> None:
    content, expected = planted_file(seed=6, copies=1)
    for options in ({"is_strict": True}, {"is_dry": True}):
        account = desk.land_bytes(content, **options)
        assert (account.operation, account.rejected_total) == (None, len(expected))
        assert not desk.path.exists()


@pytest.mark.parametrize("name", WORDS)
def test_the_reason_names_the_fault(desk: Desk, name: str) -> None:
    content, expected = planted_file(seed=7, copies=1)
    account = desk.land_bytes(content)
    [raw] = {line.raw.replace(b"@", b"") for line in PLANTS[name] if line.path is not None}
    own = f"p0-{list(PLANTS).index(name)}".encode()
    [line] = [e.line for e in expected if e.raw.replace(own, b"") == raw]
    [reason] = [r.reason for r in account.rejected if r.line == line]
    assert WORDS[name] in reason


def test_a_cue_is_checked_if_attribution_statement_and_document_come_backwards(
    desk: Desk,
) -> None:
    said = {"type": "attribution", "statement": "c1", "class": "common_knowledge", "cue": "It",
            "cue_start": 0}  # fmt: skip
    path, reason, _ = desk.fault(said, CLAIM | {"quote": "The toll stays."}, DOCUMENT)
    assert (path, reason) == ("cue_start", "the text has 'Th' at 0, not the cue 'It'")
    assert desk.ids() == {"c1", "toll"}


def test_of_two_answers_the_first_is_imported_even_if_it_was_deferred(desk: Desk) -> None:
    rating = without(RATING, "id") | {"version": "1.0"}
    desk.landed(DOCUMENT)
    account = desk.land(rating, CLAIM, rating | {"answer": 2})
    [only] = account.rejected
    assert only.line == 3
    assert "is already used in line 1, with other content" in only.reason
    assert [record["answer"] for record in desk.exported("rating")] == [1]


def test_references_to_the_first_of_two_statements_are_accepted_even_if_it_was_deferred(
    desk: Desk,
) -> None:
    statement = without(CLAIM, "id")
    made = statement_id("toll", "claim", CLAIM["text"], ())
    account = desk.land(statement | {"note": "a"}, DOCUMENT, statement | {"note": "b"},
                        EVIDENCE | {"supports": made})  # fmt: skip
    assert [r.line for r in account.rejected] == [3]
    assert desk.record(made)["note"] == "a"
    assert desk.exported("inference")[0]["conclusion"] == made


def test_the_name_of_a_criterion_is_no_pattern(desk: Desk) -> None:
    [block] = RUBRIC["blocks"]
    odd = RUBRIC | {"blocks": [block | {"criteria": [block["criteria"][0] | {"id": "{x} {0}"}]}]}
    rating = RATING | {"rubric": "plain", "criterion": "{x} {0}"}
    desk.landed(*[record for record in EVERYTHING if record["type"] != "rubric"])
    account = desk.land(odd, rating | {"id": "r8"}, rating | {"id": "r9", "answer": 2})
    assert [r.reason for r in account.rejected] == [
        "'tess' has already answered {x} {0} here, in 'r8'"
    ]
