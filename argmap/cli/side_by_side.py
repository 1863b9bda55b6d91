"""Tasks done side by side by an executor, their results in the order of the tasks."""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TYPE_CHECKING, Any, TypeVar

from argmap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")


class Here(Executor):
    """An executor that does each task in this process, when it is asked to."""

    def submit(self, task: Callable[..., R], /, *given: Any, **named: Any) -> Future[R]:  # noqa: ANN401  (as in `Executor`)
        """Do *task* and return its result, there already."""
        future: Future[R] = Future()
        future.set_result(task(*given, **named))
        return future


def executor_of(jobs: int) -> Executor:
    """Return an executor that does *jobs* tasks at a time."""
    if jobs == 1:
        return Here()
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Processes of their own from the start: a copy of this one would share its database.
    return ProcessPoolExecutor(jobs, get_context("spawn"), _leave_on_interrupt)


def results_of(
    executor: Executor, task: Callable[[T], R], given: Iterable[T], ahead: int
) -> Iterator[tuple[T, R]]:
    """Yield each of *given* with what *task* makes of it, in order.

    Args:
        executor: Any; *task* and what it takes and returns must be fit to be sent to it.
        task: It raises nothing.
        given: Asked for as results are taken, so that there may be any number.
        ahead: Tasks that may be under way before the first result is taken.

    Raises:
        InputError: a process that does tasks has ended, for want of memory perhaps.
    """
    waiting: deque[tuple[T, Future[R]]] = deque()
    try:
        for each in given:
            waiting.append((each, executor.submit(task, each)))
            if len(waiting) > ahead:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    except BrokenExecutor as error:
        message = "a process that reads files was ended by the system; try --jobs 1"
        raise InputError(message) from error
    finally:
        for _, future in waiting:
            future.cancel()


def complaint_of(name: str, error: Exception) -> str:
    """Return what is said of a fault that nobody foresaw in reading *name*.

    Raises:
        Exception: *error* itself, where faults are looked for.
    """
    if os.environ.get("ARGMAP_DEBUG"):
        raise error
    return f"{name}: cannot be read: unexpected {type(error).__name__}: {error}"


def _leave_on_interrupt() -> None:
    """Let ctrl+c end a process at once and in silence; the one that writes tells of it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
