"""The settings: faults are named, and all valid settings are used."""

from __future__ import annotations

import os
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from argmap.host.folders import config_folder
from tui.shell.config import Config, read_config
from tui.shell.keys.registry import actions, reachable

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "c", "workbench.mark-claim"
"""A key and its action, with the shipped settings."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def read(path: Path, content: str | bytes) -> Config:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_config(path)


def faults_in(config: Config, path: Path) -> list[str]:
    """Return the faults, each of which names the file."""
    assert all(fault.startswith(f"{path}: ") for fault in config.faults)
    return [fault.removeprefix(f"{path}: ") for fault in config.faults]


def test_settings_are_used(path: Path) -> None:
    config = read(path, """
        theme = "argmap-light"
        signs = "ascii"
        assessor = "amy"
        [keys]
        "text.next" = "f8,down"
        "text.previous" = ["f7", "up"]
    """)  # fmt: skip
    assert config == Config(
        {"text.next": "f8,down", "text.previous": "f7,up"}, "argmap-light", ascii=True,
        folder=path.parent,
    )  # fmt: skip


def test_no_file_is_no_fault_unless_it_was_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(path.parent))
    assert read_config() == Config(folder=config_folder())
    assert read_config().faults == ()
    assert faults_in(read_config(path), path) == ["file not found"]


@pytest.mark.parametrize("is_utf8", [True, False])
def test_signs_are_those_that_the_terminal_can_draw_unless_they_are_set(
    path: Path, *, is_utf8: bool
) -> None:
    path.write_text('theme = "argmap-dark"')
    assert read_config(path, is_utf8=is_utf8).ascii is not is_utf8
    path.write_text('signs = "unicode"')
    assert read_config(path, is_utf8=is_utf8).ascii is False
    for broken in ("signs = [", 'signs = "emoji"', "signs = 3"):
        path.write_text(broken)
        assert read_config(path, is_utf8=is_utf8).ascii is not is_utf8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_of_any_editor_is_read(path: Path, encoding: str, end: str) -> None:
    content = 'signs = "ascii"\n[keys]\ntext.next = "F8, PgDn"\n"text.page-down" = "f9"\n'
    config = read(path, content.replace("\n", end).encode(encoding))
    keys = {"text.next": "f8,pagedown", "text.page-down": "f9"}
    assert config == Config(keys, ascii=True, folder=path.parent)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_a_fault_that_says_what_to_do(path: Path, encoding: str) -> None:
    config = read(path, 'theme = "argmap-light"'.encode(encoding))
    assert faults_in(config, path) == ["is UTF-16; save it as UTF-8"]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n"])
def test_an_empty_file_sets_nothing(path: Path, content: bytes) -> None:
    assert read(path, content) == Config(folder=path.parent)


@pytest.mark.parametrize(
    "content",
    [
        b"theme = ", b"\xff\xfe\x00", b"\x00", b"[keys", b"a = 1\na = 2", b"caf\xe9 = 1",
        b"a = " + b"[" * 5000,
    ],
)  # fmt: skip
def test_a_file_that_is_no_toml_is_one_fault_and_the_rest_is_as_shipped(
    path: Path, content: bytes
) -> None:
    config = read(path, content)
    assert len(faults_in(config, path)) == 1
    assert config == Config(folder=path.parent, faults=config.faults)


def test_a_folder_in_its_place_is_a_fault(path: Path) -> None:
    path.mkdir()
    faults = faults_in(read_config(path), path)
    assert faults == ["is a folder, not a file; rename it or move it away"]


def test_a_place_that_the_system_refuses_is_named_in_words(path: Path) -> None:
    path.write_text("words")
    [fault] = read_config(path / "config.toml").faults
    assert fault == f"{path / 'config.toml'}: cannot be read: not a directory"


@given(st.binary(max_size=60))
def test_any_bytes_give_settings_that_can_be_used(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "config.toml"
    config = read(path, content)
    assert (config.keys, config.theme, config.ascii) == ({}, None, False)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("theme = 3", "theme must be the name of a theme"),
        ('signs = "emoji"', "signs must be unicode or ascii"),
        ("signs = []", "signs must be unicode or ascii"),
        ("keys = 3", "keys must be a table of actions and their keys"),
        ("colour = 3", "unknown setting 'colour'"),
        ("themes = 3", "unknown setting 'themes'; did you mean theme?"),
        ("assessor = 3", "assessor must be a name"),
        ('[keys]\n"text.next" = "j,PageDwn"',
         "unknown key PageDwn (did you mean pagedown?); text.next keeps its default keys"),
        ('[keys]\n"text.next" = ["gg", "delet"]',
         "unknown key gg, unknown key delet (did you mean delete?); text.next keeps its default keys"),
        ('[keys]\ntext.nxt = "j"', "unknown action 'text.nxt'; did you mean text.next?"),
        ("[keys]\na.b.c.d.e.f = 3", "unknown action 'a.b.c.d'"),
        ('[keys]\n"text.nxt" = "j"', "unknown action 'text.nxt'; did you mean text.next?"),
        ('[keys]\n"zzzzzzzz" = "j"', "unknown action 'zzzzzzzz'"),
        ('[keys]\n"text.next" = 3', "the keys of text.next must be text such as 'j,down'"),
        ('[keys]\n"text.next" = ""', "the keys of text.next must be text such as 'j,down'"),
        ('[keys]\n"text.next" = ["j", 3]', "the keys of text.next must be text such as 'j,down'"),
        ('[keys]\n"text.next" = []', "the keys of text.next must be text such as 'j,down'"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named_and_the_others_stay(
    path: Path, content: str, fault: str
) -> None:
    others = content if "[keys]" in content else f"{content}\n"
    head = "" if content.startswith("theme") else 'theme = "argmap-light"\n'
    config = read(path, head + others)
    assert faults_in(config, path) == [fault]
    assert config.keys == {}
    assert config.theme == ("argmap-light" if head else None)


def test_several_faults_are_all_reported(path: Path) -> None:
    config = read(path, 'theme = 3\nsigns = 3\nmore = 3\n[keys]\nnone = "j"\n"text.next" = "f8"')
    assert len(faults_in(config, path)) == 4
    assert config.keys == {"text.next": "f8"}


def test_a_key_that_would_mean_two_things_is_named_and_no_key_changes(path: Path) -> None:
    key, action = PLAIN
    config = read(path, f'[keys]\n"text.next" = "{key}"\n"text.previous" = "f8"')
    assert config.keys == {}
    assert faults_in(config, path) == [
        f"{key} is set for both {action} and text.next", "all keys keep their defaults",
    ]  # fmt: skip


def test_two_actions_can_change_keys_with_each_other(path: Path) -> None:
    config = read(path, '[keys]\n"text.next" = "k"\n"text.previous" = "j"')
    assert (config.faults, config.keys) == ((), {"text.next": "k", "text.previous": "j"})


@pytest.mark.parametrize(
    "character", sorted(set(string.printable) - set(string.whitespace) - {","})
)
def test_a_key_can_be_written_as_it_is_on_the_keyboard(path: Path, character: str) -> None:
    escaped = character.replace("\\", "\\\\").replace('"', '\\"')
    config = read(path, f'[keys]\n"text.next" = "f8, {escaped} "')
    name = _character_to_key(character)
    others = {k: a.id for a in reachable("text") for k in a.keys.split(",") if a.id != "text.next"}
    if name in others:
        assert config.keys == {}
        assert faults_in(config, path)[0] in {
            f"{name} is set for both {others[name]} and text.next",
            f"{name} is set for both text.next and {others[name]}",
        }
    else:
        assert (config.faults, config.keys) == ((), {"text.next": f"f8,{name}"})


def test_a_comma_can_be_a_key_where_the_keys_are_a_list(path: Path) -> None:
    config = read(path, '[keys]\n"text.next" = [","]\n"text.extend-word-back" = "f8"')
    assert (config.faults, config.keys) == (
        (), {"text.next": "comma", "text.extend-word-back": "f8"},
    )  # fmt: skip


@pytest.mark.parametrize("value", ['","', '"j,"', '"j,,down"', '["", "j"]', '[" "]'])
def test_no_key_is_without_a_name(path: Path, value: str) -> None:
    config = read(path, f'[keys]\n"text.next" = {value}')
    assert config.keys == {}
    assert faults_in(config, path) == ["the keys of text.next must be text such as 'j,down'"]


def test_every_shipped_key_can_be_set_to_itself(path: Path) -> None:
    lines = [f'"{action.id}" = "{action.keys}"' for action in actions().values()]
    config = read(path, "[keys]\n" + "\n".join(lines))
    assert config.faults == ()
    assert config.keys == {action.id: action.keys for action in actions().values()}


@pytest.mark.parametrize("kind", ["device", "pipe"])
def test_settings_that_are_no_file_are_a_fault(path: Path, kind: str) -> None:
    if kind == "device":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)
    config = read_config(path)
    assert config.faults == (f"{path}: is a {kind}; give a file",)
    assert config.keys == {}
