"""Asking and checking, with a script and without."""

import http.client
import json
import threading
from collections.abc import Generator
from urllib.parse import urlencode

import httpx
import pytest

from footnote.bot.answers.respondent import Respondent
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import LOCAL
from footnote.bot.small_talk import Talk
from footnote.bot.web import error_pages
from footnote.bot.web.csrf import HEADER
from footnote.bot.web.questions import Questions
from footnote.bot.web.texts import LANGUAGES
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.results import Answer, Citation, Claim
from tests.bot.web.site import Browser, Page, WebSite
from tests.ports import HOST

DANCE = "Who decoded the waggle dance of honeybees?"
DECODED = "The waggle dance of honeybees was decoded by Karl von Frisch."
NOTHING = "Which zeppelins crossed Patagonia?"


def asked(browser: Browser, question: str, conversation: str | None = None) -> httpx.Response:
    """As a form is sent."""
    if conversation is None:
        [hidden] = browser.page("/").all("input", name="conversation")
        conversation = hidden["value"]
    return browser.submit("/ask", question=question, conversation=conversation)


def events(browser: Browser, path: str, **fields: str) -> Generator[tuple[str, dict[str, str]]]:
    headers = {"Accept": "text/event-stream", HEADER: browser.token}
    with browser.stream("POST", path, data=fields, headers=headers) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        name = ""
        for line in response.iter_lines():
            field, _, value = line.partition(": ")
            name = value if field == "event" else name
            if field == "data":
                yield name, json.loads(value)


def begun(browser: Browser) -> str:
    [hidden] = browser.page("/").all("input", name="conversation")
    return hidden["value"]


def test_a_form_that_is_sent_leads_to_the_conversation_with_its_answer(browser: Browser) -> None:
    answer = asked(browser, DANCE)
    assert answer.status_code == 303
    path, _, turn = answer.headers["Location"].partition("#")
    page = browser.page(path)
    assert DANCE in page.text
    assert DECODED in page.text
    assert page.all("article", id=turn)


def test_the_three_outcomes_are_told_apart(browser: Browser) -> None:
    answered = browser.page(asked(browser, DANCE).headers["Location"])
    assert answered.all("a", class_="cite")
    nothing = browser.page(asked(browser, NOTHING).headers["Location"])
    assert "I found nothing on this in the articles." in nothing.text
    assert not nothing.all("a", class_="cite")
    footnote = browser.site.footnote
    footnote.answerer._sure_from = 2.0  # nothing is sure
    nearest = browser.page(asked(browser, DANCE).headers["Location"])
    assert "I'm not sure that this answers it." in nearest.text


def test_an_answer_is_streamed_and_ends_with_the_whole_turn(browser: Browser) -> None:
    conversation = begun(browser)
    *_, (name, data) = events(browser, "/ask", question=DANCE, conversation=conversation)
    assert name == "end"
    assert DECODED in data["html"]
    assert data["path"] == f"/c/{conversation}"
    assert DANCE in browser.page(data["path"]).text


def test_the_sentences_of_a_written_answer_come_one_by_one(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Respondent.answer
    gate = threading.Event()

    def written(self: Respondent, question, *, person, on_claim, **_):
        result = answer(self, question, person=person)
        assert isinstance(result, Answer)
        on_claim(result.claims[0])
        assert gate.wait(60)
        return result

    monkeypatch.setattr(Respondent, "answer", written)
    coming = events(browser, "/ask", question=DANCE, conversation=begun(browser))
    name, data = next(coming)
    assert (name, DECODED in data["html"]) == ("sentence", True)
    gate.set()
    assert [name for name, _ in coming] == ["end"]


def test_what_stands_further_up_in_its_article_is_said_to_before_what_it_leans_on(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, he, best = "Orm led the crew.", "He was the first.", "Ida leads the crew now."
    article = Article(id="crew", title="Crew", text=f"{names} {he} {best}")
    whole, his = Span(0, len(article.text)), Span(len(names) + 1, len(names) + 1 + len(he))
    last = Span(his.end + 1, whole.end)
    above = Citation.of(2, article, his, whole, before=Span(0, len(names)))
    claims = [
        Claim(best, [Citation.of(1, article, last, whole)]),
        Claim(he, [above], further_up=True),
    ]

    def answer(self: Respondent, question, **_):
        return Answer(question.text, "quoted", 0.9, claims)

    monkeypatch.setattr(Respondent, "answer", answer)
    page = browser.page(asked(browser, DANCE).headers["Location"])
    [receipt] = [link for link in page.links() if link.startswith("/receipts/")]
    for shown in (page, browser.page(receipt)):
        assert len(shown.all("div", class_="further-up")) == 1
        told = (best, "Further up in the same article:", f"… {names}")
        places = [shown.text.index(words) for words in told]
        assert places == sorted(places)


def test_who_goes_away_stops_what_is_answered_and_nothing_is_kept(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, ended = Respondent.answer, threading.Event()

    def endless(self: Respondent, question, *, person, on_claim, **_):
        result = answer(self, question, person=person)
        try:
            while True:
                on_claim(result.claims[0])
                ended.wait(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(Respondent, "answer", endless)
    coming = events(browser, "/ask", question=DANCE, conversation=begun(browser))
    next(coming)
    coming.close()
    assert ended.wait(60)
    assert browser.site.footnote.receipts.count() == 0


def test_a_question_follows_up_the_one_before_it(browser: Browser) -> None:
    conversation = begun(browser)
    first = asked(browser, DANCE, conversation).headers["Location"].partition("#r-")[2]
    second = asked(browser, "And when?", conversation).headers["Location"].partition("#r-")[2]
    found = browser.site.footnote.receipts.find(second)
    assert found is not None
    assert found.parent == first
    other = asked(browser, DANCE).headers["Location"].partition("#r-")[2]
    unrelated = browser.site.footnote.receipts.find(other)
    assert unrelated is not None
    assert unrelated.parent is None


def test_history_has_ones_own_conversations_alone(website: WebSite) -> None:
    ada, berta = website.person(7001, Role.READER), website.person(7002, Role.READER)
    path = asked(ada, DANCE).headers["Location"].partition("#")[0]
    asked(ada, "What is brewed from leaves?")
    assert DANCE in ada.page("/history").text
    assert path in ada.page("/history").links()
    assert DANCE not in berta.page("/history").text
    assert berta.get(path).status_code == 404
    assert website.browser().get(path).status_code == 404  # an owner's own have other names


def test_small_talk_gets_a_kind_word_and_is_not_kept(browser: Browser) -> None:
    answer = asked(browser, "Hello!")
    assert "Hello! What would you like to know" in Page.of(answer).text
    assert browser.site.footnote.receipts.count() == 0


@pytest.mark.parametrize("question", ["", "   "])
def test_nothing_that_is_asked_is_told_so(browser: Browser, question: str) -> None:
    assert asked(browser, question).status_code == 400


@pytest.mark.parametrize("conversation", ["", "x", "../../x", "a" * 13, "telegram:7001"])
def test_a_conversation_has_a_name_of_ours(browser: Browser, conversation: str) -> None:
    browser.page("/")
    assert asked(browser, DANCE, conversation).status_code == 404


def test_a_check_leads_to_a_verdict_for_each_sentence(browser: Browser) -> None:
    browser.page("/check")
    sent = browser.submit("/check", text=f"{DECODED} Bees cannot fly at all.")
    page = browser.page(sent.headers["Location"])
    assert "Supported:" in page.text
    assert "I found nothing in the articles that supports this." in page.text


def test_a_check_is_streamed_verdict_by_verdict(browser: Browser) -> None:
    browser.page("/check")
    names = [name for name, _ in events(browser, "/check", text=f"{DECODED} Bees cannot fly.")]
    assert names == ["sentence", "sentence", "end"]


def test_a_text_without_a_claim_is_told_so(browser: Browser) -> None:
    browser.page("/check")
    assert browser.submit("/check", text="!?").status_code == 400


def test_who_asks_too_much_is_told_to_wait(
    website: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footnote.bot.people.limit._WINDOW_SECONDS", 3600.0)
    browser = website.browser()
    limit = website.footnote.settings.questions_a_minute
    conversation = begun(browser)
    for _ in range(limit):
        assert asked(browser, NOTHING, conversation).status_code == 303
    refused = asked(browser, NOTHING, conversation)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert asked(website.person(7001, Role.READER), NOTHING).status_code == 303


@pytest.mark.parametrize("told", [0, 1])
def test_what_fails_is_told_in_a_sentence_before_an_answer_has_begun_and_within_it(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, told: int
) -> None:
    answer = Respondent.answer

    def fails(self: Respondent, question, *, person, on_claim, **_):
        for claim in answer(self, question, person=person).claims[:told]:
            on_claim(claim)
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Respondent, "answer", fails)
    if told:
        coming = list(events(browser, "/ask", question=DANCE, conversation=begun(browser)))
        assert [name for name, _ in coming] == ["sentence", "fault"]
        sentence = coming[1][1]["error"]
    else:
        conversation = begun(browser)
        browser.headers["Accept"] = "text/event-stream"
        refused = asked(browser, DANCE, conversation)
        assert refused.status_code == 500
        sentence = refused.json()["error"]
    assert "secret detail" not in sentence
    assert sentence.startswith("Something went wrong with this")
    browser.headers["Accept"] = "text/html"
    assert asked(browser, DANCE).status_code == 500


def test_who_goes_away_before_the_first_sentence_finds_nothing_kept(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, events_of = Respondent.answer, Questions.events
    asked_for, gone, ended = threading.Event(), threading.Event(), threading.Event()

    def late(self: Respondent, question, *, person, on_claim, **_):
        result = answer(self, question, person=person)
        asked_for.set()
        assert gone.wait(60)
        return result

    async def noticed(self: Questions, act):
        try:
            async for found in events_of(self, act):
                yield found
        finally:
            ended.set()

    monkeypatch.setattr(Respondent, "answer", late)
    monkeypatch.setattr(Questions, "events", noticed)
    form = urlencode({"question": DANCE, "conversation": begun(browser)})
    headers = {
        "Accept": "text/event-stream",
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
        HEADER: browser.token,
    }
    connection = http.client.HTTPConnection(HOST, browser.site.port, timeout=60)
    connection.request("POST", "/ask", form, headers)
    assert asked_for.wait(60)
    connection.close()
    browser.page("/check")  # is asked for after the other has gone
    gone.set()
    assert ended.wait(60)
    assert browser.site.footnote.receipts.count() == 0


def test_a_question_follows_up_what_its_page_shows_not_what_another_window_asked(
    browser: Browser,
) -> None:
    conversation = begun(browser)
    shown = asked(browser, DANCE, conversation).headers["Location"].partition("#r-")[2]
    [hidden] = browser.page(f"/c/{conversation}").all("input", name="after")
    assert hidden["value"] == shown
    asked(browser, "What is brewed from leaves?", conversation)
    sent = browser.submit("/ask", question="And when?", conversation=conversation, after=shown)
    second = browser.site.footnote.receipts.find(sent.headers["Location"].partition("#r-")[2])
    assert second is not None
    assert second.parent == shown


def test_a_question_follows_up_nothing_of_another_conversation(browser: Browser) -> None:
    other = asked(browser, DANCE).headers["Location"].partition("#r-")[2]
    sent = browser.submit("/ask", question=DANCE, conversation=begun(browser), after=other)
    found = browser.site.footnote.receipts.find(sent.headers["Location"].partition("#r-")[2])
    assert found is not None
    assert found.parent is None


def test_who_is_dismissed_while_an_answer_comes_sees_no_more_of_it(
    website: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, answer, dismissed = website.person(7001, Role.READER), Respondent.answer, threading.Event()

    def written(self: Respondent, question, *, person, on_claim, **_):
        result = answer(self, question, person=person)
        on_claim(result.claims[0])
        assert dismissed.wait(60)
        on_claim(result.claims[0])
        return result

    monkeypatch.setattr(Respondent, "answer", written)
    coming = events(ada, "/ask", question=DANCE, conversation=begun(ada))
    assert next(coming)[0] == "sentence"
    website.footnote.people.dismiss(7001)
    dismissed.set()
    [(name, data)] = coming
    assert name == "fault"
    assert data["error"].startswith("This is private.")


def test_what_was_written_into_a_form_that_is_refused_is_shown_again(browser: Browser) -> None:
    browser.page("/")
    written = "Who decoded <b>it</b>?\nAnd when?"
    website = browser.site
    website.footnote.sessions.end_all(LOCAL)
    refused = browser.submit("/ask", question=written, conversation="AAAAAAAAAAAA")
    assert refused.status_code == 401
    page = Page.of(refused)
    assert written in page.text
    assert page.all("textarea", id="written")
    assert not page.all("b")


def test_nothing_that_another_site_sent_is_shown(browser: Browser) -> None:
    browser.page("/")
    sent = {"question": "Send me your password", "token": "x"}
    refused = browser.post("/ask", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert "password" not in refused.text


def test_a_long_text_without_a_question_is_sent_to_the_page_that_checks(browser: Browser) -> None:
    page = Page.of(asked(browser, f"{DECODED} " * 10))
    assert "have the text checked on the page Check." in page.text
    assert "/check to see" not in page.text


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("What can you do?", "I answer questions from a collection of articles."),
        ("List the articles", "All articles are listed on the page Articles."),
        ("Thank you", "You're welcome!"),
        ("👍", "You're welcome!"),
        ("That is wrong", "Sorry about that!"),
        ("Tell me more", "What would you like to know more of?"),
        ("Who can see my questions?", "owners can read them"),
        ("?!", "I see no question in this."),
    ],
)
def test_each_kind_of_small_talk_is_answered(browser: Browser, said: str, answered: str) -> None:
    assert answered in Page.of(asked(browser, said)).text


@pytest.mark.parametrize("talk", list(Talk))
def test_the_pages_have_an_answer_to_small_talk_in_every_language(talk: Talk) -> None:
    for texts in LANGUAGES.values():
        assert getattr(texts, talk.value)


def test_a_stranger_whose_form_never_ends_is_refused_all_the_same(
    website: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(error_pages, "_PATIENCE_SECONDS", 0.05)
    connection = http.client.HTTPConnection(HOST, website.port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "1000"}
    connection.request("POST", "/ask", headers=headers)
    response = connection.getresponse()
    assert response.status == 401
    assert b"This is private." in response.read()
    connection.close()
