"""👍 and 👎: given, taken back, counted once, and what owners read of them."""

import json
from pathlib import Path

import pytest

from bench.sets import read_set
from footnote.bot.answers.feedback import Feedback, Rating, Tally
from footnote.bot.state import State
from footnote.bot.telegram.sending.pacing import RateLimits
from footnote.bot.telegram.texts import ENGLISH
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import DANCE, FOLLOW_UP, LIGHTHOUSE, UNANSWERED, ask
from tools.telegram_server import Message, PrivateChat, TelegramServer, User


def pressed(answer: Message, label: str, *, by: User | None = None) -> str:
    press = answer.press(label, by=by)
    told = press.wait_answered().text
    answer.wait_edited()
    return told


def test_a_verdict_is_given_changed_and_taken_back(chat: PrivateChat) -> None:
    answer = ask(chat, DANCE)
    text = answer.text
    assert pressed(answer, "👍") == ENGLISH.thanked
    assert answer.labels == [["[1]"], ["👍 ✓", "👎"]]
    assert pressed(answer, "👎") == ENGLISH.noted
    assert answer.labels == [["[1]"], ["👍", "👎 ✓"], [ENGLISH.wrong_passage]]
    assert pressed(answer, ENGLISH.wrong_passage) == ENGLISH.noted
    assert answer.labels[2] == [f"{ENGLISH.wrong_passage} ✓"]
    assert pressed(answer, "👎 ✓") == ENGLISH.taken_back
    assert answer.labels == [["[1]"], ["👍", "👎"]]
    assert answer.text == text


def test_a_verdict_outlasts_a_look_at_the_passage(chat: PrivateChat) -> None:
    answer = ask(chat, DANCE)
    pressed(answer, "👎")
    for label in ("[1]", ENGLISH.back):
        answer.press(label)
        answer.wait_edited()
    assert answer.labels == [["[1]"], ["👍", "👎 ✓"], [ENGLISH.wrong_passage]]


def test_in_a_group_verdicts_are_counted(server: TelegramServer, bot: RunningBot) -> None:
    ada, bob = server.user("Ada"), server.user("Bob")
    group = server.supergroup("Desk", ada, bob)
    answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
    pressed(answer, "👍", by=ada)
    pressed(answer, "👍 1", by=bob)
    assert answer.labels[1] == ["👍 2", "👎"]
    pressed(answer, "👍 2", by=ada)
    assert answer.labels[1] == ["👍 1", "👎"]


def test_in_a_group_the_buttons_stay_in_the_language_of_who_asked(
    server: TelegramServer, bot: RunningBot
) -> None:
    ada, carol = server.user("Ada"), server.user("Carol", language_code="de")
    group = server.supergroup("Desk", ada, carol)
    answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
    pressed(answer, "👎", by=carol)
    assert answer.labels[2] == [ENGLISH.wrong_passage]


def test_in_a_group_the_counts_leave_the_room_to_answers(
    server: TelegramServer, tmp_path: Path
) -> None:
    people = [server.user(f"P{number}") for number in range(15)]
    limits = RateLimits(chat_per_second=100, group_per_minute=20, all_per_second=100)
    with RunningBot(server, tmp_path, limits=limits) as bot:
        group = server.supergroup("Desk", *people)
        answer = group.wait_for_message(after=group.send(f"/ask {DANCE}"))
        for person in people:
            up = next(label for label in answer.labels[1] if label.startswith("👍"))
            answer.press(up, by=person).wait_answered()
        group.wait_for_message(after=group.send(f"/ask {LIGHTHOUSE}"))
        first, _ = bot.footnote.receipts.asked()
        assert bot.footnote.feedback.tally(first.id).up == len(people)


@pytest.fixture
def feedback(state: State) -> Feedback:
    return Feedback(state)


def test_a_press_that_is_handled_again_counts_once(feedback: Feedback) -> None:
    for _ in range(3):
        assert feedback.press("r", 1, Rating.UP, "q1") is Rating.UP
    assert feedback.tally("r") == Tally(up=1)
    for _ in range(3):
        assert feedback.press("r", 1, Rating.UP, "q2") is Rating.NONE
    assert feedback.tally("r") == Tally()
    for _ in range(2):
        assert feedback.press_wrong_passage("r", 1, "q3")
    assert feedback.tally("r") == Tally(down=1, wrong_passages=1)
    assert feedback.press("r", 1, Rating.UP, "q4") is Rating.UP
    assert feedback.tally("r") == Tally(up=1)
    assert feedback.tally("another") == Tally()


def assert_reads_as_a_set(exported: bytes, articles: dict[str, str], folder: Path) -> None:
    """As the benchmark reads it: the questions as they were asked, with evidence that is there."""
    folder.mkdir()
    (folder / "questions.jsonl").write_bytes(exported)
    rows = [json.dumps({"id": id, "text": text}) for id, text in articles.items()]
    (folder / "articles.jsonl").write_text("\n".join(rows))
    [questions] = read_set(folder)
    assert [case.question.text for case in questions.cases] == [
        DANCE, LIGHTHOUSE, FOLLOW_UP, UNANSWERED,
    ]  # fmt: skip
    assert [bool(case.evidence) for case in questions.cases] == [False, True, True, False]
    assert [case.answerable for case in questions.cases] == [True, True, True, False]
    assert [len(case.question.history) for case in questions.cases] == [0, 0, 2, 0]
    for case in questions.cases:
        assert all(piece in articles[case.articles[0]] for piece in case.evidence)


def test_what_is_asked_before_there_are_articles_is_a_gap(
    server: TelegramServer, tmp_path: Path
) -> None:
    (tmp_path / "articles").mkdir()
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, owners={ada.id}) as bot:
        assert ask(bot.chat("Bob"), DANCE).text == ENGLISH.no_articles
        heading, gap = ask(server.private_chat(ada), "/gaps").text.splitlines()
        assert heading == ENGLISH.gaps_nothing
        assert gap.startswith(f"• {DANCE} · ")


def test_owners_see_gaps_and_get_everything_as_a_file(
    server: TelegramServer, tmp_path: Path
) -> None:
    ada = server.user("Ada")
    with RunningBot(server, tmp_path, owners={ada.id}) as bot:
        owner, bob = server.private_chat(ada), bot.chat("Bob")
        assert ask(owner, "/gaps").text == ENGLISH.nothing_to_export
        assert ask(owner, "/export").text == ENGLISH.nothing_to_export
        pressed(ask(bob, DANCE), "👎")
        assert ask(owner, "/gaps").text == ENGLISH.no_gaps
        for text in ("/new", LIGHTHOUSE, FOLLOW_UP, "/new", UNANSWERED, "Thanks!", "/check Bees."):
            ask(bob, text)
        heading, gap = ask(owner, "/gaps").text.splitlines()
        assert heading == ENGLISH.gaps_nothing
        assert gap.startswith(f"• {UNANSWERED} · 20")
        document = ask(owner, "/export")
        assert document.text == "Questions: 4"
        assert document.file.name == "questions.jsonl"
        lines = [json.loads(line) for line in document.file.content.decode().splitlines()]
        articles = {id: bot.footnote.store.read(id).text for id in bot.footnote.store.stamps()}
    first, second, third, fourth = lines
    assert first == {
        "id": first["id"],
        "kind": "answer",
        "question": DANCE,
        "article_ids": ["honeybees"],
        "feedback": {"up": 0, "down": 1, "wrong_passages": 0},
    }
    assert second["question"] == LIGHTHOUSE
    assert second["answers"] == second["evidence"] != []
    assert third["history"][0] == {"role": "user", "text": LIGHTHOUSE}
    assert [turn["role"] for turn in third["history"]] == ["user", "assistant"]
    assert fourth == {
        "id": fourth["id"],
        "kind": "abstention",
        "question": UNANSWERED,
        "article_ids": [],
    }
    assert_reads_as_a_set(document.file.content, articles, tmp_path / "desk")
    assert str(bob.id) not in document.file.content.decode()
