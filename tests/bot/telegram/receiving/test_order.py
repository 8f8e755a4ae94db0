"""One question of a chat after the other, the chats side by side."""

from threading import Event

from footnote.bot.telegram.texts import ENGLISH
from footnote.index.results import Abstention, Reason
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import Answers, ask


class Slow:
    """Answers once it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = Event(), Event()

    def __call__(self) -> Abstention:
        self.begun.set()
        assert self.go.wait(60)
        return Abstention("slow", Reason.NOTHING_FOUND)


def test_a_slow_question_holds_up_its_own_chat_and_no_other(bot: RunningBot) -> None:
    slow = Slow()
    Answers(bot, slow=slow)
    ada, bob = bot.chat("Ada"), bot.chat("Bob")
    first = ada.send("slow")
    assert slow.begun.wait(60)
    second = ada.send("quick")
    assert ask(bob, "quick").text.startswith(ENGLISH.nothing_found)
    assert ada.bot_messages() == []
    slow.go.set()
    ada.wait_for_message(matching=lambda message: message.reply_to == second)
    assert [message.reply_to for message in ada.bot_messages()] == [first, second]


def test_new_begins_after_the_question_before_it(bot: RunningBot) -> None:
    slow = Slow()
    answers = Answers(bot, slow=slow)
    chat = bot.chat()
    chat.send("slow")
    assert slow.begun.wait(60)
    chat.send("/new")
    chat.send("quick")
    chat.wait_quiet()
    slow.go.set()
    chat.wait_for_message(matching=lambda m: bool(m.reply_to and m.reply_to.text == "quick"))
    assert [message.text for message in chat.bot_messages()][1] == ENGLISH.new
    assert [question.text for question in answers.asked] == ["slow", "quick"]
    assert list(answers.asked[1].history) == []
