"""The titles and keys of argmap's Markdown up to 0.1.0, with their present words.

Files in the older words can always be read, because people keep maps for years.
"""

from __future__ import annotations

from typing import Final

from argmap.formats import markdown_syntax as form

_TITLES: Final = {
    "The document as a whole": form.DOCUMENT,
    "Where the evidence comes from": form.PROVENANCE,
    "On the reasoning": form.REASONING,
    "Said by": form.ATTRIBUTED,
}
_KEYS: Final = {
    "cue": "reporting words",
    "cue at": "reporting words at",
    "certain in the text": "certainty in the text",
    "certain in the source": "certainty in the source",
}


def present_title(title: str) -> str:
    """Return the present title of a part or group called *title*."""
    return _TITLES.get(title, title)


def present_key(key: str) -> str:
    """Return the present key of an attribution's item with *key*."""
    return _KEYS.get(key, key)
