"""`python -m tools.screenshots`: pictures of the main pages, for README and docs/web.md.

Serves the sample articles, asks, and takes what a real browser shows: Debian's Chromium, driven by
Playwright. The fonts are those of this machine (fonts-noto-core and fonts-noto-color-emoji, say).
"""

import asyncio
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from footnote.bot.composition import composed
from footnote.bot.people.sessions import LOCAL
from footnote.bot.settings import Settings
from footnote.bot.web.app import make_app
from footnote.bot.web.app_keys import Origin
from footnote.bot.web.serving import serving
from footnote.bot.web.sign_in import link_for

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs"
_HOST, _PORT = "127.0.0.1", 8765
_QUESTION = "How many people died in the Quetta hospital attack?"
_CLAIMS = (
    "The CSTO has its headquarters in Moscow. Noor Wali Mehsud has led the TTP since 2018."
    " The seat of the RATS is in Beijing."
)
_DESK, _PHONE = {"width": 1200, "height": 760}, {"width": 360, "height": 700}
_QUALITY = 82


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium here: apt-get install chromium")
    with _served() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=_DESK)  # type: ignore[arg-type]
        page.goto(link)
        _ask(page, _QUESTION)
        page.locator("a.cite").first.click()
        page.locator("#evidence mark").wait_for()
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        _take(page, "web-ask")
        page.locator("#evidence .onward a").first.click()
        page.locator("mark").first.wait_for()
        page.set_viewport_size(_PHONE)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark")
        address = page.url
        page.goto("about:blank")
        page.goto(address)
        page.locator(".spot.here").wait_for(state="attached")
        _take(page, "web-article")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(_DESK)  # type: ignore[arg-type]
        page.goto(page.url.partition("/articles")[0] + "/check")
        _ask(page, _CLAIMS)
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        _take(page, "web-check")
        browser.close()


def _ask(page: Page, text: str) -> None:
    page.fill("#question", text)
    page.click("#send")
    page.locator(".turn:not(.under-way)").last.wait_for(timeout=120_000)


def _take(page: Page, name: str) -> None:
    file = PICTURES / f"{name}.jpg"
    page.screenshot(path=file, type="jpeg", quality=_QUALITY)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")


@contextmanager
def _served() -> Iterator[str]:
    """The pages over the sample articles, in a thread of their own; the link that lets in."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(
            _env_file=None, articles=ROOT / "corpus" / "articles", home=Path(home) / "home"
        )
        with composed(settings, purpose="taking pictures") as footnote:
            footnote.library.sync()
            origin = Origin(f"http://{_HOST}:{_PORT}")
            loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

            async def run() -> None:
                async with serving(make_app(footnote, origin), _HOST, _PORT):
                    ready.set()
                    await stop.wait()

            thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
            thread.start()
            ready.wait()
            try:
                yield link_for(footnote.sessions, origin, LOCAL)
            finally:
                loop.call_soon_threadsafe(stop.set)
                thread.join()


if __name__ == "__main__":
    main()
