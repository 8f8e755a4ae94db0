import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import QueryBundle, TextNode

from footnote.index.finding.interaction import SentenceMatch
from footnote.index.finding.quoting import rank
from footnote.index.finding.retrieval import PassageRetriever
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.llamaindex import Retriever
from footnote.index.question import Question
from tests.index.home import Home

TEXTS = {
    "flood": "Rain.\n\n## Flood\n\nThe river flooded Sibi in July.\n\n## After\n\nSibi dried.",
    "storm": "A storm reached Gwadar in October. Fishermen stayed ashore.",
    "german": "Der Fluss überflutete Sibi im Juli.",
}


@pytest.fixture(scope="module")
def passage_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    home = Home(tmp_path_factory.mktemp("home"))
    for name, text in TEXTS.items():
        home.write(name, text, language="de" if name == "german" else "en", title=name)
    home.sync()
    with home.open(keep=False) as passage_index:
        yield passage_index


@pytest.mark.parametrize("query", ["Which river flooded Sibi?", "July", "unheardof words", ""])
def test_llamaindex_gets_nodes_with_exact_offsets_and_scores_in_order(
    passage_index: PassageIndex, query: str
) -> None:
    retriever = Retriever(passage_index)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.retrieve(query)
    for result in found:
        node = result.node
        assert isinstance(node, TextNode)
        text = TEXTS[node.metadata["article"]]
        assert text[node.start_char_idx : node.end_char_idx] == node.get_content()
        assert node.metadata["title"] == node.metadata["article"]
    scores = [result.score for result in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({result.node.node_id for result in found}) == len(found)


def test_best_passage_comes_first_and_no_more_than_wanted(passage_index: PassageIndex) -> None:
    [best] = Retriever(passage_index, limit=1).retrieve("Which river flooded Sibi?")
    assert best.node.get_content() == "The river flooded Sibi in July."
    assert len(Retriever(passage_index, limit=3).retrieve("Sibi")) == 3


def test_passage_of_the_very_words_scores_no_more_than_1(passage_index: PassageIndex) -> None:
    [best] = Retriever(passage_index, limit=1).retrieve(TEXTS["storm"])
    assert 0.5 < best.score <= 1


@pytest.mark.parametrize(("words", "first"), [(0.5, "A storm"), (0.1, "Fishermen")])
def test_words_of_a_sentence_count_only_where_some_passage_has_a_fair_share_of_the_questions(
    passage_index: PassageIndex, words: float, first: str
) -> None:
    retriever = PassageRetriever(passage_index, limit=1)
    query = next(retriever.queries(Question("Storm at Gwadar")))
    [storm] = retriever.search(query)
    meaning = (SentenceMatch(0.5, 0.5, 0.5), SentenceMatch(0.52, 0.52, 0.5))
    ranked = rank(query, [replace(storm, words=words, sentences=meaning)])
    assert ranked[0].text.startswith(first)


def test_same_question_gives_the_same_results_every_time(passage_index: PassageIndex) -> None:
    retriever = PassageRetriever(passage_index)
    query = next(retriever.queries(Question("Which river flooded Sibi?")))
    assert retriever.search(query) == retriever.search(query)


def test_articles_of_every_language_are_searched(passage_index: PassageIndex) -> None:
    [best] = Retriever(passage_index, limit=1).retrieve("Welcher Fluss überflutete Sibi?")
    assert best.node.metadata["article"] == "german"


def test_waiting_and_not_waiting_give_the_same(passage_index: PassageIndex) -> None:
    retriever = Retriever(passage_index)
    later = asyncio.run(retriever.aretrieve(QueryBundle("river Sibi")))
    now = retriever.retrieve("river Sibi")
    assert [result.node.node_id for result in later] == [result.node.node_id for result in now]


def test_of_a_long_question_the_passage_with_most_of_its_words_gains(
    passage_index: PassageIndex,
) -> None:
    retriever = PassageRetriever(passage_index)

    def scores(text: str) -> dict[str, float]:
        found = retriever.search(next(retriever.queries(Question(text))))
        return {place.passage.article: place.score for place in found}

    short = "Which storm reached Gwadar in October?"
    padding = "Ada Brant, Carl Dorn, Eva Falk, Gus Hart, Ida Jansen, Kai Lund, Mia Nord asked:"
    found = scores(f"{padding} {short}")
    assert max(found, key=lambda article: found[article]) == "storm"
    assert all(0 <= score <= 1 for score in found.values())
    # Beside so many other words its own would be worth little by themselves.
    assert found["storm"] > 0.4  # .30 without
