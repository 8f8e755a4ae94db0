"""`footnote ask`: answers and abstentions, for people and for other programs."""

import codecs
import io
import json
import sys
from functools import partial
from pathlib import Path

import pytest

from footnote.bot.terminal.ask import code_of, typed
from footnote.index.answering import Answerer
from footnote.index.results import ListedArticle, Listing, Reference
from tests.bot.commands import Command

ANSWERED = "Who decoded the waggle dance of honeybees?"
SENTENCE = "The waggle dance of honeybees was decoded by Karl von Frisch."
UNANSWERED = "Which languages are spoken in Peru and Bolivia today?"


def test_an_answer_quotes_numbers_and_names_its_source(command: Command, articles: Path) -> None:
    ended = command("ask", ANSWERED)
    assert (ended.code, ended.out) == (
        0,
        f"{SENTENCE} [1] · 2016-08-03\n\nSources\n"
        "[1] How honeybees dance 🐝 · Ada Winter · 2016-08-03 · The Meadow\n"
        f"    {articles / 'honeybees.md'}\n",
    )


def test_a_source_with_an_address_is_named_by_it(command: Command) -> None:
    ended = command("ask", "Who built the lighthouse of Port Ellis?")
    assert ended.out.endswith(
        "[1] The lighthouse of Port Ellis · 1911\n    https://example.org/lighthouse?a=1&b=2\n"
    )


def test_where_nothing_is_found_that_alone_is_said(command: Command) -> None:
    ended = command("ask", UNANSWERED)
    assert (ended.code, ended.out) == (3, "I found nothing on this in the articles.\n")


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is found is near, and nothing is sure."""
    monkeypatch.setattr("footnote.bot.composition.Answerer", partial(Answerer, sure=1.1, near=0))


@pytest.mark.usefixtures("unsure")
def test_what_comes_nearest_is_told_from_an_answer_by_its_words_and_its_code(
    command: Command,
) -> None:
    ended = command("ask", ANSWERED)
    assert ended.code == 4
    head, claims, sources = ended.out.split("\n\n", 2)
    assert head == "I'm not sure that this answers it. What comes nearest:"
    assert claims.splitlines()[0] == f"{SENTENCE} [1] · 2016-08-03"
    assert sources.startswith("Sources\n[1]")


@pytest.mark.usefixtures("unsure")
def test_what_comes_nearest_is_of_its_own_kind_in_json(command: Command) -> None:
    ended = command("ask", "--json", ANSWERED)
    nearest = json.loads(ended.out)
    assert (ended.code, nearest["kind"]) == (4, "nearest")
    assert list(nearest) == ["kind", "question", "confidence", "claims"]
    for claim in nearest["claims"]:
        [citation] = claim["citations"]
        text = command("show", citation["article"], "--text").out
        assert text[citation["start"] : citation["end"]] == citation["quotation"] == claim["text"]


@pytest.mark.usefixtures("unsure")
def test_lines_of_questions_end_with_0_whatever_comes_of_them(command: Command) -> None:
    assert command("ask", "-", typed=f"{ANSWERED}\n{UNANSWERED}\n").code == 0
    assert command("ask", "--json", "-", typed=json.dumps({"question": ANSWERED})).code == 0


def test_the_codes_are_told_in_the_help(command: Command) -> None:
    told = " ".join(command("ask", "--help").out.split())
    assert "0 after an answer or a list of articles, with 4" in told
    assert "with 3 where nothing was found" in told


def test_a_listing_is_an_answer_to_who_asks_for_articles() -> None:
    listing = Listing("What is new?", "new", [ListedArticle(Reference("a", "r", "A"))])
    assert code_of(listing) == 0


@pytest.mark.parametrize("question", ["", "  ", "?!", "🐝"])
def test_what_asks_nothing_is_no_question(command: Command, question: str) -> None:
    ended = command("ask", question)
    assert (ended.code, ended.out) == (3, "There is no question in this.\n")


def test_without_articles_it_says_so(new_command: Command, articles: Path) -> None:
    for file in articles.iterdir():
        file.unlink()
    ended = new_command("ask", ANSWERED)
    assert (ended.code, ended.err) == (3, "")
    assert ended.out == "There are no articles yet. Add some with: footnote add FILE\n"


def test_the_first_question_says_what_was_indexed_and_the_next_nothing(
    new_command: Command,
) -> None:
    assert new_command("ask", ANSWERED).err == "3 added; 3 passages embedded. 3 articles in all.\n"
    assert new_command("ask", ANSWERED).err == ""


def test_json_has_the_form_that_is_documented(command: Command) -> None:
    ended = command("ask", "--json", ANSWERED)
    answer = json.loads(ended.out)
    assert ended.code == 0
    assert ended.out.count("\n") == 1
    assert list(answer) == ["kind", "question", "mode", "confidence", "claims"]
    assert (answer["kind"], answer["question"], answer["mode"]) == ("answer", ANSWERED, "quoted")
    assert 0 < answer["confidence"] <= 1
    [claim] = answer["claims"]
    assert (list(claim), claim["text"]) == (["text", "citations"], SENTENCE)
    [citation] = claim["citations"]
    assert list(citation) == [
        "n", "article", "revision", "title", "author", "date", "added", "source", "url",
        "start", "end", "quotation", "passage",
    ]  # fmt: skip
    assert (citation["date"], citation["source"]) == ("2016-08-03", "The Meadow")
    assert (citation["n"], citation["article"]) == (1, "honeybees")
    assert list(citation["passage"]) == ["start", "end", "text"]


def test_offsets_are_characters_of_the_text_that_show_prints(command: Command) -> None:
    """Emoji of several code points and right-to-left text stand before the sentence."""
    [claim] = json.loads(command("ask", "--json", ANSWERED).out)["claims"]
    [citation] = claim["citations"]
    text = command("show", "honeybees", "--text").out
    passage = citation["passage"]
    assert text[: citation["start"]].startswith("Honeybees 🐝 visit flowers. נחיל דבורים")
    assert text[citation["start"] : citation["end"]] == citation["quotation"] == SENTENCE
    assert text[passage["start"] : passage["end"]] == passage["text"]


def test_an_abstention_in_json_cites_nothing(command: Command) -> None:
    ended = command("ask", UNANSWERED, "--json")
    abstention = json.loads(ended.out)
    assert ended.code == 3
    assert list(abstention) == ["kind", "question", "reason"]
    assert abstention["kind"] == "abstention"
    assert abstention["reason"] == "nothing was found on this in the articles"


def test_json_lines_answer_each_line_in_order_and_apart(command: Command) -> None:
    asked = [{"question": ANSWERED}, {"question": UNANSWERED}, {"question": "🐝"}]
    typed = "\n".join(json.dumps(line) for line in asked)
    ended = command("ask", "--json", "-", typed=typed)
    results = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 0
    assert [result["question"] for result in results] == [line["question"] for line in asked]
    assert [result["kind"] for result in results] == ["answer", "abstention", "abstention"]


def test_a_history_makes_a_follow_up_whole(command: Command) -> None:
    follow_up = {"question": "Where did it burn?"}
    before = [{"role": "user", "text": "Who built the lighthouse of Port Ellis?"}]
    typed = f"{json.dumps(follow_up)}\n{json.dumps(follow_up | {'history': before})}\n"
    ended = command("ask", "--json", "-", typed=typed)
    alone, following = [json.loads(line) for line in ended.out.splitlines()]
    assert alone["kind"] == "abstention"
    assert following["kind"] in ("answer", "nearest")
    assert following["claims"][0]["citations"][0]["article"] == "lighthouse"


def test_json_lines_may_begin_with_a_byte_order_mark_and_have_no_history(command: Command) -> None:
    typed = codecs.BOM_UTF8 + json.dumps({"question": ANSWERED, "history": None}).encode()
    [result] = command("ask", "--json", "-", typed=typed).out.splitlines()
    assert json.loads(result)["kind"] == "answer"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "the line: Invalid JSON"),
        ('{"question": "x"', "the line: Invalid JSON"),
        ("[]", "the line: "),
        ("{}", "question: Field required"),
        ('{"question": null}', "question: "),
        ('{"question": "x", "history": [{"role": "system", "text": "x"}]}', "history.0.role: "),
        ('{"question": "\\ud800"}', "the line: Invalid JSON"),
        (b'{"question": "caf\xe9"}', "the line: Invalid JSON"),
    ],
)
def test_a_broken_line_gets_an_error_in_its_place(
    command: Command, line: str | bytes, reason: str
) -> None:
    whole = json.dumps({"question": ANSWERED}).encode()
    broken = line if isinstance(line, bytes) else line.encode()
    ended = command("ask", "--json", "-", typed=b"\n".join([whole, b"", broken, whole]))
    first, error, last = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 1
    assert first == last
    assert first["kind"] == "answer"
    assert list(error) == ["kind", "line", "error"]
    assert (error["kind"], error["line"]) == ("error", 3)
    assert error["error"].startswith(reason)
    assert '{"question": "…", "history": [{"role": "user", "text": "…"}]}' in error["error"]


def test_questions_on_lines_are_answered_each(command: Command) -> None:
    ended = command("ask", "-", typed=f"{ANSWERED}\n\n{UNANSWERED}\n")
    assert ended.code == 0
    assert ended.out.startswith(f"{ANSWERED}\n{SENTENCE} [1] · 2016-08-03\n")
    assert f"\n\n{UNANSWERED}\nI found nothing on this in the articles.\n" in ended.out


def test_bytes_that_are_no_text_in_a_question_do_no_harm(command: Command) -> None:
    assert command("ask", f"{ANSWERED} caf\udce9").code == 0
    ended = command("ask", "--json", "caf\udce9")
    assert json.loads(ended.out)["question"] == "caf�"
    ended = command("ask", "-", typed=b"Who decoded the waggle dance \xff\xe9?\n")
    assert SENTENCE in ended.out


def test_text_in_another_encoding_s_escapes_is_put_together_again() -> None:
    assert typed("caf\udcc3\udca9") == "café"


def narrow_output() -> io.TextIOWrapper:
    """A standard output as in a locale that has no letters but those of Western Europe."""
    return io.TextIOWrapper(io.BytesIO(), encoding="latin-1")


def written(output: io.TextIOWrapper) -> bytes:
    assert isinstance(output.buffer, io.BytesIO)
    return output.buffer.getvalue()


def test_json_is_utf_8_whatever_the_locale(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = narrow_output()
    monkeypatch.setattr(sys, "stdout", output)
    command("ask", "--json", ANSWERED)
    [claim] = json.loads(written(output).decode())["claims"]
    assert "نحل" in claim["citations"][0]["passage"]["text"]


def test_an_answer_is_printed_even_where_the_locale_cannot_write_it(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = narrow_output()
    monkeypatch.setattr(sys, "stdout", output)
    assert command("ask", ANSWERED).code == 0
    assert b"How honeybees dance \\U0001f41d" in written(output)


def test_only_articles_of_the_days_that_are_given_answer(command: Command) -> None:
    assert command("ask", "--until", "2016-08-03", ANSWERED).code == 0
    assert command("ask", ANSWERED, "--since", "2016-09").code == 3
    listed = command("ask", "What's new?", "--since", "2016-08", "--until", "2016-08").out
    assert "honeybees" in listed
    assert "Port Ellis" not in listed


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--since", "yesterday"), "is no year, month or day"),
        (("--since", "2020", "--until", "2019"), "2020 is after 2019"),
    ],
)
def test_what_is_no_span_of_days_is_refused(
    command: Command, options: tuple[str, ...], told: str
) -> None:
    ended = command("ask", ANSWERED, *options)
    assert ended.code == 2
    assert told in " ".join(ended.err.replace("│", " ").split())
