"""Web pages: the article and its metadata are read, without hidden text."""

from __future__ import annotations

import sys

import pytest
from support.strategies.op_ed_files import PARAGRAPHS, page

from argmap.errors import InputError
from argmap.extracting.html.format import FORMAT
from argmap.op_eds.documents import document_from_extract, extract_from_bytes

trafilatura = pytest.importorskip("trafilatura", exc_type=ImportError)

TEXT = "\n\n".join(PARAGRAPHS)
TOLD = (
    "<title>The toll stays | The Harbour Post</title>"
    "<meta name='author' content='Rosa Ames'>"
    "<meta property='og:title' content='The toll stays'>"
    "<meta property='og:site_name' content='The Harbour Post'>"
    "<meta property='article:published_time' content='2023-08-14T06:00:00Z'>"
    "<link rel='canonical' href='https://post.example/2023/08/toll'>"
)


def test_an_article_is_its_paragraphs_without_what_stands_round_it() -> None:
    assert extract_from_bytes(page().encode(), "a.html").text == TEXT


def test_what_a_page_tells_of_its_article_is_kept() -> None:
    extract = FORMAT.read(page(head=TOLD).encode(), "a.html")
    document = document_from_extract(extract, "a", author="R. Ames")
    assert (document.title, document.author, document.publisher) == (
        "The toll stays", "R. Ames", "The Harbour Post",
    )  # fmt: skip
    assert (document.published, document.url, document.language) == (
        "2023-08-14", "https://post.example/2023/08/toll", "en-GB",
    )  # fmt: skip


def test_what_a_page_does_not_tell_is_not_guessed() -> None:
    extract = FORMAT.read(page("<p>In 2019, on 3 May, it rained.</p>" + page()).encode(), "a.html")
    assert (extract.author, extract.published, extract.url) == (None, None, None)


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0035)https://post.example/2023/08/toll/1 -->",
        "<!--\n Page saved with SingleFile \n url: https://post.example/2023/08/toll/1 \n-->",
    ],
)
def test_a_saved_page_tells_where_it_was_saved_from(comment: str) -> None:
    extract = FORMAT.read(page(start=comment).encode(), "a.html")
    assert extract.url == "https://post.example/2023/08/toll/1"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "https://a/" + "b" * 2000])
def test_an_address_that_leads_nowhere_is_left_out(url: str) -> None:
    head = f"<link rel='canonical' href='{url}'>"
    assert FORMAT.read(page(head=head).encode(), "a.html").url is None


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display:none'>SECRET words for a machine.</p>",
        "<p style='color:red; DISPLAY : none'>SECRET words for a machine.</p>",
        "<div style='visibility: hidden'><p>SECRET words for a machine.</p></div>",
        "<p style='font-size:0'>SECRET words for a machine.</p>",
        "<p style='opacity: 0;'>SECRET words for a machine.</p>",
        "<p hidden>SECRET words for a machine.</p>",
        "<template><p>SECRET words for a machine.</p></template>",
        "<script>SECRET('words for a machine')</script>",
        "<style>.SECRET { color: red }</style>",
        "<!-- SECRET words -->",
        "<noscript>SECRET words</noscript>",
    ],
)
def test_what_a_browser_does_not_show_is_no_text(hidden: str) -> None:
    body = f"<p>{PARAGRAPHS[0]}</p>{hidden}" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])
    assert FORMAT.read(page(body).encode(), "a.html").text == TEXT


@pytest.mark.parametrize("size", ["font-size:0.9em", "font-size: 10px", "opacity:0.8"])
def test_small_letters_are_text(size: str) -> None:
    body = "".join(f"<p style='{size}'>{p}</p>" for p in PARAGRAPHS)
    assert FORMAT.read(page(body).encode(), "a.html").text == TEXT


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),  # it says what is not true
        ("iso-8859-1", "cp1252"),  # what browsers take Latin-1 for
        ("utf-8", "cp1252"),
        ("nonsense", "utf-8"),
        ("zlib", "cp1252"),
        ("unicode_escape", "cp1252"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-16"),
    ],
)
def test_the_encoding_is_what_it_is_and_not_what_the_page_says(said: str, used: str) -> None:
    written = page().replace("charset='utf-8'", f"charset='{said}'").encode(used)
    assert extract_from_bytes(written, "a.html").text == TEXT


def test_a_page_in_another_script_is_read_as_it_says() -> None:
    body = "<p>" + "Мост окупает себя, и город это знает. " * 12 + "</p>"
    written = page(body).replace("charset='utf-8'", "charset='windows-1251'").encode("cp1251")
    extract = extract_from_bytes(written, "a.html")
    assert "Мост окупает себя" in extract.text
    assert extract.warnings == ("was read as cp1251, as the page says",)


@pytest.mark.parametrize(
    ("said", "used", "warning"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "utf-8-sig", ""),
        ("iso-8859-1", "cp1252", "was read as cp1252, as the page says"),
        ("utf-8", "cp1252", "is not UTF-8 and was read as Windows-1252; if words look wrong"),
        ("utf-8", "utf-16", "was read as UTF-16-LE with a byte-order mark"),
    ],
)
def test_an_encoding_other_than_utf_8_is_warned_of(said: str, used: str, warning: str) -> None:
    written = page().replace("charset='utf-8'", f"charset='{said}'").encode(used)
    warnings = extract_from_bytes(written, "a.html").warnings
    assert len(warnings) == bool(warning)
    assert all(each.startswith(warning) for each in warnings)


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1"])
def test_an_encoding_that_looks_likelier_is_named(said: str) -> None:
    body = "<p>" + "Мост окупает себя, и город это знает. " * 12 + "</p>"
    written = page(body).replace("charset='utf-8'", f"charset='{said}'").encode("cp1251")
    (warning,) = extract_from_bytes(written, "a.html").warnings
    assert warning.endswith("use argmap add --encoding windows-1251")


@pytest.mark.parametrize("said", ["utf-8", "iso-8859-1"])
def test_a_spoilt_character_leaves_the_others_as_they_are(said: str) -> None:
    written = page("<p>“One” – “two”, it’s “three” – “four” and it’s “five”.</p>" + page())
    written = written.replace("charset='utf-8'", f"charset='{said}'")
    spoilt = written.encode().replace(b"baker", b"bak\xe2\x80er")
    extract = extract_from_bytes(spoilt, "a.html")
    assert "“One” – “two”, it’s “three” – “four” and it’s “five”." in extract.text
    assert "the bak\ufffder on Quay Street" in extract.text
    (warning,) = extract.warnings
    assert warning.endswith("cannot be read as UTF-8; \ufffd marks each place in the text")


@pytest.mark.parametrize(
    "content",
    [
        "<html></html>",
        "<!doctype html>",
        "<html><body><form><input></form></body></html>",
        "<html><script>" + "let it = 'be'; " * 100 + "</script></html>",
        page("<p>Subscribe to read.</p>"),
    ],
)
def test_a_page_without_an_article_is_refused_in_one_line(content: str) -> None:
    with pytest.raises(InputError) as caught:
        extract_from_bytes(content.encode(), "a.html")
    assert (
        str(caught.value)
        == "a.html: has no article that can be found; copy its text into a text file"
    )


@pytest.mark.parametrize("depth", [300, 100_000])
def test_a_page_of_which_a_part_would_be_lost_is_refused(depth: int) -> None:
    deep = page("<div>" * depth + page() + "</div>" * depth)
    with pytest.raises(InputError, match=r"^a\.html: its elements are nested too deeply; "):
        FORMAT.read(deep.encode(), "a.html")


def test_pictures_inside_a_page_do_not_count_and_words_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.extracting.html.format.LARGEST_PAGE", 2000)
    picture = f"<img src='data:image/png;base64,{'QUJD' * 1000}'>"
    assert FORMAT.read(page(head=picture).encode(), "a.html").text == TEXT
    with pytest.raises(InputError, match="has more than 2,000 characters"):
        FORMAT.read(page(head="<!-- words -->" * 200).encode(), "a.html")


@pytest.mark.parametrize("tag", ["script", "STYLE"])
def test_what_follows_a_very_long_program_is_read(tag: str) -> None:
    program = f"<{tag} type='x'>{'let it = 1; ' * 900_000}</{tag}>"
    assert FORMAT.read(page(head=program).encode(), "a.html").text == TEXT


def test_a_page_with_a_part_that_no_parser_takes_is_refused() -> None:
    comment = f"<!-- {'words ' * 1_800_000} -->"
    with pytest.raises(InputError, match="a part of it has more than ten million characters"):
        FORMAT.read(page(comment + page()).encode(), "a.html")


def test_a_page_with_too_many_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.extracting.html.format.MOST_WORDS", 1000)
    script = f"<script>{'let it = 1; ' * 200}</script>"
    assert FORMAT.read(page(head=script).encode(), "a.html").text == TEXT
    with pytest.raises(InputError, match="has more than 1,000 characters of text"):
        FORMAT.read(page("<p>Words of it.</p>" * 100).encode(), "a.html")


@pytest.mark.parametrize(
    ("head", "name", "is_page"),
    [
        (b"<!DOCTYPE html>", "a", True),
        (b"\xef\xbb\xbf \n<HTML lang=en>", "a", True),
        ("<html>".encode("utf-16"), "a", True),
        (b"<?xml version='1.0'?>\n<!-- one --> <!-- two -->\n<html >", "a", True),
        (b"<p>Words", "a.HTML", True),
        (b"<p align=center>Words in Markdown", "a.md", False),
        (b"Words about <html>", "a.html", False),
        (b"<htmlish>", "a", False),
        (b"<!---->" * 580 + b"words", "a.html", False),
    ],
)
def test_a_page_is_recognised_by_its_beginning(head: bytes, name: str, *, is_page: bool) -> None:
    assert FORMAT.recognises(head, name) == is_page


def test_the_name_of_a_packed_page_tells_too() -> None:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    assert extract_from_bytes(f"<div>{body}</div>".encode(), "a.html.gz").text == TEXT


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError) as caught:
        extract_from_bytes(page().encode(), "a.html")
    assert str(caught.value) == "a.html: is HTML; to read it, run pip install 'argmap[ingest]'"
