"""Front matter of notes and static sites describes a text, and is not part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.errors import InputError
from argmap.formats.registry import Extract
from argmap.op_eds.documents import document_from_extract, extract_from_bytes, extract_from_text

BODY = "The toll pays for itself.\n\n---\n\nReports say so.\n"


def known(head: str) -> dict[str, str]:
    """Return the values of the front matter *head*; the body must stay the same."""
    extract = extract_from_text(f"{head}\n{BODY}", "a.md")
    assert extract.text == BODY
    names = ("title", "author", "publisher", "published", "url", "language")
    return {name: value for name in names if (value := getattr(extract, name)) is not None}


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        (
            'title: "Tolls: who pays?"\nsource: "https://a.example/t"\nauthor:\n  - "[[Jo Bloggs]]"\npublished: 2024-03-02\ncreated: 2024-03-05\ntags:\n  - "clippings"',
            {"title": "Tolls: who pays?", "author": "Jo Bloggs", "published": "2024-03-02",
             "url": "https://a.example/t"},
        ),
        ("title: Tolls: who pays?\nauthor: @jo", {"title": "Tolls: who pays?", "author": "@jo"}),
        ("title: Tolls\ncreated: 2024-03-05\nmodified: 2024-03-06", {"title": "Tolls"}),
        ("title: >-\n  Who\n  pays\nauthors: [Jo Bloggs, Ann Bell]",
         {"title": "Who pays", "author": "Jo Bloggs and Ann Bell"}),
        ("authors:\n- name: Jo Bloggs\n- given: Ann\n  family: Bell\n- Cy", {"author": "Jo Bloggs, Ann Bell and Cy"}),
        ("author: {name: Jo Bloggs, email: jo@a.example}", {"author": "Jo Bloggs"}),
        ("author: By Jo Bloggs <jo@a.example>", {"author": "Jo Bloggs"}),
        ("author: '[Jo](https://a.example/jo)'\ntitle: '[[Toll|The toll]]'", {"title": "The toll", "author": "Jo"}),
        ("author: [[Jo Bloggs]]", {"author": "Jo Bloggs"}),
        ("author: https://a.example/jo\ntitle: T", {"title": "T"}),
        ("source: The Harbour Post\ntitle: T", {"title": "T", "publisher": "The Harbour Post"}),
        ("source: readwise\ntitle: T", {"title": "T"}),
        ("source: '[Post](https://a.example/t)'", {"url": "https://a.example/t", "publisher": "Post"}),
        ("permalink: /toll/\nsite_name: Post\nlang: en_GB", {"publisher": "Post", "language": "en-GB"}),
        ("date: 2024-03-02 10:00:00 -0500", {"published": "2024-03-02"}),
        ("date: '2024-03-02T23:30:00+02:00'", {"published": "2024-03-02"}),
        ("date: 2015-03-17 14:00:00 -4", {"published": "2015-03-17"}),
        ("date: March 2, 2024", {"published": "2024-03-02"}),
        ("date: 2. März 2024", {"published": "2024-03-02"}),
        ("date: Sat, 02 Mar 2024 10:00:00 GMT", {"published": "2024-03-02"}),
        ("date: 13/02/2024", {"published": "2024-02-13"}),
        ("date: 02/03/2024\ntitle: T", {"title": "T"}),
        ("date: 2024-02-31\ntitle: T", {"title": "T"}),
        ("published: soon\ndate: 2024", {"published": "2024"}),
        ("Title: T\nDate Published: 2024-03", {"title": "T", "published": "2024-03"}),
        ("title: Other\ntitle: T\ntitle:", {"title": "T"}),
        ("# a comment\ntitle: T # note\n\nauthor:\ntags: []", {"title": "T"}),
        ("title: !!python/object:os.system T\nauthor: Jo", {"title": "T", "author": "Jo"}),
        ("title: *missing\nauthor: Jo", {"author": "Jo"}),
        ("author: &a [*a]\ntitle: T", {"title": "T"}),
        ('title: "a\\0b"\nauthor: Jo', {"author": "Jo"}),
        ('excerpt: "One line\nand another: it ends"\ntitle: T', {"title": "T"}),
        ("tags: [\n  a,\n]\ntitle:\tT", {"title": "T"}),
        ("title:T\nlayout: post", {"title": "T"}),
        ("rating: 5", {}),
    ],
)  # fmt: skip
def test_yaml_says_what_it_can_and_a_wrong_value_costs_no_other(
    matter: str, expected: dict[str, str]
) -> None:
    assert known(f"---\n{matter}\n---\n") == expected
    assert known(f"\n---  \n{matter}\n...\n\n") == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '+++\ntitle = "Tolls"\ndate = 2024-03-02T10:00:00Z\n[taxonomies]\nauthors = ["Jo", "Ann"]\n+++\n',
            {"title": "Tolls", "author": "Jo and Ann", "published": "2024-03-02"},
        ),
        ('+++\ntitle = "To"lls"\nauthor = "Jo"\n+++\n', {"title": 'To"lls', "author": "Jo"}),
        ("% Tolls:\n  who pays?\n% Jo Bloggs; Ann Bell\n% 2 March 2024\n",
         {"title": "Tolls: who pays?", "author": "Jo Bloggs and Ann Bell", "published": "2024-03-02"}),
        ("% Tolls\n%\n% 2024\n", {"title": "Tolls", "published": "2024"}),
        ("%\n% Jo Bloggs\n", {"author": "Jo Bloggs"}),
        ("Title: Tolls\nAuthor: Jo Bloggs\n    and Ann Bell\nDate: 2024-03-02\n",
         {"title": "Tolls", "author": "Jo Bloggs and Ann Bell", "published": "2024-03-02"}),
        ("title:: Tolls\nauthor:: [[Jo Bloggs]]\n", {"title": "Tolls", "author": "Jo Bloggs"}),
        ("title: Tolls\ndate: 2024-03-02\n---\n", {"title": "Tolls", "published": "2024-03-02"}),
    ],
)  # fmt: skip
def test_other_forms_are_read_as_yaml_is(head: str, expected: dict[str, str]) -> None:
    assert known(head) == expected


@pytest.mark.parametrize(
    "key", ["Aliases", "Categories", "Date Added", "Keywords", "Status", "Tags", "Updated", "UUID"]
)
def test_a_key_that_many_programs_write_is_enough_whatever_its_case(key: str) -> None:
    for form in (key, key.lower(), key.replace(" ", "_")):
        assert known(f"---\n{form}: 5\n---\n") == {}


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nIt pays.\n\n---\n\nMore.",
        "---\nIt pays.\n---\nMore.",
        "---\nNote: it pays.\n---\nMore.",
        "---\nThe mayor said: it pays.\nThe council: no.\n---\nMore.",
        "---\ntitle: T\n\nIt never ends.",
        "---\ntitle: T\nWords of the text\n---\nMore.",
        "---\n- a\n- b\n---\nMore.",
        "---\n---\nMore.",
        "+++\nIt pays.\n+++\nMore.",
        "% of all drivers pay.\n\nMore.",
        "% one\n% two\n% three\n% four\n\nMore.",
        "% Title\nAnd words.",
        "Title: The toll\n\nMore.",
        "Ann: who pays?\nJo: you do.\n\nMore.",
        "Title: T\nAnn: who pays?\n\nMore.",
        "It pays.\n\n---\ntitle: T\n---\n",
        "***\ntitle: T\n***\n",
    ],
)
def test_what_is_not_front_matter_for_certain_stays_in_the_text(text: str) -> None:
    assert extract_from_text(text, "a.md") == Extract(text)


@pytest.mark.parametrize("body", ["", "\n", "\n \n\t\n"])
def test_front_matter_without_a_text_is_refused(body: str) -> None:
    with pytest.raises(InputError, match=r"^a\.md: has no text after its front matter$"):
        extract_from_text(f"---\ntitle: T\n---{body}", "a.md")


def test_a_map_that_argmap_wrote_is_refused_with_the_command_that_reads_it() -> None:
    text = '---\nargmap: "1"\nid: "t-1"\ntitle: "T"\n---\n\n# T\n'
    with pytest.raises(InputError, match="a map written by argmap; read it with argmap import"):
        extract_from_text(text, "a.md")
    assert extract_from_text("---\nargmap: yes\ntitle: T\n---\nIt pays.", "a.md").title == "T"


@pytest.mark.parametrize("name", ["a.md", "a.txt", "-"])
def test_a_mark_and_other_line_ends_do_not_hide_front_matter(name: str) -> None:
    content = "\ufeff---\r\ntitle: T\r\n---\r\n\r\n  It pays.\r\n".encode()
    extract = extract_from_bytes(content, name)
    assert (extract.title, extract.text) == ("T", "  It pays.\n")


@pytest.mark.parametrize(
    "matter",
    [
        "title: " + "[" * 50_000,
        "title: " + "{" * 30_000,
        "title" + " " * 60_000,
        "author: [" + "&a [x]," * 5_000 + "]",
        "a: &a [x,x,x,x]\n" + "".join(f"author{n}: &{n} [*a,*a,*a]\n" for n in range(500)),
        "title: " + "'" * 60_000,
        ("x: y\n" * 12_000),
    ],
)
def test_hostile_front_matter_is_read_or_left_and_loses_no_words(matter: str) -> None:
    extract = extract_from_text(f"---\n{matter}\n---\nIt pays.", "a.md")
    assert extract.text.endswith("It pays.")


PIECES = st.lists(
    st.sampled_from(["---", "+++", "% ", "title: ", "author:", "- ", "[[", "]]", "\n", "\n\n", " ",
                     "x", "...", "&a", "*a", "{", "}", '"', "'", "#", "date = ", "2024-03-02", "\t"]),
    max_size=30,
).map("".join)  # fmt: skip


@given(PIECES, st.sampled_from(["", "---\n", "+++\n", "---\ntitle: T\n"]))
def test_the_text_is_the_end_of_what_was_given_and_its_values_can_be_stored(
    text: str, before: str
) -> None:
    given_text = f"{before}{text}\nIt pays."
    extract = extract_from_text(given_text, "a.md")
    assert given_text.endswith(extract.text)
    assert extract.text.endswith("It pays.")
    assert document_from_extract(extract, "").text == extract.text


def test_json_at_the_head_of_a_note_is_front_matter_if_it_has_a_title() -> None:
    head = '{\n  "title": "Who pays?",\n  "date": "2024-03-02",\n  "author": ["Jo Bloggs"]\n}'
    assert known(head) == {"title": "Who pays?", "published": "2024-03-02", "author": "Jo Bloggs"}
    for words in ('{\n  "date": "2024-03-02"\n}\n', "{\nWho pays?\n}\n", '{\n"title": 1\n\nWho?\n'):
        assert extract_from_text(f"{words}{BODY}", "a.md").text == f"{words}{BODY}"


def test_a_quotation_mark_that_nothing_closes_costs_its_line_alone() -> None:
    matter = '---\ntitle: "Who pays\nauthor: Jo Bloggs\n---\n'
    assert known(matter) == {"title": "Who pays", "author": "Jo Bloggs"}


def test_characters_that_pages_write_as_references_are_read_in_a_title() -> None:
    matter = "---\ntitle: Who&#8217;s to pay AT&T &amp; R&copy\n---\n"
    assert known(matter) == {"title": "Who’s to pay AT&T & R&copy"}


@pytest.mark.parametrize("title", ["Untitled", "untitled 3", "Untitled note", "index.html"])
def test_what_a_program_writes_for_a_title_leaves_it_to_the_heading(title: str) -> None:
    extract = extract_from_text(f"---\ntitle: {title}\n---\n# Who pays?\n\n{BODY}", "a.md")
    assert document_from_extract(extract, "a").title == "Who pays?"


@pytest.mark.parametrize("line", ["#+TITLE: Who pays?", ":title: Who pays?", "= Who pays? ="])
def test_a_title_of_other_markup_is_offered_without_its_marks(line: str) -> None:
    assert (
        document_from_extract(extract_from_text(f"{line}\n\n{BODY}", "a.txt"), "a").title
        == "Who pays?"
    )


@pytest.mark.parametrize("title", ["2018-10-18", "Document", "173_Binary_Search", "By the river"])
def test_what_a_person_may_have_written_for_a_title_is_kept(title: str) -> None:
    assert known(f"---\ntitle: {title}\n---\n") == {"title": title}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("---yaml\ntitle: T\n---", {"title": "T"}),
        ('---toml\ntitle = "T"\n---', {"title": "T"}),
        ('---json\n{"title": "T"}\n---', {"title": "T"}),
        (';;;\n{"title": "T", "author": "Jo"}\n;;;', {"title": "T", "author": "Jo"}),
        ("---\ntitolo: T\nautore: Jo\ndata: 2024-03-02\nfonte: https://a.example/t\n---",
         {"title": "T", "author": "Jo", "published": "2024-03-02", "url": "https://a.example/t"}),
        ("---\ntitel: T\nquelle: Hafenpost\npublished_time: 2024-03-02T08:00:00+01:00\n---",
         {"title": "T", "publisher": "Hafenpost", "published": "2024-03-02"}),
    ],
)  # fmt: skip
def test_marks_with_a_name_and_keys_of_other_languages_are_known(
    head: str, expected: dict[str, str]
) -> None:
    assert known(head) == expected
