"""What can be wrong with bringing and changing articles here: with its sentence in English."""

import errno

from footnote.corpus.faults import Sentences, ToldFault


class BotFault(Sentences):
    """The names stay as they are: they are stored with what failed."""

    FOLDER_UNUSABLE = "the folder of articles cannot be used"
    FOLDER_REFUSES = "the folder of articles cannot be used: {reason}"
    ARTICLE_GONE = "the article is no longer there"
    NO_ROOM = "No space left on device"
    NO_RIGHT = "Permission denied"
    READ_ONLY = "Read-only file system"

    CHANGES_UNREAD = (
        "changes cannot be read ({reason}): make room on the disk or mend the rights of the folder"
    )
    CHANGES_UNWRITTEN = (
        "changes cannot be written down ({reason}), so nothing was changed: make room on the disk"
        " or mend the rights of the folder"
    )
    CHANGES_DAMAGED = (
        "{file} was damaged and is now {damaged}: what was changed before can't be taken back"
    )
    TRY_AGAIN = "nothing was changed now: try again"

    MAY_NOT_ADD = "whoever brought it may no longer add articles"
    SET_ASIDE = "it was being read twice when the bot had to begin anew, and was set aside"
    NOT_HANDED_OVER = "Telegram does not hand over the file"
    NOT_HANDED_OVER_NOW = "Telegram does not hand over the file now"
    ARRIVED_IN_PART = "the file arrived in part only, again and again"
    NO_LONGER_THERE = "Telegram no longer has this file: please send it again"

    KEPT_ELSEWHERE = "the index is kept by another Footnote ({holder})"
    NOT_SYNCED = "the index can't be brought up to date now"


_OF_SYSTEM = {
    errno.ENOSPC: BotFault.NO_ROOM,
    errno.EDQUOT: BotFault.NO_ROOM,
    errno.EACCES: BotFault.NO_RIGHT,
    errno.EPERM: BotFault.NO_RIGHT,
    errno.EROFS: BotFault.READ_ONLY,
}


def of_system(error: OSError) -> ToldFault | str:
    """What the system refuses; in its own words where it is seldom that."""
    known = _OF_SYSTEM.get(error.errno or 0)
    return known.of() if known else error.strerror or str(error)
