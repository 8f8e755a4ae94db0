"""The pages in a real browser: what scripts do, what is seen, and that nothing goes elsewhere."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from pydantic import SecretStr

import tests.bot.people.test_init_data as signing
from footnote.bot.composition import compose
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import telegram_holder
from footnote.bot.settings import Settings
from footnote.bot.web.page_intake import Item, PageIntake
from footnote.bot.web.page_language import COOKIE
from tests.bot.indexed import ARTICLES
from tests.bot.web.browser import DESK, PHONE, Window, chromium, needs_chromium
from tests.bot.web.site import WebSite, served
from tests.bot.web.test_article_page import answered
from tests.fakes import WordsModel

pytestmark = [pytest.mark.slow, needs_chromium]

DANCE = "Who decoded the waggle dance of honeybees?"
DECODED = "The waggle dance of honeybees was decoded by Karl von Frisch."
HOSTILE = "<script>window.taken = true</script><img src=x onerror='window.taken = true'>"
USER = 7001


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def website(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebSite]:
    """With a long article, a hostile one, one in Persian, and a bot's token."""
    folder = tmp_path_factory.mktemp("site")
    articles = folder / "articles"
    articles.mkdir()
    for file in ARTICLES.glob("*.md"):
        (articles / file.name).write_bytes(file.read_bytes())
    far = "\n\n".join(f"Paragraph {n} tells of the weather and of nothing else." for n in range(80))
    text = f"{far}\n\nThe glacier lantern was carried by Oswin Pell.\n\n{far}\n\n"
    text += "The glacier lantern was lost by Oswin Pell in a crevasse."
    (articles / "glacier.md").write_text(f"---\ntitle: The glacier\n---\n{text}\n", "utf-8")
    (articles / "hostile.md").write_text(
        f'---\ntitle: "{HOSTILE}"\n---\n{HOSTILE} {"x" * 20_000}\n', "utf-8"
    )
    (articles / "persian.md").write_text(
        "---\ntitle: فانوس دریایی\nlanguage: fa\n---\nفانوس دریایی را برادران هیل ساختند.\n",
        "utf-8",
    )
    settings = Settings(
        _env_file=None,
        articles=articles,
        home=folder / "home",
        open=True,
        reranker="none",
        telegram_bot_token=SecretStr(signing.BOT_TOKEN),
    )
    footnote = compose(settings, purpose="a test", model=WordsModel())
    footnote.library.sync()
    with served(footnote) as website:
        yield website
    footnote.close()


@pytest.fixture
def window(browser: Browser, website: WebSite) -> Iterator[Window]:
    window = Window(browser, website)
    yield window
    window.context.close()
    assert window.elsewhere == []
    assert window.wrong == []


def expect_in_view(page: Page, selector: str) -> None:
    page.wait_for_function(
        "s => { const r = document.querySelector(s)?.getBoundingClientRect();"
        " return r && r.top >= 0 && r.bottom <= innerHeight }",
        arg=selector,
    )


def test_an_answer_appears_and_its_number_opens_the_passage_beside_it(window: Window) -> None:
    page = window.page
    window.ask(DANCE)
    expect(page.locator(".turn .claim").first).to_contain_text(DECODED)
    page.locator("a.cite").first.click()
    evidence = page.locator("#evidence")
    expect(evidence.locator("mark")).to_have_text(DECODED)
    beside, answer = evidence.bounding_box(), page.locator(".talk").bounding_box()
    assert beside
    assert answer
    assert beside["x"] > answer["x"] + answer["width"] - 1  # two columns
    window.resize(PHONE)
    sheet = evidence.bounding_box()
    assert sheet
    assert (round(sheet["x"]), round(sheet["width"])) == (0, PHONE[0])  # a sheet from below
    assert not window.is_too_wide()
    page.keyboard.press("Escape")
    expect(evidence).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('cite')")


def test_a_conversation_goes_on_is_kept_and_begun_anew(window: Window) -> None:
    page = window.page
    window.ask(DANCE)
    window.ask("What was the lighthouse of Port Ellis built by?")
    address = page.url
    assert "/c/" in address
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("link", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name=DANCE).first.click()
    assert page.url.partition("#")[0] == address.partition("#")[0]


def test_a_verdict_is_given_without_leaving_the_page(window: Window) -> None:
    page = window.page
    window.ask(DANCE)
    up = page.get_by_role("button", name="This answers it")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="This does not answer it").click()
    page.get_by_role("button", name="Wrong passage").click()
    expect(page.get_by_role("button", name="Wrong passage")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(up).to_have_attribute("aria-pressed", "false")


def test_the_cited_sentence_is_scrolled_into_view_and_keys_lead_to_the_next(
    window: Window, website: WebSite
) -> None:
    question = "Who carried the glacier lantern, and who lost the glacier lantern?"
    receipt = answered(website.footnote, question=question)
    numbers = [n for n, c in receipt.result.citations.items() if c.reference.article == "glacier"]
    assert len(numbers) > 1
    page = window.open(f"/articles/glacier?answer={receipt.id}#n{numbers[0]}")
    expect_in_view(page, f'mark[data-n="{numbers[0]}"]')
    page.keyboard.press("n")
    expect_in_view(page, f'.spot.here + mark:not([data-n="{numbers[0]}"])')
    page.get_by_role("button", name="Previous citation").click()
    expect_in_view(page, f'.spot.here + mark[data-n="{numbers[0]}"]')


def test_print_has_the_text_and_no_buttons(window: Window, website: WebSite) -> None:
    receipt = answered(website.footnote)
    page = window.open(f"/articles/honeybees?answer={receipt.id}#n1")
    page.emulate_media(media="print")
    for selector in (".top", ".steps", ".card"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator("mark").first).to_be_visible()


def test_reading_and_asking_work_without_scripts(browser: Browser, website: WebSite) -> None:
    window = Window(browser, website, java_script_enabled=False)
    page = window.page
    page.fill("#question", DANCE)
    page.click("#send")
    expect(page.locator(".claim").first).to_contain_text(DECODED)
    page.locator("a.cite").first.click()
    expect(page.locator('mark[data-n="1"]')).to_have_text(DECODED)
    page.get_by_role("link", name="Back to the answer").click()
    expect(page.locator(".pair mark").first).to_have_text(DECODED)
    window.context.close()
    assert window.elsewhere == []


def test_nothing_of_a_hostile_article_is_carried_out(window: Window) -> None:
    page = window.open("/articles/hostile")
    expect(page.locator("h1")).to_have_text(HOSTILE)
    assert page.evaluate("window.taken") is None
    assert not window.is_too_wide()
    window.open("/articles")
    expect(page.locator(".lines")).to_contain_text(HOSTILE)
    assert page.evaluate("window.taken") is None


def test_a_file_is_added_and_what_became_of_it_is_told(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "lantern.md"
    file.write_text("# The lantern\n\n" + "Agnes Moor lit the pier lantern every evening. " * 12)
    page = window.open("/articles")
    page.get_by_text("Add articles").click()
    page.set_input_files("#files", file)
    page.locator(".bring button.primary").click()
    expect(page.locator("#brought .brought")).to_contain_text("Added")
    page.locator("#brought a").click()
    expect(page.locator("h1")).to_have_text("The lantern")


def test_files_that_are_dropped_anywhere_on_the_page_are_added(window: Window) -> None:
    page = window.open("/articles")
    dropped = page.evaluate_handle(
        """() => {
          const dropped = new DataTransfer();
          for (const name of ["pump", "well"]) {
            const text = `Oda Reed repaired the ${name} in spring. `.repeat(12);
            dropped.items.add(new File([`# The ${name}\n\n${text}`], `${name}.md`));
          }
          return dropped;
        }"""
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": dropped})
    expect(page.locator("body.dropping")).to_have_count(1)
    page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    expect(page.locator("body.dropping")).to_have_count(0)
    expect(page.locator("#brought .brought")).to_have_count(2)
    expect(page.locator("#brought a")).to_have_text(["The pump", "The well"])


def test_how_much_of_a_file_has_been_sent_is_told(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.7 " + b"x" * 400_000)
    page = window.open("/articles")
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000},
    )
    page.get_by_text("Add articles").click()
    page.set_input_files("#files", file)
    page.locator(".bring button.primary").click()
    line = page.locator("#brought .under-way")
    expect(line).to_contain_text(re.compile(r"Sending broken\.pdf …\s+[1-9]\d?%"))
    expect(line.locator("progress[value]")).to_have_count(1)
    told = page.locator("#brought .brought")
    expect(told).to_contain_text("Not added", timeout=30_000)


def begun(page: Page, files: list[Path]) -> None:
    """Send files from a page whose time is the test's."""
    page.clock.install()
    page.reload()
    page.get_by_text("Add articles").click()
    page.set_input_files("#files", files)
    page.locator(".bring button.primary").click()
    page.locator("#brought .under-way").wait_for()


def chosen(page: Page) -> list[str]:
    return page.eval_on_selector("#files", "field => [...field.files].map(file => file.name)")


def test_files_whose_network_goes_silent_stand_in_the_form_again_and_can_be_sent(
    window: Window, tmp_path: Path
) -> None:
    files = [tmp_path / f"{name}.md" for name in ("ferry", "harbour-bell")]
    for file in files:
        file.write_text(f"# The {file.stem}\n\n" + f"Ines Moor tells of the {file.stem}. " * 12)
    page = window.open("/articles")
    page.route("**/add", lambda route: None, times=1)  # is never answered
    begun(page, files)
    assert chosen(page) == []
    page.clock.fast_forward("09:00:00")  # for so long the phone sleeps
    page.clock.run_for(54_000)
    expect(page.locator("#brought .under-way")).to_have_count(1)
    page.clock.run_for(2_000)
    expect(page.locator("#brought .fault-told")).to_contain_text(f"ferry.md: {UNREACHABLE}")
    assert chosen(page) == ["ferry.md", "harbour-bell.md"]
    page.locator(".bring button.primary").click()
    expect(page.locator("#brought .brought")).to_have_count(2)
    assert chosen(page) == []


def test_reading_may_take_long_as_long_as_the_network_is_there(
    window: Window, tmp_path: Path, website: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_read, bring = threading.Event(), PageIntake.bring

    async def slowly(self: PageIntake, *given: Any, **options: Any) -> Item:
        while not is_read.is_set():
            await asyncio.sleep(0.01)
        return await bring(self, *given, **options)

    monkeypatch.setattr(PageIntake, "bring", slowly)
    try:
        for is_there in (True, False):
            file = tmp_path / f"slow-{is_there}.md"
            file.write_text(f"# Slow {is_there}\n\n" + f"Ada Moor read slowly, {is_there}. " * 12)
            page = window.open("/articles")
            with page.expect_request(is_sign):
                begun(page, [file])
            expect(page.locator("#brought .under-way")).to_contain_text("Reading")
            if not is_there:
                page.route("**/static/adding*", lambda route: None)
                page.clock.run_for(66_000)
                expect(page.locator("#brought .fault-told")).to_contain_text(UNREACHABLE)
                assert chosen(page) == [file.name]
                continue
            for _ in range(7):
                with page.expect_response(lambda response: is_sign(response.request)):
                    page.clock.run_for(11_000)
            is_read.set()
            expect(page.locator("#brought .brought")).to_contain_text("Added")
            is_read.clear()
    finally:
        is_read.set()


@pytest.mark.parametrize("answer", [{"status": 502}, {"status": 200, "body": "Pay first."}])
def test_what_others_answer_is_no_sign_that_the_network_is_there(
    cut_off: Window, tmp_path: Path, answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    is_told = threading.Event()

    async def never(self: PageIntake, *given: Any, **options: Any) -> Item:
        while not is_told.is_set():
            await asyncio.sleep(0.01)
        raise RuntimeError("nobody waits for it any more")

    monkeypatch.setattr(PageIntake, "bring", never)
    file = tmp_path / "unread.md"
    file.write_text("# Unread\n\n" + "Ada Moor waited. " * 12)
    page = cut_off.open("/articles")
    page.route("**/static/adding*", lambda route: _answered(route, answer))
    try:
        with page.expect_response(lambda response: is_sign(response.request)):
            begun(page, [file])
        for _ in range(5):
            with page.expect_response(lambda response: is_sign(response.request)):
                page.clock.run_for(11_000)
        expect(page.locator("#brought .under-way")).to_contain_text("Reading")
        page.clock.run_for(11_000)
        expect(page.locator("#brought .fault-told")).to_contain_text(UNREACHABLE)
        assert chosen(page) == [file.name]
    finally:
        is_told.set()


def _answered(route: Route, answer: dict[str, Any]) -> None:
    if is_sign(route.request):
        route.fulfill(**answer)
    else:
        route.continue_()


def is_sign(request: Request) -> bool:
    """Whether it asks only if the network is there."""
    return request.method == "HEAD"


PLACES = ["/", "/check", "/articles", "/history", "/people", "/gaps", "/usage", "/feeds"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_is_too_wide_for_a_phone(
    browser: Browser, website: WebSite, scheme: str
) -> None:
    window = Window(browser, website, color_scheme=scheme)
    receipt = answered(website.footnote)
    read = [f"/articles/honeybees?answer={receipt.id}#n1", f"/receipts/{receipt.id}"]
    found = {}
    for path in [*PLACES, *read]:
        window.open(path)
        window.resize(PHONE)
        wide = ["too wide"] if window.is_too_wide() else []
        window.unfold()
        wide += ["too wide when all is unfolded"] if window.is_too_wide() else []
        window.resize(DESK)
        found[path] = window.violations() + wide
    window.open("/")
    window.ask(DANCE)
    window.page.locator("a.cite").first.click()
    window.page.locator("#evidence mark").wait_for()
    found["an answer"] = window.violations()
    window.context.close()
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("language", ["fa", "ur", "de"])
def test_a_page_is_laid_out_in_the_direction_of_its_language(window: Window, language: str) -> None:
    window.context.add_cookies([{"name": COOKIE, "value": language, "url": window.root}])
    page = window.open("/articles")
    right = language in ("fa", "ur")
    assert page.get_attribute("html", "dir") == ("rtl" if right else "ltr")
    name, nav = page.locator(".top .name").bounding_box(), page.locator(".top nav").bounding_box()
    assert name
    assert nav
    assert (name["x"] > nav["x"]) is right
    window.resize(PHONE)
    assert not window.is_too_wide()
    assert window.violations() == []


def test_an_article_from_right_to_left_is_laid_out_so_on_a_page_that_is_not(
    window: Window,
) -> None:
    page = window.open("/articles/persian")
    for selector in ("h1", ".text p"):
        direction = page.eval_on_selector(selector, "e => getComputedStyle(e).direction")
        assert direction == "rtl", selector


def test_the_mini_app_opens_the_article_in_the_colours_of_telegram(
    browser: Browser, website: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "NOW", time.time())
    people = website.footnote.people
    people.redeem(people.invite(Role.READER), USER, "Ada")
    receipt = answered(website.footnote, telegram_holder(USER))
    window = Window(browser, website, holder=None)
    colours = quote(
        '{"bg_color": "#102030", "text_color": "#f0f0f0", "link_color": "#80c0ff",'
        ' "button_color": "#204060", "button_text_color": "#ffffff"}'
    )
    data = quote(signing.signed(), safe="")
    window.resize(PHONE)
    page = window.open(
        f"/app?start=r_{receipt.id}_1#tgWebAppData={data}&tgWebAppThemeParams={colours}"
    )
    expect(page.locator('mark[data-n="1"]')).to_have_text(DECODED)
    assert "tgWebApp" not in page.url
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(16, 32, 48)"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    told = '"safe_area_changed", {top: 40, bottom: 20}'
    page.evaluate(f"window.Telegram.WebView.receiveEvent({told})")
    edges = page.evaluate(
        "[getComputedStyle(document.body)].map(s => [s.paddingTop, s.paddingBottom])"
    )
    assert edges == [["40px", "20px"]]
    link = page.get_by_role("link", name="Back to the answer")
    assert link.evaluate("e => getComputedStyle(e).color") == "rgb(128, 192, 255)"
    assert not window.is_too_wide()
    window.context.close()
    assert (window.elsewhere, window.wrong) == ([], [])


UNREACHABLE = "Footnote can't be reached just now."


@pytest.fixture
def cut_off(browser: Browser, website: WebSite) -> Iterator[Window]:
    """A window that complains of what could not be reached, and of nothing else."""
    window = Window(browser, website)
    yield window
    window.context.close()
    assert window.elsewhere == []
    assert [told for told in window.wrong if "Failed to load resource" not in told] == []


def test_a_question_that_breaks_off_is_told_and_kept_in_the_field(cut_off: Window) -> None:
    page = cut_off.page
    begun = 'event: sentence\ndata: {"html": "<p>Half of it.</p>"}\n\n'
    page.route(
        "**/ask", lambda route: route.fulfill(body=begun, content_type="text/event-stream"), times=1
    )
    cut_off.ask(DANCE)
    turns = page.locator("#turns")
    expect(turns).to_contain_text(UNREACHABLE)
    expect(page.locator("#question")).to_have_value(DANCE)
    cut_off.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(turns).not_to_contain_text("Half of it.")
    expect(turns).to_contain_text(UNREACHABLE)
    cut_off.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(turns).to_contain_text(DECODED)
    expect(page.locator(".turn")).to_have_count(1)
    expect(turns).not_to_contain_text(UNREACHABLE)


def test_what_is_stopped_is_said_to_be_and_stands_in_the_field_again(window: Window) -> None:
    page = window.page
    page.route("**/ask", lambda route: None, times=1)  # is never answered
    page.fill("#question", DANCE)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#turns .note")).to_have_text("Stopped. Nothing was kept of it.")
    expect(page.locator("#question")).to_have_value(DANCE)
    expect(page.locator("#stop")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_contain_text(DECODED)


def test_a_question_stands_in_the_field_after_a_reload_until_it_is_answered(
    window: Window,
) -> None:
    page = window.page
    page.route("**/ask", lambda route: None, times=1)  # is never answered
    page.fill("#question", DANCE)
    page.keyboard.press("Enter")
    page.locator(".turn.under-way").wait_for()
    page.reload()
    expect(page.locator("#question")).to_have_value(DANCE)
    window.ask(DANCE)
    expect(page.locator(".turn")).to_contain_text(DECODED)
    page.reload()
    expect(page.locator(".turn")).to_contain_text(DECODED)
    expect(page.locator("#question")).to_have_value("")


def test_a_question_whose_network_goes_silent_is_told_and_kept_in_the_field(
    window: Window,
) -> None:
    page = window.page
    page.route("**/ask", lambda route: None, times=1)  # is never answered
    page.clock.install()
    page.reload()
    page.fill("#question", DANCE)
    page.keyboard.press("Enter")
    page.locator(".turn.under-way").wait_for()
    page.clock.fast_forward("09:00:00")  # for so long the phone sleeps
    page.clock.run_for(54_000)
    expect(page.locator(".turn.under-way")).to_have_count(1)
    page.clock.run_for(7_000)
    expect(page.locator("#turns .fault-told")).to_contain_text(UNREACHABLE)
    expect(page.locator("#question")).to_have_value(DANCE)


def test_a_sign_of_life_is_no_event(window: Window) -> None:
    page = window.page
    sent = ':\n\nevent: fault\ndata: {"error": "Not now."}\n\n'
    page.route(
        "**/ask", lambda route: route.fulfill(body=sent, content_type="text/event-stream"), times=1
    )
    window.ask(DANCE)
    expect(page.locator("#turns .fault-told")).to_have_text("Not now.")


def test_without_a_connection_a_passage_and_a_verdict_say_so(cut_off: Window) -> None:
    page = cut_off.page
    cut_off.ask(DANCE)
    cut_off.context.set_offline(True)
    page.locator("a.cite").first.click()
    expect(page.locator("#evidence")).to_contain_text(UNREACHABLE)
    page.keyboard.press("Escape")
    up = page.get_by_role("button", name="This answers it")
    up.click()
    expect(page.locator(".rate")).to_contain_text(UNREACHABLE)
    cut_off.context.set_offline(False)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".rate")).not_to_contain_text(UNREACHABLE)


def test_what_was_not_taken_stands_in_the_form_again(cut_off: Window, tmp_path: Path) -> None:
    file = tmp_path / "lamp.md"
    file.write_text("# The lamp\n\n" + "Agnes Moor lit the lamp. " * 20)
    page = cut_off.open("/articles")
    page.get_by_text("Add articles").click()
    page.set_input_files("#files", file)
    for name, value in (
        ("links", "https://example.org/a"),
        ("text", "Written for an hour."),
        ("title", "An hour"),
    ):
        page.fill(f"#{name}", value)
    cut_off.context.set_offline(True)
    page.locator(".bring button.primary").click()
    expect(page.locator("#brought .fault-told")).to_have_count(3)
    expect(page.locator("#brought")).to_contain_text(UNREACHABLE)
    expect(page.locator("#text")).to_have_value("Written for an hour.")
    expect(page.locator("#title")).to_have_value("An hour")
    expect(page.locator("#links")).to_have_value("https://example.org/a")
    assert page.evaluate("document.getElementById('files').files[0].name") == "lamp.md"


def test_the_menu_closes_by_escape_and_by_a_press_elsewhere(window: Window) -> None:
    page, menu = window.page, window.page.locator("details.more")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.matches('details.more summary')")
    page.keyboard.press("Enter")
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_sentence_is_in_view_in_a_long_passage_and_so_is_the_way_out(
    window: Window, size: tuple[int, int]
) -> None:
    page = window.page
    window.resize(size)
    window.ask("Who carried the glacier lantern, and who lost the glacier lantern?")
    page.locator("a.cite").first.click()
    page.locator("#evidence mark").wait_for()
    for selector in ("#evidence mark", "#evidence .close"):
        expect_in_view(page, selector)
    assert page.evaluate(
        "(() => { const m = document.querySelector('#evidence mark').getBoundingClientRect(),"
        " a = document.querySelector('#evidence').getBoundingClientRect();"
        " return m.top >= a.top && m.bottom <= a.bottom })()"
    )


def test_what_is_pressed_and_where_one_is_are_seen_in_forced_colours(
    browser: Browser, website: WebSite
) -> None:
    window = Window(browser, website, forced_colors="active")
    page = window.page
    where = page.locator("nav a[aria-current]")
    assert "underline" in where.evaluate("e => getComputedStyle(e).textDecorationLine")
    window.ask(DANCE)
    colours = "e => getComputedStyle(e).backgroundColor"
    up = page.get_by_role("button", name="This answers it")
    before = up.evaluate(colours)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    assert up.evaluate(colours) != before
    window.context.close()


def test_the_questions_on_a_card_stand_within_the_page_of_another_direction(
    window: Window, website: WebSite
) -> None:
    window.context.add_cookies([{"name": COOKIE, "value": "fa", "url": window.root}])
    window.open("/")
    window.ask(DANCE)
    page = window.open("/articles/honeybees")
    window.unfold()
    question = page.locator(".card li").first
    expect(question).to_have_text(DANCE)
    assert question.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert question.evaluate("e => getComputedStyle(e).listStyleType") == "none"


def test_a_screen_reader_is_told_facts_apart(window: Window) -> None:
    window.ask(DANCE)
    assert "Ada Winter 2016-08-03 The Meadow" in window.page.locator(".sources").aria_snapshot()
