"""Count coverage only where it can still find something: tracing doubles the time of a test."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

TRACED = 5
"""Examples of a property that count; those after them run the same lines on other values."""


@contextmanager
def first_examples_traced(test: object) -> Iterator[None]:
    """Within this, only the first examples of *test* count as coverage; all of them run.

    Does nothing where *test* is no property or coverage is not measured.
    """
    handle: Any = getattr(test, "hypothesis", None)
    if handle is None or Coverage.current() is None:
        yield
        return
    whole, count = handle.inner_test, 0
    stopped: list[Coverage] = []

    @wraps(whole)
    def example(*values: object, **named: object) -> object:
        nonlocal count
        count += 1
        if count == TRACED + 1:
            stopped.extend(_stop_all())
        return whole(*values, **named)

    handle.inner_test = example
    try:
        yield
    finally:
        handle.inner_test = whole
        _start_all(stopped)


@contextmanager
def untraced() -> Iterator[None]:
    """Within this nothing counts as coverage: what is large runs lines that others have run."""
    stopped = _stop_all()
    try:
        yield
    finally:
        _start_all(stopped)


def _stop_all() -> list[Coverage]:
    """Stop every measurement under way, the latest first: where one stops, the one below goes on.

    In a worker of pytest-xdist there are two.
    """
    stopped: list[Coverage] = []
    while (latest := Coverage.current()) is not None:
        latest.stop()
        stopped.append(latest)
    return stopped


def _start_all(stopped: list[Coverage]) -> None:
    for coverage in reversed(stopped):
        coverage.start()
