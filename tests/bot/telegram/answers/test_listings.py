"""Articles in answer to a question, and what answers show beside their sentences."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from footnote.bot.database.tables import receipt
from footnote.bot.telegram.texts import ENGLISH, texts_for
from footnote.corpus.span import Span
from footnote.index.results import (
    Answer,
    Citation,
    Claim,
    ListedArticle,
    Listing,
    Reference,
    Result,
)
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DECODED, Answers, ask, numbers
from tools.telegram_server import Message, TelegramServer

BEES, LIGHTHOUSE, TEA = "honeybees", "lighthouse", "tea"
NEW, ABOUT = "What's new?", "What is the article on bees about?"


def cited(bot: RunningBot, n: int, article: str, words: str, *, before: str = "") -> Claim:
    """A claim that quotes these words of an article; `added` is the day on which it was."""
    there = bot.footnote.store.read(article)
    start = there.text.index(words)
    span, whole = Span(start, start + len(words)), Span(0, len(there.text))
    at = there.text.index(before) if before else 0
    leaning = Span(at, at + len(before)) if before else None
    citation = Citation.of(n, there, span, whole, before=leaning, added="2026-11-20")
    return Claim(words, [citation])


def listed(bot: RunningBot, article: str, *claims: Claim) -> ListedArticle:
    return ListedArticle(Reference.to(bot.footnote.store.read(article), added="2026-11-20"), claims)


def given(bot: RunningBot, **results: Result) -> None:
    Answers(bot, **{question: _always(result) for question, result in results.items()})


def _always(result: Result) -> Callable[[], Result]:
    return lambda: result


def listing(bot: RunningBot, articles: Sequence[str]) -> Listing:
    return Listing(NEW, "new", [listed(bot, article) for article in articles])


def tapped(message: Message, label: str) -> Message:
    assert message.press(label).wait_answered().text == ""
    return message.wait_edited()


def test_articles_are_listed_with_their_days_and_a_number_opens_a_card(bot: RunningBot) -> None:
    given(bot, **{NEW: listing(bot, [BEES, LIGHTHOUSE, TEA])})
    said = ask(bot.chat(), NEW)
    assert said.text.split("\n\n") == [
        ENGLISH.listed_new,
        "1. How honeybees dance 🐝 · 2016-08-03 · The Meadow",
        "2. The lighthouse of Port Ellis · 1911",
        "3. [bold]Tea[/bold] <b>without</b> *sugar* · added 2026-11-20",
    ]
    assert said.labels == [["1.", "2.", "3."]]
    text = said.text
    card = tapped(said, "2.")
    assert card.text.startswith("The lighthouse of Port Ellis · 1911\n")
    assert card.labels[-1] == [ENGLISH.back]
    assert tapped(card, ENGLISH.back).text == text
    assert said.labels == [["1.", "2.", "3."]]


def test_a_message_with_the_number_alone_opens_the_card_of_what_was_listed_last(
    bot: RunningBot,
) -> None:
    given(bot, **{NEW: listing(bot, [BEES, LIGHTHOUSE, TEA])})
    chat = bot.chat()
    ask(chat, NEW)
    card = ask(chat, "2")
    assert card.text.startswith("The lighthouse of Port Ellis · 1911\n")
    assert card.labels[-1] == [ENGLISH.to_list]
    assert ask(chat, "4").text == ENGLISH.nothing_found  # a question: four are not listed


def test_a_summary_has_numbered_sentences_and_a_way_to_the_article(bot: RunningBot) -> None:
    summary = Listing(ABOUT, "summary", [listed(bot, BEES, cited(bot, 1, BEES, DECODED))])
    given(bot, **{ABOUT: summary})
    said = ask(bot.chat(), ABOUT)
    assert said.text == (
        f"{ENGLISH.listed_summary}\n\nHow honeybees dance 🐝 · 2016-08-03 · The Meadow\n"
        f"{DECODED} [1]"
    )
    assert said.labels == [["[1]"], [ENGLISH.to_card]]
    assert tapped(said, "[1]").marked("underline") == [DECODED]
    tapped(said, ENGLISH.back)
    assert tapped(said, ENGLISH.to_card).text.startswith("How honeybees dance")


def test_a_listed_article_that_is_gone_is_said_to_be(bot: RunningBot) -> None:
    given(bot, **{NEW: listing(bot, [BEES, TEA])})
    said = ask(bot.chat(), NEW)
    (bot.articles / "tea.md").unlink()
    bot.footnote.library.sync()
    gone = tapped(said, "2.")
    assert (gone.text, gone.labels) == (ENGLISH.article_gone, [[ENGLISH.back]])


@pytest.mark.parametrize("number", ["0", "3", "-1", "99999999999999999999", "1:1", ""])
def test_a_forged_number_of_a_listing_opens_nothing(bot: RunningBot, number: str) -> None:
    given(bot, **{NEW: listing(bot, [BEES, TEA])})
    said = ask(bot.chat(), NEW)
    data = said.button("1.").data
    press = said.press_data(data.rpartition(":")[0] + f":{number}")
    assert press.wait_answered().text == ENGLISH.unknown_button
    assert said.edits == 0


def test_opening_cards_from_a_listing_has_its_limit(server: TelegramServer, tmp_path: Path) -> None:
    with RunningBot(server, tmp_path, questions_a_minute=1) as bot:
        given(bot, **{NEW: listing(bot, [BEES, TEA])})
        said = ask(bot.chat(), NEW)
        data = said.button("1.").data
        told = [said.press_data(data).wait_answered().text for _ in range(4)]
        assert re.fullmatch(ENGLISH.too_many(2).replace("2", r"\d+").replace("?", r"\?"), told[3])
        assert told[:3] == [""] * 3


def test_a_groups_listing_opens_no_card_to_who_may_ask_in_the_group_alone(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    group = server.supergroup("Desk", ada, bob)
    with RunningBot(server, tmp_path, open=False, owners={ada.id}, groups={group.id}) as bot:
        given(bot, **{NEW: listing(bot, [BEES, TEA])})
        group.wait_for_message(after=group.send(f"/ask {NEW}", sender=bob))
        [kept] = [r for (r,) in bot.footnote.state.rows(select(receipt.c.id))]
        mine, theirs = server.private_chat(ada), server.private_chat(bob)
        for chat, expected in ((mine, ""), (theirs, ENGLISH.private)):
            said = ask(chat, "/start")
            assert said.press_data(f"y:{kept}:1").wait_answered().text == expected


def test_the_listing_of_another_chat_opens_nothing(bot: RunningBot) -> None:
    given(bot, **{NEW: listing(bot, [BEES, TEA])})
    said, other = ask(bot.chat(), NEW), bot.chat("Bob")
    data, theirs = said.button("1.").data, ask(other, NEW)
    assert theirs.press_data(data).wait_answered().text == ENGLISH.unknown_button


def test_in_a_group_the_numbers_of_listed_articles_are_links_to_their_cards(
    server: TelegramServer, bot: RunningBot
) -> None:
    given(bot, **{NEW: listing(bot, [BEES, LIGHTHOUSE])})
    ada = server.user("Ada")
    group = server.supergroup("Desk", ada)
    said = group.wait_for_message(after=group.send(f"/ask {NEW}"))
    assert said.labels == []
    _, lighthouse = numbers(said)
    card = ask(server.private_chat(ada), f"/start {lighthouse}")
    assert card.text.startswith("The lighthouse of Port Ellis · 1911\n")


# Beside the sentences of an answer

LAMP = "Its lamp burned whale oil until the gas works opened."
BUILT = "The lighthouse of Port Ellis was built by the brothers Hale."
ASKED = "What did its lamp burn?"


def test_the_sentence_that_a_quotation_leans_on_stands_before_it_in_italics(
    bot: RunningBot,
) -> None:
    claim = cited(bot, 1, LIGHTHOUSE, LAMP, before=BUILT)
    given(bot, **{ASKED: Answer(ASKED, "quoted", 0.9, [claim])})
    said = ask(bot.chat(), ASKED)
    assert said.text.startswith(f"… {BUILT}\n{LAMP} [1] · 1911\n\n")
    assert said.marked("italic") == [f"… {BUILT}"]


def test_what_was_quoted_just_before_is_not_said_again(bot: RunningBot) -> None:
    claims = [
        cited(bot, 1, LIGHTHOUSE, BUILT),
        cited(bot, 2, LIGHTHOUSE, LAMP, before=BUILT),
    ]
    given(bot, **{ASKED: Answer(ASKED, "quoted", 0.9, claims)})
    assert ask(bot.chat(), ASKED).text.count(BUILT) == 1


def test_a_part_for_which_nothing_was_found_is_named(bot: RunningBot) -> None:
    claims = [cited(bot, 1, LIGHTHOUSE, LAMP)]
    answer = Answer(ASKED, "quoted", 0.9, claims, missing=("Idaho",))
    given(bot, **{ASKED: answer})
    german = bot.server.private_chat(bot.server.user("Karl", language_code="de"))
    for chat, texts in ((bot.chat(), ENGLISH), (german, texts_for("de"))):
        assert f"\n\n{texts.missing(part='Idaho')}\n\n" in ask(chat, ASKED).text


def test_a_day_on_which_an_article_was_added_is_said_to_be_that(bot: RunningBot) -> None:
    claims = [cited(bot, 1, TEA, "Black tea")]
    given(bot, **{ASKED: Answer(ASKED, "quoted", 0.9, claims)})
    said = ask(bot.chat(), ASKED)
    assert said.text.startswith("Black tea [1] · added 2026-11-20\n\n")
    assert said.text.endswith("*sugar* · added 2026-11-20")
    assert "· added 2026-11-20\n\n" in tapped(said, "[1]").text
