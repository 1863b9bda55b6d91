"""Op-eds from files: read side by side perhaps, added one by one, each with its line."""

from __future__ import annotations

import re
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import click
from attrs import define, frozen

from argmap.adding import document_from_extract, extract_from_bytes, text_suffixes
from argmap.cli.choosing import STANDARD_INPUT, choose, name_of, standard_input
from argmap.cli.context import database_path, opened
from argmap.cli.output import say, show
from argmap.cli.progress import progress
from argmap.cli.side_by_side import complaint_of, executor_of, results_of
from argmap.compression import plain_name, unpacking
from argmap.encodings import checked_encoding
from argmap.errors import InputError, ModelError, StoreError
from argmap.text import HIDDEN, counted
from store.database_files import refuse_database
from store.files import LARGEST_TEXT, opened_to_read, own_descriptor, told
from store.near_texts import nearest_text
from store.shelving import shelve

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.formats import Extract
    from argmap.model.document import Document
    from store import Store

_AHEAD: Final = 4
"""Files read before their turn, for each job but one."""


@frozen
class Told:
    """What one file came to: a text, or a complaint."""

    extract: Extract | None
    complaint: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should check in the text."""
        return self.extract.warnings if self.extract is not None else ()

    def document(self, otherwise: str, given: dict[str, str | None]) -> Document:
        """Return the document it makes, with the title *otherwise* if it has none.

        Raises:
            InputError: there is no text.
            ModelError: what is *given* breaks a rule of documents.
        """
        if self.extract is None:
            raise InputError(self.complaint)
        return document_from_extract(self.extract, otherwise, **given)


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
    suffixes = text_suffixes()
    chosen = choose(
        given_files,
        lambda file: plain_name(file.name).lower().endswith(suffixes),
        "a file that can be added",
    )
    for line in chosen.passed_over:
        say(line)
    tally = Tally(skipped=chosen.skipped)
    read = partial(read_one, encoding=None if encoding is None else checked_encoding(encoding))
    for complaint in chosen.complaints:
        tally.fail(complaint)
    files_in_all = len(chosen.files) + tally.failed
    try:
        _add_all(context, chosen.files, jobs, read, given, tally)
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
    read: Callable[[_Task], Told],
    given: dict[str, str | None],
    tally: Tally,
) -> None:
    """Add *files* one by one as they are read; the database is made for the first that is."""
    jobs = min(jobs, len(files) or 1)
    is_one = len(files) == 1
    with ExitStack() as stack:
        bar = stack.enter_context(progress("adding", len(files), "files"))
        executor = stack.enter_context(executor_of(jobs))
        store: Store | None = None
        database = database_path(context)
        given_files = ((file, _given_now(file, database)) for file in files)
        for (file, _), came in results_of(executor, read, given_files, _AHEAD * (jobs - 1)):
            try:
                document = came.document(_otherwise(file), given)
            except InputError as error:
                tally.fail(str(error))
            except ModelError as error:
                tally.fail(f"{name_of(file)}: {error}")
            else:
                store = store or stack.enter_context(opened(context))
                _add_one(store, document, "" if is_one else f"{name_of(file)}: ", tally)
                for warning in came.warnings:
                    say(f"warning: {name_of(file)}: {warning}")
            bar.advance(1)


def _add_one(store: Store, document: Document, place: str, tally: Tally) -> None:
    near = nearest_text(store, document.text)
    id_, is_new = shelve(store, document)
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


def _given_now(file: Path, database: Path) -> bytes | InputError | None:
    """Return what no other process can read: standard input, and pipes such as `<(command)`.

    Returns:
        What it holds, unpacked; None for a file, and the error where *file* cannot be read or
        belongs to *database*.
    """
    name = name_of(file)
    try:
        if file == STANDARD_INPUT:
            with told(name):
                return _content(standard_input(), name)
        refuse_database(file, database)
        if own_descriptor(file) is None:
            return None
        with told(name), opened_to_read(file) as stream:
            return _content(stream, name)
    except InputError as error:
        return error


_Task = tuple[Path, "bytes | InputError | None"]
"""A path, and what is in it where that is known already."""


def read_one(task: _Task, encoding: str | None = None) -> Told:
    """Return the text of a file, or a complaint about it.

    This is what other processes do; what goes wrong is returned and not raised.
    """
    file, content = task
    name = name_of(file)
    if isinstance(content, InputError):
        return Told(None, str(content))
    try:
        if content is None:
            with told(name), opened_to_read(file) as stream:
                content = _content(stream, name)
        return Told(extract_from_bytes(content, name, encoding))
    except InputError as error:
        return Told(None, str(error))
    except Exception as error:  # noqa: BLE001  (any reader's, and the other files go on)
        return Told(None, complaint_of(name, error))


def _content(stream: BinaryIO, name: str) -> bytes:
    """Return what *stream* holds, unpacked.

    Raises:
        InputError: it is damaged, or more than a text can be.
    """
    with unpacking(stream, name) as unpacked:
        content = unpacked.read(LARGEST_TEXT + 1)
    if len(content) > LARGEST_TEXT:
        message = f"{name}: holds more than {LARGEST_TEXT // 2**20} MiB; give the op-ed alone"
        raise InputError(message)
    return content


def _otherwise(file: Path) -> str:
    """Return the title of a text that has none; nothing where no file has a name."""
    if file == STANDARD_INPUT or own_descriptor(file) is not None:
        return ""
    stem = Path(plain_name(file.name)).stem.encode(errors="replace").decode()
    # A line end or an escape sequence in a name would be one in the title.
    return " ".join(re.sub(f"[{HIDDEN}]", " ", stem).split())
