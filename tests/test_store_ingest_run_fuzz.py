"""Damaged files end in a report or in one error line, and leave the database sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.fuzzing import Fuzzer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.large
@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_a_hundred_damaged_files_leave_the_database_sound(tmp_path: Path, seed: str) -> None:
    fuzzer = Fuzzer(tmp_path, seed)
    fuzzer.run(100)
    assert set(fuzzer.outcomes) == {"landed", "refused", "rejected", "unchanged"}
