"""Words that other machines fetch: the same to the last bit, and never half of them."""

import errno
import io
import secrets
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import fsspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.index.errors import IndexOfAnother, IndexUnreadable, WordsAway, WordsUnusable
from footnote.index.keeping import published
from footnote.index.keeping.lexical import LexicalEntry, LexicalIndex
from footnote.index.keeping.published import PublishedFiles
from footnote.index.keeping.words_engines import SharedWords, WordsEngine, WordsInFolder
from tests.corpus.bucket import STILL

NAME = "articles/build-1"
WORDS = ["river", "flood", "snow", "bank", "ferry"]


@pytest.fixture(params=["folder", "store"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place to publish in, of each kind."""
    return str(tmp_path / "shared") if request.param == "folder" else new_store()


@pytest.fixture
def writer(address: str, tmp_path: Path) -> Iterator[LexicalIndex]:
    index = SharedWords(address).create(tmp_path / "writer", NAME)
    yield index
    index.close()


def new_store() -> str:
    return f"memory://{secrets.token_hex(8)}"


def replica(address: str, folder: Path) -> LexicalIndex:
    """What another machine has after it has fetched the newest words."""
    return SharedWords(address).open(folder, NAME)


def put(lexical: LexicalIndex, first: int, *texts: str) -> None:
    """Passages with the keys from `first` on."""
    lexical.add([LexicalEntry(key, text, "en") for key, text in enumerate(texts, first)])
    lexical.commit()


def scores(lexical: LexicalIndex) -> list[dict[int, float]]:
    return [lexical.search({word: 1.0, "river": 0.5}, "en", limit=50) for word in WORDS]


def parts(address: str, folder: str) -> list[str]:
    files, root = fsspec.url_to_fs(f"{address}/{NAME}/{folder}")
    return sorted(files.ls(root, detail=False))


def rewrite(address: str, path: str, data: bytes) -> None:
    files, _ = fsspec.url_to_fs(address)
    files.pipe_file(path, data)


@pytest.mark.parametrize("kind", ["folder", "shared folder", "shared store"])
def test_words_are_there_when_they_are_opened_again(kind: str, tmp_path: Path) -> None:
    engine: WordsEngine = WordsInFolder()
    if kind != "folder":
        shared = str(tmp_path / "shared") if kind == "shared folder" else new_store()
        engine = SharedWords(shared)
    lexical = engine.create(tmp_path / "words", NAME)
    put(lexical, 0, "river", "snow")
    lexical.add([LexicalEntry(9, "never committed", "en")])
    lexical.close()
    again = engine.open(tmp_path / "words", NAME)
    assert (list(again.search({"river": 1.0}, "en", limit=5)), again.count()) == ([0], 2)
    put(again, 2, "flood")
    assert again.count() == 3
    again.close()


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=4),
            st.sets(st.integers(0, 12)),
        ),
        max_size=5,
    )
)
def test_a_replica_has_the_writer_s_scores_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[str], set[int]]]
) -> None:
    folder, address, key = tmp_path_factory.mktemp("words"), new_store(), 0
    writer = SharedWords(address).create(folder / "writer", NAME)
    for texts, gone in steps:
        put(writer, key, *texts)
        key += len(texts)
        writer.remove(gone)
        writer.commit()
        copy = replica(address, folder / "replica")
        assert scores(copy) == scores(writer)
        assert [copy.idf(word, "en") for word in WORDS] == [writer.idf(w, "en") for w in WORDS]
        assert copy.count() == writer.count()
    writer.close()


def test_a_replica_searches_what_it_opened_until_it_is_opened_again(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river")
    before = replica(address, tmp_path / "replica")
    put(writer, 1, "river bank", "flood")
    writer.remove([0])
    writer.commit()
    assert list(before.search({"river": 1.0}, "en", limit=5)) == [0]
    assert list(replica(address, tmp_path / "replica").search({"river": 1.0}, "en", limit=5)) == [1]
    assert list(before.search({"river": 1.0}, "en", limit=5)) == [0]


def test_only_files_that_are_new_are_published(
    writer: LexicalIndex, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(writer, 0, "river")
    before = set(parts(address, "files"))
    sent, send = list[str](), PublishedFiles._put
    monkeypatch.setattr(PublishedFiles, "_put", lambda s, f: sent.append(f.name) or send(s, f))
    put(writer, 1, "flood")
    assert sorted(sent) == sorted(
        path.rpartition("/")[2] for path in set(parts(address, "files")) - before
    )


def test_who_writes_next_goes_on_from_what_was_published(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river", "flood")
    writer.close()
    other = replica(address, tmp_path / "another machine")
    other.remove([0])
    put(other, 2, "river bank")
    other.close()
    back = replica(address, tmp_path / "writer")  # which has files of its own of before
    assert list(back.search({"river": 1.0}, "en", limit=5)) == [2]
    put(back, 3, "snow")
    assert scores(replica(address, tmp_path / "replica")) == scores(back)
    back.close()


def test_what_was_not_published_when_its_process_ended_is_gone(
    writer: LexicalIndex, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(writer, 0, "river")
    with monkeypatch.context() as patched:
        patched.setattr(PublishedFiles, "publish", lambda *_: (_ for _ in ()).throw(WordsAway("")))
        writer.remove([0])
        with pytest.raises(WordsAway):
            put(writer, 1, "flood")
    again = replica(address, tmp_path / "writer")
    assert again.count() == 1
    put(again, 1, "snow")
    assert [list(found) for found in scores(replica(address, tmp_path / "replica"))] == [
        *[[0]] * 2, [1, 0], *[[0]] * 2,
    ]  # fmt: skip
    again.close()


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"\0" * len(data)])
def test_a_file_that_was_half_fetched_or_broken_here_is_fetched_again(
    writer: LexicalIndex, address: str, tmp_path: Path, damage: object
) -> None:
    assert callable(damage)
    put(writer, 0, "river", "flood")
    replica(address, tmp_path / "replica")
    for file in (tmp_path / "replica").rglob("*.*"):
        if not file.name.startswith("."):
            broken = file.with_suffix(".broken")  # for the file is mapped into this process
            broken.write_bytes(damage(file.read_bytes()))
            broken.replace(file)
    assert scores(replica(address, tmp_path / "replica")) == scores(writer)


def test_a_file_that_is_broken_where_it_is_published_is_not_opened(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river", "flood")
    files, _ = fsspec.url_to_fs(address)
    for path in parts(address, "files"):
        data = files.cat_file(path)
        rewrite(address, path, data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(WordsAway, match="not as it was published"):
            replica(address, tmp_path / "replica")
        rewrite(address, path, data)
        assert not list((tmp_path / "replica").rglob("*.part"))
    assert scores(replica(address, tmp_path / "replica")) == scores(writer)


def test_a_file_that_is_gone_where_it_is_published_is_published_again_by_who_has_it(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river", "flood")
    files, _ = fsspec.url_to_fs(address)
    files.rm_file(parts(address, "files")[0])
    with pytest.raises(WordsAway, match="lack files"):
        replica(address, tmp_path / "replica")
    put(writer, 2, "snow")
    assert scores(replica(address, tmp_path / "replica")) == scores(writer)


def test_a_list_that_is_not_whole_yet_is_passed_over(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river")
    before = scores(writer)
    put(writer, 1, "flood")
    newest, files = parts(address, "lists")[-1], fsspec.url_to_fs(address)[0]
    whole = files.cat_file(newest)
    for size in (0, 40, len(whole) - 1):
        rewrite(address, newest, whole[:size])
        assert scores(replica(address, tmp_path / f"replica {size}")) == before


def test_files_go_an_hour_after_no_list_names_them_any_more(tmp_path: Path) -> None:
    now = [1000.0]
    files, root = fsspec.url_to_fs(new_store())
    place = PublishedFiles(files, root, told="the store", now=lambda: now[0])
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    place.claim()
    first = place.publish(tmp_path, ["a"], "")
    now[0] += 5 * published.KEPT_SECONDS  # it was the newest all the time
    second = place.publish(tmp_path, ["b"], "")
    now[0] += published.KEPT_SECONDS - 1
    place.tidy()
    place.fetch(first, tmp_path / "late")
    now[0] += 1
    place.tidy()
    assert place.newest() == second
    with pytest.raises(FileNotFoundError):
        place.fetch(first, tmp_path / "too late")
    place.fetch(second, tmp_path / "late")
    assert [PublishedFiles(files, root, told="").newest(), files.ls(f"{root}/files")] == [
        second, [{"name": f"{root}/files/b", "size": 1, "type": "file",
                  "created": files.ls(f"{root}/files")[0]["created"]}],
    ]  # fmt: skip


def test_who_reads_leaves_alone_what_another_process_writes_beside(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river")
    writer.add([LexicalEntry(1, "flood", "en")])
    reader = replica(address, tmp_path / "writer")
    assert reader.count() == 1
    writer.commit()
    assert writer.count() == 2
    assert scores(replica(address, tmp_path / "writer")) == scores(writer)


def test_what_lies_below_a_drive_that_is_gone_is_not_taken_for_it(tmp_path: Path) -> None:
    drive, place = tmp_path / "drive", tmp_path / "place"
    with closing(SharedWords(str(place)).create(tmp_path / "writer", NAME)) as writer:
        put(writer, 0, "river")
        place.rename(drive)
        place.mkdir()
        with pytest.raises(WordsAway, match="is the drive mounted"):
            put(writer, 1, "flood")
        assert list(place.iterdir()) == []
        place.rmdir()
        drive.rename(place)
        put(writer, 2, "snow")
        assert scores(replica(str(place), tmp_path / "replica")) == scores(writer)
        assert writer.count() == 3


def test_words_that_were_published_before_their_place_was_claimed_are_gone_on_with(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river")
    files, root = fsspec.url_to_fs(address)
    files.rm_file(f"{root}/{NAME}/owner")
    put(writer, 1, "flood")
    assert files.exists(f"{root}/{NAME}/owner")
    assert replica(address, tmp_path / "replica").count() == 2


def test_words_of_another_database_are_neither_read_nor_written_nor_cleared_away(
    address: str, tmp_path: Path
) -> None:
    original = SharedWords(address).create(tmp_path / "original", NAME, owner="one")
    put(original, 0, "river")
    copy = SharedWords(address)
    with pytest.raises(IndexOfAnother, match=r"the words in .* are those of another database"):
        copy.open(tmp_path / "copy", NAME, owner="two")
    copy.clear_away(NAME, "two")
    put(original, 1, "flood")
    copy.take_over(NAME, "two")
    with pytest.raises(IndexOfAnother, match="--take-over"):
        put(original, 2, "snow")
    taken = copy.open(tmp_path / "copy", NAME, owner="two")
    assert taken.count() == 2
    put(taken, 3, "ferry")
    for lexical in (original, taken):
        lexical.close()


def test_where_nothing_is_published_there_is_no_index(address: str, tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable, match="no words have been published"):
        replica(address, tmp_path / "replica")


def test_words_of_before_they_were_shared_are_shared_and_taken_back(
    address: str, tmp_path: Path
) -> None:
    folder, alone, shared = tmp_path / "words", WordsInFolder(), SharedWords(address)
    first = alone.create(folder, NAME)
    put(first, 0, "river", "flood", "river bank")
    before = scores(first)
    first.close()
    second = shared.open(folder, NAME)
    assert scores(second) == scores(replica(address, tmp_path / "replica")) == before
    put(second, 3, "river snow")
    after = scores(second)
    second.close()
    third = alone.open(folder, NAME)
    alone.examine(folder)
    assert scores(third) == after
    put(third, 4, "ferry")
    assert third.count() == 5
    third.close()


def test_made_anew_nothing_is_left_of_before(
    writer: LexicalIndex, address: str, tmp_path: Path
) -> None:
    put(writer, 0, "river")
    writer.close()
    engine = SharedWords(address)
    engine.create(tmp_path / "writer", NAME).close()
    assert replica(address, tmp_path / "replica").count() == 0
    engine.clear_away(NAME)
    with pytest.raises(IndexUnreadable):
        replica(address, tmp_path / "replica")


@pytest.mark.parametrize("address", ["nosuch://name:s3cret@host/place", "/proc/none/place"])
def test_a_place_that_cannot_be_reached_is_told_without_a_password(
    address: str, tmp_path: Path
) -> None:
    engine = SharedWords(address)
    with pytest.raises((WordsAway, FileNotFoundError)) as refused:
        engine.create(tmp_path, NAME)
    assert "s3cret" not in f"{refused.value}{engine.told}"


def test_a_full_disk_here_is_not_taken_for_a_place_that_is_away(
    writer: LexicalIndex, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(writer, 0, "river")
    real = Path.open

    def full(path: Path, mode: str = "r") -> object:
        return FullDisk() if path.name.endswith(".part") else real(path, mode)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space left"):
        replica(address, tmp_path / "replica")


class FullDisk(io.BytesIO):
    def write(self, _block: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_driver_that_is_not_installed_is_named_and_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(WordsUnusable, match=r"bucket cannot .*\(Import.*gcsfs.*with pip"):
        SharedWords("gs://bucket").reach()


@pytest.mark.parametrize("secret", ["s3cret", "s3%2Fcret"])
def test_what_a_store_says_is_told_without_a_login(
    secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"memory://name:{secret}@host/{secrets.token_hex(8)}"
    engine = SharedWords(address)

    def refused(*_: object, **__: object) -> object:
        raise RuntimeError(f"403 for {address},\nname:{unquote(secret)} and {secret}")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "ls", refused)
    with pytest.raises(WordsAway, match="RuntimeError: 403 for memory://host/") as told:
        engine.reach()
    assert secret not in str(told.value)
    assert unquote(secret) not in str(told.value)


def test_a_store_that_stands_still_is_away_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footnote.corpus.shared_place._SECONDS", 0.05)
    with pytest.raises(WordsAway, match=r"gives no answer \(FSTimeoutError\)"):
        SharedWords(STILL).reach()
