"""Completion of paths while they are typed."""

from __future__ import annotations

import asyncio
import os

from textual.suggester import Suggester

from argmap.errors import InputError
from argmap.host.files import path_from_text


class PathSuggester(Suggester):
    """Suggests the first file or folder whose name begins with the typed words."""

    def __init__(self) -> None:
        """Read the folder for every suggestion, since files come and go."""
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first path that begins with *value*; None if there is none."""
        return await asyncio.to_thread(_first, value)


def _first(value: str) -> str | None:
    folder, _, name = value.rpartition("/")
    try:
        place = path_from_text(f"{folder}/" if folder or value.startswith("/") else ".")
        names = sorted(
            entry.name + ("/" if entry.is_dir() else "")
            for entry in os.scandir(place)
            if entry.name.startswith(name) and (name or not entry.name.startswith("."))
        )
    except (OSError, InputError):
        return None
    return f"{value[: len(value) - len(name)]}{names[0]}" if names else None
