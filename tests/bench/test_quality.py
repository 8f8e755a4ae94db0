"""Measuring, on a few articles about different things and a model whose vectors are plain."""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

from bench.figures import figures
from bench.footnote import Asked, Given, Subject
from bench.measures import Piece
from bench.outcomes import Outcome
from bench.quality import app, measure
from bench.sets import Case, QuestionSet, SetFault, read_set
from footnote.corpus.article import Article
from footnote.index.question import Question, Turn
from tests.fakes import WordsModel

BEES = "Honeybees dance to show where flowers stand. Their queen lays thousands of eggs."
SHIPS = "Sailing ships carried copper around the southern cape. Many sailors never returned."


@pytest.fixture(autouse=True)
def _model_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is the seam that is slow; all else is what answers a user."""
    monkeypatch.setattr(
        "footnote.bot.composition.SentenceTransformerModel.from_name",
        lambda name, **_: WordsModel(),
    )


def _write(folder: Path, questions: list[dict[str, object]]) -> Path:
    folder.mkdir()
    articles = [
        {"id": "bees", "title": "Bees", "text": BEES},
        {"id": "ships", "title": "", "text": SHIPS},
    ]
    for name, rows in (("articles", articles), ("questions", questions)):
        file = folder / f"{name}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _write(
        tmp_path / "small",
        [
            {
                "id": "q1",
                "question": "What did sailing ships carry around the southern cape?",
                "answers": ["copper"],
                "evidence": ["Sailing ships carried copper around the southern cape."],
                "article_ids": ["ships"],
            },
            {
                "id": "q2",
                "question": "How many eggs does their queen lay?",
                "answers": ["thousands"],
                "evidence": ["Their queen lays thousands of eggs."],
                "article_ids": ["bees"],
            },
            {"id": "q3", "question": "Which comet returned yesterday?", "answers": []},
        ],
    )


def test_everything_is_asked_with_its_article_and_without(folder: Path) -> None:
    [question_set] = read_set(folder)
    outcomes = {outcome.case.id: outcome for outcome in measure(question_set)}
    assert outcomes.keys() == {"q1", "q2", "q3"}
    assert outcomes["q1"].returned[0] == Piece("ships", SHIPS)
    for name in ("q1", "q2"):
        assert outcomes[name].confidence > (outcomes[name].without or 0.0) + 0.2
    assert outcomes["q3"].without is None
    found = figures(list(outcomes.values()), threshold=0.35)
    assert found["hit@1"] == found["answer@1"] == found["out.auroc"] == 1.0
    assert found["shown"] == found["answered"] + found["nearest"] == 1.0
    for name in ("", "out.", "unanswerable."):
        kinds = [found[f"{name}{kind}"] for kind in ("answered", "nearest", "abstained")]
        assert sum(kinds) == pytest.approx(1.0)
    assert found["characters"] == (len(SHIPS) + len(BEES)) / 2


def test_article_is_back_after_it_was_taken_out(folder: Path, tmp_path: Path) -> None:
    [question_set] = read_set(folder)
    with Subject.over(question_set.articles, tmp_path / "place") as subject:
        question = question_set.cases[0].question
        before = subject.ask(question)
        with subject.without(["ships"]):
            assert {piece.article for piece in subject.returned(question)} == {"bees"}
        after = subject.ask(question)
        assert after.quoted == before.quoted
        # Tantivy counts removed passages among the others until it merges them away.
        assert after.confidence == pytest.approx(before.confidence, abs=0.01)


def test_figures_are_printed_and_written(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["--data", str(folder), "--json", str(tmp_path / "out.json"), "--limit", "2"]
    )
    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "out.json").read_text())
    assert written["small.questions"] == 2
    assert written["small.hit@1"] == 1.0
    assert "hit@1000c" in result.output


def test_figures_outlast_a_diagram_that_cannot_be_drawn(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plots, figures_file = tmp_path / "diagrams", tmp_path / "out.json"
    plots.write_text("a file where the folder should be")
    monkeypatch.setitem(sys.modules, "bench.plots", ModuleType("bench.plots"))
    for name in ("reliability_diagram", "risk_against_coverage"):
        setattr(sys.modules["bench.plots"], name, None)
    result = CliRunner().invoke(
        app,
        ["--data", str(folder), "--json", str(figures_file), "--plots", str(plots), "--quick"],
    )
    assert isinstance(result.exception, FileExistsError)
    assert "hit@1" in result.output
    assert json.loads(figures_file.read_text())["small.hit@1"] == 1.0


def test_wrong_answers_can_be_shown(tmp_path: Path) -> None:
    folder = _write(
        tmp_path / "wrong",
        [
            {
                "id": "q1",
                "question": "How many eggs does their queen lay?",
                "answers": ["copper"],
                "evidence": ["Sailing ships carried copper around the southern cape."],
                "article_ids": ["ships"],
            }
        ],
    )
    result = CliRunner().invoke(app, ["--data", str(folder), "--failures", "3"])
    assert "1 wrong" in result.output
    assert "gold: Sailing ships carried" in result.output


def test_folder_without_questions_is_refused_with_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "bench/README.md" in result.output


def test_faulty_line_is_named(tmp_path: Path) -> None:
    folder = _write(tmp_path / "faulty", [{"id": "q1"}])
    with pytest.raises(SetFault, match=r"questions\.jsonl, line 1: Field required"):
        read_set(folder)
    folder = _write(
        tmp_path / "unknown", [{"id": "q1", "question": "What?", "article_ids": ["gone"]}]
    )
    with pytest.raises(SetFault, match="gone"):
        read_set(folder)


def _case(name: str, kind: str, **known: Any) -> Case:
    values: dict[str, Any] = {
        "answers": ("seven",),
        "evidence": ("There were seven.",),
        "articles": ("a",),
    }
    return Case(id=name, question=Question("How many?"), kind=kind, **(values | known))


def _outcome(case: Case, sure: float, *said: str, without: float | None = None) -> Outcome:
    pieces = [Piece("a", text) for text in said]
    given: Given = "answer" if sure >= 0.5 else "nearest"
    shown = pieces[:1] if sure >= 0.5 else pieces
    given_without: Given | None = None
    if without is not None:
        given_without = "abstention" if without < 0.5 else "answer"
    return Outcome(
        case,
        pieces,
        sure,
        without,
        given_without,
        Asked(sure, given, pieces, pieces, pieces[:1], shown),
    )


def test_figures_of_each_kind_stand_beside_those_of_all() -> None:
    nothing = {"answers": (), "evidence": (), "articles": ()}
    found = figures(
        [
            _outcome(_case("1", "fact"), 0.9, "There were seven.", "More.", without=0.1),
            _outcome(_case("2", "list"), 0.4, "More.", "There were seven.", without=0.6),
            _outcome(_case("3", "nothing", **nothing), 0.8, "More."),
        ],
        threshold=0.5,
    )
    assert (found["questions"], found["fact.questions"]) == (3, 1)
    assert (found["hit@1"], found["fact.hit@1"], found["list.hit@1"]) == (0.5, 1.0, 0.0)
    assert (found["answer@1"], found["answer@2"], found["answer@quoted"]) == (0.5, 1.0, 0.5)
    assert (found["mrr@10"], found["refused"], found["nothing.caught"]) == (0.75, 0.5, 0.0)
    assert (found["out.auroc"], found["out.caught"]) == (0.75, 0.5)
    assert found["unanswerable.auroc"] == 0.5
    # The second question's sentence is the second of those that are only nearest.
    assert (found["answered"], found["nearest"], found["abstained"]) == (0.5, 0.5, 0.0)
    assert (found["shown"], found["list.shown"]) == (1.0, 1.0)
    assert (found["out.answered"], found["out.abstained"]) == (0.5, 0.5)
    assert (found["unanswerable.answered"], found["nothing.answered"]) == (1.0, 1.0)


def test_follow_up_is_held_against_its_whole_form() -> None:
    asked = Question("And then?", (Turn("user", "What was first?"),))
    case = Case("1", asked, ("x",), ("All of a.",), ("a", "b"), whole=Question("What was second?"))
    outcome = Outcome(
        case,
        [Piece("a", "All of a."), Piece("c", "")],
        0.5,
        asked=Asked(0.5, "answer", [], [], [], []),
        whole=[Piece("a", ""), Piece("b", "")],
        by_article=True,
    )
    found = figures([outcome], threshold=0.5)
    assert found["follow_ups.recall@5"] == 0.5
    assert found["whole.recall@5"] == 1.0
    assert found["follow_ups.recall@5/whole"] == 0.5
    assert "hit@1" not in found


def test_evidence_from_end_to_end_of_its_articles_is_told_from_sentences_of_them() -> None:
    sentences, articles = _case("1", ""), _case("2", "", evidence=("There were seven. More.",))
    article = Article(id="a", title="A", text="There were seven. More.")
    asked = QuestionSet("set", (article,), (sentences, articles))
    assert [asked.by_article(case) for case in asked.cases] == [False, True]


def test_answers_that_no_sentence_can_hold_are_not_looked_for() -> None:
    long = _case("1", "", answers=("It was seven, as far as anybody knew.",))
    found = figures([_outcome(long, 0.9, "There were seven.")], threshold=0.5)
    assert found["gold@1"] == 1.0
    assert "answer@1" not in found


def test_halves_of_a_set_share_no_question_and_leave_none_out() -> None:
    cases = tuple(_case(str(n), "fact" if n < 5 else "list") for n in range(9))
    whole = QuestionSet("set", (Article(id="a", title="A", text="There were seven."),), cases)
    even, odd = (
        {case.id for case in whole.half("even").cases},
        {case.id for case in whole.half("odd").cases},
    )
    assert even == {"0", "2", "4", "5", "7"}
    assert odd == {"1", "3", "6", "8"}
