"""Words of Word documents as displayed: symbols, fields, formulas, changes, tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.op_ed_files import rezipped
from support.strategies.word_files import paragraph, run, table, text_of, warnings_of, word_file

from argmap.errors import InputError
from argmap.extracting.docx.format import FORMAT

RAISED = "<w:vertAlign w:val='superscript'/>"
LOWERED = "<w:vertAlign w:val='subscript'/>"


def field(kind: str) -> str:
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


def instruction(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def maths(inside: str) -> str:
    return f"<m:oMath>{inside}</m:oMath>"


def m(name: str, *parts: str) -> str:
    return f"<m:{name}>{''.join(parts)}</m:{name}>"


def letters(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


BOX = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("<w:t>co</w:t><w:softHyphen/><w:t>op</w:t>", "coop"),
        ("<w:t>co\u00adop</w:t>", "coop"),
        ("<w:t>20</w:t><w:noBreakHyphen/><w:t>30</w:t>", "20\u201130"),
        ("<w:t>20</w:t><w:tab/><w:t>30</w:t>", "20\t30"),
        ("<w:t>20</w:t><w:br/><w:t>30</w:t><w:cr/><w:t>40</w:t>", "20\n30\n40"),
        ("<w:rPr><w:caps/></w:rPr><w:t>Toll</w:t>", "Toll"),
        ("<w:t>a</w:t><w:sym w:font='Symbol' w:char='F062'/>", "aβ"),
        ("<w:t>5 </w:t><w:sym w:font='Symbol' w:char='F0B3'/><w:t> 4</w:t>", "5 ≥ 4"),
        ("<w:sym w:font='Wingdings' w:char='F0E0'/>", "→"),
        ("<w:sym w:font='Arial' w:char='00A7'/>", "§"),
        ("<w16se:symEx w16se:font='Emoji' w16se:char='1F60A'/>", "😊"),
        ("<w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\uf061</w:t>", "α"),
        ("<w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>m = 5 “</w:t>", "μ = 5 “"),
        ("<w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>J</w:t>", "☺"),
        ("<w:t>\n      Pretty\n      printed\n    </w:t>", "Pretty printed"),
        (("<w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r>"
         "</w:rubyBase></w:ruby>"), "東(とう)"),
    ],
)  # fmt: skip
def test_displayed_words_are_read(content: str, read: str) -> None:
    body = f"<w:p><w:r>{content}</w:r></w:p>"
    assert text_of(body) == read
    assert warnings_of(body) == ()


@pytest.mark.parametrize(
    "content",
    [
        "<w:sym w:font='Webdings' w:char='F061'/>",
        "<w:sym w:font='Symbol' w:char='F0F0'/>",
        "<w:sym w:font='Symbol' w:char='XYZ'/>",
        "<w:sym w:font='Arial' w:char='110000'/>",
        "<w:sym w:font='Arial' w:char='D800'/>",
        "<w:rPr><w:rFonts w:ascii='Webdings'/></w:rPr><w:t>\uf061</w:t>",
    ],
)
def test_a_character_that_nobody_knows_has_a_mark_and_a_warning(content: str) -> None:
    body = f"<w:p><w:r><w:t>A</w:t></w:r><w:r>{content}</w:r></w:p>"
    assert text_of(body) == "A\ufffd"
    assert warnings_of(body) == (
        "1 character of fonts or fields cannot be read; the text has \ufffd instead",
    )


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (("10", run("6", RAISED), " people"), "10⁶ people"),
        (("10", run("-6", RAISED)), "10⁻⁶"),
        (("of 5", run("3,4", RAISED)), "of 5³,⁴"),
        (("the 21", run("st", RAISED)), "the 21st"),
        (("H", run("2", LOWERED), "O"), "H₂O"),
        (("10", run("6", "<w:position w:val='8'/>")), "10⁶"),
        (("10", run("6", "<w:position w:val='2'/>")), "106"),
        (("10", run("6", "<w:rStyle w:val='Up'/>")), "10⁶"),
    ],
)
def test_raised_figures_join_no_others(content: tuple[str, ...], read: str) -> None:
    styles = f"<w:style w:type='character' w:styleId='Up'><w:rPr>{RAISED}</w:rPr></w:style>"
    assert text_of(paragraph(*content), styles=styles) == read


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_exponent_is_ever_read_with_its_base(base: int, exponent: int) -> None:
    read = text_of(paragraph(str(base), run(str(exponent), RAISED)))
    assert read.startswith(str(base))
    assert not any(sign in "0123456789" for sign in read[len(str(base)) :])


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (field("begin") + instruction("DATE") + field("separate") + run("today") + field("end"),
         "today"),
        (field("begin") + instruction("XE &quot;toll&quot;") + field("end") + run("seen"), "seen"),
        (field("begin") + instruction("IF") + field("begin") + instruction("X") + field("separate")
         + run("inner") + field("end") + field("separate") + run("outer") + field("end"), "outer"),
        (field("begin") + instruction("DATE") + run("no end"), "no end"),
        (run("no beginning") + field("separate") + field("end"), "no beginning"),
        ("<w:fldSimple w:instr='PAGE'>" + run("4") + "</w:fldSimple>", "4"),
    ],
)  # fmt: skip
def test_of_a_field_the_result_is_read(content: str, read: str) -> None:
    assert text_of(paragraph(content)) == read


def test_a_field_that_draws_words_of_no_file_has_a_mark_and_a_warning() -> None:
    body = paragraph("1", field("begin") + instruction(r" EQ \f(1,2)") + field("end"))
    assert text_of(body) == "1\ufffd"
    assert len(warnings_of(body)) == 1


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        (m("f", m("num", letters("1")), m("den", letters("2"))), "1/2"),
        (m("f", m("num", letters("a+b")), m("den", letters("2"))), "(a+b)/2"),
        (m("sSup", m("e", letters("10")), m("sup", letters("6"))), "10⁶"),
        (m("sSup", m("e", letters("2")), m("sup", letters("n+1"))), "2^(n+1)"),
        (m("sSup", m("e", m("f", m("num", letters("a+b")), m("den", letters("c+d")))),
           m("sup", letters("2"))), "((a+b)/(c+d))²"),
        (m("func", m("fName", letters("sin")), m("e", letters("2"))), "sin 2"),
        (m("sSub", m("e", letters("x")), m("sub", letters("12"))), "x₁₂"),
        (m("rad", m("deg", letters("3")), m("e", letters("27"))), "³√27"),
        (m("d", m("e", letters("1")), m("e", letters("2"))), "(1|2)"),
        (m("nary", "<m:naryPr><m:chr m:val='∑'/></m:naryPr>", m("sub", letters("1")),
           m("sup", letters("9")), m("e", letters("4"))), "∑₁⁹ 4"),
        (m("m", m("mr", m("e", letters("1")), m("e", letters("2"))),
           m("mr", m("e", letters("3")), m("e", letters("4")))), "1, 2; 3, 4"),
    ],
)  # fmt: skip
def test_a_formula_keeps_its_figures_apart(formula: str, read: str) -> None:
    assert text_of(paragraph("is ", maths(formula))) == f"is {read}"


def test_rows_of_data_are_lines_with_their_cells_apart() -> None:
    rows = table(("Year", "Toll"), ("2019", "5"), ("2020", "", "6"), ("", "7", ""))
    assert text_of(paragraph("Before") + rows) == "Before\n\nYear\tToll\n2019\t5\n2020\t\t6\n\t7"


def test_an_empty_first_cell_keeps_the_figures_in_their_columns() -> None:
    rows = table(("", "2019", "2020"), ("Cars", "5", "6")) + paragraph("After")
    assert text_of(rows) == "\t2019\t2020\nCars\t5\t6\n\nAfter"


def test_a_cell_that_covers_columns_leaves_them_empty() -> None:
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("Both") + "</w:tc>"
    rows = table(("One",), ("1", "2", "3")).replace("<w:tr>", "<w:tr>" + wide, 1)
    assert text_of(rows) == "Both\t\tOne\n1\t2\t3"


def test_a_row_that_begins_in_a_later_column_is_read_there() -> None:
    before = "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    rows = table(("A", "B", "C")) + table(("2", "3")).replace("<w:tr>", before)
    assert text_of(rows.replace("</w:tbl><w:tbl>", "")) == "A\tB\tC\n\t2\t3"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("100", "<w:strike/>") + run("200"), "100 200"),
        (run("100", "<w:dstrike/>") + run(",5", "<w:strike/>") + run("th"), "100,5th"),
        (run("1", "<w:strike w:val='0'/>") + run("2"), "12"),
        (run("12") + "<w:r><w:drawing><wp:inline xmlns:wp='w'/></w:drawing></w:r>" + run("34"), "12 34"),
        (run("12") + "<w:r><w:drawing><wp:anchor xmlns:wp='w'/></w:drawing></w:r>" + run("34"), "1234"),
    ],
)  # fmt: skip
def test_figures_that_are_struck_or_beside_pictures_are_not_joined(runs: str, text: str) -> None:
    assert text_of(paragraph(runs)) == text


def test_a_row_with_paragraphs_in_a_cell_is_read_as_paragraphs() -> None:
    rows = table(("a", "1"), ("b", paragraph("2") + paragraph("3")), ("c", "4"))
    assert text_of(rows) == "a\t1\n\nb\n\n2\n\n3\n\nc\t4"


def test_a_table_of_sentences_arranges_a_page() -> None:
    words = [f"Sentence {number} of the page is long enough to be one." for number in range(4)]
    assert text_of(table(tuple(words[:2]), tuple(words[2:]))).split("\n\n") == words


def test_a_line_end_in_a_cell_joins_no_figures() -> None:
    cell = paragraph("<w:r><w:t>10</w:t><w:br/><w:t>12</w:t></w:r>")
    assert text_of(table((cell, "x"))) == "10; 12\tx"


def test_a_table_that_arranges_a_page_gives_paragraphs() -> None:
    layout = table((paragraph("One.") + paragraph("Two."), "Caption."))
    assert text_of(layout) == "One.\n\nTwo.\n\nCaption."


def test_a_table_in_a_table_and_cells_that_are_merged_come_once() -> None:
    inner = table(("1", "2"), ("3", "4"))
    assert text_of(table((inner, "side"))) == "1\t2\n3\t4\n\nside"
    merged = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>both</w:t>"
        "</w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of(merged) == "both\t1\n\t2"


def test_a_row_that_a_change_took_out_is_left_out() -> None:
    rows = table(("1", "2"), ("3", "4")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    assert text_of(rows) == "3\t4"


@pytest.mark.parametrize("end", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_a_paragraph_whose_end_is_gone_goes_on_in_the_next(end: str) -> None:
    first = paragraph("One ", properties=f"<w:rPr>{end}</w:rPr>")
    assert text_of(first + paragraph("two.") + paragraph("Three.")) == "One two.\n\nThree."
    assert text_of(first + table(("1", "2"))) == "One\n\n1\t2"
    assert text_of(first) == "One"


def test_a_letter_that_is_dropped_begins_its_word() -> None:
    cap = paragraph("T", properties="<w:framePr w:dropCap='drop'/>")
    assert text_of(cap + paragraph("he toll.")) == "The toll."


def test_a_text_box_comes_once_and_after_its_paragraph() -> None:
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text_of(paragraph("Before ", both, "and after.")) == "Before and after.\n\nIn a box."


def test_what_only_old_programs_are_given_is_read() -> None:
    old = (
        "<w:r><mc:AlternateContent><mc:Choice><c:x/></mc:Choice><mc:Fallback><w:t>old</w:t>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text_of(paragraph(old)) == "old"


@pytest.mark.parametrize("kind", ["character", "paragraph"])
def test_words_that_a_style_hides_are_left_out(kind: str) -> None:
    styles = f"<w:style w:type='{kind}' w:styleId='S'><w:rPr><w:vanish/></w:rPr></w:style>"
    own = "<w:rStyle w:val='S'/>" if kind == "character" else ""
    of_paragraph = "" if own else "<w:pStyle w:val='S'/>"
    body = paragraph(
        run("hidden", own), run("shown", "<w:vanish w:val='0'/>"), properties=of_paragraph
    )
    assert text_of(body, styles=styles) == "shown"


def test_the_strict_standard_is_read_too() -> None:
    body = paragraph("Five", run("2", RAISED))
    assert FORMAT.read(word_file(body, is_strict=True), "a.docx").text == "Five²"


def test_a_file_that_is_taken_in_whole_is_read_and_what_cannot_be_is_warned_of() -> None:
    inner = word_file(paragraph("Inner."))
    body = paragraph("Outer.") + "<w:altChunk r:id='{}'/>" + paragraph("End.")
    for name, content, read in (
        ("a.docx", inner, "Outer.\n\nInner.\n\nEnd."),
        ("a.txt", b"Plain.", "Outer.\n\nPlain.\n\nEnd."),
        ("a.mht", b"\0", "Outer.\n\nEnd."),
    ):
        extract = FORMAT.read(word_file(body.format(name), more={name: content}), "a.docx")
        assert extract.text == read
        assert bool(extract.warnings) == (name == "a.mht")


def test_a_file_that_holds_itself_again_and_again_ends() -> None:
    content = word_file(paragraph("Innermost."))
    for _ in range(9):
        content = word_file(
            paragraph("x") + "<w:altChunk r:id='a.docx'/>", more={"a.docx": content}
        )
    extract = FORMAT.read(content, "a.docx")
    assert extract.text == "\n\n".join("xxxx")
    assert extract.warnings == ("left out a part that cannot be read: word/a.docx",)


def test_words_of_a_diagram_are_read_and_a_chart_is_warned_of() -> None:
    shapes = "<x xmlns:a='http://a'><a:p><a:r><a:t>In a shape</a:t></a:r></a:p></x>"
    body = paragraph("A", "<w:r><dgm:relIds r:dm='data.xml'/><c:chart r:id='none'/></w:r>")
    extract = FORMAT.read(word_file(body, more={"data.xml": shapes}), "a.docx")
    assert extract.text == "A\n\nIn a shape"
    assert extract.warnings == ("1 chart left out",)


@pytest.mark.parametrize("root", ["workbook", "presentation", "other"])
def test_what_other_programs_write_is_named(root: str) -> None:
    content = rezipped(
        word_file(paragraph("x")),
        lambda name, part: f"<{root}/>".encode() if name == "word/document.xml" else part,
    )
    with pytest.raises(InputError) as caught:
        FORMAT.read(content, "a.docx")
    named = {"workbook": "Excel", "presentation": "PowerPoint", "other": "not a Word document"}
    assert named[root] in str(caught.value)
