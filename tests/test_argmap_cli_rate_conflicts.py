"""No rating is lost when several processes rate the same claim concurrently."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.strategies.maps import AT, everything_of, small_map

import store
from argmap.errors import BusyError

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.map import ArgumentMap


@pytest.fixture
def toll(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    with store.open_store(terminal.database) as opened:
        store.apply(opened, everything_of(small_map()), AT)
    return terminal


def rated(terminal: Terminal) -> dict[str, object]:
    """Return the answers on C2, by criterion."""
    with store.open_store(terminal.database) as opened:
        ratings = store.load_map(opened, "toll").ratings_of["s-stay"]
        return {rating.criterion: rating.answer for rating in ratings}


def test_nobody_writes_between_what_a_rating_reads_and_what_it_writes(
    toll: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, refused = store.load_map, []

    def load_beside_another(opened: store.Store, document: str) -> ArgumentMap:
        with store.open_store(toll.database, wait=0) as other, pytest.raises(BusyError) as caught:
            store.add_text(other, "Another text.")
        refused.append(caught.value)
        return load(opened, document)

    with monkeypatch.context() as patch:
        patch.setattr(store, "load_map", load_beside_another)
        ran = toll.run("rate", "toll", "C2", "directness=1", "--assessor", "amy")
    assert ran.code == 0, ran.err
    assert len(refused) == 1
    assert rated(toll) == {"directness": 1}


def test_ratings_by_many_concurrent_processes_are_all_saved(toll: Terminal, tmp_path: Path) -> None:
    criteria = ["directness", "fit", "corroboration", "specificity"]
    words = [sys.executable, "-m", "argmap", "-d", str(toll.database), "rate", "toll", "C2"]
    running = [
        subprocess.Popen(
            [*words, f"{name}={level}", "--assessor", "amy"],
            env=toll.environment(), cwd=tmp_path, stderr=subprocess.PIPE,
        )
        for level, name in enumerate(criteria)
    ]  # fmt: skip
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * len(criteria), said
    assert rated(toll) == {name: level for level, name in enumerate(criteria)}
