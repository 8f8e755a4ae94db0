"""Settings: from options, the environment and the collection's `.env`, in this order."""

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from pydantic import (
    AliasChoices,
    Field,
    NegativeInt,
    PositiveInt,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from footnote.bot.collection import find_collection
from footnote.bot.errors import SettingsFault
from footnote.corpus.address import without_login
from footnote.corpus.article_files import ArticlesPlace
from footnote.index.models.embedding import Precision

PREFIX = "FOOTNOTE_"
TOKEN = "TELEGRAM_BOT_TOKEN"
NO_READER = "none"
"""The value of FOOTNOTE_RERANKER that saves the time of reading."""

_MIN_OF_PASSWORD = 4
"""A shorter one would be blotted out of words that have nothing to do with it."""

_CHROMA_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"
MAX_COLLECTIONS = 64
_DATABASE_FORM = re.compile(r"postgres(?:ql)?://[^\s#]+")
_TOKEN_FORM = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_PLACE_FORM = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#][^\s?#]*")
_ORIGIN_FORM = re.compile(r"https?://[^\s/?#@*,]+")


class Process(StrEnum):
    """What a process does of what several do that have one database in common."""

    ALL = "all"
    INDEXER = "indexer"  # adds articles, follows folder and feeds, and writes the index
    REPLICA = "replica"  # takes in what people send, and answers it


class Settings(BaseSettings):
    """Every setting with what it is for; the names in the environment have the prefix FOOTNOTE_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    articles: ArticlesPlace = Field(
        default_factory=lambda: find_collection().articles,
        description="the folder of articles, or an address such as s3://bucket/articles",
    )
    aliases: Path | None = Field(
        default=None, description="a file of other names; aliases.txt beside the articles if empty"
    )
    home: Path = Field(
        default_factory=lambda: find_collection().home,
        description="a folder for the index and the state",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="a PostgreSQL database that keeps the state instead of files, such as"
        " postgresql://footnote@db.example.org/footnote",
    )
    shared: str | None = Field(
        default=None,
        description="where replicas fetch the words of the index, a folder or an address such as"
        " s3://bucket/footnote",
        pattern=r"^(/|[A-Za-z][A-Za-z0-9+.-]*://)[^\s]+$",
    )
    process: Process = Field(
        default=Process.ALL,
        description="all, or of several processes with one database: indexer or replica",
    )
    embedding_model: str = Field(
        default="", description="a sentence-transformers model, by its name or its folder"
    )
    precision: Precision | None = Field(
        default=None,
        description="float32 or bfloat16; if empty, whichever is faster for many passages",
    )
    chroma_url: str | None = Field(
        default=None,
        description="a Chroma server for the vectors, such as http://127.0.0.1:8000",
        pattern=r"^https?://[^\s/?#]+/?$",
    )
    chroma_tenant: str = Field(
        default="default_tenant", pattern=_CHROMA_NAME, description="the name of a tenant there"
    )
    chroma_database: str = Field(
        default="default_database", pattern=_CHROMA_NAME, description="the name of its database"
    )
    chroma_token: SecretStr | None = Field(
        default=None, description="the server's token, letters, digits and signs without spaces"
    )
    chroma_collections: int = Field(
        default=1,
        ge=1,
        le=MAX_COLLECTIONS,
        description=f"over how many collections vectors are spread, from 1 to {MAX_COLLECTIONS}",
    )
    reranker: str = Field(
        default="",
        description="what reads the best passages: the reader that comes with Footnote if empty,"
        " a sentence-transformers CrossEncoder by name or folder, or none",
    )
    llm_url: str | None = Field(
        default=None,
        description="an OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
    )
    llm_model: str = Field(default="", description="the name of the language model that writes")
    llm_api_key: SecretStr | None = Field(
        default=None, description="the endpoint's key, letters, digits and signs without spaces"
    )
    rewrite_model: str = Field(
        default="", description="a language model that rewrites follow-ups; none if empty"
    )
    llm_first_seconds: float = Field(
        default=20, gt=0, le=600, description="seconds to the first sentence, up to 600"
    )
    llm_seconds: float = Field(
        default=60, gt=0, le=3600, description="seconds for a written answer, up to 3600"
    )
    llm_evidence_tokens: int = Field(
        default=3000, ge=200, description="tokens of the passages that a model is given, from 200"
    )
    llm_answer_tokens: int = Field(
        default=500, ge=20, description="tokens of a written answer, from 20"
    )
    llm_search_again: bool = Field(
        default=True,
        description="true or false: whether a model that finds no answer may search once more",
    )
    written_a_day: int = Field(
        default=100, ge=0, description="how many written answers a person gets a day, 0 for all"
    )
    support_model: str = Field(
        default="",
        description="a CrossEncoder for natural language inference, by name or folder; or none",
    )
    max_megabytes: int = Field(
        default=50,
        ge=1,
        le=1000,
        description="the size, in MB, of the largest file or page that is read, from 1 to 1000",
    )
    owners: Annotated[frozenset[PositiveInt], NoDecode] = Field(
        default=frozenset(), description="Telegram user ids, separated by commas: 12345,67890"
    )
    editors: Annotated[frozenset[PositiveInt], NoDecode] = Field(
        default=frozenset(), description="Telegram user ids, separated by commas: 12345,67890"
    )
    readers: Annotated[frozenset[PositiveInt], NoDecode] = Field(
        default=frozenset(), description="Telegram user ids, separated by commas: 12345,67890"
    )
    groups: Annotated[frozenset[NegativeInt], NoDecode] = Field(
        default=frozenset(), description="ids of Telegram groups, separated by commas: -100123,-456"
    )
    open: bool = Field(
        default=False, description="true or false: whether anybody may ask in Telegram"
    )
    questions_a_minute: int = Field(
        default=20, ge=0, description="how many questions of one person are answered, 0 for all"
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        description="the root of a Bot API server, such as http://127.0.0.1:8081",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
    )
    webhook_url: str | None = Field(
        default=None,
        description="where Telegram shall send messages to, such as https://bot.example.org/tg",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#{}]*)?$",
    )
    webhook_host: str = Field(
        default="127.0.0.1", description="the address to listen on for it, 0.0.0.0 for all"
    )
    webhook_port: int = Field(
        default=8080, ge=1, le=65535, description="the port to listen on for it, 1 to 65535"
    )
    web_url: str | None = Field(
        default=None,
        description="where people reach the pages that the bot serves, such as"
        " https://bot.example.org",
        pattern=r"^https://[^\s/?#@]+/?$",
    )
    web_origins: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        description="pages elsewhere that may use the API from a browser, separated by commas:"
        " https://notes.example.org",
    )
    log_questions: bool = Field(
        default=False, description="true or false: whether the log has what people write"
    )
    telegram_bot_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("telegram_bot_token", TOKEN),
        description="the token that @BotFather gave, such as 123456789:AAE…",
    )

    @field_validator("owners", "editors", "readers", "groups", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("articles", mode="before")
    @classmethod
    def _address_of_articles(cls, value: Any) -> Any:
        """A folder of this machine may be given as an address, too."""
        if not isinstance(value, str) or "://" not in value:
            return Path(value) if isinstance(value, str) else value
        scheme, _, rest = value.partition("://")
        if scheme.lower() in ("file", "local"):
            return Path(f"/{rest.lstrip('/')}")
        if not _PLACE_FORM.fullmatch(value):
            raise ValueError("it is not of the form s3://bucket/articles")
        return value.rstrip("/")

    @field_validator("articles", "home", mode="after")
    @classmethod
    def _folder(cls, value: ArticlesPlace) -> ArticlesPlace:
        if isinstance(value, str):
            return value
        try:
            folder = value.expanduser().absolute()
            if folder.exists() and not folder.is_dir():
                raise ValueError("it is a file, not a folder")
        except (OSError, RuntimeError) as error:  # RuntimeError: ~somebody who is nobody here
            reason = error.strerror if isinstance(error, OSError) else error
            raise ValueError(f"it cannot be looked at ({reason})") from None
        return folder

    @field_validator("aliases", mode="after")
    @classmethod
    def _file(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value else None

    @field_validator("*", mode="after")
    @classmethod
    def _address(cls, value: Any, info: ValidationInfo) -> Any:
        is_address = isinstance(value, str) and _is_address(info.field_name or "")
        try:
            parts = urlsplit(value if is_address else "")
            _ = parts.port
        except ValueError:  # its own words repeat what may be a part of a password
            raise ValueError("its port is no number, or its host is not closed by ]") from None
        if parts.scheme == "memory":
            raise ValueError("what is kept there is gone when the program ends")
        return value

    @field_validator("web_origins", mode="before")
    @classmethod
    def _origins(cls, value: Any) -> Any:
        origins = value.replace(",", " ").lower().split() if isinstance(value, str) else value
        for origin in origins:
            if not _ORIGIN_FORM.fullmatch(origin):
                raise ValueError(f"{origin} is not of the form https://notes.example.org")
        return origins

    @field_validator("web_url", mode="after")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        return value.removesuffix("/").lower() if value else None

    @field_validator("llm_api_key", "chroma_token", mode="after")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value().strip() if value else ""
        if not all("!" <= sign <= "~" for sign in key):
            raise ValueError("it has a sign that no header takes")
        return SecretStr(key) if key else None

    @field_validator("database_url", mode="after")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        address = value.get_secret_value().strip() if value else ""
        if not address:
            return None
        if not _DATABASE_FORM.fullmatch(address) or urlsplit(address).port == 0:
            raise ValueError("it is not of the form postgresql://user:password@host/name")
        return SecretStr(address)

    @property
    def secrets(self) -> list[str]:
        """What must stand in no log and no message."""
        known = {name: getattr(self, name) for name in type(self).model_fields}
        secrets = [of.get_secret_value() for of in known.values() if isinstance(of, SecretStr)]
        addresses = [address for name, address in known.items() if _is_address(name)]
        addresses += [self.database_url.get_secret_value()] if self.database_url else []
        passwords = [urlsplit(str(address or "")).password or "" for address in addresses]
        forms = {form for password in passwords for form in (password, unquote(password))}
        return secrets + sorted(form for form in forms if len(form) >= _MIN_OF_PASSWORD)

    @field_validator("telegram_bot_token", mode="after")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        token = value.get_secret_value().strip()
        if not _TOKEN_FORM.fullmatch(token):
            raise ValueError("it is not of the form 123456789:AAE…")
        return SecretStr(token)


def place_of_articles(settings: Settings) -> ArticlesPlace:
    """What tells the articles from those of other places, without a login."""
    place = settings.articles
    return without_login(place) if isinstance(place, str) else place


def read_settings(**options: Any) -> Settings:
    """The settings, `options` (where not None) before all else.

    Raises SettingsFault, which names every wrong setting with its value and what would be right.
    """
    given = {name: value for name, value in options.items() if value is not None}
    file = find_collection().settings_file
    try:
        settings = Settings(_env_file=file, **given)
    except ValidationError as error:
        raise SettingsFault("\n".join(sorted(_faults(error, given)))) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFault(f"{file} cannot be read: {error}") from None
    if bool(settings.llm_url) != bool(settings.llm_model):
        raise SettingsFault(
            f"{PREFIX}LLM_URL and {PREFIX}LLM_MODEL belong together, and one is not set: set both"
            " for written answers, none for quoted ones"
        )
    return settings


def unknown_settings() -> list[str]:
    """Names with our prefix, in the environment or `.env`, that are no setting of ours."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    names = {*os.environ, *dotenv_values(find_collection().settings_file)}
    return sorted(name for name in names if name.startswith(PREFIX) and name not in known)


def _faults(error: ValidationError, options: dict[str, Any]) -> set[str]:
    return {
        _fault(str(fault["loc"][0]), fault["input"], fault["msg"], options)
        for fault in error.errors(include_url=False)
    }


def _is_secret(name: str) -> bool:
    """Whether the setting is declared as one."""
    return SecretStr in get_args(Settings.model_fields[name].annotation)


def _is_address(name: str) -> bool:
    """Whether the setting is declared to be of the form of an address, which may have a password in
    it, or can be one."""
    if Settings.model_fields[name].annotation == ArticlesPlace:
        return True
    forms = (getattr(one, "pattern", None) for one in Settings.model_fields[name].metadata)
    return any(form is not None and "://" in form for form in forms)


def _in_environment(name: str) -> str:
    return TOKEN if name == TOKEN.lower() else f"{PREFIX}{name.upper()}"


def _fault(place: str, value: Any, reason: str, options: dict[str, Any]) -> str:
    name = place.lower()
    if _is_secret(name):
        wrong = f"{_in_environment(name)} is wrong (not shown, for it is a secret)"
        return f"{wrong}; it should be {_hint(name)}"
    may_have_login = _is_address(name) and (name != "articles" or "://" in str(value))
    value = _without_login(value) if may_have_login else value
    shown = f"--{name}" if name in options else _in_environment(name)
    because = reason.removeprefix("Value error, ") if reason.startswith("Value error") else ""
    return (
        f"{shown} is {_plain(value)}{f': {because}' if because else ''}; it should be {_hint(name)}"
    )


def _without_login(value: Any) -> str:
    """Of an address that may be none: whatever stands before an @ may be a password."""
    login, at, rest = str(value).rpartition("@")
    scheme, there, _ = login.partition("://")
    return f"{scheme}{there}‹login›@{rest}" if at and there else f"{'‹login›@' if at else ''}{rest}"


def _plain(value: Any) -> str:
    return repr(str(value) if isinstance(value, Path) else value)


def _hint(name: str) -> str:
    return str(Settings.model_fields[name].description)
