"""Messages: parted as Telegram takes them, with their entities, for any text."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

from footnote.bot.telegram.rendering.message import MAX_UNITS, Message, units

Styled = tuple[str, list[str], str | None]
"""What `Message.add` takes: a text, its styles and its address."""

STYLES = [MessageEntity.BOLD, MessageEntity.ITALIC, MessageEntity.EXPANDABLE_BLOCKQUOTE]
PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["word ", "A sentence. ", "\n", "\n\n", "😀", "👩‍👩‍👧", "שלום ", " ", "e\u0301"]
    ),
    st.builds(
        lambda text, times: text * times,
        st.sampled_from(["ab cd. ", "😀", "\n", " ", "x"]),
        st.integers(1, 90),
    ),
)
STYLED = st.tuples(
    PIECES,
    st.lists(st.sampled_from(STYLES), max_size=2, unique=True),
    st.none() | st.just("https://example.org/"),
)
LIMITS = st.integers(8, 200)


def build(pieces: list[Styled]) -> Message:
    message = Message()
    for text, styles, url in pieces:
        message.add(text, *styles, url=url)
    return message


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def covered(message: Message, number: str) -> str:
    """The characters, without white space, under the entities that carry this address."""
    return "".join(
        bare(message.text[e.offset : e.offset + e.length])
        for e in message.entities
        if e.url == number
    )


@given(st.lists(STYLED, max_size=12), LIMITS)
@example([("a" * 40 + "\n\n" + " " * 100 + "b", [], None)], 40)
@example([("  \n\n ", [], None)], 8)
def test_parts_fit_and_lose_nothing_but_white_space_at_their_borders(
    pieces: list[Styled], most: int
) -> None:
    message = build(pieces)
    parts = list(message.parts(most))
    at = 0
    for part in parts:
        assert part.text == part.text.strip()
        assert part.text
        assert units(part.text) <= most
        found = message.text.index(part.text, at)
        assert not message.text[at:found].strip()
        at = found + len(part.text)
    assert not message.text[at:].strip()


@given(st.lists(PIECES, max_size=12), LIMITS)
def test_entities_keep_their_text_over_the_borders_of_parts(texts: list[str], most: int) -> None:
    message = Message()
    for number, text in enumerate(texts):
        message.add(text, url=f"https://example.org/{number}")
    parts = list(message.parts(most))
    for number, text in enumerate(texts):
        kept = "".join(covered(part, f"https://example.org/{number}") for part in parts)
        assert kept == bare(text)


@given(st.lists(STYLED, max_size=12), LIMITS)
def test_entities_stand_within_their_part_in_utf_16_units(pieces: list[Styled], most: int) -> None:
    for part in build(pieces).parts(most):
        encoded = part.text.encode("utf-16-le")
        for entity, sent in zip(part.entities, part.telegram_entities(), strict=True):
            assert (sent.type, sent.url) == (entity.type, entity.url)
            assert sent.length > 0
            assert sent.offset + sent.length <= units(part.text)
            under = encoded[2 * sent.offset : 2 * (sent.offset + sent.length)]
            # Decoding fails where an offset cuts a surrogate pair in two.
            plain = part.text[entity.offset : entity.offset + entity.length]
            assert under.decode("utf-16-le") == plain


@settings(max_examples=25)
@given(st.integers(0, 9000), st.sampled_from(["x", "😀", "a ", "Ok. ", "\n", "\u2028", "𝔉. "]))
def test_no_part_is_longer_than_telegram_takes(length: int, piece: str) -> None:
    for part in Message().add(piece * length).parts():
        assert 0 < units(part.text) <= MAX_UNITS


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One two.\n\nThree four five six", "One two."),
        ("One two three\nfour five six seven", "One two three"),
        ("One two. Three four five six", "One two."),
        ("[1] One [2] two-three-four-five-six", "[1] One [2]"),
        ("One two three four-five-six-seven", "One two three"),
        ("one-two-three-four-five-six", "one-two-three-four-f"),
        ("😀" * 30, "😀" * 10),
    ],
)
def test_a_message_is_parted_where_a_reader_would_part_it(text: str, first: str) -> None:
    assert next(Message().add(text).parts(20)).text == first


def test_a_break_near_the_beginning_leaves_no_part_almost_empty() -> None:
    parts = [part.text for part in Message().add("Oh.\n\n" + "word " * 20).parts(40)]
    assert len(parts[0]) > 20


def test_an_entity_over_everything_can_be_put_around_what_was_added() -> None:
    message = Message().add("Before ").add("😀 inside", MessageEntity.BOLD)
    message.enclose(7, MessageEntity.EXPANDABLE_BLOCKQUOTE)
    assert [(e.type, e.offset, e.length) for e in message.telegram_entities()] == [
        ("bold", 7, 9),
        ("expandable_blockquote", 7, 9),
    ]


def test_nothing_is_enclosed_by_no_entity() -> None:
    assert Message().add("all").enclose(3, MessageEntity.BOLD).entities == []
    assert Message().add("", MessageEntity.BOLD).entities == []
