"""What became of something brought in, and the article that a new text makes of an old one."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from footnote.corpus.article import FILE_DATE, Article
from footnote.corpus.printed_pages import KEY as PAGE_STARTS
from footnote.corpus.readers import Reading

How = Literal["added", "new revision", "already here", "near copy"]


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of something brought in: `how` it came to the `article` that is there now.

    "near copy": it was not added, because `likeness` (0 to 1) of it stands in `article`. `since`,
    in seconds since 1970, says when what is "already here" came. A "new revision" has so many
    words more and fewer than the one before; `number` is that of the change.
    """

    article: Article
    how: How
    since: float = 0.0
    words_added: int = 0
    words_removed: int = 0
    likeness: float = 0.0
    number: int | None = None

    @property
    def is_in(self) -> bool:
        """Whether it brought something into the folder."""
        return self.how in ("added", "new revision")


def revision(there: Article, reading: Reading) -> Article:
    """The article with the text that was read; what else is known stays, if not read.

    So does its title, where all that was read for one is the name of a file or an address.
    """
    draft = reading.draft
    known = {
        name: getattr(draft, name) or getattr(there, name)
        for name in ("author", "date", "language", "source", "url")
    }
    extra = {
        key: value for key, value in there.extra.items() if key not in (PAGE_STARTS, FILE_DATE)
    }
    return Article(
        id=there.id,
        title=there.title if reading.untitled else draft.title,
        text=draft.text,
        added=there.added,
        extra=extra | dict(draft.extra),
        head=draft.head or there.head,
        **known,
    )


def words_changed(before: str, after: str) -> tuple[int, int]:
    """How many words one text has more than another, and how many fewer."""
    old, new = Counter(before.split()), Counter(after.split())
    return (new - old).total(), (old - new).total()
