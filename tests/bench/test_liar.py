"""The scripted liar: what it says is labelled, and its figures count what reaches a reader."""

from bench.liar import FACTS, TRUE, Outcome, _lie, _note, read
from bench.sets import shipped_articles
from footnote.index.results import Answer, Claim
from tests.index.writing.test_evidence import evidence
from tools.llm_server import Asked, LlmServer


def test_half_of_sixty_answers_on_the_shipped_articles_is_lies() -> None:
    answers = read()
    kinds = [kind for said in answers for kind, _ in said.says]
    assert len(answers) == len({said.question for said in answers}) == 60
    assert kinds.count(TRUE) == len(kinds) / 2
    assert set(kinds) == {TRUE, *FACTS, "negation", "swapped", "memory"}
    assert {said.article for said in answers} == {article.id for article in shipped_articles()}


def test_numbers_are_right_or_wrong_or_missing_in_turn() -> None:
    said = read()[0]
    with LlmServer() as server:
        _lie(server, said, "Mine", 0)
        prompt = "<<<passage 1: Other\nx\n>>>\n<<<passage 2: Mine (2024)\ny\n>>>"
        body = {"messages": [{"role": "user", "content": prompt}]}
        asked = Asked("/v1/chat/completions", {}, body)
        server.on_request(asked)
        [reply] = server._replies
    text = "".join(getattr(reply, "pieces", ()))
    first, second, third, fourth = (sentence for _, sentence in said.says)
    assert text == f"{first} [2] {second} [1] {third} [77] {fourth}"


def test_a_lie_that_is_shown_and_a_truth_that_is_not_are_counted() -> None:
    said = read()[0]
    outcome, one = Outcome(), evidence("It rained all day.")
    claims = [Claim(said.says[at][1], (one.citation(1, one.passage.span),)) for at in (0, 1)]
    _note(outcome, said, Answer(said.question, "written", 0.9, claims))
    outcome.seconds["It rained."] = 0.02
    figures = outcome.figures()
    assert figures["facts_shown"] == 1
    assert figures["true_lost"] == 0.5
    assert figures["cited_elsewhere"] == 1
    assert (figures["written"], figures["check_p95_ms"]) == (1, 20)
