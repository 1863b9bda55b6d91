"""Run tasks in parallel with an executor, and yield their results in order."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from argmap.errors import InputError

from .signals import STOPPING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnContext

T = TypeVar("T")
R = TypeVar("R")


class InlineExecutor(Executor):
    """An executor that runs each task in this process, on submission."""

    def submit(self, task: Callable[..., R], /, *given: Any, **named: Any) -> Future[R]:  # noqa: ANN401  (as in `Executor`)
        """Run *task* at once, and return a finished future."""
        future: Future[R] = Future()
        future.set_result(task(*given, **named))
        return future


@contextmanager
def open_executor(jobs: int) -> Iterator[Executor]:
    """Return a context manager for an executor that runs *jobs* tasks at a time.

    When the block ends, unfinished tasks are abandoned and their processes killed, because their
    results are not needed. The processes also end when this process dies for any reason.
    """
    if jobs == 1:
        yield InlineExecutor()
        return
    from multiprocessing import get_context

    # Spawned, not forked: a forked process would share the open database.
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with theirs, ours:
        executor = _start_pool(jobs, context, theirs)
        try:
            yield executor
        finally:
            if executor.abandon():
                ours.close()
            executor.shutdown()


def _start_pool(jobs: int, context: SpawnContext, lifeline: Connection) -> AbandonableExecutor:
    from concurrent.futures import ProcessPoolExecutor

    return AbandonableExecutor(ProcessPoolExecutor(jobs, context, _prepare_worker, (lifeline,)))


class AbandonableExecutor(Executor):
    """A pool of processes that can be closed while tasks are running."""

    def __init__(self, executor: ProcessPoolExecutor) -> None:
        """Wrap the pool *executor*."""
        self._executor = executor
        self._open: set[Future[Any]] = set()

    def submit(self, task: Callable[..., R], /, *given: Any, **named: Any) -> Future[R]:  # noqa: ANN401  (as in `Executor`)
        """Start *task*, or queue it."""
        with _signals_blocked():
            future = self._executor.submit(task, *given, **named)
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def abandon(self) -> bool:
        """Cancel queued tasks and return whether any task is still running.

        If one is, all processes are killed.
        """
        left = [each for each in list(self._open) if not (each.cancel() or each.done())]
        if left:
            # A process killed while it sends a result leaves half of it in the pipe. As long as
            # our own write end is open, reading would wait for the other half forever.
            self._executor._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001  (nothing public does it)
            # A process that has just started does not watch the lifeline yet.
            for process in list(self._executor._processes.values()):  # noqa: SLF001  (as above)
                process.kill()
        return bool(left)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  (as in `Executor`)
        """End the processes."""
        self._executor.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block the stopping signals in processes that are started inside.

    Without this, a signal that comes before a process has set up its handlers would make it print
    a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def results_in_order(
    executor: Executor, task: Callable[[T], R], given: Iterable[T], ahead: int
) -> Iterator[tuple[T, R]]:
    """Yield each item of *given* with the result of *task* for it, in order.

    Args:
        executor: Any executor that can run *task*; arguments and results must be picklable.
        task: A function that raises nothing.
        given: Items, consumed only as results are taken, so that there may be any number.
        ahead: Number of tasks that may run ahead of the result taken next.

    Raises:
        InputError: a process ended unexpectedly, perhaps for lack of memory.
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
        message = "the system ended a process that was reading files; try --jobs 1"
        raise InputError(message) from error
    finally:
        for _, future in waiting:
            future.cancel()


def unexpected_error_message(name: str, error: Exception) -> str:
    """Return a message for an unexpected *error* while reading *name*.

    Raises:
        Exception: *error* itself, if `ARGMAP_DEBUG` is set.
    """
    if os.environ.get("ARGMAP_DEBUG"):
        raise error
    return f"{name}: cannot be read: unexpected {type(error).__name__}: {error}"


def _prepare_worker(lifeline: Connection) -> None:
    """Prepare a worker process to end silently on a signal or with its parent.

    Ctrl+c reaches it directly, and the parent reports it. The other end of *lifeline* is closed
    when the parent gives up, or is killed and can do nothing else.
    """
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    threading.Thread(target=_exit_with_parent, args=(lifeline,), daemon=True).start()


def _exit_with_parent(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()  # nothing is ever sent
    os._exit(1)
