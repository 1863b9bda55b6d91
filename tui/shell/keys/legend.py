"""The legend: the meaning of each sign, as the list of keys shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.analysis.answer_signs import IMPLIED
from argmap.analysis.answer_signs import SIGNS as ANSWERS
from argmap.analysis.outline import SIGNS
from tui.core.ticks import TICK
from tui.core.what_if_mode import SIGNS as FATES
from tui.look.signs import SIGN_OF_KIND, TWIN
from tui.rating.heat.cells import SHAPES
from tui.views.grade_cells import NOT_ASSESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

LEGEND: Final[Mapping[str, Mapping[str, str]]] = {
    "Signs in the map": {
        SIGNS["claim"]: "claim",
        SIGNS["main"]: "main claim",
        SIGNS["supports"]: "evidence for a claim, or other support",
        SIGNS["opposes"]: "evidence against a claim, or other opposition",
        SIGNS["unlinked"]: "evidence not linked to anything",
        SIGNS["stated"]: "assumption stated in the text",
        SIGNS["supplied"]: "unstated assumption",
        SIGNS["undercut"]: "undercut: attacks the link between two statements",
        "⎡⎢⎣": "linked premises: they work only together",
        SIGNS["again"]: "listed again; its first row is elsewhere",
        SIGNS["circle"]: "circular: this statement is already higher up this branch",
        TICK: "ticked, to edit several rows together",
        "▸": "folded (hidden rows); current place; more to the right",
        "◀": "more to the left",
    },
    "Signs in the boxes": {
        "─": "support; the arrow ◀ points to the conclusion",
        "╌": "opposition",
        "┏━┓": "the selected box",
    },
    "Signs in the text": {
        "▌": "the line with the cursor",
        "│": "a marked passage continues",
        "▎": "passage of the selected statement",
        "¶": "paragraph number",
        "…": "shortened to fit",
    },
    "Signs for grades": {
        "▰▱": "grade: the more cells are filled, the stronger",
        "~": "provisional: not everything is rated yet",
        NOT_ASSESSED: "not graded yet",
        "–": "cannot be graded, or does not apply",
    },
    "Signs for ratings": {
        "0–4": "level of the criterion, from lowest to highest",
        SHAPES: "the same levels as shapes, from lowest to highest",
        ANSWERS["not_rated"]: "not rated",
        ANSWERS["cannot_judge"]: "cannot judge",
        ANSWERS["not_applicable"]: "does not apply",
        IMPLIED: "does not apply, given another answer or the kind of claim",
    },
    "Signs in what-if mode": {
        FATES["removed"]: "removed in what-if mode",
        FATES["fallen"]: "falls without what was removed",
        FATES["unlinked"]: "its link falls",
        "∅": "claim left without support",
        "→": "before and after",
    },
    "Signs for sources": {
        **{
            sign: f"{kind} voice" if kind in ("unnamed", "vague") else kind
            for kind, sign in SIGN_OF_KIND.items()
        },
        TWIN: "another source has the same name",
    },
    "Signs in lists": {
        "↑↓": "the list is sorted by this column, upwards or downwards",
        "←": "these items come from this origin",
    },
}
"""The signs with their meanings, by heading."""
