"""Coverage of a property is counted in its first examples; the others run all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never

import pytest
from coverage import Coverage
from coverage_saving import TRACED, first_examples_traced
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure

if TYPE_CHECKING:
    from collections.abc import Callable


class Recorder:
    """Stands in for coverage, and writes down what happens when."""

    def __init__(self) -> None:
        self.log: list[str] = []

    def stop(self) -> None:
        self.log.append("stop")

    def start(self) -> None:
        self.log.append("start")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(Coverage, "current", lambda: recorder)
    return recorder


def property_of(recorder: Recorder, examples: int) -> Callable[[], None]:
    """Return a property that writes down each of its *examples*."""

    @settings(max_examples=examples, database=None, phases=[Phase.generate])
    @given(st.integers())
    def holds(_: int) -> None:
        recorder.log.append("example")

    return holds


def test_every_example_runs_and_only_the_first_are_traced(recorder: Recorder) -> None:
    holds = property_of(recorder, TRACED + 30)
    with first_examples_traced(holds):
        holds()
    assert recorder.log == [*["example"] * TRACED, "stop", *["example"] * 30, "start"]


def test_a_short_property_is_traced_whole(recorder: Recorder) -> None:
    holds = property_of(recorder, TRACED)
    with first_examples_traced(holds):
        holds()
    assert recorder.log == ["example"] * TRACED


def test_a_property_that_fails_late_fails_and_tracing_goes_on(recorder: Recorder) -> None:
    @settings(max_examples=TRACED + 30, database=None, phases=[Phase.generate])
    @given(st.integers())
    def fails(_: int) -> None:
        recorder.log.append("example")
        assert recorder.log.count("example") <= TRACED + 5

    with pytest.raises((AssertionError, FlakyFailure)), first_examples_traced(fails):
        fails()
    assert recorder.log.count("stop") == recorder.log.count("start") == 1
    assert recorder.log[-1] == "start"


def test_afterwards_a_property_is_as_it_was(recorder: Recorder) -> None:
    holds = property_of(recorder, TRACED + 30)
    with first_examples_traced(holds):
        pass
    holds()
    assert set(recorder.log) == {"example"}


def test_a_test_that_is_no_property_is_traced_whole(recorder: Recorder) -> None:
    def refuses() -> Never:
        raise NotImplementedError

    with first_examples_traced(refuses), pytest.raises(NotImplementedError):
        refuses()
    assert recorder.log == []
