"""Answers and passages that are longer than a message of Telegram."""

from footnote.bot.telegram.rendering.message import units
from footnote.bot.telegram.texts import ENGLISH
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.results import Answer, Citation, Claim
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
    assert [part.labels for part in parts] == [[], [], [["[1]", "[2]", "[3]"], ["👍", "👎"]]]
    assert [part.reply_to for part in parts] == [question, None, None]
    whole = "".join("".join(part.text for part in parts).split())
    assert all("".join(sentence.split()) in whole for sentence in sentences)
    numbered = [mark for part in parts for mark in part.marked("text_link")]
    assert numbered == ["[1]", "[2]", "[3]"] * 2  # behind the sentences, and before their sources
    press = last.press("[2]")
    press.wait_answered()
    assert last.wait_edited().marked("underline")[0].startswith("b is 😀 a word")
    last.press(ENGLISH.back)
    assert last.wait_edited().text == parts[-1].text
    assert chat.bot_messages(after=question) == parts


def test_of_a_passage_longer_than_a_message_the_part_with_the_marked_sentence_is_shown(
    bot: RunningBot,
) -> None:
    sentence = "A sentence 😀 of many words and no end" * 300
    Answers(bot, Long=lambda: long_answer("Before.", sentence, "After."))
    chat = bot.chat()
    asked = chat.send("Long")
    last = chat.wait_for_message(after=asked, matching="Sources")
    last.press("[2]")
    shown = last.wait_edited()
    assert units(shown.text) <= 4096
    [marked] = shown.marked("underline")
    assert sentence.startswith(marked)
    assert shown.marked("expandable_blockquote")[0].endswith(marked)
    assert shown.labels[0] == ["[1]", "· 2 ·", "[3]"]
