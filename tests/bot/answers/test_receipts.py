"""Receipts: what was answered, on disk with its evidence, and what a conversation was about."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from footnote.bot.answers.receipts import Receipt, Receipts
from footnote.bot.database.opening import Place
from footnote.bot.database.sqlite import SqliteDatabase
from footnote.bot.database.tables import receipt
from footnote.bot.state import State
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.question import Turn
from footnote.index.results import (
    Abstention,
    Answer,
    Checked,
    CheckedSentence,
    Citation,
    Claim,
    ListedArticle,
    Listing,
    Nearest,
    Reason,
    Reference,
    Result,
    Verdict,
)

HERE, THERE = "telegram:1", "telegram:2"
LINE = st.text(min_size=1, max_size=20)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    optional: dict[str, Any] = {
        name: draw(st.none() | LINE) for name in ("author", "date", "source", "url")
    }
    text = draw(st.text(min_size=1, max_size=200))
    return Article(id=draw(LINE), title=draw(LINE), text=text, **optional)


@st.composite
def spans(draw: st.DrawFn, within: Span) -> Span:
    start = draw(st.integers(within.start, within.end - 1))
    return Span(start, draw(st.integers(start + 1, within.end)))


@st.composite
def citations(draw: st.DrawFn, number: int) -> Citation:
    article = draw(articles())
    passage = draw(spans(Span(0, len(article.text))))
    span = draw(spans(passage))
    before = Span(passage.start, span.start) if passage.start < span.start else None
    return Citation.of(number, article, span, passage, before=before, added="2026-11-20")


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    count = draw(st.integers(1, 4))
    claims = [Claim(draw(st.text()), [draw(citations(n + 1))]) for n in range(count)]
    mode: Literal["quoted", "written"] = draw(st.sampled_from(["quoted", "written"]))
    missing = draw(st.sampled_from([(), ("Idaho",)]))
    return Answer(draw(st.text()), mode, draw(st.floats(0, 1)), claims, missing=missing)


@st.composite
def nearest(draw: st.DrawFn) -> Nearest:
    cited = [draw(citations(n + 1)) for n in range(draw(st.integers(1, 3)))]
    claims = [Claim(citation.quotation, [citation]) for citation in cited]
    return Nearest(draw(st.text()), draw(st.floats(0, 1)), claims)


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    listed = [ListedArticle(Reference.to(draw(articles()), added="2026-11-20"), [])]
    for n in range(draw(st.integers(0, 2))):
        cited = draw(citations(n + 1))
        listed.append(ListedArticle(cited.reference, [Claim(cited.quotation, [cited])]))
    return Listing(draw(st.text()), draw(st.sampled_from(["new", "topic", "summary"])), listed)


ABSTENTIONS = st.builds(
    Abstention,
    st.text(),
    st.sampled_from(Reason),
    st.sampled_from([(), ("en",), ("de", "en")]),
)


def answer(question: str = "Who?", said: str = "Ada wrote it.", article: str = "a") -> Answer:
    cited = Article(id=article, title="A", text=f"Before. {said} After.")
    whole = Span(0, len(cited.text))
    citation = Citation.of(1, cited, Span(8, 8 + len(said)), whole)
    return Answer(question, "quoted", 0.9, [Claim(said, [citation])])


def near(question: str) -> Nearest:
    return Nearest(question, 0.2, answer().claims)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "state.sqlite"


@pytest.fixture
def receipts(state: State) -> Receipts:
    return Receipts(state)


def change(state: State, **values: object) -> None:
    """Of all receipts, as if somebody had tampered with them."""
    with state.transaction() as connection:
        connection.execute(update(receipt).values(values))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(result=answers() | nearest() | listings() | ABSTENTIONS)
def test_a_result_comes_back_from_disk_as_it_was(
    receipts: Receipts, place: Place, result: Result
) -> None:
    kept = receipts.keep(result, HERE)
    with closing(State(place)) as restarted:
        found = Receipts(restarted).find(kept.id)
    assert found == kept
    assert found.result == result


@pytest.mark.parametrize(
    "tampered",
    [
        {"quotation": "Bob wrote it."},
        {"passage": {"start": 0, "end": 28, "text": "Before. Bob wrote it. After."}},
        {"passage": {"start": 0, "end": 28, "text": "Before. Ada wrote it."}},
        {"start": 7, "end": 20},
        {"end": 40},
        {"passage": {"start": 9, "end": 37, "text": "Before. Ada wrote it. After."}},
    ],
)
def test_a_receipt_that_was_tampered_with_is_as_if_it_were_not_there(
    receipts: Receipts, state: State, tampered: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    kept = receipts.keep(answer(), HERE)
    fields = json.loads(state.rows(select(receipt.c.result))[0][0])
    fields["claims"][0]["citations"][0] |= tampered
    change(state, result=json.dumps(fields))
    assert receipts.find(kept.id) is None
    assert receipts.latest(HERE) is None
    assert list(receipts.asked()) == []
    assert "WrongQuotation" in caplog.text


def test_what_was_never_given_out_is_not_found(receipts: Receipts) -> None:
    receipts.keep(answer(), HERE)
    for forged in ("", "x", "' OR 1=1 --", "1", "\0"):
        assert receipts.find(forged) is None


def test_names_of_receipts_fit_a_button_and_cannot_be_guessed_from_each_other(
    receipts: Receipts,
) -> None:
    ids = [receipts.keep(answer(), HERE).id for _ in range(50)]
    assert len(set(ids)) == 50
    assert len({id_[:4] for id_ in ids}) > 45
    assert all(len(f"p:{id_}:999".encode()) <= 64 for id_ in ids)


def go_on(receipts: Receipts, result: Result, place: str = HERE) -> Receipt:
    """Keep a result as what follows up the last one in a place."""
    latest = receipts.latest(place)
    return receipts.keep(result, place, parent=latest.id if latest else None)


def told(receipts: Receipts, place: str = HERE) -> list[str]:
    latest = receipts.latest(place)
    return [turn.text for turn in receipts.history(latest.id if latest else None)]


def test_what_was_said_is_remembered_by_place(receipts: Receipts) -> None:
    go_on(receipts, answer("Who wrote it?"))
    last = go_on(receipts, Abstention("Why?", Reason.NOTHING_FOUND))
    go_on(receipts, answer("Elsewhere?"), THERE)
    assert receipts.history(last.id) == [
        Turn("user", "Who wrote it?"),
        Turn("assistant", "Ada wrote it."),
        Turn("user", "Why?"),
    ]
    assert told(receipts, THERE) == ["Elsewhere?", "Ada wrote it."]


def test_a_reply_to_an_older_answer_goes_on_from_there(receipts: Receipts) -> None:
    first = go_on(receipts, answer("First?"))
    go_on(receipts, answer("Second?"))
    third = receipts.keep(answer("Third?"), HERE, parent=first.id)
    assert [t.text for t in receipts.history(third.id) if t.role == "user"] == ["First?", "Third?"]
    assert receipts.history(None) == receipts.history("nonsense") == []


def test_what_follows_up_an_edited_question_follows_up_its_new_wording(
    receipts: Receipts,
) -> None:
    first = go_on(receipts, answer("Befoer?"))
    second = go_on(receipts, answer("And then?"))
    edited = receipts.keep(answer("Before?"), HERE, replaces=first.id)
    asked = [turn.text for turn in receipts.history(second.id) if turn.role == "user"]
    assert asked == ["Before?", "And then?"]
    assert [receipt.id for receipt in receipts.asked()] == [second.id, edited.id]
    assert receipts.find(first.id) == first


def test_only_the_last_turns_are_remembered_oldest_first(receipts: Receipts) -> None:
    for number in range(20):
        go_on(receipts, Abstention(str(number), Reason.NOTHING_FOUND))
    assert told(receipts) == ["14", "15", "16", "17", "18", "19"]


def test_a_ring_of_receipts_ends(receipts: Receipts, state: State) -> None:
    kept = receipts.keep(Abstention("Me?", Reason.NOTHING_FOUND), HERE)
    change(state, parent=receipt.c.id)
    assert len(receipts.history(kept.id)) == 6


def test_the_same_cause_gets_the_same_receipt(receipts: Receipts) -> None:
    kept = receipts.keep(answer("One?"), HERE, cause="telegram:1:2:0")
    again = receipts.keep(answer("Two?"), HERE, cause="telegram:1:2:0", replaces=kept.id)
    assert again == kept == receipts.of_cause("telegram:1:2:0")
    assert receipts.of_cause("telegram:1:2:1") is None
    assert receipts.latest(HERE) == kept
    assert receipts.count() == 1


def test_a_new_beginning_forgets_one_conversation_and_keeps_its_receipts(
    receipts: Receipts,
) -> None:
    kept = go_on(receipts, answer())
    go_on(receipts, answer(), THERE)
    receipts.start_afresh(HERE)
    assert receipts.latest(HERE) is None
    assert receipts.latest(THERE) is not None
    assert receipts.find(kept.id) == kept
    go_on(receipts, Abstention("And then?", Reason.NOTHING_FOUND))
    receipts.start_afresh(THERE)
    assert told(receipts) == ["And then?"]


def test_a_new_beginning_before_the_first_question_harms_nothing(receipts: Receipts) -> None:
    receipts.start_afresh(HERE)
    receipts.start_afresh(HERE)
    go_on(receipts, Abstention("Who?", Reason.NOTHING_FOUND))
    assert told(receipts) == ["Who?"]


def checked() -> Checked:
    [citation] = answer().citations.values()
    sentences = [
        CheckedSentence("Ada", citation, Verdict.SUPPORTED),
        CheckedSentence("Not Ada", replace(citation, n=2), Verdict.CONTRADICTED),
        CheckedSentence("Bob", None, Verdict.UNFOUND),
    ]
    return Checked("Ada wrote it. So did Bob. …", sentences, left=True, languages=("en",))


def test_a_check_comes_back_from_disk_and_is_no_part_of_the_conversation(
    receipts: Receipts,
) -> None:
    asked = go_on(receipts, answer())
    kept = receipts.keep(checked(), HERE)
    assert receipts.find(kept.id) == kept
    assert receipts.latest(HERE) == asked
    assert receipts.shown_last(HERE) == kept
    assert list(receipts.asked()) == [asked]


@pytest.mark.parametrize("stored", ['{"kind": "oracle"}', '{"kind": "answer"}', "[]", "{}", "1"])
def test_what_is_no_stored_result_is_as_if_it_were_not_there(
    receipts: Receipts, state: State, stored: str
) -> None:
    kept = receipts.keep(answer(), HERE)
    change(state, result=stored)
    assert receipts.find(kept.id) is None


def test_gaps_are_what_got_no_sure_answer_when_it_was_asked_last(
    receipts: Receipts,
) -> None:
    missing = [Abstention(q, Reason.NOTHING_FOUND) for q in ("Why?", "Where?", "why?", "How?")]
    first = receipts.keep(missing[0], HERE)
    receipts.keep(missing[1], THERE)
    receipts.keep(missing[2], THERE)
    receipts.keep(Abstention("🐝", Reason.NO_QUESTION), HERE)
    receipts.keep(Abstention("What?", Reason.NO_ARTICLES), HERE)
    receipts.keep(Abstention("Кто?", Reason.OTHER_LANGUAGE, ("en",)), HERE)
    receipts.keep(missing[3], HERE, parent=first.id)
    receipts.keep(near("Whence?"), HERE)
    assert [(gap.why, gap.question, gap.previous, gap.times) for gap in receipts.gaps(10)] == [
        ("nearest", "Whence?", None, 1),
        ("nothing", "How?", "Why?", 1),
        ("language", "Кто?", None, 1),
        ("nothing", "What?", None, 1),
        ("nothing", "why?", None, 2),
        ("nothing", "Where?", None, 1),
    ]
    receipts.keep(answer("Where?"), HERE)
    assert [gap.question for gap in receipts.gaps(1)] == ["Whence?"]
    left = ["Whence?", "How?", "Кто?", "What?", "why?"]
    assert [gap.question for gap in receipts.gaps(10)] == left


def test_what_came_near_and_is_known_to_have_answered_is_no_gap(receipts: Receipts) -> None:
    settled, other = receipts.keep(near("Whence?"), HERE), receipts.keep(near("Whither?"), HERE)
    gaps = receipts.gaps(1, did_answer=lambda receipt: receipt == other.id)
    assert [gap.question for gap in gaps] == ["Whence?"]
    assert receipts.gaps(2, did_answer=lambda receipt: receipt in (settled.id, other.id)) == []


def test_what_stored_that_the_articles_do_not_answer_is_a_gap_still(
    receipts: Receipts, state: State
) -> None:
    receipts.keep(Abstention("Why?", Reason.NOTHING_FOUND), HERE)
    stored = {"question": "Why?", "reason": "the articles do not answer this", "nearest": []}
    change(state, result=json.dumps(stored))
    assert [(gap.why, gap.question) for gap in receipts.gaps(10)] == [("nothing", "Why?")]


def test_an_article_is_cited_by_answers_alone(receipts: Receipts) -> None:
    cited = answer().claims[0].citations[0].reference
    receipts.keep(near("Whence?"), HERE)
    receipts.keep(Listing("What is new?", "new", [ListedArticle(cited)]), HERE)
    assert (receipts.times_cited("a"), receipts.answered_from("a")) == (0, [])
    receipts.keep(answer(), HERE)
    assert (receipts.times_cited("a"), receipts.answered_from("a")) == (1, ["Who?"])


def test_what_only_came_near_is_nothing_that_a_follow_up_leans_on(receipts: Receipts) -> None:
    kept = receipts.keep(near("Whence?"), HERE)
    assert receipts.history(kept.id) == [Turn("user", "Whence?")]


def test_a_follow_up_leans_on_the_one_article_that_was_summed_up(receipts: Receipts) -> None:
    claim = answer().claims[0]
    cited = claim.citations[0].reference
    one = Listing("What is this about?", "summary", [ListedArticle(cited, [claim])])
    kept = receipts.keep(one, HERE)
    assert receipts.history(kept.id)[1:] == [Turn("assistant", "A Ada wrote it.")]
    several = Listing("What is new?", "new", [ListedArticle(cited), ListedArticle(cited)])
    assert receipts.history(receipts.keep(several, HERE).id) == [Turn("user", "What is new?")]


def test_an_edited_question_leaves_no_gap(receipts: Receipts) -> None:
    kept = receipts.keep(Abstention("Whoo?", Reason.NOTHING_FOUND), HERE)
    receipts.keep(answer("Who?"), HERE, replaces=kept.id)
    assert receipts.gaps(10) == []


def test_a_conversation_goes_stale_after_hours_and_its_receipts_do_not(
    receipts: Receipts, state: State
) -> None:
    kept = receipts.keep(answer(), HERE)
    change(state, at=receipt.c.at - 4 * 3600)
    assert receipts.latest(HERE) is None
    assert receipts.find(kept.id) == kept


def test_many_threads_write_and_read_at_once(receipts: Receipts) -> None:
    faults = []

    def work(place: str) -> None:
        try:
            for number in range(10):
                kept = go_on(receipts, answer(f"{place} {number}"), place)
                assert receipts.find(kept.id) == kept
                asked = [turn.text for turn in receipts.history(kept.id) if turn.role == "user"]
                assert asked[-1] == f"{place} {number}"
        except Exception as error:  # a thread's would be lost: told below
            faults.append(error)

    threads = [Thread(target=work, args=(f"telegram:{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert receipts.count() == 80


def test_a_result_is_on_disk_when_keeping_it_returns(file: Path, tmp_path: Path) -> None:
    state = State(file)
    receipts = Receipts(state)
    kept = receipts.keep(answer(), HERE)
    # The files as they would be found if the process were killed at this moment.
    for part in file.parent.iterdir():
        (tmp_path / part.name).write_bytes(part.read_bytes())
    with closing(State(tmp_path / file.name)) as found:
        assert Receipts(found).find(kept.id) == kept
    state.close()


def driver_of(state: State) -> sqlite3.Connection:
    assert isinstance(state.database, SqliteDatabase)
    return state.database.driver


def test_cards_and_gaps_cost_what_they_show(file: Path) -> None:
    state = State(file)
    receipts = Receipts(state)

    def fill(count: int) -> None:
        for number in range(count):
            receipts.keep(answer(f"Who {number}?", article="b"), HERE)

    def steps() -> int:
        """Of SQLite's machine, for a card and the gaps."""
        counted, driver = [0], driver_of(state)
        driver.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 1)
        assert receipts.times_cited("a") == len(receipts.answered_from("a")) == 1
        assert [gap.question for gap in receipts.gaps(10)] == ["Why?"]
        driver.set_progress_handler(None, 1)
        return counted[0]

    receipts.keep(answer(), HERE)
    receipts.keep(Abstention("Why?", Reason.NOTHING_FOUND), HERE)
    fill(20)
    few = steps()
    fill(400)
    assert steps() <= few + 10
    state.close()
