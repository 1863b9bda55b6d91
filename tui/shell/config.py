"""The settings in `config.toml`: keys, theme, signs and the assessor's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from argmap.errors import InputError
from argmap.host.files import read_toml
from argmap.host.folders import config_file, config_folder

from .keys.config_keys import key_from_name, nearest_key
from .keys.registry import actions, find_clashes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_SETTINGS: Final = ("keys", "theme", "signs", "assessor")
_DEEPEST: Final = 4
"""Maximum depth of nested tables that are searched for action ids."""


@frozen
class Config:
    """The checked settings; faults in the file are in `faults`."""

    keys: dict[str, str] = field(factory=dict)
    """The keys of each action that the user has set, by id, separated by commas."""
    theme: str | None = None
    ascii: bool = False
    """True if only ASCII may be drawn."""
    folder: Path = field(factory=config_folder)
    faults: tuple[str, ...] = ()
    """One sentence for each fault in the file."""


def read_config(path: Path | None = None, *, is_utf8: bool = True) -> Config:
    """Read the settings.

    A file that cannot be read is a fault; a missing one is a fault only if *path* names it.

    Args:
        path: The file; by default `config.toml` in the platform's folder.
        is_utf8: Whether the terminal can draw more than ASCII.
    """
    file = path or config_file()
    folder = file.parent
    try:
        content = read_toml(file)
    except FileNotFoundError:
        missing = (f"{file}: file not found",) if path else ()
        return Config(ascii=not is_utf8, folder=folder, faults=missing)
    except InputError as error:
        return Config(ascii=not is_utf8, folder=folder, faults=(str(error),))
    keys, faults = _checked_keys(content.get("keys", {}))
    theme = content.get("theme")
    if theme is not None and not isinstance(theme, str):
        faults.append("theme must be the name of a theme")
    signs = content.get("signs", "unicode" if is_utf8 else "ascii")
    if signs not in ("unicode", "ascii"):
        faults.append("signs must be unicode or ascii")
    if not isinstance(content.get("assessor", ""), str):
        faults.append("assessor must be a name")
    faults += [_unknown(name, "setting", _SETTINGS) for name in content if name not in _SETTINGS]
    return Config(
        keys,
        theme if isinstance(theme, str) else None,
        signs == "ascii" or (signs != "unicode" and not is_utf8),
        folder,
        tuple(f"{file}: {fault}" for fault in faults),
    )


def _checked_keys(settings: Any) -> tuple[dict[str, str], list[str]]:  # noqa: ANN401  (whatever TOML holds)
    """Return the valid keys, and the faults of the others."""
    if not isinstance(settings, dict):
        return {}, ["keys must be a table of actions and their keys"]
    keys: dict[str, str] = {}
    faults = []
    for name, value in _by_action(settings):
        wanted = value.split(",") if isinstance(value, str) else value
        if name not in actions():
            faults.append(_unknown(name, "action", actions()))
        elif not _is_keys(wanted):
            faults.append(f"the keys of {name} must be text such as 'j,down'")
        else:
            named = {key.strip(): key_from_name(key.strip()) for key in wanted}
            unknown = [key for key, known in named.items() if known is None]
            if unknown:
                faults.append(f"{_unknown_keys(unknown)}; {name} keeps its default keys")
            else:
                keys[name] = ",".join(dict.fromkeys(filter(None, named.values())))
    clash = find_clashes(keys)
    if clash:
        return {}, [*faults, *clash, "all keys keep their defaults"]
    return keys, faults


def _by_action(settings: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the id and value of each action in nested tables of TOML.

    Without quotes, `text.next = "j"` is a table `text` with a key `next`.
    """
    tables: list[tuple[tuple[str, ...], dict[str, Any]]] = [((), settings)]
    while tables:
        path, table = tables.pop(0)
        for key, value in table.items():
            place = (*path, key)
            if isinstance(value, dict) and value and len(place) < _DEEPEST:
                tables.append((place, value))
            else:
                yield ".".join(place), value


def _is_keys(value: Any) -> bool:  # noqa: ANN401  (as above)
    is_list = isinstance(value, list) and bool(value)
    return is_list and all(isinstance(key, str) and key.strip() for key in value)


def _unknown_keys(names: list[str]) -> str:
    """Return the fault of unknown key *names*, with the nearest known ones."""
    near = ((name, nearest_key(name)) for name in names)
    return ", ".join(
        f"unknown key {name}{f' (did you mean {key}?)' if key else ''}" for name, key in near
    )


def _unknown(name: str, kind: str, known: Iterable[str]) -> str:
    """Return the fault of an unknown *name*, with the nearest of the *known* ones."""
    from rapidfuzz import process

    near = process.extractOne(name, list(known), score_cutoff=70)
    return f"unknown {kind} {name!r}" + (f"; did you mean {near[0]}?" if near else "")
