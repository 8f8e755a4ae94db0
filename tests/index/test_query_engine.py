"""CitedQueryEngine: the same answers for programs, and the example of the README."""

import asyncio
import re
import shutil
from pathlib import Path

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM

import index
from index.query_engine import CitedQueryEngine

ROOT = Path(index.__file__).parents[1]
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


def test_where_the_articles_do_not_answer_it_cites_nothing(engine: CitedQueryEngine) -> None:
    response = engine.query("What is the best recipe for pancakes with maple syrup?")
    assert isinstance(response, Response)
    assert (response.response, response.source_nodes) == ("", [])
    assert response.metadata
    assert response.metadata["kind"] == "abstention"


def test_with_a_language_model_it_writes(
    engine: CitedQueryEngine, articles: Path, home: Path
) -> None:
    writing = CitedQueryEngine.from_folder(articles, home=home, llm=MockLLM())
    response = writing.query("Where are the headquarters of the CSTO?")
    assert isinstance(response, Response)
    assert response.metadata
    assert response.metadata["mode"] == "written"
    assert_exact(response)


def test_the_example_runs(articles: Path, home: Path, engine: CitedQueryEngine) -> None:
    readme = (ROOT / "README.md").read_text()
    [example] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(example.splitlines()) <= 10
    placed = example.replace("corpus/articles", str(articles)).replace(".footnote", str(home))
    lines: list[str] = []
    exec(placed, {"print": lambda *said: lines.append(" ".join(map(str, said)))})
    assert lines[0].startswith("The headquarters of the CSTO are in Moscow. [1]")
    assert re.match(r"collective-security-treaty-organization \d+ \d+ The headquarters", lines[1])
