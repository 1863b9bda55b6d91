"""Fixtures that several test modules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from support.coverage_saving import first_examples_traced, untraced
from support.drivers.desk import Desk
from support.oracles.log_following import Follower, two_handles

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    import store


# A loaded machine is slow, and no property says anything about time.
settings.register_profile("argmap", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("argmap")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test; measure no coverage in large tests or after a property's first examples."""
    large = item.get_closest_marker("large")
    with untraced() if large else first_examples_traced(getattr(item, "obj", None)):
        return (yield)


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
