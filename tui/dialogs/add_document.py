"""Add a text as a document, or edit the details of a document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from argmap.edit.documents import change_document
from argmap.errors import ArgmapError, EditConflictError
from argmap.host.clock import now
from store import apply as apply_to
from store.queries import document_with_text, load_document
from tui.core.background import reporting_slow_work

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from argmap.formats.registry import Extract
    from argmap.model.document import Document
    from argmap.model.map import Operation
    from tui.core.host import Asker
    from tui.core.program import Program
    from tui.core.workspace import Workspace


async def offer_text(app: Program, extract: Extract, otherwise: str, title: str) -> bool:
    """Show the details found in a text, add it once they are confirmed, and open it.

    A text that is already in the library is opened without asking.

    Args:
        app: The program.
        extract: The text, with the details that its file gives.
        otherwise: The title of a text in which none is found.
        title: The title of the dialog.

    Returns:
        False if the reader cancelled.

    Raises:
        ModelError: the text is empty.
    """
    from argmap.op_eds.bylines import guess_missing_fields
    from argmap.op_eds.documents import document_from_extract, document_from_text

    from .document import DocumentDialog, form_values_from

    with reporting_slow_work(app, "reading the text…", can_stop=True):
        guessed = await asyncio.to_thread(guess_missing_fields, extract)
        document = document_from_extract(guessed, otherwise)
        existing = await app.database.read(lambda store: document_with_text(store, document.sha256))
    if existing is not None:
        await app.open_document(existing)
        app.say("this text is already in the library; opened its document")
        return True
    dialog = DocumentDialog(
        title,
        document,
        form_values_from(document),
        note="\n".join(extract.warnings),
        hint="enter adds the document · esc goes back",
    )
    typed = await app.push_screen_wait(dialog)
    if typed is None:
        return False
    with reporting_slow_work(app, "adding the text…"):
        document = document_from_text(extract.text, otherwise, language=extract.language, **typed)
        await app.add(document)
    return True


async def edit_stored_document(app: Program, document: str) -> Operation | None:
    """Ask for the details of a stored document, and save them.

    Args:
        app: The program.
        document: The id of the document.

    Returns:
        The saved operation; None if nothing was changed.

    Raises:
        ArgmapError: the document was removed, or the database cannot be written.
    """

    async def read() -> Document:
        return await app.database.read(lambda store: load_document(store, document))

    async def save(operation: Operation) -> None:
        await app.database.save(lambda store: apply_to(store, operation, now()))

    return await _edit(app, read, save)


async def edit_open_document(work: Workspace) -> None:
    """Ask for the details of the open document, and save them.

    Raises:
        ArgmapError: the document was removed, or its map is still being read.
    """

    async def read() -> Document:
        return work.map.document

    done = await _edit(work.host, read, work.session.do_and_save)
    if done is not None:
        work.host.say_in_heading(f"{done.label} · {work.host.key('workbench.undo')} undoes it")


async def _edit(
    host: Asker,
    read: Callable[[], Awaitable[Document]],
    save: Callable[[Operation], Awaitable[None]],
) -> Operation | None:
    """Ask until the details are saved or the reader cancels."""
    from .document import DocumentDialog, form_values_from, merge_form_values

    base = await read()
    values, note, leave = form_values_from(base), "", "cancels"
    while True:
        hint = f"enter saves · esc {leave}"
        dialog = DocumentDialog("Edit document", base, values, note=note, hint=hint)
        typed = await host.ask(dialog)
        if typed is None:
            return None
        operation = change_document(base, **typed)
        if not operation.changes:
            return None
        try:
            await save(operation)
        except EditConflictError as error:
            if not error.yours:
                _rescue(host, base, typed)
                raise
            latest = await read()
            values = merge_form_values(typed, base, latest)
            base, note = latest, f"{error.what}\nenter overwrites it with yours"
            leave = "keeps theirs"
        except ArgmapError:
            _rescue(host, base, typed)
            raise
        else:
            return operation


def _rescue(host: Asker, base: Document, typed: dict[str, str | None]) -> None:
    """Copy the changed fields, which cannot be saved, to the clipboard."""
    changed = [value for name, value in typed.items() if value and value != getattr(base, name)]
    host.copy("\n".join(changed))
