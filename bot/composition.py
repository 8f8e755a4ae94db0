"""The one place where the parts are put together, with room for a replacement of each."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from footnote.bot.answers.exchanges import Exchanges
from footnote.bot.answers.feedback import Feedback
from footnote.bot.answers.history import History
from footnote.bot.answers.receipts import Receipts
from footnote.bot.answers.respondent import Respondent
from footnote.bot.answers.sharing import Sharing
from footnote.bot.answers.usage import Usage
from footnote.bot.articles.adding import Adder
from footnote.bot.articles.followed_feeds import Feeds
from footnote.bot.articles.library import Library
from footnote.bot.articles.link_tokens import LinkTokens
from footnote.bot.database.opening import PATIENCE_SECONDS, Place, open_database
from footnote.bot.database.tables import INDEX_PART
from footnote.bot.errors import SettingsFault
from footnote.bot.people.limit import Limit
from footnote.bot.people.people import People
from footnote.bot.people.sessions import Sessions, telegram_holder
from footnote.bot.people.tokens import Tokens
from footnote.bot.settings import NO_READER, PREFIX, Process, Settings, place_of_articles
from footnote.bot.state import State, place_of, plainly_told
from footnote.corpus.aliases import AliasFile
from footnote.corpus.fetching import Fetcher
from footnote.corpus.private_files import keep_private
from footnote.corpus.readers.apart import ReadersApart
from footnote.corpus.store import ArticleStore
from footnote.index.answering import Answerer
from footnote.index.checking import Checker
from footnote.index.database.database import Database
from footnote.index.finding.finder import Finder
from footnote.index.finding.reranking import CrossEncoderReranker, Reranker
from footnote.index.keeping.engines import EmbeddedChroma, VectorEngine
from footnote.index.keeping.passage_index import PassageIndex
from footnote.index.keeping.record import BuildRecord
from footnote.index.keeping.storage import Storage
from footnote.index.keeping.words_engines import SharedWords, WordsEngine, WordsInFolder
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.reader import Reader, shipped_reader
from footnote.index.models.sentence_transformer import DEFAULT_MODEL, SentenceTransformerModel
from footnote.index.support.entailment import CrossEncoderEntailment
from footnote.index.support.judge import Judge

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from footnote.index.writing.written_answers import WritingAnswerer

logger = logging.getLogger(__name__)

_LOOKS_A_QUESTION = 3

_IN_HOME = (
    *("index", "index.lock*", "adding.lock*", "*.sqlite*", "footnote.log*", "history"),
    *("alive", "asked.*"),
)
"""What Footnote makes there; the folder may be one in which others keep theirs."""


@dataclass(frozen=True)
class Footnote:
    """All parts of a running Footnote. What takes a while to make is made when first used."""

    settings: Settings
    store: ArticleStore
    passage_index: PassageIndex
    library: Library
    llm: "LLM | None" = None
    patience: float = PATIENCE_SECONDS
    """For so many seconds the server of the database is waited for."""

    @cached_property
    def answerer(self) -> Answerer:
        return Answerer(self.passage_index, reader=self.reader, reranker=self.reranker)

    @cached_property
    def respondent(self) -> Respondent:
        """What answers people: in a language model's words where there is one."""
        return Respondent(self)

    @property
    def writes(self) -> bool:
        """Whether there is a language model."""
        return self.llm is not None or bool(self.settings.llm_url)

    @cached_property
    def writing(self) -> "WritingAnswerer | None":
        """None without a language model, whose code is then not imported either."""
        if not self.writes:
            return None
        from footnote.bot.answers.written import compose_writing

        return compose_writing(
            self.settings,
            self.passage_index,
            self.answerer,
            self.judge,
            llm=self.llm,
            reader=self.reader,
        )

    @cached_property
    def usage(self) -> Usage:
        return Usage(self.state)

    @cached_property
    def reranker(self) -> Reranker | None:
        """Raises ModelUnusable where the settings name one that is not there."""
        name = self.settings.reranker
        return CrossEncoderReranker.from_name(name) if name not in ("", NO_READER) else None

    @cached_property
    def reader(self) -> Reader | None:
        """The one that comes with Footnote, unless the settings say otherwise or it is damaged."""
        return None if self.settings.reranker else shipped_reader()

    @cached_property
    def checker(self) -> Checker:
        return Checker(self.passage_index, self.judge)

    @cached_property
    def judge(self) -> Judge:
        """Raises ModelUnusable where the settings name a model that is not there."""
        name = self.settings.support_model
        entailment = CrossEncoderEntailment.from_name(name) if name else None
        return Judge(self.passage_index, entailment=entailment)

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.passage_index)

    @cached_property
    def state(self) -> State:
        return State.of(self.settings, patience=self.patience)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.state)

    @cached_property
    def history(self) -> History:
        return History(self.state, self.receipts)

    @cached_property
    def sharing(self) -> Sharing:
        return Sharing(self.state)

    @cached_property
    def exchanges(self) -> Exchanges:
        return Exchanges(self.state)

    @cached_property
    def feedback(self) -> Feedback:
        return Feedback(self.state)

    @cached_property
    def link_tokens(self) -> LinkTokens:
        return LinkTokens(self.state)

    @cached_property
    def people(self) -> People:
        def dismissed(user: int) -> None:
            self.sessions.end_all(telegram_holder(user))

        return People(self.state, self.settings, on_dismissed=dismissed)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self.state)

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self.state)

    @cached_property
    def limit(self) -> Limit:
        return Limit(self.settings.questions_a_minute)

    @cached_property
    def looks(self) -> Limit:
        """Of lists, cards, passages and whole texts: turning pages is quicker than asking."""
        return Limit(self.settings.questions_a_minute * _LOOKS_A_QUESTION)

    @cached_property
    def adder(self) -> Adder:
        max_bytes = self.settings.max_megabytes * 1024**2
        return Adder(self.library, Fetcher(max_bytes=max_bytes), ReadersApart(), max_bytes)

    @cached_property
    def feeds(self) -> Feeds:
        place = place_of(self.settings, "feeds.sqlite", patience=self.patience)
        return Feeds(place, self.store.place)

    @contextmanager
    def reading_with_ray(self, address: str | None) -> Iterator[None]:
        """Have the workers of a Ray cluster read what is indexed meanwhile; None: this process.

        Raises ModelUnusable where they are not there or have another model.
        """
        if address is None:
            yield
            return
        from footnote.index.keeping.ray_reading import ray_reader

        model = self.passage_index.model
        # As this process computes, whatever their processors would do faster.
        same: dict[str, Any] = {}
        precision = None
        if isinstance(model, SentenceTransformerModel):
            precision, same = model.precision, {"lengths": model.lengths}
        name = self.settings.embedding_model or DEFAULT_MODEL
        make = partial(SentenceTransformerModel.from_name, name, precision=precision)
        with ray_reader(address, make, BuildRecord.of(model), **same) as reader:
            self.passage_index.reader = reader
            try:
                yield
            finally:
                self.passage_index.reader = None

    def close(self) -> None:
        for part in ("feeds", "adder", "state"):
            if part in vars(self):
                getattr(self, part).close()
        self.library.close()
        self.passage_index.close()
        _keep_private(self.settings.home)


def compose(
    settings: Settings,
    *,
    purpose: str,
    model: EmbeddingModel | None = None,
    llm: "LLM | None" = None,
    patience: float = PATIENCE_SECONDS,
) -> Footnote:
    """`purpose` is what others are told when they find the index locked by this process.

    `llm` is any language model of LlamaIndex's, in place of the one that the settings name.

    Raises ModelUnusable where the embedding model of the settings is not there, and SettingsFault
    where the home folder cannot be made or written, or one of several processes lacks what they
    have in common.
    """
    see_what_is_common(settings)
    _make_home(settings.home)
    store = store_of(settings)
    model = model or SentenceTransformerModel.from_name(
        settings.embedding_model or DEFAULT_MODEL, precision=settings.precision
    )
    aliases = AliasFile(settings.aliases) if settings.aliases else None
    storage = storage_of(settings, patience=patience)
    passage_index = PassageIndex(storage, store, model, aliases=aliases)
    changes = place_of(settings, "changes.sqlite", patience=patience)
    library = Library(
        store,
        passage_index,
        settings.home,
        purpose=purpose,
        changes=changes,
        keeps_index=settings.process is not Process.REPLICA,
    )
    return Footnote(settings, store, passage_index, library, llm, patience)


def store_of(settings: Settings) -> ArticleStore:
    """The articles of a folder, or of an address that fsspec reads; nothing is asked yet."""
    if isinstance(settings.articles, Path):
        return ArticleStore(settings.articles)
    from footnote.corpus.files_in_store import FilesInStore

    return ArticleStore(FilesInStore(settings.articles))


def see_what_is_common(settings: Settings) -> None:
    """Raises SettingsFault where one of several processes lacks what all have in common."""
    common = {
        "DATABASE_URL": settings.database_url,
        "CHROMA_URL": settings.chroma_url,
        "SHARED": settings.shared,
    }
    lacking = [f"{PREFIX}{name}" for name, value in common.items() if not value]
    if settings.process is not Process.ALL and lacking:
        raise SettingsFault(
            f"{PREFIX}PROCESS is {settings.process}, but there is nothing that several processes"
            f" have in common for {', '.join(lacking)}: set what is missing, the same for all of"
            f" them, or leave {PREFIX}PROCESS empty"
        )


def storage_of(settings: Settings, *, patience: float = PATIENCE_SECONDS) -> Storage:
    """What the index is kept in."""
    home, articles = settings.home, place_of_articles(settings)
    vectors, words = _engine(settings), _words(settings)
    place = place_of(settings, "", patience=patience)
    if isinstance(place, Path):
        return Storage.here(home, articles, vectors=vectors, words=words)
    from footnote.index.keeping.database_storage import storage_in

    told = f"PostgreSQL at {place}"
    return storage_in(
        partial(_open_index, place), home, articles, told=told, vectors=vectors, words=words
    )


def _words(settings: Settings) -> WordsEngine:
    """Where the words are kept."""
    return SharedWords(settings.shared) if settings.shared else WordsInFolder()


def _open_index(place: Place) -> Database:
    with plainly_told(place):
        return open_database(place, INDEX_PART)


def _engine(settings: Settings) -> VectorEngine:
    """What keeps the vectors."""
    if settings.chroma_url is None:
        return EmbeddedChroma()
    from footnote.index.keeping.chroma_server import ChromaServer

    token = settings.chroma_token
    return ChromaServer.from_url(
        settings.chroma_url,
        tenant=settings.chroma_tenant,
        database=settings.chroma_database,
        token=token.get_secret_value() if token else "",
        collections=settings.chroma_collections,
    )


def _make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep_private(home)
        reason = None if os.access(home, os.W_OK | os.X_OK) else "no right to write in it"
    except OSError as error:
        reason = error.strerror
    if reason:
        raise SettingsFault(
            f"the folder for the index and the state, {home}, cannot be used ({reason}):"
            f" set {PREFIX}HOME to one that can be written"
        )


def _keep_private(home: Path) -> None:
    keep_private(path for pattern in _IN_HOME for path in home.glob(pattern))


@contextmanager
def composed(settings: Settings, *, purpose: str, **parts: Any) -> Iterator[Footnote]:
    footnote = compose(settings, purpose=purpose, **parts)
    try:
        yield footnote
    finally:
        footnote.close()
