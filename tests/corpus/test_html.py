import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from footnote.corpus.errors import CorpusError, Unreadable
from footnote.corpus.readers.html import read_html
from footnote.corpus.readers.loose_text import wrap_loose_text

_FIRST = (
    "The ferry left Skarn at ten past six, with eleven passengers, two bicycles and a dog that "
    "did not want to go, and nobody on the quay made a speech about it."
)
_LAST = (
    "By boat, Skarn lies three kilometres from the hospital. By road it lies forty-one, and the "
    "driver waits for those who come late, so that it takes longer than it should."
)


def _page(inside: str = "", *, head: str = "", around: str = "{}", attributes: str = "") -> str:
    article = f"<article><h1>The last ferry</h1><p>{_FIRST}</p>{inside}<p>{_LAST}</p></article>"
    body = around.format(article)
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>"


def _between(inside: str) -> str:
    text = read_html(_page(inside), name="page.html").draft.text
    assert text.startswith(_FIRST)
    assert text.endswith(_LAST)
    return text.removeprefix(_FIRST).removesuffix(_LAST).strip()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>What <em>remains</em></h2><p>The quay.</p>", "## What remains\n\nThe quay."),
        ("<h3>Deeper</h3><p>It is.</p>", "### Deeper\n\nIt is."),
        (
            "<h2>Boats<span class='mw-editsection'>[<a href=x>edit</a>]</span></h2><p>Two.</p>",
            "## Boats\n\nTwo.",
        ),
        (
            "<ul><li>one</li><li>two <b>bold</b> <a href=x>link</a></li></ul>",
            "- one\n\n- two bold link",
        ),
        (
            "<ul><li>one<ul><li>inner</li><li>other</li></ul></li><li>two</li></ul>",
            "- one\n\n- inner\n\n- other\n\n- two",
        ),
        (
            "<ol><li><p>first</p><p>more of it</p></li><li>second</li></ol>",
            "- first\n\nmore of it\n\n- second",
        ),
        ("<blockquote><p>She said.</p><p>He said.</p></blockquote>", "She said.\n\nHe said."),
        (
            "<blockquote>Before <p>the words of it</p> and after</blockquote>",
            "Before\n\nthe words of it\n\nand after",
        ),
        (
            "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2014</td><td><p>72</p></td></tr></table>",
            "| Year | Ships |\n| --- | --- |\n| 2014 | 72 |",
        ),
        ("<p>One line<br>and another<br/>of verse.</p>", "One line and another of verse."),
        ("<p>Seen. <!-- not seen --> Seen again.</p>", "Seen. Seen again."),
        (
            "<p>A&nbsp;space, an &amp; and a &#8220;quotation&#8221;.</p>",
            "A space, an & and a “quotation”.",
        ),
        ("<script>var words = 'not an article';</script><style>p { color: red }</style>", ""),
        ("<p>Bold<b>ly</b> in<i>side</i> a word.</p>", "Boldly inside a word."),
        ("<p>Share this view with anyone.</p>", "Share this view with anyone."),
        ("<p>Read more than one paper.</p>", "Read more than one paper."),
    ],
)
def test_blocks_of_an_article_are_paragraphs(html, text):
    assert _between(html) == text


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href=/>Home</a> <a href=/boats>Boats of the bay</a></nav>{}",
        "<header><div class='menu'>Menu of the site</div></header>{}",
        "{}<footer><p>Estuary Media, 12 Quay Street, Skarn. Terms and privacy.</p></footer>",
        "<aside class='sidebar'><h3>Popular</h3><a href=/1>Ten best gates</a></aside>{}",
        "<div class='cookie-banner'><p>We use cookies to improve your experience.</p></div>{}",
        "{}<div id='comments'><p class='comment'>First! A lovely piece about ferries.</p></div>",
        "{}<div id='sf_comment_list'><div><p>The ferry is a scandal.</p></div></div>",
        "{}<div class='subscribe-form'><p>We send this letter about once a week.</p></div>",
        "{}<form><label>Your email address</label><input value='Subscribe'></form>",
        "<div id='toc'><h2>Contents</h2><ul><li><a href='#a'>1 The quay</a></li></ul></div>{}",
        "<noscript>Please enable JavaScript to read this page properly.</noscript>{}",
    ],
)
def test_what_stands_around_the_article_goes(around):
    text = read_html(_page(around=around), name="page.html").draft.text
    assert text == f"{_FIRST}\n\n{_LAST}"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="author" content="Jane Doe">', {"author": "Jane Doe"}),
        (
            '<meta property="article:published_time" content="2016-08-03T10:00Z">',
            {"date": "2016-08-03"},
        ),
        ('<meta name="date" content="1987-05-14">', {"date": "1987-05-14"}),
        ('<link rel="canonical" href="https://example.org/a">', {"url": "https://example.org/a"}),
        (
            '<link rel="canonical" href="https://example.org/a b">',
            {"url": "https://example.org/a%20b"},
        ),
        ('<link rel="canonical" href="/a">', {"url": None}),
        ('<meta property="og:url" content="javascript:alert(1)">', {"url": None}),
        ('<meta property="og:site_name" content="The Estuary">', {"source": "The Estuary"}),
        (
            '<script type="application/ld+json">{"@context": "https://schema.org",'
            '"@type": "NewsArticle", "datePublished": "2016-08-03", "author": ['
            '{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}]}'
            "</script>",
            {"author": "Jane Doe, John Roe", "date": "2016-08-03"},
        ),
    ],
)
def test_page_tells_about_its_article(head, expected):
    draft = read_html(_page(head=head), name="page.html").draft
    assert draft.title == "The last ferry"
    assert {key: getattr(draft, key) for key in expected} == expected


@pytest.mark.parametrize(
    "page",
    [
        _page(around="{}<footer>© 2011 The Estuary</footer>"),
        _page("<table><tr><td>2014</td><td>72 ships</td></tr></table>"),
        _page("<p>It was over on 3 August 2016, as it had been on 5 May 1998.</p>"),
    ],
)
def test_date_that_is_not_given_is_not_guessed(page):
    assert read_html(page, name="page.html").draft.date is None


@pytest.mark.parametrize(
    ("head", "date", "file_date"),
    [
        (
            '<meta name="generator" content="LibreOffice 7.3 (Linux)">'
            '<meta name="created" content="2009-04-16T11:32:48">',
            None,
            "2009-04-16",
        ),
        (
            '<meta name="generator" content="LibreOffice 7.3 (Linux)">'
            '<meta name="created" content="2009-04-16T11:32:48">'
            '<meta name="date" content="2016-08-03">',
            "2016-08-03",
            "2009-04-16",
        ),
        ('<meta name="created" content="2016-08-03">', "2016-08-03", None),
    ],
)
def test_day_on_which_a_word_processor_made_the_page_is_kept_apart(head, date, file_date):
    draft = read_html(_page(head=head), name="page.html").draft
    assert (draft.date, draft.extra.get("file_date")) == (date, file_date)


def test_year_of_a_copyright_is_not_the_date():
    page = _page(around='{}<p><meta itemprop="copyrightYear" content="2011">© The Estuary</p>')
    assert read_html(page, name="page.html").draft.date is None


def test_date_in_a_line_of_its_own_is_the_date():
    page = _page("<p>By Jane Doe | 3 August 2016</p>")
    assert read_html(page, name="page.html").draft.date == "2016-08-03"


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        ("lang=sv", "sv"),
        ("lang='pt-BR'", "pt"),
        ("lang=de_DE", "de"),
        ("lang=EN", "en"),
        ("lang='x-unknown'", "en"),
        ("lang=''", "en"),
        ("", "en"),
    ],
)
def test_language_is_declared_or_told_by_the_text(attributes, language):
    assert read_html(_page(attributes=attributes), name="page.html").draft.language == language


def test_title_is_not_repeated_in_the_text():
    assert "The last ferry" not in read_html(_page(), name="page.html").draft.text


def test_cells_of_a_table_that_only_sets_the_page_are_paragraphs():
    page = f"<table><tr><td><p>{_FIRST}<p>{_LAST}</td></tr></table>"
    assert read_html(page, name="page.html").draft.text == f"{_FIRST}\n\n{_LAST}"


_LINKS = "".join(f"<li><a href=/{n}>The story of ferry number {n}</a></li>" for n in range(60))


@pytest.mark.parametrize(
    "page",
    [
        "",
        " ",
        "<html></html>",
        "<html><head><title>Only a title</title></head><body></body></html>",
        "<html><body><script>document.write('words')</script><div id=root></div></body></html>",
        f"<html><body><ul>{_LINKS}</ul></body></html>",
        f"<html><body><h1>Archive</h1><div class=content><ul>{_LINKS}</ul></div></body></html>",
        "<html><body><img src=a.png alt=''></body></html>",
        "<html><body><p>Too short.</p></body></html>",
    ],
)
def test_page_without_an_article_is_refused(page):
    with pytest.raises(Unreadable, match=r"page\.html: no article in"):
        read_html(page, name="page.html")


def test_article_that_is_dense_with_links_is_read():
    paragraphs = "".join(
        f"<p>In {year} the <a href=/{year}>ferry of {year}</a> took <a>{year} people</a> across, "
        f"and the harbour master wrote down each of their names.</p>"
        for year in range(1900, 1930)
    )
    assert "ferry of 1929" in read_html(_page(paragraphs), name="page.html").draft.text


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{_FIRST}<p>{_LAST}",
        f"<a name=top><p>{_FIRST}<p>{_LAST}",
        f"<html><body><div><p>{_FIRST}</b></i></p><p>{_LAST}</body>",
        f"<html><body><p>{_FIRST}</p><p>{_LAST}</p></body></html></body></html>",
        f"<HTML><BODY><P>{_FIRST}<P>{_LAST}<TABLE><TR></BODY>",
        f"<html><body><p>{_FIRST}</p\n><p>{_LAST}</p><div class='",
        f"<?xml version='1.0' encoding='UTF-16'?><html><body><p>{_FIRST}</p><p>{_LAST}</p></html>",
    ],
)
def test_broken_page_is_read(page):
    assert read_html(page, name="page.html").draft.text == f"{_FIRST}\n\n{_LAST}"


@pytest.mark.parametrize("tag", ["div", "ul><li", "blockquote", "table><tr><td", "b", "section"])
@pytest.mark.parametrize("depth", [50, 240, 10_000])
def test_deep_nesting_ends_in_the_article_or_in_a_refusal(tag, depth):
    start = time.process_time()
    page = _page(f"<{tag}>" * depth + "<p>Words that stand deep in the page, and are read.</p>")
    try:
        assert _FIRST in read_html(page, name="page.html").draft.text
    except Unreadable:
        assert depth > 200
    assert time.process_time() - start < 10


_HTML: tuple[str, ...] = (
    "<p>",
    "</p>",
    "<div>",
    "<ul><li>",
    "</ul>",
    "<table>",
    "<td>",
    "<br>",
    "<a href=x>",
    "</a>",
)
_HTML += ("<!--", "-->", "<script>", "<", ">", "&", "&amp;", "<h2>", "<title>", "\0", "é", "words ")
_HTML += (
    _FIRST,
    "<blockquote>",
    "<pre>",
    "<meta charset=utf-16>",
    "<![CDATA[",
    "<svg>",
    "<html lang=a>",
)


@given(st.lists(st.sampled_from(_HTML), max_size=25).map("".join))
def test_any_page_is_an_article_or_refused(page):
    try:
        draft = read_html(page, name="page.html").draft
    except CorpusError as fault:
        assert "page.html" in str(fault)  # noqa: PT017 - either end is right
    else:
        assert draft.title
        assert draft.text


_LEAD = (
    "VELDEN (AP) — The mayor, who had led the harbour town for eleven years, resigned on Wednesday "
    "and said that she could <em>no longer</em> do the work."
)


def test_text_that_a_block_has_pushed_out_of_its_paragraph_is_kept() -> None:
    related = "<div class='related'><h3>Related</h3><ul><li><a href=x>Ferry</a></li></ul></div>"
    story = f"<p>{related}{_LEAD}</p><p>{_FIRST}</p><p>{_LAST}</p>"
    page = f"<html><head><title>Velden</title></head><body><div>{story}</div></body></html>"

    text = read_html(page, name="page.html").draft.text

    assert _LEAD.replace("<em>", "").replace("</em>", "") in text.split("\n\n")


def test_text_beside_line_breaks_is_divided_there() -> None:
    inside = f"<div><p>The quay.</p>{_FIRST.upper()}<br><br>{_LAST.upper()}<br><br></div>"

    assert _between(inside).split("\n\n")[1:] == [_FIRST.upper(), _LAST.upper()]


def test_a_page_of_nothing_but_loose_text_is_wrapped_in_linear_time() -> None:
    pieces = 20_000
    page = _page(f"<div><p>The quay.</p>{f'<hr>{_FIRST} <b>Bold.</b>' * pieces}</div>")
    tree = html.fromstring(page)
    started = time.process_time()

    wrap_loose_text(tree)

    assert len(tree.findall(".//div/p")) == pieces + 1
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("author", "kept"),
    [
        ("Anna Holm", "Anna Holm"),
        ("velden-post.example", None),
        ("Velden Post", None),
        ("Account You're logged in", None),
    ],
)
def test_the_site_or_its_menu_is_no_author(author: str, kept: str | None) -> None:
    head = (
        f'<meta name="author" content="{author}">'
        '<meta property="og:site_name" content="Velden Post">'
        '<link rel="canonical" href="https://www.velden-post.example/a/ferry">'
    )

    assert read_html(_page(head=head), name="page.html").draft.author == kept


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://velden-post.example/2010/08/13/ferry/index.html", "2010-08-13"),
        ("https://velden-post.example/2010/POLITICS/08/13/ferry/index.html", "2010-08-13"),
        ("https://velden-post.example/2010/13/45/ferry", None),
        ("https://velden-post.example/1/2/ferry", None),
    ],
)
def test_day_in_the_address_is_that_of_the_article(address: str, day: str | None) -> None:
    head = f'<link rel="canonical" href="{address}">'

    assert read_html(_page(head=head), name="page.html").draft.date == day


@pytest.mark.parametrize(("declared", "language"), [("de", "en"), ("en", "en"), ("", "en")])
def test_language_that_the_page_declares_gives_way_to_that_of_its_text(
    declared: str, language: str
) -> None:
    more = (
        "The hospital has asked for a second boat in winter, which nobody has promised so far, and "
        "the islanders say that they would rather pay for it themselves than wait for the council."
    )
    page = _page(f"<p>{more}</p>", attributes=f'lang="{declared}"')

    assert read_html(page, name="page.html").draft.language == language
