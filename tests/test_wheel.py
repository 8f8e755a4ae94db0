"""The wheel, installed in an environment of its own: it has all it needs, and nothing clashes."""

import configparser
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

ROOT = Path(__file__).parents[1]
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "bot", "corpus", "index", "footnote")
QUESTION, ANSWERED = "When did Iran join the SCO?", "Iran became the ninth member of the SCO"


@pytest.fixture(scope="module", autouse=True)
def _another_checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests has Python import from one, where Footnote counts as installed."""
    other = tmp_path_factory.mktemp("another_checkout")
    (other / "footnote.py").write_text("raise SystemExit('the other checkout was imported')\n")
    (other / "footnote_answers.egg-info").mkdir()
    told = "Metadata-Version: 2.1\nName: footnote-answers\nVersion: 0.1.0\n"
    (other / "footnote_answers.egg-info" / "PKG-INFO").write_text(told)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", str(other))
        yield


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the checkout, without a network."""
    source, built = (tmp_path_factory.mktemp(name) for name in ("source", "built"))
    caches = shutil.ignore_patterns("__pycache__")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=caches)
        else:
            shutil.copy(ROOT / name, source)
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", str(built), str(source))
    [wheel] = built.iterdir()
    return wheel


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`footnote` in an environment with nothing else but the packages that this one has too."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "footnote"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return plain_environment() | {"XDG_DATA_HOME": str(tmp_path / "data")}


@pytest.fixture
def working_folder(tmp_path: Path) -> Path:
    """With files of the user's own that are called like parts of this program and of Python."""
    folder = tmp_path / "work"
    folder.mkdir()
    for name in ("bot", "corpus", "footnote", "index", "json"):
        (folder / f"{name}.py").write_text(f"raise SystemExit('{name}.py was imported')\n")
    return folder


def plain_environment() -> dict[str, str]:
    """Without what tells Footnote or Python where to find what, for the wheel is to be found."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FOOTNOTE_", "PYTHON")) and name != "TELEGRAM_BOT_TOKEN"
    }


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    subprocess.run(command, check=True, timeout=400, env=plain_environment())


def run(
    program: Path, *arguments: str, cwd: Path, env: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *arguments], cwd=cwd, env=env, capture_output=True, text=True, timeout=400
    )


def test_the_wheel_holds_one_package_and_its_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {
        "footnote",
        "footnote_answers",
    }
    for file in (
        "py.typed",
        "bot/env.example",
        "corpus/aliases.txt",
        "index/finding/coefficients.json",
        "index/models/weights/embedding/model.onnx",
        "index/models/weights/reader/model.onnx",
    ):
        assert f"footnote/{file}" in names
    assert sum(name.startswith("footnote/corpus/articles/") for name in names) == 12
    [entry_points] = [name for name in names if name.endswith("/entry_points.txt")]
    told = configparser.ConfigParser()
    told.read_string(zipfile.ZipFile(wheel).read(entry_points).decode())
    assert set(told["console_scripts"]) == {"footnote", "footnote-answers"}  # for uvx
    assert set(told["pipx.run"]) == {"footnote-answers"}
    modules = {file.relative_to(ROOT) for room in SOURCES for file in (ROOT / room).rglob("*.py")}
    for module in modules:
        inside = module if module.parts[0] == "footnote" else Path("footnote", module)
        assert inside.as_posix() in names


def test_installed_it_answers_in_an_empty_folder(
    program: Path, working_folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    before = sorted(working_folder.iterdir())
    asked = run(program, "ask", QUESTION, cwd=working_folder, env=environment)
    assert asked.returncode == 1
    assert "'footnote init'" in asked.stderr
    made = run(program, "init", "--sample", cwd=working_folder, env=environment)
    assert (made.returncode, made.stderr) == (0, "")
    assert f"The collection is {tmp_path / 'data' / 'footnote'}\n" in made.stdout
    answered = run(program, "ask", QUESTION, cwd=working_folder, env=environment)
    assert (answered.returncode, ANSWERED in answered.stdout) == (0, True)
    assert sorted(working_folder.iterdir()) == before


def test_a_collection_in_a_folder_is_found_there(
    program: Path, working_folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    made = run(program, "init", "press", cwd=working_folder, env=environment)
    assert f"\n  cd {working_folder / 'press'}\n" in made.stdout
    (tmp_path / "tea.txt").write_text("Tea\n\nTea is made from the leaves of an evergreen shrub.\n")
    press = working_folder / "press"
    added = run(program, "add", str(tmp_path / "tea.txt"), cwd=press, env=environment)
    assert added.stdout.startswith("Added: Tea (tea)")
    assert (press / "articles" / "tea.md").is_file()
    assert not (tmp_path / "data").exists()


def test_what_programs_import_is_footnote(
    program: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    code = "from footnote import CitedQueryEngine as E; print(E.__module__)"
    python = program.with_name("python")
    ended = subprocess.run(
        [python, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert ended.stdout == "footnote.index.llamaindex\n"
