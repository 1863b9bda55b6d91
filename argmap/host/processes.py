"""Do tasks in parallel by an executor, and give their results in the order of the tasks."""

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
    """An executor that does each task in this process, when it is asked to."""

    def submit(self, task: Callable[..., R], /, *given: Any, **named: Any) -> Future[R]:  # noqa: ANN401  (as in `Executor`)
        """Do *task* and return its result, there already."""
        future: Future[R] = Future()
        future.set_result(task(*given, **named))
        return future


@contextmanager
def open_executor(jobs: int) -> Iterator[Executor]:
    """Give an executor that does *jobs* tasks at a time.

    Tasks still under way at the end are abandoned, and their processes ended at once: nobody
    asks for what they are doing. The processes also end when this one does, however that
    happens.
    """
    if jobs == 1:
        yield InlineExecutor()
        return
    from multiprocessing import get_context

    # Processes of their own from the start: a copy of this one would share its database.
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    with theirs, ours:
        executor = _processes(jobs, context, theirs)
        try:
            yield executor
        finally:
            if executor.abandon():
                ours.close()
            executor.shutdown()


def _processes(jobs: int, context: SpawnContext, lifeline: Connection) -> AbandonableExecutor:
    from concurrent.futures import ProcessPoolExecutor

    return AbandonableExecutor(ProcessPoolExecutor(jobs, context, _follow, (lifeline,)))


class AbandonableExecutor(Executor):
    """Processes that do tasks, which can be left while tasks are under way."""

    def __init__(self, executor: ProcessPoolExecutor) -> None:
        """Let *executor* do the tasks."""
        self._executor = executor
        self._open: set[Future[Any]] = set()

    def submit(self, task: Callable[..., R], /, *given: Any, **named: Any) -> Future[R]:  # noqa: ANN401  (as in `Executor`)
        """Begin *task*, or put it in the queue."""
        with _signals_blocked():
            future = self._executor.submit(task, *given, **named)
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def abandon(self) -> bool:
        """Cancel what was not begun; tell whether anything is still under way.

        If so, the processes have to be ended.
        """
        left = [each for each in list(self._open) if not (each.cancel() or each.done())]
        if left:
            # A process that ends while it sends a result leaves half of it in the pipe. Our
            # end of that pipe, which we never write to, would let us wait for the other half.
            self._executor._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001  (nothing public does it)
            # One that has only just started does not watch for our end yet.
            for process in list(self._executor._processes.values()):  # noqa: SLF001  (as above)
                process.kill()
        return bool(left)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  (as in `Executor`)
        """End the processes."""
        self._executor.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Let a process that is started inside begin with the signals blocked that stop a command.

    Until it is prepared for them, it would print where it was when they came.
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


def unexpected_error_message(name: str, error: Exception) -> str:
    """Return what is said of a fault that nobody foresaw in reading *name*.

    Raises:
        Exception: *error* itself, where faults are looked for.
    """
    if os.environ.get("ARGMAP_DEBUG"):
        raise error
    return f"{name}: cannot be read: unexpected {type(error).__name__}: {error}"


def _follow(lifeline: Connection) -> None:
    """Prepare a process that does tasks: it ends at once and in silence when it should.

    Ctrl+c reaches it directly, and the process that writes reports it. The other end of
    *lifeline* is closed when that process gives up, or is killed and can do nothing at all.
    """
    for number in STOPPING:
        signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()  # nothing is ever sent
    os._exit(1)
