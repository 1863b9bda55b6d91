"""The signs of the screens, and their replacements in ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.outline import SIGNS

if TYPE_CHECKING:
    from argmap.model.vocabulary import SourceKind

_ROLES: Final = {
    "claim": SIGNS["claim"],
    "supports": SIGNS["supports"],
    "opposes": SIGNS["opposes"],
    "unlinked": SIGNS["unlinked"],
    "assumption": SIGNS["stated"],
}

SIGN_OF_KIND: Final[dict[SourceKind, str]] = {
    "person": "♙", "organisation": "⌂", "document": "▤", "outlet": "◫",
    "unnamed": "◌", "vague": "?",
}  # fmt: skip
"""Sign before a source in a list."""

TWIN: Final = "≡"
"""Sign after a source that shares its name with another."""

ASCII: Final = str.maketrans(
    "●◉⊕⊖◇◆⊘↗↻○▰▱▌│├└⎡⎢⎣▸▾“”‘’·…–—¶→↑↓←◀╭╮╰╯─╌╎╓║╙╟╢╫┌┐┘┤┬┴┼┏━┓┃┗┛♙⌂▤◫◌≡†╳⊗°∅▁▂▄▆█▎✓",
    "*@+-?!x>o.#-||||[|]>v\"\"''.~--P>^v<<....--:[|[||+....+++#=#|##pod%u=X/#^0_.:=#:v",
)
"""The character for each sign on a terminal that has only ASCII."""

_plain = False


def use_ascii(*, plain: bool) -> None:
    """Draw signs in ASCII from now on if *plain*, else as they are."""
    global _plain  # noqa: PLW0603  (one setting of one terminal)
    _plain = plain


def drawn(text: str) -> str:
    """Return *text* with the signs that this terminal can draw."""
    return text.translate(ASCII) if _plain else text


def sign_of_role(role: str) -> str:
    """Return the sign of a passage's role."""
    return drawn(_ROLES[role])
