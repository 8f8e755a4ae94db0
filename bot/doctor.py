"""`footnote doctor`: everything that Footnote needs, looked at, with what to do about the rest."""

import contextlib
import hashlib
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from footnote.bot.collection import find_collection
from footnote.bot.composition import Footnote, compose, see_what_is_common, store_of
from footnote.bot.database.looking import look_at
from footnote.bot.diagnosis import Diagnosis
from footnote.bot.errors import BotError, SettingsFault
from footnote.bot.log import without_secret
from footnote.bot.phrases import count
from footnote.bot.settings import NO_READER, PREFIX, TOKEN, Process, Settings, unknown_settings
from footnote.bot.state import STATE, State, place_of
from footnote.bot.telegram.checkup import telegram_findings
from footnote.corpus.errors import ArticlesAway, CorpusError
from footnote.index.errors import IndexAway, IndexFault, IndexOfAnother, VectorsAway
from footnote.index.finding.reranking import CrossEncoderReranker
from footnote.index.models.embedding import EmbeddingModel
from footnote.index.models.reader import OnnxReader
from footnote.index.models.sentence_transformer import SentenceTransformerModel
from footnote.index.support.entailment import CrossEncoderEntailment

_CHROMA_MAJOR = 1
_PACKAGES = (
    "llama-index-core", "sentence-transformers", "torch", "chromadb", "tantivy",
    "python-telegram-bot", "sqlalchemy", "alembic",
)  # fmt: skip


def examine(settings: Settings, *, model: EmbeddingModel | None = None) -> list[Diagnosis]:
    """All findings, in an order in which to mend them; no article and no index is changed."""
    found = _examined(settings, model)
    return [replace(finding, text=without_secret(finding.text)) for finding in found]


def _examined(settings: Settings, model: EmbeddingModel | None) -> list[Diagnosis]:
    findings = [*_versions(), *_settings(settings), *_folders(settings), _database(settings)]
    findings += [_articles(settings), *_process(settings)]
    # Whatever it lacks in common with others, all else can be looked at as the only one would.
    looking = settings.model_copy(update={"process": Process.ALL})
    try:
        footnote = compose(looking, purpose="footnote doctor", model=model, patience=0.0)
    except SettingsFault as error:
        if all(finding.well for finding in findings if finding.subject == "home"):
            findings.append(Diagnosis("settings", str(error), well=False))
    except IndexFault as error:
        findings.append(Diagnosis("embedding model", str(error), well=False))
    else:
        try:
            findings += [
                *_aliases(footnote),
                _model(footnote),
                _catalogue(footnote),
                _vectors(footnote),
                _words(footnote),
                *_cross_encoders(settings),
                *_language_model(settings),
                *_index(footnote, settings.process),
                _receipts(footnote),
            ]
            return [*findings, *telegram_findings(settings, footnote)]
        finally:
            footnote.close()
    return [*findings, *telegram_findings(settings, None)]


def _versions() -> Iterator[Diagnosis]:
    installed = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    program, python = _version("footnote-answers"), platform.python_version()
    yield Diagnosis("version", f"Footnote {program}, Python {python}")
    yield Diagnosis("packages", installed)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed as a package"


def _settings(settings: Settings) -> Iterator[Diagnosis]:
    collection = find_collection()
    yield Diagnosis("collection", f"{collection.folder}, {collection.found}")
    file = collection.settings_file
    yield Diagnosis(
        "settings", f"from the environment and {file}{'' if file.exists() else ' (none)'}"
    )
    for name in unknown_settings():
        known = ", ".join(sorted(f"{PREFIX}{n.upper()}" for n in _own_settings()))
        yield Diagnosis(name, f"is no setting; remove it, or write one of {known}", well=False)


def _process(settings: Settings) -> Iterator[Diagnosis]:
    """Where it is one of several: whether it has what they need in common."""
    if settings.process is Process.ALL:
        return
    try:
        see_what_is_common(settings)
    except SettingsFault as error:
        yield Diagnosis("process", str(error), well=False)
    else:
        yield Diagnosis("process", f"{settings.process} ({PREFIX}PROCESS)")


def _own_settings() -> list[str]:
    return [name for name in Settings.model_fields if name.upper() != TOKEN]


def _language_model(settings: Settings) -> list[Diagnosis]:
    """Asked for a word, where there is one: what it said, or why it did not."""
    if not settings.llm_url:
        return []
    from footnote.bot.answers.written import try_endpoint

    try:
        return [Diagnosis("language model", try_endpoint(settings))]
    except IndexFault as error:
        told = f"{error}; see that it runs, and look at {PREFIX}LLM_URL and _KEY"
        return [Diagnosis("language model", told, well=False)]


def _folders(settings: Settings) -> Iterator[Diagnosis]:
    home = settings.home
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    writable = os.access(nearest, os.W_OK | os.X_OK)
    yield Diagnosis(
        "home",
        f"{home}, {_size(home) / 1e6:,.1f} MB"
        if writable
        else f"{home} cannot be written; mend its rights or set {PREFIX}HOME to another folder",
        well=writable,
    )


def _database(settings: Settings) -> Diagnosis:
    try:
        return Diagnosis("database", look_at(place_of(settings, STATE)))
    except BotError as error:
        return Diagnosis("database", str(error), well=False)


def _size(folder: Path) -> int:
    """In bytes, of all files together, even while others are being written and taken away."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total


def _articles(settings: Settings) -> Diagnosis:
    store, faults = store_of(settings), []
    try:
        stamps = store.stamps()
        store.files.try_out()
        for article, read in store.files.contents(stamps):
            try:
                store.read(article, read())
            except CorpusError as error:
                faults.append(str(error))
    except ArticlesAway as error:
        told = f"{error}; see that it can be reached, and look at {PREFIX}ARTICLES"
        return Diagnosis("articles", told, well=False)
    except CorpusError as error:
        return Diagnosis("articles", str(error), well=False)
    if faults:
        told = f"mend these in {store.place}: {'; '.join(faults)}"
        return Diagnosis("articles", told, well=False)
    return Diagnosis("articles", f"{len(stamps):,} in {store.place}")


def _aliases(footnote: Footnote) -> Iterator[Diagnosis]:
    """Only what is wrong with them: most collections do without."""
    if fault := footnote.passage_index.aliases.fault():
        yield Diagnosis("aliases", f"mend this: {fault}", well=False)


def _model(footnote: Footnote) -> Diagnosis:
    model = footnote.passage_index.model
    try:
        told = f"{model.name}, {len(model.embed_query('Does this model answer?'))} dimensions"
    except IndexFault as error:
        return Diagnosis("embedding model", str(error), well=False)
    if isinstance(model, SentenceTransformerModel):
        told += f", reads many passages in {model.precision}"
    return Diagnosis("embedding model", told)


def _catalogue(footnote: Footnote) -> Diagnosis:
    """What keeps the catalogue and the lock of the index, with tables that are current."""
    catalogues = footnote.passage_index.storage.catalogues
    try:
        return Diagnosis("catalogue", f"{catalogues.told}, version {catalogues.version()}")
    except BotError as error:
        return Diagnosis("catalogue", str(error), well=False)


def _vectors(footnote: Footnote) -> Diagnosis:
    """What keeps the vectors; of a server, whether it answers."""
    engine = footnote.passage_index.engine
    try:
        version = engine.version()
    except VectorsAway as error:
        told = f"{error}; see that it runs, and look at {PREFIX}CHROMA_URL, _DATABASE and _TOKEN"
        return Diagnosis("vectors", told, well=False)
    if not version.partition(".")[0].isdigit() or int(version.partition(".")[0]) < _CHROMA_MAJOR:
        told = f"{engine.told}, version {version}: version {_CHROMA_MAJOR} or later is needed"
        return Diagnosis("vectors", told, well=False)
    return Diagnosis("vectors", f"{engine.told}, version {version}")


def _words(footnote: Footnote) -> Diagnosis:
    """Where the words are; of a place that others fetch them from, whether it answers."""
    engine = footnote.passage_index.storage.words
    try:
        engine.reach()
    except IndexAway as error:
        told = f"{error}; see that it can be reached, and look at {PREFIX}SHARED"
        return Diagnosis("words", told, well=False)
    return Diagnosis("words", engine.told)


def _cross_encoders(settings: Settings) -> Iterator[Diagnosis]:
    """Those that are named, each tried on a pair of texts: only then it shows what it is for."""
    if not settings.reranker:
        yield _reader()
    elif settings.reranker != NO_READER:
        yield _tried("reranker", settings.reranker, _rerank)
    if settings.support_model:
        yield _tried("support model", settings.support_model, _entail)


def _tried(subject: str, name: str, trial: Callable[[str], object]) -> Diagnosis:
    try:
        trial(name)
    except IndexFault as error:
        return Diagnosis(subject, str(error), well=False)
    return Diagnosis(subject, f"{name}, tried on a pair of texts")


def _reader() -> Diagnosis:
    reader = OnnxReader()
    try:
        reader.read("Does this model answer?", "", ["This model answers."])
    except IndexFault as error:
        return Diagnosis("reader", f"{error}; until then Footnote answers without it", well=False)
    return Diagnosis("reader", f"{reader.name}, SHA-256 {reader.digest[:12]}…")


def _rerank(name: str) -> None:
    CrossEncoderReranker.from_name(name).order("Does this model answer?", ["This model answers."])


def _entail(name: str) -> None:
    CrossEncoderEntailment.from_name(name).read([("This model answers.", "A model answers.")])


def _index(footnote: Footnote, process: Process) -> Iterator[Diagnosis]:
    passage_index = footnote.passage_index
    sync = "'footnote sync'" + (" where the indexer is" if process is Process.REPLICA else "")
    try:
        holder = passage_index.lock.holder()
        yield Diagnosis("lock", f"held by {holder}" if holder else "free")
        record = passage_index.current_record()
        if record is None:
            yield Diagnosis("index", f"none yet: run {sync}", well=False)
            return
        if record.is_elsewhere(passage_index.wanted_record):
            moved = f"its vectors are kept elsewhere than in {passage_index.engine.told}"
            yield Diagnosis("index", f"{moved}: to move them, run {sync}", well=False)
            return
        if not record.matches(passage_index.wanted_record):
            built = f"built by {record.embedding_model} or by other rules than the settings'"
            yield Diagnosis("index", f"{built}: to build it anew, run {sync}", well=False)
            return
        catalogue = passage_index.build().catalogue
        articles, passages = catalogue.counts()
        behind = _behind(footnote)
        told = f"{count(articles, 'article')}, {count(passages, 'passage')}"
        told += f", built by {record.embedding_model}"
        if behind and holder:
            yield Diagnosis("index", f"{told}; {count(behind, 'file')} being taken in by {holder}")
        elif behind:
            differ = f"{count(behind, 'file')} not taken in yet: run {sync}"
            yield Diagnosis("index", f"{told}; {differ}", well=False)
        else:
            yield Diagnosis("index", f"{told}, up to date with the folder")
    except (IndexAway, IndexOfAnother) as error:
        yield Diagnosis("index", str(error), well=False)
    except (IndexFault, CorpusError) as error:
        yield Diagnosis("index", f"{error}; {sync} makes it good", well=False)


def _behind(footnote: Footnote) -> int:
    """How many files have been added, changed or taken away since the last sync."""
    stamps = footnote.store.stamps()
    known = footnote.passage_index.build().catalogue.known()
    return len(
        {a for a in stamps.keys() & known.keys() if _differs(footnote, a, known[a].digest)}
        | (stamps.keys() ^ known.keys())
    )


def _differs(footnote: Footnote, article: str, digest: bytes) -> bool:
    return hashlib.sha256(footnote.store.content(article)).digest() != digest


def _receipts(footnote: Footnote) -> Diagnosis:
    if not State.is_there(footnote.settings):
        return Diagnosis("receipts", "none yet")
    try:
        return Diagnosis("receipts", f"of {count(footnote.receipts.count(), 'question')} asked")
    except BotError as error:
        return Diagnosis("receipts", str(error), well=False)
