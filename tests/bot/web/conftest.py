"""The pages over the collection of three articles."""

from collections.abc import Iterator

import pytest

from footnote.bot.composition import Footnote
from tests.bot.web.site import Browser, WebSite, served


@pytest.fixture
def website(footnote: Footnote) -> Iterator[WebSite]:
    with served(footnote) as website:
        yield website


@pytest.fixture
def browser(website: WebSite) -> Iterator[Browser]:
    """That of whoever runs Footnote here."""
    browser = website.browser()
    yield browser
    browser.close()
