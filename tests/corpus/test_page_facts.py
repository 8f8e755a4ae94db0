"""Title, author, date and lead of pages, told from what stands around them."""

import pytest

from footnote.corpus.article import Draft
from footnote.corpus.readers.html import read_html

_FIRST = (
    "The ferry left Skarn at ten past six, with eleven passengers, two bicycles and a dog that "
    "did not want to go, and nobody on the quay made a speech about it."
)
_LAST = (
    "By boat, Skarn lies three kilometres from the hospital. By road it lies forty-one, and the "
    "driver waits for those who come late, so that it takes longer than it should."
)
_LEAD = "After ninety years the ferry to Skarn has made its last trip, and nobody is glad of it."
_URL = "https://www.velden-post.example/a/ferry"


def _draft(before: str, *, head: str = "", text: str = f"<p>{_FIRST}</p><p>{_LAST}</p>") -> Draft:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{before}{text}</body></html>"
    return read_html(page, name="page.html", url=_URL).draft


# The lead


@pytest.mark.parametrize(
    "before",
    [
        f"<article><header><h1>The last ferry</h1><p>{_LEAD}</p></header>{{}}</article>",
        f"<h1>The last ferry</h1><div class='entry-excerpt'><p>{_LEAD}</p></div><div>{{}}</div>",
        f"<h1>The last ferry</h1><p class='x-chapo'>{_LEAD}</p><div>{{}}</div>",
        f"<article><h2>The last ferry</h2><div class='intro'>{_LEAD}</div>{{}}</article>",
    ],
)
def test_lead_beside_the_text_is_the_first_paragraph(before: str) -> None:
    text = f"<p>{_FIRST}</p><p>{_LAST}</p>" * 2
    head = "<title>The last ferry</title>"
    read = _draft(before.format(text), head=head, text="").text
    assert read.startswith(f"{_LEAD}\n\n{_FIRST}")
    assert read.count(_LEAD) == 1


@pytest.mark.parametrize(
    "before",
    [
        f"<h1>The last ferry</h1><aside><p class='lead'>{_LEAD}</p></aside>",
        f"<h1>The last ferry</h1><p class='lead'><a href='/b'>{_LEAD}</a></p>",
        f"<div class='teaser'><p class='intro'>{_LEAD}</p></div><h1>The last ferry</h1>",
        f"<h1>The last ferry</h1><div class='related'><p class='excerpt'>{_LEAD}</p></div>",
        "<h1>Velden</h1>" + "".join(f"<p class='dek'>{n}: {_LEAD}</p>" for n in "ABC"),
        "<h1>The last ferry</h1><p class='lead'>By Jane Doe in Skarn, photographs by John Roe</p>",
    ],
)
def test_what_leads_to_other_pages_is_no_lead(before: str) -> None:
    article = f"<div class='article-body'><p>{_FIRST}</p><p>{_LAST}</p></div>"
    head = "<meta property='og:title' content='The last ferry'>"
    assert _draft(before, head=head, text=article).text == f"{_FIRST}\n\n{_LAST}"


# The title


@pytest.mark.parametrize(
    ("head", "before"),
    [
        ("<title>Velden-Post » The last ferry</title>", "<h1>Velden-Post</h1>"),
        (
            "<title>The last ferry | Estuary Group</title><meta name=publisher content='Estuary"
            " Group: ferries and harbours'>",
            "<h1>Estuary Group</h1><h3>The last ferry</h3>",
        ),
        ("<title>Boats of Skarn</title><meta property='og:title' content='ferry-skarn-2018'>"
         "<meta name=x>", "<h1>The last ferry</h1>"),
        ("<meta property='og:title' content='The last ferry - Velden Post'>",
         "<h1>The last ferry</h1>"),
        ("<meta property='og:title' content='The last ferry | VP | 10.06.2013'>",
         "<h1>The last ferry</h1>"),
        ("<title>The last ferry - Blog - Boats and ropes</title>",
         "<h2 class='title'>Saturday, 2016-10-08, 0:26 AM</h2>"),
    ],
)  # fmt: skip
def test_title_is_that_of_the_article(head: str, before: str) -> None:
    assert _draft(before, head=head).title == "The last ferry"


def test_heading_that_repeats_the_title_below_the_first_line_goes() -> None:
    text = f"<article><p>By the harbour</p><h2>The last  ferry!</h2><p>{_FIRST}</p><p>{_LAST}</p>"
    draft = _draft("", head="<meta property='og:title' content='The last ferry'>", text=text)
    assert draft.text == f"By the harbour\n\n{_FIRST}\n\n{_LAST}"


def test_first_line_is_no_title_where_it_is_a_time_of_day() -> None:
    text = f"<p>Saturday, 2016-10-08, 0:26 AM</p><p>{_FIRST}</p><p>{_LAST}</p>"
    page = f"<html><body><div><title>Ferries - Blog</title>{text}</div></body></html>"
    assert read_html(page, name="page.html").draft.title == "Ferries"


@pytest.mark.parametrize(
    ("head", "before", "title"),
    [
        (
            "<title>On ferries • Ida Holm</title>",
            "<h1>Ida Holm</h1><h1 class='entry-title'>On ferries</h1>",
            "On ferries",
        ),
        (
            "<title>Winter ferries - a guide</title>",
            "<h1>Winter ferries - a guide</h1><h2>Winter ferries</h2>",
            "Winter ferries - a guide",
        ),
        ("<title>Ferries - and what became of them</title>", "", "Ferries"),
        ("", "<h1>One-way-ticket</h1>", "One-way-ticket"),
        ("", "<h1>Velden Post</h1>", "Velden Post"),
    ],
)
def test_title_that_nothing_better_is_known_of_stays(head: str, before: str, title: str) -> None:
    assert _draft(before, head=head).title == title


@pytest.mark.parametrize(
    "page_title", ["The last ferry", "The last ferry | Boats", "The last ferry | Boats | Ida Holm"]
)
def test_title_is_the_heading_that_the_page_is_called_by_and_not_that_of_its_section(
    page_title: str,
) -> None:
    before = "<h1>Harbours and Boats</h1><h2>Tickets of the day</h2><h2>The last ferry</h2>"
    draft = _draft(before, head=f"<title>{page_title}</title>")
    assert draft.title == "The last ferry"
    assert "The last ferry" not in draft.text


@pytest.mark.parametrize(
    ("head", "before"),
    [
        ("<title>Ferries of Skarn</title>", "<h1>The last ferry</h1><h2>Ferries</h2>"),
        ("<title>Ferries</title>", "<h1>The last ferry</h1><h2>Ferries</h2>"),
        (
            "<title>End of a line</title><meta property='og:title' content='The last ferry'>",
            "<h1>The last ferry</h1><h2>End of a line</h2>",
        ),
    ],
)
def test_headline_stays_the_title_where_the_page_is_called_otherwise(
    head: str, before: str
) -> None:
    assert _draft(before, head=head).title == "The last ferry"


# The author


@pytest.mark.parametrize(
    ("head", "before", "author"),
    [
        ("", "<a><span class='username'>Username</span></a><span class='x-byline'>By <a>Ida Holm"
         "</a></span>", "Ida Holm"),
        ("", "<span class='author'>Sign in</span><p class='byline'>By Ida Holm</p>", "Ida Holm"),
        ("", "<a><span class='username'>Ida Holm</span></a>", "Ida Holm"),
        ("", "<div class='byline'>By Ida Holm<br>March 25, 2015</div>", "Ida Holm"),
        ("", "<div class='byline'>By Ida March</div><p>It was on 3 May.</p>", "Ida March"),
        ("<meta property='og:site_name' content='Sea &amp; I'>"
         "<meta name='DC.creator' content='Sea &amp; I'>", "", None),
        ("<meta name='creator' content='pagemarkup version 1.11'>"
         "<meta name='DC.Creator' content='Holm, Ida'>"
         "<meta name='DC.Creator' content='Aske, Jon van'>", "", "Ida Holm, Jon van Aske"),
        ("<meta name='author' content='Ida Holm, Jon Aske'>", "", "Ida Holm, Jon Aske"),
        ("", "<span class='author'>Sign in</span><p class='byline'>By Ida Holm</p>"
         "<p class='byline'>By Jon Aske</p>", None),
    ],
)  # fmt: skip
def test_author_is_told_from_programs_menus_sites_and_dates(
    head: str, before: str, author: str | None
) -> None:
    assert _draft(f"<h1>The last ferry</h1>{before}", head=head).author == author


@pytest.mark.parametrize(
    ("author", "kept"),
    [
        ("View all posts by Ida Holm", "Ida Holm"),
        ("Autor/in: Ida Holm", "Ida Holm"),
        ("Written by: Ida Holm", "Ida Holm"),
        ("Justus von Holm", "Justus von Holm"),
        ("Caspar Holm", "Caspar Holm"),
        ("Velden Post GmbH, Munich, Germany", None),
        ("So Artikel empfehlen", None),
        ("Catch Themes", None),
        ("velden-post.example", None),
        ("Velden", None),
        ("Velden Post Online", None),
        ("boats.com", None),
    ],
)
def test_author_is_a_person_without_the_label_before(author: str, kept: str | None) -> None:
    head = '<meta property="og:site_name" content="Velden Post">'
    before = f"<h1>The last ferry</h1><div class='author'>{author}</div>"
    assert _draft(before, head=head).author == kept


def test_author_whose_own_site_it_is_is_named() -> None:
    head = "<meta name='author' content='Ida Holm'>"
    page = f"<html><head>{head}</head><body><p>{_FIRST}</p><p>{_LAST}</p></body></html>"
    read = read_html(page, name="page.html", url="https://www.idaholm.example/ferry")
    assert read.draft.author == "Ida Holm"


def test_company_beside_the_people_who_wrote_is_left_out() -> None:
    head = (
        '<meta name="author" content="Estuary Media GmbH">'
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article",'
        '"author": [{"@type": "Person", "name": "Ida Holm"}, {"@type": "Person",'
        '"name": "Jon Aske"}]}</script>'
    )
    assert _draft("<h1>The last ferry</h1>", head=head).author == "Ida Holm, Jon Aske"


@pytest.mark.parametrize("byline", ["Von Ida Holm", "Written by: Ida Holm", "By Ida Holm"])
def test_byline_below_the_lead_names_the_author(byline: str) -> None:
    draft = _draft(f"<h1>The last ferry</h1><p>{_LEAD}</p><p>{byline}</p>")
    assert draft.author == "Ida Holm"
    assert byline not in draft.text


# The date


def test_date_at_the_end_of_the_title_is_that_of_the_article() -> None:
    head = "<meta property='og:title' content='The last ferry | VP | 10.06.2013'>"
    other = "<h2>More ferries</h2><time datetime='2019-08-01'>1 August</time>"
    assert _draft(f"<h1>The last ferry</h1>{other}", head=head).date == "2013-06-10"


@pytest.mark.parametrize(
    ("field", "before", "date"),
    [
        (
            "itemprop=dateCreated",
            "<div class='post-date'>12.10.2015, 9 Uhr</div>",
            "2015-10-12",
        ),
        ("name=isodatetime", "<p>23.10.2018</p>", "2018-10-23"),
        ("name=isodatetime", "", "2019-06-19"),
    ],
)
def test_day_when_a_page_was_made_anew_gives_way_to_one_that_is_seen(
    field: str, before: str, date: str
) -> None:
    head = f"<meta {field} content='2019-06-19T17:49:39+02:00'>"
    assert _draft(f"<h1>The last ferry</h1>{before}", head=head).date == date


@pytest.mark.parametrize("comment", ["/* 2015.02.04 anew */", "// Updated 2015.02.04 by Jon\n"])
def test_date_in_a_program_is_not_that_of_the_article(comment: str) -> None:
    before = f"<h1>The last ferry</h1><script>{comment} run();</script>"
    assert _draft(before).date is None


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='x_last_updated' content='2015-04-28'>"
        "<meta name='publishdate' content='05/29/2007 09:49:00'>",
        "<meta name='last-modified' content='2015-04-28'><meta name='date' content='2007-05-29'>",
        "<meta name='date' content='5/29/2007'>",
    ],
)
def test_day_of_publication_counts_more_than_that_of_a_change(head: str) -> None:
    assert _draft("<h1>The last ferry</h1>", head=head).date == "2007-05-29"


def test_name_of_the_source_is_no_address() -> None:
    head = "<meta property='og:site_name' content='http://www.velden.example/'>"
    assert _draft("<h1>The last ferry</h1>", head=head).source == "velden.example"
