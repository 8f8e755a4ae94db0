"""What the tests ask of the bot, and an answerer that does what a test tells it to."""

from collections.abc import Callable

from footnote.index.question import Question
from footnote.index.results import Abstention, Reason, Result
from tests.bot.telegram.running_bot import RunningBot
from tools.telegram_server import Message, PrivateChat

DANCE = "Who decoded the waggle dance of honeybees?"
DECODED = "The waggle dance of honeybees was decoded by Karl von Frisch."
LIGHTHOUSE = "Who built the lighthouse of Port Ellis?"
FOLLOW_UP = "Where did it burn?"
# What "its" means is shown before the sentence that is quoted.
FOLLOWED = (
    "… The lighthouse of Port Ellis was built by the brothers Hale.\nIts lamp burned whale oil"
)
UNANSWERED = "Which languages are spoken in Peru and Bolivia today?"

Act = Callable[[], Result]


def ask(chat: PrivateChat, text: str) -> Message:
    return chat.wait_for_message(after=chat.send(text))


class Answers:
    """An answerer that does what it was told for a question, and abstains from the others."""

    def __init__(self, bot: RunningBot, **acts: Act) -> None:
        self._acts = acts
        self.asked: list[Question] = []
        vars(bot.footnote)["answerer"] = self

    def answer(self, question: Question) -> Result:
        self.asked.append(question)
        act = self._acts.get(question.text)
        return act() if act else Abstention(question.text, Reason.NOTHING_FOUND)


def numbers(message: Message) -> list[str]:
    """The payloads of the links behind the numbers of an answer, each once."""
    links = [entity["url"] for entity in message.entities if entity["type"] == "text_link"]
    own = dict.fromkeys(link for link in links if link.startswith("https://t.me/"))
    return [link.partition("?start=")[2] for link in own]
