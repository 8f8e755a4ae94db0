"""Collections: which one is meant, and how one is made."""

from pathlib import Path

import pytest

from footnote.bot import collection
from footnote.bot.collection import Collection, create_collection, find_collection, sample_articles
from footnote.bot.errors import BotError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "footnote"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that has nothing to do with Footnote."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program does not run from a checkout."""
    monkeypatch.setattr(collection, "package_root", lambda: tmp_path / "site-packages")


def content(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_a_checkout_has_its_own_wherever_one_stands(elsewhere: Path) -> None:
    found = find_collection()
    assert (found.folder, found.articles) == (ROOT, ROOT / "corpus" / "articles")
    assert (found.home, found.settings_file) == (ROOT / ".footnote", ROOT / ".env")


def test_installed_it_is_in_the_data_folder_of_the_user(
    installed: None, elsewhere: Path, data: Path
) -> None:
    found = find_collection()
    assert (found.folder, found.articles, found.home) == (
        data,
        data / "articles",
        data / ".footnote",
    )
    assert not data.exists()


def test_the_nearest_above_the_working_folder_comes_first(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_collection(elsewhere)
    assert find_collection().folder == elsewhere
    inner = elsewhere / "articles" / "2026"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert find_collection().folder == elsewhere
    create_collection(inner)
    assert find_collection().folder == inner


def test_a_folder_of_another_kind_is_no_collection(
    installed: None, elsewhere: Path, data: Path
) -> None:
    (elsewhere / ".env").write_text("FOOTNOTE_OPEN=true\n")
    (elsewhere / "articles").mkdir()
    assert find_collection().folder == data
    (elsewhere / ".footnote").write_text("a file")
    assert find_collection().folder == data


def test_a_folder_of_somebody_else_is_not_taken(
    installed: None, elsewhere: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its settings would say where questions are sent."""
    create_collection(elsewhere)
    monkeypatch.setattr("os.geteuid", lambda: elsewhere.stat().st_uid + 1)
    assert find_collection().folder == data


def test_a_working_folder_that_was_removed_is_none(
    installed: None, elsewhere: Path, data: Path
) -> None:
    elsewhere.rmdir()
    assert find_collection().folder == data


def test_a_new_one_has_folders_and_a_template_that_its_owner_alone_reads(tmp_path: Path) -> None:
    created = create_collection(tmp_path / "press")
    assert list(content(tmp_path / "press")) == [".env"]
    assert (created.new, created.sample) == ((".env",), 0)
    template = (tmp_path / "press" / ".env").read_text()
    assert template == (ROOT / ".env.example").read_text()
    assert (tmp_path / "press" / ".env").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "press" / ".footnote").stat().st_mode & 0o777 == 0o700


def test_the_sample_is_that_of_the_checkout(tmp_path: Path) -> None:
    created = create_collection(tmp_path, sample=True)
    assert created.sample == len(sample_articles()) == 12
    made = content(tmp_path)
    assert made["aliases.txt"] == (ROOT / "corpus" / "aliases.txt").read_bytes()
    for file in (ROOT / "corpus" / "articles").glob("*.md"):
        assert made[f"articles/{file.name}"] == file.read_bytes()


def test_nothing_that_is_there_is_changed(tmp_path: Path) -> None:
    create_collection(tmp_path, sample=True)
    [first, *_] = sorted((tmp_path / "articles").iterdir())
    for file in (first, tmp_path / ".env", tmp_path / "aliases.txt"):
        file.write_text("mine")
    before = content(tmp_path)
    created = create_collection(tmp_path, sample=True)
    assert content(tmp_path) == before
    assert (created.new, created.sample) == ((), 0)


def test_a_file_is_no_place_for_one(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("a file")
    with pytest.raises(BotError, match="notes is a file, and has to be a folder"):
        create_collection(tmp_path / "notes")
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "articles").write_text("a file")
    with pytest.raises(BotError, match="articles is a file, and has to be a folder"):
        create_collection(tmp_path / "press")


@pytest.mark.parametrize("folder", [None, ROOT])
@pytest.mark.parametrize("working", [ROOT, ROOT / "docs"])
def test_in_a_checkout_another_one_has_to_be_named(
    folder: Path | None, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(working)
    with pytest.raises(BotError, match=r"checkout .* has a collection of its own: name a folder"):
        create_collection(folder)


@pytest.mark.parametrize("folder", [None, ROOT])
def test_elsewhere_it_says_that_none_was_made_and_whose_is_used(
    folder: Path | None, elsewhere: Path, data: Path
) -> None:
    told = r"No collection was made: .* checkout .* uses here, too\. 'footnote init \.' makes one"
    with pytest.raises(BotError, match=told):
        create_collection(folder)
    assert content(elsewhere) == {}
    assert not data.exists()
    create_collection(Path())
    assert find_collection().folder == elsewhere


def test_one_stands_in_a_collection_and_below_but_not_above_it(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create_collection(Path("press")).collection
    assert not made.holds_working_folder()
    monkeypatch.chdir(made.articles)
    assert made.holds_working_folder()
    (elsewhere / "link").symlink_to(made.folder)
    assert find_collection().folder == made.folder
    linked = Collection(elsewhere / "link", elsewhere / "link" / "articles", "linked")
    assert linked.holds_working_folder()
