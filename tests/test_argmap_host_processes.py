"""Parallel tasks keep their order and never run far ahead, with any executor."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from argmap.errors import InputError
from argmap.host.processes import InlineExecutor, open_executor, results_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator


PROCESS = "__import__('os').getpid()"
DEATH = "__import__('os')._exit(1)"
"""Tasks for `eval`, which every process has, even one that cannot import this module."""


@pytest.mark.parametrize("ahead", [0, 1, 7, 100])
def test_results_come_in_the_order_of_the_tasks(ahead: int) -> None:
    with ThreadPoolExecutor(4) as executor:
        results = list(results_in_order(executor, lambda n: n * n, range(20), ahead))
    assert results == [(n, n * n) for n in range(20)]


def test_no_more_is_asked_for_than_may_be_ahead() -> None:
    asked = []

    def given() -> Iterator[int]:
        for number in range(100):
            asked.append(number)
            yield number

    results = results_in_order(InlineExecutor(), str, given(), 3)
    assert next(results) == (0, "0")
    assert len(asked) == 4


def test_one_job_is_done_here_and_several_are_done_elsewhere() -> None:
    with open_executor(1) as executor:
        assert {pid for _, pid in results_in_order(executor, eval, 3 * [PROCESS], 0)} == {
            os.getpid()
        }
    with open_executor(2) as executor:
        pids = {pid for _, pid in results_in_order(executor, eval, 3 * [PROCESS], 4)}
    assert os.getpid() not in pids


def test_a_process_that_dies_is_one_line() -> None:
    with (
        open_executor(2) as executor,
        pytest.raises(InputError, match="the system ended a process"),
    ):
        list(results_in_order(executor, eval, 3 * [DEATH], 4))


def test_an_interruption_passes_and_the_rest_is_not_begun() -> None:
    begun = []

    def task(number: int) -> None:
        begun.append(number)
        if number == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(results_in_order(InlineExecutor(), task, range(9), 0))
    assert begun == [0, 1]
