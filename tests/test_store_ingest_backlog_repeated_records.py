"""A generated id belongs to the first record that it was made for, even if others copy it."""

from __future__ import annotations

import pytest
from support.drivers.desk import (
    ATTRIBUTION,
    CLAIM,
    DOCUMENT,
    EVIDENCE,
    RELIABILITY,
    SOURCE,
    Content,
    Desk,
    without,
)
from support.drivers.import_lengths import WHOLE, in_spans

LETTER: Content = without(RELIABILITY, "id")
THIEVES: dict[str, Content] = {
    "source": SOURCE,
    "document": DOCUMENT,
    "statement": CLAIM | {"text": "It pays."},
    "attribution": ATTRIBUTION,
}
"""Records, by type, that copy the id made for the letter."""


@pytest.fixture
def made(desk: Desk) -> str:
    """The id made for the letter."""
    desk.landed(SOURCE, LETTER)
    [id_] = desk.ids() - {"reports"}
    desk.undo()
    return id_


@pytest.mark.parametrize("span", [1, 2, 3, WHOLE])
@pytest.mark.parametrize("type_", THIEVES)
def test_an_id_made_for_an_earlier_record_is_taken(
    desk: Desk, made: str, span: int, type_: str
) -> None:
    thief = THIEVES[type_] | {"id": made}
    with in_spans(span):
        account = desk.land(DOCUMENT, CLAIM, EVIDENCE, LETTER, thief, SOURCE, LETTER)
    [only] = account.rejected
    assert (only.line, only.path, only.kind) == (5, "id", "id")
    assert "is already used in line 4" in only.reason
    assert (account.added, account.unchanged) == (5, 1)
    assert [record["id"] for record in desk.exported("reliability")] == [made]
    assert desk.complaints() == []


@pytest.mark.parametrize("span", [1, 2, WHOLE])
def test_references_to_a_copied_id_are_rejected(desk: Desk, made: str, span: int) -> None:
    copy, leaning = CLAIM | {"id": made}, EVIDENCE | {"supports": made}
    with in_spans(span):
        account = desk.land(DOCUMENT, SOURCE, LETTER, copy, leaning)
    assert [(r.line, r.path) for r in account.rejected] == [(4, "id"), (5, "supports")]
    assert desk.ids() == {"toll", "reports", made}


@pytest.mark.parametrize("span", [1, 2, WHOLE])
@pytest.mark.parametrize("type_", THIEVES)
def test_an_id_made_for_a_shorthand_belongs_to_nothing_else(
    desk: Desk, span: int, type_: str
) -> None:
    short = EVIDENCE | {"supports": "c1"}
    desk.landed(DOCUMENT, CLAIM, short)
    [step] = desk.exported("inference")
    desk.undo()
    thief = THIEVES[type_] | {"id": step["id"]}
    with in_spans(span):
        account = desk.land(DOCUMENT, CLAIM, SOURCE, short, thief)
    assert [(r.line, r.path, r.kind) for r in account.rejected] == [(5, "id", "id")]
    assert len(desk.exported("inference")) == 1
    assert desk.complaints() == []
