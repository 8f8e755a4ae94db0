from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..html import parse
from ..refusals import Refusal


def parsed(source: Any) -> Any:
    text, entities = parse(source)
    return text, [(x.type, x.offset, x.length, *dict(x.details).values()) for x in entities]


def refused(source: Any) -> Any:
    with pytest.raises(Refusal) as refusal:
        parse(source)
    return refusal.value.description.removeprefix("Bad Request: can't parse entities: ")


def test_every_tag_makes_its_entity() -> None:
    source = "<b>b</b><i>i</i><u>u</u><s>s</s><tg-spoiler>t</tg-spoiler><code>c</code>"
    kinds = ["bold", "italic", "underline", "strikethrough", "spoiler", "code"]
    assert parsed(source) == ("biustc", [(kind, n, 1) for n, kind in enumerate(kinds)])


def test_the_other_names_of_a_tag_work_too() -> None:
    source = '<strong>b</strong><em>i</em><ins>u</ins><del>s</del><span class="tg-spoiler">t</span>'
    assert [entity[0] for entity in parsed(source)[1]] == [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
    ]


def test_offsets_count_utf16_units() -> None:
    assert parsed("😀<b>x</b>") == ("😀x", [("bold", 2, 1)])


def test_blockquotes_may_be_expandable() -> None:
    source = "<blockquote>a</blockquote><blockquote expandable>b</blockquote>"
    assert parsed(source)[1] == [("blockquote", 0, 1), ("expandable_blockquote", 1, 1)]


def test_links_are_written_out() -> None:
    assert parsed('<a href="HTTPS://A.org?x=1&amp;y=2#z">a</a>')[1] == [
        ("text_link", 0, 1, "https://a.org/?x=1&y=2#z")
    ]
    assert parsed("<a>a.org</a>")[1] == [("text_link", 0, 5, "http://a.org/")]


def test_a_link_that_telegram_does_not_take_is_silently_none() -> None:
    assert parsed('<a href="http://localhost/x">a</a>') == ("a", [])


def test_a_link_to_a_user_is_a_mention() -> None:
    assert parsed('<a href="tg://user?id=5">a</a>')[1] == [("text_mention", 0, 1, 5)]


def test_code_in_pre_has_a_language_and_code_alone_has_none() -> None:
    assert parsed('<pre><code class="language-python">x</code></pre>')[1] == [
        ("pre", 0, 1, "python")
    ]
    assert parsed('<code class="language-python">x</code>')[1] == [("code", 0, 1)]


def test_only_four_named_references_are_known() -> None:
    assert parsed("&lt;&gt;&amp;&quot;&nbsp;&#65;&#x42;")[0] == '<>&"&nbsp;AB'


def test_an_empty_tag_makes_no_entity() -> None:
    assert parsed("<b></b>x") == ("x", [])


def test_an_end_tag_without_a_name_closes_the_last() -> None:
    assert parsed("<b>x</>") == ("x", [("bold", 0, 1)])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<mark>x</mark>", 'Unsupported start tag "mark" at byte offset 0'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_what_cannot_be_parsed_is_refused_with_the_place(source: str, text: str) -> None:
    assert refused(source) == text


@settings(deadline=None)
@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse(escaped) == (text.replace("\0", " "), [])


@settings(deadline=None)
@given(st.text("<>/abi ='\"&;#"))
def test_any_source_is_parsed_or_refused(source: str) -> None:
    with suppress(Refusal):
        parse(source)
