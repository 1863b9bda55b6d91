"""Reading: the keys that move in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.action import Action
from tui.listing import step_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.workbench import WorkbenchScreen
    from tui.text_cursor import Unit


def _moves(unit: Unit, by: int, *, extending: bool = False) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        bench.text.move(unit, by, extending=extending)

    return run


def _pages(by: float) -> Callable[[WorkbenchScreen], None]:
    def run(bench: WorkbenchScreen) -> None:
        bench.text.page(by)

    return run


def _first(bench: WorkbenchScreen) -> None:
    bench.text.go_to(bench.text.paragraphs.sentences[0])


def _last(bench: WorkbenchScreen) -> None:
    bench.text.go_to(bench.text.paragraphs.sentences[-1])


def _whole(bench: WorkbenchScreen) -> None:
    if bench.text.cancel_drag():
        return
    bench.search.leave()
    step_out(bench)
    bench.text.go_to(bench.text.sentence_at(bench.text.cursor.head[0]))


def _passage(bench: WorkbenchScreen, *, forward: bool) -> None:
    coverage, (start, _) = bench.session.coverage, bench.text.cursor.range
    place = coverage.passage_after(start) if forward else coverage.passage_before(start)
    if place is None:
        bench.say("no passage after this" if forward else "no passage before this")
    else:
        bench.text.go_to(bench.text.sentence_at(place), centred=True)


def _unmapped(bench: WorkbenchScreen, *, forward: bool) -> None:
    sentences = bench.text.paragraphs.sentences
    here = bench.text.paragraphs.sentence_number(bench.text.cursor.head[0])
    ahead = sentences[here + 1 :] if forward else reversed(sentences[:here])
    for stretch in ahead:
        if not bench.session.coverage.is_mapped(*stretch):
            bench.text.go_to(stretch, centred=True)
            return
    bench.say(
        "every sentence after this is mapped" if forward else "every sentence before this is mapped"
    )


def _open(bench: WorkbenchScreen) -> None:
    """Select the statement that uses these words; once more, the next of them."""
    found = bench.session.coverage.statements_at(*bench.text.cursor.range)
    if bench.selected in found:
        bench.select(found[(found.index(bench.selected) + 1) % len(found)])
    else:
        bench.select(found[0])


def _needs_mapped(bench: WorkbenchScreen) -> str:
    found = bench.session.coverage.is_mapped(*bench.text.cursor.range)
    key = bench.app.key("workbench.mark-claim")
    return "" if found else f"no statement uses these words yet; {key} marks a claim"


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
    Action("text.whole", "go back to the whole sentence; leave search or what-if mode",
           "escape", _whole),
    Action("text.open", "select the statement at the cursor; again, the next one", "enter",
           _open, _needs_mapped, is_pointed=True),
    Action("text.next-passage", "next passage", "right_square_bracket",
           lambda bench: _passage(bench, forward=True)),
    Action("text.previous-passage", "previous passage", "left_square_bracket",
           lambda bench: _passage(bench, forward=False)),
    Action("text.next-unmapped", "next unmapped sentence", "right_curly_bracket,tilde",
           lambda bench: _unmapped(bench, forward=True)),
    Action("text.previous-unmapped", "previous unmapped sentence", "left_curly_bracket",
           lambda bench: _unmapped(bench, forward=False)),
    Action("text.page-down", "a page down", "pagedown,ctrl+d", _pages(0.9)),
    Action("text.page-up", "a page up", "pageup,ctrl+u", _pages(-0.9)),
    Action("text.first", "the first sentence", "g,home", _first),
    Action("text.last", "the last sentence", "G,end", _last),
)  # fmt: skip
