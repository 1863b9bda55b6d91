"""Actions that move the cursor in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.actions.action import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.text.cursor import Unit
    from tui.text.pane import TextPane


def _moves(unit: Unit, by: int, *, extending: bool = False) -> Callable[[TextPane], None]:
    def run(pane: TextPane) -> None:
        pane.move(unit, by, extending=extending)

    return run


def _pages(by: float) -> Callable[[TextPane], None]:
    def run(pane: TextPane) -> None:
        pane.page(by)

    return run


def _first(pane: TextPane) -> None:
    pane.go_to(pane.paragraphs.sentences[0])


def _last(pane: TextPane) -> None:
    pane.go_to(pane.paragraphs.sentences[-1])


def _whole(pane: TextPane) -> None:
    if pane.cancel_drag():
        return
    pane.work.host.leave_search()
    pane.work.step_out()
    pane.go_to(pane.sentence_at(pane.cursor.head[0]))


def _passage(pane: TextPane, *, forward: bool) -> None:
    coverage, (start, _) = pane.work.session.coverage, pane.cursor.range
    place = coverage.passage_after(start) if forward else coverage.passage_before(start)
    if place is None:
        pane.work.host.say(f"no passage {'after' if forward else 'before'} this one")
    else:
        pane.go_to(pane.sentence_at(place), centred=True)


def _unmapped(pane: TextPane, *, forward: bool) -> None:
    sentences = pane.paragraphs.sentences
    here = pane.paragraphs.sentence_number(pane.cursor.head[0])
    ahead = sentences[here + 1 :] if forward else reversed(sentences[:here])
    for stretch in ahead:
        if not pane.work.session.coverage.is_mapped(*stretch):
            pane.go_to(stretch, centred=True)
            return
    pane.work.host.say(f"no unmapped sentence {'after' if forward else 'before'} this one")


def _open(pane: TextPane) -> None:
    """Select the statement under the cursor; if one is selected, the next one."""
    statements = pane.work.session.coverage.statements_at(*pane.cursor.range)
    work = pane.work
    if work.selected in statements:
        work.select(statements[(statements.index(work.selected) + 1) % len(statements)])
    else:
        work.select(statements[0])


def _needs_mapped(pane: TextPane) -> str:
    is_mapped = pane.work.session.coverage.is_mapped(*pane.cursor.range)
    key = pane.work.host.key("workbench.mark-claim")
    return "" if is_mapped else f"nothing is marked here; {key} marks a claim"


ACTIONS = (
    Action("text.next", "next sentence", "j,down", _moves("sentence", 1)),
    Action("text.previous", "previous sentence", "k,up", _moves("sentence", -1)),
    Action("text.next-word", "next word", "l,right", _moves("word", 1)),
    Action("text.previous-word", "previous word", "h,left", _moves("word", -1)),
    Action("text.next-line", "next line", "ctrl+down,right_parenthesis", _moves("line", 1)),
    Action("text.previous-line", "previous line", "ctrl+up,left_parenthesis", _moves("line", -1)),
    Action("text.extend", "extend to the next sentence", "J,shift+down",
           _moves("sentence", 1, extending=True)),
    Action("text.extend-back", "extend to the previous sentence", "K,shift+up",
           _moves("sentence", -1, extending=True)),
    Action("text.extend-word", "extend by a word", "shift+right,full_stop",
           _moves("word", 1, extending=True)),
    Action("text.extend-word-back", "extend back by a word", "shift+left,comma",
           _moves("word", -1, extending=True)),
    Action("text.whole", "select the whole sentence; leave search or what-if mode",
           "escape", _whole),
    Action("text.open", "select the statement here; again for the next one", "enter",
           _open, _needs_mapped, is_pointed=True),
    Action("text.next-passage", "next passage", "right_square_bracket",
           lambda pane: _passage(pane, forward=True)),
    Action("text.previous-passage", "previous passage", "left_square_bracket",
           lambda pane: _passage(pane, forward=False)),
    Action("text.next-unmapped", "next unmapped sentence", "right_curly_bracket,tilde",
           lambda pane: _unmapped(pane, forward=True)),
    Action("text.previous-unmapped", "previous unmapped sentence", "left_curly_bracket",
           lambda pane: _unmapped(pane, forward=False)),
    Action("text.page-down", "page down", "pagedown,ctrl+d", _pages(0.9)),
    Action("text.page-up", "page up", "pageup,ctrl+u", _pages(-0.9)),
    Action("text.first", "first sentence", "g,home", _first),
    Action("text.last", "last sentence", "G,end", _last),
)  # fmt: skip
