"""What each room of the state keeps, on each kind of database."""

from pathlib import Path

import pytest

from footnote.bot.answers.history import History
from footnote.bot.answers.receipts import Receipts
from footnote.bot.answers.sharing import Sharing
from footnote.bot.answers.usage import Day, Usage
from footnote.bot.articles.changes import KEPT_SECONDS, Changes
from footnote.bot.articles.link_tokens import LinkTokens
from footnote.bot.database.opening import Place
from footnote.bot.errors import BotError
from footnote.bot.people.pending_replies import PendingReplies
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import Sessions
from footnote.bot.people.tokens import Tokens
from footnote.bot.state import State
from footnote.bot.submissions.comments import Comment, Comments
from footnote.bot.submissions.reactions import Reactions
from footnote.bot.submissions.submission import Came, Stage
from footnote.bot.submissions.submissions import Submissions
from footnote.bot.submissions.upload import SubmissionResult, Upload
from footnote.bot.telegram.chat_thread import ChatThread
from footnote.bot.telegram.sending.sent import Sent
from footnote.bot.web.page_offers import PageOffers
from footnote.index.results import Abstention, Reason
from footnote.index.writing.spent import Spent

HERE = "telegram:1"
NOW = 1_800_000_000.0


def came(message: int, at: float = NOW, **more: object) -> Came:
    return Came(f"{HERE}:{message}", HERE, message, 5, "Ada", "en", at, **more)  # type: ignore[arg-type]


def asked(question: str) -> Abstention:
    return Abstention(question, Reason.NOTHING_FOUND)


def test_conversations_are_listed_the_latest_first(state: State) -> None:
    receipts = Receipts(state)
    history = History(state, receipts)
    receipts.keep(asked("Who?"), "web:ada:1")
    receipts.keep(asked("Why?"), "web:ada:2")
    edited = receipts.keep(asked("Whree?"), "web:ada:1")
    receipts.keep(asked("Where?"), "web:ada:1", replaces=edited.id)
    receipts.keep(asked("What?"), "web:adam:1")
    found = history.conversations("web:ada", 10)
    assert [(one.place, one.first, one.questions) for one in found] == [
        ("web:ada:1", "Who?", 2), ("web:ada:2", "Why?", 1),
    ]  # fmt: skip
    assert [r.result.question for r in history.of("web:ada:1", 10)] == ["Who?", "Where?"]
    assert history.asked_at(edited.id) is not None
    receipts.start_afresh("web:ada:1")
    receipts.start_afresh("web:ada:1")
    assert receipts.latest("web:ada:1") is None
    assert receipts.latest("web:ada:2") is not None


def test_usage_is_summed_by_day(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = Usage(state)
    for day in ("2024-02-28", "2024-02-29"):
        monkeypatch.setattr("footnote.bot.answers.usage._today", lambda day=day: day)
        for person in ("a", "b", "b"):
            usage.add(person, Spent(10, 20, 3, 4))
    assert usage.days(9) == [
        Day("2024-02-29", 3, 30, 60, 9, 12), Day("2024-02-28", 3, 30, 60, 9, 12)
    ]  # fmt: skip
    assert (usage.asked_today("a"), usage.asked_today("b")) == (1, 2)


def test_what_is_shared_is_so_until_it_is_not(state: State) -> None:
    sharing = Sharing(state)
    for _ in range(2):
        sharing.share("r")
    assert sharing.is_shared("r")
    sharing.unshare("r")
    assert not sharing.is_shared("r")


def test_a_link_begins_one_session(state: State) -> None:
    sessions = Sessions(state)
    link = sessions.invite("telegram:1")
    session = sessions.redeem(link)
    assert session is not None
    assert sessions.redeem(link) is None
    assert sessions.holder(session) == "telegram:1"
    sessions.end_all("telegram:1")
    assert sessions.holder(session) is None


def test_a_token_of_a_name_is_there_once_and_its_number_never_again(state: State) -> None:
    tokens = Tokens(state)
    secret = tokens.new("notes", Role.READER)
    with pytest.raises(BotError, match="already"):
        tokens.new("notes", Role.EDITOR)
    found = tokens.find(secret)
    assert found is not None
    assert tokens.numbered(found.number) == found
    tokens.revoke("notes")
    tokens.new("notes", Role.EDITOR)
    assert tokens.listed()[0].number > found.number


def test_what_is_awaited_is_the_last_thing_and_found_by_what_brought_it(state: State) -> None:
    awaited = PendingReplies(state)
    awaited.expect(HERE, 5, "title", "1")
    awaited.expect(HERE, 5, "words", "2")
    assert awaited.find(HERE, 5, "title") is None
    assert awaited.find(HERE, 5, "words") == "2"
    awaited.upload(HERE, 5, "message 7")
    awaited.forget(HERE, 5)
    assert awaited.find(HERE, 5, "words") is None
    assert awaited.find(HERE, 5, "words", cause="message 7") == "2"


def test_words_have_the_same_number_for_ever(state: State) -> None:
    tokens = LinkTokens(state)
    number = tokens.of("ferry")
    assert tokens.of("ferry") == number
    assert tokens.text(number) == "ferry"


def test_a_submission_comes_all_its_way_and_is_told_of_at_each_step(state: State) -> None:
    submissions = Submissions(state, now=lambda: NOW)
    first = submissions.submit(came(1), Upload("link", "https://example.org/a"))
    assert submissions.submit(came(1), Upload("link", "https://example.org/a")) == first
    second = submissions.submit(came(2, NOW + 1), Upload("link", "https://example.org/b"))
    assert second.report == first.report
    [report] = submissions.reports.outdated()
    assert report.is_list
    submissions.reports.mark_shown(report, 9)
    assert submissions.reports.outdated() == []
    begun = submissions.begin(first.number)
    assert begun is not None
    assert begun.begun == 1
    submissions.suspect()
    submissions.finish(begun, SubmissionResult("added", title="A"))
    assert len(submissions.reports.outdated()) == 1
    assert [one.number for one in submissions.due()] == [second.number]
    assert submissions.next_due(-1.0) == 0.0
    assert submissions.next_due(NOW) is None
    assert submissions.begin(first.number) is None
    assert [one.stage for one in submissions.of(report)] == [Stage.DONE, Stage.WAITING]
    submissions.finish(second, SubmissionResult("not added", fault="no", again=True))
    assert submissions.retry(second.number)
    assert [one.number for one in submissions.due()] == [second.number]
    submissions.note_long(second.number)
    submissions.prune()


def test_what_broke_off_without_its_fault_is_not_suspected_however_often(state: State) -> None:
    submissions = Submissions(state, now=lambda: NOW)
    number = submissions.submit(came(1), Upload("link", "https://example.org/a")).number
    for _ in range(20):
        begun = submissions.begin(number)
        assert begun is not None
        assert (begun.suspected, begun.begun <= 3) == (0, True)
        submissions.note_long(number)
        submissions.suspect()  # by another process, to which the database came back first
        submissions.absolve(begun)
    begun, elsewhere = submissions.begin(number), submissions.begin(number)
    assert begun is not None
    assert elsewhere is not None
    submissions.note_long(number)
    submissions.absolve(begun)
    submissions.suspect()  # the one that began it last has died
    again = submissions.begin(number)
    assert again is not None
    assert again.suspected == 1
    submissions.finish(again, SubmissionResult("not added", fault="no"))
    done = submissions.find(number)
    submissions.absolve(begun)
    assert submissions.find(number) == done


def test_a_part_of_a_text_is_joined_to_what_came_before_it(state: State) -> None:
    submissions = Submissions(state, now=lambda: NOW)
    parts = ["word " * 800, "and the end"]
    whole = Upload("text", "", parts=((1, parts[0]),))
    submissions.submit(came(1), whole)
    joined = submissions.edits.join(
        came(2, NOW + 1), Upload("text", "", parts=((2, parts[1]),)), due=NOW
    )
    assert joined is not None
    assert [text for _, text in joined.upload.parts] == parts
    assert submissions.edits.reword(came(2), "and another end")
    [changed] = submissions.due()
    assert changed.upload.parts[-1] == (2, "and another end")


def test_a_comment_is_on_what_comes_right_after_it(state: State) -> None:
    comments = Comments(state)
    comments.keep(came(1), "Look")
    assert comments.on(came(2, NOW + 1)) == Comment(1, "Look")
    assert comments.on(came(2, NOW + 9)) is None


def test_the_last_reaction_is_shown_once(state: State) -> None:
    reactions = Reactions(state)
    reactions.begin(HERE, 1, "👀", NOW)
    reactions.begin(HERE, 1, "🤔", NOW)
    [missing] = reactions.missing()
    assert missing.emoji == "👀"
    reactions.put(HERE, [1, 2], "👍", NOW + 1)
    reactions.shown(missing)
    assert sorted((one.message, one.version) for one in reactions.missing()) == [(1, 2), (2, 1)]
    for one in reactions.missing():
        reactions.shown(one)
    assert reactions.of(HERE, 1) is None
    reactions.prune(NOW + 9)


def test_what_was_sent_moves_with_its_chat(state: State) -> None:
    sent = Sent(state)
    sent.begin("k", -4, 7)
    assert sent.in_doubt(-4) == 1
    sent.complete("k", 8)
    assert sent.numbers(5, 0) == {8}
    sent.hold(-4, NOW)
    supergroup = -1_000_000_000_004
    sent.move(str(ChatThread(-4)), -4, to=(str(ChatThread(supergroup)), supergroup))
    assert sent.moved() == {-4: supergroup}
    assert sent.numbers(supergroup, 0) == set()
    sent.prune(NOW * 2)
    assert sent.find("k") is None


def test_what_waits_for_an_editor_is_found_by_whoever_sent_it(state: State) -> None:
    assert PageOffers(state, now=lambda: NOW).of("web:ada") == []


def test_a_change_is_kept_for_a_day_and_its_number_never_given_again(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Changes(place, tmp_path)
    first = changes.note("a", "added", "Ada", before=None, after=b"x")
    second = changes.note("a", "replaced", "Ada", before=b"\0x", after=b"y")
    found = changes.last()
    assert found is not None
    assert (found.number, found.before) == (second, b"\0x")
    assert found.is_carried_out(b"y")
    changes.remove(second)
    assert changes.note("b", "removed", "Ada", before=b"z", after=None) > second
    assert sorted(changes.articles()) == ["a", "b"]
    assert list(changes.arrivals()) == ["a"]
    assert changes.find(first) == changes.arrival("a")
    later = NOW * 3 + KEPT_SECONDS
    monkeypatch.setattr("footnote.bot.articles.changes.time.time", lambda: later)
    changes.erase_old(lambda: ["a"])
    assert changes.articles() == ["a"]
    changes.close()
