"""The rest of a path, suggested while it is typed."""

from __future__ import annotations

import asyncio
import os

from textual.suggester import Suggester

from argmap.errors import InputError
from argmap.host.files import path_from_text


class PathSuggester(Suggester):
    """Suggests the first file or folder whose name begins with what is typed."""

    def __init__(self) -> None:
        """Look each time: files come and go."""
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole path that *value* is the beginning of; None where there is none."""
        return await asyncio.to_thread(_first, value)


def _first(value: str) -> str | None:
    folder, _, name = value.rpartition("/")
    try:
        place = path_from_text(f"{folder}/" if folder or value.startswith("/") else ".")
        found = sorted(
            entry.name + ("/" if entry.is_dir() else "")
            for entry in os.scandir(place)
            if entry.name.startswith(name) and (name or not entry.name.startswith("."))
        )
    except (OSError, InputError):
        return None
    return f"{value[: len(value) - len(name)]}{found[0]}" if found else None
