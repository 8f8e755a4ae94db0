"""A real browser: Debian's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from footnote.bot.people.sessions import LOCAL
from footnote.bot.web.sign_in import link_for
from tests.bot.web.site import WebSite

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
WITHOUT = "there is no chromium on this machine (Debian has it: apt-get install chromium)"
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)
DESK, PHONE = (1280, 850), (360, 740)
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_PATIENCE_MS = 60_000
expect.set_options(timeout=_PATIENCE_MS)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Without a sandbox of its own, for a container has none to give.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


class Window:
    """A window in which somebody is let in; `wrong` is what the browser complained of, and
    `elsewhere` what it asked of other hosts."""

    def __init__(
        self, browser: Browser, website: WebSite, *, holder: str | None = LOCAL, **options: object
    ) -> None:
        size = {"width": DESK[0], "height": DESK[1]}
        self.context: BrowserContext = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        self.context.set_default_timeout(_PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.root = website.origin.address
        self.wrong: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", lambda told: self._heard(told.type, told.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        if holder is not None:
            self.page.goto(link_for(website.footnote.sessions, website.origin, holder))

    def open(self, path: str) -> Page:
        self.page.goto(self.root + path)
        return self.page

    def resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def ask(self, question: str) -> None:
        """Type a question and wait for its answer."""
        turns = self.page.locator(".turn:not(.under-way)").count()
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        self.page.locator(".turn:not(.under-way)").nth(turns).wait_for()

    def unfold(self) -> None:
        """Open whatever opens where it stands, but the menu."""
        self.page.evaluate(
            "() => document.querySelectorAll('main details').forEach(one => one.open = true)"
        )

    def violations(self) -> list[str]:
        """What axe-core finds that is serious or worse."""
        self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}"
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]

    def is_too_wide(self) -> bool:
        """Whether it has to be scrolled sideways."""
        wide: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wide

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.wrong.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.root, "data:", "blob:")):
            self.elsewhere.append(url)
