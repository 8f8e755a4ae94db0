"""Somebody who may add articles, and a site that they have them from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.corpus.readers.apart import ReadersApart
from tests.bot.telegram.desk import Desk, Held
from tests.corpus.site import Site
from tools.telegram_server import TelegramServer


@pytest.fixture
def desk(
    server: TelegramServer, tmp_path: Path, readers: ReadersApart, site: Site
) -> Iterator[Desk]:
    with Desk(server, tmp_path, readers, site) as desk:
        yield desk


@pytest.fixture
def held(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Let go at the end of the test, if not before."""
    held = Held(desk, monkeypatch)
    yield held
    held.let_go()
