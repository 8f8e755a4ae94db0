import pytest

from ..links import WrongLink, checked


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTP://Example.ORG:80/A", "http://example.org:80/A"),
        ("https://example.org#:~:text=a%20b", "https://example.org/#:~:text=a%20b"),
        ("example.org/a b", "http://example.org/a%20b"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("http://[::1]/", "http://[::1]/"),
        ("tg://user?id=5", "tg://user?id=5"),
    ],
)
def test_a_link_is_kept_in_one_form(url: str, kept: str) -> None:
    assert checked(url) == kept


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://localhost/x", "Wrong HTTP URL"),
        ("not-a-url", "Wrong HTTP URL"),
        ("ftp://example.org", "Unsupported URL protocol"),
        ("javascript://example.org", "Unsupported URL protocol"),
        ("", "URL host is empty"),
        ("https://", "URL host is empty"),
    ],
)
def test_a_wrong_link_is_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(WrongLink, match=reason):
        checked(url)
