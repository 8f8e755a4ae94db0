import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.result_json import to_json
from footnote.index.results import (
    Abstention,
    Answer,
    Citation,
    Claim,
    ListedArticle,
    Listing,
    Nearest,
    Reason,
    Reference,
    WrongQuotation,
    answered_by,
    with_before,
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


@pytest.mark.parametrize("before", [Span(18, 20), Span(19, 36), Span(37, 43)])
def test_sentence_that_is_not_before_the_quotation_is_refused(before: Span) -> None:
    with pytest.raises(WrongQuotation, match="is not before"):
        replace(CITATION, before=before)


def test_sentence_before_the_passage_is_refused() -> None:
    with pytest.raises(WrongQuotation, match="is not before"):
        Citation.of(1, ARTICLE, Span(19, 36), Span(10, 43), before=Span(0, 18))


def test_sentence_before_is_the_exact_slice() -> None:
    citation = Citation.of(1, ARTICLE, Span(19, 36), Span(0, 43), before=Span(0, 18))
    assert citation.before_text == "Rain fell in Sibi."
    assert CITATION.before_text is None


def test_day_of_an_article_is_its_own_date_else_that_on_which_it_was_added() -> None:
    assert Reference.to(ARTICLE, added="2026-11-20").day == "2016"
    assert Reference.to(replace(ARTICLE, date=None), added="2026-11-20").day == "2026-11-20"
    assert Reference.to(replace(ARTICLE, date=None)).day is None


def test_claim_without_a_citation_is_refused() -> None:
    with pytest.raises(ValueError, match="no citation for the claim 'It rained'"):
        Claim("It rained", ())


def test_answer_without_a_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="abstention"):
        Answer("Did it rain?", "quoted", 0.9, ())


def test_nearest_without_a_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="abstention"):
        Nearest("Did it rain?", 0.2, ())


def test_nearest_in_other_words_than_the_article_s_is_refused() -> None:
    with pytest.raises(ValueError, match="is not what it cites"):
        Nearest("Did it rain?", 0.2, [Claim("It rained for days.", (CITATION,))])


def test_listing_without_an_article_is_refused() -> None:
    with pytest.raises(ValueError, match="abstention"):
        Listing("What is new?", "new", ())


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
                        "author": "Ann",
                        "date": "2016",
                        "added": None,
                        "source": "A paper",
                        "url": "https://example.org/rain",
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


def test_answer_as_json_names_what_is_missing_and_what_stands_before() -> None:
    citation = Citation.of(1, ARTICLE, Span(19, 36), Span(0, 43), before=Span(0, 18))
    claim = Claim(citation.quotation, (citation,))
    json_ = to_json(Answer("Rain and snow?", "quoted", 0.5, [claim], missing=("snow",)))
    assert json_["missing"] == ["snow"]
    [cited] = json_["claims"][0]["citations"]
    assert cited["before"] == {"start": 0, "end": 18, "text": "Rain fell in Sibi."}


def test_nearest_as_json_is_of_its_own_kind_with_citations_like_an_answer_s() -> None:
    claims = [Claim("It fell for days.", (CITATION,))]
    answer = to_json(Answer("Did it rain?", "quoted", 0.2, claims))
    nearest = to_json(Nearest("Did it rain?", 0.2, claims))
    assert nearest == {
        "kind": "nearest",
        "question": "Did it rain?",
        "confidence": 0.2,
        "claims": answer["claims"],
    }


def test_listing_as_json_has_the_articles_with_their_sentences() -> None:
    claim = Claim("It fell for days.", (CITATION,))
    undated = Reference("snow", "r", "Snow", added="2026-11-20")
    listed = [ListedArticle(CITATION.reference, [claim]), ListedArticle(undated)]
    listing = Listing("What is new?", "new", listed)
    assert listing.citations == {1: CITATION}
    json_ = to_json(listing)
    assert (json_["kind"], json_["about"]) == ("listing", "new")
    assert [list(article) for article in json_["articles"]] == 2 * [
        ["article", "revision", "title", "author", "date", "added", "source", "url", "claims"]
    ]
    assert json_["articles"][0]["claims"][0]["citations"][0]["n"] == 1
    assert (json_["articles"][1]["date"], json_["articles"][1]["added"]) == (None, "2026-11-20")
    assert json.loads(json.dumps(json_)) == json_


def test_abstention_as_json_names_no_article() -> None:
    assert to_json(Abstention("Did it snow?", Reason.NOTHING_FOUND)) == {
        "kind": "abstention",
        "question": "Did it snow?",
        "reason": "nothing was found on this in the articles",
    }
    assert type(to_json(Abstention("", Reason.UNCLEAR))["reason"]) is str
    foreign = Abstention("¿Nevó?", Reason.OTHER_LANGUAGE, ("en",))
    assert to_json(foreign)["languages"] == ["en"]


@pytest.mark.parametrize("reason", Reason)
def test_no_reason_says_that_the_articles_do_not_answer(reason: Reason) -> None:
    assert "answer this" not in reason


FIRST, SECOND, THIRD = Span(0, 18), Span(19, 36), Span(46, len(TEXT))


def claim_of(n: int, span: Span, before: Span | None = None) -> Claim:
    citation = Citation.of(n, ARTICLE, span, Span(0, len(TEXT)), before=before)
    return Claim(citation.quotation, (citation,))


def shown_before(*claims: Claim) -> list[str | None]:
    assert [claim for claim, _ in with_before(claims)] == list(claims)
    return [before for _, before in with_before(claims)]


def test_a_follow_up_leans_on_what_was_answered_in_the_order_of_the_article() -> None:
    claims = [claim_of(1, THIRD), replace(claim_of(2, FIRST), further_up=True)]
    assert answered_by(Answer("?", "quoted", 0.9, claims)) == f"{FIRST.of(TEXT)} {THIRD.of(TEXT)}"


def test_what_a_sentence_leans_on_is_shown_before_it() -> None:
    assert shown_before(claim_of(1, SECOND, FIRST)) == ["Rain fell in Sibi."]
    assert shown_before(claim_of(1, THIRD), claim_of(2, SECOND, FIRST)) == [None, FIRST.of(TEXT)]


@pytest.mark.parametrize("other", [FIRST, SECOND])
def test_no_sentence_is_shown_twice_whichever_is_quoted_first(other: Span) -> None:
    leaning, quoted = claim_of(1, THIRD, Span(0, 36)), claim_of(2, other)
    assert shown_before(leaning, quoted) == [None, None]
    assert shown_before(quoted, leaning) == [None, None]
    assert shown_before(quoted, claim_of(3, Span(37, 43)), leaning) == [None, None, None]


def test_what_two_lean_on_is_shown_before_the_first_of_them_only() -> None:
    rows = claim_of(1, SECOND, FIRST), claim_of(2, THIRD, FIRST)
    assert shown_before(*rows) == ["Rain fell in Sibi.", None]


def test_nothing_is_shown_before_what_is_not_word_for_word_what_it_cites() -> None:
    leaning = claim_of(1, SECOND, FIRST)
    assert shown_before(replace(leaning, text="It rained.")) == [None]


def test_the_same_words_at_the_same_place_of_another_article_are_no_repetition() -> None:
    there = Citation.of(1, replace(ARTICLE, id="another"), FIRST, Span(0, 43))
    other = Claim(there.quotation, (there,))
    assert shown_before(other, claim_of(2, SECOND, FIRST)) == [None, "Rain fell in Sibi."]
