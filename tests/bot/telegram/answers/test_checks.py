"""/check: each sentence of a claim with what supports it."""

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, FOLLOW_UP, FOLLOWED, LIGHTHOUSE, ask
from tools.telegram_server import PrivateChat, TelegramServer

CLAIM = "Karl von Frisch decoded the waggle dance of honeybees."
FALSE = "Karl von Braun decoded the waggle dance of honeybees."
SUPPORTED = ENGLISH.supported
SOURCES = "Sources\n[1] How honeybees dance 🐝 · 2016-08-03"


def test_each_sentence_is_shown_with_what_supports_it(chat: PrivateChat) -> None:
    said = ask(chat, f"/check {CLAIM} Elephants paint ceilings in Vienna.")
    assert said.text == (
        f"✓ {CLAIM}\n{SUPPORTED} {DECODED} [1] · 2016-08-03\n\n"
        f"○ Elephants paint ceilings in Vienna.\n{ENGLISH.unsupported}\n\n{SOURCES}"
    )
    assert said.marked("italic") == [CLAIM, "Elephants paint ceilings in Vienna."]
    assert said.labels == [["[1]"]]
    said.press("[1]")
    assert said.wait_edited().marked("underline") == [DECODED]
    said.press(ENGLISH.back)
    assert said.wait_edited().text.startswith(f"✓ {CLAIM}")


def test_what_an_article_contradicts_is_shown_with_the_sentence_that_does(
    chat: PrivateChat,
) -> None:
    claim = CLAIM.replace("decoded", "never decoded")
    said = ask(chat, f"/check {claim}")
    assert said.text == f"✗ {claim}\n{ENGLISH.contradicted} {DECODED} [1] · 2016-08-03\n\n{SOURCES}"
    said.press("[1]")
    assert said.wait_edited().marked("underline") == [DECODED]


def test_what_nothing_supports_cites_nothing(chat: PrivateChat) -> None:
    said = ask(chat, f"/check {FALSE}")
    assert said.text == f"○ {FALSE}\n{ENGLISH.unsupported}"
    assert said.labels == []


def test_of_a_claim_in_another_language_it_is_said_in_which_to_put_it(chat: PrivateChat) -> None:
    claim = "Слоны расписывают потолки и красят стены."
    told = ENGLISH.other_language(languages="English")
    assert ask(chat, f"/check {claim}").text == f"○ {claim}\n{ENGLISH.unsupported}\n\n{told}"


def test_a_reply_with_check_checks_the_message(chat: PrivateChat) -> None:
    claim = chat.send(f"{CLAIM} ")
    chat.wait_for_message(after=claim)
    said = chat.wait_for_message(after=chat.send("/check", reply_to=claim))
    assert said.text.startswith(f"✓ {CLAIM}\n{SUPPORTED} {DECODED} [1]")


def test_of_a_quoted_part_that_is_checked(chat: PrivateChat) -> None:
    claim = chat.send(f"Hello. {FALSE} {CLAIM}")
    chat.wait_for_message(after=claim)
    said = chat.wait_for_message(after=chat.send("/check", reply_to=claim, quote=CLAIM))
    assert said.text.startswith(f"✓ {CLAIM}")


def test_of_an_answer_its_own_sentences_are_checked(chat: PrivateChat) -> None:
    answer = ask(chat, DANCE)
    said = chat.wait_for_message(after=chat.send("/check", reply_to=answer))
    assert said.text == f"✓ {DECODED}\n{SUPPORTED} {DECODED} [1] · 2016-08-03\n\n{SOURCES}"


def test_in_a_group_anybodys_message_can_be_checked(
    server: TelegramServer, bot: RunningBot
) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    group = server.supergroup("Desk", ada, bob)
    claim = group.send(CLAIM, sender=bob)
    said = group.wait_for_message(after=group.send("/check", reply_to=claim, sender=ada))
    assert said.text.startswith(f"✓ {CLAIM}")


def test_an_edited_check_edits_its_result(chat: PrivateChat) -> None:
    asked = chat.send(f"/check {FALSE}")
    said = chat.wait_for_message(after=asked)
    asked.edit(f"/check {CLAIM}")
    assert said.wait_edited().text.startswith(f"✓ {CLAIM}")


def test_a_check_without_a_claim_says_how(chat: PrivateChat) -> None:
    assert ask(chat, "/check").text == ENGLISH.check_how
    assert ask(chat, "/check 🐝?!").text == ENGLISH.check_nothing


def test_a_check_is_no_part_of_the_conversation(reading_chat: PrivateChat) -> None:
    ask(reading_chat, LIGHTHOUSE)
    ask(reading_chat, f"/check {CLAIM}")
    assert ask(reading_chat, FOLLOW_UP).text.startswith(FOLLOWED)


def test_of_a_long_text_the_first_sentences_are_checked_and_that_is_said(
    chat: PrivateChat,
) -> None:
    said = ask(chat, "/check " + "Elephants paint ceilings in Vienna. " * 30)
    assert said.text.count("○") == 20
    assert said.text.endswith(ENGLISH.checked_first(count=20))
