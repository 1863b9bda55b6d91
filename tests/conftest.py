"""Fixtures that several test modules share."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from support.drivers.desk import Desk
from support.drivers.new_databases import copied
from support.oracles.log_following import Follower, two_handles

from argmap.host import garbage_collection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import store

THRESHOLDS = gc.get_threshold()

# A loaded machine is slow, and no property says anything about time.
settings.register_profile(
    "dev", max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# The same examples in each run: a change is judged by what it brings.
settings.register_profile(
    "ci", settings.get_profile("dev"), max_examples=40, derandomize=True, database=None
)
settings.register_profile("nightly", settings.get_profile("dev"), max_examples=1000)
# `--hypothesis-profile` has the last word.
settings.load_profile(os.environ.get("ARGMAP_PROFILE") or ("ci" if "CI" in os.environ else "dev"))


@pytest.fixture(autouse=True)
def _new_databases_are_copies(request: pytest.FixtureRequest) -> Iterator[None]:
    """Copy new databases, except in tests of how a database is made."""
    if request.path.name.startswith("test_store_database_"):
        yield
        return
    with copied():
        yield


@pytest.fixture(autouse=True)
def _collector_is_given_back() -> Iterator[None]:
    """Undo what a command does to the garbage collector, which lasts until its process ends.

    Otherwise the objects of all later tests would stay in memory: several gigabytes.
    """
    with patch.dict(garbage_collection._state):  # noqa: SLF001  (as a new process has it)
        yield
    gc.set_threshold(*THRESHOLDS)
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path for a database of the test, which does not exist yet."""
    return tmp_path / "argmap.db"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A separate database, not made yet; property tests have parameters called `path`."""
    return Desk(tmp_path / "argmap.db")


@pytest.fixture
def handles(path: Path) -> Iterator[tuple[store.Store, store.Store]]:
    """A database with the small map and an empty document, opened twice."""
    with two_handles(path) as both:
        yield both


@pytest.fixture
def there(handles: tuple[store.Store, store.Store]) -> store.Store:
    return handles[1]


@pytest.fixture
def follower(handles: tuple[store.Store, store.Store]) -> Follower:
    return Follower.of(handles[0])
