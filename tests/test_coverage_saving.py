"""Coverage of a property is measured in its first examples; the others run without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never

import pytest
from coverage import Coverage
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyFailure
from support.coverage_saving import TRACED, first_examples_traced, untraced

if TYPE_CHECKING:
    from collections.abc import Callable


class Recorder:
    """A stand-in for nested measurements of coverage that records each start and stop."""

    def __init__(self, *names: str) -> None:
        self.log: list[str] = []
        self.running = [Measurement(name, self) for name in names]

    def current(self) -> Measurement | None:
        return self.running[-1] if self.running else None


class Measurement:
    def __init__(self, name: str, recorder: Recorder) -> None:
        self.name = name
        self.recorder = recorder

    def stop(self) -> None:
        assert self.recorder.running.pop() is self
        self.recorder.log.append(f"stop {self.name}")

    def start(self) -> None:
        self.recorder.running.append(self)
        self.recorder.log.append(f"start {self.name}")


STOPS = ["stop worker", "stop process"]
STARTS = ["start process", "start worker"]


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder("process", "worker")
    monkeypatch.setattr(Coverage, "current", recorder.current)
    return recorder


def property_of(recorder: Recorder, examples: int) -> Callable[[], None]:
    """Return a property that records each of its *examples*."""

    @settings(max_examples=examples, database=None, phases=[Phase.generate])
    @given(st.integers())
    def holds(_: int) -> None:
        recorder.log.append("example")

    return holds


def test_every_example_runs_and_only_the_first_are_traced(recorder: Recorder) -> None:
    holds = property_of(recorder, TRACED + 30)
    with first_examples_traced(holds):
        holds()
    assert recorder.log == [*["example"] * TRACED, *STOPS, *["example"] * 30, *STARTS]


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
    assert [line for line in recorder.log if line.startswith("stop")] == STOPS
    assert recorder.log[-2:] == STARTS


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


def test_large_tests_are_not_traced_at_all(recorder: Recorder) -> None:
    with untraced():
        recorder.log.append("test")
        assert not recorder.running
    assert recorder.log == [*STOPS, "test", *STARTS]


@pytest.mark.large
def test_no_measurement_is_under_way_in_a_test_marked_large() -> None:
    assert Coverage.current() is None
