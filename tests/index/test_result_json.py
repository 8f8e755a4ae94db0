"""Results as JSON: what is stored or printed is read again, and nothing forged is."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.result_forms import ReferenceJson
from footnote.index.result_json import dump_result, load_result, to_json
from footnote.index.results import (
    Abstention,
    Answer,
    AnyResult,
    Checked,
    CheckedSentence,
    Citation,
    Claim,
    ListedArticle,
    Listing,
    Nearest,
    Reason,
    Reference,
    Unwritten,
    Verdict,
    WrongQuotation,
)

STORED = Path(__file__).with_name("stored_results.jsonl")
TEXT = "Rain fell in Sibi. It fell for days. یہ ہے۔ 😀 Then it stopped."
RAIN = Article(
    id="weather/rain",
    title="Rain",
    text=TEXT,
    author="Ann",
    date="2016-08",
    source="A paper",
    url="https://example.org/rain",
)
PLAIN = Article(id="plain", title="Plain", text=TEXT)
LEANING = Citation.of(1, RAIN, Span(19, 36), Span(0, 43), before=Span(0, 18), added="2024-01-02")
ON_PAGE = replace(Citation.of(2, PLAIN, Span(0, 18), Span(0, 36)), page=3)
CLAIMS = [
    Claim("It fell for days.", [LEANING], differs=True),
    Claim("Rain fell.", [ON_PAGE, LEANING], earlier=True),
]
RESULTS: list[AnyResult] = [
    Answer("Did it rain?", "written", 0.123456789, CLAIMS, None, ("snow",), "2016-08"),
    Answer("Did it rain?", "quoted", 0.9, [CLAIMS[0]], Unwritten.SPENT),
    Nearest("Where?", 0.25, [Claim("Rain fell in Sibi.", [ON_PAGE])], Unwritten.AWAY),
    Listing(
        "What is new?",
        "new",
        [ListedArticle(LEANING.reference, []), ListedArticle(ON_PAGE.reference, [CLAIMS[0]])],
    ),
    Abstention("Кто?", Reason.OTHER_LANGUAGE, ("en", "de")),
    Abstention("Why?", Reason.NOTHING_FOUND),
    Checked(
        "It fell. It did not. Bob.",
        [
            CheckedSentence("It fell.", LEANING, Verdict.SUPPORTED),
            CheckedSentence("It did not.", ON_PAGE, Verdict.CONTRADICTED),
            CheckedSentence("Bob.", None, Verdict.UNFOUND),
        ],
        left=True,
    ),
    Checked("Боб.", [CheckedSentence("Боб.", None, Verdict.UNFOUND)], languages=("en",)),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.kind)
def test_what_is_stored_or_printed_is_read_again(result: AnyResult) -> None:
    assert load_result(dump_result(result)) == result
    printed = load_result(json.dumps(to_json(result)))
    if isinstance(result, Answer | Nearest):
        assert printed == replace(result, confidence=round(result.confidence, 4))
    else:
        assert printed == result


@pytest.mark.parametrize(
    ("line", "result"), list(zip(STORED.read_text("utf-8").splitlines(), RESULTS, strict=True))
)
def test_what_was_stored_when_the_form_was_that_of_the_fields_is_read(
    line: str, result: AnyResult
) -> None:
    assert load_result(line) == result


def test_what_was_stored_before_there_were_kinds_and_verdicts_is_read() -> None:
    lines = [json.loads(line) for line in STORED.read_text("utf-8").splitlines()]
    answer, checked = lines[1], lines[6]
    for name in ("kind", "missing", "unwritten", "as_of"):
        del answer[name]
    [citation] = answer["claims"][0]["citations"]
    del answer["claims"][0]["differs"]
    del citation["before"], citation["page"], citation["reference"]["added"]
    reference = replace(LEANING.reference, added=None)
    cited = replace(LEANING, reference=reference, before=None)
    claim = replace(CLAIMS[0], citations=[cited], differs=False)
    assert load_result(json.dumps(answer)) == Answer("Did it rain?", "quoted", 0.9, [claim])
    del checked["kind"], checked["left"], checked["languages"]
    for sentence in checked["sentences"]:
        del sentence["verdict"]
    again = load_result(json.dumps(checked))
    assert isinstance(again, Checked)
    assert [sentence.verdict for sentence in again.sentences] == [
        Verdict.SUPPORTED,
        Verdict.SUPPORTED,
        Verdict.UNFOUND,
    ]


def test_what_said_that_the_articles_do_not_answer_says_now_that_nothing_was_found() -> None:
    near = {"reference": {"article": "a"}, "span": {"start": 0, "end": 2}, "text": "It"}
    for nearest in ([], [near]):
        stored = {"question": "Why?", "reason": "the articles do not answer this"}
        again = load_result(json.dumps({**stored, "nearest": nearest, "languages": []}))
        assert again == Abstention("Why?", Reason.NOTHING_FOUND)


def test_what_a_later_version_says_besides_keeps_nothing_from_being_read() -> None:
    told = to_json(RESULTS[0])
    told["claims"][0]["citations"][0]["mood"] = "calm"
    assert (
        load_result(json.dumps({**told, "weather": "dry", "confidence": 0.123456789})) == RESULTS[0]
    )


@pytest.mark.parametrize(
    "forged",
    [
        {"quotation": "It fell for years."},
        {"quotation": "It fell for days"},
        {"start": 18},
        {"end": 37},
        {"end": 44},
        {"passage": {"start": 0, "end": 43, "text": TEXT[:43].replace("days", "ages")}},
        {"passage": {"start": 0, "end": 43, "text": TEXT[:42]}},
        {"passage": {"start": 1, "end": 44, "text": TEXT[:43]}},
        {"before": {"start": 0, "end": 18, "text": "Snow fell in Sibi."}},
        {"before": {"start": 20, "end": 30, "text": "t fell for"}},
    ],
)
def test_forged_quotation_is_refused(forged: dict[str, Any]) -> None:
    told = to_json(RESULTS[1])
    told["claims"][0]["citations"][0] |= forged
    with pytest.raises(WrongQuotation):
        load_result(json.dumps(told))


def test_passage_that_is_not_in_its_article_is_refused_where_the_text_is_at_hand() -> None:
    written = dump_result(RESULTS[1])
    texts = {(RAIN.id, RAIN.revision): TEXT}
    assert load_result(written, text_of=lambda *of: texts.get(of)) == RESULTS[1]
    assert load_result(written, text_of=lambda *_: None) == RESULTS[1]
    for other in (TEXT.replace("Rain", "Snow"), " " + TEXT, "", TEXT[:40]):
        with pytest.raises(WrongQuotation, match="does not say"):
            load_result(written, text_of=lambda *_, other=other: other)


def test_the_documented_way_of_reading_a_line_works() -> None:
    page = (Path(__file__).parents[2] / "docs" / "python.md").read_text("utf-8")
    [_, example] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    values = {"line": json.dumps(to_json(RESULTS[1])), "texts": {RAIN.id: TEXT}}
    exec(example, values)
    assert values["result"] == RESULTS[1]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "1",
        "[]",
        "{}",
        '{"kind": "oracle"}',
        '{"kind": "answer"}',
        '{"kind": "check", "question": "x"}',
        '{"kind": "check", "question": "x", "sentences": [{}]}',
        '{"kind": "abstention", "question": "x", "reason": "it is late"}',
        '{"kind": "answer", "question": "x", "mode": "quoted", "confidence": 1, "claims": []}',
        '{"claims": [{"passage_text": 1}]}',
        '{"claims": [{"reference": null}]}',
    ],
)
def test_what_is_no_result_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- of any wording: pydantic's are among them
        load_result(written)


def test_sentence_of_a_check_has_one_citation_at_the_most() -> None:
    told = to_json(RESULTS[6])
    told["sentences"][0]["citations"] *= 2
    with pytest.raises(ValueError, match="citations"):
        load_result(json.dumps(told))


def test_form_of_a_reference_has_its_fields() -> None:
    assert set(ReferenceJson.__annotations__) == set(Reference.__dataclass_fields__)


def test_marks_of_a_claim_are_written_where_it_has_them_only() -> None:
    claims = [
        Claim("Rain fell in Sibi.", [ON_PAGE]),
        Claim("It fell for days.", [LEANING], further_up=True),
    ]
    answer = Answer("Did it rain?", "quoted", 0.5, claims)
    plain, marked = to_json(answer)["claims"]
    assert set(plain) == {"text", "citations"}
    assert (set(marked) - set(plain), marked["further_up"]) == ({"further_up"}, True)
    assert load_result(dump_result(answer)) == answer


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.kind)
def test_what_is_written_is_of_the_described_form(result: AnyResult) -> None:
    schema = TypeAdapter(type(result)).json_schema(mode="serialization")
    told = to_json(result)
    assert set(schema["required"]) <= set(told) <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    assert not [name for name, of in schema["properties"].items() if of.get("default", 0) is None]
