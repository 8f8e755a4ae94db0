"""Articles in an object store: the same as in a folder, whatever becomes of the store meanwhile."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore

import pytest

from footnote.bot.articles.library import Library
from footnote.bot.articles.undo import NothingToUndo
from footnote.bot.composition import Footnote, compose
from footnote.bot.settings import Settings, read_settings
from footnote.bot.terminal.commands import startup
from footnote.corpus.article import Draft
from footnote.corpus.errors import ArticlesAway, FolderUnusable
from footnote.corpus.readers import Reading
from footnote.index.keeping.build_folders import folder_key
from footnote.index.question import Question
from footnote.index.results import Answer
from tests.bot.commands import ASKED, FERRY, Command, names
from tests.bot.indexed import ARTICLES
from tests.corpus.bucket import SECRET, Bucket, address_of, away, closed, mute
from tests.fakes import WordsModel
from tests.index.home import assert_level

READING = Reading(Draft(title="Ferry", text=FERRY.strip()))


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    """What the store has."""
    return Path(shutil.copytree(ARTICLES, tmp_path / "bucket"))


@pytest.fixture
def stored(bucket: Path, home: Path) -> Iterator[Footnote]:
    """Composed and level with the store."""
    footnote = opened(bucket, home)
    footnote.library.sync()
    yield footnote
    footnote.close()


@pytest.fixture
def library(stored: Footnote) -> Library:
    return stored.library


def opened(bucket: Path, home: Path) -> Footnote:
    settings = Settings(_env_file=None, articles=address_of(bucket), home=home, reranker="none")
    return compose(settings, purpose="a test", model=WordsModel())


def test_changes_are_made_in_the_store_and_taken_back_there(
    stored: Footnote, library: Library, bucket: Path
) -> None:
    before = {file.name: file.read_bytes() for file in bucket.iterdir()}
    added = library.add(READING, who="Ada")
    assert names(bucket) == ["ferry", "honeybees", "lighthouse", "tea"]
    assert library.add(READING).how == "already here"
    library.sync(among=["ferry"])
    assert isinstance(stored.answerer.answer(Question(ASKED)), Answer)
    library.rename("tea", "Of tea")
    later = Reading(Draft(title="Ferry", text="The ferry rests."))
    assert library.replace("ferry", later).how == "new revision"
    library.remove("honeybees")
    report = library.sync()
    assert (report.changed, report.removed) == (("ferry", "tea"), ("honeybees",))
    assert_level(stored.passage_index.build(), stored.store)
    for _ in range(4):
        library.undo()
    assert {file.name: file.read_bytes() for file in bucket.iterdir()} == before
    library.sync()
    assert_level(stored.passage_index.build(), stored.store)
    assert added.number is not None


def test_only_what_has_changed_is_fetched(library: Library, bucket: Path) -> None:
    (bucket / "tea.md").write_text("Tea is a drink.\n")
    (bucket / "of" / "boats").mkdir(parents=True)
    (bucket / "of" / "boats" / "ferry.md").write_text(FERRY)
    (bucket / "honeybees.md").unlink()
    Bucket.requests.clear()
    report = library.sync()
    assert report.added == ("of/boats/ferry",)
    assert (report.changed, report.removed) == (("tea",), ("honeybees",))
    assert Bucket.requests["get"] == 2
    Bucket.requests.clear()
    assert library.sync().did_nothing
    assert Bucket.requests == {"list": 1}


def test_while_the_store_is_away_nothing_is_lost_and_it_goes_on_by_itself(
    stored: Footnote, library: Library, bucket: Path
) -> None:
    with away(bucket):
        for act in (
            library.sync,
            lambda: library.add(READING),
            lambda: library.remove("tea"),
            lambda: library.rename("tea", "Of tea"),
        ):
            with pytest.raises(ArticlesAway, match="gives no answer"):
                act()
        assert stored.passage_index.build().catalogue.counts()[0] == 3
    assert library.changes.recent() == []
    assert library.sync().did_nothing
    assert library.add(READING).how == "added"
    assert library.sync().added == ("ferry",)


def test_what_is_not_indexed_yet_is_known_again_after_the_store_was_away(
    bucket: Path, home: Path
) -> None:
    (bucket / "ferry.md").write_text(FERRY)
    footnote = opened(bucket, home)
    with away(bucket), pytest.raises(ArticlesAway):
        footnote.library.known(READING)
    again = footnote.library.add(Reading(Draft(title="Another title", text=FERRY.strip())))
    assert (again.how, again.article.id) == ("already here", "ferry")
    footnote.close()


def test_what_was_done_though_the_answer_was_lost_can_be_taken_back(
    library: Library, bucket: Path
) -> None:
    tea, later = (bucket / "tea.md").read_bytes(), Reading(Draft(title="Tea", text="Tea is hot."))
    with mute(bucket):
        for act in (
            lambda: library.replace("tea", later),
            lambda: library.rename("honeybees", "Of bees"),
            lambda: library.remove("lighthouse"),
            lambda: library.add(READING),
        ):
            with pytest.raises(ArticlesAway):
                act()
    assert names(bucket) == ["ferry", "honeybees", "tea"]
    assert library.add(READING).article.id == "ferry"
    with mute(bucket), pytest.raises(ArticlesAway):
        library.undo()
    assert names(bucket) == ["honeybees", "tea"]
    assert [library.undo().change.what for _ in range(3)] == ["removed", "renamed", "replaced"]
    assert (bucket / "tea.md").read_bytes() == tea
    with away(bucket), pytest.raises(ArticlesAway):
        library.remove("tea")
    with pytest.raises(NothingToUndo):
        library.undo()


def test_a_store_that_has_nothing_any_more_is_doubted_unless_that_was_wished(
    library: Library, bucket: Path
) -> None:
    kept = {file: file.read_bytes() for file in bucket.iterdir()}
    for file in kept:
        file.unlink()
    with pytest.raises(FolderUnusable, match="though 3 are indexed: is that the place"):
        library.sync()
    for file, content in kept.items():
        file.write_bytes(content)
    assert library.sync().did_nothing
    for article in names(bucket):
        library.remove(article)
    assert len(library.sync().removed) == 3
    for file, content in kept.items():
        file.write_bytes(content)
    library.sync()
    for file in kept:
        file.unlink()
    assert library.sync(rebuild=True).unchanged == 0


def test_an_index_belongs_to_the_address_wherever_the_home_is(tmp_path: Path) -> None:
    assert folder_key(tmp_path / "a", "s3://b/x") == folder_key(tmp_path / "c" / "d", "s3://b/x")
    assert folder_key(tmp_path, "s3://b/x") != folder_key(tmp_path, "s3://b/y")


@pytest.fixture
def on_store(command: Command, bucket: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Commands on the articles of the store; its address has a login."""
    address = address_of(bucket, login=f"ada:{SECRET}@")
    monkeypatch.setenv("FOOTNOTE_ARTICLES", address)
    return command


def test_commands_work_on_a_store(on_store: Command, bucket: Path, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY * 3)
    added = on_store("add", str(tmp_path / "ferry.txt"))
    assert (added.code, names(bucket)) == (0, ["ferry", "honeybees", "lighthouse", "tea"])
    asked = on_store("ask", ASKED)
    assert asked.code == 0
    assert f"bucket:/{bucket}/ferry.md" in asked.out.replace("\n", "")
    assert f"bucket:/{bucket}/tea.md" in on_store("show", "tea").out.replace("\n", "")
    assert on_store("remove", "--yes", "ferry").code == 0
    assert on_store("undo", "--yes").code == 0
    assert names(bucket) == ["ferry", "honeybees", "lighthouse", "tea"]


def test_what_is_indexed_is_answered_from_while_the_store_is_away(
    on_store: Command, bucket: Path, home: Path, tmp_path: Path
) -> None:
    (bucket / "ferry.md").write_text(FERRY)
    with away(bucket):
        none_yet = on_store("ask", ASKED)
        assert (none_yet.code, none_yet.err.count("gives no answer")) == (1, 1)
    assert on_store("sync").code == 0
    (tmp_path / "canal.txt").write_text("The canal was dug by hand. " * 9)
    with away(bucket):
        asked = on_store("ask", ASKED)
        assert "except in storms" in asked.out
        assert "Until it does, answers come from what was read before." in asked.err
        for refused in (on_store("add", str(tmp_path / "canal.txt")), on_store("sync")):
            assert refused.code == 1
            assert "gives no answer" in refused.err
            assert "Traceback" not in refused.err
    for written in (asked.err, refused.err, (home / "footnote.log").read_text()):
        assert SECRET not in written


def test_a_start_without_an_index_waits_for_the_store(
    bucket: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(startup, "_LOOK_AGAIN_SECONDS", 0.02)
    footnote, tries = opened(bucket, home), Semaphore(0)

    def start() -> bool:
        tries.release()
        return startup.sync_index(footnote, needed=True)

    with ThreadPoolExecutor(1) as threads:
        with away(bucket):
            starting = threads.submit(startup.once_index_answers, start)
            assert tries.acquire(timeout=60)
            assert tries.acquire(timeout=60)
        assert starting.result(60)
    assert footnote.passage_index.build().catalogue.counts()[0] == 3
    assert capsys.readouterr().err.count("Waiting until it does") == 1
    footnote.close()


def test_the_doctor_tries_whether_the_store_can_be_read_and_written(
    on_store: Command, bucket: Path
) -> None:
    on_store("sync")

    def told() -> str:
        out = on_store("doctor").out
        assert SECRET not in out
        return next(line for line in out.splitlines() if "articles:" in line)

    assert told() == f"✓ articles: 3 in bucket:/{bucket}"
    with away(bucket):
        assert "gives no answer (ConnectionError" in told()
        assert "look at FOOTNOTE_ARTICLES" in told()
    with closed(bucket):
        assert "✗" in told()
        assert "Access Denied" in told()
    (bucket / "odd.md").write_text("---\ndate: yesterday\n---\n\nText.\n")
    assert "mend these" in told()
    assert sorted(file.name for file in bucket.iterdir() if file.name.startswith(".")) == []


def test_an_address_is_kept_as_it_is_and_that_of_a_folder_is_a_folder(tmp_path: Path) -> None:
    assert read_settings(articles="s3://bucket/a/").articles == "s3://bucket/a"
    assert read_settings(articles=f"file://{tmp_path}").articles == tmp_path
    settings = read_settings(articles=f"sftp://ada:{SECRET}@host/a")
    assert SECRET in settings.secrets
