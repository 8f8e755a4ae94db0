"""Sets of claims with a verdict on each, in the one form that bench/README.md describes."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, Field

from bench.sets import OWN, SetFault, rows, shipped_articles
from footnote.corpus.article import Article
from footnote.corpus.normalise import normalise, one_line
from footnote.index.support.judge import claim_sentences

_VERDICTS = {"Complete": True, "Incomplete": False}
# "[2] https://…", with which evidence from the web is given.
_SOURCE = re.compile(r"^\[\d+\]\s*(?:https?://\S+\s*)?")
_LONGEST_TITLE = 80
# Evidence from the web that has less is its address or its title: little to hold a claim to.
_MIN_CHARACTERS = 200


@dataclass(frozen=True)
class Claim:
    """`evidence` are sentences that decide about it; `articles`: where it is to be looked up, in
    all of them where there are none. `thin`: of its evidence hardly more than an address is given.
    """

    id: str
    text: str
    borne_out: bool
    kind: str
    evidence: tuple[str, ...]
    articles: tuple[str, ...] = ()
    thin: bool = False

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(claim_sentences(self.text))

    @property
    def plain(self) -> str:
        """Without reference marks."""
        return " ".join(self.sentences)

    @property
    def marked(self) -> str:
        """As it would be pasted out of an answer, with a number after each sentence."""
        return " ".join(f"{sentence} [{n}]" for n, sentence in enumerate(self.sentences, 1))


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """The articles that the claims are judged by, and the claims that are right or wrong.

    `left_out`: how many have another verdict, or nothing to be held to.
    """

    name: str
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    left_out: int = 0


class _Claim(BaseModel):
    id: str = Field(pattern=r"^\w[\w-]*$")
    claim: str = Field(min_length=1)
    evidence: list[str]
    support: str
    kind: str = ""
    article: str = ""
    title: str = ""


def read_claims(folder: Path = OWN) -> ClaimSet:
    """Claims that name an article are looked up among the articles that come with Footnote; of the
    others each has its evidence for its articles. What is neither Complete nor Incomplete is left
    out, and so is what has no evidence but an address; how many is told. Raises SetFault."""
    file = folder / "claims.jsonl"
    if not file.is_file():
        raise SetFault(f"{folder} holds no claims.jsonl: bench/README.md says what belongs in it")
    everything = list(rows(file, _Claim))
    pasted = {row.id: tuple(_pasted(row)) for row in everything if not row.article}
    read = [
        row for row in everything if row.support in _VERDICTS and (row.article or pasted[row.id])
    ]
    articles = {article.id: article for row in read for article in pasted.get(row.id, ())}
    if any(row.article for row in read):
        articles |= {article.id: article for article in shipped_articles()}
    claims = tuple(
        Claim(
            row.id,
            row.claim,
            _VERDICTS[row.support],
            row.kind,
            tuple(map(normalise, row.evidence)),
            tuple(dict.fromkeys(article.id for article in pasted.get(row.id, ()))),
            thin=_is_thin(row, pasted.get(row.id, ())),
        )
        for row in read
    )
    return ClaimSet(folder.name, tuple(articles.values()), claims, len(everything) - len(read))


def _is_thin(row: _Claim, articles: Sequence[Article]) -> bool:
    of_the_web = any(_SOURCE.match(evidence) for evidence in row.evidence)
    return of_the_web and sum(len(article.text) for article in articles) < _MIN_CHARACTERS


def _pasted(row: _Claim) -> Iterator[Article]:
    """The same evidence is the same article, whichever claim has it."""
    for evidence in row.evidence:
        text = normalise(_SOURCE.sub("", evidence))
        if text.strip():
            title = row.title or one_line(text)[:_LONGEST_TITLE]
            digest = hashlib.sha256(f"{row.title}{text}".encode()).hexdigest()[:16]
            yield Article(id=f"e-{digest}", title=title, text=text, language="en")
