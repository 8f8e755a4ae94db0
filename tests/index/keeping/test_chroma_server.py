"""An index with its vectors on a Chroma server: made, moved, lost, and while that is away."""

import logging
import shutil
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from footnote.index.answering import Answerer
from footnote.index.errors import IndexUnreadable, IndexUnwritable, VectorsAway
from footnote.index.keeping.build_files import FolderFiles
from footnote.index.keeping.chroma_server import ChromaServer
from footnote.index.keeping.engines import EmbeddedChroma
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.remote_record import RemoteRecord
from footnote.index.question import Question
from footnote.index.results import Answer
from tests.index.chroma_run import ChromaRun, chroma_run
from tests.index.home import Home, assert_level

TEXTS = {
    "pier": "The lantern of the northern pier was lit by Agnes Moor in 1874.",
    "bees": "The waggle dance of honeybees was decoded by Karl von Frisch.",
    "mill": "The wind mill of Sandholm was built by Jens Holt out of oak.",
}
QUESTION = "Who decoded the waggle dance of honeybees?"


class ServedHome(Home):
    """With its vectors in a database of its own on a server."""

    def __init__(self, place: Path, server: ChromaRun, *, collections: int = 1) -> None:
        self.server, self.database, self.collections = server, server.database(), collections
        super().__init__(place, engine=self._engine)
        for name, text in TEXTS.items():
            self.write(name, text, title=name)

    def _engine(self) -> ChromaServer:
        return self.server.engine(self.database, collections=self.collections)

    @property
    def there(self) -> dict[str, int]:
        """The collections on the server, with the number of their vectors."""
        return self.server.collections(self.database)

    @property
    def record(self) -> RemoteRecord:
        record = RemoteRecord.find(FolderFiles(self.current / "vectors"))
        assert record
        return record


@pytest.fixture
def home(tmp_path: Path, chroma_server: ChromaRun) -> ServedHome:
    return ServedHome(tmp_path, chroma_server)


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaRun]:
    """One that a test may stop, if it starts it again."""
    with chroma_run(tmp_path_factory.mktemp("own")) as server:
        yield server


def answered(passage_index: PassageIndex) -> str:
    result = Answerer(passage_index).answer(Question(QUESTION))
    assert isinstance(result, Answer), result
    return result.claims[0].text


def test_a_build_has_collections_of_its_own_that_its_record_names(home: ServedHome) -> None:
    home.collections = 2
    assert len(home.sync().added) == 3
    assert tuple(home.there) == home.record.names or set(home.there) == set(home.record.names)
    assert sum(home.there.values()) == 3
    assert home.record.counts == tuple(home.there[name] for name in home.record.names)
    assert [file.name for file in (home.current / "vectors").iterdir()] == ["collections.json"]
    with home.open(keep=False) as passage_index:
        assert answered(passage_index) == TEXTS["bees"]


def test_what_is_added_changed_and_removed_is_so_on_the_server(home: ServedHome) -> None:
    home.sync()
    home.write("bees", "The dance of the bees was never decoded at all.", title="bees")
    home.remove("mill")
    home.write("new", "Ten barges were moored at the quay of Sandholm.", title="new")
    home.sync()
    assert sum(home.there.values()) == 3
    assert home.sync().did_nothing


def test_an_index_that_is_made_anew_leaves_nothing_of_the_one_before(home: ServedHome) -> None:
    home.sync()
    before = set(home.there)
    home.sync(rebuild=True)
    assert set(home.there) == set(home.record.names)
    assert not before & set(home.there)


def test_another_process_that_reads_sees_what_is_written(home: ServedHome) -> None:
    home.sync()
    with home.open(keep=False) as reader, home.open() as writer:
        assert answered(reader) == TEXTS["bees"]
        home.write("bees", "The waggle dance of honeybees was decoded by nobody.", title="bees")
        writer.sync()
        assert answered(reader) == "The waggle dance of honeybees was decoded by nobody."
        writer.sync(rebuild=True)
        assert answered(reader) == "The waggle dance of honeybees was decoded by nobody."


def test_vectors_are_moved_to_a_server_and_into_more_collections_without_being_made_anew(
    tmp_path: Path, chroma_server: ChromaRun
) -> None:
    home = ServedHome(tmp_path, chroma_server)
    home.engine = EmbeddedChroma
    home.sync()
    embedded, home.engine = len(home.model.embedded), home._engine
    with home.open(keep=False) as reader:  # until it is moved, it answers from where it is
        assert answered(reader) == TEXTS["bees"]
    assert home.sync().did_nothing
    assert sum(home.there.values()) == 3
    home.collections = 3
    assert home.sync().did_nothing
    assert (len(home.there), sum(home.there.values())) == (3, 3)
    assert len(home.model.embedded) == embedded
    with home.open(keep=False) as reader:
        assert answered(reader) == TEXTS["bees"]


def test_settings_without_the_server_make_the_index_anew_and_say_what_is_left(
    home: ServedHome, caplog: pytest.LogCaptureFixture
) -> None:
    home.sync()
    left = home.record.names
    home.engine = EmbeddedChroma
    with home.open(keep=False) as reader, pytest.raises(IndexUnreadable, match="do not name"):
        answered(reader)
    home.sync()
    with home.open(keep=False) as reader:
        assert answered(reader) == TEXTS["bees"]
    assert all(name in caplog.text for name in left)
    assert tuple(home.there) == left


def test_a_lost_collection_is_found_and_made_anew(home: ServedHome) -> None:
    home.sync()
    with home.open() as passage_index:
        answered(passage_index)
        home.server.client(home.database).delete_collection(home.record.names[0])
        with pytest.raises(IndexUnreadable):
            answered(passage_index)
        assert passage_index.sync().mended
        assert_level(passage_index.build(), home.store)
        assert answered(passage_index) == TEXTS["bees"]
    assert set(home.there) == set(home.record.names)


def test_lost_vectors_are_found_and_made_anew(home: ServedHome) -> None:
    home.sync()
    [name] = home.record.names
    collection = home.server.client(home.database).get_collection(name)
    collection.delete(ids=collection.get(limit=1)["ids"])
    with home.open() as passage_index:
        assert "has 2 vectors, not the 3" in passage_index.sync().mended[0]
    assert sum(home.there.values()) == 3


def test_a_collection_that_took_the_place_of_another_is_not_taken_for_it(home: ServedHome) -> None:
    home.sync()
    client, [name] = home.server.client(home.database), home.record.names
    client.delete_collection(name)
    client.create_collection(name)
    with home.open(keep=False) as reader, pytest.raises(IndexUnreadable, match="another one"):
        answered(reader)
    assert home.sync().mended


def test_collections_of_a_build_that_never_was_are_removed(home: ServedHome) -> None:
    home.sync()
    half_made = home.current.with_name("build-7") / "vectors"
    home._engine().create(FolderFiles(half_made)).close()
    named = home.current.with_name("build-8") / "vectors"
    named.mkdir(parents=True)
    whose = "http://127.0.0.1", "default_tenant", home.database, str(named)
    RemoteRecord(*whose, ("never-made",)).write(FolderFiles(named))
    assert len(home.there) == 2
    home.sync()
    assert set(home.there) == set(home.record.names)
    assert not half_made.exists()
    assert not named.exists()


def test_a_copy_of_an_index_reads_what_is_the_originals_and_changes_nothing_of_it(
    home: ServedHome, tmp_path: Path
) -> None:
    home.sync()
    names = home.record.names
    shutil.copytree(home.place / "home", tmp_path / "copy" / "home")
    shutil.copytree(home.articles, tmp_path / "copy" / "articles")
    copy = Home(tmp_path / "copy", engine=home.engine)
    with copy.open() as passage_index:
        assert passage_index.sync().did_nothing
        assert answered(passage_index) == TEXTS["bees"]
        copy.write("new", "Ten barges were moored at the quay of Sandholm.", title="new")
        with pytest.raises(IndexUnwritable, match="of which this is a copy"):
            passage_index.sync()
    assert copy.sync(rebuild=True).passages == 4
    assert sum(home.there.values()) == 3 + 4
    assert home.sync().did_nothing
    assert home.record.names == names


def test_only_what_many_may_answer_is_a_search_of_the_graph(
    tmp_path: Path, chroma_server: ChromaRun
) -> None:
    """A search among few of the keys would take the longer the more others there are."""
    engine = chroma_server.engine(chroma_server.database(), collections=2)
    vectors, asked = engine.create(FolderFiles(tmp_path)), list[str]()
    vectors.add(range(120), np.eye(120, dtype=np.float32))
    vectors.seal()
    client = engine.ask(lambda client: client)
    # The HTTP client of Chroma's, which its interface does not have.
    client._server._session.event_hooks["request"] = [  # type: ignore[attr-defined]
        lambda request: asked.append(request.url.path.rpartition("/")[2])
    ]
    vector = np.eye(120, dtype=np.float32)[3]
    assert vectors.cosines(vector, range(60))[3] == pytest.approx(1.0)
    assert list(vectors.nearest(vector, 1, among=[2, 3, 4])) == [3]
    assert asked == ["get"] * 4
    assert list(vectors.nearest(vector, 1, among=range(60))) == [3]
    assert list(vectors.nearest(vector, 1)) == [3]
    assert asked[4:] == ["query"] * 4
    vectors.close()
    engine.close()


# While the server is away


def test_a_server_that_goes_while_the_index_is_made_is_waited_for(
    tmp_path: Path, own_server: ChromaRun
) -> None:
    home = ServedHome(tmp_path, own_server)
    home.model.on_passages = own_server.stop
    try:
        with home.open() as passage_index, pytest.raises(VectorsAway):
            passage_index.sync()
    finally:
        own_server.start()
    home.model.on_passages = lambda: None
    report = home.sync()
    assert report.passages == 3
    assert set(home.there) == set(home.record.names)


def test_while_a_server_is_away_nothing_is_answered_or_made_anew_and_then_all_goes_on(
    tmp_path: Path, own_server: ChromaRun, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    home = ServedHome(tmp_path, own_server)
    home.sync()
    names = home.record.names
    with home.open() as passage_index:
        assert answered(passage_index) == TEXTS["bees"]
        own_server.stop()
        try:
            for _ in range(3):
                with pytest.raises(VectorsAway, match="gives no answer"):
                    answered(passage_index)
                with pytest.raises(VectorsAway):
                    passage_index.sync()
            assert not passage_index.suspected
            with home.open(keep=False) as late, pytest.raises(VectorsAway):
                late.build()
        finally:
            own_server.start()
        assert answered(passage_index) == TEXTS["bees"]
        assert passage_index.sync().did_nothing
    assert home.record.names == names
    told = [record.message for record in caplog.records if "chroma_server" in record.name]
    assert sum("gives no answer" in one for one in told) == 2  # one for each that is open
    assert sum("answers again" in one for one in told) == 1


def test_a_database_that_is_not_there_is_told_with_the_setting(chroma_server: ChromaRun) -> None:
    engine = chroma_server.engine("nowhere")
    with pytest.raises(VectorsAway, match=r"/nowhere gives no answer: .*FOOTNOTE_CHROMA_DATABASE"):
        engine.version()


def test_a_server_that_was_started_anew_between_two_questions_is_not_noticed(
    tmp_path: Path, own_server: ChromaRun
) -> None:
    home = ServedHome(tmp_path, own_server)
    home.sync()
    with home.open(keep=False) as passage_index:
        answered(passage_index)
        own_server.stop()
        own_server.start()
        assert answered(passage_index) == TEXTS["bees"]


def test_a_build_whose_server_is_away_is_cleared_away_once_it_is_back(
    tmp_path: Path, own_server: ChromaRun
) -> None:
    home = ServedHome(tmp_path, own_server)
    home.sync()
    half_made = home.current.with_name("build-7") / "vectors"
    engine = home._engine()
    engine.create(FolderFiles(half_made)).close()
    own_server.stop()
    try:
        with home.open() as passage_index:
            passage_index._clear_away(half_made.parent)
        assert half_made.exists()
    finally:
        own_server.start()
    home.sync()
    assert not half_made.exists()
    assert set(home.there) == set(home.record.names)


def test_a_server_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = ChromaServer(address, answer_seconds=0.2, connect_seconds=0.2)
        with pytest.raises(VectorsAway, match="timed out"):
            server.version()


@pytest.mark.parametrize("status", [200, 401, 404, 502])
def test_what_is_no_chroma_server_is_told_without_the_login(status: int) -> None:
    heard: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            self.send_header("Content-Length", "14")
            self.end_headers()
            self.wfile.write(b"<p>Hello.</p>\n")

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        threading.Thread(target=http_server.serve_forever, args=(0.02,), daemon=True).start()
        url = f"http://ada:very%20secret@127.0.0.1:{http_server.server_address[1]}"
        for server in (
            ChromaServer.from_url(url),
            ChromaServer.from_url(url.replace("ada:very%20secret@", ""), token="very secret"),
        ):
            with pytest.raises(VectorsAway) as fault:
                server.version()
            assert "secret" not in str(fault.value)
            assert "secret" not in repr(server)
        http_server.shutdown()
    sent = {one.get("authorization") for one in heard}
    assert sent >= {"Basic YWRhOnZlcnkgc2VjcmV0", "Bearer very secret"}
