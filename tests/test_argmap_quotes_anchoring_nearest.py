"""The passage closest to a quote that does not occur, and its limits."""

from __future__ import annotations

import pytest

from argmap.quotes.anchoring import find_nearest


def test_the_closest_passage_begins_and_ends_with_words() -> None:
    text = "It pays.\n\nTeam Beta isn\u2019t there, in every\tregion.\n\nThe end."
    for quote in ("\nTeam Beta isn", "eam Beta is", "\n\nTeam Beta isn't there "):
        found = find_nearest(quote, text)
        assert found is not None
        words = found.passage.words
        assert words.startswith("Team Beta isn\u2019t")
        assert not words[-1].isspace()


@pytest.mark.parametrize(("letters", "is_widened"), [(39, True), (40, True), (41, False)])
def test_the_closest_passage_is_widened_to_words_of_at_most_forty_more_letters(
    letters: int, *, is_widened: bool
) -> None:
    for text, passage in (
        (f"Go {'b' * letters}1 2 3 4 5 on", f"{'b' * letters}1 2 3 4 5"),
        (f"Go 1 2 3 4 5{'b' * letters} on", f"1 2 3 4 5{'b' * letters}"),
    ):
        found = find_nearest("1 2 3 4 5", text)
        assert found is not None
        assert found.passage.words == (passage if is_widened else "1 2 3 4 5")
