"""What a question follows up: the one before it, or what it replies to."""

from footnote.index.question import Question
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import Answers, ask
from tools.telegram_server import TelegramServer


def history(question: Question) -> list[str]:
    return [turn.text for turn in question.history]


def test_in_private_a_question_follows_up_the_one_before_it(bot: RunningBot) -> None:
    answers, chat = Answers(bot), bot.chat()
    for text in ("One?", "Two?", "/new", "Three?", "Four?"):
        ask(chat, text)
    assert [history(question) for question in answers.asked] == [
        [],
        ["One?"],
        [],
        ["Three?"],
    ]


def test_a_reply_to_an_older_answer_or_question_goes_on_from_there(bot: RunningBot) -> None:
    answers, chat = Answers(bot), bot.chat()
    question = chat.send("One?")
    first = chat.wait_for_message(after=question)
    ask(chat, "Two?")
    for replied in (first, question):
        chat.wait_for_message(after=chat.send("And?", reply_to=replied))
    assert [history(asked) for asked in answers.asked[2:]] == [["One?"], ["One?"]]
    help_ = ask(chat, "/help")
    chat.wait_for_message(after=chat.send("So?", reply_to=help_))
    assert history(answers.asked[-1]) == ["One?", "And?"]


def test_a_greeting_in_between_is_no_turn(bot: RunningBot) -> None:
    answers, chat = Answers(bot), bot.chat()
    for text in ("One?", "Thanks!", "🐝", "Two?"):
        ask(chat, text)
    assert [history(question) for question in answers.asked] == [[], ["One?"]]


def test_in_a_group_a_question_follows_up_what_it_replies_to_and_nothing_else(
    server: TelegramServer, bot: RunningBot
) -> None:
    answers = Answers(bot)
    ada, bob = server.user("Ada"), server.user("Bob")
    group = server.supergroup("Desk", ada, bob)
    first = group.wait_for_message(after=group.send("/ask One?"))
    second = group.wait_for_message(after=group.send("/ask Two?", sender=bob))
    third = group.wait_for_message(after=group.send("Why?", reply_to=first, sender=bob))
    group.wait_for_message(after=group.send("And?", reply_to=third))
    group.wait_for_message(after=group.send("So?", reply_to=second))
    assert [history(question) for question in answers.asked] == [
        [],
        [],
        ["One?"],
        ["One?", "Why?"],
        ["Two?"],
    ]


def test_topics_of_a_forum_are_kept_apart_and_answered_in_place(
    server: TelegramServer, bot: RunningBot
) -> None:
    answers = Answers(bot)
    forum = server.supergroup("Forum", server.user("Ada"), forum=True)
    one, other = forum.topic("One"), forum.topic("Other")
    first = one.wait_for_message(after=one.send("/ask One?"))
    second = other.wait_for_message(after=other.send("/ask Two?"))
    one.wait_for_message(after=one.send("And?", reply_to=first))
    assert [history(question) for question in answers.asked] == [[], [], ["One?"]]
    assert (first.thread_id, second.thread_id) == (one.id, other.id)
