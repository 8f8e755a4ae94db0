"""An article's text on a page: exact, marked, and nothing of it taken for markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.bot.web.article_text import Mark, _Shown, article_html, passage_html
from footnote.corpus.normalise import normalise
from footnote.corpus.span import Span

TEXT = """Ferries

The ferry was built in 1931. It sank in 1957, off Skye. Nobody drowned.

## The wreck

- It lies 40 m deep.
- Divers saw it in 2003.

> I heard the bell.

| Year | Name |
| --- | --- |
| 1931 | Aurora |"""


class Shown(HTMLParser):
    """What a browser shows: the text, the tags around it, and the text of each mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.marked = "", list[str](), dict[str, str]()
        self.in_marks = ""
        self.before: dict[str, str] = {}
        self._in: list[tuple[str, dict[str, str | None]]] = []
        self.feed(str(html))  # what is added to Markup would be escaped once more
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in.append((tag, dict(attrs)))
        if dict(attrs).get("class") == "spot":
            self.before[str(dict(attrs)["id"])] = self.text

    def handle_endtag(self, tag: str) -> None:
        self._in.pop()

    def handle_data(self, data: str) -> None:
        if any(tag == "sup" for tag, _ in self._in):
            return
        self.text += data
        for tag, attributes in self._in:
            if tag == "mark":
                name = str(attributes["data-n"])
                self.in_marks += data
                self.marked[name] = self.marked.get(name, "") + data


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def test_headings_lists_quoted_lines_and_tables_are_shown_as_such() -> None:
    shown = Shown(article_html(TEXT))
    assert [
        tag for tag in shown.tags if tag in ("h2", "ul", "blockquote", "table", "th", "td")
    ] == [*("h2", "ul", "blockquote", "table", "th", "th", "td", "td")]
    assert "## " not in shown.text
    assert "---" not in shown.text


def test_a_sentence_is_marked_exactly_and_its_passage_around_it() -> None:
    sentence = span_of("It sank in 1957, off Skye.")
    passage = span_of("The ferry was built in 1931. It sank in 1957, off Skye. Nobody drowned.")
    html = article_html(TEXT, [Mark(1, sentence, passage, "/receipts/x#c1")])
    assert Shown(html).marked == {"1": "It sank in 1957, off Skye."}
    assert '<span class="passage">The ferry was built in 1931. </span>' in html
    assert 'id="n1"' in html
    assert '<a href="/receipts/x#c1">1</a>' in html


def test_two_marks_that_overlap_are_each_reached() -> None:
    whole = span_of("It sank in 1957, off Skye. Nobody drowned.")
    part = span_of("off Skye. Nobody")
    html = article_html(TEXT, [Mark(1, whole, whole), Mark(2, part, whole)])
    assert Shown(html).in_marks == whole.of(TEXT)
    assert html.count('id="n1"') == html.count('id="n2"') == 1


def test_a_passage_of_an_article_is_marked_by_the_articles_own_numbers() -> None:
    passage, sentence = (
        span_of("It sank in 1957, off Skye. Nobody drowned."),
        span_of("Nobody drowned."),
    )
    html = passage_html(passage.of(TEXT), passage.start, [Mark(3, sentence, passage)])
    assert Shown(html).marked == {"3": "Nobody drowned."}


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[here](javascript:alert(1))",
        "</p></article><style>*{display:none}</style>",
        '" onmouseover="alert(1)',
        "&lt;script&gt; &amp; '",
        "# <b>heading</b>\n\n- <i>item</i>\n\n> <u>quoted</u>",
        "| <b>a</b> | b |\n| --- | --- |\n| <script>x</script> | d |",
    ],
)
def test_what_an_article_has_in_it_is_never_markup(hostile: str) -> None:
    marks = [Mark(1, Span(0, len(hostile)), Span(0, len(hostile)))]
    for html in (article_html(hostile), article_html(hostile, marks)):
        shown = Shown(html)
        allowed = {"p", "mark", "span", "h2", "ul", "li", "blockquote", "div", "table", "tr"}
        assert set(shown.tags) <= allowed | {"th", "td"}
        assert "onerror=" not in html.partition("&lt;img")[0]


@given(st.text(alphabet="ab .#->|\n•1)é<&\u05d0", max_size=300), st.data())
def test_every_letter_of_any_text_is_shown_once_and_marks_are_exact(
    written: str, data: st.DataObject
) -> None:
    text = normalise(written)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = Shown(article_html(text, [Mark(1, Span(start, end), Span(start, end))]))
    letters = [c for c in text if c.isalpha() or c in "<&"]
    assert [c for c in shown.text if c.isalpha() or c in "<&"] == letters
    kept = [c for c in text[start:end] if c.isalpha() or c in "<&"]
    assert [c for c in shown.marked.get("1", "") if c.isalpha() or c in "<&"] == kept


def test_a_line_of_a_megabyte_is_one_paragraph() -> None:
    text = "x" * (1 << 20)
    assert Shown(article_html(text)).text.strip() == text


@given(
    st.lists(st.sampled_from(["A <b> & c.", "\n", "\n\n", "# H", "- i", "> q", "1. x", "فانوس"]))
)
def test_a_text_of_paragraphs_alone_is_laid_out_as_any_other(parts: list[str]) -> None:
    text = "".join(parts)
    assert article_html(text) == "".join(_Shown(text, ()).blocks())
