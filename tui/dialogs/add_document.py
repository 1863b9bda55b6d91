"""Adding a text as a document, and changing what is known about one."""

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
    """Show what seems to be known about a text, add it when that is confirmed, and open it.

    Args:
        app: The program.
        extract: The text, and what its file says of it.
        otherwise: The title of a text in which none is found.
        title: Why the reader is asked.

    Returns:
        False where the reader cancelled.

    Raises:
        ModelError: there is no text.
    """
    from argmap.op_eds.bylines import guess_missing_fields
    from argmap.op_eds.documents import document_from_extract, document_from_text

    from .document import DocumentDialog, form_values_from

    with reporting_slow_work(app, "reading the text…", can_stop=True):
        guessed = await asyncio.to_thread(guess_missing_fields, extract)
        document = document_from_extract(guessed, otherwise)
        there = await app.database.read(lambda store: document_with_text(store, document.sha256))
    if there is not None:
        await app.open_document(there)
        app.say("this text was in the library already; here it is")
        return True
    dialog = DocumentDialog(
        title,
        document,
        form_values_from(document),
        note="\n".join(extract.warnings),
        hint="enter adds it · esc goes back",
    )
    typed = await app.push_screen_wait(dialog)
    if typed is None:
        return False
    with reporting_slow_work(app, "adding the text…"):
        document = document_from_text(extract.text, otherwise, language=extract.language, **typed)
        await app.add(document)
    return True


async def edit_stored_document(app: Program, document: str) -> Operation | None:
    """Ask for the values of the document called *document*, an id, and save them.

    Returns:
        What was saved; None where nothing was changed.

    Raises:
        ArgmapError: it is gone, or the database cannot be written.
    """

    async def read() -> Document:
        return await app.database.read(lambda store: load_document(store, document))

    async def save(operation: Operation) -> None:
        await app.database.save(lambda store: apply_to(store, operation, now()))

    return await _edit(app, read, save)


async def edit_open_document(work: Workspace) -> None:
    """Ask for the values of the open document, and save them.

    Raises:
        ArgmapError: it is gone, or the map is still being read.
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
    """Ask until the values are saved or left; where two changed one field, the reader decides."""
    from .document import DocumentDialog, form_values_from, merge_form_values

    base = await read()
    values, note, leave = form_values_from(base), "", "cancels"
    while True:
        hint = f"enter saves · esc {leave}"
        dialog = DocumentDialog("Edit the document", base, values, note=note, hint=hint)
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
            there = await read()
            values = merge_form_values(typed, base, there)
            base, note = there, f"{error.what}\nenter saves yours over it"
            leave = "keeps theirs"
        except ArgmapError:
            _rescue(host, base, typed)
            raise
        else:
            return operation


def _rescue(host: Asker, base: Document, typed: dict[str, str | None]) -> None:
    """Put what was typed, and cannot be saved, on the clipboard."""
    changed = [value for name, value in typed.items() if value and value != getattr(base, name)]
    host.copy("\n".join(changed))
