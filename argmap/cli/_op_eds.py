"""Op-eds added to the database one by one as they are read, each with its line."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING

import click
from attrs import define

from argmap.errors import InputError, ModelError, StoreError
from argmap.host.database_files import refuse_database
from argmap.host.inputs.op_ed_files import read_op_eds, select_op_eds, title_from_name
from argmap.host.inputs.selection import display_name
from argmap.text.display import counted
from argmap.text.encodings import check_encoding
from store.log import save_document
from store.queries import nearest_text

from ._context import database_path, opened
from ._output import say, show
from ._progress import progress

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.document import Document
    from store import Store


@define
class Tally:
    """What became of the files so far."""

    added: int = 0
    there: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def done(self) -> int:
        """Files that are now in the database."""
        return self.added + self.there

    def fail(self, complaint: str) -> None:
        """Say what is wrong with a file, and count it."""
        self.failed += 1
        say(f"argmap: {complaint}")

    @property
    def code(self) -> int:
        """The exit code that this comes to."""
        if not self.failed:
            return 0
        return 1 if self.done else 2

    def __str__(self) -> str:
        parts = [f"{self.added:,} added"]
        parts += [f"{self.there:,} there already"] if self.there else []
        parts += [f"{self.failed:,} failed"] if self.failed else []
        parts += [f"{self.skipped:,} skipped, of no kind that is read"] if self.skipped else []
        return f"{counted(self.done + self.failed, 'file')}: {', '.join(parts)}"


def add_files(
    context: click.Context,
    given_files: tuple[Path, ...],
    jobs: int,
    encoding: str | None,
    given: dict[str, str | None],
) -> int:
    """Add the op-eds that *given_files* mean and say what became of each.

    Args:
        context: Tells where the database is.
        given_files: Files, folders, globs; `-` is standard input.
        jobs: How many are read side by side.
        encoding: What a person says that they are written in.
        given: What is known of them, named as in `Document`.

    Returns:
        The exit code.
    """
    chosen = select_op_eds(given_files)
    for line in chosen.passed_over:
        say(line)
    tally = Tally(skipped=chosen.skipped)
    written = None if encoding is None else check_encoding(encoding)
    for complaint in chosen.complaints:
        tally.fail(complaint)
    files_in_all = len(chosen.files) + tally.failed
    try:
        _add_all(context, chosen.files, jobs, written, given, tally)
    except (KeyboardInterrupt, click.Abort):
        left = counted(files_in_all - tally.done - tally.failed, "file")
        say(f"{tally}; interrupted with {left} to go, which adding again adds")
        return 1
    except (StoreError, InputError) as error:
        if not tally.done:
            raise
        say(f"{tally}; stopped: {error}")
        return 1
    if files_in_all > 1 or tally.skipped:
        say(str(tally))
    return tally.code


def _add_all(
    context: click.Context,
    files: list[Path],
    jobs: int,
    encoding: str | None,
    given: dict[str, str | None],
    tally: Tally,
) -> None:
    """Add *files* one by one as they are read; the database is made for the first that is."""
    is_one = len(files) == 1
    with ExitStack() as stack:
        bar = stack.enter_context(progress("adding", len(files), "files"))
        store: Store | None = None
        refuse = partial(refuse_database, database=database_path(context))
        for file, reading in read_op_eds(stack, files, jobs, encoding, refuse):
            try:
                document = reading.document(title_from_name(file), given)
            except InputError as error:
                tally.fail(str(error))
            except ModelError as error:
                tally.fail(f"{display_name(file)}: {error}")
            else:
                store = store or stack.enter_context(opened(context))
                _add_one(store, document, "" if is_one else f"{display_name(file)}: ", tally)
                for warning in reading.warnings:
                    say(f"warning: {display_name(file)}: {warning}")
            bar.advance(1)


def _add_one(store: Store, document: Document, place: str, tally: Tally) -> None:
    near = nearest_text(store, document.text)
    id_, is_new = save_document(store, document)
    if not is_new:
        tally.there += 1
        say(f"{place}{document.title!r} is there already, as {id_}; nothing changed")
    else:
        tally.added += 1
        undo = "" if place else "; argmap undo takes it back"
        say(f"{place}added {document.title!r} as {id_}{undo}")
        if near is not None:
            percent = int(100 * near.likeness)
            say(
                f"warning: {id_} is nearly the text of {near.title!r}, {near.document}:"
                f" {percent} % alike; argmap remove takes out one of them"
            )
    with suppress(click.exceptions.Exit):  # who reads the ids has gone; the rest is still added
        show(id_)
