"""Articles renamed, replaced and removed in a chat, and all that taken back."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from footnote.bot.articles.changes import KEPT_SECONDS
from footnote.bot.database.tables import awaited, sent
from footnote.bot.telegram.commands import help_for
from footnote.bot.telegram.texts import ENGLISH
from tests.bot.commands import ASKED, FERRY
from tests.bot.telegram.articles.test_article_list import card, tapped
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, DECODED, LIGHTHOUSE, UNANSWERED, ask
from tools.telegram_server import Message, PrivateChat, TelegramServer
from tools.telegram_server.people import User


@pytest.fixture
def ada(server: TelegramServer) -> User:
    return server.user("Ada", last_name="Winter")


@pytest.fixture
def bot(server: TelegramServer, tmp_path: Path, ada: User) -> Iterator[RunningBot]:
    """A bot of the test's own, of which Ada is an editor."""
    with RunningBot(server, tmp_path, editors={ada.id}) as running:
        yield running


@pytest.fixture
def chat(bot: RunningBot, ada: User) -> PrivateChat:
    return bot.server.private_chat(ada)


def title(bot: RunningBot, article: str = "tea") -> str:
    return bot.footnote.store.read(article).title


def removed(chat: PrivateChat, words: str) -> Message:
    """The message that tells of a removal."""
    return tapped(tapped(card(chat, words), ENGLISH.remove), ENGLISH.remove)


# Renaming


def test_the_next_message_is_the_new_title_and_the_card_shows_it(
    bot: RunningBot, chat: PrivateChat
) -> None:
    shown = card(chat, "tea")
    assert shown.labels == [
        [ENGLISH.open],
        [ENGLISH.rename, ENGLISH.replace, ENGLISH.remove],
        [ENGLISH.to_list],
    ]
    asking = tapped(shown, ENGLISH.rename)
    assert asking.text == ENGLISH.rename_how(title="[bold]Tea[/bold] <b>without</b> *sugar*")
    assert asking.labels == [[ENGLISH.cancel]]
    told = ask(chat, "Of tea:\n 101 leaves")
    assert told.text == ENGLISH.renamed(title="Of tea: 101 leaves")
    assert title(bot) == "Of tea: 101 leaves"
    asking.wait_until(re.compile(r"^Of tea: 101 leaves · "))
    assert "Of tea: 101 leaves" in ask(chat, "/articles leaves").text
    back = tapped(told, ENGLISH.undo)
    assert title(bot) == "[bold]Tea[/bold] <b>without</b> *sugar*"
    assert back.text == ENGLISH.undone_renamed(who="Ada Winter", title=title(bot))
    assert tapped(back, ENGLISH.to_card).text.startswith(title(bot))


def test_a_restart_does_not_forget_that_a_title_was_asked_for(
    server: TelegramServer, tmp_path: Path, ada: User
) -> None:
    chat = server.private_chat(ada)
    with RunningBot(server, tmp_path, owners={ada.id}):
        tapped(card(chat, "tea"), ENGLISH.rename)
    with RunningBot(server, tmp_path, owners={ada.id}) as bot:
        assert ask(chat, "Leaves").text == ENGLISH.renamed(title="Leaves")
        assert title(bot) == "Leaves"


def test_a_title_that_is_cancelled_or_comes_late_is_a_question_as_ever(
    bot: RunningBot, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = title(bot)
    assert tapped(tapped(card(chat, "tea"), ENGLISH.rename), ENGLISH.cancel).text.startswith(before)
    assert ask(chat, DANCE).text.startswith(DECODED)
    tapped(card(chat, "tea"), ENGLISH.rename)
    assert ask(chat, "/cancel").text == ENGLISH.left_as_is
    assert ask(chat, DANCE).text.startswith(DECODED)
    tapped(card(chat, "tea"), ENGLISH.rename)
    with bot.footnote.state.transaction() as connection:
        connection.execute(update(awaited).values(until=time.time() - 1))
    assert ask(chat, DANCE).text.startswith(DECODED)
    assert title(bot) == before


def test_what_cannot_be_a_title_is_refused_and_another_one_awaited(
    bot: RunningBot, chat: PrivateChat
) -> None:
    tapped(card(chat, "tea"), ENGLISH.rename)
    for text in ("x" * 201, "\u2060"):
        assert ask(chat, text).text == ENGLISH.no_title(most=200)
    ask(chat, "Leaves")
    assert title(bot) == "Leaves"


def test_a_sticker_brings_no_title(bot: RunningBot, chat: PrivateChat) -> None:
    tapped(card(chat, "tea"), ENGLISH.rename)
    assert chat.wait_for_message(after=chat.send_sticker()).text == ENGLISH.sticker
    assert ask(chat, "Leaves").text == ENGLISH.renamed(title="Leaves")


def test_an_article_that_goes_while_its_title_is_awaited_is_told(
    bot: RunningBot, chat: PrivateChat
) -> None:
    tapped(card(chat, "tea"), ENGLISH.rename)
    (bot.articles / "tea.md").unlink()
    assert ask(chat, "Leaves").text == ENGLISH.article_gone


def test_a_title_that_is_handled_again_after_a_crash_is_no_question(
    bot: RunningBot, chat: PrivateChat
) -> None:
    tapped(card(chat, "tea"), ENGLISH.rename)
    brought = chat.send(LIGHTHOUSE)
    told = chat.wait_for_message(after=brought)
    bot.server.inject("message", brought.to_api())
    assert ask(chat, "/help").text.startswith(ENGLISH.help)
    assert chat.bot_messages(after=brought)[0] == told
    assert title(bot) == LIGHTHOUSE
    assert bot.footnote.receipts.count() == 0


# Replacing


def test_the_next_thing_replaces_the_article_and_questions_are_answered_from_it(
    bot: RunningBot, chat: PrivateChat
) -> None:
    asking = tapped(card(chat, "tea"), ENGLISH.replace)
    assert asking.text == ENGLISH.replace_how(title=title(bot))
    assert asking.labels == [[ENGLISH.cancel]]
    file = chat.send_document(f"Of ferries\n\n{FERRY}".encode(), name="ferries.txt")
    chat.wait_for_message(after=file, matching="A new version of an article")
    assert bot.footnote.store.read("tea").text == FERRY.strip()
    assert len(list(bot.articles.glob("*.md"))) == 3
    assert ask(chat, ASKED).text.startswith(FERRY.strip())
    back = ask(chat, "/undo").text
    assert back == ENGLISH.undone_replaced(title=title(bot), who="Ada Winter")
    assert title(bot).startswith("[bold]Tea")


def test_a_replacement_that_is_cancelled_replaces_nothing(
    bot: RunningBot, chat: PrivateChat
) -> None:
    tapped(tapped(card(chat, "tea"), ENGLISH.replace), ENGLISH.cancel)
    before = bot.footnote.store.content("tea")
    assert ask(chat, DANCE).text.startswith(DECODED)
    assert bot.footnote.store.content("tea") == before


# Removing


def test_remove_asks_once_and_can_be_undone_by_its_button(
    bot: RunningBot, chat: PrivateChat
) -> None:
    before = (bot.articles / "honeybees.md").read_bytes()
    asking = tapped(card(chat, "honeybees"), ENGLISH.remove)
    assert asking.text == ENGLISH.remove_indeed(title="How honeybees dance 🐝")
    assert asking.labels == [[ENGLISH.remove, ENGLISH.cancel]]
    assert tapped(asking, ENGLISH.cancel).text.startswith("How honeybees dance 🐝")
    told = tapped(tapped(asking, ENGLISH.remove), ENGLISH.remove)
    assert told.text == ENGLISH.removed(title="How honeybees dance 🐝")
    assert not (bot.articles / "honeybees.md").exists()
    assert not ask(chat, DANCE).text.startswith(DECODED)
    assert ask(chat, "/articles").text.startswith("Articles: 2\n")
    back = tapped(told, ENGLISH.undo)
    assert back.text == ENGLISH.undone_removed(title="How honeybees dance 🐝", who="Ada Winter")
    assert (bot.articles / "honeybees.md").read_bytes() == before
    assert ask(chat, DANCE).text.startswith(DECODED)


def test_the_button_takes_back_its_own_removal_whatever_was_changed_since(
    bot: RunningBot, chat: PrivateChat
) -> None:
    told = removed(chat, "honeybees")
    bot.footnote.library.rename("tea", "Leaves", who="Bo")
    tapped(told, ENGLISH.undo)
    assert (bot.articles / "honeybees.md").exists()
    assert title(bot) == "Leaves"


def test_two_taps_on_remove_or_undo_do_it_once_and_show_the_same(
    bot: RunningBot, chat: PrivateChat
) -> None:
    asking = tapped(card(chat, "honeybees"), ENGLISH.remove)
    for label, told in (
        (ENGLISH.remove, ENGLISH.removed(title="How honeybees dance 🐝")),
        (ENGLISH.undo, "Taken back: “How honeybees dance 🐝”, removed by Ada Winter"),
    ):
        data = asking.button(label).data
        asking.press_data(data)
        asking.wait_until(told)
        asking.press_data(data).wait_answered()
        chat.wait_quiet(seconds=0.5)
        assert asking.text.startswith(told)
    assert (bot.articles / "honeybees.md").exists()


def test_remove_asks_again_where_the_article_is_not_the_one_that_was_shown(
    bot: RunningBot, chat: PrivateChat
) -> None:
    asking = tapped(card(chat, "tea"), ENGLISH.remove)
    bot.footnote.library.rename("tea", "Leaves", who="Bo")
    again = tapped(asking, ENGLISH.remove)
    assert again.text == ENGLISH.remove_indeed(title="Leaves")
    tapped(again, ENGLISH.remove)
    assert not (bot.articles / "tea.md").exists()


def test_a_forged_place_in_the_list_makes_no_button_too_long(
    bot: RunningBot, chat: PrivateChat
) -> None:
    shown = card(chat, "tea")
    action, _, handle, *_ = shown.button(ENGLISH.remove).data.split(":")
    forged = shown.press_data(f"{action}::{handle}:{'9' * 20}:{'9' * 20}")
    assert forged.wait_answered().text == ENGLISH.unknown_button
    shown.press_data(f"{action}::{handle}:{'9' * 9}:{'9' * 9}")
    asking = shown.wait_until(ENGLISH.remove_indeed("")[:8])
    assert all(len(button.data) <= 64 for row in asking.buttons for button in row)
    tapped(asking, ENGLISH.remove)
    assert not (bot.articles / "tea.md").exists()


def test_a_change_is_taken_back_in_private_only(
    bot: RunningBot, chat: PrivateChat, ada: User
) -> None:
    data = removed(chat, "tea").button(ENGLISH.undo).data
    group = bot.server.supergroup("Desk", ada)
    listed = group.wait_for_message(after=group.send("/articles"))
    assert listed.press_data(data).wait_answered().text == ENGLISH.unknown_button
    assert not (bot.articles / "tea.md").exists()


def test_after_a_day_the_button_says_that_it_is_too_late(
    bot: RunningBot, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = removed(chat, "tea")
    later = time.time() + KEPT_SECONDS + 60
    monkeypatch.setattr("footnote.bot.articles.changes.time.time", lambda: later)
    assert tapped(told, ENGLISH.undo).text == ENGLISH.undo_nothing


def test_what_was_added_again_meanwhile_is_not_there_twice(
    bot: RunningBot, chat: PrivateChat
) -> None:
    there = bot.footnote.store.read("tea")
    told = removed(chat, "tea")
    (bot.articles / "leaves.md").write_text(f"---\ntitle: Leaves\n---\n{there.text}\n")
    assert tapped(told, ENGLISH.undo).text == ENGLISH.undo_here_again(title="Leaves")
    assert not (bot.articles / "tea.md").exists()


def test_a_folder_that_cannot_be_written_changes_nothing_and_is_told(
    bot: RunningBot, chat: PrivateChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    tapped(card(chat, "tea"), ENGLISH.rename)
    before = title(bot)
    with monkeypatch.context() as disk:
        disk.setattr("footnote.corpus.files_in_folder.write_whole", full)
        assert ask(chat, "Leaves").text == ENGLISH.not_saved
    assert title(bot) == before


# /undo


def test_undo_takes_back_the_last_changes_one_by_one_and_says_whose_they_were(
    bot: RunningBot, chat: PrivateChat
) -> None:
    library = bot.footnote.library
    library.rename("tea", "Leaves", who="Bo")
    library.remove("honeybees")
    told = ask(chat, "/undo")
    assert told.text == ENGLISH.undone_removed(title="How honeybees dance 🐝", who=ENGLISH.somebody)
    assert ask(chat, "/undo").text == ENGLISH.undone_renamed(
        title="[bold]Tea[/bold] <b>without</b> *sugar*", who="Bo"
    )
    assert ask(chat, "/undo").text == ENGLISH.undo_nothing


def test_undo_leaves_alone_what_was_changed_by_hand_since(
    bot: RunningBot, chat: PrivateChat
) -> None:
    bot.footnote.library.rename("tea", "Leaves")
    (bot.articles / "tea.md").write_text("---\ntitle: By hand\n---\nText by hand.\n")
    assert ask(chat, "/undo").text == ENGLISH.undo_changed(
        title="[bold]Tea[/bold] <b>without</b> *sugar*"
    )
    assert title(bot) == "By hand"


def test_undo_that_is_handled_again_after_a_crash_takes_back_no_second_change(
    bot: RunningBot, chat: PrivateChat
) -> None:
    library = bot.footnote.library
    library.rename("tea", "Leaves", who="Bo")
    library.remove("honeybees", who="Bo")
    request = chat.send("/undo")
    chat.wait_for_message(after=request)
    with bot.footnote.state.transaction() as connection:  # as if it had not been told
        connection.execute(delete(sent).where(sent.c.key.startswith("answer:")))
    bot.server.inject("message", request.to_api())
    chat.wait_for_message(matching=lambda m: m.text.startswith("Taken back") and m.id > 2)
    chat.wait_quiet(seconds=0.2)
    assert (bot.articles / "honeybees.md").exists()
    assert title(bot) == "Leaves"


# Who may


def test_readers_change_nothing_by_buttons_of_others_or_commands(
    bot: RunningBot, chat: PrivateChat
) -> None:
    eve = bot.chat("Eve")
    editors, hers = card(chat, "tea"), card(eve, "tea")
    asking = tapped(card(chat, "tea"), ENGLISH.remove)
    told = removed(chat, "honeybees")
    for data in (
        *(
            editors.button(label).data
            for label in (ENGLISH.rename, ENGLISH.replace, ENGLISH.remove)
        ),
        asking.button(ENGLISH.remove).data,
        told.button(ENGLISH.undo).data,
    ):
        assert hers.press_data(data).wait_answered().text == ENGLISH.editors_only
    assert ask(eve, "/undo").text == ENGLISH.editors_only
    assert (bot.articles / "tea.md").exists()
    assert not (bot.articles / "honeybees.md").exists()


def test_an_editor_who_is_none_any_more_brings_no_title(
    server: TelegramServer, tmp_path: Path, ada: User
) -> None:
    chat = server.private_chat(ada)
    with RunningBot(server, tmp_path, editors={ada.id}):
        tapped(card(chat, "tea"), ENGLISH.rename)
    with RunningBot(server, tmp_path) as bot:
        before = title(bot)
        assert ask(chat, "Leaves").text == ENGLISH.editors_only
        assert title(bot) == before


def test_editors_have_their_commands_and_their_help(
    bot: RunningBot, chat: PrivateChat, ada: User
) -> None:
    assert ENGLISH.help_editor in ask(chat, "/help").text
    ask(chat, "/start")
    ask(chat, UNANSWERED)
    scope = {"type": "chat", "chat_id": ada.id}
    mine = {command["command"] for command in bot.server.profile.commands(scope)}
    assert {"undo", "articles"} <= mine
    assert "invite" not in mine
    assert ask(bot.chat("Eve"), "/help").text == help_for(None, ENGLISH)
    assert ask(chat, LIGHTHOUSE).labels
