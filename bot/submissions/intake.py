"""From what was brought to an article: read, looked at for doubt, put into the library."""

from dataclasses import replace

from footnote.bot.articles.add_result import AddResult, words_changed
from footnote.bot.articles.adding import Adder
from footnote.bot.articles.library import Library
from footnote.bot.bot_faults import BotFault, of_system
from footnote.bot.errors import BotError
from footnote.bot.submissions.submission import Submission
from footnote.bot.submissions.upload import Doubt, Offer, SubmissionResult, Upload
from footnote.corpus.article import Draft
from footnote.corpus.errors import (
    ArticleNotFound,
    ArticlesAway,
    CorpusError,
    FolderUnusable,
    Unreachable,
)
from footnote.corpus.faults import Fault, ToldError, ToldFault
from footnote.corpus.feeds import Feed, FeedEntry
from footnote.corpus.normalise import one_line
from footnote.corpus.readers import Reading
from footnote.index.passages import split

# What is shorter than a paragraph is as likely a notice or a teaser as an article.
_MIN_WORDS = 60
_MIN_WORDS_OF_TITLE = 2
_MAX_TITLE_CHARACTERS = 80
OF_TEXT = "this text"
"""What a text without a name is called in faults."""
_SKEW_SECONDS = 60.0  # between Telegram's clock, or another's, and ours


class Intake:
    """Everything here may take a while, and is safe to be done in several threads."""

    def __init__(self, adder: Adder, library: Library) -> None:
        self._adder = adder
        self._library = library

    def read(
        self, upload: Upload, data: bytes | None = None, *, replaces: bool = False
    ) -> Reading | Feed:
        """What was read, with what the person and the place where it came from say of it; `data`
        is the content of a file. A text that `replaces` an article needs no title of its own.

        Raises Unreachable, Unreadable and FrontMatterFault."""
        found = self._read(upload, data)
        if isinstance(found, Feed):
            return found
        draft = _told(found, upload, needs_title=not replaces)
        untitled = found.untitled and draft.title == found.draft.title
        return replace(found, draft=draft, untitled=untitled)

    def take(self, submission: Submission, reading: Reading) -> SubmissionResult | Offer:
        """Offer it where there is doubt and nobody has given their word yet, or else `add` it.

        Raises as `add` does.
        """
        doubts = () if submission.approved else _doubts(submission, reading)
        if not doubts:
            return self.add(submission, reading)
        if submission.replaces is not None:
            title = self._library.store.read(submission.replaces).title
            if reading.untitled:  # it keeps the one that it has
                reading = replace(reading, draft=replace(reading.draft, title=title))
            return replace(_offer(reading, doubts, None), instead=title)
        known = self._library.known(reading)
        if known is not None and known.how == "already here":
            return _result(known, reading)
        return _offer(reading, doubts, known)

    def add(self, submission: Submission, reading: Reading) -> SubmissionResult | Offer:
        """Put it into the folder of articles; a near copy is offered, unless it was before.

        What this submission itself had brought in before it was interrupted counts as new. Raises
        FolderUnusable, BotError, and ArticleNotFound where it replaces what is gone.
        """
        if submission.title:
            draft = replace(reading.draft, title=submission.title)
            reading = replace(reading, draft=draft, untitled=False)
        if submission.replaces is not None:
            taken = self._library.replace(submission.replaces, reading, who=submission.who)
        else:
            taken = self._library.add(reading, who=submission.who, copies=_is_wished(submission))
        if taken.how == "already here" and submission.begun > 1:
            taken = self._own(submission, taken)
        if taken.how == "near copy":
            return _offer(reading, (), taken)
        return _result(taken, reading)

    def _read(self, upload: Upload, data: bytes | None) -> Reading | Feed:
        match upload.kind:
            case "link" | "feed":
                return self._adder.look_at(upload.name)
            case "entry" if upload.entry is not None:
                known = dict(upload.entry)
                feed = known.pop("feed")
                return self._adder.read_entry(FeedEntry(**known), feed)
            case "text":
                return self._adder.read_data(upload.text.encode(), name=OF_TEXT)
            case _:
                return self._adder.read_data(data or b"", name=upload.name)

    def _own(self, submission: Submission, taken: AddResult) -> AddResult:
        article = taken.article
        for change in self._library.changes.recent():
            if (change.article, change.who) != (article.id, submission.who):
                continue
            if change.at < submission.at - _SKEW_SECONDS:
                break
            if change.what == "added":
                return AddResult(article, "added", number=change.number)
            if change.what == "replaced":
                before = self._library.store.read(article.id, change.before)
                more, fewer = words_changed(before.text, article.text)
                return AddResult(
                    article,
                    "new revision",
                    words_added=more,
                    words_removed=fewer,
                    number=change.number,
                )
        return taken


def failed(error: Exception) -> SubmissionResult:
    """What is told of an expected fault."""
    told = _of(error)
    again = isinstance(error, OSError | FolderUnusable | Unreachable | BotError)
    fault = "; ".join(map(str, told)) or str(error)
    return SubmissionResult("not added", fault=fault, told=told, again=again)


def not_added(*told: ToldFault, again: bool = False) -> SubmissionResult:
    return SubmissionResult("not added", fault="; ".join(map(str, told)), told=told, again=again)


def _of(error: Exception) -> tuple[ToldFault, ...]:
    """Where anything is on this machine is nobody's business."""
    match error:
        case OSError():
            return (Fault.SYSTEM.of(reason=of_system(error)),)
        case ArticlesAway():
            return (BotFault.FOLDER_UNUSABLE.of(),)
        case FolderUnusable(__cause__=OSError(errno=int()) as cause):
            return (BotFault.FOLDER_REFUSES.of(reason=of_system(cause)),)
        case FolderUnusable():
            return (BotFault.FOLDER_UNUSABLE.of(),)
        case ArticleNotFound():
            return (BotFault.ARTICLE_GONE.of(),)
        case ToldError():
            return error.told
    return ()


FAULTS = (CorpusError, BotError)
"""What `failed` tells of."""


def is_title(title: str) -> bool:
    """Whether somebody can mean it: a line with a letter or a digit in it, of no great length."""
    return (
        "\n" not in title.strip()
        and any(map(str.isalnum, title))
        and len(title) <= 200
        and not title.lower().startswith(("http://", "https://", "/"))
    )


def _told(reading: Reading, upload: Upload, *, needs_title: bool) -> Draft:
    """The draft with what else is known of it."""
    draft, origin = reading.draft, upload.origin
    title = one_line(upload.title or "") or draft.title
    if upload.kind == "text" and not upload.title and reading.untitled and needs_title:
        title = _beginning(draft.text)
    note = {"note": one_line(upload.note)} if upload.note else {}
    draft = replace(draft, title=title, url=upload.url or draft.url, extra={**draft.extra, **note})
    if origin is None:
        return draft
    return replace(
        draft,
        author=draft.author or origin.author,
        date=draft.date or origin.date,
        source=draft.source or origin.source,
        url=draft.url or origin.url,
    )


def _doubts(submission: Submission, reading: Reading) -> tuple[Doubt, ...]:
    upload, draft = submission.upload, reading.draft
    if upload.kind == "text":
        return ("forwarded",) if upload.origin else ("pasted",)
    if upload.kind == "entry" or submission.replaces is not None:
        return ()
    found: list[Doubt] = ["short"] if len(draft.text.split()) < _MIN_WORDS else []
    if reading.untitled and not upload.title:
        words = [word for word in draft.title.split() if sum(map(str.isalpha, word)) > 2]
        found += ["untitled"] if len(words) < _MIN_WORDS_OF_TITLE else []
    return tuple(found)


def _is_wished(submission: Submission) -> bool:
    """Whether somebody has said yes to a near copy."""
    offer = submission.offer
    return submission.approved and offer is not None and "near copy" in offer.doubts


def _offer(reading: Reading, doubts: tuple[Doubt, ...], known: AddResult | None) -> Offer:
    passages = sum(1 for _ in split(reading.draft.text, reading.draft.language))
    if known is None:
        return Offer(reading, doubts, passages)
    like = known.article.title
    return Offer(reading, (*doubts, "near copy"), passages, like, known.likeness)


def _result(taken: AddResult, reading: Reading) -> SubmissionResult:
    article = taken.article
    return SubmissionResult(
        taken.how,
        article=article.id,
        title=article.title,
        url=article.url,
        about=tuple(part for part in (article.author, article.date, article.source) if part),
        words=len(article.text.split()),
        dropped=reading.dropped,
        since=taken.since,
        words_added=taken.words_added,
        words_removed=taken.words_removed,
        change=taken.number or 0,
    )


def _beginning(text: str) -> str:
    """The first words, for a text that has no title."""
    line = text.partition("\n")[0]
    cut = line[:_MAX_TITLE_CHARACTERS]
    return line if cut == line else (cut.rpartition(" ")[0] or cut) + " …"
