"""Measure how long edits wait to be saved while a file is imported."""

from __future__ import annotations

import os
import subprocess
import time
from statistics import quantiles
from typing import TYPE_CHECKING, Final

from benchmarks.commands import import_command
from benchmarks.table import Promise, Row

import store
from argmap import edit
from argmap.model.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT: Final = "2024-03-02T10:15:00Z"
WAITS: Final = 600
"""Number of edits whose waits are measured with no import."""
PAUSE: Final = 0.02
"""Seconds between two edits."""


def waits(folder: Path, path: Path, size: str, behind_what: str) -> Iterator[Row]:
    """Yield how long edits wait behind an import of the file at *path*."""
    database = folder / "shared.db"
    os.sync()  # the file is on disk before saving is measured
    alone = list(edits(database, "alone", WAITS))
    with subprocess.Popen(
        [*map(str, import_command(database, path))], stdout=subprocess.DEVNULL
    ) as process:
        behind = []
        for wait in edits(database, "behind", 100 * WAITS):
            if process.poll() is not None:
                break
            behind.append(wait)
    if process.returncode or len(behind) < 2:
        message = f"the import ended with {process.returncode} behind {len(behind)} edits"
        raise SystemExit(message)
    for name, pick in (("p50", 49), ("p95", 94)):
        yield Row(f"edit behind {behind_what}, {name}", size, len(behind),
                  quantiles(behind, n=100)[pick], quantiles(alone, n=100)[pick], "no import",
                  compared_by="difference")  # fmt: skip
    yield Row(f"edit behind {behind_what}, longest", size, len(behind), max(behind), max(alone),
              "no import", compared_by="difference", promise=Promise(200.0, 50.0))  # fmt: skip


def edits(database: Path, document: str, count: int) -> Iterator[float]:
    """Yield the milliseconds that each of *count* edits of a document takes to be saved."""
    with store.open_store(database) as opened:
        store.apply(opened, edit.add_document(Document(document, "Notes", "Words.")), AT)
        here = store.load_map(opened, document)
        for number in range(count):
            time.sleep(PAUSE)
            operation = edit.add_statement(here, f"{document}-{number}", "claim", f"Note {number}.")
            here = here.apply(operation)
            begun = time.perf_counter()
            store.apply(opened, operation, AT)
            yield (time.perf_counter() - begun) * 1000
