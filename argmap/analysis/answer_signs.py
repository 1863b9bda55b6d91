"""One-character signs for answers, for heat maps on screens and in exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.model.vocabulary import Answer, State

SIGNS: Final[Mapping[State, str]] = {"not_rated": "·", "cannot_judge": "?", "not_applicable": "–"}
"""Signs for the three states that are not numbers."""

IMPLIED: Final = "°"
"""Sign for a criterion that another answer, or the nature of the claim, makes not applicable."""


def sign_for_answer(answer: Answer | None, *, is_implied: bool = False) -> str:
    """Return the sign of an answer; `°` where the criterion is implied not to apply.

    An answer that the implication overrides is shown before that sign.
    """
    if answer is None:
        sign = SIGNS["not_rated"]
    else:
        sign = str(answer) if isinstance(answer, int) else SIGNS[answer]
    if is_implied:
        return f"{sign}{IMPLIED}" if is_overridden(answer) else IMPLIED
    return sign


def is_overridden(answer: Answer | None) -> bool:
    """Return whether *answer* contradicts an implication that the criterion does not apply."""
    return answer not in (None, "not_rated", "not_applicable")
