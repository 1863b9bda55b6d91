"""The views for SQL users: documented column by column, and usable without argmap."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3 as plain  # the standard library's, as a script has it
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.strategies.maps import AT, everything_of, small_map

import store
from argmap import edit
from argmap.help.topics import topics

if TYPE_CHECKING:
    from pathlib import Path

SECTION = topics()["sql"].text
QUERIES = re.findall(r"<!-- sql -->\n```sh\n(.*?)\n```", SECTION, re.DOTALL)
VIEWS = ("claims", "evidence", "grades_input")


@pytest.fixture
def filled(path: Path) -> Path:
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(small_map()), AT)
        traffic = edit.change_statement(small_map(), "s-stay", text="The traffic stays.")
        store.apply(opened, traffic, AT)
    return path


def test_each_view_has_a_query_in_the_help_page() -> None:
    assert [view for view in VIEWS if not any(f"from {view}" in q for q in QUERIES)] == []


@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_of_the_help_page_run_in_sqlite_utils(filled: Path, query: str) -> None:
    program, *words = shlex.split(query)
    assert program == "sqlite-utils"
    done = subprocess.run(
        [sys.executable, "-m", "sqlite_utils", *words],
        cwd=filled.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)


@pytest.mark.parametrize("view", VIEWS)
def test_each_column_of_a_view_is_documented(filled: Path, view: str) -> None:
    with store.open_store(filled) as opened:
        columns = [row[1] for row in opened.db.execute(f"PRAGMA table_info({view})")]
    table = SECTION.split(f"`{view}`, one row")[1].split("<!-- sql -->")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(documented) == sorted(columns)


@pytest.mark.skipif(plain.sqlite_version_info < (3, 37), reason="this SQLite knows no STRICT")
def test_the_views_work_in_plain_sqlite(filled: Path) -> None:
    connection = plain.connect(f"file:{filled}?mode=ro", uri=True)
    try:
        counts = [connection.execute(f"SELECT count(*) FROM {v}").fetchone()[0] for v in VIEWS]
        claim = connection.execute("SELECT label, main, supported_by FROM claims").fetchone()
    finally:
        connection.close()
    assert counts == [2, 1, 1]
    assert claim == ("C1", 1, 1)


def test_evidence_is_one_row_for_each_use_and_one_for_none(filled: Path) -> None:
    with store.open_store(filled) as opened:
        rows = opened.db.execute("SELECT label, stance, conclusion, inference FROM evidence")
        assert rows.fetchall() == [("E1", "supports", "s-toll", "i-fell")]
        opened.db.execute("DELETE FROM premise WHERE statement = 's-fell'")
        rows = opened.db.execute("SELECT label, stance, conclusion, inference FROM evidence")
        assert rows.fetchall() == [("E1", None, None, None)]
