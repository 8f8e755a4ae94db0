"""Every regular expression of the product against texts made to slow it down.

A pattern is super-linear where a text of eight times the length costs it much more than eight times
as much. What is measured is that growth, never a duration. The texts are made from the pattern
itself: what its repetitions take in, over and over, after what leads up to them and before what
does not belong there.
"""

import ast
import gc
import importlib
import re
import signal
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from footnote.index.facts.dates import month_patterns
from footnote.index.finding.lacking import _number_near

code: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
_ROOT = Path(__file__).parents[1]
_ROOMS = ("corpus", "index", "bot")
_WAYS = {"search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"}
_SHORT, _LONG = 500, 4_000
# Of a linear pattern 8, of a quadratic one 64.
_MAX_GROWTH = 24.0
_TRIES = 3
_MAX_TEXTS = 150
# In no more characters than these a repetition that has an end is done with.
_ENDLESS = 100
_NEVER_THERE = ("", "\x00", "\n\x00", "?a!")
# More of the processor than this for one short text is taken for growth that nobody can wait for.
_MAX_SECONDS = 0.5


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and by which methods it is used; none: in any way."""

    pattern: re.Pattern[Any]
    place: str
    methods: frozenset[str] = frozenset()


class TooSlow(Exception):
    pass


# What is tested


def modules() -> list[str]:
    """All of them; none is imported before it is tested."""
    paths = sorted(path for room in _ROOMS for path in (_ROOT / room).rglob("*.py"))
    return [
        ".".join(path.relative_to(_ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in paths
    ]


@cache
def patterns(module: str) -> tuple[Used, ...]:
    name = f"footnote.{module}"
    imported = importlib.import_module(name)
    assert imported.__file__
    nodes = list(ast.walk(ast.parse(Path(imported.__file__).read_text(encoding="utf-8"))))
    methods = _methods(nodes)
    found = [
        Used(pattern, f"{name}.{variable}", frozenset(methods.get(variable, ())) & _WAYS)
        for variable, value in vars(imported).items()
        for pattern in _within(value)
    ]
    return tuple(_tested_once([*found, *_inline(nodes, name)]))


_tested: dict[tuple[Any, int, frozenset[str]], str] = {}


def _tested_once(several: Sequence[Used]) -> Iterator[Used]:
    """Those that are not of another module, from which this one has them."""
    for used in several:
        key = (used.pattern.pattern, used.pattern.flags, used.methods)
        if _tested.setdefault(key, used.place) == used.place:
            yield used


def _methods(nodes: Sequence[ast.AST]) -> Mapping[str, set[str]]:
    """By which methods each name of a module is used, as in `_WORD.findall`, or as in
    `for form in _FORMS: form.fullmatch(…)`."""
    methods: dict[str, set[str]] = {}
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            methods.setdefault(node.value.id, set()).add(node.attr)
    loops = [node for node in nodes if isinstance(node, ast.For | ast.comprehension)]
    for loop in loops:
        if isinstance(loop.iter, ast.Name):
            one_by_one = [node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)]
            for name in one_by_one:
                methods.setdefault(loop.iter.id, set()).update(methods.get(name, ()))
    return methods


def _within(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5 and isinstance(value, Mapping):
        for one in value.values():
            yield from _within(one, depth + 1)
    elif depth < 5 and isinstance(value, Collection) and not isinstance(value, str | bytes):
        for one in value if isinstance(value, Sequence | set | frozenset) else ():
            yield from _within(one, depth + 1)
    elif depth < 5 and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _within(getattr(value, field.name, None), depth + 1)


def _inline(nodes: Sequence[ast.AST], module: str) -> Iterator[Used]:
    """Patterns that are written where they are used: re.sub("…", …)."""
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _WAYS
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            pattern, ways = re.compile(node.args[0].value), frozenset({node.func.attr})
            yield Used(pattern, f"{module}:{node.lineno}", ways)


# What it is tested with


@dataclass(frozen=True)
class _Repetition:
    before: str
    taken: str


def texts(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """A beginning, what comes again and again, and an end."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    repetitions = list(_repetitions(tree, ""))
    whole, atoms = _shortest(tree), list(dict.fromkeys(_atoms(tree)))
    pumps = [r.taken for r in repetitions] + [r.before + r.taken for r in repetitions]
    pumps += [r.before for r in repetitions] + [whole, whole[:-1], *atoms[:12]]
    pumps += [one + other for one in atoms[:5] for other in atoms[:5]]
    befores = dict.fromkeys(("", *(r.before for r in repetitions)))
    for pump in dict.fromkeys(filter(None, pumps)):
        for before in islice(befores, 4):
            for after in _NEVER_THERE:
                yield before, pump, after


def _repetitions(tree: Any, before: str) -> Iterator[_Repetition]:
    for operation, value in tree:
        if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > _ENDLESS:
                yield from (_Repetition(before, taken) for taken in _variants(body))
            yield from _repetitions(body, before)
        else:
            for part in _parts(operation, value):
                yield from _repetitions(part, before)
        before += _shortest([(operation, value)])


def _parts(operation: Any, value: Any) -> list[Any]:
    if operation is code.BRANCH:
        return list(value[1])
    if operation is code.SUBPATTERN:
        return [value[3]]
    if operation is code.ATOMIC_GROUP:
        return [value]
    return [value[1]] if operation in (code.ASSERT, code.ASSERT_NOT) else []


def _variants(tree: Any) -> Iterator[str]:
    """The shortest text that it takes in, and one for each of the ways that it begins with."""
    yield _shortest(tree)
    for operation, value in tree:
        if operation is code.BRANCH:
            yield from map(_shortest, value[1])
        elif operation is code.IN:
            yield from _samples(value)


def _shortest(tree: Any) -> str:
    return "".join(_least(operation, value) for operation, value in tree)


def _least(operation: Any, value: Any) -> str:
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return _shortest(value[2]) * max(value[0], 0)
    if operation is code.BRANCH:
        return min(map(_shortest, value[1]), key=len)
    if operation is code.SUBPATTERN:
        return _shortest(value[3])
    if operation is code.ATOMIC_GROUP:
        return _shortest(value)
    if operation in (code.ASSERT, code.ASSERT_NOT, code.AT, code.GROUPREF):
        return ""
    return next(iter(_samples([(operation, value)])))


def _atoms(tree: Any) -> Iterator[str]:
    for operation, value in tree:
        if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            yield from _atoms(value[2])
        elif parts := _parts(operation, value):
            for part in parts:
                yield from _atoms(part)
        elif operation is code.IN:
            yield from _samples(value)
        elif operation not in (code.AT, code.GROUPREF):
            yield _least(operation, value)


_OF_CATEGORY = {
    code.CATEGORY_DIGIT: "0", code.CATEGORY_NOT_DIGIT: "a", code.CATEGORY_SPACE: " ",
    code.CATEGORY_NOT_SPACE: "a", code.CATEGORY_WORD: "a", code.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def _samples(items: Any) -> Iterator[str]:
    """A character for each part of a set; of one that says what is not in it, one that is."""
    if items[0][0] is code.NEGATE:
        is_out = re.compile(_set_of(items[1:]))
        yield next(c for c in "a -0A.([<'\n" + "".join(map(chr, range(256))) if not is_out.match(c))
        return
    for operation, value in items:
        if operation is code.LITERAL:
            yield chr(value)
        elif operation is code.RANGE:
            yield chr(value[0])
        elif operation is code.CATEGORY:
            yield _OF_CATEGORY[value]
        elif operation is code.NOT_LITERAL:
            yield "a" if value != ord("a") else "b"
        elif operation is code.IN:
            yield next(_samples(value))
        elif operation is code.ANY:
            yield "a"
        else:
            raise AssertionError(f"a test text for {operation} is not known")


def _set_of(items: Any) -> str:
    names = {
        code.CATEGORY_DIGIT: r"\d", code.CATEGORY_NOT_DIGIT: r"\D", code.CATEGORY_SPACE: r"\s",
        code.CATEGORY_NOT_SPACE: r"\S", code.CATEGORY_WORD: r"\w", code.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    parts = [
        names[value]
        if operation is code.CATEGORY
        else f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        if operation is code.RANGE
        else re.escape(chr(value))
        for operation, value in items
    ]
    return f"[{''.join(parts)}]"


# How it is measured


def growth(run: Callable[[str], object], text: tuple[str, str, str], *, tries: int = 1) -> float:
    """How many times as much the long text costs, the best of some tries of each."""
    short, long = (_of_length(text, length) for length in (_SHORT, _LONG))
    least = min(_cost(run, short) for _ in range(tries))
    return min(_cost(run, long) for _ in range(tries)) / max(least, 1e-7)


def _of_length(text: tuple[str, str, str], length: int) -> str:
    before, pump, after = text
    return before + pump * (length // len(pump)) + after


def _cost(run: Callable[[str], object], text: str) -> float:
    before = time.thread_time()
    run(text)
    return time.thread_time() - before


def slowest(used: Used) -> tuple[str, str, str] | None:
    """A text on which the pattern is super-linear; None where none of them is."""
    for text in islice(texts(used.pattern), _MAX_TEXTS):
        try:
            with _bounded():
                _run(used)(_of_length(text, 24))
                _run(used)(_of_length(text, 100))
                if growth(_run(used), text) > _MAX_GROWTH and (
                    growth(_run(used), text, tries=_TRIES) > _MAX_GROWTH
                ):
                    return text
        except TooSlow:
            return text
    return None


def _run(used: Used) -> Callable[[str], object]:
    pattern, of_bytes = used.pattern, isinstance(used.pattern.pattern, bytes)

    def run(text: str) -> None:
        subject: Any = text.encode("utf-8", "replace") if of_bytes else text
        if "match" in used.methods:
            pattern.match(subject)
        if "fullmatch" in used.methods or not used.methods:
            pattern.fullmatch(subject)
        if used.methods - {"match", "fullmatch"} or not used.methods:
            for _ in pattern.finditer(subject):
                pass

    return run


class _bounded:
    """Matching looks for signals now and then, in the main thread."""

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGVTALRM, self._stop)
        self._collecting = gc.isenabled()
        gc.disable()
        signal.setitimer(signal.ITIMER_VIRTUAL, _MAX_SECONDS)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, self._before)
        if self._collecting:
            gc.enable()

    def _stop(self, *_: object) -> None:
        raise TooSlow


def assert_linear(several: Sequence[Used]) -> None:
    slow = [
        f"{used.place}: {used.pattern.pattern!r} is super-linear on {text[0]!r} + n * {text[1]!r}"
        f" + {text[2]!r}"
        for used in several
        if (text := slowest(used)) is not None
    ]
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("module", modules())
def test_patterns_cost_no_more_than_the_length_of_their_text(module: str) -> None:
    assert_linear(patterns(module))


@pytest.mark.parametrize("language", ["en", "de", "fa"])
def test_patterns_of_the_months_of_a_language_do(language: str) -> None:
    assert_linear([Used(p, language, frozenset({"finditer"})) for p in month_patterns(language)])


def test_pattern_that_is_made_for_a_thing_does() -> None:
    assert_linear([Used(_number_near("peop"), "a number near a thing", frozenset({"finditer"}))])


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$", r"(\w+)-(\w+)", r"<[^>]*>", r"(a+)+b", r"(?:\w+\s*)+\?",
        r"what is (?P<thing>(?:[^\s?]+\s*){1,5})\W*$", r"(\d+)\s*[–-]\s*(\d+)", r"a.*b.*c",
    ],
)  # fmt: skip
def test_super_linear_pattern_is_found_out(pattern: str) -> None:
    assert slowest(Used(re.compile(pattern), "here")) is not None


def test_patterns_of_every_room_are_collected() -> None:
    found = {module: len(patterns(module)) for module in modules()}
    assert {module.split(".")[0] for module, count in found.items() if count} == set(_ROOMS)
    assert sum(found.values()) > 400
