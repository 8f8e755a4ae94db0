"""Lists of articles: the newest ones, those on a topic, or a summary of one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from footnote.corpus.timespan import Timespan
from footnote.index.finding.citing import cite
from footnote.index.finding.finder import THRESHOLD
from footnote.index.finding.query import Query
from footnote.index.finding.quoting import rank
from footnote.index.finding.request import Request
from footnote.index.finding.retrieval import PassageRetriever
from footnote.index.finding.summary import summary
from footnote.index.keeping.build import Build
from footnote.index.passages import embedded
from footnote.index.question import Question
from footnote.index.results import (
    Abstention,
    Claim,
    ListedArticle,
    Listing,
    Reason,
)

_MAX_ARTICLES = 10
# So many passages with words of the topic are looked at for all of them.
_MAX_PASSAGES = 300
# A title names a topic if it has so much of what the topic's words weigh; for "summarise X", which
# may ask for a sentence, it has all of them, and they make up so much of it.
_NAMES_TOPIC, _OF_THE_TITLE = 0.6, 0.4


def listed(
    question: Question, request: Request, retriever: PassageRetriever, build: Build
) -> Listing | Abstention | None:
    """The articles asked for; None if a sentence turns out to be asked for instead.

    An abstention where none has what is asked for, or where it is not clear which article is meant.
    """
    if request.about == "summary":
        return _summed_up(question, request, retriever, build)
    ids: Sequence[str]
    if request.topic is None:
        days = question.days
        among = build.catalogue.articles_of(days) if days else None
        ids = build.catalogue.newest(_MAX_ARTICLES, among=among)
    else:
        topic = Topic.of(request.topic, retriever, build, days=question.days)
        ids = topic.articles()
    heads = [build.catalogue.head(id_) for id_ in ids]
    found = [ListedArticle(head.reference) for head in heads if head]
    if request.about == "new":
        found.sort(key=lambda one: one.reference.day or "", reverse=True)
    if not found:
        return Abstention(question.text, Reason.NOTHING_FOUND)
    return Listing(question.text, request.about, found[:_MAX_ARTICLES])


def _summed_up(
    question: Question, request: Request, retriever: PassageRetriever, build: Build
) -> Listing | Abstention | None:
    if request.topic is None:
        ids = question.cited or build.catalogue.ids()
        if not question.cited and len(ids) != 1:
            return Abstention(question.text, Reason.UNCLEAR)
        wanted: str | None = ids[0]
    else:
        topic = Topic.of(request.topic, retriever, build, days=question.days)
        wanted = topic.titled(exactly=request.by_title)
        if request.by_title and wanted is None:
            return None
    head = build.catalogue.head(wanted) if wanted else None
    if head is None or wanted is None:
        return Abstention(question.text, Reason.NOTHING_FOUND)
    passages = build.catalogue.passages_of(wanted)
    tokens = build.catalogue.tokens(passage.key for passage in passages)
    claims: list[Claim] = []
    for passage, span in summary(passages, tokens, build.coder):
        citation = cite(len(claims) + 1, build.catalogue, passage, span)
        if citation is not None:
            claims.append(Claim(citation.quotation, (citation,)))
    return Listing(question.text, "summary", [ListedArticle(head.reference, claims)])


@dataclass(frozen=True, slots=True)
class Topic:
    """What the articles have on a topic: for each, how many passages contain all its words."""

    query: Query
    retriever: PassageRetriever
    build: Build
    holding: Counter[str]
    titles: dict[str, tuple[float, float]]

    @classmethod
    def of(
        cls, topic: str, retriever: PassageRetriever, build: Build, *, days: Timespan | None = None
    ) -> "Topic":
        """Of the articles of some days only, if they are given."""
        query = next(retriever.queries(Question(topic, days=days)))
        among = build.catalogue.keys_of(days) if days else None
        holding, titles = Counter[str](), dict[str, tuple[float, float]]()
        for variant in query.variants:
            for field, terms in variant.terms.items():
                keys = build.lexical.search(terms, field, limit=_MAX_PASSAGES, among=among)
                for passage in build.catalogue.passages(keys).values():
                    text = embedded(passage.text, passage.title, passage.heading)
                    if set(terms) <= set(build.lexical.terms(text, field)):
                        holding[passage.article] += 1
                    if passage.article not in titles:
                        title = set(build.lexical.terms(passage.title, field))
                        share = len(title & set(terms)) / max(len(title), 1)
                        titles[passage.article] = query.share_of_words(title, field), share
        return cls(query, retriever, build, holding, titles)

    def articles(self) -> list[str]:
        """Those that have all words of the topic in one passage, its name in the title first; where
        there are none, those that are near in meaning."""
        if self.holding:

            def how_much(article: str) -> tuple[bool, int]:
                return self.titles[article][0] >= _NAMES_TOPIC, self.holding[article]

            return sorted(self.holding, key=how_much, reverse=True)
        return self._near()

    def titled(self, *, exactly: bool) -> str | None:
        """The article whose title names the topic best, if `exactly` one that does; else the one
        that has the most of it."""
        named = {
            article: shares
            for article, shares in self.titles.items()
            if (
                shares[0] > 0.99 and shares[1] >= _OF_THE_TITLE
                if exactly
                else shares[0] >= _NAMES_TOPIC
            )
        }
        if named:
            newest = self.build.catalogue.newest(among=named)
            return max(newest, key=lambda article: named[article], default=None)
        return None if exactly else next(iter(self.articles()), None)

    def _near(self) -> list[str]:
        found = self.retriever.search(self.query)
        ranked = rank(self.query, found)
        near = [quotable for quotable in ranked if quotable.score >= THRESHOLD]
        return list(dict.fromkeys(quotable.passage.article for quotable in near))
