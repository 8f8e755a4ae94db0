"""CitedQueryEngine: the same answers for programs, and the example of docs/python.md."""

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.llms.types import CompletionResponse
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM
from llama_index.core.schema import TextNode

import footnote
from footnote.corpus.aliases import AliasFile
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.errors import ModelUnusable
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.llamaindex import CitedQueryEngine
from footnote.index.models.embedding import Encoded
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.question import Question
from footnote.index.results import Answer, Citation, Claim, ListedArticle, Listing, Reference
from footnote.index.support.entailment import Entailed
from tests.fakes import WordsModel

pytestmark = pytest.mark.slow

ROOT = Path(footnote.__file__).parents[1]
SHIPPED = ROOT / "corpus" / "articles"
NAMES = ("collective-security-treaty-organization", "holey-artisan-bakery-attack")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the shipped ones: to index them all takes a while."""
    folder = tmp_path_factory.mktemp("articles")
    for name in NAMES:
        shutil.copy(SHIPPED / f"{name}.md", folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="module")
def engine(articles: Path, home: Path) -> CitedQueryEngine:
    return CitedQueryEngine.from_folder(articles, home=home)


def text_of(article: str) -> str:
    return (SHIPPED / f"{article}.md").read_text().partition("\n---\n")[2].strip()


def assert_exact(response: Response) -> None:
    assert response.source_nodes
    for source in response.source_nodes:
        node = source.node
        assert isinstance(node, TextNode)
        text = text_of(node.metadata["article"])
        assert text[node.start_char_idx : node.end_char_idx] == node.text
        assert f"[{node.metadata['n']}]" in (response.response or "")


def test_the_sources_are_exact_slices_and_the_metadata_has_the_claims(
    engine: CitedQueryEngine,
) -> None:
    response = engine.query("Where are the headquarters of the CSTO?")
    assert isinstance(response, Response)
    assert str(response).startswith("The headquarters of the CSTO are in Moscow. [1]")
    assert_exact(response)
    assert response.metadata
    assert response.metadata["mode"] == "quoted"
    assert response.metadata["claims"][0]["citations"][0]["n"] == 1


def test_it_answers_asynchronously_too(engine: CitedQueryEngine) -> None:
    question = "Where are the headquarters of the CSTO?"
    assert str(asyncio.run(engine.aquery(question))) == str(engine.query(question))


def test_what_only_comes_nearest_is_of_another_kind_with_sources_too(
    engine: CitedQueryEngine, articles: Path, home: Path
) -> None:
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL)
    with closing(PassageIndex.in_home(home, ArticleStore(articles), model)) as passage_index:
        unsure = CitedQueryEngine(Answerer(passage_index, sure=1.1, near=0))
        response = unsure.query("Where are the headquarters of the CSTO?")
    assert isinstance(response, Response)
    assert "The headquarters of the CSTO are in Moscow. [" in str(response)
    assert_exact(response)
    assert response.metadata
    assert response.metadata["kind"] == "nearest"
    assert len(response.source_nodes) == len(response.metadata["claims"]) <= 3
    assert [source.score for source in response.source_nodes] == pytest.approx(
        [response.metadata["confidence"]] * len(response.source_nodes), abs=1e-3
    )


def test_a_listing_has_the_titles_and_the_sentences_that_sum_them_up() -> None:
    article = Article(id="a", title="Rain", text="It rained. It snowed.", date="2016")
    claim = Claim("It rained.", [Citation.of(1, article, Span(0, 10), Span(0, 21))])
    listed = [
        ListedArticle(Reference.to(article), [claim]),
        ListedArticle(Reference("b", "r", "Snow", added="2026-11-20")),
    ]

    class Lists:
        def answer(self, question: Question) -> Listing:
            return Listing(question.text, "new", listed)

    response = CitedQueryEngine(Lists()).query("What is new?")
    assert isinstance(response, Response)
    assert str(response) == "Rain · 2016\nIt rained. [1]\nSnow · 2026-11-20"
    [source] = response.source_nodes
    assert (source.text, source.score) == ("It rained.", None)
    assert response.metadata
    assert response.metadata["kind"] == "listing"


def test_what_is_told_out_of_its_place_is_said_to_be_that() -> None:
    text = "It rained. Then it snowed. The sun came. Snow fell."
    whole, spans = Span(0, len(text)), {"sun": Span(27, 40), "snow": Span(11, 26)}
    article = Article(id="a", title="Weather", text=text)
    before, then = Span(0, 10), Span(41, 51)
    claims = [
        Claim("The sun came.", [Citation.of(1, article, spans["sun"], whole)]),
        Claim(
            "Then it snowed.",
            [Citation.of(2, article, spans["snow"], whole, before=before)],
            further_up=True,
        ),
        Claim("Snow fell.", [Citation.of(3, article, then, whole)], earlier=True),
        Claim("Snow fell.", [Citation.of(4, article, then, whole)], differs=True),
    ]

    class Quotes:
        def answer(self, question: Question) -> Answer:
            return Answer(question.text, "quoted", 0.9, claims)

    assert str(CitedQueryEngine(Quotes()).query("What came?")) == (
        "The sun came. [1]\n"
        "Further up in the same article: … It rained.\nThen it snowed. [2]\n"
        "Earlier: Snow fell. [3]\n"
        "Another article says otherwise: Snow fell. [4]"
    )


def test_where_nothing_is_found_it_cites_nothing(engine: CitedQueryEngine) -> None:
    response = engine.query("What is the best recipe for pancakes with maple syrup?")
    assert isinstance(response, Response)
    assert (response.response, response.source_nodes) == ("", [])
    assert response.metadata
    assert response.metadata["kind"] == "abstention"


def test_with_a_language_model_it_writes(
    engine: CitedQueryEngine, articles: Path, home: Path
) -> None:
    writing = CitedQueryEngine.from_folder(articles, home=home, llm=MockLLM())
    response = writing.query("What is the CSTO?")
    assert isinstance(response, Response)
    assert response.metadata
    assert response.metadata["mode"] == "written"
    assert_exact(response)


def test_another_embedding_model_may_find(articles: Path, tmp_path: Path) -> None:
    asked: list[str] = []

    class Listening(WordsModel):
        def encode_query(self, query: str) -> Encoded:
            asked.append(query)
            return super().encode_query(query)

    engine = CitedQueryEngine.from_folder(articles, home=tmp_path, model=Listening())
    response = engine.query("Where are the headquarters of the CSTO?")
    assert isinstance(response, Response)
    assert_exact(response)
    assert "Where are the headquarters of the CSTO?" in asked


def test_other_names_may_come_from_a_file_of_ones_own(
    engine: CitedQueryEngine, articles: Path, home: Path, tmp_path: Path
) -> None:
    question = "Where are the headquarters of the Zorblatt Pact?"
    file = tmp_path / "names.txt"
    file.write_text("CSTO = Zorblatt Pact\n")
    naming = CitedQueryEngine.from_folder(articles, home=home, aliases=AliasFile(file))
    named, unknown = naming.query(question), engine.query(question)
    assert isinstance(named, Response)
    assert isinstance(unknown, Response)
    assert str(named).startswith("The headquarters of the CSTO are in Moscow. [1]")
    assert named.metadata
    assert unknown.metadata
    assert (named.metadata["kind"], unknown.metadata["kind"]) == ("answer", "nearest")


def test_a_reranker_may_read_the_passages(articles: Path, home: Path) -> None:
    read: list[str] = []

    class Backwards:
        def order(self, question: str, passages: Sequence[str]) -> list[int]:
            read.extend(passages)
            return list(reversed(range(len(passages))))

    reranked = CitedQueryEngine.from_folder(articles, home=home, reranker=Backwards())
    assert str(reranked.query("Where are the headquarters of the CSTO?"))
    assert any("The headquarters of the CSTO are in Moscow." in passage for passage in read)


def test_a_model_of_entailment_may_read_what_is_written(
    engine: CitedQueryEngine, articles: Path, home: Path
) -> None:
    class Doubting:
        """Finds that nothing follows from anything."""

        def read(self, pairs: Sequence[tuple[str, str]]) -> list[Entailed]:
            return [Entailed(entailed=0.0, contradicted=0.0) for _ in pairs]

    class Rewording(MockLLM):
        """Says it in words of its own: what is quoted is supported whatever a model says."""

        def stream_complete(
            self, prompt: str, formatted: bool = False, **kwargs: object
        ) -> Generator[CompletionResponse, None, None]:
            said = "The CSTO has its headquarters in Moscow. [1]"
            yield CompletionResponse(text=said, delta=said)

    def kind(**parts: Any) -> str:
        engine = CitedQueryEngine.from_folder(
            articles, home=home, llm=Rewording(max_tokens=None), **parts
        )
        response = engine.query("Where are the headquarters of the CSTO?")
        assert isinstance(response, Response)
        assert response.metadata
        return str(response.metadata["kind"])

    assert kind() == "answer"
    assert kind(entailment=Doubting()) == "nearest"


def test_a_model_that_fails_leaves_the_index_to_others(articles: Path, tmp_path: Path) -> None:
    class Broken(WordsModel):
        def encode_passages(self, texts: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
            raise ModelUnusable("broken")

    with pytest.raises(ModelUnusable, match="broken") as failed:
        CitedQueryEngine.from_folder(articles, home=tmp_path, model=Broken())
    engine = CitedQueryEngine.from_folder(articles, home=tmp_path, model=WordsModel())
    response = engine.query("Where are the headquarters of the CSTO?")
    assert isinstance(response, Response)
    assert_exact(response)
    del failed  # it held the first index, whose lock would have gone with it


def test_the_example_runs(articles: Path, home: Path, engine: CitedQueryEngine) -> None:
    page = (ROOT / "docs" / "python.md").read_text()
    [example, _] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(example.splitlines()) <= 10
    placed = example.replace("corpus/articles", str(articles)).replace(".footnote", str(home))
    lines: list[str] = []
    exec(placed, {"print": lambda *said: lines.append(" ".join(map(str, said)))})
    assert lines[0].startswith("The headquarters of the CSTO are in Moscow. [1]")
    assert re.match(r"collective-security-treaty-organization \d+ \d+ The headquarters", lines[1])


def test_a_program_that_answers_by_itself_does_not_import_llamaindex() -> None:
    code = "import sys, footnote.bot.composition; print('llama_index.core' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ended.stdout == "False\n"
