"""What people in private chats are told, by a bot that all of these tests share."""

from functools import partial

import pytest

from footnote.bot.telegram.commands import Menu, help_for, menu_of
from footnote.bot.telegram.texts import ENGLISH, texts_for
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, FOLLOW_UP, FOLLOWED, LIGHTHOUSE, UNANSWERED, ask
from tools.telegram_server import Entity, PrivateChat

SOURCE = "How honeybees dance 🐝 · 2016-08-03"


# Commands


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/start", ENGLISH.start),
        ("/start p_1", ENGLISH.start),
        ("/help", help_for(None, ENGLISH)),
        ("/new", ENGLISH.new),
        ("/help@telegram_server_bot", help_for(None, ENGLISH)),
    ],
)
def test_commands_are_obeyed(chat: PrivateChat, command: str, said: str) -> None:
    assert ask(chat, command).text == said


@pytest.mark.parametrize("command", ["/nonsense", "/1", "/startle", "/new@another_bot"])
def test_an_unknown_command_is_no_question_and_gets_the_help(
    chat: PrivateChat, command: str
) -> None:
    said = ask(chat, command).text
    assert said == f"{ENGLISH.unknown_command}\n\n{help_for(None, ENGLISH)}"


def test_a_command_in_the_middle_of_a_sentence_is_part_of_the_question(chat: PrivateChat) -> None:
    said = ask(chat, f"{DANCE} /new")
    assert said.text.startswith(DECODED)


def test_the_commands_are_registered_with_telegram(shared_bot: RunningBot) -> None:
    profile = shared_bot.server.profile
    for scope, menu in {
        "all_private_chats": Menu.PRIVATE,
        "all_group_chats": Menu.GROUPS,
    }.items():
        for language in ("", "de", "es", "fa", "ru", "ur"):
            registered = profile.commands({"type": scope}, language)
            expected = menu_of(menu, None, texts_for(language))
            assert registered == [entry.to_dict() for entry in expected]
    assert profile.descriptions["de"] == texts_for("de").description
    assert profile.short_descriptions[""] == ENGLISH.short_description


# Questions


def test_an_answer_quotes_numbers_and_names_its_source(chat: PrivateChat) -> None:
    question = chat.send(DANCE)
    answer = chat.wait_for_message(after=question)
    assert answer.text == f"{DECODED} [1] · 2016-08-03\n\nSources\n[1] {SOURCE}"
    assert answer.marked("bold") == ["Sources", "How honeybees dance 🐝"]
    assert answer.labels == [["[1]"], ["👍", "👎"]]
    assert answer.reply_to == question


def test_a_source_with_an_address_is_a_link_and_shows_no_preview(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    answer = ask(chat, LIGHTHOUSE)
    number, same_number, source = [e["url"] for e in answer.entities if e["type"] == "text_link"]
    assert source == "https://example.org/lighthouse?a=1&b=2"
    assert number.startswith("https://t.me/telegram_server_bot?start=p_")
    assert same_number == number
    [sent] = shared_bot.server.calls("sendMessage", chat=chat)
    assert sent.parameters["link_preview_options"] == {"is_disabled": True}


def test_what_an_article_says_is_never_markup(chat: PrivateChat) -> None:
    answer = ask(chat, "Green tea italic steeps for two minutes?")
    assert "Green tea [italic]steeps[/italic] for two minutes. [1]" in answer.text
    assert "[1] [bold]Tea[/bold] <b>without</b> *sugar*" in answer.text


def test_a_sign_of_typing_comes_before_the_answer(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    ask(chat, DANCE)
    assert [call.method for call in shared_bot.server.calls(chat=chat)] == [
        "sendChatAction",
        "sendMessage",
    ]


def test_where_nothing_is_found_that_alone_is_said(chat: PrivateChat) -> None:
    said = ask(chat, UNANSWERED)
    assert said.text == ENGLISH.nothing_found
    assert (said.labels, said.entities) == ([], [])


@pytest.mark.parametrize(
    ("code", "english"),
    {
        "en": "English",
        "de": "Englisch",
        "es": "inglés",
        "fa": "انگلیسی",
        "ru": "английский",
        "ur": "انگریزی",
    }.items(),
)
def test_who_asks_in_a_language_of_no_article_is_told_which_to_ask_in(
    shared_bot: RunningBot, code: str, english: str
) -> None:
    server, texts = shared_bot.server, texts_for(code)
    chat = server.private_chat(server.user("Ada", language_code=code))
    said = ask(chat, "Какие языки сегодня официальные в Перу и Боливии?").text
    assert said.splitlines()[0] == texts.other_language(languages=english)
    assert texts.nothing_found not in said


@pytest.mark.parametrize("text", ["🐝", "?!", "…"])
def test_what_asks_nothing_is_no_question(chat: PrivateChat, text: str) -> None:
    assert ask(chat, text).text == ENGLISH.no_question


@pytest.mark.parametrize("what", ["sticker", "photo", "document"])
def test_what_is_no_text_gets_a_kind_word(chat: PrivateChat, what: str) -> None:
    sent, said = {
        "sticker": lambda: (chat.send_sticker(), ENGLISH.sticker),
        "photo": lambda: (chat.send_photo(caption=DANCE), ENGLISH.only_text),
        "document": lambda: (chat.send_document(b"An article."), ENGLISH.only_editors),
    }[what]()
    assert chat.wait_for_message(after=sent).text == said


def test_an_album_gets_one_word_for_all_its_pictures(chat: PrivateChat) -> None:
    for _ in range(3):
        sent = chat.send_photo(media_group_id="album-1")
    chat.send("/help")
    chat.wait_for_message(matching=help_for(None, ENGLISH))
    assert [message.text for message in chat.bot_messages()].count(ENGLISH.only_text) == 1
    assert chat.wait_for_message(after=chat.send_photo(media_group_id="album-2"))
    assert sent.reached_bot


def test_a_question_in_bold_with_a_link_is_a_question(chat: PrivateChat) -> None:
    asked = chat.send(DANCE, entities=[Entity("bold", 0, 3)])
    assert chat.wait_for_message(after=asked).text.startswith(DECODED)


def test_a_long_paste_is_answered_part_by_part_in_order(chat: PrivateChat) -> None:
    first, second = chat.paste(f"{DANCE} ".ljust(4096, ".") + LIGHTHOUSE)
    answers = [
        chat.wait_for_message(matching=partial(lambda asked, m: m.reply_to == asked, question))
        for question in (first, second)
    ]
    assert [DECODED in answers[0].text, "brothers Hale" in answers[1].text] == [True, True]


# Conversations


def test_a_follow_up_leans_on_the_question_before(reading_chat: PrivateChat) -> None:
    chat = reading_chat
    assert ask(chat, FOLLOW_UP).text.startswith(ENGLISH.unclear)
    ask(chat, "/new")
    ask(chat, LIGHTHOUSE)
    follow_up = ask(chat, FOLLOW_UP)
    assert follow_up.text.startswith(FOLLOWED)
    assert follow_up.labels


def test_after_new_nothing_is_leant_on(chat: PrivateChat) -> None:
    ask(chat, LIGHTHOUSE)
    ask(chat, "/new")
    assert ask(chat, FOLLOW_UP).text.startswith(ENGLISH.unclear)


def test_follow_ups_of_several_chats_are_kept_apart(reading_bot: RunningBot) -> None:
    ada, bob = reading_bot.chat("Ada"), reading_bot.chat("Bob")
    ask(ada, LIGHTHOUSE)
    assert ask(bob, FOLLOW_UP).text.startswith(ENGLISH.unclear)
    assert ask(ada, FOLLOW_UP).text.startswith(FOLLOWED)
