from typing import Any

import pytest

from .. import ManualClock, PrivateChat, TelegramServer, User
from .conftest import Api

BAD = "400 Bad Request: "


@pytest.fixture
def send(api: Api, chat: PrivateChat) -> Any:
    return lambda text="x", **how: api.result("sendMessage", chat_id=chat.id, text=text, **how)


@pytest.fixture
def refused(api: Api, chat: PrivateChat) -> Any:
    def call(text: Any = "x", **how: Any) -> Any:
        return api.refusal("sendMessage", chat_id=chat.id, text=text, **how).removeprefix(BAD)

    return call


def test_a_message_comes_back_as_it_stands_in_the_chat(
    server: TelegramServer, api: Api, chat: PrivateChat, send: Any
) -> None:
    sent = send("<b>Hi</b> @ada_l ", parse_mode="HTML", protect_content=True)
    assert sent == {
        "message_id": 1,
        "from": {
            "id": server.bot.id,
            "is_bot": True,
            "first_name": "Test bot",
            "username": "telegram_server_bot",
        },
        "chat": {"id": chat.id, "type": "private", "username": "ada", "first_name": "Ada"},
        "date": 1_800_000_000,
        "has_protected_content": True,
        "text": "Hi @ada_l",
        "entities": [
            {"type": "bold", "offset": 0, "length": 2},
            {"type": "mention", "offset": 3, "length": 6},
        ],
    }


def test_messages_are_numbered_over_all_chats_but_supergroups_which_count_their_own(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    bob = server.user("Bob")
    others = [server.private_chat(bob), server.group("Few", bob), server.supergroup("Many", bob)]
    numbers = [
        api.result("sendMessage", chat_id=place.id, text="x")["message_id"]
        for place in (chat, chat, *others)
    ]
    assert numbers == [1, 2, 3, 4, 1]


def test_a_text_has_4096_characters_whatever_their_width(send: Any, refused: Any) -> None:
    assert send("😀" * 4096)
    assert refused("😀" * 4097) == "message is too long"


def test_the_length_counts_after_parsing(send: Any, refused: Any) -> None:
    assert send("<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert refused("&lt;" * 4097, parse_mode="HTML") == "message is too long"


def test_an_empty_text_is_refused(refused: Any) -> None:
    assert refused("") == "message text is empty"
    assert refused(" \n") == "text must be non-empty"
    assert refused("<b></b>", parse_mode="HTML") == "text must be non-empty"


def test_a_source_of_more_than_32_kilobytes_is_refused(refused: Any) -> None:
    assert refused("x" * 32769) == "text is too long"


def test_markup_that_cannot_be_parsed_is_refused(refused: Any) -> None:
    assert refused("1 <2> 3", parse_mode="html") == (
        'can\'t parse entities: Unsupported start tag "2" at byte offset 2'
    )


def test_parse_modes(server: TelegramServer, refused: Any) -> None:
    assert refused(parse_mode="BBCode") == "unsupported parse_mode"
    assert refused(parse_mode="MarkdownV2") == (
        "parse_mode MarkdownV2 is not imitated by the test server"
    )
    assert len(server.take_violations()) == 1


@pytest.mark.parametrize(
    ("entity", "text"),
    [
        ({"type": "shiny"}, "can't parse MessageEntity: Unsupported type specified"),
        ({"type": "text_link"}, "can't parse MessageEntity: Can't find field \"url\""),
        (
            {"type": "text_link", "url": "http://localhost"},
            "entity URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (
            {"type": "text_mention", "user": {"id": 3, "is_bot": False, "first_name": "C"}},
            "user not found",
        ),
        (
            {"type": "custom_emoji", "custom_emoji_id": "x"},
            'can\'t parse MessageEntity: Field "custom_emoji_id" must be a valid Number',
        ),
        ({"type": "bold", "offset": 9}, None),
    ],
)
def test_entities_are_checked(refused: Any, entity: Any, text: str) -> None:
    found = refused("x", entities=[{"offset": 0, "length": 1, **entity}])
    assert found == (text or "entity begins after the end of the text at UTF-16 offset 9")


def test_entities_that_telegram_finds_itself_change_nothing(send: Any) -> None:
    sent = send("see a.org", entities=[{"type": "url", "offset": 0, "length": 3}])
    assert sent["entities"] == [{"type": "url", "offset": 4, "length": 5}]


def test_over_a_hundred_entities_the_rest_is_dropped(send: Any) -> None:
    bold = [{"type": "bold", "offset": 2 * n, "length": 1} for n in range(120)]
    assert len(send("x " * 120, entities=bold)["entities"]) == 100


def test_a_mention_by_number_gets_the_whole_user(send: Any, ada: User) -> None:
    sent = send(f'<a href="tg://user?id={ada.id}">you</a>', parse_mode="HTML")
    assert sent["entities"][0]["user"] == ada.to_api()


def test_a_reply_shows_what_it_replies_to(chat: PrivateChat, send: Any) -> None:
    question = chat.send("Why?")
    sent = send("Because", reply_parameters={"message_id": question.id})
    assert sent["reply_to_message"]["text"] == "Why?"
    assert chat.bot_messages()[0].reply_to is question


def test_a_reply_to_nothing_is_refused_unless_it_may_do_without(
    chat: PrivateChat, send: Any, refused: Any
) -> None:
    question = chat.send("Why?")
    question.delete()
    reply = {"message_id": question.id}
    assert refused(reply_parameters=reply) == "message to be replied not found"
    sent = send(reply_parameters={**reply, "allow_sending_without_reply": True})
    assert "reply_to_message" not in sent


def test_a_quote_must_stand_in_the_message_with_its_marks(
    chat: PrivateChat, send: Any, refused: Any
) -> None:
    send("one <b>two</b> one two", parse_mode="HTML")
    reply = {"message_id": 1}
    plain = send("x", reply_parameters={**reply, "quote": "two"})
    assert plain["quote"] == {"text": "two", "position": 12, "is_manual": True}
    bold = send("x", reply_parameters={**reply, "quote": "<b>two</b>", "quote_parse_mode": "HTML"})
    assert bold["quote"]["position"] == 4
    assert bold["quote"]["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert refused(reply_parameters={**reply, "quote": "three"}) == "QUOTE_TEXT_INVALID"


def test_of_several_places_the_quote_is_nearest_to_the_wished_one(
    chat: PrivateChat, send: Any
) -> None:
    question = chat.send("a a a a")
    sent = send(reply_parameters={"message_id": question.id, "quote": "a", "quote_position": 5})
    assert sent["quote"]["position"] == 4


def test_a_message_goes_to_the_topic_asked_for_or_replied_to(
    server: TelegramServer, api: Api, ada: User
) -> None:
    forum = server.supergroup("Desk", ada, forum=True)
    topic = forum.topic("Science")
    question = topic.send("/why")
    asked = {"chat_id": forum.id, "text": "x", "message_thread_id": topic.id}
    sent = api.result("sendMessage", **asked)
    assert sent["is_topic_message"]
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Science"
    reply = {"message_id": question.id}
    api.result("sendMessage", chat_id=forum.id, text="y", reply_parameters=reply)
    assert [message.text for message in topic.bot_messages()] == ["x", "y"]
    assert api.refusal("sendMessage", **{**asked, "message_thread_id": 99}) == (
        BAD + "message thread not found"
    )


def test_link_preview_options_are_told_again(send: Any, refused: Any) -> None:
    assert send(link_preview_options={"is_disabled": True})["link_preview_options"] == {
        "is_disabled": True
    }
    assert refused(link_preview_options={"url": "nowhere"}) == "WEBPAGE_URL_INVALID"


def test_chats_that_are_not_there(server: TelegramServer, api: Api, ada: User) -> None:
    for chat_id in (0, -5, "@nobody"):
        assert api.refusal("sendMessage", chat_id=chat_id, text="x") == BAD + "chat not found"
    assert api.refusal("sendMessage", chat_id="", text="x") == BAD + "chat_id is empty"
    assert api.refusal("sendMessage", chat_id=ada.id, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )


def test_a_chat_is_found_by_its_username(server: TelegramServer, api: Api, ada: User) -> None:
    group = server.supergroup("Desk", ada, username="thedesk")
    assert api.result("sendMessage", chat_id="@TheDesk", text="x")["chat"]["id"] == group.id


def test_people_may_block_the_bot_or_be_gone(api: Api, chat: PrivateChat, ada: User) -> None:
    chat.block()
    assert api.refusal("sendMessage", chat_id=chat.id, text="x") == (
        "403 Forbidden: bot was blocked by the user"
    )
    assert api.refusal("sendChatAction", chat_id=chat.id, action="typing").startswith("403")
    chat.unblock()
    ada.deactivated = True
    assert api.refusal("sendMessage", chat_id=chat.id, text="x") == (
        "403 Forbidden: user is deactivated"
    )


def test_unimitated_parameters_are_violations(server: TelegramServer, refused: Any) -> None:
    refused(message_effect_id="5")
    assert server.take_violations()[0].text == (
        "the parameter message_effect_id is not imitated by the test server"
    )


def test_a_document_keeps_its_bytes(api: Api, chat: PrivateChat) -> None:
    data = {"chat_id": str(chat.id), "caption": "<i>all</i> of it", "parse_mode": "HTML"}
    files = {"document": ("answer.md", b"# Answer", "text/markdown")}
    address = f"{api.address}/sendDocument"
    sent = api.client.post(address, data=data, files=files).json()["result"]
    assert sent["document"]["file_name"] == "answer.md"
    assert sent["document"]["file_size"] == 8
    assert sent["caption"] == "all of it"
    message = chat.bot_messages()[0]
    assert message.file.content == b"# Answer"
    assert message.marked("italic") == ["all"]
    again = api.result("sendDocument", chat_id=chat.id, document=message.file.file_id)
    assert again["document"] == sent["document"]


def test_documents_and_captions_have_limits(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    address, data = f"{api.address}/sendDocument", {"chat_id": str(chat.id)}
    empty = api.client.post(address, data=data, files={"document": ("a.txt", b"")})
    assert empty.json()["description"] == "Bad Request: file must be non-empty"
    long = api.client.post(
        address, data={**data, "caption": "x" * 1025}, files={"document": ("a.txt", b"a")}
    )
    assert long.json()["description"] == "Bad Request: message caption is too long"
    assert api.refusal("sendDocument", chat_id=chat.id, document="lost") == (
        BAD + "wrong file identifier/HTTP URL specified"
    )


def test_files_are_downloaded_by_their_path(
    server: TelegramServer, api: Api, chat: PrivateChat
) -> None:
    document = chat.send_document(b"all of it", name="a.pdf", mime_type="application/pdf")
    file = api.result("getFile", file_id=document.file.file_id)
    assert file["file_size"] == 9
    address = f"{server.base_file_url}{server.token}/{file['file_path']}"
    assert api.client.get(address).content == b"all of it"
    assert api.client.get(address + "x").status_code == 404
    assert api.refusal("getFile", file_id="lost") == BAD + "invalid file_id"


def test_files_over_20_mebibytes_are_too_big(api: Api, chat: PrivateChat) -> None:
    most = chat.send_document(b"", size=20 << 20)
    assert api.result("getFile", file_id=most.file.file_id)
    more = chat.send_document(b"", size=(20 << 20) + 1)
    assert api.refusal("getFile", file_id=more.file.file_id) == BAD + "file is too big"


def test_a_draft_is_shown_for_30_seconds_or_until_a_message(
    api: Api, chat: PrivateChat, clock: ManualClock
) -> None:
    def draft(text: Any, **how: Any) -> Any:
        return api.result("sendMessageDraft", chat_id=chat.id, draft_id=7, text=text, **how)

    assert draft("")
    assert draft("Beca")
    draft("<b>Because</b>", parse_mode="HTML")
    assert [shown.text for shown in chat.drafts] == ["", "Beca", "Because"]
    assert chat.draft
    assert chat.draft.entities[0]["type"] == "bold"
    clock.advance(31)
    assert chat.draft is None
    draft("again")
    assert chat.draft
    api.result("sendMessage", chat_id=chat.id, text="Because")
    assert chat.draft is None


def test_drafts_are_for_private_chats_and_have_a_number(
    server: TelegramServer, api: Api, ada: User, chat: PrivateChat
) -> None:
    group = server.group("Desk", ada)
    assert api.refusal("sendMessageDraft", chat_id=group.id, draft_id=1, text="x") == (
        BAD + "TEXTDRAFT_PEER_INVALID"
    )
    api.refusal("sendMessageDraft", chat_id=chat.id, draft_id=0, text="x")
    assert server.take_violations()[0].text == "draft_id must not be 0"
    assert api.refusal("sendMessageDraft", chat_id=chat.id, draft_id=1, text="x" * 4097) == (
        BAD + "message is too long"
    )


def test_a_sign_is_shown_for_5_seconds_or_until_a_message(
    api: Api, chat: PrivateChat, clock: ManualClock
) -> None:
    api.result("sendChatAction", chat_id=chat.id, action="typing")
    assert chat.action == "typing"
    clock.advance(6)
    assert chat.action is None
    assert api.refusal("sendChatAction", chat_id=chat.id, action="thinking") == (
        BAD + "wrong parameter action in request"
    )
