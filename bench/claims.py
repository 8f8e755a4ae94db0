"""Sets of claims with a verdict on each, in the one form that bench/README.md describes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field

from bench.sets import OWN, SetFault, rows, shipped_articles
from corpus.article import Article
from corpus.normalise import normalise, one_line

_VERDICTS = {"Complete": True, "Incomplete": False}
# "[2] https://…", with which evidence from the web is given, and the numbers in a claim.
_SOURCE = re.compile(r"^\[\d+\]\s*(?:https?://\S+\s*)?")
_NUMBERS = re.compile(r"\s*\[\d+\]")
_LONGEST_TITLE = 80
# What has less is the address of the evidence, or its title: nothing that a claim can be held to.
_FEWEST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Claim:
    """`evidence` are sentences that decide about it; `articles`: where it is to be looked up, in
    all of them where there are none."""

    id: str
    text: str
    borne_out: bool
    kind: str
    evidence: tuple[str, ...]
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """The articles that the claims are judged by, and the claims that are right or wrong."""

    name: str
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]


class _Claim(BaseModel):
    id: str = Field(pattern=r"^\w[\w-]*$")
    claim: str = Field(min_length=1)
    evidence: list[str]
    support: str
    kind: str = ""
    article: str = ""


def read_claims(folder: Path = OWN) -> ClaimSet:
    """Claims that name an article are looked up among the articles that come with Footnote; of the
    others each has its evidence for its articles. What is neither Complete nor Incomplete is left
    out. Raises SetFault."""
    file = folder / "claims.jsonl"
    if not file.is_file():
        raise SetFault(f"{folder} holds no claims.jsonl: bench/README.md says what belongs in it")
    read = [row for row in rows(file, _Claim) if row.support in _VERDICTS]
    pasted = {row.id: tuple(_pasted(row)) for row in read if not row.article}
    enough = {id for id, its in pasted.items() if sum(map(_length, its)) >= _FEWEST_CHARACTERS}
    read = [row for row in read if row.article or row.id in enough]
    articles = [article for row in read for article in pasted.get(row.id, ())]
    if any(row.article for row in read):
        articles += shipped_articles()
    claims = tuple(
        Claim(
            row.id,
            _NUMBERS.sub("", row.claim),
            _VERDICTS[row.support],
            row.kind,
            tuple(map(normalise, row.evidence)),
            tuple(article.id for article in pasted.get(row.id, ())),
        )
        for row in read
    )
    return ClaimSet(folder.name, tuple(articles), claims)


def _length(article: Article) -> int:
    return len(article.text)


def _pasted(row: _Claim) -> Iterator[Article]:
    for number, evidence in enumerate(row.evidence):
        text = normalise(_SOURCE.sub("", evidence))
        if text.strip():
            title = one_line(text)[:_LONGEST_TITLE]
            yield Article(id=f"{row.id}-{number}", title=title, text=text, language="en")
