"""Links that editors send: fetched, added, and told of."""

from pathlib import Path

from footnote.bot.telegram.texts import ENGLISH
from footnote.corpus.readers.apart import ReadersApart
from tests.bot.telegram.desk import ASKED, FERRY, STORY, Desk, answer_to, page, story
from tests.bot.telegram.talk import DANCE, DECODED, ask
from tests.corpus.site import Site
from tools.telegram_server import TelegramServer


def test_a_link_sent_alone_is_fetched_added_and_answered_from(desk: Desk, site: Site) -> None:
    head = '<meta name="author" content="Bea Lund"><meta name="date" content="2024-05-06">'
    sent = desk.ada.send(site.page("/ferry?utm_source=x", page(f"{FERRY} {STORY}", head=head)))
    told = answer_to(desk.ada, sent, f"{ENGLISH.added}\nThe ferry of Lorne")
    assert "Bea Lund · 2024-05-06" in told.text
    assert "Words: 139 · Passages: 1" in told.text
    assert sent.reactions == ["👍"]
    assert f"url: {site.url}/ferry\n" in desk.article("the-ferry-of-lorne")
    assert ask(desk.ada, ASKED).text.startswith(FERRY)
    assert told.edits <= 4


def test_the_sign_that_it_is_searchable_comes_when_it_is_and_not_before(
    desk: Desk, site: Site
) -> None:
    def searchable() -> bool:
        with desk.footnote.passage_index.reading() as build:
            return build.catalogue.article("the-ferry-of-lorne") is not None

    seen: list[tuple[str, bool]] = []
    note = desk.ada.note

    def watch(line: str) -> None:
        if "reacts" in line:
            seen.append((line[-1], searchable()))
        note(line)

    desk.ada.note = watch  # type: ignore[method-assign]  # looks over its shoulder
    sent = desk.ada.send(site.page("/ferry", page(STORY)))
    answer_to(desk.ada, sent, ENGLISH.added, "Passages: 1")
    assert seen == [("👀", False), ("👍", True)]


def test_several_links_in_one_message_are_told_of_in_one(desk: Desk, site: Site) -> None:
    one = site.page("/one", page(STORY, title="One"))
    two = site.page("/two", page(story(2), title="Two"))
    sent = desk.ada.send(f"{one}\n{two} {site.url}/missing {one}")
    told = answer_to(desk.ada, sent, "✓ One: Added\n✓ Two: Added\n✗ article.test")
    assert "404 Not Found" in told.text
    assert len(told.text.splitlines()) == 3
    assert len(desk.ada.bot_messages()) == 1
    assert {"one", "two"} <= set(desk.names())


def test_a_question_with_a_link_in_it_stays_a_question(desk: Desk, site: Site) -> None:
    link = site.page("/ferry", page(STORY))
    assert ask(desk.ada, f"{DANCE} I read {link}").text.startswith(DECODED)
    assert site.asked == []


def test_a_page_is_taken_as_phones_share_it(desk: Desk, site: Site) -> None:
    shared = desk.ada.send(f"The ferry of Lorne | The Herald\n{site.page('/ferry', page(STORY))}")
    answer_to(desk.ada, shared, f"{ENGLISH.added}\nThe ferry of Lorne")


def test_what_is_here_already_is_told_with_its_date_and_a_change_is_a_new_version(
    desk: Desk, site: Site
) -> None:
    link = site.page("/ferry", page(STORY))
    answer_to(desk.ada, desk.ada.send(link), ENGLISH.added, "Passages: 1")
    again = desk.ada.send(f"/add {link}?fbclid=1")
    site.pages["/ferry?fbclid=1"] = site.pages["/ferry"]
    told = answer_to(desk.ada, again, "Already here since 20")
    assert again.reactions == ["👍"]
    assert told.marked("text_link") == ["The ferry of Lorne"]
    site.page("/ferry", page(f"{STORY} It takes an hour."))
    changed = desk.ada.send(link)
    answer_to(desk.ada, changed, "A new version of an article (words: +4, −0)")
    assert desk.names().count("the-ferry-of-lorne") == 1
    assert "an hour" in ask(desk.ada, "Does it take an hour on the ferry of Lorne?").text


def test_a_page_that_is_no_article_is_refused_with_the_reason_and_its_first_lines(
    desk: Desk, site: Site
) -> None:
    wall = page(
        "We and our partners use cookies. With your consent we store cookies on this device.",
        title="Cookies",
    )
    sent = desk.ada.send(site.page("/wall", wall))
    told = answer_to(desk.ada, sent, ENGLISH.not_added)
    assert "a cookie wall" in told.text
    assert "it begins: 'Cookies We and" in told.text
    desk.ada.wait(lambda: not sent.reactions or None, "no sign any more")
    inside = desk.ada.send("http://10.0.0.1/x")
    assert (
        "inside this machine or its networks" in answer_to(desk.ada, inside, ENGLISH.not_added).text
    )


def test_a_link_with_words_that_ask_nothing_is_answered_with_how_to_add_it(
    desk: Desk, site: Site
) -> None:
    link = site.page("/ferry", page(STORY))
    sent = desk.ada.send(f"Please add the ferry of Lorne: {link}")
    told = desk.ada.wait_for_message(after=sent)
    assert told.text.endswith(f"\n\n{ENGLISH.link_how}")
    for chat, asked in ((desk.ada, f"Who built {link}?"), (desk.chat("Bob"), sent.text)):
        assert ENGLISH.link_how not in ask(chat, asked).text
    desk.ada.send("/add", reply_to=sent)
    answer_to(desk.ada, sent, ENGLISH.added, "Passages: 1")


def test_what_could_not_be_fetched_can_be_tried_again(desk: Desk, site: Site) -> None:
    sent = desk.ada.send(f"{site.url}/later")
    told = answer_to(desk.ada, sent, ENGLISH.not_added)
    site.page("/later", page(STORY))
    told.press(ENGLISH.try_again).wait_answered()
    told.wait_until(lambda m: ENGLISH.added in m.text and "Passages: 1" in m.text)
    assert told.labels == [[ENGLISH.to_card, ENGLISH.undo]]
    assert told.press_data("jr::1").wait_answered().text == ENGLISH.decided


def test_a_reader_is_told_that_adding_is_for_editors(desk: Desk, site: Site) -> None:
    bob = desk.chat("Bob")
    link = site.page("/ferry", page(STORY))
    for text in (link, f"/add {link}", "/follow", "/unfollow x"):
        assert ask(bob, text).text == ENGLISH.only_editors
    assert site.asked == []


def test_adding_how_is_told(desk: Desk) -> None:
    assert ask(desk.ada, "/add").text == ENGLISH.add_how
    assert ENGLISH.help_editor in ask(desk.ada, "/help").text


def test_a_message_is_added_by_a_reply_to_it(desk: Desk, site: Site) -> None:
    question = desk.ada.send(f"Is {site.page('/ferry', page(STORY))} good?")
    desk.ada.wait_for_message(after=question)
    desk.ada.send("/add", reply_to=question)
    answer_to(desk.ada, question, f"{ENGLISH.added}\nThe ferry of Lorne")
    desk.ada.wait(lambda: question.reactions == ["👍"] or None, "👍")


def test_editors_see_the_commands_for_adding_and_readers_do_not(
    server: TelegramServer, tmp_path: Path, readers: ReadersApart
) -> None:
    with Desk(server, tmp_path, readers, new=True) as desk:
        scope = {"type": "chat", "chat_id": desk.ada.id}
        commands = [command["command"] for command in server.profile.commands(scope, "de")]
        assert {"new", "help", "add", "follow", "unfollow"} <= set(commands)
        everybodys = server.profile.commands({"type": "all_private_chats"})
        assert "add" not in [command["command"] for command in everybodys]
