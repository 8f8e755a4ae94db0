from typing import Any

import pytest

from .. import ManualClock, Message, PrivateChat, TelegramServer, User
from ..validation import Json
from .conftest import Api

BAD = "400 Bad Request: "
BUTTONS = {"inline_keyboard": [[{"text": "b", "callback_data": "x"}]]}


@pytest.fixture
def message(api: Api, chat: PrivateChat) -> Any:
    api.result("sendMessage", chat_id=chat.id, text="first", reply_markup=BUTTONS)
    return chat.bot_messages()[-1]


@pytest.fixture
def place(chat: PrivateChat, message: Message) -> Any:
    return {"chat_id": chat.id, "message_id": message.id}


def test_an_edit_keeps_the_earlier_versions(
    api: Api, message: Message, place: Json, clock: ManualClock
) -> None:
    clock.advance(10)
    edited = api.result("editMessageText", **place, text="<u>second</u>", parse_mode="HTML")
    assert edited["edit_date"] == edited["date"] + 10
    assert [version.content["text"] for version in message.versions] == ["first", "second"]
    assert message.marked("underline") == ["second"]


def test_an_edit_without_a_keyboard_takes_it_away(api: Api, message: Message, place: Json) -> None:
    api.result("editMessageText", **place, text="second")
    assert message.buttons == []


def test_an_edit_that_changes_nothing_is_refused(api: Api, place: Json) -> None:
    same = {**place, "text": " first ", "reply_markup": BUTTONS}
    assert api.refusal("editMessageText", **same) == (
        BAD + "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


def test_the_keyboard_alone_can_be_edited(api: Api, message: Message, place: Json) -> None:
    assert "edit_date" not in api.result("editMessageReplyMarkup", **place)
    assert message.buttons == []
    assert api.refusal("editMessageReplyMarkup", **place).startswith(BAD + "message is not mod")
    assert message.text == "first"


def test_texts_are_held_to_the_same_limits(api: Api, place: Json) -> None:
    assert api.refusal("editMessageText", **place, text="x" * 4097) == BAD + "message is too long"
    assert api.refusal("editMessageText", **place, text="") == BAD + "message text is empty"


def test_only_own_messages_that_are_there_can_be_edited(
    api: Api, chat: PrivateChat, message: Message
) -> None:
    question = chat.send("Why?")
    foreign = {"chat_id": chat.id, "message_id": question.id, "text": "x"}
    assert api.refusal("editMessageText", **foreign) == BAD + "message can't be edited"
    missing = {**foreign, "message_id": 99}
    assert api.refusal("editMessageText", **missing) == BAD + "message to edit not found"
    nowhere = {"text": "x"}
    assert api.refusal("editMessageText", **nowhere) == BAD + "message identifier is not specified"


def test_a_message_that_forces_a_reply_cannot_be_edited(api: Api, chat: PrivateChat) -> None:
    sent = api.result("sendMessage", chat_id=chat.id, text="x", reply_markup={"force_reply": True})
    place = {"chat_id": chat.id, "message_id": sent["message_id"]}
    assert api.refusal("editMessageText", **place, text="y") == BAD + "message can't be edited"


def test_a_document_has_no_text_to_edit(api: Api, chat: PrivateChat) -> None:
    file_id = chat.send_document(b"a").file.file_id
    sent = api.result("sendDocument", chat_id=chat.id, document=file_id)
    place = {"chat_id": chat.id, "message_id": sent["message_id"]}
    assert api.refusal("editMessageText", **place, text="y") == (
        BAD + "there is no text in the message to edit"
    )


def test_a_deleted_message_is_gone(
    api: Api, chat: PrivateChat, message: Message, place: Json
) -> None:
    assert api.result("deleteMessage", **place)
    message.wait_deleted()
    assert chat.bot_messages() == []
    assert api.refusal("deleteMessage", **place) == BAD + "message to delete not found"
    assert api.refusal("editMessageText", **place, text="x") == BAD + "message to edit not found"


def test_after_two_days_a_message_cannot_be_deleted(
    api: Api, place: Json, clock: ManualClock
) -> None:
    clock.advance(48 * 3600 + 1)
    assert api.refusal("deleteMessage", **place) == (BAD + "message can't be deleted for everyone")


def test_only_an_administrator_deletes_what_others_wrote_in_a_group(
    server: TelegramServer, api: Api, ada: User
) -> None:
    group = server.group("Desk", ada)
    question = group.send("/why")
    place = {"chat_id": group.id, "message_id": question.id}
    assert api.refusal("deleteMessage", **place) == BAD + "message can't be deleted"
    group.set_bot_status("administrator")
    assert api.result("deleteMessage", **place)


def test_a_bot_reacts_with_one_emoji_that_telegram_knows(api: Api, chat: PrivateChat) -> None:
    question = chat.send("Why?")
    place = {"chat_id": chat.id, "message_id": question.id}

    def emoji(*names: Any) -> Any:
        return [{"type": "emoji", "emoji": name} for name in names]

    assert api.result("setMessageReaction", **place, reaction=emoji("👀"))
    assert question.reactions == ["👀"]
    assert api.refusal("setMessageReaction", **place, reaction=emoji("🥸")) == (
        BAD + "REACTION_INVALID"
    )
    assert api.refusal("setMessageReaction", **place, reaction=emoji("👀", "👍")) == (
        BAD + "REACTIONS_TOO_MANY"
    )
    assert api.result("setMessageReaction", **place, reaction=[])
    assert question.reactions == []
    assert api.refusal("setMessageReaction", chat_id=chat.id, message_id=9) == (
        BAD + "message to react not found"
    )
