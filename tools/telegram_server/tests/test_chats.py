from typing import Any

import pytest

from .. import Entity, ManualClock, PrivateChat, TelegramServer, User, origins
from .conftest import Api


def updates(api: Any) -> Any:
    """The updates that came since the last look, without their numbers."""
    found = api.result("getUpdates")
    if found:
        api.result("getUpdates", offset=found[-1]["update_id"] + 1)
    return [{k: v for k, v in update.items() if k != "update_id"} for update in found]


def message_of(api: Any) -> Any:
    (update,) = updates(api)
    return update["message"]


def test_a_command_comes_with_its_entity(api: Api, chat: PrivateChat, ada: User) -> None:
    chat.send("/ask why is a.org down?")
    assert message_of(api) == {
        "message_id": 1,
        "from": ada.to_api(),
        "chat": chat.to_api(),
        "date": 1_800_000_000,
        "text": "/ask why is a.org down?",
        "entities": [
            {"type": "bot_command", "offset": 0, "length": 4},
            {"type": "url", "offset": 12, "length": 5},
        ],
    }


def test_people_may_format_their_text(api: Api, chat: PrivateChat) -> None:
    chat.send("this word", entities=[Entity("bold", 0, 4)])
    assert message_of(api)["entities"] == [{"type": "bold", "offset": 0, "length": 4}]


def test_a_reply_may_quote_a_part(api: Api, chat: PrivateChat) -> None:
    api.result("sendMessage", chat_id=chat.id, text="One 😀. Two.")
    chat.send("Sure?", reply_to=chat.bot_messages()[0], quote="Two.")
    message = message_of(api)
    assert message["reply_to_message"]["text"] == "One 😀. Two."
    assert message["quote"] == {"text": "Two.", "position": 8, "is_manual": True}
    with pytest.raises(ValueError, match="is no part of"):
        chat.send("Sure?", reply_to=chat.bot_messages()[0], quote="Three.")


def test_a_reply_in_a_reply_is_not_told(api: Api, chat: PrivateChat) -> None:
    first = chat.send("one")
    second = chat.send("two", reply_to=first)
    chat.send("three", reply_to=second)
    assert "reply_to_message" not in updates(api)[2]["message"]["reply_to_message"]


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (origins.from_hidden_user("Eve"), {"sender_user_name": "Eve"}),
        (origins.from_channel("News", username="news", message_id=5), {"message_id": 5}),
        (origins.from_group("Desk"), {"type": "chat"}),
    ],
)
def test_a_forward_tells_where_it_came_from(
    api: Api, chat: PrivateChat, origin: Any, told: Any
) -> None:
    chat.send("Old news", forwarded=origin)
    assert told.items() <= message_of(api)["forward_origin"].items()


def test_a_forward_may_come_from_a_person(
    api: Api, server: TelegramServer, chat: PrivateChat
) -> None:
    chat.send("Old news", forwarded=origins.from_user(server.user("Eve")))
    assert message_of(api)["forward_origin"]["sender_user"]["first_name"] == "Eve"


def test_an_edit_reaches_the_bot(api: Api, chat: PrivateChat, clock: ManualClock) -> None:
    question = chat.send("Wy?")
    clock.advance(5)
    question.edit("Why?")
    _, edit = updates(api)
    assert edit["edited_message"]["text"] == "Why?"
    assert edit["edited_message"]["edit_date"] == 1_800_000_005


def test_files_photos_and_stickers(api: Api, chat: PrivateChat) -> None:
    chat.send_document(b"a", name="a.pdf", mime_type="application/pdf", caption="see a.org")
    chat.send_photo(caption="A photo")
    chat.send_sticker("🥳")
    document, photo, sticker = (update["message"] for update in updates(api))
    assert document["document"]["mime_type"] == "application/pdf"
    assert document["caption_entities"][0]["type"] == "url"
    assert photo["photo"][0]["width"] == 800
    assert sticker["sticker"]["emoji"] == "🥳"


def test_a_caption_can_be_edited(api: Api, chat: PrivateChat) -> None:
    chat.send_document(b"a", caption="one").edit("two")
    edited = updates(api)[1]["edited_message"]
    assert (edited["caption"], "document" in edited) == ("two", True)


def test_an_album_has_one_number(api: Api, chat: PrivateChat) -> None:
    for _ in range(2):
        chat.send_document(b"a", media_group_id="7")
    assert {update["message"]["media_group_id"] for update in updates(api)} == {"7"}


def test_a_long_paste_comes_in_parts(api: Api, chat: PrivateChat) -> None:
    parts = chat.paste("word " * 1000)
    assert [len(part.text) for part in parts] == [4096 - 0, 4999 - 4096]
    assert len(updates(api)) == 2


def test_nobody_can_send_too_much_or_nothing(chat: PrivateChat) -> None:
    with pytest.raises(ValueError, match="a client splits after 4096"):
        chat.send("x" * 4097)
    with pytest.raises(ValueError, match="white space only"):
        chat.send("  ")


def test_blocking_and_unblocking_are_told(api: Api, chat: PrivateChat) -> None:
    chat.block()
    with pytest.raises(ValueError, match="has blocked the bot"):
        chat.send("hi")
    chat.unblock()
    changes = [update["my_chat_member"] for update in updates(api)]
    statuses = [
        (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in changes
    ]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


def test_privacy_mode_hides_what_is_not_for_the_bot(
    api: Api, server: TelegramServer, ada: User
) -> None:
    group = server.group("Desk", ada)
    api.result("sendMessage", chat_id=group.id, text="Hello")
    own = group.bot_messages()[0]
    hidden = group.send("just talking")
    assert not hidden.reached_bot
    group.send("/ask@another_bot why")
    group.send_document(b"a")
    assert updates(api) == []
    group.send("/ask why")
    group.send(f"/ask@{server.bot.username} why")
    group.send("why?", reply_to=own)
    group.send(f"@{server.bot.username} why?")
    group.send_document(b"a", reply_to=own)
    assert len(updates(api)) == 5


@pytest.mark.parametrize("how", ["privacy off", "administrator"])
def test_without_privacy_mode_the_bot_sees_all(
    api: Api, server: TelegramServer, ada: User, how: str
) -> None:
    group = server.group("Desk", ada)
    if how == "administrator":
        group.set_bot_status("administrator")
    server.bot.can_read_all_group_messages = how == "privacy off"
    group.send("just talking")
    assert updates(api)[-1]["message"]["text"] == "just talking"


def test_anonymous_administrators_write_as_the_group(
    api: Api, server: TelegramServer, ada: User
) -> None:
    group = server.supergroup("Desk", ada)
    group.send("/ask why", anonymously=True)
    message = message_of(api)
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == group.id


def test_a_bot_that_was_removed_sees_and_sends_nothing(
    api: Api, server: TelegramServer, ada: User
) -> None:
    group, supergroup = server.group("Desk", ada), server.supergroup("News", ada)
    for chat, kind in ((group, "group"), (supergroup, "supergroup")):
        chat.remove_bot()
        assert not chat.send("/ask why").reached_bot
        assert api.refusal("sendMessage", chat_id=chat.id, text="x") == (
            f"403 Forbidden: bot was kicked from the {kind} chat"
        )
        chat.add_bot()
        assert api.result("sendMessage", chat_id=chat.id, text="x")
    kinds = [next(iter(update)) for update in updates(api)]
    assert kinds == ["my_chat_member", "my_chat_member", "message"] * 2


def test_the_bot_may_leave(api: Api, server: TelegramServer, ada: User, chat: PrivateChat) -> None:
    group = server.group("Desk", ada)
    assert api.result("leaveChat", chat_id=group.id)
    assert api.refusal("sendMessage", chat_id=group.id, text="x") == (
        "403 Forbidden: bot is not a member of the group chat"
    )
    assert updates(api)[0]["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert "private chats" in api.refusal("leaveChat", chat_id=chat.id)


def test_a_group_that_became_a_supergroup_tells_its_number(
    api: Api, server: TelegramServer, ada: User
) -> None:
    group = server.group("Desk", ada)
    new = group.migrate()
    response = api.post("sendMessage", chat_id=group.id, text="x")
    assert response.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    assert api.result("sendMessage", chat_id=new.id, text="x")["message_id"] == 2
    old, fresh = (update["message"] for update in updates(api))
    assert (old["migrate_to_chat_id"], fresh["migrate_from_chat_id"]) == (new.id, group.id)
    with pytest.raises(ValueError, match="has become the supergroup"):
        group.send("/ask why")


def test_topics_are_for_forums_and_for_bots_with_topics(
    api: Api, server: TelegramServer, ada: User, chat: PrivateChat
) -> None:
    with pytest.raises(ValueError, match="has no topics"):
        chat.topic("Science")
    server.bot.has_topics_enabled = True
    message = chat.topic("Science").send("why")
    created, asked = (update["message"] for update in updates(api))
    assert created["forum_topic_created"]["name"] == "Science"
    assert asked["message_thread_id"] == created["message_id"] == message.thread_id
    assert asked["is_topic_message"]


def test_reactions_are_told_to_administrators_that_ask(
    api: Api, server: TelegramServer, ada: User
) -> None:
    group = server.group("Desk", ada)
    question = group.send("/why")
    group.set_bot_status("administrator")
    api.result("getUpdates", allowed_updates=["message_reaction"], offset=-1)
    question.react("👍")
    question.react(None)
    _, given, taken = updates(api)
    assert given["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert taken["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]


def test_members_and_their_status(api: Api, server: TelegramServer, ada: User) -> None:
    bob = server.user("Bob")
    group = server.supergroup("Desk", ada, bob)

    def status(user_id: Any) -> Any:
        return api.result("getChatMember", chat_id=group.id, user_id=user_id)["status"]

    assert [status(user.id) for user in (ada, bob, server.bot)] == ["creator", "member", "member"]
    for changed in ("administrator", "restricted", "left", "kicked"):
        group.set_status(bob, changed)
        assert status(bob.id) == changed
    assert api.refusal("getChatMember", chat_id=group.id, user_id=9) == (
        "400 Bad Request: PARTICIPANT_ID_INVALID"
    )
    group.join(server.user("Eve"))
    assert message_of(api)["new_chat_members"][0]["first_name"] == "Eve"


def test_get_chat_tells_all_that_is_required(
    api: Api, server: TelegramServer, ada: User, chat: PrivateChat
) -> None:
    assert api.result("getChat", chat_id=chat.id)["first_name"] == "Ada"
    forum = server.supergroup("Desk", ada, username="desk", forum=True)
    assert api.result("getChat", chat_id="@desk") == api.result("getChat", chat_id=forum.id)
    assert api.result("getChat", chat_id=forum.id)["is_forum"] is True


def test_an_edit_of_what_the_bot_wrote_is_not_for_people(api: Api, chat: PrivateChat) -> None:
    api.result("sendMessage", chat_id=chat.id, text="x")
    with pytest.raises(ValueError, match="is the bot's own"):
        chat.bot_messages()[0].edit("y")
