"""Search for words in a text and in statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.text.sentences import Stretch


def places_in(text: str, words: str) -> list[Stretch]:
    """Return the half-open ranges of *text* that match *words*, in code points.

    Any white space matches any other. Case counts only if *words* contains a capital.
    """
    from argmap.text.composition import composed, composed_text

    form = composed_text(text)
    parts = [re.escape(part) for part in composed(words).split()]
    if not parts:
        return []
    flags = re.NOFLAG if any(map(str.isupper, words)) else re.IGNORECASE
    found = re.finditer(r"\s+".join(parts), form.text, flags)
    return [(form.own_start(m.start()), form.own_end(m.end())) for m in found]


def statements_with(argument_map: ArgumentMap, words: str) -> list[str]:
    """Return the ids of the statements that contain all *words* in label, text or note."""
    from argmap.text.composition import search_key

    parts = search_key(words).split()
    return [
        s.id
        for s in argument_map.statements.values()
        if parts and all(p in search_key(f"{s.label} {s.text} {s.note or ''}") for p in parts)
    ]
