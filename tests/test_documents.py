"""The documents say what the program does: links, settings, commands and names of files."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from footnote.bot.settings import PREFIX, TOKEN, Settings
from footnote.bot.telegram.commands import COMMANDS
from footnote.bot.terminal.cli import app

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "bench").rglob("README.md"),
        *(ROOT / "index").rglob("README.md"),
        *(ROOT / "tools" / "telegram_server").glob("*.md"),
    ]
)
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?:\]\(|src=\")([^()\s\"]+)[)\"]")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text_of(*pages: Path) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = HEADING.findall(FENCE.sub("", text_of(page)))
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in words}


def setting_names() -> Iterator[tuple[str, str]]:
    """The name in the environment, and the name of the field."""
    for field in Settings.model_fields:
        yield (TOKEN if field == TOKEN.lower() else f"{PREFIX}{field.upper()}"), field


def settings_table() -> dict[str, str]:
    """The default of each setting, as docs/settings.md gives it."""
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| (.*?) ?\| .+ \|$",
        text_of(ROOT / "docs" / "settings.md"),
        re.MULTILINE,
    )
    return dict(rows)


def example_file() -> dict[str, str]:
    lines = re.findall(r"^([A-Z_]+)=(.*)$", text_of(ROOT / ".env.example"), re.MULTILINE)
    return dict(lines)


def plain_default(field: str) -> str | None:
    """The default of a setting in writing; None where it is a folder, a file or nothing."""
    default = Settings.model_fields[field].get_default(call_default_factory=True)
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, int | float):
        return f"{default:g}"
    return default if isinstance(default, str) and default else None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", text_of(page))):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    readme = text_of(ROOT / "README.md")
    assert len(readme.splitlines()) < 150
    for page in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name})" in readme


def test_every_setting_is_documented_with_its_default() -> None:
    table = settings_table()
    assert sorted(table) == sorted(name for name, _ in setting_names())
    for name, field in setting_names():
        if (default := plain_default(field)) is not None:
            assert table[name] == f"`{default}`", name


def test_the_example_file_has_every_setting_with_its_default() -> None:
    example = example_file()
    assert sorted(example) == sorted(name for name, _ in setting_names())
    for name, field in setting_names():
        assert example[name] in ("", plain_default(field)), name


def test_settings_named_in_documents_exist() -> None:
    named = set(re.findall(rf"\b{PREFIX}[A-Z][A-Z_]+", text_of(*PAGES, ROOT / "compose.yaml")))
    assert named <= {name for name, _ in setting_names()}


def test_every_command_of_the_terminal_is_documented() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    shown = re.findall(r"(?:^|[`/])footnote ([a-z]+(?:-[a-z]+)*)\b", text_of(*GUIDES), re.MULTILINE)
    assert set(shown) == commands


def test_every_command_of_telegram_is_documented() -> None:
    shown = set(re.findall(r"`/([a-z]+)\b", text_of(*GUIDES)))
    assert set(COMMANDS) <= shown


def test_files_named_in_documents_exist() -> None:
    """Paths of the source in code spans, such as `bot/state.py` and `index/writing/`."""
    missing = set()
    for page in PAGES:
        for code in CODE.findall(FENCE.sub("", text_of(page))):
            is_source = re.fullmatch(r"(?:bench|bot|corpus|index|tests|tools|docs)/[\w./-]*", code)
            if is_source and "NAME" not in code and not (ROOT / code).exists():
                missing.add(f"{name_of(page)}: {code}")
    assert not missing


def test_modules_named_in_documents_exist() -> None:
    for module in set(re.findall(r"python -m (bench[\w.]+)", text_of(*PAGES))):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file(), module


def test_every_table_is_in_the_architecture_and_every_term_once() -> None:
    page = text_of(ROOT / "docs" / "architecture.md")
    source = text_of(*(file for room in ("bot", "index") for file in (ROOT / room).rglob("*.py")))
    tables = set(re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)", source))
    section = page[page.index("## Tables") : page.index("## Glossary")]
    assert tables <= set(CODE.findall(section))
    terms = re.findall(r"^\| ([^|]+) \|", page[page.index("## Glossary") :], re.MULTILINE)[2:]
    assert len(terms) <= 40
    assert terms == sorted(set(terms))
