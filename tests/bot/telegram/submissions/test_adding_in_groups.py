"""Adding in groups: by those who may, and only when the bot is addressed."""

import pytest

from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.desk import Desk, page, story
from tests.corpus.site import Site
from tools.telegram_server import Supergroup, TelegramServer, User


@pytest.fixture
def bob(server: TelegramServer) -> User:
    return server.user("Bob")


@pytest.fixture
def group(desk: Desk, server: TelegramServer, bob: User) -> Supergroup:
    """A group that was let in, with an editor and somebody else; the bot hears everything."""
    server.state.bot.can_read_all_group_messages = True
    group = server.supergroup("Desk", bob, desk.ada.user)
    desk.footnote.people.admit(group.id, "Desk")
    return group


def test_a_link_or_a_file_in_a_group_is_left_alone(
    desk: Desk, group: Supergroup, site: Site
) -> None:
    link = site.page("/ferry", page(story(1)))
    group.send(link, sender=desk.ada.user)
    group.send_document(story(2).encode(), sender=desk.ada.user)
    group.send(story(3, sentences=40), sender=desk.ada.user)
    group.expect_silence(seconds=0.4)
    assert site.asked == []


def test_an_editor_adds_by_a_command_with_a_link_or_in_reply(
    desk: Desk, group: Supergroup, site: Site, bob: User
) -> None:
    sent = group.send(f"/add {site.page('/ferry', page(story(1)))}", sender=desk.ada.user)
    told = group.wait_for_message(matching="Passages: 1")
    assert told.text.startswith(f"{ENGLISH.added}\nThe ferry of Lorne")
    assert told.labels == []  # which open articles and take changes back in private only
    assert sent.reactions == ["👍"]
    document = group.send_document(f"Saddles\n\n{story(2)}".encode(), sender=bob)
    group.send("/add", sender=desk.ada.user, reply_to=document)
    group.wait_for_message(matching=f"{ENGLISH.added}\nSaddles")
    assert {"the-ferry-of-lorne", "saddles"} <= set(desk.names())


def test_an_editor_adds_a_file_by_a_command_under_it(
    desk: Desk, group: Supergroup, bob: User
) -> None:
    for number, caption in enumerate(("/add", "/add@telegram_server_bot  Of saddles ")):
        content = f"Bees {number}\n\n{story(2 + number)}".encode()
        group.send_document(content, caption=caption, sender=desk.ada.user)
    both = f"✓ Bees 0: {ENGLISH.added}\n✓ Of saddles: {ENGLISH.added}"
    told = group.wait_for_message(matching="Bees")
    told.wait_until(lambda m: m.text == both)
    assert "of-saddles" in desk.names()
    refused = group.send_document(b"Saddles", caption="/add", sender=bob)
    assert group.wait_for_message(after=refused).text == ENGLISH.only_editors
    for caption in ("/ask what is this?", "/add@other_bot"):
        group.send_document(content, caption=caption, sender=desk.ada.user)
    group.expect_silence(seconds=0.2)


def test_a_text_is_offered_where_it_stands_and_the_title_taken_by_a_reply(
    desk: Desk, group: Supergroup, bob: User
) -> None:
    post = group.send(f"Saddles\n\n{story(2)}", sender=bob)
    group.send("/add", sender=desk.ada.user, reply_to=post)
    offer = group.wait_for_message(matching=ENGLISH.offer_pasted)
    assert offer.press(ENGLISH.add, by=bob).wait_answered().text == ENGLISH.only_editors
    offer.press(ENGLISH.edit_title, by=desk.ada.user)
    asked = group.wait_for_message(matching=ENGLISH.title_how)
    group.send("Of bees", sender=bob, reply_to=asked)
    question = group.send("Of what?", sender=desk.ada.user, reply_to=offer)
    group.wait_for_message(matching=lambda m: m.reply_to == question)
    silly = group.send("…", sender=desk.ada.user, reply_to=asked)
    again = group.wait_for_message(matching=ENGLISH.title_refused)
    assert again.reply_to == silly
    group.send("Of saddles", sender=desk.ada.user, reply_to=again)
    offer.wait_until(lambda m: "\nOf saddles\n" in m.text)
    offer.press(ENGLISH.add, by=desk.ada.user)
    offer.wait_until(lambda m: m.text.startswith(f"{ENGLISH.added}\nOf saddles"))


def test_others_are_told_that_adding_is_for_editors(
    desk: Desk, group: Supergroup, site: Site, bob: User
) -> None:
    link = site.page("/ferry", page(story(1)))
    for how, told in (
        ({"sender": bob}, ENGLISH.only_editors),
        ({"anonymously": True}, ENGLISH.by_name),
    ):
        sent = group.send(f"/add {link}", **how)
        assert group.wait_for_message(after=sent).text == told
    assert site.asked == []


def test_in_a_group_that_was_not_let_in_nothing_is_added(
    desk: Desk, server: TelegramServer, site: Site
) -> None:
    group = server.supergroup("Other", desk.ada.user)
    desk.footnote.people.open_by_settings = False
    sent = group.send(f"/add {site.page('/x', page(story(1)))}", sender=desk.ada.user)
    assert group.wait_for_message(after=sent).text == ENGLISH.group_closed
    assert site.asked == []
