"""The project's own questions: what they must be for their figures to mean anything."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.sets import OWN, REPORTS, Case, QuestionSet, read_set
from footnote.index.keeping.tantivy_index import TantivyIndex
from footnote.index.models.reader import SHIPPED


@pytest.fixture(scope="module")
def own() -> QuestionSet:
    [own] = read_set(OWN)
    return own


def test_there_are_enough_of_every_kind(own: QuestionSet) -> None:
    kinds = Counter(case.kind for case in own.cases)
    assert kinds["free"] >= 60
    assert kinds["unanswerable"] >= 25
    answerable = ("fact", "list", "follow_up", "misspelt", "variant")
    assert sum(kinds[kind] for kind in answerable) >= 60
    assert min(kinds[kind] for kind in answerable) >= 10
    assert len({case.id for case in own.cases}) == len(own.cases)
    assert len({(case.question.text, case.question.history) for case in own.cases}) == len(
        own.cases
    )


def test_evidence_stands_in_its_article_and_holds_the_answer(own: QuestionSet) -> None:
    texts = {article.id: article.text for article in own.articles}
    for case in own.cases:
        assert case.answerable == (case.kind != "unanswerable")
        assert bool(case.evidence) == bool(case.answers) == bool(case.articles) == case.answerable
        for sentence in case.evidence:
            [there] = [id for id in case.articles if sentence in texts[id]]
            assert texts[there].count(sentence) == 1
            assert any(answer in sentence for answer in case.answers)


def test_freely_worded_question_shares_few_words_with_what_answers_it(
    own: QuestionSet, tmp_path: Path
) -> None:
    lexical = TantivyIndex(tmp_path, create=True)

    def share(case: Case, sentence: str) -> float:
        asked = set(lexical.terms(case.question.text, "en"))
        return len(asked.intersection(lexical.terms(sentence, "en"))) / len(asked)

    shares = {
        case.question.text: max(share(case, sentence) for sentence in case.evidence)
        for case in own.cases
        if case.kind == "free"
    }
    assert {text: value for text, value in shares.items() if value > 0.2} == {}


def test_of_the_reports_each_answers_a_part_of_its_questions_and_leaves_a_part_open() -> None:
    [reports] = read_set(REPORTS)
    texts = {article.id: article.text for article in reports.articles}
    asked = Counter[tuple[str, bool]]()
    for case in reports.cases:
        [about] = case.about
        assert all(sentence in texts[about] for sentence in case.evidence)
        assert bool(case.evidence) == case.answerable
        asked[about, case.answerable] += 1
    assert all(asked[article, True] >= 4 and asked[article, False] >= 4 for article in texts)


def test_the_reader_learns_from_reports_with_even_numbers_alone() -> None:
    [reports] = read_set(REPORTS)
    trained_on = json.loads((SHIPPED / "trained_on.json").read_text("utf-8"))["reports"]
    even = [
        article.id for article in reports.articles if int(article.id.rpartition("-")[2]) % 2 == 0
    ]
    assert sorted(trained_on) == sorted(even)
    assert {case.about[0] for case in reports.held_out().cases}.isdisjoint(even)
