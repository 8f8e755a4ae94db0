"""Fetching against a site of our own on loopback: bounds, redirects, and what is refused."""

import gzip
import ipaddress
import ssl
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.errors import Unreachable
from footnote.corpus.fetching import Fetcher
from footnote.corpus.guard import is_outside
from tests.corpus import site as sites
from tests.corpus.site import CERTIFICATE

_PAGE = "<html><p>The ferry left Skarn at ten past six.</p></html>"


@pytest.fixture(scope="module")
def server():
    with sites.running() as site:
        yield site


@pytest.fixture
def site(server):
    server.pages.clear()
    server.asked.clear()
    return server


def test_page_is_fetched_by_a_program_that_says_who_it_is(site):
    fetched = site.fetcher().fetch(site.page("/a?b=1", _PAGE, ETag='"1"'))
    assert (fetched.data.decode(), fetched.url) == (_PAGE, f"{site.url}/a?b=1")
    assert fetched.etag == '"1"'
    [(_, headers)] = site.asked
    assert headers["user-agent"].startswith("Footnote/")
    assert headers["host"] == site.host
    assert "cookie" not in headers


def test_page_in_another_encoding_that_only_the_site_names(site):
    url = site.page("/", "Паром ушёл".encode("cp1251"), Content_Type="text/html; charset=cp1251")
    fetched = site.fetcher().fetch(url)
    assert fetched.data.decode(fetched.charset) == "Паром ушёл"


@pytest.mark.parametrize(
    "address",
    ["http://xn--a/", "http://xn--/", "https://xn--zzzzzzzzzz.test/x", "http://\u0301.test/",
     f"http://{'a' * 64}.test/", f"http://{'a.' * 200}test/", "http://a..test/", "http://.test/",
     "http://\ud800.test/", "http://[::1", "http://a:99999/", "http://%00/", "http://\x00/"],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused(site, address):
    with pytest.raises(Unreachable):
        site.fetcher().fetch(address)


def test_a_page_that_leads_to_what_cannot_be_an_address_is_refused(site):
    with pytest.raises(Unreachable):
        site.fetcher().fetch(site.redirect("/", "http://xn--a/"))


def test_packed_page_is_unpacked(site):
    url = site.page("/", gzip.compress(_PAGE.encode()), Content_Encoding="gzip")
    assert site.fetcher().fetch(url).data.decode() == _PAGE


def test_redirects_are_followed_and_the_last_address_told(site):
    site.page("/c", _PAGE)
    site.redirect("/b", "c#part")
    url = site.redirect("/a", f"//other.test:{site.port}/b")
    assert site.fetcher().fetch(url).url == f"http://other.test:{site.port}/c"


def test_what_has_not_changed_is_not_sent_again(site):
    url = site.page("/", "", 304)
    fetched = site.fetcher().fetch(url, etag='"1"', modified="Thu, 04 Mar 2021 10:11:12 GMT")
    assert not fetched.changed
    assert site.asked[0][1]["if-none-match"] == '"1"'
    assert site.asked[0][1]["if-modified-since"] == "Thu, 04 Mar 2021 10:11:12 GMT"


# Inside


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("192.0.2.1", "203.0.113.1", "192.88.99.1"),
        *("::1", "::", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::", "100::1"),
        "2001:0:7f00:1:0:0:80ff:fffe",
    ],
)
def test_address_inside_is_inside(address):
    assert not is_outside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101", "2002:101:101::"]
)
def test_address_outside_is_outside(address):
    assert is_outside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/"),
        *("http://2130706433:{port}/", "http://0x7f.1:{port}/", "http://0177.0.0.1:{port}/"),
        *("http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/", "http://127.1:{port}/"),
        *("http://169.254.169.254/latest/meta-data/", "http://127。0。0。1:{port}/"),
    ],
)
def test_nothing_is_fetched_from_inside_however_it_is_written(site, url):
    site.page("/", _PAGE)
    with pytest.raises(Unreachable, match=r"is inside this machine|no such site|not an address"):
        Fetcher().fetch(url.format(port=site.port))
    assert site.asked == []


def test_redirect_to_the_inside_is_refused(site):
    site.page("/secret", _PAGE)
    url = site.redirect("/", f"http://127.0.0.2:{site.port}/secret")

    def resolve(host, port):
        return ["127.0.0.1"] if host == "article.test" else [host]

    with pytest.raises(
        Unreachable, match=r"127\.0\.0\.2 is inside this machine .*: save the page as a file"
    ):
        site.fetcher(resolve=resolve).fetch(url)
    assert [path for path, _ in site.asked] == ["/"]


def test_address_that_is_checked_is_the_one_connected_to(site):
    """A name that stands for a public address when it is asked for first, and then for loopback."""
    site.page("/", _PAGE)
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    with pytest.raises(Unreachable, match=r"no answer within|connection failed"):
        Fetcher(resolve=rebinding, max_seconds=0.3).fetch(f"{site.url}/")
    assert asked == ["article.test"]
    assert site.asked == []


def test_name_with_one_address_inside_is_refused(site):
    with pytest.raises(Unreachable, match="is inside") as caught:
        Fetcher(resolve=lambda host, port: ["93.184.216.34", "10.1.2.3"]).fetch(f"{site.url}/")
    assert "10.1.2.3" not in str(caught.value)  # what a name stands for inside is nobody's business


def test_proxy_of_the_environment_is_not_asked(site, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert site.fetcher().fetch(site.page("/", _PAGE)).data.decode() == _PAGE


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://example.org/", "javascript:1", "//example.org", "x", ""),
        *("http://", "http:///a", "http://a b/", "http://[::1", "http://x:99999/", "http://x:0/"),
        *("data:text/html,<p>", "http://ex\0ample.org/", "http://" + "a" * 5000),
    ],
)
def test_other_addresses_are_refused_in_a_sentence(url):
    with pytest.raises(Unreachable) as caught:
        Fetcher(resolve=lambda host, port: ["127.0.0.1"]).fetch(url)
    assert len(str(caught.value)) < 400


def _nowhere(host: str, port: int) -> list[str]:
    raise OSError


_FETCHER = Fetcher(resolve=_nowhere)


@given(st.text() | st.text().map("http://".__add__))
def test_any_text_is_refused_or_leads_nowhere(text):
    with pytest.raises(Unreachable):
        _FETCHER.fetch(text)


def test_address_with_a_password_is_not_repeated():
    with pytest.raises(Unreachable, match="name and a password") as caught:
        Fetcher().fetch("http://ada:secret@example.org/")
    assert "secret" not in str(caught.value)


def test_redirect_to_another_scheme_is_refused(site):
    with pytest.raises(Unreachable, match="only addresses with http"):
        site.fetcher().fetch(site.redirect("/", "file:///etc/passwd"))


# Bounds


def test_circle_of_redirects_has_an_end(site):
    with pytest.raises(Unreachable, match="leads from one address to the next"):
        site.fetcher().fetch(site.redirect("/", "/"))
    assert len(site.asked) == 9


@pytest.mark.parametrize("said", [True, False])
def test_page_that_is_too_large_is_refused(site, said):
    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        if said:
            handler.send_header("Content-Length", "200000")
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b"x" * 1000)

    site.pages["/"] = answer
    with pytest.raises(Unreachable, match="has more than 100,000 bytes"):
        site.fetcher(max_bytes=100_000).fetch(f"{site.url}/")


def test_bomb_is_refused_while_it_is_unpacked(site):
    url = site.page("/", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    with pytest.raises(Unreachable, match="has more than 100,000 bytes"):
        site.fetcher(max_bytes=100_000).fetch(url)


@pytest.mark.parametrize(("encoding", "data"), [("br", b"x"), ("gzip, gzip", b"x"), ("gzip", b"x")])
def test_other_packing_is_refused(site, encoding, data):
    with pytest.raises(Unreachable, match=r"not asked for|is broken"):
        site.fetcher().fetch(site.page("/", data, Content_Encoding=encoding))


@pytest.mark.parametrize("in_head", [True, False])
def test_site_that_trickles_is_left_in_time(site, in_head):
    def answer(handler):
        if not in_head:
            handler.send_response(200)
            handler.end_headers()
        while not left.wait(0.05):
            handler.wfile.write(b"X-Header: x\r\n" if in_head else b"x")

    left = threading.Event()
    site.pages["/"] = answer
    with pytest.raises(Unreachable, match=r"no answer within|connection failed"):
        site.fetcher(max_seconds=0.4).fetch(f"{site.url}/")
    left.set()


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/json", "text/css"])
def test_other_kinds_are_refused_before_they_are_read(site, kind):
    with pytest.raises(Unreachable, match=f"this is {kind}, not an article"):
        site.fetcher().fetch(site.page("/", _PAGE, Content_Type=kind))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (404, "404 Not Found, the page is not there"),
        (403, "403 Forbidden, it lets no programs in"),
        (500, "500 Internal Server Error"),
        (999, "999"),
        (204, "204 No Content"),
    ],
)
def test_error_of_the_site_is_told_with_what_it_says(site, status, told):
    page = "<head><title>x</title></head><h1>Oh&nbsp;no</h1><script>1</script> what a pity"
    with pytest.raises(Unreachable) as caught:
        site.fetcher().fetch(site.page("/", "" if status == 204 else page, status))
    assert f"the site answers {told}" in str(caught.value)
    assert ("it begins: 'Oh no what a pity'" in str(caught.value)) is (status != 204)


def test_site_that_speaks_no_http_is_told(site):
    site.pages["/"] = lambda handler: handler.wfile.write(b"220 mail.example.org ESMTP\r\n")
    with pytest.raises(Unreachable, match="the connection failed"):
        site.fetcher().fetch(f"{site.url}/")


def test_certificate_has_to_be_the_name_s(monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")  # of all tests, in which it is this one
    with sites.running(tls=True) as site:
        site.page("/", _PAGE)
        trusting = {"ssl_context": ssl.create_default_context(cafile=str(CERTIFICATE))}
        assert site.fetcher(**trusting).fetch(f"{site.url}/").data.decode() == _PAGE
        with pytest.raises(Unreachable, match="certificate"):
            site.fetcher(**trusting).fetch(f"https://other.test:{site.port}/")
        with pytest.raises(Unreachable, match="certificate"):
            site.fetcher().fetch(f"{site.url}/")
