"""Pages elsewhere: none may use the API but those that the settings name."""

from collections.abc import Iterator

import pytest

from footnote.bot.composition import Footnote
from footnote.bot.settings import Settings
from tests.bot.web.site import WebSite, served

NOTES, EVIL = "https://notes.example.org", "https://evil.example"


@pytest.fixture
def open_website(footnote: Footnote) -> Iterator[WebSite]:
    object.__setattr__(
        footnote, "settings", footnote.settings.model_copy(update={"web_origins": {NOTES}})
    )
    with served(footnote) as website:
        yield website


def asked_beforehand(website: WebSite, origin: str, path: str = "/api/ask") -> tuple[int, str]:
    with website.program(name=f"for-{len(website.footnote.tokens.listed())}") as program:
        del program.headers["Authorization"]
        told = program.options(
            path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
        )
    return told.status_code, told.headers.get("Access-Control-Allow-Origin", "")


def test_a_page_that_is_named_may_ask(open_website: WebSite) -> None:
    assert asked_beforehand(open_website, NOTES) == (204, NOTES)
    with open_website.program() as program:
        told = program.get("/api/articles", headers={"Origin": NOTES})
        refused = program.get("/api/articles?x=1", headers={"Origin": NOTES})
    for response in (told, refused):
        assert response.headers["Access-Control-Allow-Origin"] == NOTES
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert (told.status_code, refused.status_code) == (200, 422)


def test_any_other_page_may_not(open_website: WebSite) -> None:
    for origin in (EVIL, "null", f"{NOTES}.evil.example", "http://notes.example.org"):
        assert asked_beforehand(open_website, origin) == (401, "")
        with open_website.program(name=f"x{len(origin)}") as program:
            told = program.get("/api/articles", headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in told.headers


def test_the_pages_for_people_are_for_no_page_elsewhere(open_website: WebSite) -> None:
    assert asked_beforehand(open_website, NOTES, "/articles") == (401, "")


def test_nothing_is_open_unless_a_setting_says_so(website: WebSite) -> None:
    assert asked_beforehand(website, NOTES) == (401, "")


def test_origins_are_read_from_a_setting(settings: Settings) -> None:
    def read(value: str) -> set[str]:
        return set(Settings(_env_file=None, web_origins=value).web_origins)

    assert read(f"{NOTES}, http://127.0.0.1:3000") == {NOTES, "http://127.0.0.1:3000"}
    for wrong in ("*", "notes.example.org", f"{NOTES}/path"):
        with pytest.raises(ValueError, match="not of the form"):
            read(wrong)
