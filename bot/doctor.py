"""`footnote doctor`: everything that Footnote needs, looked at, with what to do about the rest."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rich.text import Text

from bot.composition import Footnote, compose
from bot.errors import BotError
from bot.settings import PREFIX, TOKEN, Settings, base_folder, unknown_settings
from corpus.errors import CorpusError
from index.embedding import SentenceTransformerEmbedding
from index.errors import IndexFault
from index.record import BuildRecord

_PACKAGES = (
    "llama-index-core", "sentence-transformers", "torch", "chromadb", "tantivy",
    "python-telegram-bot",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; where it is not `well`, `text` says what to do about it."""

    subject: str
    text: str
    well: bool = True

    def view(self) -> Text:
        mark = Text("✓ " if self.well else "✗ ", style="green" if self.well else "red")
        return mark.append(f"{self.subject}: ", style="bold").append(
            self.text, style="not bold default"
        )


def examine(settings: Settings) -> list[Finding]:
    """All findings; nothing is written, and nothing is fetched from anywhere."""
    findings = [*_versions(), *_settings(settings), *_folders(settings)]
    try:
        footnote = compose(settings, purpose="footnote doctor")
    except (BotError, CorpusError, IndexFault) as error:
        return [*findings, Finding("embedding model", str(error), well=False)]
    try:
        findings += [_articles(footnote), _model(footnote), *_index(footnote)]
    finally:
        footnote.close()
    return [*findings, *_telegram(settings)]


def _versions() -> Iterator[Finding]:
    installed = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    yield Finding("version", f"Footnote {_version('footnote')}, Python {platform.python_version()}")
    yield Finding("packages", installed)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed as a package"


def _settings(settings: Settings) -> Iterator[Finding]:
    file = base_folder() / ".env"
    yield Finding(
        "settings", f"from the environment and {file}{'' if file.exists() else ' (none)'}"
    )
    for name in unknown_settings():
        known = ", ".join(sorted(f"{PREFIX}{n.upper()}" for n in _own_settings()))
        yield Finding(name, f"is no setting; remove it, or write one of {known}", well=False)


def _own_settings() -> list[str]:
    return [name for name in Settings.model_fields if name.upper() != TOKEN]


def _folders(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    writable = os.access(nearest, os.W_OK | os.X_OK)
    size = sum(f.stat().st_size for f in home.rglob("*") if f.is_file()) if home.exists() else 0
    yield Finding(
        "home",
        f"{home}, {size / 1e6:,.1f} MB"
        if writable
        else f"{home} cannot be written; mend its rights or set {PREFIX}HOME to another folder",
        well=writable,
    )


def _articles(footnote: Footnote) -> Finding:
    try:
        stamps = footnote.store.stamps()
    except CorpusError as error:
        return Finding("articles", str(error), well=False)
    faults = []
    for article in stamps:
        try:
            footnote.store.read(article)
        except CorpusError as error:
            faults.append(str(error))
    folder = footnote.settings.articles
    if faults:
        return Finding("articles", f"mend these in {folder}: {'; '.join(faults)}", well=False)
    return Finding("articles", f"{len(stamps):,} in {folder}")


def _model(footnote: Footnote) -> Finding:
    model = footnote.passage_index.model
    assert isinstance(model, SentenceTransformerEmbedding)
    try:
        dimensions = len(model.embed_query("Does this model answer?"))
    except IndexFault as error:
        return Finding("embedding model", str(error), well=False)
    return Finding("embedding model", f"{model.name}, {dimensions} dimensions, {model.precision}")


def _index(footnote: Footnote) -> Iterator[Finding]:
    passage_index = footnote.passage_index
    holder = passage_index.lock.holder()
    yield Finding("lock", f"held by {holder}" if holder else "free")
    try:
        record = passage_index.current_record()
        if record is None:
            yield Finding("index", "none yet: run 'footnote sync'", well=False)
            return
        if not record.matches(BuildRecord.of(passage_index.model)):
            built = f"built by {record.embedding_model} or by other rules than the settings'"
            yield Finding("index", f"{built}: run 'footnote sync' to build it anew", well=False)
            return
        catalogue = passage_index.build().catalogue
        articles, passages = catalogue.counts()
        behind = _behind(footnote)
        told = f"{articles:,} articles, {passages:,} passages, built by {record.embedding_model}"
        if behind:
            yield Finding(
                "index",
                f"{told}; {behind} files differ: run 'footnote sync'",
                well=holder is not None,
            )
        else:
            yield Finding("index", f"{told}, level with the folder")
    except (IndexFault, CorpusError) as error:
        yield Finding("index", f"{error}; 'footnote sync --rebuild' makes it good", well=False)


def _behind(footnote: Footnote) -> int:
    """How many files have been added, changed or taken away since the index was made level."""
    stamps = footnote.store.stamps()
    known = footnote.passage_index.build().catalogue.known()
    return len(
        {a for a in stamps.keys() & known.keys() if _differs(footnote, a, known[a].digest)}
        | (stamps.keys() ^ known.keys())
    )


def _differs(footnote: Footnote, article: str, digest: bytes) -> bool:
    import hashlib

    return hashlib.sha256(footnote.store.content(article)).digest() != digest


def _telegram(settings: Settings) -> Iterator[Finding]:
    if settings.telegram_bot_token is None:
        yield Finding("Telegram", f"no token; to run the bot, set {TOKEN} (from @BotFather)")
        return
    yield Finding("Telegram", f"token present, server {settings.telegram_api_url}")
    if settings.open:
        yield Finding("who may ask", "anybody")
    elif settings.owners:
        yield Finding("who may ask", f"{len(settings.owners)} people, by their ids")
    else:
        yield Finding(
            "who may ask",
            f"nobody: set {PREFIX}OWNERS to Telegram user ids (the bot tells you yours)",
            well=False,
        )
