"""Files that are ZIP archives of XML: what is in them is unpacked within bounds."""

import io
import zipfile
import zlib

from lxml import etree

from footnote.corpus.errors import Unreadable
from footnote.corpus.faults import Fault
from footnote.corpus.readers.markup_blocks import xml_parser

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""Of all parts that are looked into, together. A novel in EPUB has 1 to 3 MB."""

_MAX_PARTS = 20_000
_OF_TEXT = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm")
# NotImplementedError is zipfile's for a way of packing that it does not know.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_ENCRYPTED = 0x1


class Archive:
    """A ZIP archive whose parts, unpacked, are known to stay within bounds.

    What the archive says of the sizes is added up before anything is unpacked, and zipfile gives
    no more of a part than its stated size, whatever comes out of it.
    """

    def __init__(self, data: bytes, *, name: str) -> None:
        """Raises Unreadable where it is broken, too large or locked."""
        self._name = name
        self._left = MAX_UNPACKED_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise self.broken(error) from error
        parts = self._zip.infolist()
        text = sum(part.file_size for part in parts if part.filename.lower().endswith(_OF_TEXT))
        if len(parts) > _MAX_PARTS or text > MAX_UNPACKED_BYTES:
            raise Unreadable(
                Fault.UNPACKS_TO_PARTS.of(
                    name=name,
                    bytes=text,
                    parts=len(parts),
                    most=MAX_UNPACKED_BYTES,
                    most_parts=_MAX_PARTS,
                )
            )
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise Unreadable(Fault.LOCKED.of(name=name))

    @property
    def kind(self) -> bytes:
        """The media type that it says it is of; empty where it says none."""
        return self.read("mimetype").strip() if "mimetype" in self else b""

    def __contains__(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def read(self, part: str) -> bytes:
        """A part, unpacked; Unreadable where it is missing, broken or one too many."""
        try:
            size = self._zip.getinfo(part).file_size
            self._left -= size
            if self._left < 0:
                raise Unreadable(Fault.UNPACKS_TO_MORE.of(name=self._name, most=MAX_UNPACKED_BYTES))
            return self._zip.read(part)
        except KeyError:
            raise Unreadable(Fault.WITHOUT_PART.of(name=self._name, part=repr(part))) from None
        except BROKEN as error:
            raise self.broken(error) from error

    def tree(self, part: str) -> etree._Element:
        """The same as a tree of XML."""
        try:
            return etree.fromstring(self.read(part), parser=xml_parser())
        except etree.XMLSyntaxError as error:
            raise self.broken(error) from error

    def broken(self, error: Exception) -> Unreadable:
        return Unreadable(Fault.BROKEN.of(name=self._name, reason=str(error)))


def first_text(tree: etree._Element | None, local_name: str) -> str | None:
    """What stands in the first element of this name, of whatever namespace."""
    if tree is None:
        return None
    for element in tree.iter(f"{{*}}{local_name}"):
        if text := "".join(map(str, element.itertext())).strip():
            return text
    return None
