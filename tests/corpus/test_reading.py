"""What every reader does at the end: author, language, address, and refusing what is too little."""

import pytest
from hypothesis import given

from footnote.corpus.errors import CorpusError, FrontMatterFault, Unreadable
from footnote.corpus.front_matter import parse, render
from footnote.corpus.readers.reading import finish
from tests.corpus.awkward import lines, texts

_BODY = (
    "The ferry left Skarn at ten past six, with eleven passengers, two bicycles and a dog.\n\n"
    "Nobody made a speech, and the captain sounded the horn twice, as he had always done."
)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("by: Jane Doe", "Jane Doe"),
        ("By Jane Doe.", "Jane Doe"),
        ("BY JANE DOE AND JOHN ROE", "JANE DOE AND JOHN ROE"),
        ("By Jane Doe and J. R. R. Roe", "Jane Doe and J. R. R. Roe"),
        ("By Élodie Durand", "Élodie Durand"),
        ("By Øystein O’Neill-Ås", "Øystein O’Neill-Ås"),
        ("By Abu Bakr al-Hassan", "Abu Bakr al-Hassan"),
        ("By Ludwig van der Berg", "Ludwig van der Berg"),
        ("By Мария Иванова", "Мария Иванова"),
    ],
)
def test_byline_names_the_author_and_goes(line, author):
    draft = finish(f"{line}\n\n{_BODY}", name="x", title="A title").draft
    assert (draft.author, draft.text) == (author, _BODY)


@pytest.mark.parametrize(
    "line",
    ["By the river", "By Monday", "By Jane", "By Jane Doe he was told to go", "by"],
)
def test_line_that_is_no_byline_stays(line):
    draft = finish(f"{line}\n\n{_BODY}", name="x", title="A title").draft
    assert (draft.author, draft.text) == (None, f"{line}\n\n{_BODY}")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("The author Imran Qadir is a senior fellow at the Institute.", "Imran Qadir"),
        ("The author, Dr. Anne-Marie de Wit, teaches history in Lenn.", "Dr. Anne-Marie de Wit"),
        ("The writer Leyla Haddad was in Skarn.", "Leyla Haddad"),
        ("The author is a senior fellow.", None),
        ("The author of the report is Imran Qadir.", None),
        ("The authors Jane Doe and John Roe are fellows.", None),
    ],
)
@pytest.mark.parametrize("after", ["", "\n\nHarbours, cranes"])
def test_closing_sentence_names_the_author_and_stays(line, author, after):
    text = f"{_BODY}\n\n{line}{after}"
    draft = finish(text, name="x", title="A title").draft
    assert (draft.author, draft.text) == (author, text)


def test_sentence_about_an_author_in_the_middle_names_nobody():
    text = f"The author Imran Qadir is wrong.\n\n{_BODY}\n\n{_BODY}"
    assert finish(text, name="x", title="A title").draft.author is None


def test_author_that_the_page_names_is_believed():
    draft = finish(f"By Jane Doe\n\n{_BODY}", name="x", title="A title", author="John Roe").draft
    assert (draft.author, draft.text) == ("John Roe", f"By Jane Doe\n\n{_BODY}")


@pytest.mark.parametrize("first", ["The last ferry", "# The last ferry", "## THE LAST FERRY"])
def test_title_is_not_repeated_in_the_text(first):
    assert finish(f"{first}\n\n{_BODY}", name="x", title="The last ferry").draft.text == _BODY


def test_text_that_begins_like_its_title_is_kept():
    text = f"The last ferry left.\n\n{_BODY}"
    assert finish(text, name="x", title="The last ferry").draft.text == text


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://example.org/two words", "http://example.org/two%20words"),
        ("https://example.org/کتب", "https://example.org/کتب"),
        ("example.org/a", None),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("", None),
        (None, None),
    ],
)
def test_address_is_stored_as_the_head_takes_it(url, stored):
    assert finish(_BODY, name="x", url=url).draft.url == stored


@given(texts, lines, texts, texts)
def test_whatever_was_read_can_be_written_and_read_again(text, title, author, url):
    body = f"{text}\n\n{_BODY}"
    draft = finish(body, name="x.txt", title=title, author=author, url=f"https://x/{url}").draft
    assert parse(render(draft), name="x.md") == draft


@given(texts)
def test_any_text_is_an_article_or_refused(text):
    try:
        draft = finish(text, name="some name.txt").draft
    except Unreadable as fault:
        assert "some name.txt" in str(fault)  # noqa: PT017 - either end is right
    else:
        assert draft.title
        assert draft.text


@pytest.mark.parametrize("text", ["", "Leave a Reply\n\nShare"])
def test_where_no_text_is_left_that_is_said(text):
    with pytest.raises(Unreadable, match=r"x\.txt: no article in it, and no text"):
        finish(text, name="x.txt")


@pytest.mark.parametrize("text", ["Too short.", "1234567890 " * 1000])
def test_too_little_text_is_refused_with_an_excerpt(text):
    with pytest.raises(Unreadable, match=r"x\.txt: no article in it, only [\d,]+ char") as caught:
        finish(text, name="x.txt")
    assert len(str(caught.value)) < 200


def test_twenty_letters_are_enough():
    assert finish("a" * 20, name="x").draft.text == "a" * 20
    with pytest.raises(Unreadable):
        finish("a" * 19, name="x")


def test_language_that_the_page_declares_is_believed():
    assert finish(_BODY, name="x", language="sv").draft.language == "sv"
    assert finish(_BODY, name="x").draft.language == "en"


def test_faults_of_reading_are_corpus_errors():
    assert issubclass(Unreadable, CorpusError)
    assert issubclass(FrontMatterFault, CorpusError)


def test_text_that_is_too_long_is_refused_with_the_limit(monkeypatch):
    monkeypatch.setattr("footnote.corpus.article.MAX_CHARACTERS", 100)
    with pytest.raises(Unreadable, match=r"has 131 characters, .* have 100: cut it into several"):
        finish("It rained. " * 12, name="rain.txt", title="Rain")
    assert finish("It rained. " * 8, name="rain.txt", title="Rain").draft.text
