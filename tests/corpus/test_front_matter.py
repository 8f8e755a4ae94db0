import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from footnote import corpus
from footnote.corpus.article import Draft
from footnote.corpus.errors import FrontMatterFault
from footnote.corpus.front_matter import MAX_HEAD_CHARACTERS, parse, render
from tests.corpus.awkward import drafts, texts

_ARTICLES = sorted((Path(corpus.__file__).parent / "articles").rglob("*.md"))


def _read(content: str) -> Draft | FrontMatterFault:
    try:
        return parse(content, name="article.md")
    except FrontMatterFault as fault:
        return fault


def _faults(head: str, body: str = "The text.") -> tuple[tuple[int, str], ...]:
    with pytest.raises(FrontMatterFault) as caught:
        parse(f"---\n{head}\n---\n\n{body}\n", name="article.md")
    return tuple((line, str(reason)) for line, reason in caught.value.faults)


@given(drafts)
@settings(max_examples=100)
@example(Draft(title="a", text="b", extra={"note": "one\x85two\u2028three\u2029four\r\nfive\t"}))
@example(Draft(title="a", text="b", extra={"\n---\n": ["\n---\n"]}))
@example(Draft(title="a", text="b", extra={"half": "\ud800"}))
@example(Draft(title="a", text="---\ntitle: not this\n---"))
@example(Draft(title="a", text="# Not this"))
def test_what_is_written_is_read_again(draft):
    written = render(draft).encode("utf-8")
    assert parse(written.decode("utf-8"), name="article.md") == draft


@pytest.mark.parametrize("path", _ARTICLES, ids=lambda path: path.stem)
def test_article_of_the_collection_is_read_and_written_to_the_same_bytes(path):
    content = path.read_bytes()
    assert render(parse(content.decode(), name=path.name)).encode() == content


def test_collection_is_there():
    assert len(_ARTICLES) >= 12


def test_head_is_written_for_people_to_edit():
    draft = Draft(
        title="Four countries: one table",
        text="They met.",
        author="شہزاد خان",
        date="2016-08-03",
        language="en",
        url="https://example.org/a?b=c#d",
        extra={"tags": ["QCCM", "Urumqi"]},
    )
    assert render(draft) == (
        "---\n"
        "title: 'Four countries: one table'\n"
        "author: شہزاد خان\n"
        "date: 2016-08-03\n"
        "language: en\n"
        "url: https://example.org/a?b=c#d\n"
        "tags:\n"
        "- QCCM\n"
        "- Urumqi\n"
        "---\n"
        "\n"
        "They met.\n"
    )


def test_entries_that_footnote_does_not_know_survive():
    content = (
        "---\n"
        "title: A title\n"
        "tags: [one, two]\n"
        "desk: {editor: Jane, phones: ['1', '2']}\n"
        "note: |\n"
        "  First line.\n"
        "\n"
        "    Indented line.\n"
        "weight: 007\n"
        "draft: no\n"
        "empty:\n"
        "text: not the text\n"
        "---\n"
        "The text.\n"
    )
    draft = parse(content, name="article.md")
    assert draft.extra == {
        "tags": ["one", "two"],
        "desk": {"editor": "Jane", "phones": ["1", "2"]},
        "note": "First line.\n\n  Indented line.\n",
        "weight": "007",
        "draft": "no",
        "empty": "",
        "text": "not the text",
    }
    assert draft.text == "The text."
    assert parse(render(draft), name="article.md") == draft


HEAD = (
    "# for the desk\n"
    "publish: yes\n"
    "created: 2024-02-30   # the clerk's\n"
    "title:  'The quay'\n"
    "aliases:\n"
    '  - "Old quay"\n'
    "  - Stone quay\n"
    "\n"
    "cover: {size: 010, wide: ON}\n"
    "date: 2024-03-01T09:30\n"
    "note: >-\n"
    "  Two\n"
    "  lines.\n"
)


def test_head_comes_back_as_it_was_written():
    content = f"---\n{HEAD}---\n\nThe text.\n"
    assert render(parse(content, name="a.md")) == content


def test_only_what_has_changed_is_written_anew():
    draft = parse(f"---\n{HEAD}---\n\nThe text.\n", name="a.md")
    changed = {key: value for key, value in draft.extra.items() if key != "note"}
    changed |= {"aliases": ["Quay"], "pages": "2"}
    draft = replace(draft, title="The quays", date=None, language="en", extra=changed)
    assert render(draft) == (
        "---\n"
        "language: en\n"
        "pages: 2\n"
        "# for the desk\n"
        "publish: yes\n"
        "created: 2024-02-30   # the clerk's\n"
        "title: The quays\n"
        "aliases:\n"
        "- Quay\n"
        "cover: {size: 010, wide: ON}\n"
        "---\n"
        "\n"
        "The text.\n"
    )


@pytest.mark.parametrize(
    "head",
    ["{a: 1, b: 2}", "? a\n: 1", "a: &b 1", "a: !!str 2", '"a": [1,\n 2]', "%YAML 1.1\n--- \na: b"],
)
def test_head_of_whatever_form_gives_the_same_draft_with_another_title(head):
    found = _read(f"---\n{head}\n---\n\nThe text.\n")
    if isinstance(found, Draft):
        draft = replace(found, title="Another", author="Ann")
        assert parse(render(draft), name="a.md") == draft


@given(drafts, drafts)
@settings(max_examples=100)
def test_head_of_one_draft_under_the_values_of_another_gives_the_other(one, other):
    draft = replace(other, head=parse(render(one), name="a.md").head)
    assert parse(render(draft), name="a.md") == draft


@pytest.mark.parametrize(
    "value", ["No", "null", "~", "2016", "2016-08-03", "0x1F", "1:30", "yes", "1e3", "True"]
)
def test_scalar_is_the_text_that_stands_there(value):
    assert parse(f"---\ntitle: {value}\nauthor: {value}\n---\nx", name="a.md").title == value
    assert parse(f"---\ntitle: {value}\nauthor: {value}\n---\nx", name="a.md").author == value


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("---\ntitle: In the head\n---\n# In the text\n\nWords.", "In the head"),
        ("---\nauthor: Jane\n---\n# In the text\n\nWords.", "In the text"),
        ("---\ntitle:\n---\n## In the text ##\n\nWords.", "In the text"),
        ("# In the text\n\nWords.", "In the text"),
        ("Words.\n\n# Not the first", "file name"),
        ("#hashtag", "file name"),
        ("\ufeff---\ntitle: After a byte order mark\n---\nWords.", "After a byte order mark"),
        ("---\r\ntitle: From Windows\r\n---\r\n\r\nWords.\r\n", "From Windows"),
        ("---\rtitle: From an old Mac\r---\r\rWords.\r", "From an old Mac"),
        ("---  \ntitle: Spaces after the dashes\n---\t\nWords.", "Spaces after the dashes"),
        ("---\ntitle: >\n  Folded\n  over lines\n---\nWords.", "Folded over lines"),
    ],
)
def test_title_is_found(content, title):
    assert parse(content, name="folder/file name.md").title == title


def test_title_from_a_file_name_is_normalised():
    assert parse("Words.", name="cafe\u0301\xa0 notes.md").title == "café notes"
    assert parse("Words.", name="\u200b.md").title == "Untitled"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2016", "2016"),
        ("2016-08", "2016-08"),
        ("2016-08-03", "2016-08-03"),
        ("2016-08-03T10:00:00Z", "2016-08-03"),
        ("2016-08-03 10:00:00 +0500", "2016-08-03"),
        ("'2016-02-29'", "2016-02-29"),
        ("", None),
    ],
)
def test_date_is_kept_as_far_as_it_is_known(written, date):
    assert parse(f"---\ndate: {written}\n---\nx", name="a.md").date == date


@pytest.mark.parametrize("written", ["by Jane Doe", "", "2016-13", "[one, two]"])
def test_what_another_program_calls_added_is_kept_as_it_is(written):
    draft = parse(f"---\nadded: {written}\n---\nx", name="a.md")
    assert draft.added is None
    assert parse(render(draft), name="a.md") == draft
    assert "added" in draft.extra


def test_day_on_which_an_article_was_added_is_kept():
    draft = parse("---\ntitle: x\nadded: 2024-05-03\n---\nx", name="a.md")
    assert (draft.added, draft.extra) == ("2024-05-03", {})
    assert "added: 2024-05-03\n" in render(draft)


@pytest.mark.parametrize(
    ("head", "line", "reason"),
    [
        ("date: 2016-02-30", 2, "date is '2016-02-30'"),
        ("title: x\ndate: 2016-13", 3, "date is '2016-13'"),
        ("date: 3 August 2016", 2, "write it as 2016, 2016-08 or 2016-08-03"),
        ("date: 2016 August 3", 2, "date is '2016 August 3'"),
        ("date: 2016-08 03", 2, "date is"),
        ("date: 0000", 2, "date is '0000'"),
        ("date: '٢٠١٦'", 2, "date is"),
        ("language: English, please", 2, "language is 'English, please'"),
        ("language: e", 2, "write it as en or pt-BR"),
        ("url: example.org/a", 2, "it starts with https://"),
        ("url: javascript:alert(1)", 2, "url is"),
        ("url: https:///nowhere", 2, "url is"),
        ("url: https://example.org/two words", 2, "no spaces"),
        ("title: a\nauthor: b\ntitle: c", 4, "'title' is given twice"),
        ("tags: a\n\ntags: b", 4, "'tags' is given twice"),
        ("author: [Jane, Joe]", 2, "not a list or a mapping"),
        ("source:\n  name: x", 2, "not a list or a mapping"),
        ("title: x\n\tauthor: y", 3, "'\\t'"),
        ("- a\n- b", 2, "'key: value'"),
        ("only words", 2, "'key: value'"),
        ("title: one: two", 2, "between"),
        ('title: "never closed', 3, "not YAML"),
        ("a: &x [1]\nb: *x", 3, "aliases"),
        ("title: a\x07b", 2, "U+0007"),
        ("title: a\nnote: \x00", 3, "U+0000"),
        ("note: \ufffe", 2, "U+FFFE"),
        ("title: a\n...\ntitle: b", 4, "not YAML"),
        ("a: " + "[" * 10_000, 2, "more than 20 levels"),
        ("a: " + "{a: " * 10_000, 2, "more than 20 levels"),
        ("- " * 10_000, 2, "more than 20 levels"),
        ("[a, {b: [c" + "]" * 99, 2, "not YAML"),
        ('note: "\\UFFFFFFFF"', 1, "not YAML"),
        ('note: "\\U00110000"', 1, "not YAML"),
        ("%YAML 1." + "9" * 5000, 1, "not YAML"),
        ("? [a, b]\n: c\n? {d: e}\n: {[f]: g}", 5, "not YAML"),
    ],
)
def test_fault_is_named_with_its_line(head, line, reason):
    faults = _faults(head)
    assert faults[0][0] == line
    assert reason in faults[0][1]


def test_all_faults_are_named_at_once():
    head = "title: a\ndate: 2016-02-30\nlanguage: the queen's\nurl: ftp://x\nauthor: [a]\ntitle: b"
    faults = _faults(head, body=" \n\n")
    assert [line for line, _ in faults] == [3, 4, 5, 6, 7, 9]
    with pytest.raises(FrontMatterFault) as caught:
        parse(f"---\n{head}\n---\n", name="sub/article.md")
    assert str(caught.value).startswith("sub/article.md, line 3: date is '2016-02-30'; write it as")
    assert "; sub/article.md, line 4: language is" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 1, "no text"),
        ("\ufeff \n\u200b\n", 1, "no text"),
        ("---\ntitle: x\n---", 4, "no text"),
        ("---\n---\n\n", 3, "no text"),
        ("---\ntitle: never closed\n\nWords.\n", 1, "no second ---"),
        ("---", 1, "no second ---"),
        ("---\ntitle: x\n ---\nWords.", 1, "no second ---"),
    ],
)
def test_file_without_text_or_with_half_a_head_is_a_fault(content, line, reason):
    with pytest.raises(FrontMatterFault, match=reason) as caught:
        parse(content, name="article.md")
    assert caught.value.faults[0][0] == line


@pytest.mark.parametrize(
    "content", ["--\ntitle: x\n---\nWords.", "----\nWords.", "\n---\ntitle: x\n---\nWords."]
)
def test_dashes_that_do_not_open_the_file_are_text(content):
    assert parse(content, name="article.md").text == content.strip()


@pytest.mark.parametrize(
    "head",
    [
        *("[" * 60_000, "[a," * 20_000, "{a: " * 15_000, "- " * 30_000, "? " * 30_000),
        *(": " * 30_000, "a: 1\n" * 12_000, "'" * 60_000, '"' + "\\x41" * 15_000, "!" * 60_000),
        *("\n" * 60_000, " " * 60_000, "#" * 60_000, "a\n" * 30_000, "&a " * 20_000, "|" * 60_000),
        *("a: [" + "b, " * 20_000 + "]", "a: {" + "b: c, " * 9_000 + "}", "x" * 60_000),
        *("a: |\n" + " \n" * 29_000, "\x85" * 60_000, "- - [{? " * 7_000, "%TAG ! ! " * 6_000),
    ],
    ids=lambda head: repr(head[:8]),
)
def test_hostile_head_is_refused_or_read_in_moments(head):
    start = time.process_time()
    read = _read(f"---\n{head}\n---\n\nThe text.")
    assert isinstance(read, Draft) or len(str(read)) < 2000
    assert time.process_time() - start < 5


def test_head_of_more_than_it_may_have_is_refused():
    assert "characters" in _faults("note: " + "x" * MAX_HEAD_CHARACTERS)[0][1]


def test_aliases_that_would_grow_to_gigabytes_are_refused():
    head = "a: &a [ha, ha, ha]\n" + "".join(
        f"{after}: &{after} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
        for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    assert _faults(head) == ((3, "not YAML: aliases (*name) are not read"),)


_YAML = (
    *("[", "]", "{", "}", ", ", ": ", "- ", "? ", "&a ", "*a", "!!", "!<x>", "|\n", ">-\n", "'"),
    *('"', "\\U", "\\", "%YAML ", "\t", "\n", "\n  ", "\n\n", " #", "a", "1", "title: ", "date: "),
    *("url: ", "text: ", "...", "--- ", "\x00", "\x85", "\u2028", "@", "`", "<<: ", "=", "~", "\r"),
)


@given(st.lists(st.sampled_from(_YAML), max_size=25).map("".join) | texts)
@settings(max_examples=200)
@example('"\\U')
@example("? ? ?")
def test_any_head_ends_in_a_draft_or_in_a_fault(head):
    _is_a_draft_or_names_its_faults(_read(f"---\n{head}\n---\n\nThe text."))


@given(texts)
@settings(max_examples=100)
def test_any_content_ends_in_a_draft_or_in_a_fault(content):
    _is_a_draft_or_names_its_faults(_read(content))


def _is_a_draft_or_names_its_faults(read: Draft | FrontMatterFault) -> None:
    if isinstance(read, Draft):
        assert read.title
        assert _read(render(read)) == read
    else:
        assert read.faults
        assert all(line >= 1 and reason for line, reason in read.faults)
