"""A language model reads what was found and decides; before it gives up it may search once more."""

import time
from collections.abc import Iterator, Sequence

import pytest

from footnote.index.answering import Attempt
from footnote.index.finding.retrieval import Found
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.question import Question, Turn
from footnote.index.results import Abstention, Answer, Nearest, Reason, Unwritten
from footnote.index.writing.bearing import Bearing, Relevance, relevance_by
from footnote.index.writing.declining import AGREED
from footnote.index.writing.endpoint import Endpoint
from footnote.index.writing.proof import Proven
from footnote.index.writing.rewriting import Rewriter
from footnote.index.writing.searching import QueryWriter
from tests.index.home import Home
from tests.index.writing.conftest import Asking
from tests.index.writing.test_evidence import evidence
from tools.llm_server import LlmServer, Refusal, Said, pieces_of

# Of its words only the name stands in an article.
OTHER_WORDS = "How deadly was Sibi?"
KILLED = "The flood of Sibi killed 72 people."
STORM = "A storm reached Gwadar in October."
QUERIES = "Engineers of Quetta repaired the bridge of Sibi before winter\n"
REPAIRED = "Engineers from Quetta repaired the bridge of Sibi before winter."
ALL_SURE, NEVER_SURE = 0.0, 2.0


def reads(*words: str) -> Relevance:
    """Says that sentences with one of these words in them answer, and others don't."""

    def relevance(question: str, sentence: str, *, title: str, language: str | None) -> float:
        return 0.9 if any(word in sentence for word in words) else 0.001

    return relevance


def texts(result: object) -> list[str]:
    assert isinstance(result, Answer)
    assert result.mode == "written"
    return [claim.text for claim in result.claims]


def passages(prompt: str) -> list[str]:
    return [part.partition("\n>>>")[0] for part in prompt.split("<<<passage ")[1:]]


@pytest.mark.parametrize("relevance", [None, reads("killed")])
def test_question_in_other_words_is_answered_though_nothing_sure_is_quoted(
    passage_index: PassageIndex, llm: LlmServer, relevance: Relevance | None
) -> None:
    asking = Asking(passage_index, llm, sure=NEVER_SURE, relevance=relevance)
    llm.reply(AGREED)
    quoted = asking.result(OTHER_WORDS)
    assert isinstance(quoted, Nearest)
    llm.reply(f"{KILLED} [1]")
    assert KILLED in texts(asking.result(OTHER_WORDS))


def test_question_that_is_not_answered_gets_what_is_nearest_and_why(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    llm.reply(AGREED)
    for sure in (ALL_SURE, NEVER_SURE):
        result = Asking(passage_index, llm, sure=sure).result()
        assert isinstance(result, Nearest)
        assert result.unwritten is Unwritten.DECLINED
        assert all([c.text] == [one.quotation for one in c.citations] for c in result.claims)
        assert list(result.citations) == list(range(1, len(result.claims) + 1))


def test_what_is_borne_out_and_does_not_answer_is_caught_by_who_reads(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    asking = Asking(passage_index, llm, relevance=reads("killed"))
    llm.reply(f"{STORM} [1]")
    result = asking.result(OTHER_WORDS)
    assert isinstance(result, Nearest)
    assert result.unwritten is Unwritten.UNSUPPORTED
    assert [(spent.kept, spent.dropped) for spent in asking.spent] == [(0, 1)]


@pytest.mark.parametrize(("of_the_other", "expected"), [(0.4, Answer), (0.02, Nearest)])
def test_what_answers_far_less_than_the_best_sentence_is_no_answer(
    passage_index: PassageIndex, llm: LlmServer, of_the_other: float, expected: type
) -> None:
    def relevance(question: str, sentence: str, *, title: str, language: str | None) -> float:
        return 0.9 if "killed" in sentence else of_the_other

    llm.reply("Ninety houses were swept away by the water. [1]")
    for sure in (ALL_SURE, NEVER_SURE):
        asking = Asking(passage_index, llm, sure=sure, relevance=relevance)
        assert isinstance(asking.result("How many people did the flood of Sibi kill?"), expected)


@pytest.mark.parametrize(
    ("said", "sure", "expected"),
    [
        ("In July 2019", ALL_SURE, Answer),
        (f"[1] **2019** [2]\n{AGREED}", ALL_SURE, Answer),
        ("In July 2019", NEVER_SURE, Nearest),
        ("The river Nari", ALL_SURE, Nearest),
        ("In July 2020", ALL_SURE, Nearest),
        ("Yes.", ALL_SURE, Nearest),
    ],
)
def test_a_word_or_two_that_the_sentence_quoted_says_leave_it_an_answer(
    passage_index: PassageIndex, llm: LlmServer, said: str, sure: float, expected: type
) -> None:
    llm.reply(said)
    result = Asking(passage_index, llm, sure=sure).result("When did the river Nari flood Sibi?")
    assert isinstance(result, expected)
    if isinstance(result, Answer):
        assert (result.mode, result.unwritten) == ("quoted", Unwritten.UNSUPPORTED)


def test_sentence_in_a_language_that_nobody_reads_goes_by_its_likeness(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    def relevance(question: str, sentence: str, *, title: str, language: str | None) -> None:
        assert (title, language) in (("The flood of Sibi", "en"), ("Storm", "en"))

    asking = Asking(passage_index, llm, relevance=relevance)
    llm.reply("The river Nari flooded Sibi in July 2019. [1]")
    assert texts(asking.result())
    llm.reply(f"{STORM} [1]")
    assert isinstance(asking.result(), Nearest)


@pytest.mark.parametrize(("words", "expected"), [(0.1, True), (0.3, False)])
def test_likeness_speaks_against_a_sentence_only_where_words_are_shared(
    words: float, expected: bool
) -> None:
    one = evidence("It rained.")
    attempt = Attempt([Found(one.passage, 0.3, 0.3, words)], [], 0.2)
    proven = Proven("It rained.", [(one, one.passage.span)])
    assert Bearing(["Was it wet?"], [attempt])(proven) is expected


def test_the_reader_reads_english_alone() -> None:
    class Certain:
        name = "certain"

        def read(self, question: str, title: str, sentences: Sequence[str]) -> list[float]:
            assert (question, title, sentences) == ("Why?", "Sibi", ["It rained."])
            return [2.0]

        def length(self, text: str) -> int:
            raise AssertionError("one sentence is read whatever its length")

    relevance = relevance_by(Certain())
    for language in (None, "en", "en-GB"):
        read = relevance("Why?", "It rained.", title="Sibi", language=language)
        assert read == pytest.approx(0.8808, abs=1e-4)
    assert relevance("Warum?", "Es regnete.", title="Sibi", language="de") is None


def test_confidence_of_what_was_written_is_what_was_read_of_it(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    llm.reply(f"{KILLED} [1]")
    unread = Asking(passage_index, llm, sure=NEVER_SURE).result(OTHER_WORDS)
    read = Asking(passage_index, llm, sure=NEVER_SURE, relevance=reads("killed")).result(
        OTHER_WORDS
    )
    assert isinstance(unread, Answer)
    assert isinstance(read, Answer)
    assert unread.confidence < read.confidence == 0.9


def test_follow_up_is_read_with_the_question_before_it(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    heard: list[str] = []

    def relevance(question: str, sentence: str, *, title: str, language: str | None) -> float:
        heard.append(question)
        return 0.9

    llm.reply(f"{KILLED} [1]")
    before = (Turn("user", "Which river flooded Sibi?"), Turn("assistant", "The Nari did."))
    asking = Asking(passage_index, llm, relevance=relevance)
    assert texts(asking.result(Question("How many did it kill?", before)))
    assert "Which river flooded Sibi? How many did it kill?" in heard


def test_search_in_the_models_words_finds_what_the_question_did_not(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    # One passage fits, and the question's words lead to the wrong one.
    asking = Asking(passage_index, llm, again=True, evidence_tokens=1)
    llm.reply(AGREED, QUERIES, f"{REPAIRED} [1]")
    question = "Which storm in October broke the bridge?"
    assert REPAIRED in texts(asking.result(question))
    first, search, second = llm.asked
    assert STORM in passages(first.prompt)[0]
    assert "repaired" not in first.prompt.partition("The passages:")[2]
    assert question in search.prompt
    assert "en" in search.prompt.rpartition("(ISO 639): ")[2]
    assert "repaired" in passages(second.prompt)[0]


def test_nothing_near_is_searched_again_before_the_model_reads_anything(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    far = "Lattice gauge chromodynamics boson neutrino?"
    asking = Asking(passage_index, llm, sure=NEVER_SURE, near=0.1, again=True)
    llm.reply(QUERIES, f"{REPAIRED} [1]")
    assert REPAIRED in texts(asking.result(far))
    assert len(llm.asked) == 2
    llm.reply("boson neutrino lattice gauge\n")
    result = asking.result(far)
    assert result == Abstention(far, Reason.NOTHING_FOUND)
    assert len(llm.asked) == 3
    assert len(asking.spent) == 2


def test_without_searching_again_nothing_near_costs_nothing(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    asking = Asking(passage_index, llm, sure=NEVER_SURE, near=NEVER_SURE)
    assert isinstance(asking.result("Lattice gauge chromodynamics?"), Abstention)
    assert llm.asked == []
    assert asking.spent == []


def test_model_is_asked_twice_at_most_and_for_queries_once(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    asking = Asking(passage_index, llm, again=True, evidence_tokens=1)
    llm.reply(AGREED, QUERIES, AGREED)
    result = asking.result("Which storm in October was deadly?")
    assert isinstance(result, Nearest)
    assert result.unwritten is Unwritten.DECLINED
    assert len(llm.asked) == 3


def test_queries_that_find_nothing_new_end_the_search(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    asking = Asking(passage_index, llm, again=True)
    llm.reply(AGREED, QUERIES)
    assert isinstance(asking.result(), Nearest)
    assert len(llm.asked) == 2


@pytest.mark.parametrize(
    "reply", [Said([], before="hang"), Refusal(503, "overloaded"), Said(["flo"], then="break"), ""]
)
def test_failure_to_write_queries_leaves_what_is_nearest(
    passage_index: PassageIndex, llm: LlmServer, reply: Said | Refusal | str
) -> None:
    asking = Asking(passage_index, llm, again=True, first_seconds=3.0, seconds=3.0)
    llm.reply(AGREED, reply)
    result = asking.result()
    assert isinstance(result, Nearest)
    assert result.unwritten is Unwritten.DECLINED


def test_all_of_it_together_takes_no_longer_than_a_written_answer_may(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    asking = Asking(
        passage_index, llm, again=True, evidence_tokens=1, first_seconds=600.0, seconds=2.5
    )
    llm.reply(Said([AGREED], pause=0.5), Said([QUERIES], pause=0.5), Said([], before="hang"))
    result = asking.result("Which storm in October broke the bridge?")
    # The third call alone could take ten minutes.
    assert isinstance(result, Nearest)


def test_usage_counts_reading_searching_reading_again_and_rewriting(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    asking = Asking(passage_index, llm, again=True, evidence_tokens=1)
    asking.answerer._rewriter = Rewriter(Endpoint(llm.url, "tiny"))
    said = [
        "Which storm in October was deadly?",
        AGREED,
        QUERIES,
        f"{REPAIRED} [1] It was a Tuesday.",
    ]
    llm.reply(*(Said(pieces_of(text), usage=(100, 10)) for text in said))
    question = Question("And deadly?", (Turn("user", "Which storm came in October?"),))
    assert texts(asking.result(question))
    assert len(llm.asked) == 4
    [spent] = asking.spent
    # An answer that is not heard to its end is estimated: the model declined, and was cut short.
    assert spent.tokens_in >= 300
    assert spent.tokens_out >= 30
    assert (spent.kept, spent.dropped) == (1, 1)


def test_who_may_have_no_more_written_answers_costs_nothing(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    asking = Asking(passage_index, llm, sure=NEVER_SURE, again=True)
    asking.answerer._rewriter = Rewriter(Endpoint(llm.url, "tiny"))
    question = Question("And when?", (Turn("user", "Which river flooded Sibi?"),))
    result = asking.answerer.answer(question, may_write=lambda: False, on_spent=asking.spent.append)
    assert isinstance(result, Nearest)
    assert result.unwritten is Unwritten.SPENT
    assert llm.asked == []
    assert asking.spent == []


def test_while_the_model_is_away_the_quoted_result_stays_what_it_is(
    passage_index: PassageIndex, llm: LlmServer
) -> None:
    llm.reply(Refusal(503, "overloaded"))
    sure = Asking(passage_index, llm, sure=ALL_SURE, again=True).result()
    near = Asking(passage_index, llm, sure=NEVER_SURE, again=True).result()
    assert isinstance(sure, Answer)
    assert isinstance(near, Nearest)
    assert sure.unwritten is near.unwritten is Unwritten.AWAY
    assert len(llm.asked) == 2


QUESTION = Question("Which river flooded Sibi?")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("a thing\nb thing\nc thing\nd thing", ["a thing", "b thing", "c thing"]),
        ('1. "one thing"\n- two things\n* `three`', ["one thing", "two things", "three"]),
        ("Query 1: one thing\n\n\n  two things  \n", ["one thing", "two things"]),
        ("<think>secret\nthoughts</think>one thing", ["one thing"]),
        ("One thing\none thing\nONE THING", ["One thing"]),
        ("which river flooded sibi?\nNari burst its banks", ["Nari burst its banks"]),
        ("a" * 201 + "\n" + "word " * 500 + "\nshort one", ["short one"]),
        ("one\x00 thing\u202e", ["one thing"]),
        ("?!\n…\n---", []),
        ("", []),
    ],
)  # fmt: skip
def test_queries_are_few_short_and_plain(llm: LlmServer, said: str, expected: list[str]) -> None:
    llm.reply(said)
    writer = QueryWriter(Endpoint(llm.url, "tiny", max_tokens=3000), max_tokens=3000)
    queries, spent = writer.queries(QUESTION, ("en",), until=time.monotonic() + 5)
    assert queries == expected
    assert spent is not None


def paragraph(about: str, number: int) -> str:
    return " ".join(f"In year {1900 + 10 * number + n} {about} held meeting {n}." for n in range(9))


@pytest.fixture(scope="module")
def long_articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    home = Home(tmp_path_factory.mktemp("long"))
    for name, count in (("Zebrafish", 12), ("Walrus", 12), ("Penguin", 3)):
        text = "\n\n".join(paragraph(f"the {name} Union", n) for n in range(count))
        home.write(name.lower(), text, title=f"The {name} Union")
    home.sync()
    with home.open(keep=False) as passage_index:
        yield passage_index


def titles_read(llm: LlmServer) -> list[str]:
    heads = [part.splitlines()[0] for part in passages(llm.asked[-1].prompt)]
    return [head.partition(": ")[2].partition(" (")[0] for head in heads]


def test_a_comparison_is_given_passages_of_both_things(
    long_articles: PassageIndex, llm: LlmServer
) -> None:
    llm.reply(AGREED)
    asking = Asking(long_articles, llm, sure=NEVER_SURE, evidence_tokens=1200)
    asking.result("What is the difference between the Zebrafish Union and the Penguin Union?")
    read = titles_read(llm)
    assert min(read.count("The Zebrafish Union"), read.count("The Penguin Union")) >= 2
    assert "The Walrus Union" not in read[:4]


def test_what_is_known_of_a_topic_is_read_from_several_articles(
    long_articles: PassageIndex, llm: LlmServer
) -> None:
    llm.reply(AGREED)
    asking = Asking(long_articles, llm, sure=NEVER_SURE, evidence_tokens=1000)
    asking.result("What do we know about a Union that held a meeting in 1911?")
    assert len(set(titles_read(llm)[:3])) >= 2


def test_a_summary_of_an_article_is_given_passages_from_all_of_it(
    long_articles: PassageIndex, llm: LlmServer
) -> None:
    llm.reply(AGREED)
    asking = Asking(long_articles, llm, sure=NEVER_SURE, evidence_tokens=1600)
    asking.result("Summarise the article on the Walrus Union")
    read = [part for part in passages(llm.asked[-1].prompt) if "Walrus" in part.splitlines()[0]]
    years = [int(part.split("In year ")[1][:4]) for part in read]
    assert any(year < 1930 for year in years)
    assert any(1940 <= year < 1980 for year in years)
    assert any(year >= 1980 for year in years)


def test_evidence_is_no_more_than_fits_and_at_least_one_passage(
    long_articles: PassageIndex, llm: LlmServer
) -> None:
    llm.reply(AGREED)
    for most, expected in ((1, 1), (400, 2)):
        Asking(long_articles, llm, sure=NEVER_SURE, evidence_tokens=most).result(
            "Summarise the article on the Walrus Union"
        )
        assert 1 <= len(titles_read(llm)) <= expected
