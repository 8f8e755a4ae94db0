"""Adding when something is wrong: it fails kindly, tells what, and loses nothing."""

import errno
import os
import shutil
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest

from footnote.bot.people.people import Role
from footnote.bot.state import State
from footnote.bot.submissions.submission import Came
from footnote.bot.submissions.submissions import Submissions
from footnote.bot.submissions.upload import Upload
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.receiving.inbox import Inbox
from footnote.bot.telegram.texts import ENGLISH
from footnote.corpus.errors import Unreadable
from footnote.corpus.readers.apart import ReadersApart
from footnote.index.errors import ModelUnusable
from footnote.index.keeping.lock import FileWriterLock
from tests.bot.database.faults import fault
from tests.bot.indexed import ARTICLES
from tests.bot.telegram.desk import STORY, Desk, Held, answer_to, story, told
from tests.bot.telegram.talk import DANCE, DECODED, ask
from tests.corpus.bucket import address_of, away
from tests.corpus.site import Site
from tools.telegram_server import TelegramServer

FILE = f"The ferry of Lorne\n\n{STORY}".encode()
ADDED = f"{ENGLISH.added}\nThe ferry of Lorne"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.publishing.LOOK_EVERY_SECONDS", 0.3)


def test_while_another_process_keeps_the_index_the_article_is_in_the_folder(desk: Desk) -> None:
    other = FileWriterLock(desk.settings.home)
    desk.footnote.passage_index.lock.release()
    other.acquire("footnote sync")
    try:
        sent = desk.ada.send_document(FILE)
        told = answer_to(desk.ada, sent, "can't be searched yet", "footnote sync, process")
        assert told.text.startswith(ADDED)
        assert sent.reactions == ["👀"]
        assert "the-ferry-of-lorne" in desk.names()
    finally:
        other.release()
    told.wait_until(lambda m: "Passages: 1" in m.text and "yet" not in m.text)
    desk.ada.wait(lambda: sent.reactions == ["👍"] or None, "👍")


def test_without_the_model_the_article_is_kept_and_made_searchable_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(**_: object) -> NoReturn:
        raise ModelUnusable("the model is not there: /secret/path")

    level = desk.footnote.library.sync
    monkeypatch.setattr(desk.footnote.library, "sync", absent)
    sent = desk.ada.send_document(FILE)
    told = answer_to(desk.ada, sent, "can't be searched yet")
    assert "secret" not in told.text
    monkeypatch.setattr(desk.footnote.library, "sync", level)
    told.wait_until(lambda m: "Passages: 1" in m.text)


def test_on_a_full_disk_the_reason_is_told_and_another_try_helps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/secret/path")

    with monkeypatch.context() as patch:
        patch.setattr("footnote.corpus.files_in_folder.write_whole", full)
        sent = desk.ada.send_document(FILE)
        told = answer_to(desk.ada, sent, ENGLISH.not_added)
        assert "the folder of articles cannot be used: No space left on device" in told.text
        assert "secret" not in told.text
    told.press(ENGLISH.try_again)
    told.wait_until(lambda m: m.text.startswith(ADDED))


def test_what_is_sent_while_the_store_is_away_is_added_once_it_is_back(
    server: TelegramServer,
    tmp_path: Path,
    readers: ReadersApart,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.jobs._AWAY_SECONDS", 0.2)
    bucket = Path(shutil.copytree(ARTICLES, tmp_path / "bucket"))
    with Desk(server, tmp_path, readers, site, articles=address_of(bucket)) as desk:
        with away(bucket):
            sent = desk.ada.send_document(FILE)
            desk.ada.wait(lambda: sent.reactions == ["👀"] or None, "👀")
            threading.Event().wait(1)
        answer_to(desk.ada, sent, ADDED, "Passages: 1")
    assert (bucket / "the-ferry-of-lorne.md").is_file()


def test_a_fault_of_ours_is_told_without_its_text_and_the_rest_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise ZeroDivisionError("deep inside")

    with monkeypatch.context() as patch:
        patch.setattr(desk.footnote.library, "add", broken)
        told = answer_to(desk.ada, desk.ada.send_document(FILE), ENGLISH.not_added)
        assert ENGLISH.failed in told.text
        assert "deep" not in told.text
    answer_to(desk.ada, desk.ada.send_document(FILE), ADDED)
    assert ask(desk.ada, DANCE).text.startswith(DECODED)


def test_a_reader_that_breaks_down_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(data: bytes, *, name: str, **_: object) -> NoReturn:
        raise Unreadable(f"{name}: reading it took longer than 60 s; it may be broken")

    monkeypatch.setattr(desk.footnote.adder.readers, "read", breaks)
    told = answer_to(desk.ada, desk.ada.send_document(FILE, name="x.pdf"), ENGLISH.not_added)
    assert told.text == f"{ENGLISH.not_added}: reading it took longer than 60 s; it may be broken"


def test_where_signs_are_not_allowed_nothing_else_breaks(desk: Desk) -> None:
    desk.server.faults.refuse(400, "REACTION_INVALID", method="setMessageReaction", times=None)
    sent = desk.ada.send_document(FILE)
    answer_to(desk.ada, sent, ADDED, "Passages: 1")
    assert sent.reactions == []


@pytest.mark.parametrize("fault", ["reset", "server_error", "too_many_requests"])
def test_a_sign_that_failed_is_shown_later(
    desk: Desk, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.reacting._FIRST_PAUSE_SECONDS", 0.1)
    seconds = [1] if fault == "too_many_requests" else []
    getattr(desk.server.faults, fault)(*seconds, method="setMessageReaction", times=3)
    sent = desk.ada.send_document(FILE)
    answer_to(desk.ada, sent, ADDED, "Passages: 1")
    desk.ada.wait(lambda: sent.reactions == ["👍"] or None, "👍")


def test_a_message_that_is_handled_again_keeps_the_sign_that_it_was_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the bot was killed before it had noted that the message was handled."""
    handled = Inbox.handled
    kills: list[int] = []

    def handle(inbox: Inbox, number: int) -> None:
        if not kills or sent.reactions != ["👍"]:
            kills.append(number)
            raise fault("killed")
        handled(inbox, number)

    with desk.server.held_updates():
        sent = desk.ada.send_document(FILE)
        monkeypatch.setattr(Inbox, "handled", handle)
    inbox = Inbox(desk.footnote.state)
    desk.ada.wait(lambda: (kills and not inbox.waiting()) or None, "the end")
    assert sent.reactions == ["👍"]


def test_a_report_that_was_sent_before_and_reads_otherwise_is_put_right_in_spite_of_faults(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.status_messages._AGAIN_SECONDS", 0.2)
    desk.server.faults.lose_answer(method="sendMessage")
    desk.server.faults.reset(method="editMessageText", times=3)
    sent = desk.ada.send_document(FILE)
    answer_to(desk.ada, sent, ADDED, "Passages: 1")
    assert len(desk.ada.bot_messages()) == 1


@pytest.mark.parametrize("fault", ["lose_answer", "reset", "server_error"])
def test_what_is_lost_on_the_way_is_told_once(
    desk: Desk, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.status_messages._AGAIN_SECONDS", 0.2)
    getattr(desk.server.faults, fault)(method="sendMessage")
    getattr(desk.server.faults, fault)(method="editMessageText")
    sent = desk.ada.send_document(FILE)
    answer_to(desk.ada, sent, ADDED, "Passages: 1")
    assert len(desk.ada.bot_messages()) == 1


def test_who_blocks_the_bot_meanwhile_gets_the_article_added_all_the_same(desk: Desk) -> None:
    with desk.server.faults.delay(0.5, method="download"):
        desk.ada.send_document(FILE)
        desk.ada.block()
    desk.ada.wait(lambda: "the-ferry-of-lorne" in desk.names() or None, "the article")
    desk.ada.unblock()
    assert answer_to(desk.ada, desk.ada.send(DANCE)).text.startswith(DECODED)


def test_a_progress_message_that_was_deleted_is_followed_by_the_outcome(
    desk: Desk, held: Held
) -> None:
    sent = desk.ada.send_document(FILE)
    answer_to(desk.ada, sent).delete()
    held.let_go()
    answer_to(desk.ada, sent, ADDED, "Passages: 1")


def test_the_text_of_what_was_not_wanted_is_nowhere_in_the_home_folder(desk: Desk) -> None:
    text = "Kettles\n\n" + story(5).replace(".", " xylophonist.")
    offer = answer_to(desk.ada, desk.ada.send(text), ENGLISH.offer_pasted)
    offer.press(ENGLISH.cancel)
    offer.wait_until(lambda m: m.text.startswith(ENGLISH.cancelled))
    inbox = Inbox(desk.footnote.state)
    desk.ada.wait(lambda: not inbox.waiting() or None, "all to be handled")
    desk.ada.wait_quiet(seconds=0.3)
    desk.footnote.state.tidy()
    for file in filter(Path.is_file, desk.settings.home.rglob("*")):
        assert b"xylophonist" not in file.read_bytes(), file


def test_what_was_begun_just_before_the_process_was_killed_is_no_suspect_however_late_it_starts(
    tmp_path: Path,
) -> None:
    now = [1000.0]
    with closing(State(tmp_path / "state.sqlite")) as state:
        submissions = Submissions(state, now=lambda: now[0])
        came = Came("1", str(ChatThread(7)), 1, 7, "Ada Byron", "", now[0])
        number = submissions.submit(came, Upload("text", parts=((1, STORY),))).number
        for _ in range(3):
            submissions.suspect()
            assert submissions.begin(number).suspected == 0
            now[0] += 3600
        submissions.note_long(number)
        submissions.suspect()
        assert submissions.begin(number).suspected == 1


def test_what_is_being_read_for_long_is_noted(
    server: TelegramServer, tmp_path: Path, readers: ReadersApart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.jobs._LONG_UNDER_WAY_SECONDS", 0.1)
    noted, note = threading.Event(), Submissions.note_long

    def note_long(self: Submissions, number: int) -> None:
        note(self, number)
        noted.set()

    monkeypatch.setattr(Submissions, "note_long", note_long)
    with Desk(server, tmp_path, readers) as desk:
        read = desk.footnote.adder.readers.read

        def slowly(*given: Any, **named: Any) -> Any:
            assert noted.wait(60)
            return read(*given, **named)

        monkeypatch.setattr(desk.footnote.adder.readers, "read", slowly)
        sent = desk.ada.send_document(f"Ferry\n\n{STORY}".encode(), name="ferry.txt")
        told(answer_to(desk.ada, sent), ENGLISH.added, "Passages: 1")
        assert noted.is_set()


def test_what_was_being_read_for_long_when_the_bot_was_ended_in_order_is_not_suspected(
    server: TelegramServer, tmp_path: Path, readers: ReadersApart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.telegram.submissions.jobs._LONG_UNDER_WAY_SECONDS", 0.1)
    noted, ended, note = threading.Event(), threading.Event(), Submissions.note_long

    def note_long(self: Submissions, number: int) -> None:
        note(self, number)
        noted.set()

    monkeypatch.setattr(Submissions, "note_long", note_long)
    desk = Desk(server, tmp_path, readers)
    with desk:
        read = desk.footnote.adder.readers.read
        with monkeypatch.context() as patched:
            patched.setattr(desk.footnote.adder.readers, "read", lambda *_, **__: ended.wait(60))
            sent = desk.ada.send_document(f"Ferry\n\n{STORY}".encode(), name="ferry.txt")
            assert noted.wait(60)
            desk.stop()
            ended.set()
        assert desk.footnote.adder.readers.read == read
        with closing(State(desk.settings.home / "state.sqlite")) as state:
            submissions = Submissions(state)
            submissions.suspect()
            assert [one.suspected for one in submissions.due()] == [0]
        desk.start()
        told(answer_to(desk.ada, sent), ENGLISH.added, "Passages: 1")


@pytest.mark.parametrize("kills", [1, 2])
def test_what_was_being_read_twice_when_the_process_was_killed_is_set_aside_and_may_be_tried_again(
    server: TelegramServer, tmp_path: Path, readers: ReadersApart, kills: int
) -> None:
    with Desk(server, tmp_path, readers) as desk:
        ada = desk.ada
    now = time.time() - 3600
    with closing(State(desk.settings.home / "state.sqlite")) as state:
        submissions = Submissions(state, now=lambda: now)
        sent = ada.send("the message that brought it")
        came = Came("1", str(ChatThread(ada.id)), sent.id, ada.id, "Ada Byron", "", now)
        brought = Upload("text", parts=((sent.id, f"The ferry of Lorne\n\n{STORY}"),))
        [number] = [submissions.submit(came, brought, approved=True).number]
        for _ in range(kills):
            submissions.suspect()
            submissions.begin(number)
            submissions.note_long(number)
            now += 60
    sent.update.fate = "confirmed"
    with Desk(server, tmp_path, readers, editors=frozenset({ada.id})) as desk:
        told = ada.wait_for_message()
        if kills == 2:
            told.wait_until(lambda m: "was set aside" in m.text)
            assert told.text.startswith(ENGLISH.not_added)
            assert "the-ferry-of-lorne" not in desk.names()
            told.press(ENGLISH.try_again)
        told.wait_until(lambda m: m.text.startswith(ADDED))
        assert "the-ferry-of-lorne" in desk.names()


def test_what_waits_when_its_sender_is_dismissed_is_not_added(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, begun, go = desk.footnote.people, threading.Event(), threading.Event()
    bob = desk.chat("Bob")
    people.redeem(people.invite(Role.EDITOR), bob.id, "Bob")
    read = desk.footnote.adder.readers.read

    def slowly(data: bytes, **given: str) -> object:
        begun.set()
        assert go.wait(60)
        return read(data, **given)

    monkeypatch.setattr("footnote.bot.telegram.submissions.jobs.AT_ONCE", 1)
    monkeypatch.setattr(desk.footnote.adder.readers, "read", slowly)
    first = desk.ada.send_document(f"A first article\n\n{story(1)}".encode())
    assert begun.wait(60)
    waiting = bob.send_document(FILE)
    bob.wait(lambda: waiting.reactions == ["👀"] or None, "👀")
    people.dismiss(bob.id)
    go.set()
    told = answer_to(bob, waiting, ENGLISH.not_added)
    assert "whoever brought it may no longer add articles" in told.text
    answer_to(desk.ada, first, ENGLISH.added)
    assert "the-ferry-of-lorne" not in desk.names()
