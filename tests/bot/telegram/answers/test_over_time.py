"""What moves: in each language an answer says of when it is and what older reports said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from footnote.bot.telegram.texts import LANGUAGES, texts_for
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.results import Answer, Citation, Claim
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import Answers, ask
from tools.telegram_server import TelegramServer

NOW, THEN, BEFORE = "Nine ships sail.", "Seven ships sail.", "Four ships sail."
DAYS = {NOW: "2024-06-03", THEN: "2024-02-14", BEFORE: "2023-12-01"}


@pytest.fixture(scope="module")
def shared_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    place: Path = tmp_path_factory.mktemp("shared")
    with TelegramServer() as server, RunningBot(server, place) as running:
        Answers(running, Fleet=moved)
        yield running


def moved() -> Answer:
    claims = []
    for number, (text, day) in enumerate(DAYS.items(), start=1):
        article, span = (
            Article(id=f"fleet{number}", title="Fleet", text=text, date=day),
            Span(0, len(text)),
        )
        citation = Citation.of(number, article, span, span)
        claims.append(Claim(text, [citation], earlier=number > 1))
    return Answer("Fleet", "quoted", 0.9, claims, as_of=DAYS[NOW])


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_the_newest_comes_first_with_its_day_and_what_was_said_before_below(
    shared_bot: RunningBot, code: str
) -> None:
    server, texts = shared_bot.server, texts_for(code)
    said = ask(server.private_chat(server.user("Kim", language_code=code)), "Fleet")
    newest, before, oldest, as_of, _ = said.text.split("\n\n", 4)
    assert newest == f"{NOW} [1] · {DAYS[NOW]}"
    assert before == f"{texts.said_earlier(THEN)} [2] · {DAYS[THEN]}"
    assert oldest == f"{texts.said_earlier(BEFORE)} [3] · {DAYS[BEFORE]}"
    assert as_of == texts.as_of(DAYS[NOW])
