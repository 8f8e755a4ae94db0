"""Words in Tantivy, in a folder of this machine: stemmed by the language of each article."""

import glob
import json
import logging
import math
import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import tantivy

from footnote.index.errors import IndexUnreadable, is_panic
from footnote.index.keeping.lexical import LexicalEntry, Terms
from footnote.index.words import field_of, stemmed

logger = logging.getLogger(__name__)

META = "meta.json"
"""Which segments there are, by Tantivy."""
_MAX_COUNTED = 1000
_K1 = 1.2  # Tantivy's, fixed in its source (src/query/bm25.rs)
_WRITER_HEAP_BYTES = 64 * 1024 * 1024
_FEW_KEYS = 200
# Tantivy's fields: one with a single word, which every passage has, so that as many as hold it
# there are; and one with the words, analysed here.
_EVERY, _WORDS, _SPACED = "every", "words", "spaced"

# A file of a segment ends with the CRC-32 of what stands before, in JSON, with its length and:
_MAGIC = 1337
_P = ParamSpec("_P")
_T = TypeVar("_T")


def _readable(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """A method that only reads: whatever Tantivy makes of a damaged file is IndexUnreadable."""

    @wraps(read)
    def reads(*arguments: _P.args, **named: _P.kwargs) -> _T:
        try:
            return read(*arguments, **named)
        except BaseException as error:
            if not isinstance(error, ValueError | OSError) and not is_panic(error):
                raise
            raise IndexUnreadable(f"Tantivy cannot search: {error}") from error

    return reads


class TantivyIndex:
    """As LexicalIndex has it.

    For Tantivy all languages are one field, whose words begin with the language: it takes the
    average length of a field over the passages of all, so that 5 German passages beside 500 English
    ones seemed a hundred times too long and had a hundredth of their score.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Raises IndexUnreadable where there is none to open and `create` was not asked for."""
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        elif not (folder / META).is_file():
            raise IndexUnreadable(f"{folder} holds no words: its meta.json is missing")
        try:
            self._index = tantivy.Index(_schema(), path=str(folder))
            spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            self._index.register_tokenizer(_SPACED, spaced)
            self._index.config_reader("manual")
            self._index.reload()
        except BaseException as error:
            if not isinstance(error, ValueError | OSError) and not is_panic(error):
                raise
            raise IndexUnreadable(f"Tantivy cannot open {folder}: {error}") from error
        self._schema = self._index.schema
        self._writer: tantivy.IndexWriter | None = None

    def add(self, entries: Iterable[LexicalEntry]) -> None:
        with self._writing() as writer:
            for entry in entries:
                row = tantivy.Document()
                row.add_unsigned("key", entry.key)
                row.add_text(_EVERY, _EVERY)
                field = field_of(entry.language)
                words = (_word(field, term) for term in self.terms(entry.text, field))
                row.add_text(_WORDS, " ".join(words))
                writer.add_document(row)

    def remove(self, keys: Iterable[int]) -> None:
        with self._writing() as writer:
            # By query: deleting by term matches nothing in an unsigned field (tantivy 0.27.0).
            writer.delete_documents_by_query(
                tantivy.Query.term_set_query(self._schema, "key", list(keys))
            )

    def commit(self) -> None:
        if self._writer is not None:
            with self._writing() as writer:
                writer.commit()
            self._index.reload()

    def terms(self, text: str, field: str) -> list[str]:
        return stemmed(text, field)

    @_readable
    def idf(self, term: str, field: str) -> float:
        return _idf(self._index.searcher(), field, term)

    @_readable
    def holds(self, term: str, field: str) -> bool:
        # Tantivy's doc_freq would count removed passages too.
        return bool(self.search({term: 1.0}, field, limit=1))

    @_readable
    def holding(self, terms: Collection[str], field: str) -> int:
        # It counts removed passages too, and is quick where there are none.
        searcher = self._index.searcher()
        if not terms or not all(searcher.doc_freq(_WORDS, _word(field, t)) for t in terms):
            return 0
        all_of_them = [(tantivy.Occur.Must, self._term(field, term, 1.0)) for term in terms]
        query = tantivy.Query.boolean_query(all_of_them)
        return len(searcher.search(query, limit=_MAX_COUNTED, count=False).hits)

    @_readable
    def near(self, term: str, field: str, *, edits: int, limit: int) -> list[int]:
        word = _word(field, term)
        query = tantivy.Query.fuzzy_term_query(self._schema, _WORDS, word, distance=edits)
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=limit, count=False).hits
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        return [int(key) for key in keys if key is not None]

    @_readable
    def search(
        self, terms: Terms, field: str, *, limit: int, among: Collection[int] | None = None
    ) -> dict[int, float]:
        searcher = self._index.searcher()
        # BM25 of one term is at most idf · (k1 + 1), however often it occurs.
        highest = (_K1 + 1) * sum(
            weight * _idf(searcher, field, term) for term, weight in terms.items()
        )
        if not highest or not searcher.num_docs or (among is not None and not among):
            return {}
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._term(field, *entry)) for entry in terms.items()]
        )
        if among is not None:
            unscored = tantivy.Query.const_score_query(self._any_of(among), 0.0)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)]
            )
        hits = searcher.search(query, limit=limit, count=False).hits
        keys = searcher.fast_field_values("key", [address for _, address in hits])
        return {
            int(key): score / highest
            for key, (score, _) in zip(keys, hits, strict=True)
            if key is not None
        }

    @_readable
    def count(self) -> int:
        return self._index.searcher().num_docs

    def wait_for_merges(self) -> None:
        if self._writer is not None:
            with self._writing() as writer:
                writer.wait_merging_threads()
            self._writer = None
            self._index.reload()

    def close(self) -> None:
        # A merge that fails leaves the segments as they were, and all of them are searched.
        try:
            self.wait_for_merges()
        except (OSError, IndexUnreadable) as error:
            logger.warning("Tantivy could not merge its segments: %s", error)

    def _term(self, field: str, term: str, weight: float) -> tantivy.Query:
        word = _word(field, term)
        query = tantivy.Query.term_query(self._schema, _WORDS, word, index_option="freq")
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _any_of(self, keys: Collection[int]) -> tantivy.Query:
        """What has one of these keys. A few are looked up one by one: a set of 50 goes through all
        keys that there are, which takes four times as long among 12,747."""
        if len(keys) > _FEW_KEYS:
            return tantivy.Query.term_set_query(self._schema, "key", list(keys))
        each = (tantivy.Query.term_query(self._schema, "key", key) for key in keys)
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in each])

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        # Opened only when there is something to write: it takes Tantivy's own lock of the folder.
        try:
            if self._writer is None:
                self._writer = self._index.writer(_WRITER_HEAP_BYTES, num_threads=1)
            yield self._writer
        except ValueError as error:  # what Tantivy makes of every fault
            self._writer = None
            raise OSError(f"Tantivy cannot write: {error}") from error
        except BaseException as error:
            # A writer that failed once, on a full disk, goes on without a word and commits nothing.
            self._writer = None
            if is_panic(error):
                raise IndexUnreadable(f"Tantivy cannot read what it adds to: {error}") from error
            raise


def refuse_broken_words(folder: Path) -> None:
    """Raises IndexUnreadable where a file of a segment is not as Tantivy wrote it, by the checksum
    that it has at its end; Tantivy itself does not look at that.

    Files of which meta.json knows nothing were left half written by a process that ended.
    """
    for file in files_in_use(folder):
        if not _is_whole(file):
            raise IndexUnreadable(f"{file} is not as it was written")


def files_in_use(folder: Path) -> list[Path]:
    """The files of the segments that meta.json names, but for that one; raises IndexUnreadable."""
    try:
        segments = json.loads((folder / META).read_bytes())["segments"]
        deletes = {
            segment["segment_id"].replace("-", ""): segment["deletes"]
            and segment["deletes"]["opstamp"]
            for segment in segments
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnreadable(f"{folder} has no list of its words: {error!r}") from error
    found = list[Path]()
    for segment, opstamp in deletes.items():
        its_files = sorted(folder.glob(f"{glob.escape(segment)}.*"))
        found += [file for file in its_files if file.suffix not in (".del", ".temp")]
        found += [folder / f"{segment}.{opstamp}.del"] if opstamp is not None else []
    return found


def _is_whole(file: Path) -> bool:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return False
    try:
        size, magic = struct.unpack("<II", data[-8:])
        body, footer = data[: -8 - size], data[-8 - size : -8]
        return bool(magic == _MAGIC and json.loads(footer)["crc"] == zlib.crc32(body))
    except (struct.error, ValueError, KeyError, TypeError):
        return False


def _idf(searcher: tantivy.Searcher, field: str, term: str) -> float:
    """Robertson and Zaragoza 2009, with the 1 that keeps it above 0 (Lucene, Tantivy).

    Both counts take in removed passages until Tantivy merges them away, as its BM25 does;
    `num_docs` would not.
    """
    passages = searcher.doc_freq(_EVERY, _EVERY)
    holding = searcher.doc_freq(_WORDS, _word(field, term))
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def _word(field: str, term: str) -> str:
    return f"{field}:{term}"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_unsigned_field("key", indexed=True, fast=True)
    builder = builder.add_text_field(_EVERY, tokenizer_name="raw", index_option="basic")
    builder = builder.add_text_field(_WORDS, tokenizer_name=_SPACED, index_option="freq")
    return builder.build()
