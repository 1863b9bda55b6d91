"""Report after ctrl+c whether the one transaction of a command was saved."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ._output import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store import Store


@contextmanager
def saying_if_interrupted(store: Store) -> Iterator[None]:
    """Say after ctrl+c whether the operation, which is one transaction, was saved.

    Raises:
        Exit: with code 1, after an interruption.
    """
    from store.log import log_place

    # A signal may come just after the commit, so ask the log instead of guessing.
    before = log_place(store)
    try:
        yield
    except KeyboardInterrupt:
        is_saved = log_place(store) != before
        say(
            "argmap: interrupted after the change was saved; argmap history shows it"
            if is_saved
            else "argmap: interrupted; nothing was changed"
        )
        raise click.exceptions.Exit(1) from None
