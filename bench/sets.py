"""Question sets in the one form that bench/README.md describes: articles, questions, evidence."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from footnote.corpus.aliases import NAME as ALIASES
from footnote.corpus.article import Article
from footnote.corpus.normalise import normalise, one_line
from footnote.corpus.store import ArticleStore
from footnote.index.models.reader import SHIPPED as SHIPPED_READER
from footnote.index.question import Question, Turn

OWN = Path(__file__).parent / "own"
"""The project's own questions, on the articles that come with it."""

REPORTS = OWN / "reports"
"""Made-up news, with questions that a report answers or leaves open: the reader learns from it."""

_SHIPPED = Path(str(files("footnote.corpus"))) / "articles"
_LONGEST_TITLE = 80


class SetFault(Exception):
    """A folder that holds no question set; the message says what is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is known of it.

    `evidence` are sentences (or longer pieces) of the articles with the ids in `articles`, each as
    it stands there. `answers` are alternatives, a few words each. `whole` is the answerable
    follow-up made to stand alone by hand, where somebody did that. `about` are the articles that it
    was asked of, though none of them may answer it.
    """

    id: str
    question: Question
    answers: tuple[str, ...]
    evidence: tuple[str, ...]
    articles: tuple[str, ...]
    kind: str = ""
    whole: Question | None = None
    about: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        return bool(self.articles)


@dataclass(frozen=True)
class QuestionSet:
    """`name` begins the keys of its figures: the folder's, with the language where it has many.

    `aliases` is a file of other names that comes with the articles.
    """

    name: str
    articles: tuple[Article, ...]
    cases: tuple[Case, ...]
    aliases: Path | None = None

    def by_article(self, case: Case) -> bool:
        """Whether the evidence of a case are articles from end to end, not sentences of them."""
        return self._texts.issuperset(case.evidence)

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(article.text for article in self.articles)

    def held_out(self) -> "QuestionSet":
        """Without the questions about articles that the reader was trained on."""
        trained_on = json.loads((SHIPPED_READER / "trained_on.json").read_text("utf-8"))
        seen = set(trained_on.get(self.name, ()))
        return replace(self, cases=tuple(c for c in self.cases if not seen & set(c.about)))

    def half(self, which: Literal["even", "odd"]) -> "QuestionSet":
        """The even or the odd questions of each kind by their places: one to tune on."""
        seen: dict[str, int] = {}
        kept = []
        for case in self.cases:
            place = seen[case.kind] = seen.get(case.kind, -1) + 1
            if place % 2 == ("even", "odd").index(which):
                kept.append(case)
        return replace(self, cases=tuple(kept))


class _Article(BaseModel):
    id: str = Field(pattern=r"\w")
    title: str = ""
    text: str = Field(min_length=1)
    source: str | None = None
    date: str | None = None


class _Turn(BaseModel):
    role: Literal["user", "assistant"]
    text: str


class _Question(BaseModel):
    id: str
    question: str
    answers: list[str] = []
    evidence: list[str] = []
    article_ids: list[str] = []
    history: list[_Turn] = []
    rewrite: str | None = None
    kind: str = ""
    answerable: bool | None = None


def read_set(folder: Path) -> list[QuestionSet]:
    """The sets of a folder, one for each language: questions.jsonl, questions.de.jsonl and so on.

    Without an articles.jsonl the questions are about the articles that come with Footnote. Raises
    SetFault.
    """
    files = sorted(folder.glob("questions*.jsonl"), key=lambda file: (len(file.name), file.name))
    if not files:
        raise SetFault(
            f"{folder} holds no questions.jsonl: bench/README.md says what belongs in it"
        )
    sets = []
    for file in files:
        language = file.name.removeprefix("questions").removesuffix("jsonl").strip(".")
        name = f"{folder.name}.{language}" if language else folder.name
        place = file.with_name(file.name.replace("questions", "articles"))
        own = place.is_file()
        articles = articles_of(place, language or "en") if own else shipped_articles()
        there = {article.id for article in articles}
        cases = tuple(_case(row) for row in rows(file, _Question))
        if unknown := {id for case in cases for id in case.articles} - there:
            raise SetFault(f"{file} names articles that are not there: {sorted(unknown)[:5]}")
        sets.append(QuestionSet(name, articles, cases, None if own else _SHIPPED.parent / ALIASES))
    return sets


def shipped_articles() -> tuple[Article, ...]:
    store = ArticleStore(_SHIPPED)
    return tuple(store.read(article) for article in store.stamps())


def articles_of(file: Path, language: str = "en") -> tuple[Article, ...]:
    """Titled by their beginnings where they have no title, as a pasted text would be.

    Raises SetFault.
    """
    return tuple(
        Article(
            id=_file_name(row.id),
            title=one_line(row.title) or one_line(row.text)[:_LONGEST_TITLE],
            text=normalise(row.text),
            source=row.source,
            date=row.date,
            language=language,
        )
        for row in rows(file, _Article)
    )


def _case(row: _Question) -> Case:
    history = tuple(Turn(turn.role, turn.text) for turn in row.history)
    answerable = bool(row.article_ids) if row.answerable is None else row.answerable
    about = tuple(dict.fromkeys(map(_file_name, row.article_ids)))
    return Case(
        id=row.id,
        question=Question(row.question, history),
        answers=tuple(normalise(answer) for answer in row.answers) if answerable else (),
        evidence=tuple(normalise(piece) for piece in row.evidence) if answerable else (),
        articles=about if answerable else (),
        kind=row.kind,
        whole=Question(row.rewrite) if row.rewrite and answerable and history else None,
        about=about,
    )


def _file_name(id_: str) -> str:
    return re.sub(r"[^\w-]+", "-", id_)


_Row = TypeVar("_Row", bound=BaseModel)


def rows(file: Path, form: type[_Row]) -> Iterator[_Row]:
    for number, line in enumerate(_lines(file), start=1):
        try:
            yield form.model_validate_json(line)
        except ValidationError as error:
            raise SetFault(f"{file}, line {number}: {error.errors()[0]['msg']}") from error


def _lines(file: Path) -> Sequence[bytes]:
    # By bytes: str.splitlines would break a line at every odd line end within it.
    try:
        return [line for line in file.read_bytes().split(b"\n") if line.strip()]
    except OSError as error:
        raise SetFault(f"{file}: {error.strerror}") from error
