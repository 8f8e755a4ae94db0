"""The Markdown file of an article: a head of YAML between two lines of dashes, then the text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, NoReturn

import yaml

from footnote.corpus.address import without_login
from footnote.corpus.article import ADDED, Draft, too_long
from footnote.corpus.errors import FrontMatterFault
from footnote.corpus.faults import Fault, ToldFault
from footnote.corpus.normalise import normalise, one_line

MAX_HEAD_CHARACTERS = 64 * 1024
_FIRST_LINE = 2  # of a file whose first is the dashes
_MAX_LEVELS = 20
_MAX_SHOWN = 60
_LINE_ENDS = re.compile("\r\n?")
_FENCE = re.compile(r"---[ \t]*\n?")
_KEYS = tuple(f.name for f in fields(Draft) if f.name not in ("text", "extra", "head"))
_DAYS = ("date", ADDED)
_ADDRESSED = ("url", "source")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[Tt ][0-9]{2}.*)?)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s/]\S*")
_BREAKS_OF_YAML = re.compile("[\x85\u2028\u2029]")
_HEADING = re.compile(r"#{1,6} ++([^ \n]++(?: ++(?!#+ *$)[^ \n]++)*+)", re.MULTILINE)


def parse(content: str, *, name: str, untitled: str | None = None) -> Draft:
    """The draft in a file's content.

    Without a title in the head, a heading that opens the text is the title; without that,
    `untitled` is, or the file's name. Raises FrontMatterFault with every fault of the head at once.
    """
    head, body, body_line = cut(content, name=name)
    faults: list[tuple[int, ToldFault | str]] = []
    known: dict[str, str] = {}
    extra: dict[str, Any] = {}
    for key, line, value in _entries(head, name):
        if key in known or key in extra:
            faults.append((line, Fault.GIVEN_TWICE.of(key=_excerpt(key))))
        elif key not in _KEYS or (key == ADDED and not _is_day(value)):
            extra[key] = value
        elif isinstance(value, str):
            known[key] = _shown(key, one_line(value))
            if known[key] and (fault := _fault(key, known[key])):
                faults.append((line, fault))
        else:
            faults.append((line, Fault.NOT_PLAIN.of(key=repr(key))))
    text = normalise(body)
    if not text:
        faults.append((body_line, Fault.NO_TEXT_BELOW.of()))
    elif excess := too_long(len(text)):
        faults.append((body_line, excess))
    if faults:
        raise FrontMatterFault(name, faults)
    values = {key: known.get(key) or None for key in _KEYS if key not in ("title", *_DAYS)}
    return Draft(
        title=known.get("title")
        or heading_of(text)
        or (_stem(name) if untitled is None else untitled),
        text=text,
        extra=extra,
        head=head,
        **values,
        **{key: day_of(known.get(key, "")) for key in _DAYS},
    )


def render(draft: Draft) -> str:
    """The file's content; `parse` gives the same draft back.

    An entry whose value is as it was is written as it was, with its comments; new ones stand first.
    """
    if draft.head and (kept := _kept(draft)) is not None:
        content = f"---\n{kept}---\n\n{draft.text}\n"
        if _is(draft, content):
            return content
    known = {key: value for key in _KEYS if (value := getattr(draft, key)) is not None}
    return f"---\n{_dumped(known | dict(draft.extra))}---\n\n{draft.text}\n"


def is_address(text: str) -> bool:
    """Whether the head takes this as `url`."""
    return bool(_ADDRESS.fullmatch(text))


def day_of(value: str) -> str | None:
    """The date without a time of day; None where it is not one of the calendar."""
    match = _DATE.fullmatch(value)
    if not match:
        return None
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)


def heading_of(text: str) -> str | None:
    """The words of the Markdown heading that a text begins with."""
    heading = _HEADING.match(text)
    return heading[1] if heading else None


def cut(content: str, *, name: str) -> tuple[str, str, int]:
    """The head without its dashes, the body, and the line (from 1) that the body begins on."""
    content = _LINE_ENDS.sub("\n", content.removeprefix("\ufeff"))
    lines = re.split(r"(?<=\n)", content)
    if not _FENCE.fullmatch(lines[0]):
        return "", content, 1
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            head = "".join(lines[1:number])
            if len(head) > MAX_HEAD_CHARACTERS:
                raise FrontMatterFault(name, [(1, Fault.LONG_HEAD.of(characters=len(head)))])
            return head, "".join(lines[number + 1 :]), number + 2
    raise FrontMatterFault(name, [(1, Fault.HEAD_WITHOUT_END.of())])


def _kept(draft: Draft) -> str | None:
    """The head as it was written but for what has changed; None where it has no line an entry."""
    lines = draft.head.splitlines(keepends=True)
    entries = _entries(draft.head, draft.title)
    starts = [line - _FIRST_LINE for _, line, _ in entries]
    if not starts or sorted(set(starts)) != starts:
        return None
    new = {key: value for key in _KEYS if (value := getattr(draft, key)) is not None}
    new |= draft.extra
    written = "".join(lines[: starts[0]])
    for (key, start, value), end in zip(entries, [*starts[1:], len(lines)], strict=True):
        ours = key in _KEYS and key not in draft.extra
        if key in new and new[key] == (_taken(key, value) if ours else value):
            written += "".join(lines[start - _FIRST_LINE : end])
        elif key in new:
            written += _dumped({key: new[key]})
        new.pop(key, None)
    return _dumped(new) + written


def _taken(key: str, value: Any) -> str | None:
    """What `parse` makes of an entry that Footnote has a use for."""
    text = _shown(key, one_line(value)) if isinstance(value, str) else ""
    return (day_of(text) if key in _DAYS else text) or None


def _shown(key: str, value: str) -> str:
    """Without the user and the password of an address, which are for nobody who reads of it."""
    return without_login(value) if key in _ADDRESSED else value


def _is(draft: Draft, content: str) -> bool:
    try:
        read = parse(content, name=draft.title)
    except FrontMatterFault:
        return False
    return all(getattr(read, f.name) == getattr(draft, f.name) for f in fields(Draft) if f.compare)


def _dumped(entries: Mapping[str, Any]) -> str:
    return (
        yaml.dump(
            dict(entries),
            Dumper=_HeadDumper,
            sort_keys=False,
            allow_unicode=True,
            width=float("inf"),
        )
        if entries
        else ""
    )


def _entries(head: str, name: str) -> list[tuple[str, int, Any]]:
    """Key, line in the file and value of each entry; every scalar is the text that stands there."""
    try:
        loader = _HeadLoader(head)
    except yaml.reader.ReaderError as error:
        line = head.count("\n", 0, error.position) + 2
        reason = Fault.WRONG_CHARACTER.of(character=f"U+{error.character:04X}")
        raise FrontMatterFault(name, [(line, reason)]) from error
    try:
        root = loader.get_single_node()
        if root is None:
            return []
        if not isinstance(root, yaml.MappingNode):
            raise FrontMatterFault(name, [(2, Fault.NOT_KEYS.of())])
        return [
            (
                str(loader.construct_object(key, deep=True)),
                key.start_mark.line + _FIRST_LINE,
                loader.construct_object(value, deep=True),
            )
            for key, value in root.value
        ]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        fault = Fault.UNMARKED_COLON if error.problem == _UNMARKED else Fault.NOT_YAML
        raise FrontMatterFault(name, [(line, fault.of(reason=str(error.problem)))]) from error
    # PyYAML lets these through from numbers that are none: "\UFFFFFFFF", %YAML 1.(5,000 digits).
    except (ValueError, OverflowError) as error:
        raise FrontMatterFault(name, [(1, Fault.NOT_YAML.of(reason=str(error)))]) from error
    finally:
        loader.dispose()


def _fault(key: str, value: str) -> ToldFault | None:
    check = _CHECKS.get(key)
    return check(value) if check else None


def _date_fault(value: str) -> ToldFault | None:
    if day_of(value):
        return None
    return Fault.NO_DATE.of(value=_excerpt(value))


def _language_fault(value: str) -> ToldFault | None:
    if _LANGUAGE.fullmatch(value):
        return None
    return Fault.NO_LANGUAGE.of(value=_excerpt(value))


def _address_fault(value: str) -> ToldFault | None:
    if is_address(value):
        return None
    return Fault.NO_WEB_ADDRESS.of(value=_excerpt(value))


def _excerpt(value: str) -> str:
    return repr(value if len(value) <= _MAX_SHOWN else value[:_MAX_SHOWN] + "…")


_UNMARKED = "mapping values are not allowed here"
"""What YAML says of a value with a colon in it that does not stand between quotation marks."""
_CHECKS: dict[str, Callable[[str], ToldFault | None]] = {
    "date": _date_fault,
    "language": _language_fault,
    "url": _address_fault,
}


def _is_day(value: Any) -> bool:
    """Other programs have words of their own under `added`: these are kept as they are."""
    return isinstance(value, str) and day_of(one_line(value)) is not None


def _stem(name: str) -> str:
    return one_line(name.rsplit("/", 1)[-1].removesuffix(".md")) or "Untitled"


class _HeadLoader(yaml.BaseLoader):
    """YAML with every scalar as the text that is written: `date: 2016-08-03` stays a string.

    Aliases are refused: a head of a few lines could grow to gigabytes through them. So are levels
    without end: reading and writing them would go as deep as the stack.
    """

    _level = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            self._refuse("aliases (*name) are not read")
        if self._level > _MAX_LEVELS:
            self._refuse(f"more than {_MAX_LEVELS} levels")
        self._level += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self._level -= 1
        return node

    def _refuse(self, problem: str) -> NoReturn:
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # in its stubs
        raise yaml.composer.ComposerError(None, None, problem, mark)


class _HeadDumper(yaml.SafeDumper):
    """Plain scalars wherever other readers of YAML 1.1 would see a string or a date."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        # Written as they are, these are line breaks, which reading turns into "\n" or a space.
        style = '"' if _BREAKS_OF_YAML.search(text) else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_HeadDumper.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(("timestamp", ":int"))]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_HeadDumper.add_representer(str, _HeadDumper.represent_text)
