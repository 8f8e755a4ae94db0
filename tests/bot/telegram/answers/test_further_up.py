"""What stands further up in its article than what is told first is said to, in each language."""

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

NAMES, HE, BEST = "Orm led the crew.", "He was the first from Arvik.", "Ida leads the crew now."


@pytest.fixture(scope="module")
def shared_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    place: Path = tmp_path_factory.mktemp("shared")
    with TelegramServer() as server, RunningBot(server, place) as running:
        Answers(running, Crew=led)
        yield running


def led() -> Answer:
    article = Article(id="crew", title="Crew", text=f"{NAMES} {HE} {BEST}", date="2024-06-03")

    def span(sentence: str) -> Span:
        start = article.text.index(sentence)
        return Span(start, start + len(sentence))

    whole = Span(0, len(article.text))
    he = Citation.of(2, article, span(HE), whole, before=span(NAMES))
    best = Claim(BEST, [Citation.of(1, article, span(BEST), whole)])
    return Answer("Crew", "quoted", 0.9, [best, Claim(HE, [he], further_up=True)])


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_it_is_said_where_the_sentence_stands_before_what_it_leans_on(
    shared_bot: RunningBot, code: str
) -> None:
    server, texts = shared_bot.server, texts_for(code)
    said = ask(server.private_chat(server.user("Kim", language_code=code)), "Crew")
    best, above, _ = said.text.split("\n\n", 2)
    assert best == f"{BEST} [1] · 2024-06-03"
    assert above == f"{texts.further_up}\n… {NAMES}\n{HE} [2] · 2024-06-03"
    assert f"… {NAMES}" in said.marked("italic")
