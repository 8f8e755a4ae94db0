"""Articles that were opened lately, with their texts as pages show them.

Reading an article and laying out its text costs more than all else that its page takes, and is the
same until its file changes. What is kept is found by the digest of the file, so that nothing of an
earlier version is ever shown for a later one.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from footnote.bot.web.article_text import article_html
from footnote.corpus.article import Article
from footnote.corpus.span import Span
from footnote.index.keeping.build import Build

_MAX_CHARACTERS = 16_000_000
"""Of all texts and their pages together: about 1,000 articles of 6,000 characters."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An article as it is indexed, where its passages stand, and its text without any marks."""

    article: Article
    spans: Sequence[Span]
    html: Markup

    @property
    def characters(self) -> int:
        return len(self.article.text) + len(self.html)


class ArticleCache:
    """Safe to use from several threads; what was opened longest ago goes first."""

    def __init__(self, *, max_characters: int = _MAX_CHARACTERS) -> None:
        self._max_characters = max_characters
        self._characters = 0
        self._kept: OrderedDict[str, tuple[object, LaidOut]] = OrderedDict()
        self._lock = threading.RLock()

    def article(self, build: Build, name: str) -> LaidOut | None:
        """The article with this id, as this build has it; None where it has none."""
        known = build.catalogue.known([name]).get(name)
        if known is None:
            self._forget(name)
            return None
        version = (build.folder, known.digest)
        with self._lock:
            kept_version, kept = self._kept.get(name, (None, None))
            if kept is not None and kept_version == version:
                self._kept.move_to_end(name)
                return kept
        article = build.catalogue.article(name)
        if article is None:  # it has been removed just now
            return None
        laid_out = LaidOut(article, build.catalogue.spans(name), article_html(article.text))
        self._keep(name, version, laid_out)
        return laid_out

    def _keep(self, name: str, version: object, laid_out: LaidOut) -> None:
        with self._lock:
            self._forget(name)
            self._kept[name] = version, laid_out
            self._characters += laid_out.characters
            while self._characters > self._max_characters:
                _, (_, oldest) = self._kept.popitem(last=False)
                self._characters -= oldest.characters

    def _forget(self, name: str) -> None:
        with self._lock:
            if name in self._kept:
                _, old = self._kept.pop(name)
                self._characters -= old.characters
