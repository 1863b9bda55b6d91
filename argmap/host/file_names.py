"""File names that are valid on every system, short enough for their folder, and unique."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LONGEST: Final = 255
"""The most bytes that a file name may have on nearly every file system."""

_RESERVED: Final = r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?"
"""Device names on Windows, with any text after the first dot.

Source: "Naming Files, Paths, and Namespaces", Microsoft, Win32 documentation.
"""


def file_name(wanted: str, suffix: str, longest: int = LONGEST) -> str:
    """Return *wanted* as a valid file name that ends in *suffix*, at most *longest* bytes."""
    return _cut(_safe(wanted), suffix, longest)


def file_names(ids: Iterable[str], suffix: str, folder: Path) -> dict[str, str]:
    """Return a file name in *folder* for each of *ids*, unique even ignoring case."""
    longest = _longest_in(folder)
    names: dict[str, str] = {}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for id_ in ids:
        base = _safe(id_)
        name = _cut(base, suffix, longest)
        first = folded(name)
        number = numbers.get(first, 1)
        while folded(name) in taken:
            number += 1
            name = _cut(base, f"-{number}{suffix}", longest)
        numbers[first] = number  # or each id with this beginning would count from 1 again
        taken.add(folded(name))
        names[id_] = name
    return names


def _safe(wanted: str) -> str:
    """Return *wanted* in letters, digits, dots and dashes, with no dot or dash at its ends."""
    base = re.sub(r"[^\w.-]+", "-", wanted).strip(".-") or "document"
    return f"_{base}" if re.fullmatch(_RESERVED, base, re.IGNORECASE) else base


def _cut(base: str, ending: str, longest: int) -> str:
    """Return *base* plus *ending*, with *base* shortened to fit *longest* bytes."""
    room = max(longest - len(ending.encode()), 1)
    if len(base.encode()) > room:
        base = base.encode()[:room].decode(errors="ignore").rstrip(".-")
    return f"{base}{ending}"


def _longest_in(folder: Path) -> int:
    """Return the most bytes that a name in *folder* may have; the folder need not exist."""
    for place in (folder, *folder.absolute().parents):
        with suppress(OSError, ValueError, AttributeError):  # Windows has no pathconf
            return min(LONGEST, os.pathconf(place, "PC_NAME_MAX"))
    return LONGEST


def folded(name: str) -> str:
    """Return a form of *name* that is equal for names that some systems treat as the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
