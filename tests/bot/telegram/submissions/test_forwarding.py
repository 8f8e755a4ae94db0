"""Posts that editors pass on: they keep where they came from, and what is said of them."""

import pytest

from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.desk import STORY, Desk, answer_to, story
from tests.bot.telegram.talk import DANCE, DECODED, Answers, ask
from tools.telegram_server import Message, origins

POST = f"The ferry of Lorne\n\n{STORY}"
SHORT = "The ferry of Lorne no longer sails on Sundays, the harbour office says."


def add(offer: Message) -> None:
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith(f"{ENGLISH.added}\n"))


def offered(desk: Desk, sent: Message) -> Message:
    return answer_to(desk.ada, sent, ENGLISH.offer_forwarded, ENGLISH.begins)


def test_a_post_of_a_public_channel_keeps_its_address_title_date_and_author(desk: Desk) -> None:
    origin = origins.from_channel(
        "Harbour news", username="harbour_news", message_id=41, signature="Bea Lund"
    )
    sent = desk.ada.send(POST, forwarded=origin)
    offer = offered(desk, sent)
    assert "The ferry of Lorne\nBea Lund · 2023-11-14 · Harbour news\n" in offer.text
    add(offer)
    head = desk.article("the-ferry-of-lorne")
    for line in (
        "author: Bea Lund",
        "date: 2023-11-14",
        "source: Harbour news",
        "url: https://t.me/harbour_news/41",
    ):
        assert f"{line}\n" in head
    again = desk.ada.send(f"{POST} It has a new captain.", forwarded=origin)
    offer = offered(desk, again)
    offer.press(ENGLISH.add)
    offer.wait_until(lambda m: m.text.startswith("A new version of an article (words: +5, −0)"))


@pytest.mark.parametrize(
    ("origin", "lines"),
    [
        (
            origins.from_channel("Friends of Lorne", message_id=7),
            ["source: Friends of Lorne", "url: https://t.me/c/2000000001/7"],
        ),
        (origins.from_group("Islanders"), ["source: Islanders"]),
        (origins.from_hidden_user("Old Tom"), ["author: Old Tom"]),
    ],
)
def test_a_forward_from_anywhere_else_keeps_what_is_known(
    desk: Desk, origin: dict[str, object], lines: list[str]
) -> None:
    add(offered(desk, desk.ada.send(POST, forwarded=origin)))
    head = desk.article("the-ferry-of-lorne").partition("\n---\n")[0]
    assert "date: 2023-11-14" in head
    assert set(lines) <= set(head.splitlines())


def test_a_message_of_a_person_names_them(desk: Desk) -> None:
    tom = desk.server.user("Tom", last_name="Bell")
    add(offered(desk, desk.ada.send(POST, forwarded=origins.from_user(tom))))
    assert "author: Tom Bell\n" in desk.article("the-ferry-of-lorne")


def test_a_short_post_is_offered_and_no_question(desk: Desk) -> None:
    answers = Answers(desk)
    sent = desk.ada.send(SHORT, forwarded=origins.from_channel("Harbour news"))
    offer = offered(desk, sent)
    assert f"\n{SHORT}\n2023-11-14 · Harbour news\n" in offer.text
    add(offer)
    assert answers.asked == []


def test_a_forward_with_a_comment_is_one_thing(desk: Desk) -> None:
    answers = Answers(desk)
    comment = desk.ada.send("Good on the sheep, weak on the weather")
    sent = desk.ada.send(POST, forwarded=origins.from_channel("Harbour news"))
    offer = offered(desk, sent)
    assert f"{ENGLISH.note} Good on the sheep, weak on the weather" in offer.text
    add(offer)
    assert "note: Good on the sheep, weak on the weather\n" in desk.article("the-ferry-of-lorne")
    desk.ada.wait_quiet(seconds=0.4)
    assert [m.reply_to for m in desk.ada.bot_messages()] == [sent]
    assert answers.asked == []
    assert not comment.reactions


def test_a_comment_that_arrives_after_its_forward_is_no_question_either(desk: Desk) -> None:
    answers = Answers(desk)
    with desk.server.held_updates():
        desk.ada.send("Good on the sheep, weak on the weather")
        sent = desk.ada.send(POST, forwarded=origins.from_channel("Harbour news"))
        said, passed_on = desk.server.updates.history[-2:]
        said.body["message"], passed_on.body["message"] = (
            passed_on.body["message"],
            said.body["message"],
        )
    offered(desk, sent).wait_until(lambda m: f"{ENGLISH.note} Good on the sheep" in m.text)
    desk.ada.wait_quiet(seconds=1.2)
    assert answers.asked == []


def test_a_question_before_a_forward_is_answered_and_the_forward_offered(desk: Desk) -> None:
    question = desk.ada.send(DANCE)
    sent = desk.ada.send(POST, forwarded=origins.from_channel("Harbour news"))
    assert answer_to(desk.ada, question).text.startswith(DECODED)
    offered(desk, sent)


def test_a_question_without_a_mark_waits_for_no_forward(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    after = Inbox.after

    def look(inbox: Inbox, number: int, chat: int) -> object:
        looks.append(number)
        return after(inbox, number, chat)

    monkeypatch.setattr(Inbox, "after", look)
    assert ask(desk.ada, DANCE.rstrip("?")).text.startswith(DECODED)
    assert len(looks) == 1


def test_a_comment_that_was_answered_before_its_forward_came_becomes_its_note(desk: Desk) -> None:
    comment = desk.ada.send(DANCE.rstrip("?"))
    answer = answer_to(desk.ada, comment)
    with desk.server.held_updates():
        sent = desk.ada.send(POST, forwarded=origins.from_channel("Harbour news"))
        desk.server.updates.history[-1].body["message"]["date"] = comment.versions[0].date
    assert f"{ENGLISH.note} {DANCE.rstrip('?')}" in offered(desk, sent).text
    desk.ada.wait(lambda: answer.deleted or None, "the answer to be taken away")


def test_an_album_of_pictures_with_a_text_is_one_offer(desk: Desk) -> None:
    origin = origins.from_channel("Harbour news", username="harbour_news", message_id=9)
    sent = desk.ada.send_photo(caption=SHORT, forwarded=origin, media_group_id="5")
    for _ in range(2):
        desk.ada.send_photo(forwarded=origin, media_group_id="5")
    add(offered(desk, sent))
    assert "url: https://t.me/harbour_news/9\n" in desk.article(desk_name(desk))
    assert len(desk.ada.bot_messages()) == 1


def desk_name(desk: Desk) -> str:
    [name] = [name for name in desk.names() if name.startswith("the-ferry-of-lorne")]
    return name


def test_a_forwarded_file_keeps_where_it_came_from(desk: Desk) -> None:
    origin = origins.from_channel("Harbour news", username="harbour_news", message_id=12)
    sent = desk.ada.send_document(POST.encode(), forwarded=origin)
    answer_to(desk.ada, sent, f"{ENGLISH.added}\n")
    head = desk.article("the-ferry-of-lorne")
    assert "source: Harbour news\nurl: https://t.me/harbour_news/12\n" in head


def test_a_long_post_in_parts_is_joined_and_two_posts_are_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.incoming._PART_SECONDS", 0.3)
    one = origins.from_channel("Harbour news", message_id=1)
    sent = desk.ada.send("One\n\n" + story(1, sentences=40), forwarded=one)
    desk.ada.send(story(2, sentences=5), forwarded=one | {"message_id": 2})
    other = desk.ada.send(
        "Two\n\n" + story(3, sentences=5), forwarded=one | {"message_id": 3, "date": 1_700_009_000}
    )
    assert "Got 2 parts" in offered(desk, sent).text
    assert "parts" not in offered(desk, other).text


def test_a_readers_forward_is_asked_as_before(desk: Desk) -> None:
    bob = desk.chat("Bob")
    tom = desk.server.user("Tom")
    sent = bob.send(DANCE, forwarded=origins.from_user(tom))
    assert bob.wait_for_message(after=sent).text.startswith(DECODED)
