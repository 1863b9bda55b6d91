"""The colours: every shipped theme is readable, and a broken theme of the user is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

import tui
from tui.shell.themes import THEMES, user_themes
from tui.text.pane import TextPane

if TYPE_CHECKING:
    from textual.theme import Theme

INKS = ("foreground", "primary", "secondary", "accent", "success", "error", "warning")
GROUNDS = ("background", "surface", "panel")
OWN = [theme for theme in THEMES if not theme.ansi]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "themes").mkdir()
    return tmp_path


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / "themes" / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def contrast(ink: Color, ground: Color) -> float:
    """Return the contrast ratio of two colours. Source: WCAG 2.2, relative luminance."""
    bright, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(getattr(theme, name))


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_every_role_can_be_read_on_every_ground(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(colour(theme, ink), colour(theme, ground)) >= 4.5


def quiet() -> dict[str, int]:
    """Return the share of the foreground in each colour of faint words, by its line of CSS."""
    lines = [
        line
        for path in Path(tui.__file__).parent.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if "--guide" not in line and "--edge" not in line  # lines, and no words
    ]
    found = (re.search(r"(?<![-\w])color: \$foreground (\d+)%", line) for line in lines)
    return {m.string.strip(): int(m[1]) for m in found if m}


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
def test_quiet_words_can_be_read_too(theme: Theme, ground: str) -> None:
    assert quiet()
    paper = colour(theme, ground)
    least = paper.blend(colour(theme, "foreground"), min(quiet().values()) / 100)
    assert contrast(least, paper) >= 4.5


def tints() -> list[tuple[str, int]]:
    """Return the role and share of each background colour under text, as in the CSS."""
    texts = (path.read_text("utf-8") for path in Path(tui.__file__).parent.rglob("*.py"))
    found = (re.findall(r"background: \$(primary|warning) (\d+)%", text) for text in texts)
    return sorted({(role, int(share)) for pairs in found for role, share in pairs})


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_words_on_a_tint_can_be_read(theme: Theme) -> None:
    assert ("primary", 45) in tints()
    for role, share in tints():
        paper = colour(theme, "background").blend(colour(theme, role), share / 100)
        assert contrast(colour(theme, "foreground"), paper) >= 4.5, (role, share)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_the_words_of_the_text_can_be_read_in_every_look(theme: Theme) -> None:
    css = TextPane.DEFAULT_CSS
    paper = colour(theme, "background")
    grounds = [
        paper.blend(colour(theme, "primary"), int(share) / 100)
        for share in re.findall(r"background: \$primary (\d+)%", css)
    ]
    assert len(grounds) == 2
    for ground in (paper, *grounds):
        assert contrast(colour(theme, "foreground"), ground) >= 4.5
        assert contrast(colour(theme, "accent"), ground) >= 4.5
    (dimmed,) = re.findall(r"text--mapped { color: \$foreground (\d+)%", css)
    assert contrast(paper.blend(colour(theme, "foreground"), int(dimmed) / 100), paper) >= 4.5
    for full in ("primary", "warning"):  # of the word cursor, and of what a search found
        assert contrast(paper, colour(theme, full)) >= 4.5


def test_the_one_of_high_contrast_has_seven_to_one() -> None:
    theme = next(t for t in THEMES if t.name == "argmap-contrast")
    lowest = min(contrast(colour(theme, i), colour(theme, g)) for i in INKS for g in GROUNDS)
    assert lowest >= 7


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_theme_says_truly_whether_it_is_dark(theme: Theme) -> None:
    if not theme.ansi:
        assert theme.dark == (luminance(colour(theme, "background")) < 0.5)
    assert theme.name.startswith("argmap-")


def test_the_terminals_own_colours_are_used_in_one_theme_alone() -> None:
    for theme in THEMES:
        own = [colour(theme, name).ansi is not None for name in (*INKS, *GROUNDS)]
        assert all(own) if theme.ansi else not any(own)


def test_a_folder_without_themes_has_none(tmp_path: Path) -> None:
    assert user_themes(tmp_path) == ([], [])


def test_a_theme_of_the_users_has_the_name_of_its_file(folder: Path) -> None:
    write(folder, "mine.toml", 'primary = "#123456"\nbackground = "white"\ndark = false')
    write(folder, "notes.txt", "no theme")
    found, faults = user_themes(folder)
    assert faults == []
    assert [(t.name, t.primary, t.dark) for t in found] == [("mine", "#123456", False)]


def test_a_theme_with_a_byte_order_mark_is_read(folder: Path) -> None:
    write(folder, "sound.toml", b'\xef\xbb\xbfprimary = "red"\r\n')
    found, faults = user_themes(folder)
    assert ([theme.name for theme in found], faults) == (["sound"], [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('background = "#000"', "primary is missing"),
        ("", "primary is missing"),
        ('primary = "not a colour"', "primary is not a colour: 'not a colour'"),
        ("primary = 3", "primary is not a colour: 3"),
        ("primary = []", "primary is not a colour: []"),
        ("primary = {}", "primary is not a colour: {}"),
        ("primary = true", "primary is not a colour: True"),
        ("primary = 2024-01-01", "primary is not a colour"),
        ('primary = ""', "primary is not a colour: ''"),
        ('primary = "#000"\nborder = "#fff"', "unknown key 'border'; use primary,"),
        ('primary = "#000"\nname = "#fff"', "unknown key 'name'"),
        ('primary = "#000"\ndark = "yes"', "dark"),
        ("primary = ", "Invalid"),
        (b"\xff", "is not UTF-8"),
        (b"a = " + b"[" * 5000, ""),
    ],
)
def test_a_broken_theme_is_named_and_left_out_and_the_others_are_there(
    folder: Path, content: str | bytes, words: str
) -> None:
    write(folder, "sound.toml", 'primary = "red"')
    path = write(folder, "broken.toml", content)
    found, faults = user_themes(folder)
    assert [theme.name for theme in found] == ["sound"]
    assert len(faults) == 1
    assert faults[0].startswith(f"{path}: ")
    assert faults[0].endswith("; theme skipped")
    assert words in faults[0]


def test_a_folder_that_is_called_like_a_theme_is_left_out(folder: Path) -> None:
    (folder / "themes" / "deep.toml").mkdir()
    found, faults = user_themes(folder)
    assert (found, len(faults)) == ([], 1)


@pytest.mark.parametrize(
    "value",
    [
        "#fff",
        "#12345678",
        "rgb(1,2,3)",
        "hsl(10,20%,30%)",
        "red",
        "ansi_red",
        "transparent",
        "auto",
    ],
)
def test_a_theme_that_is_taken_can_be_drawn(folder: Path, value: str) -> None:
    write(folder, "mine.toml", f'primary = "{value}"\nbackground = "{value}"')
    found, faults = user_themes(folder)
    assert len(found) + len(faults) == 1
    for theme in found:
        assert theme.to_color_system().generate()["primary"]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_shipped_theme_can_be_drawn(theme: Theme) -> None:
    assert theme.to_color_system().generate()["primary"]


def test_a_theme_that_is_a_device_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    endless = tmp_path / "themes" / "endless.toml"
    endless.symlink_to("/dev/zero")
    assert user_themes(tmp_path) == (
        [], [f"{endless}: is a device; give a file; theme skipped"],
    )  # fmt: skip
