"""Reading RSS and Atom feeds."""

import pytest

from footnote.corpus.errors import Unreadable
from footnote.corpus.feeds import FeedEntry, is_feed, parse_feed
from footnote.corpus.readers.apart import ReadersApart

_BASE = "https://example.org/news/feed"
_RSS = b"""<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The &lt;b&gt;Ledger&lt;/b&gt;</title>
<item><title>\xc9lan &amp;amp; more</title><link>/1</link><dc:creator>Ada Winter</dc:creator>
<pubDate>Thu, 04 Mar 2021 10:11:12 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The whole of it.</p>]]></content:encoded></item>
<item><title>No link</title></item>
<item><link>javascript:alert(1)</link></item>
<item><link>https://other.example/2</link></item></channel></rss>"""
_ATOM = """<!-- made by hand --><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><entry>
<title>One</title><link rel="alternate" href="one"/><updated>2021-03-04T10:11:12Z</updated>
<author><name>Bo Ek</name></author><content type="html">&lt;p>Text.&lt;/p></content>
</entry></feed>"""
_RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title></channel>
<item><title>One</title><link>https://example.org/1</link></item></rdf:RDF>"""


def test_entries_of_rss_have_address_title_author_date_and_text():
    feed = parse_feed(_RSS, url=_BASE)
    assert feed.title == "The Ledger"
    assert feed.entries == (
        FeedEntry(
            "https://example.org/1", "Élan & more", "Ada Winter", "2021-03-04",
            "<p>The whole of it.</p>",
        ),
        FeedEntry("https://other.example/2"),
    )  # fmt: skip


def test_entries_of_atom_and_of_rdf():
    [entry] = parse_feed(_ATOM.encode(), url=_BASE).entries
    assert entry == FeedEntry(
        "https://example.org/news/one", "One", "Bo Ek", "2021-03-04", "<p>Text.</p>"
    )
    assert parse_feed(_RDF.encode(), url=_BASE).entries[0].url == "https://example.org/1"


@pytest.mark.parametrize("data", [_RSS, _ATOM.encode(), _RDF.encode(), b"\xef\xbb\xbf \n<rss>"])
def test_feed_is_known_by_its_beginning(data):
    assert is_feed(data)


@pytest.mark.parametrize(
    "data", [b"", b"<html><rss>", b"<?xml version='1.0'?><svg>", b"rss", b"<!--" * 1000]
)
def test_other_things_are_no_feed(data):
    assert not is_feed(data)


def test_feed_without_entries_is_refused():
    with pytest.raises(Unreadable, match="no article is named in this feed"):
        parse_feed(b"<rss version='2.0'><channel/></rss>", url=_BASE)


def test_no_more_than_the_newest_hundred_are_taken():
    items = b"".join(b"<item><link>/%d</link></item>" % n for n in range(300))
    feed = parse_feed(b"<rss version='2.0'><channel>" + items + b"</channel></rss>", url=_BASE)
    assert [e.url[-3:] for e in feed.entries][::99] == ["g/0", "/99"]


def test_feed_read_apart_is_the_same():
    readers = ReadersApart(most=1)
    assert readers.read_feed(_RSS, url=_BASE) == parse_feed(_RSS, url=_BASE)
    readers.close()
