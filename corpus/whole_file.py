"""Writing a file whole or not at all, so that a power cut leaves the old one or the new one."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

# What some network and FUSE file systems answer to the fsync of a folder: they have none.
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP}


def write_whole(path: Path, content: bytes, *, new: bool) -> None:
    """Write the file, and the folders that it stands in; raises OSError and leaves nothing then.

    Raises FileExistsError where the file is to be `new` and has come there meanwhile.
    """
    _make_folder(path.parent)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        (_link if new else os.replace)(temporary, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename or removal last through a power cut (POSIX: fsync of the directory)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # not to be taken for the file that is there already
        raise NotADirectoryError(errno.ENOTDIR, f"{folder} is not a folder") from error


def _link(temporary: str, path: Path) -> None:
    """Give a file its name, unless one of that name has come there: FileExistsError then."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, where the later of two writers wins
        os.replace(temporary, path)
