"""The next thing that somebody sends takes the place of an article, once they were asked for it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.bot.composition import Footnote
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.handlers import Handlers
from footnote.bot.telegram.sending.delivery import Delivery
from footnote.bot.telegram.texts import ENGLISH
from footnote.corpus.readers.apart import ReadersApart
from tests.bot.telegram.desk import FERRY, Desk, answer_to, story
from tests.bot.telegram.talk import DANCE, DECODED, Answers, ask
from tools.telegram_server import Message, TelegramServer


class Asked(Desk):
    """It can be told that Ada was asked for another text of an article."""

    handlers: Handlers

    def ask_for(self, article: str) -> Message:
        """The message that asks is a list here, which no press of a button changes."""
        asks = ask(self.ada, "/articles")
        asked = self.handlers.features.submissions.replace_with(
            self.ada.id, ChatThread(self.ada.id), article, asks.id
        )
        asyncio.run_coroutine_threadsafe(asked, self._loop).result(60)
        return asks


@pytest.fixture
def desk(server: TelegramServer, tmp_path: Path, readers: ReadersApart) -> Iterator[Asked]:
    made: list[Handlers] = []

    def make(footnote: Footnote, delivery: Delivery) -> Handlers:
        made.append(Handlers(footnote, delivery))
        return made[0]

    with Asked(server, tmp_path, readers, make_handlers=make) as desk:
        [desk.handlers] = made
        yield desk


def test_a_file_replaces_the_article_and_the_next_one_is_new(desk: Asked) -> None:
    before, [name] = desk.names(), [n for n in desk.names() if "bee" in n]
    desk.ask_for(name)
    sent = desk.ada.send_document(f"Bees anew\n\n{story(1)}".encode())
    told = answer_to(desk.ada, sent, "A new version of an article", "Passages: 1")
    assert "Bees anew" in told.text
    assert desk.names() == before
    assert story(1) in desk.article(name)
    answer_to(desk.ada, desk.ada.send_document(f"Kettles\n\n{story(2)}".encode()), ENGLISH.added)
    assert len(desk.names()) == len(before) + 1


def test_a_text_of_any_length_replaces_it_once_that_is_confirmed(desk: Asked) -> None:
    [name] = [n for n in desk.names() if "bee" in n]
    desk.ask_for(name)
    offer = answer_to(desk.ada, desk.ada.send(FERRY), ENGLISH.offer_pasted)
    title = "How honeybees dance 🐝"
    assert ENGLISH.replaces(title=title) in offer.text
    assert f"\n\n{title}\n" in offer.text  # for the text has none
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith("A new version of an article"))
    assert title in offer.text
    assert FERRY in desk.article(name)
    assert f"title: {title}" in desk.article(name)


def test_another_title_can_be_given_with_another_text(desk: Asked) -> None:
    [name] = [n for n in desk.names() if "bee" in n]
    desk.ask_for(name)
    offer = answer_to(desk.ada, desk.ada.send(FERRY), ENGLISH.offer_pasted)
    offer.press(ENGLISH.edit_title)
    desk.ada.wait_for_message(matching=ENGLISH.title_how)
    desk.ada.send("The ferry of Lorne")
    offer.wait_until(lambda m: "The ferry of Lorne" in m.text)
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith("A new version of an article"))
    assert "title: The ferry of Lorne" in desk.article(name)


def test_what_asked_for_another_text_turns_into_the_card_once_there_is_one(desk: Asked) -> None:
    [name] = [n for n in desk.names() if "bee" in n]
    asks = desk.ask_for(name)
    desk.ada.send_document(f"Bees anew\n\n{story(1)}".encode())
    asks.wait_until(lambda m: [ENGLISH.open] in m.labels)
    assert "How honeybees dance 🐝" in asks.text


def test_whoever_thinks_better_of_it_asks_questions_again(desk: Asked) -> None:
    [name] = [n for n in desk.names() if "bee" in n]
    desk.ask_for(name)
    assert ask(desk.ada, "/cancel").text == ENGLISH.left_as_is
    answers = Answers(desk)
    ask(desk.ada, FERRY)
    assert len(answers.asked) == 1
    del vars(desk.footnote)["answerer"]
    assert ask(desk.ada, DANCE).text.startswith(DECODED)


def test_an_article_that_is_gone_meanwhile_is_told(desk: Asked) -> None:
    desk.ask_for("gone")
    told = answer_to(
        desk.ada, desk.ada.send_document(f"Bees\n\n{story(1)}".encode()), ENGLISH.not_added
    )
    assert "the article is no longer there" in told.text
