"""Articles with what is cited of them marked, and answers that were given earlier."""

from pathlib import Path

import pytest

from footnote.bot.answers.receipts import Receipt
from footnote.bot.composition import Footnote
from footnote.bot.people.people import Role
from footnote.index.question import Question
from footnote.index.results import Answer, Nearest
from tests.bot.web.site import Browser, WebSite

DECODED = "The waggle dance of honeybees was decoded by Karl von Frisch."
DANCE = "Who decoded the waggle dance of honeybees?"
ADA, BERTA = 7001, 7002


def answered(footnote: Footnote, place: str = "web:local:c1", question: str = DANCE) -> Receipt:
    result = footnote.answerer.answer(Question(question))
    assert isinstance(result, Answer | Nearest)
    return footnote.receipts.keep(result, place)


def cited(receipt: Receipt, n: int = 1) -> str:
    citation = receipt.result.citations[n]
    return f"/articles/{citation.reference.article}?answer={receipt.id}#n{n}"


def write(articles: Path, name: str, title: str, text: str, **known: str) -> None:
    head = "".join(f"{key}: {value!r}\n" for key, value in {"title": title, **known}.items())
    (articles / f"{name}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")


def test_an_article_is_shown_with_its_title_and_its_headings(browser: Browser) -> None:
    page = browser.page("/articles/honeybees")
    [article] = browser.site.footnote.passage_index.build().catalogue.listing()[:1]
    assert article.title in page.text
    assert article.title in page.title
    assert DECODED in page.text
    assert page.marked == {}


def test_the_cited_sentence_is_marked_where_the_link_leads(browser: Browser) -> None:
    receipt = answered(browser.site.footnote)
    page = browser.page(cited(receipt))
    assert page.marked["1"] == receipt.result.citations[1].quotation
    assert page.all("span", class_="spot", id="n1")
    assert f"/receipts/{receipt.id}" in page.links()


def test_each_sentence_that_an_answer_cites_of_an_article_is_marked(browser: Browser) -> None:
    receipt = answered(browser.site.footnote)
    page = browser.page(cited(receipt))
    article = receipt.result.citations[1].reference.article
    for n, citation in receipt.result.citations.items():
        if citation.reference.article == article:
            assert page.marked[str(n)] == citation.quotation


def test_of_a_changed_article_stands_what_was_quoted_then(browser: Browser, articles: Path) -> None:
    footnote = browser.site.footnote
    receipt = answered(footnote)
    name = receipt.result.citations[1].reference.article
    write(articles, name, "Bees", "Bees dance. Nobody knows who decoded it.")
    footnote.library.sync()
    page = browser.page(cited(receipt))
    assert "This article has changed since." in page.text
    assert page.marked["1"] == DECODED
    assert "Nobody knows who decoded it." in page.text


def test_a_sentence_that_still_stands_in_a_changed_article_is_marked_there_too(
    browser: Browser, articles: Path
) -> None:
    footnote = browser.site.footnote
    receipt = answered(footnote)
    name = receipt.result.citations[1].reference.article
    write(articles, name, "Bees", f"New words before it. {DECODED} New words after it.")
    footnote.library.sync()
    page = browser.page(cited(receipt))
    assert "still stands" in page.text
    assert page.marked["1"] == DECODED * 2


def test_of_an_article_that_is_gone_stands_what_was_quoted(
    browser: Browser, articles: Path
) -> None:
    footnote = browser.site.footnote
    receipt = answered(footnote)
    citation = receipt.result.citations[1]
    (articles / f"{citation.reference.article}.md").unlink()
    footnote.library.sync()
    page = browser.page(cited(receipt))
    assert "This article is gone." in page.text
    assert page.marked["1"] == citation.quotation
    assert citation.reference.title in page.text
    assert browser.get(f"/articles/{citation.reference.article}").status_code == 404


def test_a_receipt_shows_each_claim_beside_its_sentences(browser: Browser) -> None:
    receipt = answered(browser.site.footnote)
    page = browser.page(f"/receipts/{receipt.id}")
    assert DANCE in page.text
    for n, citation in receipt.result.citations.items():
        assert page.all("figure", id=f"c{n}")
        assert page.marked[str(n)] == citation.quotation


def test_the_receipt_of_a_check_shows_each_verdict(browser: Browser) -> None:
    footnote = browser.site.footnote
    checked = footnote.checker.check(f"{DECODED} Bees cannot fly at all.")
    receipt = footnote.receipts.keep(checked, "web:local:c1")
    page = browser.page(f"/receipts/{receipt.id}")
    assert "Supported" in page.text
    assert "I found nothing in the articles that supports this." in page.text


def test_evidence_is_the_passage_with_the_sentence_marked(browser: Browser) -> None:
    receipt = answered(browser.site.footnote)
    page = browser.page(f"/evidence/{receipt.id}/1")
    assert page.marked == {"1": receipt.result.citations[1].quotation}
    passage = receipt.result.citations[1].passage_text
    assert passage.split() == page.text.split()[-len(passage.split()) - 3 : -3]
    assert browser.get(f"/evidence/{receipt.id}/77").status_code == 404


def paths_of(receipt: Receipt) -> list[str]:
    return [
        f"/receipts/{receipt.id}",
        f"/evidence/{receipt.id}/1",
        cited(receipt).partition("#")[0],
    ]


def test_nobody_else_sees_what_somebody_asked_but_owners(website: WebSite) -> None:
    ada, berta = website.person(ADA, Role.EDITOR), website.person(BERTA, Role.READER)
    for place in (f"web:telegram:{ADA}:c1", f"telegram:{ADA}", f"telegram:{ADA}:5"):
        receipt = answered(website.footnote, place)
        for path in paths_of(receipt):
            assert ada.get(path).status_code == 200
            assert website.browser().get(path).status_code == 200
            assert berta.get(path).status_code == 404
            assert website.program(Role.EDITOR, place.replace(":", "-")).get(path).status_code == (
                404
            )
            website.footnote.tokens.revoke(place.replace(":", "-"))


def test_a_place_that_begins_alike_is_anothers(website: WebSite) -> None:
    receipt = answered(website.footnote, "web:telegram:70011:c1")
    assert website.person(7001, Role.READER).get(f"/receipts/{receipt.id}").status_code == 404


def test_what_was_asked_in_a_group_belongs_to_everybody_let_in(website: WebSite) -> None:
    receipt = answered(website.footnote, "telegram:-100123:7")
    assert website.person(ADA, Role.READER).get(f"/receipts/{receipt.id}").status_code == 200


def test_whoever_asked_may_let_others_see_it_and_no_longer(website: WebSite) -> None:
    ada, berta = website.person(ADA, Role.READER), website.person(BERTA, Role.READER)
    receipt = answered(website.footnote, f"web:telegram:{ADA}:c1")
    path = f"/receipts/{receipt.id}"
    ada.page(path)
    assert ada.submit(f"{path}/share", shared="yes").status_code == 303
    assert DANCE in berta.page(path).text
    berta.page("/")
    assert berta.submit(f"{path}/share", shared="no").status_code == 403
    assert website.browser(None).get(path).status_code == 401
    ada.submit(f"{path}/share", shared="no")
    assert berta.get(path).status_code == 404


def test_a_verdict_is_given_and_taken_back(browser: Browser) -> None:
    footnote = browser.site.footnote
    receipt = answered(footnote)
    path = f"/receipts/{receipt.id}/feedback"
    browser.page(f"/receipts/{receipt.id}")
    assert browser.submit(path, ajax=True, verdict="up").json() == {"verdict": "up"}
    assert footnote.feedback.tally(receipt.id).up == 1
    assert browser.submit(path, ajax=True, verdict="up").json() == {"verdict": "none"}
    assert browser.submit(path, ajax=True, verdict="wrong").json()["wrong_passage"] is True
    assert browser.submit(path, verdict="down").status_code == 303
    assert browser.submit(path, verdict="maybe").status_code == 400


HOSTILE = '<script>alert("x")</script>'


def test_a_hostile_title_author_and_source_show_as_text(browser: Browser, articles: Path) -> None:
    text = f"{HOSTILE} The lantern was lit by Agnes Moor. " * 20
    write(
        articles,
        "hostile",
        HOSTILE,
        text,
        author=HOSTILE,
        source='" style="display:none',
        url="https://example.org/?a=%22%3E%3Cscript%3E",
    )
    browser.site.footnote.library.sync()
    page = browser.page("/articles/hostile")
    assert HOSTILE in page.text
    assert not page.all("script") or all(
        a.get("src", "").startswith("/static/") for a in page.all("script")
    )
    assert not any("javascript:" in link for link in page.links())
    assert not any("style" in attributes for _, attributes in page.elements)
    assert not any(name.startswith("on") for _, a in page.elements for name in a)


@pytest.mark.parametrize(
    "path",
    [
        *("../state.sqlite", "..%2fstate.sqlite", "%2e%2e/state", ".hidden", "honeybees.md"),
        *("honeybees%00", "/etc/passwd", "%ff", "honeybees/", "x" * 3000),
    ],
)
def test_a_path_leads_to_nothing_but_articles(browser: Browser, path: str) -> None:
    answer = browser.get(f"/articles/{path}")
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text


def test_a_page_is_small_and_asks_no_other_host(browser: Browser) -> None:
    receipt = answered(browser.site.footnote)
    for path in ("/", cited(receipt), f"/receipts/{receipt.id}", "/check", "/history"):
        page = browser.page(path)
        addresses = [
            a.get("src") or a.get("href", "") for t, a in page.elements if t in ("script", "link")
        ]
        assert all(address.startswith("/static/") for address in addresses)
        size = len(page.source.encode()) + sum(len(browser.get(a).content) for a in addresses)
        assert size < 100_000, path


def test_signs_that_turn_the_direction_around_are_not_in_what_is_shown(
    browser: Browser, articles: Path
) -> None:
    write(articles, "turned", "Safe \u202egpj.exe", "Read \u202ethis \u2066backwards\u2069. " * 9)
    browser.site.footnote.library.sync()
    for path in ("/articles/turned", "/articles"):
        page = browser.page(path)
        assert "Safe" in page.text
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(page.source)


def test_a_line_of_a_megabyte_is_shown(browser: Browser, articles: Path) -> None:
    write(articles, "long", "Long", "x" * (1 << 20))
    browser.site.footnote.library.sync()
    assert "x" * (1 << 20) in browser.page("/articles/long").text
