"""How fast the pages are: `python -m bench.web`, `--json FILE` for both, `--quick` for fewer.

The pages are served by a process of their own, and asked for by this one, on the same machine. What
the processor spends on them is told by Linux, and goes by what the server does alone; how long each
takes goes by what else the machine does, too.
"""

import argparse
import asyncio
import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

from aiohttp import web

from bench.bot import QUESTIONS, ROOT
from footnote.bot.composition import composed
from footnote.bot.people.people import Role
from footnote.bot.people.sessions import LOCAL, Sessions
from footnote.bot.people.tokens import Tokens
from footnote.bot.settings import Settings
from footnote.bot.state import State
from footnote.bot.web.csrf import HEADER, form_token
from footnote.bot.web.running import run_site
from footnote.bot.web.serving import serving
from footnote.corpus.article import Draft
from footnote.corpus.store import ArticleStore
from tools.llm_server import Asked, LlmServer, Said, pieces_of
from tools.telegram_server import TelegramServer

_PROGRAM = "footnote.bot.terminal.program"
_HOST = "127.0.0.1"
_PAGES = "bench.example.org"
_WORDS_OF_ARTICLE = 800
_BYTES_OF_PAGE = 10_000
_WARMING = 100
_READY = b"ready"
_LIFETIME_SECONDS, _STARTING_SECONDS = 1800.0, 300.0
_CONVERSATION = "AAAAAAAAAAAA"
_PIECE_SECONDS = 0.05
_MAX_RECEIVED, _END_OF_HEAD = 1 << 18, b"\r\n\r\n"

_WRITTEN = dict(
    zip(
        QUESTIONS,
        (
            "Early reports spoke of 70 people killed, and Dawn later wrote of at least 74 dead. [1]"
            " More than 100 people were injured. [1]",
            "Its ten member states are Belarus, China, India, Iran, Kazakhstan, Kyrgyzstan,"
            " Pakistan, Russia, Tajikistan and Uzbekistan. [1]",
            "Noor Wali Mehsud has led the TTP since 2018. [1]",
            "The Collective Security Treaty entered into force on 20 April 1994. [1]",
            "TUTAP is a regional electricity project named after Turkmenistan, Uzbekistan,"
            " Tajikistan, Afghanistan and Pakistan. [1]",
            "Operation Zarb-e-Azb was an offensive of the Pakistani armed forces against militants"
            " in North Waziristan. [1]",
            "Its headquarters are in Tashkent, the capital of Uzbekistan. [1]",
            "The articles do not say. [1]",
        ),
        strict=True,
    )
)
"""What the language model says to each question."""


def measure(*, quick: bool) -> Iterator[tuple[str, Any]]:
    """Each figure by its name; times are seconds."""
    yield "article_page", _article_pages(*((1000, 300) if quick else (10_000, 2000)))
    people, rounds = (10, 2) if quick else (50, 4)
    yield "conversations", _conversations(people, rounds, {})
    with _writing() as own:
        yield "written_conversations", _conversations(people, rounds, own)


# An article's page, over reading the article from the catalogue


def _article_pages(articles: int, asked: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        home = _many(Path(folder), articles)
        names = [f"article-{number}" for number in range(articles)]
        wanted = random.Random(1).choices(names, k=asked)
        serve = ["bench.web", "--serve", "{port}", "--folder", folder]
        with _running(serve, {}, b"/enter?link=") as (port, process):
            pages = _Client(port, home.home, f"{_HOST}:{port}")
            with pages.wire() as wire:

                def page(name: str) -> None:
                    wire.get(f"/articles/{name}")

                for name in wanted[-_WARMING:]:
                    page(name)
                read = _reading(home, wanted)
                served = _measured(page, wanted, process)
                kept = _measured(page, [wanted[-1]] * asked, process)
                least = _measured(lambda name: wire.get("/check"), wanted, process)
        with (
            _running(["bench.web", "--empty", "{port}"], {}, _READY) as (port, process),
            socket.create_connection((_HOST, port), timeout=300) as opened,
        ):
            wire = _Wire(opened, {"Host": f"{_HOST}:{port}"})
            wire.get("/")
            empty = _measured(lambda name: wire.get("/"), wanted, process)
    measured = {"read": read, "page": served, "kept": kept, "least": least, "aiohttp": empty}
    figures = {"articles": float(articles)}
    for name, (times, processor) in measured.items():
        figures[f"{name}_p95"] = _p95(times)
        figures[f"{name}_median"] = statistics.median(times)
        figures[f"{name}_processor"] = processor
    for figure in ("p95", "median", "processor"):
        figures[f"ratio_of_{figure}"] = figures[f"page_{figure}"] / figures[f"read_{figure}"]
    return figures


def _settings(folder: Path) -> Settings:
    return Settings(_env_file=None, articles=folder / "articles", home=folder / "home")


def _serve(folder: Path, port: int) -> None:
    """The pages over what `_many` made, with the same model."""
    from tests.fakes import WordsModel

    def tell(link: str) -> None:
        print(link, file=sys.stderr, flush=True)

    with composed(_settings(folder), purpose="a benchmark", model=WordsModel()) as footnote:
        footnote.library.sync()
        run_site(footnote, port, on_ready=tell, follows=False)


def _many(folder: Path, articles: int) -> Settings:
    """That many articles of made-up words, with an index of a model made of words."""
    from tests.fakes import WordsModel

    settings = _settings(folder)
    articles_folder = Path(settings.articles)
    articles_folder.mkdir()
    store, chosen = ArticleStore(articles_folder), random.Random(0)
    letters = "abcdefghilmnoprstu"
    for number in range(articles):
        words = ["".join(chosen.choices(letters, k=6)) for _ in range(_WORDS_OF_ARTICLE)]
        sentences = (" ".join(words[at : at + 10]) for at in range(0, len(words), 10))
        paragraphs = [f"{sentence.capitalize()}." for sentence in sentences]
        text = "\n\n".join(" ".join(paragraphs[at : at + 5]) for at in range(0, len(paragraphs), 5))
        store.add(Draft(title=f"Article {number}", text=text, language="en"))
    with composed(settings, purpose="a benchmark", model=WordsModel()) as footnote:
        footnote.library.sync()
    return settings


def _empty(port: int) -> None:
    """What aiohttp takes to serve as many bytes as an article's page has."""
    body = b"x" * _BYTES_OF_PAGE

    async def serve(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="text/html", charset="utf-8")

    async def run() -> None:
        app = web.Application()
        app.router.add_get("/", serve)
        async with serving(app, _HOST, port):
            print(_READY.decode(), file=sys.stderr, flush=True)
            await asyncio.sleep(_LIFETIME_SECONDS)

    asyncio.run(run())


def _reading(settings: Settings, names: Sequence[str]) -> tuple[list[float], float]:
    """What the page reads of an article, in one look: its text, its version, how many passages."""
    from tests.fakes import WordsModel

    with composed(settings, purpose="a benchmark", model=WordsModel()) as footnote:

        def read(name: str) -> object:
            with footnote.passage_index.reading() as build:
                return build.catalogue.article(name)

        for name in names[-_WARMING:]:
            read(name)
        begun = time.process_time()
        times = _timed(read, names)
        return times, (time.process_time() - begun) / len(names)


def _measured(
    act: Callable[[str], object], values: Sequence[str], process: int
) -> tuple[list[float], float]:
    """How long each took, and what the processor spent on one in that process, in seconds."""
    begun = _spent(process)
    times = _timed(act, values)
    return times, (_spent(process) - begun) / len(values)


def _spent(process: int) -> float:
    """Seconds of the processor that all threads of a process have taken (proc_pid_stat(5))."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# Conversations that are streamed beside the bot, over questions to the API alone


def _conversations(people: int, rounds: int, own: dict[str, str]) -> dict[str, float]:
    """`own` are settings that hold for both."""
    with tempfile.TemporaryDirectory() as folder:
        alone, beside = Path(folder) / "alone", Path(folder) / "beside"
        with _serving(own, "--home", str(alone)) as port:
            with closing(State(alone / "state.sqlite")) as state:
                secret = Tokens(state).new("bench", Role.READER)
            api = _p95(_at_once(people, rounds, lambda: _Program(port, secret).ask))
        with (
            TelegramServer(lifetime=_LIFETIME_SECONDS) as server,
            _bot(server, beside, own) as port,
        ):
            streamed = _p95(_at_once(people, rounds, lambda: _Client(port, beside, _PAGES).ask))
    return {"people": people, "api_p95": api, "streamed_p95": streamed, "ratio": streamed / api}


@contextmanager
def _writing() -> Iterator[dict[str, str]]:
    """The settings with which a language model writes: one on loopback, which says what is right
    in 20 pieces a second, whoever else asks meanwhile."""

    def answer(asked: Asked) -> Said:
        told = next((text for question, text in _WRITTEN.items() if question in asked.prompt), "")
        return Said(pieces_of(told), pause=_PIECE_SECONDS)

    with LlmServer(lifetime=_LIFETIME_SECONDS) as server:
        server.on_request = answer
        yield {"FOOTNOTE_LLM_URL": server.url, "FOOTNOTE_LLM_MODEL": "bench"}


def _at_once(people: int, rounds: int, begin: Callable[[], Callable[[str], object]]) -> list[float]:
    """How long each of so many waited, all of whom ask again as soon as they are answered; without
    their first questions, which warm up."""
    asking = [begin() for _ in range(people)]
    waits: list[float] = []
    barrier = threading.Barrier(people)

    def ask(number: int) -> None:
        barrier.wait()
        questions = [QUESTIONS[(number + turn) % len(QUESTIONS)] for turn in range(rounds + 1)]
        waits.extend(_timed(asking[number], questions)[1:])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


class _Program:
    """One that asks through the API."""

    def __init__(self, port: int, secret: str) -> None:
        self._connection = http.client.HTTPConnection(_HOST, port, timeout=300)
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def ask(self, question: str) -> None:
        body = json.dumps({"question": question})
        self._connection.request("POST", "/api/ask", body, self._headers)
        _read(self._connection, 200)


class _Client:
    """A browser without a screen, in which whoever runs Footnote has come in."""

    def __init__(self, port: int, home: Path, host: str) -> None:
        self._connection = http.client.HTTPConnection(_HOST, port, timeout=300)
        with closing(State(home / "state.sqlite")) as state:
            link = Sessions(state).invite(LOCAL)
        self._headers = {"Host": host}
        self._connection.request("GET", f"/enter?link={link}", headers=self._headers)
        response = self._connection.getresponse()
        response.read()
        [(name, cookie)] = SimpleCookie(response.headers["Set-Cookie"]).items()
        self._session = cookie.value
        self._headers["Cookie"] = f"{name}={cookie.value}"

    @contextmanager
    def wire(self) -> "Iterator[_Wire]":
        host, port = self._connection.host, self._connection.port
        with socket.create_connection((host, port), timeout=300) as opened:
            yield _Wire(opened, self._headers)

    def ask(self, question: str) -> None:
        """In a conversation of their own, to the end of the events."""
        form = urlencode({"question": question, "conversation": _CONVERSATION})
        headers = self._headers | {
            "Accept": "text/event-stream",
            "Content-Type": "application/x-www-form-urlencoded",
            HEADER: form_token(self._session),
        }
        self._connection.request("POST", "/ask", form, headers)
        assert b"event: end" in _read(self._connection, 200)


class _Wire:
    """Asks for pages and takes what is served, with next to nothing of its own in the time that it
    takes: to make something of the head of an answer takes http.client as long as it takes to read
    an article."""

    def __init__(self, opened: socket.socket, headers: Mapping[str, str]) -> None:
        self._socket = opened
        self._head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())

    def get(self, path: str) -> None:
        self._socket.sendall(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())
        answer = self._socket.recv(_MAX_RECEIVED)
        while (end := answer.find(_END_OF_HEAD)) < 0:
            answer += self._socket.recv(_MAX_RECEIVED)
        head = answer[:end]
        if not head.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(str(head))
        length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
        left = length - (len(answer) - end - len(_END_OF_HEAD))
        while left > 0:
            left -= len(self._socket.recv(_MAX_RECEIVED))


def _read(connection: http.client.HTTPConnection, status: int) -> bytes:
    response = connection.getresponse()
    body = response.read()
    if response.status != status:
        raise RuntimeError(f"{response.status}: {body[:200]!r}")
    return body


@contextmanager
def _serving(own: dict[str, str], *options: str) -> Iterator[int]:
    """`footnote web`; the port."""
    command = [_PROGRAM, "web", "--port", "{port}", *options]
    with _running(command, own, b"/enter?link=") as (port, _):
        yield port


@contextmanager
def _bot(server: TelegramServer, home: Path, own: dict[str, str]) -> Iterator[int]:
    """`footnote bot` with its pages; the port."""
    own = own | {
        "FOOTNOTE_HOME": str(home),
        "FOOTNOTE_TELEGRAM_API_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "FOOTNOTE_WEB_URL": f"https://{_PAGES}",
        "FOOTNOTE_WEBHOOK_PORT": "{port}",
    }
    with _running([_PROGRAM, "bot"], own, b"") as (port, _):
        server.wait_until_ready(timeout=_STARTING_SECONDS)
        yield port


@contextmanager
def _running(
    command: Sequence[str], own: dict[str, str], ready: bytes
) -> Iterator[tuple[int, int]]:
    """A process of a module, once it has written what says that it is ready: the port, and the
    number of the process."""
    port = random.SystemRandom().randint(20_000, 60_000)
    environment = os.environ | {"FOOTNOTE_QUESTIONS_A_MINUTE": "0", "FOOTNOTE_OPEN": "true"}
    environment |= {name: value.format(port=port) for name, value in own.items()}
    arguments = [part.format(port=port) for part in command]
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
    )
    assert process.stderr
    try:
        _wait_for(process.stderr, ready)
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(output: IO[bytes], ready: bytes) -> None:
    while ready and ready not in (line := output.readline()):
        if not line:
            raise RuntimeError("Footnote ended before it was ready")


# What is told


def _timed(act: Callable[[str], object], values: Sequence[str]) -> list[float]:
    times = []
    for value in values:
        begun = time.perf_counter()
        act(value)
        times.append(time.perf_counter() - begun)
    return times


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[18]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--empty", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        _serve(options.folder, options.serve)
        return
    if options.empty:
        _empty(options.empty)
        return
    figures = {}
    for name, figure in measure(quick=options.quick):
        figures[name] = figure
        print(name, json.dumps(figure), flush=True)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
