"""The colour themes: dark, light, high contrast, the terminal's, and the user's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.color import Color, ColorParseError
from textual.theme import Theme

from argmap.errors import InputError
from argmap.host.files import read_toml
from argmap.text.display import counted, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.core.program import Program

    from .config import Config

DEFAULT_THEME: Final = "argmap-dark"

_TERMINAL: Final = {
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    "border-blurred": "ansi_bright_black",
    "block-cursor-foreground": "ansi_black",
    "block-cursor-background": "ansi_white",
    "input-cursor-background": "ansi_white",
    "input-cursor-foreground": "ansi_black",
    "input-cursor-text-style": "none",
    "input-selection-background": "ansi_bright_blue",
    "input-selection-foreground": "ansi_black",
    "screen-selection-background": "ansi_bright_blue",
    "screen-selection-foreground": "ansi_black",
}
"""Theme variables that Textual needs if it cannot mix colours."""

THEMES: Final = (
    Theme(
        "argmap-dark", primary="#8ab4f8", secondary="#b9a7e8", accent="#e8b768",
        foreground="#dcd8cf", background="#16181d", surface="#1e2128", panel="#22262e",
        success="#8cc99a", error="#e58a84", warning="#d9bf6c", dark=True,
    ),
    Theme(
        "argmap-light", primary="#1f57a4", secondary="#6a4fb0", accent="#754400",
        foreground="#24262b", background="#fbf8f1", surface="#f3efe5", panel="#eae5d8",
        success="#20703b", error="#a8322c", warning="#7a5c00", dark=False,
    ),
    Theme(
        "argmap-contrast", primary="#7fd4ff", secondary="#e0b0ff", accent="#ffd75f",
        foreground="#ffffff", background="#000000", surface="#000000", panel="#1a1a1a",
        success="#7dff9a", error="#ff9a94", warning="#ffe96b", dark=True,
    ),
    Theme(
        "argmap-terminal", primary="ansi_bright_blue", secondary="ansi_bright_magenta",
        accent="ansi_bright_yellow", foreground="ansi_default", background="ansi_default",
        surface="ansi_default", panel="ansi_default", boost="ansi_default",
        success="ansi_bright_green", error="ansi_bright_red", warning="ansi_yellow",
        dark=True, ansi=True, variables=_TERMINAL,
    ),
)  # fmt: skip
"""The themes of argmap; text has a contrast of at least 4.5 to 1.

Only the theme of the terminal's own 16 colours cannot promise that.
"""

_COLOURS: Final = (
    "primary", "secondary", "accent", "foreground", "background", "surface", "panel", "success",
    "error", "warning",
)  # fmt: skip


def user_themes(folder: Path) -> tuple[list[Theme], list[str]]:
    """Return the themes in the folder `themes` of *folder*, and the faults of invalid ones.

    Each theme is a TOML file with colours and `dark`; its name is that of the file.
    """
    themes, faults = [], []
    for path in sorted((folder / "themes").glob("*.toml")):
        try:
            themes.append(_theme(path.stem, read_toml(path)))
        except InputError as error:
            faults.append(f"{error}; theme skipped")
        except FileNotFoundError:  # a broken link, or removed since the listing
            faults.append(f"{path}: file not found; theme skipped")
        except ValueError as error:
            faults.append(f"{path}: {error}; theme skipped")
    return themes, faults


def _theme(name: str, values: dict[str, Any]) -> Theme:
    """Return the theme *name* from the values of its file.

    Raises:
        ValueError: a value is not a colour, a key is unknown, or `primary` is missing.
    """
    if "primary" not in values:
        message = "primary is missing"
        raise ValueError(message)
    for key, value in values.items():
        if key == "dark" and isinstance(value, bool):
            continue
        if key not in _COLOURS:
            message = f"unknown key {key!r}; use {', '.join(_COLOURS)} or dark"
            raise ValueError(message)
        try:
            Color.parse(value)
        except (ColorParseError, TypeError, AttributeError) as error:
            message = f"{key} is not a colour: {value!r}"
            raise ValueError(message) from error
    return Theme(name, **values)


def choose_looks(app: Program, config: Config, last: str) -> list[str]:
    """Register all themes, apply the wanted or *last* one, and return the faults found."""
    for theme in THEMES:
        app.register_theme(theme)
    themes, faults = user_themes(config.folder)
    for theme in themes:
        app.register_theme(theme)
    wanted = config.theme or last or DEFAULT_THEME
    app.theme = wanted if wanted in app.available_themes else DEFAULT_THEME
    wrong = [*config.faults, *faults]
    if wanted != app.theme:
        wrong.append(f"unknown theme {wanted!r}; using {app.theme}")
    return wrong


def report_faults(app: Program, wrong: Sequence[str]) -> None:
    """Show the first faults of settings and themes in a toast."""
    if wrong:
        more = [f"and {counted(len(wrong) - 5, 'more problem')}"] if len(wrong) > 5 else []  # noqa: PLR2004  (a corner's worth)
        app.notify(
            "\n".join(map(visible, [*wrong[:5], *more])),
            severity="warning",
            markup=False,
            timeout=20,
        )
