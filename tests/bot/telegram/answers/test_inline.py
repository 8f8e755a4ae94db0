"""Inline mode: exact sentences of the articles, to be quoted in any chat."""

from pathlib import Path

import pytest

from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DECODED
from tools.telegram_server import TelegramServer
from tools.telegram_server.entities import utf16_slice


@pytest.fixture
def inline(server: TelegramServer) -> TelegramServer:
    server.bot.supports_inline_queries = True
    return server


def test_what_is_typed_offers_exact_quotations_with_their_sources(
    inline: TelegramServer, bot: RunningBot
) -> None:
    query = inline.inline_query(inline.user("Ada"), "waggle dance decoded")
    first, *_ = query.wait_answered()
    content = first["input_message_content"]
    assert content["message_text"] == (
        f"{DECODED}\n— How honeybees dance 🐝 · Ada Winter · 2016-08-03 · The Meadow"
    )
    [quotation] = [e for e in content["entities"] if e["type"] == "blockquote"]
    assert utf16_slice(content["message_text"], quotation["offset"], quotation["length"]) == DECODED
    with bot.footnote.passage_index.reading() as build:
        assert DECODED in build.catalogue.article("honeybees").text
    assert first["title"] == "How honeybees dance 🐝"
    assert first["description"] == DECODED
    assert query.settings["is_personal"] is True
    assert query.settings["cache_time"] <= 60


def test_a_source_with_an_address_leads_to_the_sentence(
    inline: TelegramServer, bot: RunningBot
) -> None:
    query = inline.inline_query(inline.user("Ada"), "lighthouse of Port Ellis")
    first, *_ = query.wait_answered()
    [link] = [e for e in first["input_message_content"]["entities"] if e["type"] == "text_link"]
    assert link["url"].startswith("https://example.org/lighthouse?a=1&b=2#:~:text=")
    assert first["url"] == "https://example.org/lighthouse?a=1&b=2"


@pytest.mark.parametrize("words", ["", "a", "  ", "🐝🐝🐝🐝", "?!?!", "x" * 256])
def test_what_says_too_little_offers_nothing_or_little_and_harms_nothing(
    inline: TelegramServer, bot: RunningBot, words: str
) -> None:
    assert len(inline.inline_query(inline.user("Ada"), words).wait_answered()) <= 50


def test_strangers_are_offered_nothing(inline: TelegramServer, tmp_path: Path) -> None:
    ada = inline.user("Ada")
    with RunningBot(inline, tmp_path, open=False, readers={ada.id}):
        assert inline.inline_query(ada, "waggle dance").wait_answered()
        assert inline.inline_query(inline.user("Eve"), "waggle dance").wait_answered() == []


def test_who_asks_too_much_is_offered_nothing_and_others_are(
    inline: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = inline.user("Ada"), inline.user("Bob")
    with RunningBot(inline, tmp_path, questions_a_minute=1):
        for _ in range(6):
            assert inline.inline_query(ada, "waggle dance").wait_answered()
        assert inline.inline_query(ada, "waggle dance").wait_answered() == []
        assert inline.inline_query(bob, "waggle dance").wait_answered()


def test_a_query_that_nobody_waits_for_any_more_is_no_fault(
    inline: TelegramServer, bot: RunningBot
) -> None:
    old = "query is too old and response timeout expired or query ID is invalid"
    inline.faults.refuse(400, old, method="answerInlineQuery")
    ada = inline.user("Ada")
    inline.inline_query(ada, "waggle dance")
    assert inline.inline_query(ada, "waggle dances").wait_answered()
