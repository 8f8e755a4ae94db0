"""The files of articles, in a folder and in object stores: the same contract for all."""

import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from fsspec.registry import known_implementations

from footnote.corpus.article import Draft
from footnote.corpus.article_files import ArticleFiles, Stamp
from footnote.corpus.errors import (
    ArticleNotFound,
    ArticlesAway,
    FolderUnusable,
    FrontMatterFault,
)
from footnote.corpus.files_in_folder import FilesInFolder
from footnote.corpus.files_in_store import FilesInStore
from footnote.corpus.store import ArticleStore
from tests.corpus.bucket import SECRET, STILL, Bucket, address_of, away, closed

ODD_NAMES = [
    "a*b", "what?", "[x]", "{a,b}", "é", "e\u0301", "50%25", "a b", "a+b&c=d#e", "s3:⁄⁄x",
    "deep/er/still", "ⅷ", "a\\b", "tab\there", "x.md", "über alles", "'quoted'", "…", "CON",
]  # fmt: skip
DRAFT = Draft(title="The talks", text="They met in Urumqi.")


@pytest.fixture(params=["folder", "bucket", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> ArticleFiles:
    """A test that takes it is run on each kind."""
    match request.param:
        case "folder":
            (tmp_path / "articles").mkdir()
            return FilesInFolder(tmp_path / "articles")
        case "bucket":
            return FilesInStore(address_of(tmp_path / "store"))
    return FilesInStore(f"memory://{secrets.token_hex(8)}/articles")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the store has, as only a test sees it."""
    (tmp_path / "store").mkdir()
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> FilesInStore:
    return FilesInStore(address_of(folder))


def read(files: ArticleFiles) -> dict[str, bytes]:
    return {article: get() for article, get in files.contents(files.look()[0])}


def test_what_is_written_is_found_read_and_removed(files: ArticleFiles) -> None:
    assert files.look() == ({}, {})
    files.write("b", b"two", new=True)
    files.write("of/a", b"one", new=True)
    assert list(files.look()[0]) == ["b", "of/a"]
    assert read(files) == {"b": b"two", "of/a": b"one"}
    assert (files.content("b"), files.is_there("b"), files.is_taken("of/a")) == (b"two", True, True)
    files.remove("b")
    assert list(files.look()[0]) == ["of/a"]
    assert (files.is_there("b"), files.is_taken("b"), files.modified("b")) == (False, False, None)
    with pytest.raises(ArticleNotFound, match="there is no article 'b'"):
        files.content("b")
    with pytest.raises(ArticleNotFound):
        files.remove("b")


def test_what_is_new_replaces_nothing(files: ArticleFiles) -> None:
    files.write("a", b"one", new=True)
    with pytest.raises(FileExistsError):
        files.write("a", b"two", new=True)
    assert files.content("a") == b"one"
    files.write("a", b"two", new=False)
    assert files.content("a") == b"two"


def test_another_content_has_another_stamp(files: ArticleFiles) -> None:
    files.write("a", b"one", new=True)
    before = files.look()[0]["a"]
    files.write("a", b"other", new=False)
    assert files.look()[0]["a"] != before
    assert before.size == 3


def test_only_those_asked_for_are_looked_at(files: ArticleFiles) -> None:
    for name in ("a", "b", "c"):
        files.write(name, name.encode(), new=True)
    assert list(files.look(["c", "a", "gone", "../a", ".x", ""])[0]) == ["a", "c"]
    many = [*"ab", *(f"gone-{number}" for number in range(30))]
    assert list(files.look(many)[0]) == ["a", "b"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_with_odd_characters_are_names(files: ArticleFiles, name: str) -> None:
    files.write("other", b"untouched", new=True)
    files.write(name, b"odd", new=True)
    assert read(files) == {name: b"odd", "other": b"untouched"}
    assert list(files.look([name])[0]) == [name]
    assert files.content(name) == b"odd"
    files.remove(name)
    assert read(files) == {"other": b"untouched"}


@pytest.mark.parametrize("name", ["", "..", "../up", "a/../b", "/a", "a//b", "a/", ".a", "n\0"])
def test_an_id_leads_nowhere_but_down(files: ArticleFiles, name: str) -> None:
    for act in (files.content, files.remove, files.is_taken, files.told):
        with pytest.raises(ArticleNotFound, match="is not the name of an article"):
            act(name)
    with pytest.raises(ArticleNotFound):
        files.write(name, b"", new=False)
    assert files.is_there(name) is False if isinstance(files, FilesInStore) else True


def test_what_is_too_large_is_named_and_not_fetched(
    files: ArticleFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("article_files", "files_in_folder", "files_in_store"):
        monkeypatch.setattr(f"footnote.corpus.{module}.MAX_BYTES", 100)
    files.write("huge", b"x" * 101, new=True)
    files.write("small", b"y" * 100, new=True)
    Bucket.requests.clear()
    found = dict(files.contents(files.look()[0]))
    assert found["small"]() == b"y" * 100
    with pytest.raises(FrontMatterFault, match="the most that is read is 100"):
        found["huge"]()
    with pytest.raises(FrontMatterFault):
        files.content("huge")
    assert Bucket.requests["get"] <= 1


def test_the_articles_of_a_store_are_like_those_of_a_folder(files: ArticleFiles) -> None:
    store = ArticleStore(files)
    first, second = store.add(DRAFT), store.add(DRAFT)
    assert (first.new, second.new, second.article.id) == (True, False, "the-talks")
    other = store.add(Draft(title="The talks", text="They met again."))
    assert other.article.id == "the-talks-2"
    assert store.find("The talks", lambda: {"the-talks": "The talks"}) == "the-talks"
    assert store.read("the-talks").text == "They met in Urumqi."
    assert str(store.place) in files.told("the-talks")


def test_a_file_of_the_store_that_is_no_article_is_passed_over(
    store: FilesInStore, folder: Path
) -> None:
    for name in (".hidden.md", "of/.git/a.md", "notes.txt", "a.MD", "md", ".md", "of/a.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")
    (folder.parent / "store-of-others").mkdir()
    (folder.parent / "store-of-others" / "b.md").write_text("theirs")
    assert list(store.look()[0]) == ["of/a"]


def test_nothing_is_fetched_that_is_not_asked_for_and_much_at_once(
    store: FilesInStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        (folder / f"{number:02}.md").write_text(str(number))
    Bucket.requests.clear()
    stamps = store.look()[0]
    assert Bucket.requests == {"list": 1}
    wanted = {article: stamps[article] for article in list(stamps)[:67]}
    coming = store.contents(wanted)
    first, get = next(coming)
    assert (first, get(), Bucket.requests["get"]) == ("00", b"0", 64)
    assert [article for article, _ in coming] == list(wanted)[1:]
    assert Bucket.requests == {"list": 1, "get": 67}


def test_a_store_that_is_away_says_so_in_a_line_without_its_login(
    folder: Path,
) -> None:
    (folder / "a.md").write_text("text")
    files = FilesInStore(address_of(folder, login=f"ada:{SECRET}@"))
    assert list(files.look()[0]) == ["a"]
    assert SECRET not in f"{files.place} {files.told('a')}"
    with away(folder):
        for act in (
            files.look, lambda: files.look(["a"]), lambda: files.content("a"),
            lambda: files.remove("a"), lambda: files.write("b", b"", new=True), files.try_out,
        ):  # fmt: skip
            with pytest.raises(ArticlesAway, match="gives no answer") as told:
                act()
            assert SECRET not in str(told.value)
            assert "\n" not in str(told.value)
        assert files.is_there("a")
        assert not files.is_there("../a")
        assert files.modified("a") is None
    assert list(files.look()[0]) == ["a"]
    assert not files.is_there("b")


def test_one_that_refuses_is_not_away(store: FilesInStore, folder: Path) -> None:
    (folder / "a.md").write_text("text")
    with closed(folder):
        for act in (store.look, lambda: store.content("a"), store.try_out):
            with pytest.raises(FolderUnusable, match="Access Denied") as told:
                act()
            assert not isinstance(told.value, ArticlesAway)
    store.try_out()
    assert [file.name for file in folder.iterdir()] == ["a.md"]


def test_what_cannot_be_read_alone_stops_no_other(store: FilesInStore, folder: Path) -> None:
    for name in ("a", "b", "c"):
        (folder / f"{name}.md").write_text(name)
    stamps = store.look()[0]
    (folder / "b.md").unlink()
    found = dict(store.contents(stamps))
    assert (found["a"](), found["c"]()) == (b"a", b"c")
    with pytest.raises(ArticleNotFound):
        found["b"]()


def test_a_store_that_goes_while_much_is_read_ends_the_reading(
    store: FilesInStore, folder: Path
) -> None:
    for number in range(100):
        (folder / f"{number:02}.md").write_text(str(number))
    coming = store.contents(store.look()[0])
    for _ in range(64):
        next(coming)[1]()
    with away(folder), pytest.raises(ArticlesAway):
        next(coming)


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        known_implementations,
        "seabed",
        {"class": "no_such_package.Files", "err": "install seabedfs"},
    )
    files = FilesInStore("seabed://bucket/articles")
    with pytest.raises(FolderUnusable, match="install seabedfs") as told:
        files.look()
    assert not isinstance(told.value, ArticlesAway)


class Tree(LocalFileSystem):  # type: ignore[misc]  # fsspec has no types
    """One that goes through its folders one by one, as those over SFTP and SMB do."""

    protocol = "tree"

    def ls(self, path: str, detail: bool = False, **options: object) -> object:
        if path.endswith("closed"):
            raise OSError("the connection was reset")
        return super().ls(path, detail=detail, **options)


def test_a_part_that_cannot_be_listed_is_not_taken_for_gone(folder: Path) -> None:
    fsspec.register_implementation("tree", Tree, clobber=True)
    (folder / "of").mkdir()
    (folder / "a.md").write_text("one")
    (folder / "of" / "b.md").write_text("two")
    files = FilesInStore(f"tree:/{folder}")
    files._opened = Tree(), str(folder)
    assert list(files.look()[0]) == ["a", "of/b"]
    assert files.content("of/b") == b"two"
    (folder / "closed").mkdir()
    with pytest.raises(ArticlesAway, match="the connection was reset"):
        files.look()


class Timed(Bucket):
    """Knows versions by their times alone."""

    protocol = "timed"

    def find(self, path: str, detail: bool = False, **options: object) -> object:
        found = super().find(path, detail=True)
        return {name: {**entry, "ETag": None} for name, entry in found.items()}


def test_without_marks_of_versions_a_store_goes_by_times(folder: Path) -> None:
    fsspec.register_implementation("timed", Timed, clobber=True)
    (folder / "a.md").write_text("one")
    files = FilesInStore(f"timed:/{folder}")
    [stamp] = files.look()[0].values()
    assert abs(stamp.modified_ns - time.time_ns()) < 60e9
    assert not stamp.is_reliable()
    assert Stamp(stamp.modified_ns - 3_000_000_000, 3).is_reliable()
    assert files.modified("a") == pytest.approx((folder / "a.md").stat().st_mtime, abs=1)


def test_a_mark_of_a_version_is_relied_on_at_once(store: FilesInStore, folder: Path) -> None:
    (folder / "a.md").write_text("one")
    [stamp] = store.look()[0].values()
    assert stamp.is_reliable()
    (folder / "a.md").write_text("two")
    [other] = store.look()[0].values()
    (folder / "a.md").write_text("one")
    assert [stamp] == list(store.look()[0].values()) != [other]


def test_of_two_who_add_at_once_each_has_a_file(store: FilesInStore) -> None:
    texts = [f"Text {number}." for number in range(12)]

    def add(text: str) -> None:
        ArticleStore(FilesInStore(str(store.place))).add(Draft(title="Same", text=text))

    threads = [Thread(target=add, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = ArticleStore(store)
    assert len({kept.read(article).text for article in kept.stamps()}) <= len(texts)


def test_dates_of_stores_are_understood() -> None:
    from footnote.corpus.files_in_store import _stamp

    at = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
    for entry in (
        {"LastModified": at},
        {"mtime": at.timestamp()},
        {"modified": at.replace(tzinfo=None)},
    ):
        assert _stamp(entry).modified_ns == int(at.timestamp() * 1e9)
    assert _stamp({"etag": "x", "mtime": 1.0}).modified_ns < 0


def test_a_store_that_stands_still_is_away_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footnote.corpus.shared_place._SECONDS", 0.05)
    monkeypatch.setattr("footnote.corpus.shared_place._SECONDS_OF_MANY", {})
    files = FilesInStore(STILL)
    for act in (
        files.look,
        lambda: files.content("a"),
        lambda: files.write("a", b"", new=False),
    ):
        with pytest.raises(ArticlesAway, match=r"gives no answer \(FSTimeoutError\)"):
            act()
