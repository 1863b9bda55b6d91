"""What the user has set in `config.toml`: keys, colours, signs, the assessor's name."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from textual.keys import _character_to_key

from argmap.errors import InputError
from argmap.folders import config_file, config_folder
from store.files import LARGEST_SETTING, read_bytes
from tui.actions import actions, clashes

if TYPE_CHECKING:
    from pathlib import Path


@frozen
class Config:
    """The settings, checked; what is wrong with the file is in `faults`."""

    keys: dict[str, str] = field(factory=dict)
    """The keys of actions, by their ids, with commas; only those that the user has set."""
    theme: str | None = None
    ascii: bool = False
    """True where only ASCII can be drawn."""
    folder: Path = field(factory=config_folder)
    faults: tuple[str, ...] = ()
    """A sentence for each thing in the file that is not used."""


def read_config(path: Path | None = None, *, is_utf8: bool = True) -> Config:
    """Read the settings; a file that cannot be read is a fault, none at all is not.

    Args:
        path: The file, else `config.toml` in the platform's folder.
        is_utf8: Whether the terminal can draw more than ASCII.
    """
    file = path or config_file()
    folder = file.parent
    try:
        content = tomllib.loads(read_bytes(file, LARGEST_SETTING).decode())
    except FileNotFoundError:
        missing = (f"{file}: is not there",) if path else ()
        return Config(ascii=not is_utf8, folder=folder, faults=missing)
    except InputError as error:
        return Config(ascii=not is_utf8, folder=folder, faults=(str(error),))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(ascii=not is_utf8, folder=folder, faults=(f"{file}: {error}",))
    keys, faults = _keys(content.get("keys", {}))
    theme = content.get("theme")
    if theme is not None and not isinstance(theme, str):
        faults.append("theme is to be the name of a theme")
    signs = content.get("signs", "unicode" if is_utf8 else "ascii")
    if signs not in ("unicode", "ascii"):
        faults.append("signs is to be unicode or ascii")
    known = {"keys", "theme", "signs", "assessor"}
    faults += [f"there is no setting {name!r}" for name in content if name not in known]
    return Config(
        keys,
        theme if isinstance(theme, str) else None,
        signs == "ascii" or (signs != "unicode" and not is_utf8),
        folder,
        tuple(f"{file}: {fault}" for fault in faults),
    )


def _keys(given: Any) -> tuple[dict[str, str], list[str]]:  # noqa: ANN401  (whatever TOML holds)
    """Return the keys that can be used, and what is wrong with the others."""
    if not isinstance(given, dict):
        return {}, ["keys is to be a table of actions and their keys"]
    keys: dict[str, str] = {}
    faults = []
    for name, value in given.items():
        wanted = value.split(",") if isinstance(value, str) else value
        if name not in actions():
            near = difflib.get_close_matches(name, actions(), 1)
            faults.append(f"there is no action {name!r}" + (f"; {near[0]}?" if near else ""))
        elif not _is_keys(wanted):
            faults.append(f"the keys of {name} are to be a text such as 'j,down'")
        else:
            keys[name] = ",".join(_as_named(key.strip()) for key in wanted)
    clash = clashes(keys)
    if clash:
        return {}, [*faults, *clash, "the keys stay as they were"]
    return keys, faults


def _is_keys(value: Any) -> bool:  # noqa: ANN401  (as above)
    is_list = isinstance(value, list) and bool(value)
    return is_list and all(isinstance(key, str) and key.strip() for key in value)


def _as_named(key: str) -> str:
    """Return *key* as Textual names it: `?` is `question_mark`."""
    return _character_to_key(key) if len(key) == 1 else key
