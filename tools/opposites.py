"""Writes index/facts/opposites.txt from the files of WordNet 3.0: `python -m tools.opposites DICT`.

DICT is the folder that holds data.verb and the like; Debian has it as /usr/share/wordnet, in the
package wordnet-base. The form of its files is told by wndb(5WN).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

PARTS = ("adj", "adv", "noun", "verb")
WRITTEN = Path(__file__).parents[1] / "index/facts/opposites.txt"
# Of hardly a meaning of their own: "gives each a veto" is not the contrary of "was taken".
_LIGHT = frozenset(("come", "give", "go", "take"))
# One does the one and another the other: "Uruguay lost to Chile" and "Chile won" say the same.
_CONVERSE_TEXT = "buy sell, lose win, lost won, borrow lend, learn teach, follow precede"
_CONVERSE = frozenset(tuple(pair.split()) for pair in _CONVERSE_TEXT.split(", "))
# WordNet marks as opposites only what comes to mind first: "rise" and "fall", not "drop".
_MORE_TEXT = (
    "abolish introduce, acquit convict, agree dispute, allow ban, allow forbid, allow prohibit, "
    "approve reject, arrest release, back oppose, begin cease, build demolish, cause prevent, "
    "common rare, compulsory optional, compulsory voluntary, conceal reveal, condemn praise, "
    "confirm deny, continue stop, correctly wrongly, criticise praise, criticize praise, cut "
    "increase, cut raise, dangerous harmless, decline grow, decline increase, decline rise, "
    "decrease grow, decrease rise, destroy preserve, die survive, dissatisfied satisfied, drop "
    "increase, drop rise, ease worsen, expand shrink, fail succeed, fall grow, fall increase, "
    "favor oppose, favour oppose, fear hope, frequently rarely, gain lose, grow shrink, hide "
    "reveal, improve worsen, increase reduce, join leave, legal forbid, legal prohibit, legal "
    "punish, loosen tighten, lower raise, mandatory optional, mandatory voluntary, often seldom, "
    "oppose support, oppose want, peace war, permanent temporary, permit ban, permit forbid, "
    "poorly well, quick slow, raise reduce, reject support, relax tighten, rightly wrongly, safe "
    "dangerous, start stop"
)
_MORE = [tuple(sorted(pair.split())) for pair in _MORE_TEXT.split(", ")]
_HEAD = """\
# Words and their opposites, a pair a line, and irregular forms with the word that they are of, most
# of them from WordNet 3.0 (see NOTICE). Written by tools/opposites.py.
"""


def main(folder: Path) -> None:
    found = {pair for part in PARTS for pair in antonyms(folder, part)}
    pairs = sorted(found | {(one, other) for one, other in _MORE})
    known = {word for pair in pairs for word in pair}
    forms = sorted({(f, w) for part in PARTS for f, w in irregular(folder, part) if w in known})
    lines = [" ".join(pair) for pair in pairs] + [f"{form}: {word}" for form, word in forms]
    WRITTEN.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")


def antonyms(folder: Path, part: str) -> Iterator[tuple[str, str]]:
    """The pairs of single words that are marked as opposites, each in alphabetical order."""
    words = dict[str, list[str]]()
    marked: list[tuple[str, int, str, int]] = []
    for line in (folder / f"data.{part}").read_text("ascii").splitlines():
        if line.startswith(" "):  # the licence
            continue
        offset, _, _, count, *fields = line.partition(" | ")[0].split()
        end = 2 * int(count, 16)
        words[offset] = [word.partition("(")[0].lower() for word in fields[:end:2]]
        pointers = fields[end + 1 : end + 1 + 4 * int(fields[end])]
        for symbol, other, _, places in zip(*[iter(pointers)] * 4, strict=True):
            if symbol == "!" and (one := int(places[:2], 16)):
                marked.append((offset, one, other, int(places[2:], 16)))
    for offset, one, other, two in marked:
        first, second = sorted((words[offset][one - 1], words[other][two - 1]))
        plain = first.isalpha() and second.isalpha() and not {first, second} & _LIGHT
        if plain and first != second and (first, second) not in _CONVERSE:
            yield first, second


def irregular(folder: Path, part: str) -> Iterator[tuple[str, str]]:
    """Irregular forms, each with the word that it is a form of."""
    for line in (folder / f"{part}.exc").read_text("ascii").splitlines():
        form, *words = line.split()
        yield from ((form, word) for word in words if form.isalpha() and form != word)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
