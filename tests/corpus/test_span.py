import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.span import Span

_TEXT = "Four countries met in Urumqi."


@st.composite
def _spans(draw: st.DrawFn, most: int = 60) -> Span:
    start = draw(st.integers(0, most - 1))
    return Span(start, draw(st.integers(start + 1, most)))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (4, 3), (-1, 3), (-3, -1), (0, -1)])
def test_span_of_nothing_is_refused(start, end):
    with pytest.raises(ValueError, match=f"{start}..{end}"):
        Span(start, end)


@given(st.text(min_size=1), st.data())
def test_span_gives_the_exact_slice(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start, end)
    assert span.of(text) == text[start:end]
    assert len(span) == len(span.of(text))


def test_span_counts_characters_and_not_bytes():
    assert Span(2, 4).of("نہ👩‍🚀") == "👩‍🚀"[:2]


@pytest.mark.parametrize("span", [Span(0, 30), Span(28, 30), Span(29, 30), Span(500, 900)])
def test_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="outside a text of 29"):
        span.of(_TEXT)


def test_span_may_reach_the_last_character():
    assert Span(22, 29).of(_TEXT) == "Urumqi."


@given(_spans(), _spans())
def test_one_span_covers_another_when_all_its_characters_are_within(one, other):
    assert one.covers(other) == (set(range(*_ends(other))) <= set(range(*_ends(one))))


@given(_spans(), st.integers(-70, 70), st.text(min_size=200, max_size=200))
def test_shifted_span_quotes_the_same_words_of_a_shifted_text(span, by, text):
    if span.start + by < 0:
        with pytest.raises(ValueError, match="0 <= start"):
            span.shifted(by)
    else:
        shifted_text = text[-by:] if by < 0 else "x" * by + text
        assert span.shifted(by).of(shifted_text) == span.of(text)


def test_spans_are_in_the_order_of_the_text():
    assert sorted([Span(4, 9), Span(0, 9), Span(0, 3)]) == [Span(0, 3), Span(0, 9), Span(4, 9)]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
