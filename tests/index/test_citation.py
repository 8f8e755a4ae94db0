import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.span import Span
from index.citation import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Nearest,
    Reason,
    Reference,
    WrongQuotation,
    to_json,
)

TEXT = "Rain fell in Sibi. It fell for days. یہ ہے۔ 😀 Then it stopped."
ARTICLE = Article(
    id="weather/rain",
    title="Rain",
    text=TEXT,
    author="Ann",
    date="2016",
    source="A paper",
    url="https://example.org/rain",
)
CITATION = Citation.of(1, ARTICLE, Span(19, 36), Span(0, 43))


def test_citation_takes_its_words_from_the_article() -> None:
    assert CITATION.quotation == "It fell for days."
    assert CITATION.passage_text == "Rain fell in Sibi. It fell for days. یہ ہے۔"
    assert CITATION.reference == Reference(
        "weather/rain",
        ARTICLE.revision,
        "Rain",
        "Ann",
        "2016",
        "A paper",
        "https://example.org/rain",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"quotation": "It fell for days"},
        {"quotation": "it fell for days."},
        {"quotation": "It fell for days. "},
        {"quotation": "It fell\u00a0for days."},
        {"quotation": ""},
        {"span": Span(18, 36)},
        {"span": Span(19, 37)},
        {"passage_text": CITATION.passage_text.replace("days", "ages")},
    ],
)
def test_quotation_that_is_not_the_exact_slice_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WrongQuotation):
        replace(CITATION, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"passage": Span(20, 63)},
        {"passage": Span(0, 30)},
        {"passage": Span(0, 44)},
        {"passage_text": CITATION.passage_text + " "},
    ],
)
def test_quotation_outside_its_passage_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(WrongQuotation, match="is not within the passage"):
        replace(CITATION, **change)


@pytest.mark.parametrize("span", [Span(60, 70), Span(len(TEXT), len(TEXT) + 1)])
def test_span_beyond_the_article_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match=f"outside a text of {len(TEXT)}"):
        Citation.of(1, ARTICLE, span, span)


@given(st.data())
def test_any_span_within_any_passage_is_quoted_exactly(data: st.DataObject) -> None:
    cuts = st.integers(0, len(TEXT))
    bounds = sorted(data.draw(st.lists(cuts, min_size=4, max_size=4)))
    if bounds[1] < bounds[2]:
        passage, span = Span(bounds[0], bounds[3]), Span(bounds[1], bounds[2])
        citation = Citation.of(1, ARTICLE, span, passage)
        assert citation.quotation == TEXT[span.start : span.end]
        assert citation.quotation in citation.passage_text


def test_claim_without_a_citation_is_refused() -> None:
    with pytest.raises(ValueError, match="no citation for the claim 'It rained'"):
        Claim("It rained", ())


def test_answer_without_a_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="abstention"):
        Answer("Did it rain?", "quoted", 0.9, ())


def test_citations_of_an_answer_are_each_counted_once_and_in_order() -> None:
    second = Citation.of(2, ARTICLE, Span(0, 18), Span(0, 43))
    claims = [Claim("One", (second, CITATION)), Claim("Two", (CITATION,))]
    answer = Answer("Did it rain?", "written", 0.5, claims)
    assert answer.citations == {1: CITATION, 2: second}
    assert list(answer.citations) == [1, 2]


def test_answer_as_json_has_the_documented_form() -> None:
    answer = Answer("Did it rain?", "quoted", 0.123456, [Claim("It fell for days.", (CITATION,))])
    assert to_json(answer) == {
        "kind": "answer",
        "question": "Did it rain?",
        "mode": "quoted",
        "confidence": 0.1235,
        "claims": [
            {
                "text": "It fell for days.",
                "citations": [
                    {
                        "n": 1,
                        "article": "weather/rain",
                        "revision": ARTICLE.revision,
                        "title": "Rain",
                        "start": 19,
                        "end": 36,
                        "quotation": "It fell for days.",
                        "passage": {
                            "start": 0,
                            "end": 43,
                            "text": "Rain fell in Sibi. It fell for days. یہ ہے۔",
                        },
                    }
                ],
            }
        ],
    }
    assert json.loads(json.dumps(to_json(answer))) == to_json(answer)


def test_abstention_as_json_has_the_documented_form_and_no_numbers() -> None:
    near = Nearest(Reference.to(ARTICLE), Span(0, 18), "Rain fell in Sibi.")
    abstention = Abstention("Did it snow?", Reason.NOT_ANSWERED, [near])
    assert to_json(abstention) == {
        "kind": "abstention",
        "question": "Did it snow?",
        "reason": "the articles do not answer this",
        "nearest": [
            {
                "article": "weather/rain",
                "title": "Rain",
                "start": 0,
                "end": 18,
                "text": "Rain fell in Sibi.",
            }
        ],
    }
    assert type(to_json(abstention)["reason"]) is str
    foreign = Abstention("¿Nevó?", Reason.OTHER_LANGUAGE, [], ("en",))
    assert to_json(foreign)["languages"] == ["en"]
