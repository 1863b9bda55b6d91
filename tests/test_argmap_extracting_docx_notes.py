"""Notes of Word documents: after the text, each with its mark, which never joins a number."""

from __future__ import annotations

import pytest
from support.strategies.word_files import paragraph, run, text_of, warnings_of


def reference(id_: int, kind: str = "footnote", properties: str = "", more: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:{kind}Reference w:id='{id_}' {more}/></w:r>"


def note(id_: int, words: str, kind: str = "footnote", type_: str = "") -> str:
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f"<w:{kind} w:id='{id_}' {type_}>{paragraph(mark, f' {words}')}</w:{kind}>"


NOTES = note(7, "Census of 2019.") + note(8, "Ibid.") + note(9, "Nobody refers to it.")
SEPARATORS = note(-1, "line", type_="w:type='separator'")


def test_notes_follow_the_text_with_the_mark_that_stands_in_it() -> None:
    body = paragraph("It cost 5", reference(7), " and 6", reference(8), ".") + paragraph("End.")
    assert text_of(body, footnotes=SEPARATORS + NOTES) == (
        "It cost 5[1] and 6[2].\n\nEnd.\n\n[1] Census of 2019.\n\n[2] Ibid."
    )


def test_endnotes_have_small_roman_numbers_unless_the_file_says_otherwise() -> None:
    body = paragraph("Five", reference(7, "endnote"))
    notes = note(7, "Later.", "endnote")
    assert text_of(body, endnotes=notes) == "Five[i]\n\n[i] Later."
    settings = "<w:endnotePr><w:numFmt w:val='decimal'/><w:numStart w:val='4'/></w:endnotePr>"
    assert text_of(body, endnotes=notes, settings=settings) == "Five[4]\n\n[4] Later."


@pytest.mark.parametrize("typed", ["<w:t>*</w:t>", "<w:sym w:font='Symbol' w:char='F02A'/>"])
def test_a_mark_that_is_typed_is_kept_and_not_counted(typed: str) -> None:
    custom = f"<w:r><w:footnoteReference w:id='7' w:customMarkFollows='1'/>{typed}</w:r>"
    notes = f"<w:footnote w:id='7'>{paragraph('* Typed.')}</w:footnote>{note(8, 'Counted.')}"
    mark = "*" if "w:t>" in typed else "∗"
    expected = f"A[{mark}] and 2[1]\n\n[{mark}] "
    read = text_of(paragraph("A", custom, " and 2", reference(8)), footnotes=notes)
    assert read.startswith(expected)
    assert read.endswith("Typed.\n\n[1] Counted.")


def test_a_typed_figure_as_a_mark_joins_no_figure() -> None:
    custom = "<w:r><w:footnoteReference w:id='7' w:customMarkFollows='true'/><w:t>3</w:t></w:r>"
    notes = f"<w:footnote w:id='7'>{paragraph('3 Source.')}</w:footnote>"
    assert text_of(paragraph("of 5", custom), footnotes=notes) == "of 5[3]\n\n[3] Source."


def test_a_note_of_several_paragraphs_has_its_mark_once() -> None:
    long = f"<w:footnote w:id='7'>{paragraph(' One.')}{paragraph('Two.')}</w:footnote>"
    assert text_of(paragraph("A", reference(7)), footnotes=long) == "A[1]\n\n[1] One.\n\nTwo."


def test_a_reference_that_a_change_took_out_or_that_is_hidden_counts_for_nothing() -> None:
    gone = f"<w:del>{reference(7)}</w:del>"
    hidden = reference(7, properties="<w:vanish/>")
    read = text_of(paragraph("A", gone, hidden, reference(8)), footnotes=NOTES)
    assert read == "A[1]\n\n[1] Ibid."


def test_numbers_begin_again_in_each_section_where_the_settings_say_so() -> None:
    section = "<w:sectPr/>"
    settings = "<w:footnotePr><w:numRestart w:val='eachSect'/></w:footnotePr>"
    body = paragraph("A", reference(7), properties=section) + paragraph("B", reference(8))
    assert text_of(body, footnotes=NOTES, settings=settings).startswith("A[1]\n\nB[1]\n\n[1] Cens")


def test_numbers_that_depend_on_pages_are_warned_of() -> None:
    settings = "<w:footnotePr><w:numRestart w:val='eachPage'/></w:footnotePr>"
    body = paragraph("A", reference(7), "B", reference(8))
    [warning] = warnings_of(body, footnotes=NOTES, settings=settings)
    assert "here they are numbered continuously" in warning
    assert warnings_of(paragraph("A", reference(7)), footnotes=NOTES, settings=settings) == ()


def test_a_note_without_words_keeps_its_mark_and_is_warned_of() -> None:
    assert text_of(paragraph("A", reference(3)), footnotes=NOTES) == "A[1]"
    assert warnings_of(paragraph("A", reference(3))) == ("footnote 1 has no text in the file",)


def test_two_references_to_one_note_have_one_mark_and_the_note_comes_once() -> None:
    read = text_of(paragraph("A", reference(7), run("B"), reference(7)), footnotes=NOTES)
    assert read == "A[1]B[1]\n\n[1] Census of 2019."
