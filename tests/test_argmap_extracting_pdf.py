"""PDF files: their lines become the paragraphs that a person sees, and faults one line."""

from __future__ import annotations

import io
import sys
import zlib

import pytest
from support.strategies.op_ed_files import Placed, column, pdf, refusal

from argmap.extracting.pdf.format import FORMAT
from argmap.op_eds.documents import extract_from_bytes

pypdf = pytest.importorskip("pypdf")

LINES = [
    "The toll on the harbour bridge pays for itself, and",
    "the council should keep it.",
    "",
    "Reports say that traffic fell by a fifth in its",
    "first year.",
]
TEXT = (
    "The toll on the harbour bridge pays for itself, and the council should keep it."
    "\n\nReports say that traffic fell by a fifth in its first year."
)


def text_of(content: bytes) -> str:
    return FORMAT.read(content, "a.pdf").text


def locked(content: bytes, password: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(password, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_become_paragraphs_where_there_is_room_between_them() -> None:
    assert text_of(pdf(column(LINES))) == TEXT


def test_lines_become_paragraphs_where_the_first_is_indented() -> None:
    lines = column([line for line in LINES if line])
    lines[2] = Placed(lines[2].x + 14, lines[2].y, lines[2].words)
    assert text_of(pdf(lines)) == TEXT


def test_a_headline_is_a_paragraph_of_its_own() -> None:
    assert text_of(pdf([Placed(72, 716, "The toll", 18), *column(LINES)])) == f"The toll\n\n{TEXT}"


def test_words_that_line_ends_part_are_made_whole() -> None:
    lines = ["The har-", "bour's well-known toll is well-", "known; Anglo-", "Saxon is not."]
    assert (
        text_of(pdf(column(lines)))
        == "The harbour's well-known toll is well-known; Anglo-Saxon is not."
    )


def test_a_paragraph_goes_on_over_a_page_and_past_headers_and_page_numbers() -> None:
    pages = []
    for number in range(3):
        header = [Placed(72, 760, "The Harbour Post"), Placed(300, 30, f"{number + 1}")]
        lines = [
            f"Number {number} of the lines is one that goes to",
            "the end of the page and past its",
        ]
        pages.append([*column(lines, top=700 + number), *header])
    assert text_of(pdf(*pages)) == " ".join(
        f"Number {number} of the lines is one that goes to the end of the page and past its"
        for number in range(3)
    )


def test_a_paragraph_that_ends_with_its_page_ends() -> None:
    first = ["A long line that is as wide as the column is,", "and its end."]
    assert text_of(pdf(column(first), column(["Another page."]))) == (
        "A long line that is as wide as the column is, and its end.\n\nAnother page."
    )


def test_columns_are_read_one_after_the_other() -> None:
    left = column(["Words that go down the left side of", "the page and then on to"])
    right = column(["the right side of it."], x=320)
    assert text_of(pdf([*left, *right])) == (
        "Words that go down the left side of the page and then on to the right side of it."
    )


def test_what_a_file_tells_is_kept_and_what_a_program_made_up_is_not() -> None:
    info = "/Title (The toll stays) /Author (Rosa Ames) /CreationDate (D:20230814)"
    told = FORMAT.read(pdf(column(LINES), info=info, root="/Lang (en-GB)"), "a.pdf")
    assert (told.title, told.author, told.language) == ("The toll stays", "Rosa Ames", "en-GB")
    assert told.published is None, "the file was made on that day"
    for made_up in ("Microsoft Word - toll.doc", "toll.indd", "Untitled", "Dokument 1"):
        assert FORMAT.read(pdf(column(LINES), info=f"/Title ({made_up})"), "a.pdf").title is None


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_lock_without_a_password_opens_and_one_with_a_password_is_told(algorithm: str) -> None:
    if algorithm == "AES-256":
        pytest.importorskip("cryptography")
    assert text_of(locked(pdf(column(LINES)), "", algorithm)) == TEXT
    assert "is locked with a password" in refusal(
        "a.pdf", locked(pdf(column(LINES)), "secret", algorithm)
    )


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_is_never_taken_for_whole(kept: float) -> None:
    whole = pdf(column(LINES))
    assert refusal("a.pdf", whole[: int(len(whole) * kept)]) == (
        "a.pdf: is incomplete (its end is missing); get the whole file again"
    )


def test_pages_without_text_are_reported_as_pictures() -> None:
    assert "has images of pages but no text" in refusal("a.pdf", pdf([]))


@pytest.mark.parametrize("words", [b" " * 100_000_000, b"q " * 50_000_000])
def test_a_file_that_unpacks_to_far_too_much_is_refused(words: bytes) -> None:
    assert "unpacks to far more than an op-ed has" in refusal(
        "a.pdf", pdf([], content=zlib.compress(words))
    )


def test_more_text_than_an_op_ed_can_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.extracting.pdf.format.LARGEST_TEXT", 50)
    assert "has more than 50 characters" in refusal("a.pdf", pdf(column(LINES)))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4 %%EOF",
        b"%PDF-1.4" + b"\0" * 300 + b"%%EOF",
        pdf(column(LINES), content=zlib.compress(b"BT ET" * 99)[:-9]),
    ],
)
def test_a_damaged_file_is_one_line(content: bytes) -> None:
    assert "is damaged" in refusal("a.pdf", content)


@pytest.mark.parametrize(
    ("there", "broken"),
    [(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), (b"/Pages 2", b"/Pages 9")],
)
def test_a_page_that_the_list_of_pages_has_lost_is_read(there: bytes, broken: bytes) -> None:
    assert text_of(pdf(column(LINES)).replace(there, broken)) == TEXT


def test_a_pdf_is_recognised_by_its_first_bytes_under_any_name() -> None:
    assert extract_from_bytes(b"\r\n" + pdf(column(LINES)), "a.txt").text == TEXT
    assert extract_from_bytes(b"Words of a text.", "a.pdf").text == "Words of a text."


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdocument", None)
    monkeypatch.delitem(sys.modules, "argmap.extracting.pdf.letters", raising=False)
    assert refusal("a.pdf", pdf(column(LINES))) == (
        "a.pdf: is a PDF; to read it, run pip install 'argmap[ingest]'"
    )


def test_a_reader_that_complains_is_not_heard(caplog: pytest.LogCaptureFixture) -> None:
    broken = pdf(column(LINES)).replace(b"startxref\n", b"startxref\n9")
    assert text_of(broken) == TEXT
    assert caplog.records == []


def test_a_page_that_is_listed_and_not_there_is_missed_aloud() -> None:
    content = pdf([Placed(72, 700, "The first page.")], [Placed(72, 700, "The second page.")])
    extract = FORMAT.read(content.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [4 0 R 9 0 R]"), "a.pdf")
    assert extract.text == "The first page."
    assert extract.warnings == ("1 of its 2 pages cannot be found: get the whole file again",)


def test_pages_are_found_where_the_table_of_places_does_not_know_their_list() -> None:
    content = pdf([Placed(72, 700, "The first page.")], [Placed(72, 700, "The second page.")])
    place = content.index(b"2 0 obj")
    lost = content.replace(b"%010d 00000 n" % place, b"0000000000 65535 f")
    extract = FORMAT.read(lost, "a.pdf")
    assert extract.text == "The first page. The second page."
    assert extract.warnings == ()
