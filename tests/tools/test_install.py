"""What is said while pip works, from what pip writes."""

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "install.py"
_spec = importlib.util.spec_from_file_location("install", SCRIPT)
assert _spec
assert _spec.loader
install = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(install)


def said(lines: str, *, installed: int = 0) -> str:
    counts = [0]
    condensed = install.Condensed(lambda: counts[0])
    for line in lines.splitlines(keepends=True):
        condensed.take(line)
    counts[0] = installed
    return str(condensed)


FOUND = """\
Obtaining file:///app
Collecting torch==2.13.0 (from -c constraints.txt (line 160))
  Downloading torch-2.13.0-cp311-cp311-linux_x86_64.whl.metadata (31 kB)
Collecting typing_extensions>=4 (from torch)
"""
FIRST = "  Downloading https://example.org/torch-2.13.0-cp311-cp311-linux_x86_64.whl (191.2 MB)\n"
SECOND = "  Using cached typing_extensions-4.15.0-py3-none-any.whl (44 kB)\n"
LAST = "Installing collected packages: typing_extensions, torch, footnote\n"


def test_it_is_said_which_package_of_how_many_and_how_many_megabytes() -> None:
    assert said("") == "Looking up packages: 0 so far"
    assert said(FOUND) == "Looking up packages: 2 so far"
    torch = "Downloading: torch (191.2 MB), 1 of 2 packages, 191 MB so far"
    assert said(FOUND + FIRST) == said(FOUND + FIRST + FIRST) == torch
    assert said(FOUND + FIRST + SECOND).startswith("Downloading: typing_extensions (0.0 MB), 2 of")
    assert said(FOUND + FIRST + LAST, installed=1) == "Installing: 1 of 3 packages"
    assert said(LAST, installed=9) == "Installing: 3 of 3 packages"


@pytest.mark.parametrize(
    "line", ["Downloading ", "Using cached", "Collecting x", "Downloading (1)"]
)
def test_odd_lines_do_no_harm(line: str) -> None:
    assert said(line)


@pytest.mark.parametrize("status", [0, 3])
def test_it_is_said_every_few_seconds_and_pips_own_words_where_it_fails(
    tmp_path: Path,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(install, "EVERY_SECONDS", 0.05)
    pip = tmp_path / "pip.py"
    pip.write_text(
        f"import sys, time\nprint({FOUND!r}, flush=True)\ntime.sleep(1)\nsys.exit({status})\n"
    )
    assert install.run([sys.executable, str(pip)], install.Condensed(lambda: 0)) == status
    told = capfd.readouterr().err
    assert "Looking up packages: 2 so far\n" in told
    assert ("Obtaining file:///app" in told) == bool(status)
