"""The articles of a place: one Markdown file each, written whole or not at all."""

import contextlib
import difflib
import itertools
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from slugify import slugify

from footnote.corpus.article import Article, Draft
from footnote.corpus.article_files import SUFFIX, ArticleFiles, ArticlesPlace, Stamp, shown
from footnote.corpus.errors import ArticleNotFound, CorpusError, FrontMatterFault
from footnote.corpus.faults import Fault
from footnote.corpus.files_in_folder import FilesInFolder
from footnote.corpus.front_matter import parse, render

_MAX_SLUG_CHARACTERS = 80

_MIN_LIKENESS = 0.65
"""Of a name that is offered for another (difflib's ratio). With up to five typing errors it is .79
or more; between the 12 articles that come with Footnote, none of which is like another, up to .54.
"""


@dataclass(frozen=True, slots=True)
class Added:
    """An article of the place, and whether it has just come there (or was there before)."""

    article: Article
    new: bool


class ArticleStore:
    """Reads and writes the articles of one place, such as a folder and the folders in it."""

    def __init__(self, files: ArticleFiles | Path) -> None:
        """`files` may be a folder for what keeps them."""
        self.files = FilesInFolder(files) if isinstance(files, Path) else files

    @property
    def place(self) -> ArticlesPlace:
        return self.files.place

    def stamps(self) -> dict[str, Stamp]:
        """The id and stamp of every article, in the order of the ids; FolderUnusable if unread."""
        return self.look()[0]

    def look(self, among: Collection[str] | None = None) -> tuple[dict[str, Stamp], dict[str, str]]:
        """The same, and why parts of the place cannot be read, by their paths in it.

        Only those `among` the given ids if any are given. Raises FolderUnusable where the place
        itself cannot be read.
        """
        return self.files.look(among)

    def content(self, article: str) -> bytes:
        """The file as it is; ArticleNotFound where there is none.

        FrontMatterFault where it is larger than that of an article can be.
        """
        return self.files.content(article)

    def read(self, article: str, content: bytes | None = None) -> Article:
        """The article with this id; FrontMatterFault where its file is faulty."""
        name = shown(article + SUFFIX)
        data = self.content(article) if content is None else content
        if name != article + SUFFIX:
            raise FrontMatterFault(name, [(1, Fault.NAME_NOT_UTF8.of())])
        try:
            draft = parse(data.decode("utf-8"), name=name)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise FrontMatterFault(name, [(line, Fault.NOT_UTF8.of())]) from error
        return _placed(draft, article)

    def find(
        self,
        name: str,
        titles: Callable[[], Mapping[str, str]] | None = None,
        *,
        exactly: bool = False,
    ) -> str:
        """The id meant by an id, a file name, a title (in any case) or an unmistakable beginning,
        which last does not count where it is to be meant `exactly`.

        `titles` are those of the articles by their ids, where they are at hand: else every file is
        read for its own. Raises ArticleNotFound, with the nearest ids, where none or several are
        meant.
        """
        ids = list(self.stamps())
        plain = name.strip()
        wanted = plain.removesuffix(SUFFIX)
        if wanted in ids:
            return wanted
        begun = [i for i in ids if wanted and _folded(i).startswith(_folded(wanted))]
        meant = [i for i in begun if _folded(i) == _folded(wanted)]
        if not meant:
            known = dict(self._titles(ids)) if titles is None else titles()
            meant = [i for i in ids if _folded(known.get(i, "")) == _folded(plain)]
        if not meant and not exactly:
            meant = begun
        if len(meant) == 1:
            return meant[0]
        near = meant or begun or difflib.get_close_matches(wanted, ids, n=3, cutoff=_MIN_LIKENESS)
        hint = f"; did you mean {' or '.join(map(shown, near[:5]))}?" if near else ""
        raise ArticleNotFound(f"no article is called {name!r}{hint} ('footnote list' shows all)")

    def add(self, draft: Draft) -> Added:
        """Put a draft there under a name made from its title; FolderUnusable if not.

        Where that name is taken by an article with the same text, nothing is written.
        """
        slug = slugify(draft.title, max_length=_MAX_SLUG_CHARACTERS, word_boundary=True)
        for article in _numbered(slug or "article"):
            if not self.files.is_taken(article):
                with contextlib.suppress(FileExistsError):  # another process was quicker
                    return Added(self._put(article, draft, new=True), new=True)
            with contextlib.suppress(ArticleNotFound, FrontMatterFault):
                there = self.read(article)
                if there.revision == draft.revision:
                    return Added(there, new=False)
        raise AssertionError("the numbers never end")

    def replace(self, article: str, draft: Draft) -> Article:
        """Write the article's file anew, whole or not at all; raises FolderUnusable.

        Raises FrontMatterFault, and writes nothing, where the file could not be read again.
        """
        return self._put(article, draft, new=False)

    def put(self, article: str, content: bytes) -> None:
        """Write the article's file as it once was, to the byte; raises FolderUnusable."""
        self.files.write(article, content, new=False)

    def remove(self, article: str) -> None:
        """Take the article's file away; raises ArticleNotFound or FolderUnusable."""
        self.files.remove(article)

    def _titles(self, ids: list[str]) -> Iterator[tuple[str, str]]:
        for article in ids:
            with contextlib.suppress(CorpusError):
                yield article, self.read(article).title

    def _put(self, article: str, draft: Draft, *, new: bool) -> Article:
        """FileExistsError where the article is to be new and is there."""
        content = render(draft)
        placed = _placed(parse(content, name=article + SUFFIX), article)
        self.files.write(article, content.encode(), new=new)
        return placed


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in itertools.count(2))


def _placed(draft: Draft, article: str) -> Article:
    return Article(id=article, **{f.name: getattr(draft, f.name) for f in fields(Draft)})


def _folded(name: str) -> str:
    """For comparing names: without case, and composed, as a Mac may have taken "é" apart."""
    return unicodedata.normalize("NFC", name).casefold()
