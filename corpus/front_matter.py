"""The Markdown file of an article: a head of YAML between two lines of dashes, then the text."""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

import yaml

from corpus.article import Draft
from corpus.errors import FrontMatterFault
from corpus.normalise import normalise, one_line

MOST_HEAD_CHARACTERS = 64 * 1024
_FENCE = re.compile(r"---[ \t\r]*\n?")
_KEYS = tuple(f.name for f in fields(Draft) if f.name not in ("text", "extra"))
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_HEADING = re.compile(r"#{1,6} +(.+?)(?: +#+)?$", re.MULTILINE)


def parse(content: str, *, name: str) -> Draft:
    """The draft in a file's content; without a title in the head, the first heading or `name`.

    Raises FrontMatterFault with every fault of the head at once.
    """
    head, body, body_line = _cut(content.removeprefix("\ufeff"), name)
    faults: list[tuple[int, str]] = []
    known: dict[str, str] = {}
    extra: dict[str, Any] = {}
    for key, line, value in _entries(head, name):
        if key in known or key in extra:
            faults.append((line, f"{key!r} is given twice: keep one of them"))
        elif key not in _KEYS:
            extra[key] = value
        elif isinstance(value, str):
            known[key] = one_line(value)
            if known[key] and (fault := _fault(key, known[key])):
                faults.append((line, fault))
        else:
            faults.append((line, f"{key!r} should be plain text, not a list or a mapping"))
    text = normalise(body)
    if not text:
        faults.append((body_line, "there is no text below the head"))
    if faults:
        raise FrontMatterFault(name, faults)
    values = {key: known.get(key) or None for key in _KEYS if key not in ("title", "date")}
    return Draft(
        title=known.get("title") or _title_of(text, name),
        text=text,
        date=_day(known["date"]) if known.get("date") else None,
        extra=extra,
        **values,
    )


def render(draft: Draft) -> str:
    """The file's content; `parse` gives the same draft back."""
    head = {key: value for key in _KEYS if (value := getattr(draft, key)) is not None}
    written = yaml.dump(
        head | dict(draft.extra),
        Dumper=_HeadDumper,
        sort_keys=False,
        allow_unicode=True,
        width=float("inf"),
    )
    return f"---\n{written}---\n\n{draft.text}\n"


def _cut(content: str, name: str) -> tuple[str, str, int]:
    lines = re.split(r"(?<=\n)", content)
    if not _FENCE.fullmatch(lines[0]):
        return "", content, 1
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            head = "".join(lines[1:number])
            if len(head) > MOST_HEAD_CHARACTERS:
                raise FrontMatterFault(name, [(1, f"the head has {len(head):,} characters")])
            return head, "".join(lines[number + 1 :]), number + 2
    raise FrontMatterFault(name, [(1, "the head that starts with --- has no second ---")])


def _entries(head: str, name: str) -> list[tuple[str, int, Any]]:
    """Key, line in the file and value of each entry; every scalar is the text that stands there."""
    loader = _HeadLoader(head)
    try:
        root = loader.get_single_node()
        if root is None:
            return []
        if not isinstance(root, yaml.MappingNode):
            raise FrontMatterFault(name, [(2, "the head should be lines of the form 'key: value'")])
        return [
            (
                str(loader.construct_object(key)),
                key.start_mark.line + 2,
                loader.construct_object(value, deep=True),
            )
            for key, value in root.value
        ]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise FrontMatterFault(name, [(line, f"not YAML: {error.problem}")]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FrontMatterFault(name, [(1, f"not YAML: {error}")]) from error
    finally:
        loader.dispose()


def _fault(key: str, value: str) -> str | None:
    check = _CHECKS.get(key)
    return check(value) if check else None


def _date_fault(value: str) -> str | None:
    return None if _day(value) else f"date is {value!r}; write it as 2016, 2016-08 or 2016-08-03"


def _language_fault(value: str) -> str | None:
    return None if _LANGUAGE.fullmatch(value) else f"language is {value!r}; write it as en or pt-BR"


def _address_fault(value: str) -> str | None:
    return None if _ADDRESS.fullmatch(value) else f"url is {value!r}; it starts with https://"


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "date": _date_fault,
    "language": _language_fault,
    "url": _address_fault,
}


def _day(value: str) -> str | None:
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


def _title_of(text: str, name: str) -> str:
    heading = _HEADING.match(text)
    return heading[1] if heading else name.rsplit("/", 1)[-1].removesuffix(".md")


class _HeadLoader(yaml.BaseLoader):
    """YAML with every scalar as the text that is written: `date: 2016-08-03` stays a string.

    Aliases are refused: a head of a few lines could grow to gigabytes through them.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not read", mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


class _HeadDumper(yaml.SafeDumper):
    """Plain scalars wherever other readers of YAML 1.1 would see a string or a date."""


_HeadDumper.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(("timestamp", ":int"))]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_HeadDumper.ignore_aliases = lambda self, data: True  # type: ignore[method-assign]
