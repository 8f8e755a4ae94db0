from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..cleaning import arrange
from ..entities import (
    GIVEN,
    Entity,
    Formatted,
    add_found,
    fix,
    keep_the_first,
    utf16_length,
    utf16_slice,
)
from ..refusals import Refusal


def e(type_: Any, offset: Any, length: Any, **details: Any) -> Any:
    return Entity(type_, offset, length, tuple(details.items()))


def spans(entities: Any) -> Any:
    return [(entity.type, entity.offset, entity.length) for entity in entities]


def arranged(text: Any, *entities: Any) -> Any:
    result = arrange(text, entities)
    return result.text, spans(result.entities)


def refused(text: Any, *entities: Any) -> Any:
    with pytest.raises(Refusal) as refusal:
        arrange(text, entities)
    return refusal.value.description


def test_lengths_are_counted_in_utf16_units() -> None:
    assert utf16_length("a😀") == 3
    assert utf16_slice("a😀b", 1, 2) == "😀"


def test_white_space_goes_at_both_ends_and_entities_move_along() -> None:
    assert arranged("  hi there \n", e("bold", 5, 6)) == ("hi there", [("bold", 3, 5)])


def test_white_space_inside_of_the_first_entity_stays() -> None:
    assert arranged("  hi", e("bold", 0, 4)) == ("  hi", [("bold", 0, 4)])


def test_a_blank_text_is_empty() -> None:
    assert arranged(" \n ", e("bold", 0, 3)) == ("", [])


def test_control_characters_become_spaces_and_carriage_returns_go() -> None:
    assert arranged("a\tb\r\nc", e("bold", 5, 1)) == ("a b\nc", [("bold", 4, 1)])


def test_of_marks_of_direction_side_by_side_the_last_stays() -> None:
    assert arrange("\u200f\u200e/new \u200e\u200fa \u200fb", []).text == (
        "\u200c\u200e/new \u200c\u200fa \u200fb"
    )


def test_an_entity_outside_of_the_text_is_refused() -> None:
    assert refused("hello", e("bold", 100, 1)) == (
        "Bad Request: entity begins after the end of the text at UTF-16 offset 100"
    )
    assert refused("hello", e("bold", 0, 100)) == (
        "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 "
        "offset 100"
    )
    assert refused("hello", e("bold", -1, 1)) == (
        "Bad Request: receive an entity with incorrect offset -1"
    )


def test_an_entity_that_cuts_a_surrogate_pair_is_refused() -> None:
    assert refused("a😀b", e("bold", 2, 1)) == (
        "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 5"
    )
    assert refused("a😀b", e("bold", 0, 2)) == (
        "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at "
        "byte offset 5"
    )


def test_half_a_surrogate_pair_is_refused() -> None:
    assert refused("a\ud83d") == "Bad Request: strings must be encoded in UTF-8"


def test_an_entity_without_length_is_dropped() -> None:
    assert arranged("hello", e("bold", 2, 0)) == ("hello", [])


def test_a_blockquote_may_hold_marks_and_links() -> None:
    quote = [e("expandable_blockquote", 0, 10), e("bold", 2, 3), e("text_link", 6, 2)]
    assert spans(fix(quote)) == spans(quote)


def test_of_two_nested_blockquotes_the_outer_stays() -> None:
    assert spans(fix([e("blockquote", 0, 9), e("blockquote", 3, 3)])) == [("blockquote", 0, 9)]


def test_of_two_crossing_links_the_first_stays() -> None:
    assert spans(fix([e("text_link", 0, 5), e("text_link", 3, 5)])) == [("text_link", 0, 5)]


def test_a_link_across_the_edge_of_a_blockquote_goes() -> None:
    assert spans(fix([e("blockquote", 0, 5), e("text_link", 3, 5)])) == [("blockquote", 0, 5)]


def test_nothing_is_bold_in_code() -> None:
    assert spans(fix([e("bold", 0, 9), e("code", 3, 3)])) == [
        ("bold", 0, 3),
        ("code", 3, 3),
        ("bold", 6, 3),
    ]


def test_crossing_marks_are_split() -> None:
    assert spans(fix([e("bold", 0, 6), e("italic", 3, 6)])) == [
        ("bold", 0, 3),
        ("italic", 3, 6),
        ("bold", 3, 3),
    ]


def test_touching_marks_of_one_kind_are_one() -> None:
    assert spans(fix([e("bold", 0, 3), e("bold", 3, 3)])) == [("bold", 0, 6)]


def test_over_a_hundred_entities_the_marks_are_dropped_first() -> None:
    marks = [e("bold", 3 * n, 1) for n in range(60)]
    links = [e("text_link", 3 * n + 1, 1, url="https://a.org/") for n in range(60)]
    kept = keep_the_first(fix([*marks, *links]))
    kinds = [entity.type for entity in kept]
    assert (kinds.count("text_link"), kinds.count("bold")) == (60, 40)
    assert kept[-1].offset > kept[0].offset


def test_custom_emoji_are_not_counted() -> None:
    emoji = [e("custom_emoji", n, 1, custom_emoji_id="1") for n in range(150)]
    assert len(keep_the_first(emoji)) == 150


def test_what_telegram_finds_yields_to_what_was_given() -> None:
    given_ones = [e("code", 0, 5), e("blockquote", 10, 10)]
    found = [e("url", 3, 4), e("url", 8, 4), e("url", 12, 4)]
    assert spans(add_found(given_ones, found)) == [
        ("code", 0, 5),
        ("blockquote", 10, 10),
        ("url", 12, 4),
    ]


ENTITIES = st.builds(Entity, st.sampled_from(sorted(GIVEN)), st.integers(0, 12), st.integers(1, 12))


@settings(deadline=None)
@given(st.text("ab \n\r😀"), st.lists(ENTITIES, max_size=8))
def test_arranged_entities_lie_in_the_text_and_stay_when_arranged_again(
    text: str, entities: Any
) -> None:
    try:
        once = arrange(text, entities)
    except Refusal:
        return
    end = utf16_length(once.text)
    assert all(0 <= entity.offset < entity.end <= end for entity in once.entities)
    assert arrange(once.text, once.entities) == once


@settings(deadline=None)
@given(st.lists(ENTITIES, max_size=8))
def test_fixing_twice_changes_nothing(entities: Any) -> None:
    once = fix(entities)
    assert fix(once) == once


@settings(deadline=None)
@given(st.lists(ENTITIES, max_size=8))
def test_only_nested_entities_are_left(entities: Any) -> None:
    fixed = fix(entities)
    for place, one in enumerate(fixed):
        for other in fixed[place + 1 :]:
            assert other.offset >= one.end or other.end <= one.end, (one, other)


def test_a_formatted_text_without_entities_has_no_field_for_them() -> None:
    assert Formatted("hi").to_api("text", "entities") == {"text": "hi"}
