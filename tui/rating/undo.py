"""Undo and redo on the rating screens: show and name the answer that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.text.display import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from store.log import LoggedOperation

    from .answer_views import AnswerView


async def undo(screen: AnswerView) -> None:
    """Undo the newest operation, and show the answer that it changed."""
    before = screen.work.map
    logged = await screen.work.session.undo()
    _show(screen, before, "undone", logged)


async def redo(screen: AnswerView) -> None:
    """Redo the operation that was undone last, and show the answer that it changed."""
    before = screen.work.map
    logged = await screen.work.session.redo()
    _show(screen, before, "redone", logged)


def _show(screen: AnswerView, before: ArgumentMap, verb: str, logged: LoggedOperation) -> None:
    after, round_ = screen.work.map, screen.round
    round_.map = after
    changed = list(_changed(before, after))
    own = (round_.rubric.id, round_.rubric.version, round_.assessor)
    for old, new in changed:
        rating = new or old
        if rating is not None and (rating.rubric, rating.version, rating.assessor) == own:
            round_.ask_again(rating)
            break
    else:
        claims = set(round_.claims)
        moved = (s.id for s in after.ordered_statements if before.statements.get(s.id) != s)
        claim = next((id_ for id_ in moved if id_ in claims), None)
        if claim is not None:
            round_.go_to(claim, round_.criterion)
    words = _in_words(after, *changed[0]) if len(changed) == 1 else logged.label
    screen.show()
    screen.say_in_heading(f"{verb}: {words}")


def _changed(
    before: ArgumentMap, after: ArgumentMap
) -> Iterator[tuple[Rating | None, Rating | None]]:
    """Yield each rating of a statement that differs between two maps, old and new."""
    if before.ratings is after.ratings:
        return
    for id_ in dict.fromkeys((*before.ratings, *after.ratings)):
        old, new = before.ratings.get(id_), after.ratings.get(id_)
        if old is not new and old != new and (new or old).statement is not None:  # type: ignore[union-attr]  # one of both is there
            yield old, new


def _in_words(argument_map: ArgumentMap, old: Rating | None, new: Rating | None) -> str:
    """Return a change such as `C4, Directness: 3 → not rated`, safe to draw."""
    rating = new or old
    assert rating is not None  # noqa: S101  (one of both is there)
    statement = argument_map.statements.get(rating.statement or "")
    label = visible(statement.label) if statement is not None else "a removed claim"
    rubric = argument_map.rubrics.get((rating.rubric, rating.version))
    criterion = rubric.criteria.get(rating.criterion) if rubric is not None else None
    title = visible(criterion.title if criterion is not None else rating.criterion)
    was, is_ = _answer(old), _answer(new)
    if was == is_:
        return f"{label}, {title}: the reason for {is_}"
    return f"{label}, {title}: {was} → {is_}"


def _answer(rating: Rating | None) -> str:
    return "not rated" if rating is None else str(rating.answer).replace("_", " ")
