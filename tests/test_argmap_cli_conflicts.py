"""Two who rate the same claim by the command line: both land, or the second is told."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from map_strategies import AT, everything_of, small_map
from terminal import Terminal

import store
from argmap.edit import rate
from argmap.model.rating import Rating
from argmap.records.identity import rating_id

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


def answer(argument_map: ArgumentMap, criterion: str, level: int) -> Rating:
    rubric = next(iter(argument_map.rubrics.values()))
    id_ = rating_id("s-stay", "evidence-attribution", rubric.version, criterion, "amy")
    return Rating(id_, "evidence-attribution", rubric.version, criterion, "amy", level, "s-stay")


@pytest.mark.parametrize(("theirs", "code"), [("fit", 0), ("directness", 2)])
def test_who_is_second_lands_beside_the_first_or_is_told_in_one_line(
    toll: Terminal, monkeypatch: pytest.MonkeyPatch, theirs: str, code: int
) -> None:
    load = store.load_map

    def load_and_be_overtaken(opened: store.Store, document: str) -> ArgumentMap:
        found = load(opened, document)
        with store.open_store(toll.database) as other:
            store.apply(other, rate(found, [answer(found, theirs, 4)]), AT)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(store, "load_map", load_and_be_overtaken)
        ran = toll.run("rate", "toll", "C2", "directness=1", "--assessor", "amy")
    assert ran.code == code, ran.err
    if code:
        assert "directness of C2 by amy was changed meanwhile" in ran.line
        assert "“4”" in ran.line
        assert rated(toll) == {"directness": 4}
        assert toll.run("rate", "toll", "C2", "directness=1", "--assessor", "amy").code == 0
    assert rated(toll) == {"directness": 1} | ({"fit": 4} if theirs == "fit" else {})


def test_many_processes_that_rate_at_once_all_land(toll: Terminal, tmp_path: Path) -> None:
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
