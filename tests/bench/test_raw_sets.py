"""Public question sets as they are published, in the form that the benchmarks read."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench import raw_sets
from bench.claims import read_claims
from bench.fetch_sets import app
from bench.sets import SetFault, read_set

BEES = "Bees dance. Karl von Frisch decoded the dance in 1944. He won a prize."
TEA = "Tea is made from leaves."


def squad_file(folder: Path, name: str = "dev.json", **more: Any) -> Path:
    asked = {
        "id": "1",
        "question": " Who decoded the dance? ",
        "answers": [
            {"text": "Karl von Frisch", "answer_start": BEES.index("Karl")},
            {"text": "von Frisch", "answer_start": BEES.index("von")},
            {"text": "Karl von Frisch", "answer_start": BEES.index("Karl")},
        ],
        "is_impossible": False,
    }
    impossible = {
        "id": "2",
        "question": "Who decoded the song?",
        "answers": [],
        "plausible_answers": [{"text": "Karl von Frisch", "answer_start": 12}],
        "is_impossible": True,
    }
    titled = {
        "title": "Honey_bees",
        "paragraphs": [{"context": TEA, "qas": []}, {"context": BEES, "qas": [asked, impossible]}],
    }
    file = folder / name
    file.write_text(json.dumps({"version": "v2.0", "data": [titled | more]}), "utf-8")
    return file


def json_lines(file: Path, *rows: Any) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def test_a_title_of_squad_that_is_an_address_is_read_for_its_words(tmp_path: Path) -> None:
    file = squad_file(tmp_path, title="https://example.org/2015/01/04/why-bees-dance.html")
    assert raw_sets.squad(file, prefix="n_").articles[0]["title"] == "Why bees dance"


def test_claims_of_vitaminc_are_read_without_their_codes(tmp_path: Path) -> None:
    stated = [
        ("A Film -LRB- 2015 -RRB-: It grossed $ 20 , as told .\nClaim: It grossed $ 20 .", "True"),
        ("A Film: It was long: too long.\nClaim: It was short.", "False"),
        ("A Film: It was long.\nClaim: It was grey.", "Neither"),
    ]
    file = tmp_path / "task.json"
    examples = [
        {"input": text, "target_scores": {one: int(one == label) for one in ("True", "False")}}
        if label != "Neither"
        else {"input": text, "target_scores": {"True": 0, "Neither": 1}}
        for text, label in stated
    ]
    file.write_text(json.dumps({"examples": examples}), "utf-8")
    command = ["vitaminc", str(file), "--to", str(tmp_path), "--every", "1"]
    assert CliRunner().invoke(app, command).exit_code == 0
    claims = read_claims(tmp_path)
    assert [(one.id, one.text, one.borne_out, one.kind) for one in claims.claims] == [
        ("v0", "It grossed $ 20.", True, ""),
        ("v1", "It was short.", False, "refuted"),
        ("v2", "It was grey.", False, "not-told"),
    ]
    assert [(one.title, one.text) for one in claims.articles][:2] == [
        ("A Film (2015)", "It grossed $ 20, as told."),
        ("A Film", "It was long: too long."),
    ]
    assert [row["id"] for row in raw_sets.vitaminc(file, every=2, first=1)] == ["v1"]


def test_the_sentence_around_an_answer_of_squad_is_its_evidence(tmp_path: Path) -> None:
    file = squad_file(tmp_path)
    rows = raw_sets.squad(file, prefix="sq_", distractors=squad_file(tmp_path, "test.json"))
    assert [article["id"] for article in rows.articles] == ["sq_a00", "sqd_a00"]
    assert rows.articles[0]["title"] == "Honey bees"
    assert rows.articles[0]["text"] == f"{TEA}\n\n{BEES}"
    first, second = rows.questions
    assert first["question"] == "Who decoded the dance?"
    assert first["answers"] == ["Karl von Frisch", "von Frisch"]
    assert first["evidence"] == ["Karl von Frisch decoded the dance in 1944."]
    assert first["paragraph"] == 1
    assert (second["answers"], second["evidence"], second["answerable"]) == ([], [], False)
    assert second["article_ids"] == ["sq_a00"]


def test_what_clapnq_annotators_selected_is_the_evidence(tmp_path: Path) -> None:
    passage = {"title": "Bees", "text": BEES, "sentences": []}
    written = [
        {"answer": "By Frisch.", "selected_sentences": ["Bees dance."]},
        {"answer": "In 1944.", "selected_sentences": ["Bees dance.", "He won a prize."]},
    ]
    answerable = json_lines(
        tmp_path / "a.jsonl",
        {"id": "5", "input": "how is it told", "passages": [passage], "output": written},
    )
    unanswerable = json_lines(
        tmp_path / "u.jsonl",
        {"id": "6", "input": "what is honey", "passages": [passage], "output": [{"answer": ""}]},
    )
    rows = raw_sets.clapnq(answerable, unanswerable)
    assert [article["id"] for article in rows.articles] == ["cn_p0000"]
    assert rows.questions[0]["evidence"] == ["Bees dance.", "He won a prize."]
    assert rows.questions[0]["answers"] == ["By Frisch.", "In 1944."]
    assert [question["answerable"] for question in rows.questions] == [True, False]


def test_the_blanks_that_qed_puts_before_signs_are_taken_out(tmp_path: Path) -> None:
    sentence = "Frisch , of Vienna ( Austria ) , called it `` the dance '' . "
    row = {
        "title_text": "Bees",
        "question_text": "who named the dance",
        "paragraph_text": sentence + "It 's known .",
        "original_nq_answers": [[{"start": 0, "end": 6, "string": "Frisch , of Vienna"}]],
        "annotation": {
            "answer": [{"paragraph_reference": {"string": "Frisch"}}],
            "selected_sentence": {"string": sentence},
        },
    }
    rows = raw_sets.qed(json_lines(tmp_path / "qed.jsonlines", row))
    article, question = rows.articles[0], rows.questions[0]
    assert article["text"] == 'Frisch, of Vienna (Austria), called it "the dance". It\'s known.'
    assert question["question"] == "Who named the dance?"
    assert question["answers"] == ["Frisch, of Vienna", "Frisch"]
    assert question["evidence"][0] in article["text"]


def test_the_marks_of_onestop_tell_the_sentences_that_answer(tmp_path: Path) -> None:
    (tmp_path / "bees.txt").write_text(
        "# Title\nBees\n\n# Paragraph\n\n"
        "Adv: <A1>Bees dance. <D1>Frisch</D1> saw it.</A1> <A2>He won <D2>a prize.</D2></A2> End.\n"
        "\n"
        "Ele: <A1>Bees dance.</A1>\n\n"
        "Q: Who saw it?\na: Frisch\nb: Nobody\n\nQ2: What did he win?\na: A prize\nb: Tea\n\n"
        "Q1: What do bees do?\na: They dance\nb: Sing\n",
        "utf-8",
    )
    rows = raw_sets.onestop(tmp_path)
    assert rows.articles[0]["text"] == "Bees dance. Frisch saw it. He won a prize. End."
    assert [question["evidence"] for question in rows.questions] == [
        ["Bees dance.", "Frisch saw it."],
        ["He won a prize."],
        ["Bees dance.", "Frisch saw it."],
    ]


def test_turns_of_mtrag_become_a_history_and_a_rewrite(tmp_path: Path) -> None:
    task = {
        "task_id": "c<::>2",
        "input": [
            {"speaker": "user", "text": "Do bees dance?"},
            {"speaker": "agent", "text": "Yes."},
            {"speaker": "user", "text": "Who saw it?"},
        ],
        "contexts": [{"document_id": "d1", "text": BEES, "title": "Bees", "score": 1}],
        "targets": [{"speaker": "agent", "text": "Frisch."}],
    }
    rewrites = json_lines(
        tmp_path / "r.jsonl", {"_id": "c<::>2", "text": "|user|: Who saw bees dance?"}
    )
    rows = raw_sets.mtrag(json_lines(tmp_path / "t.jsonl", task), [rewrites])
    (question,) = rows.questions
    assert [turn["role"] for turn in question["history"]] == ["user", "assistant"]
    assert question["rewrite"] == "Who saw bees dance?"
    assert question["evidence"] == [BEES]


def test_what_is_written_is_read_by_the_benchmarks(tmp_path: Path) -> None:
    folder = tmp_path / "squad"
    done = CliRunner().invoke(app, ["squad", str(squad_file(tmp_path)), "--to", str(folder)])
    assert done.exit_code == 0, done.output
    assert "(2 questions)" in done.output
    (question_set,) = read_set(folder)
    assert question_set.name == "squad"
    assert [case.answerable for case in question_set.cases] == [True, False]
    assert question_set.cases[0].evidence[0] in question_set.articles[0].text


def test_languages_of_xquad_are_told_by_the_names_of_its_files(tmp_path: Path) -> None:
    files = [str(squad_file(tmp_path, f"xquad.{code}.json")) for code in ("en", "de")]
    folder = tmp_path / "xquad"
    done = CliRunner().invoke(app, ["xquad", *files, "--to", str(folder)])
    assert done.exit_code == 0, done.output
    assert [of.name for of in read_set(folder)] == ["xquad", "xquad.de"]
    with pytest.raises(SetFault, match="does not tell the language"):
        CliRunner().invoke(
            app, ["xquad", str(squad_file(tmp_path)), "--to", str(folder)], catch_exceptions=False
        )


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "JSON"), ('{"data": [{"title": "x"}]}', "data.0.paragraphs: Field required")],
)
def test_a_file_of_another_form_is_refused_with_the_place(
    tmp_path: Path, content: str, told: str
) -> None:
    file = tmp_path / "dev.json"
    file.write_text(content, "utf-8")
    with pytest.raises(SetFault, match=told):
        raw_sets.squad(file, prefix="sq_")


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_sets, "MAX_BYTES", 10)
    with pytest.raises(SetFault, match="more than 10 bytes"):
        raw_sets.squad(squad_file(tmp_path), prefix="sq_")
