"""`python -m bench.pooled`: what is answered of a large collection that does not answer.

The articles of several sets are put into one collection, in which other articles are about nearly
every subject. Each question is asked twice: as it is, and with its own articles taken out, and with
them all that have their title or a sentence that answers. What is answered then is wrong, unless
what is quoted has the answer after all.
"""

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bench.footnote import Asked, Subject
from bench.measures import answered_by, auroc
from bench.sets import Case, QuestionSet, read_set
from footnote.corpus.article import Article
from footnote.index.finding.confidence import SURE

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_errors = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Twice:
    """A question with what became of it with its articles and without them."""

    set: str
    with_them: float
    without: float
    answered_elsewhere: bool
    question: str
    quoted: str

    @property
    def wrong(self) -> bool:
        """Whether it is given as an answer without its articles, as far as can be told wrongly."""
        return self.without >= SURE and not self.answered_elsewhere


def pooled_articles(sets: Sequence[QuestionSet]) -> list[Article]:
    """Those of all sets, each under a name of its own."""
    return [
        replace(article, id=f"{one.name.replace('.', '-')}-{article.id}")
        for one in sets
        for article in one.articles
    ]


def related(case: Case, prefix: str, articles: Sequence[Article]) -> tuple[str, ...]:
    """The articles of a case, those of the same title, and those with a sentence that answers."""
    own = {f"{prefix}-{article}" for article in case.articles}
    titles = {article.title.casefold() for article in articles if article.id in own}
    return tuple(
        article.id
        for article in articles
        if article.id in own
        or article.title.casefold() in titles
        or any(sentence in article.text for sentence in case.evidence)
    )


def ask_twice(sets: Sequence[QuestionSet], *, of_each: int) -> Iterator[Twice]:
    """So many answerable questions of each set, evenly from all over it."""
    articles = pooled_articles(sets)
    with (
        tempfile.TemporaryDirectory() as place,
        Subject.over(articles, Path(place)) as subject,
    ):
        groups = defaultdict[tuple[str, ...], list[tuple[str, Case, Asked]]](list)
        for one in sets:
            prefix = one.name.replace(".", "-")
            cases = [case for case in one.cases if case.answerable and not case.question.history]
            step = max(len(cases) // of_each, 1)
            for case in track(cases[::step][:of_each], one.name, console=_errors):
                asked = subject.ask(case.question)
                groups[related(case, prefix, articles)].append((one.name, case, asked))
        for taken_out, asked_of in track(groups.items(), "taken out", console=_errors):
            with subject.without(taken_out):
                for name, case, asked in asked_of:
                    again = subject.ask(case.question)
                    there = [piece.article for piece in again.quoted]
                    elsewhere = bool(case.answers) and answered_by(
                        again.quoted, there, case.answers
                    )
                    quoted = again.quoted[0].text if again.quoted else ""
                    yield Twice(
                        *(name, asked.confidence, again.confidence, elsewhere),
                        *(case.question.text, quoted),
                    )


def figures(asked: Sequence[Twice]) -> dict[str, float]:
    """`answered`: the share given as an answer, `out.answered`: the same without their articles;
    `…_at_80%`: at the threshold at which .80 of the answerable are. What another article answers
    is left out of both, and its share told."""
    wrong = [one.without for one in asked if not one.answered_elsewhere]
    right = sorted(one.with_them for one in asked)
    at_80 = right[int(0.2 * len(right))]
    return {
        "questions": float(len(asked)),
        "answered": fmean(value >= SURE for value in right),
        "answered_elsewhere": fmean(one.answered_elsewhere for one in asked),
        "out.answered": fmean(value >= SURE for value in wrong),
        "out.answered_at_80%": fmean(value >= at_80 for value in wrong),
        "out.auroc": auroc(right, wrong),
    }


@app.command()
def main(
    data: Annotated[list[Path], typer.Option(help="folders of question sets")],
    of_each: Annotated[int, typer.Option(min=10, help="so many questions of each set")] = 100,
    failures: Annotated[int, typer.Option(min=0, help="show so many wrong answers")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
) -> None:
    """Put the English articles of the sets together, and ask with and without those that answer."""
    asked = list(ask_twice([read_set(folder)[0] for folder in data], of_each=of_each))
    result = {"all": figures(asked)}
    for name in dict.fromkeys(one.set for one in asked):
        result[name] = figures([one for one in asked if one.set == name])
    Console().print_json(json.dumps(result))
    for one in sorted((one for one in asked if one.wrong), key=lambda o: -o.without)[:failures]:
        told = f"{one.set} {one.without:.2f}: {one.question}\n    {one.quoted}"
        Console().print(told, markup=False, highlight=False)
    if json_file:
        json_file.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    app()
