"""Answers and passages that are longer than a message of Telegram."""

from bot.telegram.message import units
from corpus.article import Article
from corpus.span import Span
from index.citation import Answer, Citation, Claim
from tests.bot.telegram.running_bot import RunningBot
from tests.bot.telegram.talk import Answers


def long_answer(*sentences: str) -> Answer:
    text = "\n\n".join(sentences)
    article = Article(id="long", title="Long 😀", text=text)
    claims, start = [], 0
    for number, sentence in enumerate(sentences, start=1):
        span = Span(start, start + len(sentence))
        claims.append(Claim(sentence, [Citation.of(number, article, span, Span(0, len(text)))]))
        start = span.end + 2
    return Answer("Long?", "quoted", 0.9, claims)


def test_a_long_answer_is_parted_with_the_keyboard_under_the_last_part(bot: RunningBot) -> None:
    sentences = [f"{mark} is 😀 a word " * 250 + "." for mark in "abc"]
    Answers(bot, Long=lambda: long_answer(*sentences))
    chat = bot.chat()
    question = chat.send("Long")
    last = chat.wait_for_message(after=question, matching="Sources")
    parts = chat.bot_messages(after=question)
    assert parts[-1] is last
    assert len(parts) == 3
    assert all(units(part.text) <= 4096 for part in parts)
    assert [part.labels for part in parts] == [[], [], [["[1]", "[2]", "[3]"]]]
    assert [part.reply_to for part in parts] == [question, None, None]
    whole = "".join("".join(part.text for part in parts).split())
    assert all("".join(sentence.split()) in whole for sentence in sentences)
    assert [mark for part in parts for mark in part.marked("bold")][:3] == ["[1]", "[2]", "[3]"]


def test_a_sentence_longer_than_a_message_is_marked_in_every_part_of_its_passage(
    bot: RunningBot,
) -> None:
    sentence = "A sentence 😀 of many words and no end" * 300
    Answers(bot, Long=lambda: long_answer("Before.", sentence, "After."))
    chat = bot.chat()
    asked = chat.send("Long")
    press = chat.wait_for_message(after=asked, matching="Sources").press("[2]")
    chat.wait_for_message(after=press, matching="After.")
    parts = chat.bot_messages(after=press)
    assert len(parts) > 2
    assert all(units(part.text) <= 4096 for part in parts)
    marked = "".join(mark for part in parts for mark in part.marked("underline"))
    assert "".join(marked.split()) == "".join(sentence.split())
    assert all(part.marked("expandable_blockquote") for part in parts)
