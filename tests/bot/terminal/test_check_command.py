"""`footnote check`: a claim, sentence by sentence, and what bears it out or speaks against it."""

import json
from pathlib import Path

from tests.bot.commands import Command

CLAIM = "Karl von Frisch decoded the waggle dance of honeybees."
SENTENCE = "The waggle dance of honeybees was decoded by Karl von Frisch."
UNKNOWN = "Elephants paint ceilings in Vienna."


def test_a_supported_claim_shows_its_sentence_and_ends_well(
    command: Command, articles: Path
) -> None:
    ended = command("check", CLAIM)
    assert (ended.code, ended.out) == (
        0,
        f"{CLAIM}\n    supported: {SENTENCE} [1] · 2016-08-03\n\nSources\n"
        "[1] How honeybees dance 🐝 · Ada Winter · 2016-08-03 · The Meadow\n"
        f"    {articles / 'honeybees.md'}\n",
    )


def test_a_contradicted_claim_shows_what_speaks_against_it(command: Command) -> None:
    ended = command("check", CLAIM.replace("decoded", "never decoded"))
    assert ended.code == 3
    assert f"contradicted: {SENTENCE} [1]" in ended.out


def test_what_is_not_found_cites_nothing(command: Command) -> None:
    ended = command("check", UNKNOWN)
    assert (ended.code, ended.out) == (3, f"{UNKNOWN}\n    nothing found\n")


def test_other_programs_get_json_and_standard_input_is_read(command: Command) -> None:
    ended = command("check", "-", "--json", typed=f"{CLAIM} {UNKNOWN}")
    written = json.loads(ended.out)
    assert written["kind"] == "check"
    assert [sentence["verdict"] for sentence in written["sentences"]] == [
        "supported",
        "nothing found",
    ]
    assert written["sentences"][0]["citations"][0]["quotation"] == SENTENCE
    assert ended.code == 3


def test_without_a_claim_it_says_what_to_write(command: Command) -> None:
    ended = command("check", "🐝?!")
    assert ended.code == 1
    assert "There is no claim in this." in ended.err
    assert "Traceback" not in ended.err
