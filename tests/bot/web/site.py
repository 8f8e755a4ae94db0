"""The pages on a port of their own, and browsers without a screen that ask for them."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx

from footnote.bot.composition import Footnote
from footnote.bot.event_loop import new_event_loop
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import LOCAL, telegram_holder
from footnote.bot.web.app import make_app
from footnote.bot.web.app_keys import Origin
from footnote.bot.web.connections import IDLE_SECONDS
from footnote.bot.web.csrf import HEADER
from footnote.bot.web.serving import serving
from footnote.bot.web.sign_in import link_for
from tests.ports import HOST, free_port


class WebSite:
    """`address` is where a browser says that it is; `port` is where it is served."""

    def __init__(self, footnote: Footnote, port: int, origin: Origin) -> None:
        self.footnote = footnote
        self.port = port
        self.origin = origin

    def browser(self, holder: str | None = LOCAL) -> "Browser":
        """One in which somebody has come in by a link; None: a stranger's."""
        browser = Browser(self)
        if holder is not None:
            browser.enter(link_for(self.footnote.sessions, self.origin, holder))
        return browser

    def person(self, user: int, role: Role) -> "Browser":
        """That of somebody whom an owner has let in in Telegram."""
        people = self.footnote.people
        people.redeem(people.invite(role), user, f"Person {user}")
        return self.browser(telegram_holder(user))

    def program(self, role: Role = Role.READER, name: str = "a-program") -> httpx.Client:
        """A client with a token."""
        secret = self.footnote.tokens.new(name, role)
        return httpx.Client(
            base_url=f"http://{HOST}:{self.port}",
            headers={"Authorization": f"Bearer {secret}", "Host": self.origin.host},
            timeout=60,
            verify=False,  # it is HTTP: reading certificates takes longer than most tests
        )


class Browser(httpx.Client):
    """Keeps cookies, says where its requests come from, and sends the token of the last page."""

    def __init__(self, site: WebSite) -> None:
        super().__init__(
            base_url=f"http://{HOST}:{site.port}",
            headers={"Host": site.origin.host, "Accept": "text/html"},
            timeout=60,
            verify=False,
        )
        self.site = site
        self.token = ""

    def enter(self, link: str) -> httpx.Response:
        """Follow a link that lets in; what it is answered with, before any redirect."""
        parts = urlsplit(link)
        return self.get(f"{parts.path}?{parts.query}")

    def page(self, path: str) -> "Page":
        """A page that is there, whose forms may be sent from now on."""
        response = self.get(path)
        assert response.status_code == 200, (response.status_code, response.text[-500:])
        page = Page.of(response)
        self.token = page.token or self.token
        return page

    def submit(self, path: str, *, ajax: bool = False, **fields: object) -> httpx.Response:
        """Send a form from here, as a page or as the script of one does."""
        headers = {"Origin": self.site.origin.address, "Sec-Fetch-Site": "same-origin"}
        if ajax:
            headers |= {HEADER: self.token, "Accept": "application/json"}
        files = fields.pop("files", None)
        data = {**fields, **({} if ajax else {"token": self.token})}
        return self.post(path, data=data, files=files, headers=headers)  # type: ignore[arg-type]


class Page(HTMLParser):
    """What stands on a page: `text` is all that is shown, `elements` every tag with its attributes,
    `marked` what is marked as cited."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.source = response.text
        self.response = response
        self.text = ""
        self.title = ""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.marked: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str]]] = []

    @classmethod
    def of(cls, response: httpx.Response) -> "Page":
        page = cls(response)
        page.feed(response.text)
        page.close()
        return page

    @property
    def token(self) -> str:
        tokens = [a["value"] for tag, a in self.elements if a.get("name") == "token"]
        return tokens[0] if tokens else ""

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of each such tag; `class_` is one of its classes."""
        name = wanted.pop("class_", None)
        return [
            attributes
            for found, attributes in self.elements
            if found == tag
            and (name is None or name in attributes.get("class", "").split())
            and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    def links(self) -> list[str]:
        return [a["href"] for a in self.all("a") if "href" in a]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in ("meta", "link", "input", "br", "hr", "img", "wbr"):
            self._open.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        within = {tag for tag, _ in self._open}
        if "title" in within:
            self.title += data
        elif not within & {"script", "style", "head"}:
            self.text += data
            for tag, attributes in self._open:
                if tag == "mark":
                    name = attributes.get("data-n", "")
                    self.marked[name] = self.marked.get(name, "") + data


@contextmanager
def served(
    footnote: Footnote, *, address: str | None = None, idle_seconds: float = IDLE_SECONDS
) -> Iterator[WebSite]:
    """The pages in a thread of their own; `address` is where people reach them."""
    port = free_port()
    origin = Origin(address or f"http://{HOST}:{port}", bot="footnote_bot")
    ready: Future[Callable[[], object]] = Future()

    async def run() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        async with serving(make_app(footnote, origin), HOST, port, idle_seconds=idle_seconds):
            ready.set_result(lambda: loop.call_soon_threadsafe(stop.set))
            await stop.wait()

    def serve() -> None:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(run())

    thread = threading.Thread(target=serve)
    thread.start()
    end = ready.result(60)
    try:
        yield WebSite(footnote, port, origin)
    finally:
        end()
        thread.join(60)
