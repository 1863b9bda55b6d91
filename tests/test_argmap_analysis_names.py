"""Names of links: the labels of both ends."""

from __future__ import annotations

from support.strategies.provenance_maps import sourced_map

from argmap.analysis.names import describe_target
from argmap.text.display import and_list


def test_labels_are_listed_in_words() -> None:
    listed = [and_list(labels) for labels in ([], ["C1"], ["C1", "C2"], ["C1", "C2", "C3"])]
    assert listed == ["", "C1", "C1 and C2", "C1, C2 and C3"]


def test_a_link_that_undercuts_another_is_named_by_what_both_link() -> None:
    m = sourced_map(
        [(["e1", "a1"], "c1")], opposes=[(["c2"], "i1"), (["c3"], "i2"), (["e2"], "i3")]
    )
    assert [describe_target(m, id_) for id_ in ("c1", "i1", "i2", "i3")] == [
        "C1",
        "the link from E1 and A1 to C1",
        "the link from C2 to the link from E1 and A1 to C1",
        "the link from C3 to the link from C2 to a link",
    ]
