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
    coverage = Coverage.current()
    if handle is None or coverage is None:
        yield
        return
    whole, count = handle.inner_test, 0

    @wraps(whole)
    def example(*values: object, **named: object) -> object:
        nonlocal count
        count += 1
        if count == TRACED + 1:
            coverage.stop()
        return whole(*values, **named)

    handle.inner_test = example
    try:
        yield
    finally:
        handle.inner_test = whole
        if count > TRACED:
            coverage.start()


@contextmanager
def untraced() -> Iterator[None]:
    """Within this nothing counts as coverage: what is large runs lines that others have run."""
    coverage = Coverage.current()
    if coverage is None:
        yield
        return
    coverage.stop()
    try:
        yield
    finally:
        coverage.start()
