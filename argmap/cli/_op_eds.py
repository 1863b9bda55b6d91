"""Add op-eds from files: read each file, save its text as a document, report the outcome."""

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

from ._context import database_path, open_database
from ._output import say, show
from ._progress import progress

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.document import Document
    from store import Store


@define
class AddSummary:
    """Counts of files by outcome."""

    added: int = 0
    there: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def done(self) -> int:
        """Number of files whose text is in the database."""
        return self.added + self.there

    def fail(self, complaint: str) -> None:
        """Report a file that cannot be added, and count the failure."""
        self.failed += 1
        say(f"argmap: {complaint}")

    @property
    def code(self) -> int:
        """The exit code: 0 all added, 1 some failed, 2 none added."""
        if not self.failed:
            return 0
        return 1 if self.done else 2

    def __str__(self) -> str:
        parts = [f"{self.added:,} added"]
        parts += [f"{self.there:,} already in the database"] if self.there else []
        parts += [f"{self.failed:,} failed"] if self.failed else []
        parts += [f"{self.skipped:,} skipped: unknown format"] if self.skipped else []
        return f"{counted(self.done + self.failed, 'file')}: {', '.join(parts)}"


def add_files(
    context: click.Context,
    given_files: tuple[Path, ...],
    jobs: int,
    encoding: str | None,
    given: dict[str, str | None],
) -> int:
    """Add the op-eds that *given_files* match, and report the outcome for each.

    Args:
        context: The context of the command, which names the database.
        given_files: Files, folders and globs; `-` is standard input.
        jobs: Number of files to read in parallel.
        encoding: The encoding of the files; detected if None.
        given: Values for all of them, named as in `Document`.

    Returns:
        The exit code.
    """
    chosen = select_op_eds(given_files)
    for line in chosen.passed_over:
        say(line)
    summary = AddSummary(skipped=chosen.skipped)
    written = None if encoding is None else check_encoding(encoding)
    for complaint in chosen.complaints:
        summary.fail(complaint)
    files_in_all = len(chosen.files) + summary.failed
    try:
        _add_all(context, chosen.files, jobs, written, given, summary)
    except (KeyboardInterrupt, click.Abort):
        left = counted(files_in_all - summary.done - summary.failed, "file")
        say(f"{summary}; interrupted with {left} left; run the command again to add them")
        return 1
    except (StoreError, InputError) as error:
        if not summary.done:
            raise
        say(f"{summary}; stopped: {error}")
        return 1
    if files_in_all > 1 or summary.skipped:
        say(str(summary))
    return summary.code


def _add_all(
    context: click.Context,
    files: list[Path],
    jobs: int,
    encoding: str | None,
    given: dict[str, str | None],
    summary: AddSummary,
) -> None:
    """Add *files* one by one as they are read; create the database for the first text."""
    is_one = len(files) == 1
    with ExitStack() as stack:
        bar = stack.enter_context(progress("adding", len(files), "files"))
        store: Store | None = None
        refuse = partial(refuse_database, database=database_path(context))
        for file, reading in read_op_eds(stack, files, jobs, encoding, refuse):
            try:
                document = reading.document(title_from_name(file), given)
            except InputError as error:
                summary.fail(str(error))
            except ModelError as error:
                summary.fail(f"{display_name(file)}: {error}")
            else:
                store = store or stack.enter_context(open_database(context))
                _add_one(store, document, "" if is_one else f"{display_name(file)}: ", summary)
                for warning in reading.warnings:
                    say(f"warning: {display_name(file)}: {warning}")
            bar.advance(1)


def _add_one(store: Store, document: Document, place: str, summary: AddSummary) -> None:
    near = nearest_text(store, document.text)
    id_, is_new = save_document(store, document)
    if not is_new:
        summary.there += 1
        say(f"{place}{document.title!r} exists already as {id_}; nothing was changed")
    else:
        summary.added += 1
        undo = "" if place else "; argmap undo removes it"
        say(f"{place}added {document.title!r} as {id_}{undo}")
        if near is not None:
            percent = int(100 * near.likeness)
            say(
                f"warning: the text of {id_} is {percent} % identical to {near.title!r}"
                f" ({near.document}); argmap remove DOCUMENT removes one of them"
            )
    with suppress(click.exceptions.Exit):  # the reader of the ids has gone; add the other files
        show(id_)
