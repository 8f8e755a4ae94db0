"""A name means one thing: no two modules and no two classes of the product share theirs."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "index", "corpus", "footnote")
MIGRATIONS = ROOT / "bot/database/migrations"

IN_EACH_FRONT_END = {
    "access": "who may see an answer",
    "answers": "asking, and what comes of it",
    "article_list": "the articles as people see them",
    "articles": "showing and changing articles",
    "collection": "`footnote init`, and what it makes",
    "feeds": "what a feed is, and the commands for it",
    "followed_feeds": "feeds that are followed, and their list in Telegram",
    "moving": "a state moved to another database, and the command that does it",
    "people": "who may ask, and what is said to them",
    "receipts": "stored results, and how programs get them",
    "rendering": "results made into what a front end shows",
    "running": "a front end as a process",
    "serving": "a front end at work",
    "small_talk": "greetings and thanks, and what is said to them",
    "submissions": "what people bring, and how it comes in Telegram",
    "texts": "what is said",
    "web": "pages, and the command that serves them",
    "bot": "the package for people, and the command that runs the bot",
    "commands": "what a person can have done, in the terminal and in Telegram",
    "adding": "adding articles, and what is said of it",
}
"""One subject in several places: what it is, and how a front end or the texts have it."""

IN_EACH_PACKAGE = {
    "errors": "what a package raises",
    "database": "what index and bot both need of one, and what only bot does",
}

ALLOWED = IN_EACH_FRONT_END | IN_EACH_PACKAGE


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if not path.is_relative_to(MIGRATIONS):
                yield path


def name_of(module: Path) -> str:
    return module.parent.name if module.name == "__init__.py" else module.stem


def test_no_two_modules_have_one_name() -> None:
    places = defaultdict[str, list[str]](list)
    for path in modules():
        places[name_of(path)].append(str(path.relative_to(ROOT)))
    twice = {name for name, found in places.items() if len(found) > 1}
    assert {name: places[name] for name in twice - set(ALLOWED)} == {}
    assert set(ALLOWED) - twice == set(), "these stand once: take them off the list"


def test_no_two_classes_have_one_name() -> None:
    places = defaultdict[str, list[str]](list)
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
