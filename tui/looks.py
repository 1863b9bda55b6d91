"""Styles of the parts that panes draw themselves, with colours that are mixed with the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from textual.color import Color
    from textual.widget import Widget


def part_style(widget: Widget, name: str) -> Style:
    """Return the style of the component class *name* of *widget*, only what it sets.

    A colour that lets the ground through is mixed with it, since a terminal cannot.
    """
    styles = widget.get_component_styles(name)
    ground = widget.background_colors[1]
    ink = styles.color if styles.has_rule("color") else None
    paper = styles.background if styles.has_rule("background") else None
    own = Style(
        color=_mixed(ground, ink).rich_color if ink is not None else None,
        bgcolor=_mixed(ground, paper).rich_color if paper is not None else None,
    )
    return own + styles.text_style


def _mixed(ground: Color, colour: Color) -> Color:
    return colour if colour.ansi is not None or colour.a == 1 else ground + colour
