"""An index whose passages are read by workers of Ray: the same as one that is read here."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

from footnote.index.errors import ModelUnusable
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.passage_reader import Read, ReaderHere, ToRead
from footnote.index.keeping.ray_reading import LOCAL, RayReader, ray_reader
from footnote.index.keeping.record import BuildRecord
from footnote.index.keeping.token_codes import TokenCoder
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from tests.fakes import WordsModel
from tests.index.home import Home, assert_level
from tests.index.ray_run import ray_run
from tests.ports import free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.alone,
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed here"),
]
MODEL = WordsModel()
CODER = TokenCoder.of(MODEL.sample_tokens())


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with (
        pytest.MonkeyPatch.context() as patch,
        TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder,
    ):
        patch.setenv("RAY_AUTH_MODE", "disabled")
        with ray_run(Path(folder)) as address:
            yield address


@pytest.fixture
def reader(cluster: str) -> Iterator[RayReader]:
    with ray_reader(cluster, WordsModel, BuildRecord.of(MODEL)) as reader:
        yield reader


def passages(count: int) -> list[ToRead]:
    texts = (
        f"A title {n}\n\nThe lantern of pier {n} was lit. {'Nobody saw it. ' * (n % 7)}"
        for n in range(count)
    )
    return [ToRead(text, text.index("The"), "en") for text in texts]


def assert_same(found: Read, expected: Read) -> None:
    assert np.allclose(found[0], expected[0], atol=1e-6)
    assert [codes.to_bytes() for codes in found[1]] == [codes.to_bytes() for codes in expected[1]]


def test_what_workers_read_is_what_this_process_reads(reader: RayReader) -> None:
    for count in (1, 63, 300):
        expected = ReaderHere(MODEL).begin(passages(count), CODER)()
        assert_same(reader.begin(passages(count), CODER)(), expected)


def test_several_batches_are_under_way_at_once(reader: RayReader) -> None:
    begun = [reader.begin(passages(count), CODER) for count in (70, 200, 5)]
    for count, wait in reversed(list(zip((70, 200, 5), begun, strict=True))):
        assert_same(wait(), ReaderHere(MODEL).begin(passages(count), CODER)())


def test_an_index_made_with_it_is_whole_and_the_same(reader: RayReader, tmp_path: Path) -> None:
    homes = [Home(tmp_path / "here"), Home(tmp_path / "there")]
    for home in homes:
        for number in range(60):
            text = " ".join(f"Sentence {n} of {number} tells of boats. " * 5 for n in range(140))
            home.write(f"article-{number}", text)
    homes[0].sync()
    with homes[1].open() as passage_index:
        passage_index.reader = reader
        report = passage_index.sync()
        assert report.passages > 1024  # in more than one batch
        assert homes[1].model.embedded == []
        assert_level(passage_index.build(), homes[1].store)
        assert tokens(passage_index) == tokens_of(homes[0])


def test_the_shipped_model_s_vectors_are_the_same_to_the_last_bit(cluster: str) -> None:
    """Each worker computes with one thread, as the tests do: two would round otherwise."""
    model = SentenceTransformerModel.from_name(DEFAULT_MODEL, precision="float32")
    coder = TokenCoder.of(model.sample_tokens())
    some = [ToRead(p.text * (1 + n % 5), p.offset, p.language) for n, p in enumerate(passages(150))]
    make = partial(SentenceTransformerModel.from_name, DEFAULT_MODEL, precision="float32")
    record = BuildRecord.of(model)
    with ray_reader(cluster, make, record, lengths=model.lengths) as reader:
        there = reader.begin(some, coder)()
    here = ReaderHere(model).begin(some, coder)()
    assert np.array_equal(there[0], here[0])
    assert [c.to_bytes() for c in there[1]] == [c.to_bytes() for c in here[1]]


def tokens(passage_index: PassageIndex) -> dict[int, bytes]:
    catalogue = passage_index.build().catalogue
    return {k: codes.to_bytes() for k, codes in catalogue.tokens(catalogue.keys()[:900]).items()}


def tokens_of(home: Home) -> dict[int, bytes]:
    with home.open(keep=False) as passage_index:
        return tokens(passage_index)


class Dying(WordsModel):
    """Ends its process at one of its readings, once."""

    def __init__(self, mark: Path) -> None:
        super().__init__()
        self._mark = mark

    def encode_passages(self, texts: Any) -> Any:
        if not self._mark.exists():
            self._mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode_passages(texts)


def test_a_worker_that_dies_is_replaced(cluster: str, tmp_path: Path) -> None:
    make = partial(Dying, tmp_path / "died")
    expected = ReaderHere(MODEL).begin(passages(300), CODER)()
    with ray_reader(cluster, make, BuildRecord.of(MODEL)) as reader:
        assert_same(reader.begin(passages(300), CODER)(), expected)
    assert (tmp_path / "died").exists()


class Broken(WordsModel):
    def encode_passages(self, texts: Any) -> Any:
        raise RuntimeError("no memory is left")


def test_workers_that_fail_are_told_of_and_the_next_sync_goes_on(
    cluster: str, tmp_path: Path
) -> None:
    home = Home(tmp_path)
    home.write("pier", "The lantern of the pier was lit by Agnes Moor.")
    with (
        home.open() as passage_index,
        ray_reader(cluster, Broken, BuildRecord.of(MODEL)) as reader,
    ):
        passage_index.reader = reader
        with pytest.raises(ModelUnusable, match=r"Ray at 127.* gave up: .*no memory is"):
            passage_index.sync()
    assert home.sync().added == ("pier",)


def test_workers_with_another_model_are_refused(cluster: str) -> None:
    other = replace(BuildRecord.of(MODEL), embedding_fingerprint="another")
    with (
        pytest.raises(ModelUnusable, match="another model or another Footnote on 2 of 2"),
        ray_reader(cluster, WordsModel, other),
    ):
        pass
    assert not import_module("ray").is_initialized()


def test_workers_of_this_machine_are_started_and_ended_with_the_reading() -> None:
    expected = ReaderHere(MODEL).begin(passages(100), CODER)()
    with ray_reader(LOCAL, WordsModel, BuildRecord.of(MODEL), workers=1) as reader:
        assert_same(reader.begin(passages(100), CODER)(), expected)
    assert not import_module("ray").is_initialized()


def test_a_cluster_that_is_not_there_is_told() -> None:
    with (
        pytest.raises(ModelUnusable, match="gives no answer"),
        ray_reader(f"127.0.0.1:{free_port()}", WordsModel, BuildRecord.of(MODEL)),
    ):
        pass
