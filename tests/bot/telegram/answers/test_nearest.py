"""What comes nearest: shown as not sure, and opened, rated, edited and kept like an answer."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from footnote.bot.telegram.texts import ENGLISH, LANGUAGES, Texts, texts_for
from footnote.index.answering import Answerer
from footnote.index.question import Question
from footnote.index.results import Nearest
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, UNANSWERED, Answers, ask, numbers
from tests.bot.texts.every_text import every_text
from tools.telegram_server import Message, PrivateChat, TelegramServer


def make_unsure(bot: RunningBot) -> None:
    """From now on whatever is found is near and nothing is sure."""
    vars(bot.footnote)["answerer"] = Answerer(bot.footnote.passage_index, sure=1.1, near=0)


@pytest.fixture(scope="module")
def shared_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    with (
        TelegramServer() as server,
        RunningBot(server, tmp_path_factory.mktemp("shared")) as running,
    ):
        make_unsure(running)
        yield running


def pressed(message: Message, label: str) -> Message:
    message.press(label).wait_answered()
    return message.wait_edited()


def test_the_sentences_stand_under_words_that_say_that_it_is_not_sure(chat: PrivateChat) -> None:
    said = ask(chat, DANCE)
    head, first, second, third, sources, question = said.text.split("\n\n")
    assert head == ENGLISH.nearest
    assert first == f"{DECODED} [1] · 2016-08-03"
    assert [second.count("[2]"), third.count("[3]")] == [1, 1]
    assert sources.startswith(f"{ENGLISH.sources}\n[1]")
    assert question == ENGLISH.did_it_answer
    assert said.labels == [["[1]", "[2]", "[3]"], ["👍", "👎"]]


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_it_is_said_in_the_language_of_who_asks(shared_bot: RunningBot, code: str) -> None:
    server, texts = shared_bot.server, texts_for(code)
    said = ask(server.private_chat(server.user("Kim", language_code=code)), DANCE)
    assert texts.nearest in said.text
    assert texts.did_it_answer in said.text


def test_below_it_stands_in_which_languages_to_ask_where_no_article_is_in_that_of_the_question(
    bot: RunningBot,
) -> None:
    chat, german = bot.chat(), "Wer hat den Schwänzeltanz der Honigbienen entschlüsselt?"
    make_unsure(bot)
    near = bot.footnote.answerer.answer(Question(DANCE))
    assert isinstance(near, Nearest)
    Answers(bot, **{german: lambda: replace(near, question=german), DANCE: lambda: near})
    hint = ENGLISH.other_language("English")
    said = ask(chat, german)
    before = said.text
    assert before.endswith(f"\n\n{ENGLISH.did_it_answer}\n\n{hint}")
    pressed(said, "[1]")
    assert pressed(said, ENGLISH.back).text == before
    assert hint not in ask(chat, DANCE).text


def test_a_number_opens_the_marked_passage_and_back(chat: PrivateChat) -> None:
    said = ask(chat, DANCE)
    before = said.content
    assert pressed(said, "[1]").marked("underline") == [DECODED]
    assert pressed(said, ENGLISH.back).content["text"] == before["text"]
    assert said.labels == [["[1]", "[2]", "[3]"], ["👍", "👎"]]


def test_a_number_in_the_text_is_a_link_that_opens_the_passage(chat: PrivateChat) -> None:
    first, *others = numbers(ask(chat, DANCE))
    assert len(others) == 2
    opened = ask(chat, f"/start {first}")
    assert opened.marked("underline") == [DECODED]


def test_whether_it_answered_is_asked_and_no_passage_is_wrong(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    said = ask(chat, LIGHTHOUSE)
    assert pressed(said, "👎").labels[1:] == [["👍", "👎 ✓"]]
    *_, receipt = shared_bot.footnote.receipts.asked()
    assert shared_bot.footnote.feedback.tally(receipt.id).down == 1


def test_a_restart_later_the_numbers_open_and_back_says_that_it_was_not_sure(
    server: TelegramServer, tmp_path: Path
) -> None:
    with RunningBot(server, tmp_path) as bot:
        make_unsure(bot)
        said = ask(bot.chat(), DANCE)
        text = said.text
    with RunningBot(server, tmp_path):
        assert pressed(said, "[1]").marked("underline") == [DECODED]
        assert pressed(said, ENGLISH.back).text == text


def test_a_question_that_is_edited_changes_from_one_kind_of_result_to_the_others(
    bot: RunningBot,
) -> None:
    sure, chat = bot.footnote.answerer, bot.chat()
    make_unsure(bot)
    question = chat.send(DANCE)
    said = chat.wait_for_message(after=question)
    assert said.text.startswith(ENGLISH.nearest)
    vars(bot.footnote)["answerer"] = sure
    question.edit(DANCE + " ")
    question.edit(f"Please, {DANCE}")
    said.wait_until(lambda m: m.text.startswith(DECODED))
    question.edit(UNANSWERED)
    said.wait_until(lambda m: m.text == ENGLISH.nothing_found)
    assert said.labels == []
    make_unsure(bot)
    question.edit(LIGHTHOUSE)
    said.wait_until(lambda m: m.text.startswith(ENGLISH.nearest))
    assert said.labels[-1] == ["👍", "👎"]
    assert chat.bot_messages() == [said]


def test_in_a_group_verdicts_are_counted_and_numbers_lead_to_the_private_chat(
    server: TelegramServer, bot: RunningBot
) -> None:
    make_unsure(bot)
    ada = server.user("Ada")
    group = server.supergroup("Desk", ada)
    said = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
    assert said.text.startswith(ENGLISH.nearest)
    said.press("👍", by=ada).wait_answered()
    assert said.wait_edited().labels[1] == ["👍 1", "👎"]
    link = said.press("[1]", by=ada).wait_answered().url
    private = server.private_chat(ada)
    opened = ask(private, "/start " + link.partition("?start=")[2])
    assert opened.marked("underline") == [DECODED]


def test_the_next_question_does_not_lean_on_what_only_came_near(bot: RunningBot) -> None:
    chat, unsure = bot.chat(), Answerer(bot.footnote.passage_index, sure=1.1, near=0)
    answers = Answers(bot)
    ask_unsure = answers.answer

    def answer(question):
        ask_unsure(question)
        return unsure.answer(question)

    vars(answers)["answer"] = answer
    ask(chat, DANCE)
    ask(chat, "Who else?")
    assert [(turn.role, turn.text) for turn in answers.asked[-1].history] == [("user", DANCE)]


def test_owners_see_apart_what_was_not_sure_until_somebody_says_that_it_answered(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, owners={ada.id}) as bot:
        owner, bob = server.private_chat(ada), bot.chat("Bob")
        ask(bob, UNANSWERED)
        make_unsure(bot)
        ask(bob, LIGHTHOUSE)
        said = ask(bob, DANCE)
        gaps = ask(owner, "/gaps").text
        unsure, nothing = gaps.split("\n\n")
        assert unsure.startswith(f"{ENGLISH.gaps_nearest}\n• {DANCE} · 20")
        assert LIGHTHOUSE in unsure
        assert nothing.startswith(f"{ENGLISH.gaps_nothing}\n• {UNANSWERED} · 20")
        pressed(said, "👍")
        assert DANCE not in ask(owner, "/gaps").text
        exported = ask(owner, "/export").file.content.decode()
    nothing, open_, settled = map(json.loads, exported.splitlines())
    assert [nothing["kind"], open_["kind"], settled["kind"]] == ["abstention", "nearest", "nearest"]
    assert "answers" not in open_
    assert open_["article_ids"] == []
    assert open_["nearest"][0]["article_id"] == "lighthouse"
    assert settled["evidence"][0] == settled["answers"][0] == DECODED
    assert "honeybees" in settled["article_ids"]


@pytest.mark.parametrize("texts", [pytest.param(t, id=c) for c, t in LANGUAGES.items()])
def test_no_text_says_that_the_articles_do_not_answer(texts: Texts) -> None:
    """The words of before, in each language."""
    said = "\n".join(text for _, text in every_text(texts)).casefold()
    for words in (
        "articles don't answer",
        "articles didn't answer",
        "no article supports",
        "artikel beantworten das nicht",
        "artikel keine antwort geben",
        "kein artikel belegt",
        "artículos no dan respuesta",
        "artículos no respond",
        "ningún artículo respalda",
        "в статьях нет ответа",
        "ответа в статьях нет",
        "статьи не ответили",
        "مقاله‌ها به این پرسش پاسخ نمی‌دهند",
        "پاسخ در مقاله‌ها نباشد",
        "هیچ مقاله‌ای این را تأیید نمی‌کند",
        "مضامین میں جواب نہ ہو",
        "مضامین میں اس کا جواب نہیں",
        "کوئی مضمون اس کی تائید نہیں کرتا",
    ):
        assert words not in said
