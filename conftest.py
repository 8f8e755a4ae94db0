"""What the tests of all rooms have in common."""

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import temporary_memory
from tests.bot.database import server
from tests.bot.database.server import PostgresServer

# Read once, when huggingface_hub is first imported: no test asks the model hub.
os.environ["HF_HUB_OFFLINE"] = "1"
# As the command line sets it: durations as python-telegram-bot will have them, without a warning.
os.environ["PTB_TIMEDELTA"] = "true"
# Read when numpy and torch are first imported, here and in what tests start: where several tests
# run at once, threads wait for each other in loops, for up to ten times the work.
os.environ["OMP_NUM_THREADS"] = "1"
# Read for each client of httpx: no test asks a server that one of the world's authorities vouches
# for, and to read the certificates of all of them takes 20 ms.
os.environ["SSL_CERT_FILE"] = str(
    Path(__file__).with_name("tests") / "corpus" / "tls" / "certificate.pem"
)

# Temporary folders are in memory where there is room: thousands of small databases and indexes
# written to a disk took a quarter more of the processor, and waited for it for as long again.
if temporary_memory.may_be_taken(os.environ):
    os.environ["TMPDIR"], tempfile.tempdir = str(temporary_memory.MEMORY), None

# What is tested is what comes out, on however busy a machine, and not how long it takes.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
# Of `make check`, by --hypothesis-profile.
settings.register_profile("quick", settings.get_profile("untimed"), max_examples=20)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A database server that runs; without one on this machine the test is left out."""
    programs = server.programs()
    if programs is None:
        pytest.skip(server.LEFT_OUT)
    yield from server.running(programs)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: begun last, one of them would be waited for alone."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_configure() -> None:
    """Of the 13 seconds that each process collects tests, looking for garbage took 2.8."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What has been collected, a million objects, stays to the end: going through it takes .6 s.

    Looking for garbage after every 700 new objects took 4 % of the tests' own time.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what could not be tried, for want of a browser, a database's server or nginx."""
    skipped = terminalreporter.stats.get("skipped", [])
    without_server = [
        report for report in skipped if "apt-get install postgresql" in str(report.longrepr)
    ]
    if without_server:
        terminalreporter.write_line(
            f"{len(without_server)} tests on PostgreSQL were left out, for there is no server here"
            " (on Debian: apt-get install postgresql)."
        )
    if any("apt-get install nginx" in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(
            "What is tried behind nginx was left out, for there is none here"
            " (on Debian: apt-get install nginx-light)."
        )
    left_out = [report for report in skipped if "test_browser.py" in report.nodeid]
    if left_out:
        terminalreporter.write_line(
            f"{len(left_out)} tests in a real browser were left out, for there is no chromium here"
            " (on Debian: apt-get install chromium)."
        )
