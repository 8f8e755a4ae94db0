"""What people in private chats are told, by a bot that all of these tests share."""

import re
from collections.abc import Callable

import pytest

from bot.telegram import texts
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, FOLLOW_UP, LIGHTHOUSE, UNANSWERED, ask
from tests.telegram_server import Entity, Message, PrivateChat

SOURCE = "How honeybees dance 🐝 · Ada Winter · 2016-08-03 · The Meadow"


# Commands


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/start", texts.START),
        ("/start p_1", texts.START),
        ("/help", texts.HELP),
        ("/new", texts.NEW),
        ("/help@telegram_server_bot", texts.HELP),
    ],
)
def test_commands_are_obeyed(chat: PrivateChat, command: str, said: str) -> None:
    assert ask(chat, command).text == said


@pytest.mark.parametrize("command", ["/nonsense", "/1", "/startle", "/new@another_bot"])
def test_an_unknown_command_is_no_question_and_gets_the_help(
    chat: PrivateChat, command: str
) -> None:
    assert ask(chat, command).text == texts.HELP


def test_a_command_in_the_middle_of_a_sentence_is_part_of_the_question(chat: PrivateChat) -> None:
    said = ask(chat, f"{DANCE} /new")
    assert said.text.startswith(DECODED)


def test_the_articles_are_listed_newest_first_as_they_are_written(chat: PrivateChat) -> None:
    listed = ask(chat, "/articles")
    assert listed.text.splitlines() == [
        "Articles (3)",
        "• How honeybees dance 🐝 · 2016-08-03",
        "• The lighthouse of Port Ellis · 1911",
        "• [bold]Tea[/bold] <b>without</b> *sugar*",
    ]
    assert listed.marked("text_link") == ["The lighthouse of Port Ellis"]


def test_the_commands_are_registered_with_telegram(shared_bot: RunningBot) -> None:
    registered = [command["command"] for command in shared_bot.server.profile.commands()]
    assert registered == ["new", "articles", "help"]


# Questions


def test_an_answer_quotes_numbers_and_names_its_source(chat: PrivateChat) -> None:
    question = chat.send(DANCE)
    answer = chat.wait_for_message(after=question)
    assert answer.text == f"{DECODED} [1]\n\nSources\n[1] {SOURCE}"
    assert answer.marked("bold") == ["[1]", "Sources", "How honeybees dance 🐝"]
    assert answer.labels == [["[1]"]]
    assert answer.reply_to == question


def test_a_source_with_an_address_is_a_link_and_shows_no_preview(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    answer = ask(chat, LIGHTHOUSE)
    assert [e["url"] for e in answer.entities if e["type"] == "text_link"] == [
        "https://example.org/lighthouse?a=1&b=2"
    ]
    [sent] = shared_bot.server.calls("sendMessage", chat=chat)
    assert sent.parameters["link_preview_options"] == {"is_disabled": True}


def test_what_an_article_says_is_never_markup(chat: PrivateChat) -> None:
    answer = ask(chat, "Green tea italic steeps for two minutes?")
    assert "Green tea [italic]steeps[/italic] for two minutes. [1]" in answer.text
    assert "[1] [bold]Tea[/bold] <b>without</b> *sugar* · [red]Bo[/red]" in answer.text


def test_a_sign_of_typing_comes_before_the_answer(
    shared_bot: RunningBot, chat: PrivateChat
) -> None:
    ask(chat, DANCE)
    assert [call.method for call in shared_bot.server.calls(chat=chat)] == [
        "sendChatAction",
        "sendMessage",
    ]


def test_where_the_articles_do_not_answer_nothing_is_cited(chat: PrivateChat) -> None:
    said = ask(chat, UNANSWERED)
    head, _, near = said.text.partition(f"\n\n{texts.NEAR}\n")
    assert head == texts.NOT_ANSWERED
    assert near.startswith("• ")
    assert said.labels == []
    assert "[1]" not in said.text


@pytest.mark.parametrize("text", ["🐝", "?!", "…"])
def test_what_asks_nothing_is_no_question(chat: PrivateChat, text: str) -> None:
    assert ask(chat, text).text == texts.NO_QUESTION


@pytest.mark.parametrize("what", ["sticker", "photo", "document"])
def test_what_is_no_text_gets_a_kind_word(chat: PrivateChat, what: str) -> None:
    sent = {
        "sticker": lambda: chat.send_sticker(),
        "photo": lambda: chat.send_photo(caption=DANCE),
        "document": lambda: chat.send_document(b"An article."),
    }[what]()
    assert chat.wait_for_message(after=sent).text == texts.ONLY_TEXT


def test_an_album_gets_one_word_for_all_its_pictures(chat: PrivateChat) -> None:
    for _ in range(3):
        sent = chat.send_photo(media_group_id="album-1")
    chat.send("/help")
    chat.wait_for_message(matching=texts.HELP)
    assert [message.text for message in chat.bot_messages()].count(texts.ONLY_TEXT) == 1
    assert chat.wait_for_message(after=chat.send_photo(media_group_id="album-2"))
    assert sent.reached_bot


def test_a_question_in_bold_with_a_link_is_a_question(chat: PrivateChat) -> None:
    asked = chat.send(DANCE, entities=[Entity("bold", 0, 3)])
    assert chat.wait_for_message(after=asked).text.startswith(DECODED)


def test_a_long_paste_is_answered_part_by_part_in_order(chat: PrivateChat) -> None:
    first, second = chat.paste(f"{DANCE} ".ljust(4096, ".") + LIGHTHOUSE)
    answers = [
        chat.wait_for_message(matching=lambda m, q=q: m.reply_to == q) for q in (first, second)
    ]
    assert [DECODED in answers[0].text, "brothers Hale" in answers[1].text] == [True, True]


# Conversations


def test_a_follow_up_leans_on_the_question_before(chat: PrivateChat) -> None:
    assert ask(chat, FOLLOW_UP).text.startswith(texts.NOT_ANSWERED)
    ask(chat, "/new")
    ask(chat, LIGHTHOUSE)
    follow_up = ask(chat, FOLLOW_UP)
    assert follow_up.text.startswith("The lighthouse of Port Ellis was built")
    assert follow_up.labels


def test_after_new_nothing_is_leant_on(chat: PrivateChat) -> None:
    ask(chat, LIGHTHOUSE)
    ask(chat, "/new")
    assert ask(chat, FOLLOW_UP).text.startswith(texts.NOT_ANSWERED)


def test_follow_ups_of_several_chats_are_kept_apart(shared_bot: RunningBot) -> None:
    ada, bob = shared_bot.chat("Ada"), shared_bot.chat("Bob")
    ask(ada, LIGHTHOUSE)
    assert ask(bob, FOLLOW_UP).text.startswith(texts.NOT_ANSWERED)
    assert ask(ada, FOLLOW_UP).text.startswith("The lighthouse of Port Ellis")


# Buttons


def test_a_number_opens_the_passage_with_the_sentence_marked(chat: PrivateChat) -> None:
    press = ask(chat, DANCE).press("[1]")
    assert press.wait_answered().text == ""
    passage = chat.wait_for_message(after=press)
    assert passage.text.startswith(f"[1] {SOURCE}\n\nHoneybees 🐝 visit")
    assert passage.marked("underline") == [DECODED]
    assert DECODED in passage.marked("bold")
    [quotation] = passage.marked("expandable_blockquote")
    assert quotation.startswith("Honeybees 🐝 visit flowers. נחיל דבורים means a swarm")
    assert quotation.endswith("👩‍🔬 Each waggle tells how distant the nectar stands.")


def test_each_number_opens_its_own_passage_of_its_own_answer(chat: PrivateChat) -> None:
    first, second = ask(chat, DANCE), ask(chat, LIGHTHOUSE)
    for answer, said in [(first, "Frisch"), (second, "Hale"), (first, "Frisch")]:
        press = answer.press("[1]")
        [sentence] = chat.wait_for_message(after=press).marked("underline")
        assert said in sentence


def test_a_number_opens_even_when_telegram_no_longer_shows_the_bot_its_message(
    chat: PrivateChat,
) -> None:
    press = ask(chat, DANCE).press("[1]", inaccessible=True)
    assert press.wait_answered().text == ""
    assert chat.wait_for_message(after=press).marked("underline") == [DECODED]


def refused(answer: Message, data: str) -> str:
    press = answer.press_data(data)
    told = press.wait_answered().text
    answer.chat.wait_quiet(seconds=0.1)
    assert answer.chat.bot_messages(after=press) == []
    return told


@pytest.mark.parametrize(
    "forge",
    [
        lambda data: data + "7",
        lambda data: data.removesuffix(":1") + ":0",
        lambda data: data.removesuffix(":1") + ":-1",
        lambda data: data.removesuffix(":1") + ":",
        lambda data: data.removesuffix(":1"),
        lambda data: data.removesuffix(":1") + ":²",
        lambda data: data.removesuffix(":1") + ":1:1",
        lambda data: "p:AAAAAAAAAAAA:1",
        lambda data: "q" + data[1:],
        lambda data: "show_source|41|2",
        lambda data: '{"a": 1}',
        lambda data: "x" * 64,
        lambda data: ":",
    ],
)
def test_a_forged_or_outdated_button_gets_one_plain_word_and_the_spinner_ends(
    chat: PrivateChat, forge: Callable[[str], str]
) -> None:
    answer = ask(chat, DANCE)
    data = answer.button("[1]").data
    assert re.fullmatch(r"p:[\w-]{12}:1", data)
    assert refused(answer, forge(data)) == texts.UNKNOWN_BUTTON


def test_another_chats_receipt_is_not_opened(shared_bot: RunningBot, chat: PrivateChat) -> None:
    others = ask(shared_bot.chat("Bob"), LIGHTHOUSE).button("[1]").data
    assert refused(ask(chat, DANCE), others) == texts.UNKNOWN_BUTTON


# What is left alone


def test_edited_messages_are_left_alone(shared_bot: RunningBot, chat: PrivateChat) -> None:
    question = chat.send(DANCE)
    answer = chat.wait_for_message(after=question)
    question.edit(LIGHTHOUSE)
    ask(chat, "/help")
    assert len(chat.bot_messages(after=answer)) == 1
    assert answer.edits == 0


def test_groups_are_left_alone(shared_bot: RunningBot, chat: PrivateChat) -> None:
    group = shared_bot.server.group("Desk", chat.user)
    shared_bot.server.bot.can_read_all_group_messages = True
    try:
        for text in (DANCE, "/help", "/start@telegram_server_bot", "/nonsense"):
            group.send(text)
        group.send_sticker()
    finally:
        shared_bot.server.bot.can_read_all_group_messages = False
    ask(chat, "/help")
    assert group.bot_messages() == []
    assert shared_bot.server.calls(chat=group) == []
