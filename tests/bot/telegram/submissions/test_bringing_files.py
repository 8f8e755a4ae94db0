"""Files that editors send: downloaded, read by their content, added, told of."""

from typing import Any

import pytest
from telegram import Bot

from footnote.bot.people.people import Role
from footnote.bot.settings import Settings
from footnote.bot.submissions.upload import Upload
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.submissions.downloads import TELEGRAMS_BYTES, Downloads, TooLarge
from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.desk import STORY, Desk, Held, answer_to, page, story
from tests.bot.telegram.talk import DANCE, DECODED
from tests.corpus import files
from tools.telegram_server import Message

ADDED = f"{ENGLISH.added}\n"


def text(title: str, number: int = 0) -> bytes:
    return f"{title}\n\n{story(number)}".encode()


def test_a_file_is_read_by_what_is_in_it_whatever_its_name(desk: Desk) -> None:
    sent = desk.ada.send_document(page(STORY).encode(), name="x.pdf", mime_type="image/png")
    told = answer_to(desk.ada, sent, ADDED, "Passages: 1")
    assert told.text.startswith(f"{ADDED}The ferry of Lorne\n")
    assert sent.reactions == ["👍"]
    assert desk.names().count("the-ferry-of-lorne") == 1


def test_what_was_added_is_opened_or_taken_back_with_a_button(desk: Desk) -> None:
    answer_to(desk.ada, desk.ada.send_document(text("Kettles")), ADDED, "Passages: 1")
    told = answer_to(desk.ada, desk.ada.send_document(text("Kettles")), "Already here since 20")
    assert told.labels == [[ENGLISH.to_card]]
    told.press(ENGLISH.to_card)
    told.wait_until(lambda m: [ENGLISH.rename, ENGLISH.replace, ENGLISH.remove] in m.labels)
    sent = desk.ada.send_document(text("Saddles", 1))
    told = answer_to(desk.ada, sent, ADDED, "Passages: 1")
    assert told.labels == [[ENGLISH.to_card, ENGLISH.undo]]
    told.press(ENGLISH.undo)
    undone = ENGLISH.undone_added(title="Saddles", who="Ada Byron")
    told.wait_until(lambda m: m.text == undone)
    assert "kettles" in desk.names()
    assert "saddles" not in desk.names()


def test_each_kind_of_file_that_is_read_is_taken(desk: Desk) -> None:
    made = [
        files.pdf([story(1)]),
        files.docx(files.paragraph(story(2))),
        files.odt(f"<text:p>{story(3)}</text:p>"),
        files.epub(f"<p>{story(4)}</p>"),
        files.mhtml(page(story(5))),
        files.letter(story(6)),
        f"# Anchors\n\n{story(7)}".encode(),
        story(8).encode("utf-16"),
    ]
    sent = [
        desk.ada.send_document(
            content, name="scan.bin", caption=f"Number {n} of all", media_group_id="1"
        )
        for n, content in enumerate(made)
    ]
    done = [f"✓ Number {n} of all: {ENGLISH.added}" for n in range(len(made))]
    answer_to(desk.ada, sent[0], *done)


def test_a_file_that_is_too_large_is_told_of_before_it_is_downloaded(desk: Desk) -> None:
    sent = desk.ada.send_document(b"x", name="book.pdf", size=TELEGRAMS_BYTES + 1)
    told = answer_to(desk.ada, sent, ENGLISH.too_large(megabytes=20))
    assert "Not added" in told.text
    assert desk.server.calls("download") == []
    huge = desk.ada.send_document(b"x", name="film.pdf", size=51 * 1024**2)
    answer_to(desk.ada, huge, ENGLISH.too_large(megabytes=50))
    assert len(desk.server.calls("getFile")) == 1  # of a server of one's own it is asked


def test_of_telegram_itself_it_is_known_without_asking() -> None:
    downloads = Downloads(Bot("1:x"), Settings(_env_file=None))
    with pytest.raises(TooLarge, match="more than 20 MB"):
        downloads.check(Upload("file", size=TELEGRAMS_BYTES + 1))
    downloads.check(Upload("file", size=TELEGRAMS_BYTES))


@pytest.mark.parametrize("fault", ["reset", "cut_off", "server_error"])
def test_a_download_that_breaks_off_is_begun_again(
    desk: Desk, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.downloads._PAUSES_SECONDS", (0.01, 0.01))
    getattr(desk.server.faults, fault)(method="download")
    sent = desk.ada.send_document(text("The ferry of Lorne"))
    answer_to(desk.ada, sent, ADDED, "Passages: 1")
    assert len(desk.server.calls("download")) == 2


def test_a_download_that_never_ends_well_is_told_and_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.downloads._PAUSES_SECONDS", (0.01, 0.01))
    with desk.server.faults.reset(method="download", times=None):
        sent = desk.ada.send_document(text("The ferry of Lorne"))
        told = answer_to(desk.ada, sent, ENGLISH.not_added)
    assert "Telegram does not hand over the file now" in told.text
    told.press(ENGLISH.try_again)
    told.wait_until(lambda m: m.text.startswith(ADDED))


def test_one_of_an_album_that_failed_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.downloads._PAUSES_SECONDS", ())
    with desk.server.faults.reset(method="download", times=2):
        sent = [
            desk.ada.send_document(
                f"Article {n}\n\n{story(n)}".encode(), name=f"{n}.txt", media_group_id="1"
            )
            for n in range(3)
        ]
        told = answer_to(desk.ada, sent[0], "✗")
        told.wait_until(lambda m: m.text.count("✗") == 2 and m.text.count("✓") == 1)
    assert told.labels == [[ENGLISH.try_again]]
    told.press(ENGLISH.try_again)
    told.wait_until(lambda m: m.text.count("✓") == 3 and not m.labels)
    desk.ada.wait(lambda: all(m.reactions == ["👍"] for m in sent) or None, "👍")


def test_a_file_that_cannot_be_had_keeps_no_other_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.downloads._PAUSES_SECONDS", (60.0,) * 9)
    desk.server.faults.reset(method="download", times=3)
    late = [desk.ada.send_document(text(f"Late {n}"), name=f"late-{n}.txt") for n in range(3)]
    desk.server.wait_for_call("download", after=desk.server.wait_for_call("download"))
    desk.ada.wait(lambda: len(desk.server.calls("download")) >= 3 or None, "the tries")
    sent = desk.ada.send_document(text("The ferry of Lorne"))
    desk.ada.wait(lambda: sent.reactions == ["👍"] or None, "👍")
    assert not any(message.reactions == ["👍"] for message in late)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "Passwd"),
        ("‮fdp.exe\n/start now", "Start now"),
        ("a" * 300 + ".txt", "A" + "a" * 115),
        ("", "Untitled"),
    ],
)
def test_a_hostile_name_is_a_name_only(desk: Desk, name: str, shown: str) -> None:
    before = sorted(desk.articles.parent.rglob("*.md"))
    sent = desk.ada.send_document(story(1).encode(), name=name)
    told = answer_to(desk.ada, sent, shown, "Words: ")
    if told.labels:  # its name is no title
        told.press(ENGLISH.add)
    told.wait_until(lambda m: m.text.startswith(ADDED))
    [new] = set(desk.articles.parent.rglob("*.md")) - set(before)
    assert new.parent == desk.articles


def test_a_caption_is_the_title_or_the_address(desk: Desk) -> None:
    one = desk.ada.send_document(story(1).encode(), name="1.txt", caption="Kettles of the north")
    assert "Kettles of the north" in answer_to(desk.ada, one, ADDED).text
    link = "https://example.org/kettles"
    two = desk.ada.send_document(text("Saddles", 2), caption=link)
    answer_to(desk.ada, two, ADDED)
    assert f"url: {link}\n" in desk.article("saddles")
    three = desk.ada.send_document(text("Anchors", 3), caption="Is this of any use?")
    answer_to(desk.ada, three, ADDED)
    assert "note: Is this of any use?\n" in desk.article("anchors")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "this is image/png"),
        (b"", "no article in it"),
        (b"%PDF-1.7 but not really", "broken"),
        (b"MZ" + bytes(2000), "this is application/"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(
    desk: Desk, content: bytes, reason: str
) -> None:
    before = desk.names()
    sent = desk.ada.send_document(content, name="report.pdf")
    told = answer_to(desk.ada, sent, ENGLISH.not_added)
    assert reason in told.text
    assert told.labels == []
    assert desk.names() == before


def test_an_album_is_told_of_in_one_message_with_a_sign_on_each_file(desk: Desk) -> None:
    sent = [
        desk.ada.send_document(
            text(f"Article {n} of the album", n) if n != 4 else b"\x89PNG\r\n\x1a\n" + bytes(99),
            name=f"{n}.txt",
            media_group_id="7",
        )
        for n in range(10)
    ]
    done = [f"✓ Article {n} of the album: {ENGLISH.added}" for n in range(10) if n != 4]
    told = answer_to(desk.ada, sent[0])
    told.wait_until(lambda m: set(done) <= set(m.text.splitlines()))
    assert "\n✗ 4.txt: this is image/png" in told.text
    desk.ada.wait(lambda: _signs(sent) == ["👍"] * 9 or None, "a sign on each")
    assert len(desk.ada.bot_messages()) == 1
    assert len(desk.names()) == 3 + 9


def _signs(messages: list[Message]) -> list[str]:
    return [sign for message in messages for sign in message.reactions]


def test_of_an_album_what_needs_a_word_is_asked_for_by_itself(desk: Desk) -> None:
    good = desk.ada.send_document(text("Kettles", 1), media_group_id="8")
    short = desk.ada.send_document(b"Saddles\n\nA saddle is a seat on a horse.", media_group_id="8")
    offer = answer_to(desk.ada, short, ENGLISH.offer_short)
    told = answer_to(desk.ada, good, "✓ Kettles: Added", f"❔ Saddles: {ENGLISH.needs_word}")
    offer.press(ENGLISH.add)
    told.wait_until(lambda m: f"✓ Saddles: {ENGLISH.added}" in m.text)
    offer.wait_until(lambda m: m.text.startswith(ADDED))
    assert len(desk.ada.bot_messages()) == 2


def test_a_slow_file_holds_up_no_question_of_the_same_chat(desk: Desk, held: Held) -> None:
    sent = desk.ada.send_document(text("The ferry of Lorne"))
    assert answer_to(desk.ada, desk.ada.send(DANCE)).text.startswith(DECODED)
    assert sent.reactions == ["👀"]
    held.let_go()
    answer_to(desk.ada, sent, ADDED)


def test_a_flood_of_files_is_bounded_with_a_plain_word(
    desk: Desk, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.submissions.submissions.MAX_WAITING", 6)
    monkeypatch.setattr("footnote.bot.telegram.submissions.incoming.MAX_WAITING", 6)
    sent = [desk.ada.send_document(text(f"Article {n}", n)) for n in range(12)]
    word = ENGLISH.too_many_brought(count=6)
    desk.ada.wait_for_message(matching=word)
    inbox = Inbox(desk.footnote.state)
    desk.ada.wait(lambda: not inbox.waiting() or None, "all to be handled")
    taken = [message for message in sent if message.reactions]
    assert 6 <= len(taken) < 12
    held.let_go()
    desk.ada.wait(lambda: all(m.reactions == ["👍"] for m in taken) or None, "all taken")
    assert [m.text for m in desk.ada.bot_messages()].count(word) == 1


def test_one_persons_many_files_do_not_hold_up_anothers_one(
    desk: Desk, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = desk.chat("Bob")
    desk.footnote.people.redeem(desk.footnote.people.invite(Role.EDITOR), bob.id, "Bob")
    read, order = desk.footnote.adder.readers.read, list[bytes]()

    def noted(data: bytes, **given: Any) -> Any:
        order.append(data)
        return read(data, **given)

    monkeypatch.setattr(desk.footnote.adder.readers, "read", noted)
    sent = [desk.ada.send_document(text(f"Article {n}", n)) for n in range(8)]
    mine = bob.send_document(text("Mine", 20))
    inbox = Inbox(desk.footnote.state)
    bob.wait(lambda: not inbox.waiting() or None, "all to be handled")
    held.let_go()
    answer_to(bob, mine, ADDED)
    desk.ada.wait(lambda: all(m.reactions == ["👍"] for m in sent) or None, "all taken")
    assert order.index(text("Mine", 20)) < 4  # two were read at once, when it came


def test_a_name_that_says_nothing_is_no_title(desk: Desk) -> None:
    offer = answer_to(desk.ada, desk.ada.send_document(story(1).encode(), name="scan-0001.txt"))
    offer.wait_until(lambda m: m.text.startswith(f"{ENGLISH.offer_untitled}\n\nScan 0001\n"))
    named = desk.ada.send_document(story(2).encode(), name="the-sheep-of-lorne.txt")
    answer_to(desk.ada, named, f"{ADDED}The sheep of lorne\n")


def test_a_readers_album_gets_one_sentence(desk: Desk) -> None:
    bob = desk.chat("Bob")
    for number in range(3):
        bob.send_document(text("Ferry", number), media_group_id="9")
    assert bob.wait_for_message().text == ENGLISH.only_editors
    bob.wait_quiet(seconds=0.3)
    assert len(bob.bot_messages()) == 1
    assert desk.server.calls("download") == []
