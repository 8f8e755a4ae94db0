"""Articles that were opened lately, with their texts as pages show them.

Reading an article and laying out its text costs more than all else that its page takes, and is the
same until its file changes. What is kept is found by the digest of the file, so that nothing of an
earlier version is ever shown for a later one.
"""

import threading
from collections import OrderedDict

from footnote.bot.web.opened_article import LaidOut
from footnote.index.keeping.build import Build

_MAX_SIZE = 16_000_000
"""In characters of texts and bytes of their pages: about 1,000 articles of 6,000 characters."""


class ArticleCache:
    """Safe to use from several threads; what was opened longest ago goes first."""

    def __init__(self, *, max_size: int = _MAX_SIZE) -> None:
        self._max_size = max_size
        self._size = 0
        self._kept: OrderedDict[str, tuple[object, LaidOut]] = OrderedDict()
        self._lock = threading.RLock()

    def article(self, build: Build, name: str) -> LaidOut | None:
        """The article with this id, as this build has it; None where it has none."""
        while (indexed := build.catalogue.indexed(name)) is not None:
            version = (build.folder, indexed.digest)
            with self._lock:
                kept_version, kept = self._kept.get(name, (None, None))
                if kept is not None and kept_version == version:
                    self._kept.move_to_end(name)
                    return kept
            if (article := build.catalogue.article_of(indexed)) is not None:
                laid_out = LaidOut.of(article, indexed.passages)
                self._keep(name, version, laid_out)
                return laid_out
        self._forget(name)
        return None

    def _keep(self, name: str, version: object, laid_out: LaidOut) -> None:
        with self._lock:
            self._forget(name)
            self._kept[name] = version, laid_out
            self._size += laid_out.size
            while self._size > self._max_size:
                _, (_, oldest) = self._kept.popitem(last=False)
                self._size -= oldest.size

    def _forget(self, name: str) -> None:
        with self._lock:
            if name in self._kept:
                _, old = self._kept.pop(name)
                self._size -= old.size
