"""The state of the screen is restored exactly; a broken file does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import InputError
from tui.shell.state import MOST, State, View, read_state

if TYPE_CHECKING:
    from pathlib import Path

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
counts = st.integers(0, 10**6)
views = st.builds(
    View,
    cursor=st.tuples(counts, counts),
    selected=st.none() | words,
    folded=st.lists(words, max_size=3),
    filter=words,
    active=words,
    boxes=st.booleans(),
    shift=st.dictionaries(words, st.integers(-99, 99), max_size=2),
)
kept = st.builds(
    State,
    path=st.none(),
    document=st.none() | words,
    theme=st.none() | words,
    views=st.dictionaries(words, views, max_size=4),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "state.json"


@given(kept)
def test_a_saved_state_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, state: State
) -> None:
    state.path = tmp_path_factory.getbasetemp() / "state.json"
    state.save()
    again = read_state(state.path)
    assert again == state
    assert list(again.views) == list(state.views)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"\x00", b'{"document": 3}', b'{"views": []}',
        b'{"views": {"a": null}}', b'{"views": {"a": {"cursor": [1]}}}', b'{"theme": {}}',
        b'{"views": {"a": {"folded": "a"}}}', b'{"more": ' + b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_broken_file_is_an_empty_one_and_can_be_written_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    state = read_state(path)
    assert state == State(path)
    state.document = "toll"
    state.save()
    assert read_state(path).document == "toll"


@given(st.binary(max_size=40))
def test_any_bytes_are_read_without_a_complaint(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.json"
    path.write_bytes(content)
    assert read_state(path).path == path


def test_a_missing_file_and_a_folder_in_its_place_are_empty(path: Path) -> None:
    assert read_state(path) == State(path)
    path.mkdir(parents=True)
    assert read_state(path) == State(path)


def test_what_a_newer_argmap_has_written_is_read_as_far_as_it_is_known(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"document": "toll", "tabs": [1], "views": {"toll": {"zoom": 2}}}')
    assert read_state(path) == State(path, "toll", None, {"toll": View()})


def test_a_document_that_was_never_looked_at_has_a_view_of_its_own() -> None:
    state = State()
    state.view("toll").folded.append("s1")
    assert state.view("toll") == state.view("bus") == View()


def test_a_state_without_a_file_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    State(document="toll").save()
    assert list(tmp_path.iterdir()) == []


def test_the_views_looked_at_longest_ago_are_forgotten() -> None:
    state = State()
    for number in range(MOST):
        state.remember(f"d{number}", View())
    state.remember("d0", View(filter="text:toll"))
    state.remember("new", View())
    assert len(state.views) == MOST
    assert "d1" not in state.views
    assert list(state.views)[-2:] == ["d0", "new"]
    assert state.view("d0").filter == "text:toll"


def test_a_save_leaves_only_the_file(path: Path) -> None:
    State(path, "toll").save()
    State(path, "bus").save()
    assert [each.name for each in path.parent.iterdir()] == ["state.json"]
    assert msgspec.json.decode(path.read_bytes()) == {"document": "bus"}


def test_a_save_that_fails_leaves_what_was_there_and_says_why(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    State(path, "toll").save()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for method in ("touch", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(type(path), method, full)
            with pytest.raises(InputError, match="cannot be written: no space left on device"):
                State(path, "bus").save()
        assert read_state(path).document == "toll"
        assert [each.name for each in path.parent.iterdir()] == ["state.json"]


def test_a_folder_that_cannot_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    path = tmp_path / "file" / "state.json"
    with pytest.raises(InputError) as caught:
        State(path, "toll").save()
    assert str(caught.value).startswith(f"{path.parent}: ")


def test_a_file_that_kept_an_order_of_rows_is_still_read(path: Path) -> None:
    """Until the order became part of the map, it was kept here."""
    path.parent.mkdir()
    order = '"order": {"": ["c2", "c1"], "c1": ["i2", "i1"]}'
    path.write_text(f'{{"document": "toll", "views": {{"toll": {{"folded": ["c1"], {order}}}}}}}')
    state = read_state(path)
    assert (state.document, state.view("toll").folded) == ("toll", ["c1"])
    state.save()
    assert b"order" not in path.read_bytes()
