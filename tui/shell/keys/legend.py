"""What each sign on the screens means, in words: the one legend, which the list of keys shows."""

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
    "Signs of statements": {
        SIGNS["claim"]: "claim",
        SIGNS["main"]: "main claim",
        SIGNS["supports"]: "evidence for a claim, or any support",
        SIGNS["opposes"]: "evidence against a claim, or any opposition",
        SIGNS["unlinked"]: "evidence that is not linked to anything",
        SIGNS["stated"]: "assumption that the text states",
        SIGNS["supplied"]: "assumption that the text leaves out",
        SIGNS["undercut"]: "undercut: attacks the link between two statements",
        "⎡⎢⎣": "linked premises: they work only together",
        SIGNS["again"]: "listed a second time; its own row is elsewhere",
        SIGNS["circle"]: "circle: this statement is already above itself",
        TICK: "marked, for an edit of several at once",
        "▸": "folded, with how many rows; where you are; more to the right",
        "◀": "points to the conclusion; more to the left",
    },
    "Signs in the text": {
        "▌": "the row of the cursor",
        "│": "the passage of a statement goes on",
        "▎": "the passage of the selected statement",
        "¶": "number of the paragraph",
        "…": "cut off for lack of room",
    },
    "Signs of grades": {
        "▰▱": "the grade: the more cells are filled, the stronger",
        "~": "provisional: not everything is rated yet",
        NOT_ASSESSED: "not assessed yet",
        "–": "not gradable, or does not apply",
    },
    "Signs of answers": {
        "0–4": "a level of the criterion, from the lowest up",
        SHAPES: "the level again, as a shape, from the lowest up",
        ANSWERS["not_rated"]: "not rated",
        ANSWERS["cannot_judge"]: "cannot judge",
        ANSWERS["not_applicable"]: "does not apply",
        IMPLIED: "does not apply, because of another answer",
    },
    "Signs of what-if mode": {
        FATES["removed"]: "taken away",
        FATES["fallen"]: "falls with it",
        FATES["unlinked"]: "its link falls",
        "∅": "claim that nothing supports any more",
        "→": "before and after",
    },
    "Signs of sources": {
        **{
            sign: f"{kind} voice" if kind in ("unnamed", "vague") else kind
            for kind, sign in SIGN_OF_KIND.items()
        },
        TWIN: "another source has the same name",
    },
}
"""For each heading the signs with their words."""
