"""Measure coverage only where it can find new lines: tracing doubles the time of a test."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

TRACED = 5
"""Examples of a property that are traced; later ones run the same lines on other values."""


@contextmanager
def first_examples_traced(test: object) -> Iterator[None]:
    """Trace only the first examples of *test* in this context; all examples run.

    Does nothing if *test* is no property or if coverage is not measured.
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
    """Measure no coverage in this context, since large tests only repeat lines of others."""
    stopped = _stop_all()
    try:
        yield
    finally:
        _start_all(stopped)


def _stop_all() -> list[Coverage]:
    """Stop every running measurement, the latest first, since each stop resumes the one below.

    A worker of pytest-xdist has two.
    """
    stopped: list[Coverage] = []
    while (latest := Coverage.current()) is not None:
        latest.stop()
        stopped.append(latest)
    return stopped


def _start_all(stopped: list[Coverage]) -> None:
    for coverage in reversed(stopped):
        coverage.start()
