from collections.abc import Sequence
from pathlib import Path

import pytest
from llama_index.core.schema import QueryBundle

from footnote.index.answering import Answerer
from footnote.index.errors import ModelUnusable
from footnote.index.finding.reranking import CrossEncoderReranker
from footnote.index.llamaindex import RerankedNodes, Retriever
from footnote.index.question import Question
from footnote.index.results import Answer
from tests.index.home import Home
from tests.index.tiny_model import make_tiny_cross_encoder

PASSAGES = ["the cat", "a river rose", "the horse", "the river", "query: rose"]


class Backwards:
    """A reranker that likes best what was found last."""

    def __init__(self) -> None:
        self.read: list[tuple[str, list[str]]] = []

    def order(self, question: str, passages: Sequence[str]) -> list[int]:
        self.read.append((question, list(passages)))
        return list(reversed(range(len(passages))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cross-encoder")
    make_tiny_cross_encoder(folder)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.write("flood", "The river flooded Sibi in July.", title="Sibi")
    home.write("storm", "A storm reached Gwadar in October.", title="Gwadar")
    home.write("drought", "The river at Sibi was dry in June.", title="Dry months")
    home.sync()
    return home


def test_order_is_that_of_the_cross_encoders_scores(folder: Path) -> None:
    from sentence_transformers import CrossEncoder

    reranker = CrossEncoderReranker.from_name(str(folder))
    scores = CrossEncoder(str(folder)).predict([("the river", text) for text in PASSAGES])
    assert len(set(scores.tolist())) == len(PASSAGES)
    order = reranker.order("the river", PASSAGES)
    assert [scores[place] for place in order] == sorted(scores, reverse=True)
    assert reranker.order("the river", []) == []


def test_nodes_come_in_the_new_order_with_the_scores_dealt_out_anew(
    folder: Path, home: Home
) -> None:
    reranker = CrossEncoderReranker.from_name(str(folder))
    with home.open(keep=False) as passage_index:
        nodes = Retriever(passage_index).retrieve("Which river flooded Sibi?")
    again = RerankedNodes(reranker).postprocess_nodes(
        nodes, QueryBundle("Which river flooded Sibi?")
    )
    assert [node.score for node in again] == [node.score for node in nodes]
    assert {node.node.node_id for node in again} == {node.node.node_id for node in nodes}


def test_retrieved_passages_are_reranked_and_keep_the_scores_that_there_were(home: Home) -> None:
    backwards = Backwards()
    with home.open(keep=False) as passage_index:
        plain = Retriever(passage_index).retrieve("Which river flooded Sibi?")
        reranked = Retriever(passage_index, reranker=backwards).retrieve(
            "Which river flooded Sibi?"
        )
    assert [n.node.node_id for n in reranked] == [n.node.node_id for n in reversed(plain)]
    assert [n.score for n in reranked] == [n.score for n in plain]
    [(question, passages)] = backwards.read
    assert question == "Which river flooded Sibi?"
    assert passages[0].startswith("Sibi\nThe river flooded")


def test_answer_comes_from_what_the_reranker_puts_first(home: Home) -> None:
    with home.open(keep=False) as passage_index:
        for reranker, first in ((None, "flood"), (Backwards(), "storm")):
            answerer = Answerer(passage_index, sure=0, reranker=reranker)
            answer = answerer.answer(Question("river river storm"))
            assert isinstance(answer, Answer)
            found = next(answerer.attempts(Question("Which river flooded Sibi?"))).found
            assert found[0].passage.article == first


def test_model_with_several_labels_is_no_reranker(tmp_path: Path) -> None:
    make_tiny_cross_encoder(tmp_path / "entailment", labels=3)
    reranker = CrossEncoderReranker.from_name(str(tmp_path / "entailment"))
    with pytest.raises(ModelUnusable, match="3 numbers for a pair"):
        reranker.order("the river", PASSAGES)


def test_missing_and_broken_models_are_told_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="FOOTNOTE_RERANKER"):
        CrossEncoderReranker.from_name(str(tmp_path / "nowhere"))
    (tmp_path / "config.json").write_text("{}")
    reranker = CrossEncoderReranker.from_name(str(tmp_path))
    with pytest.raises(ModelUnusable, match="FOOTNOTE_RERANKER"):
        reranker.order("the river", PASSAGES)
