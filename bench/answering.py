"""`python -m bench.answering ARTICLES HOME`: times questions in a process that does nothing else.

They come on standard input as a JSON list of texts, the figures go to standard output.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.measures import percentile
from footnote.bot.composition import Footnote, composed
from footnote.bot.settings import read_settings
from footnote.index.answering import Answerer
from footnote.index.question import Question

_WARM_UP = 5
_THREADS = 16


def answering(footnote: Footnote, questions: Sequence[str]) -> dict[str, float]:
    """Seconds from a question to its answer, those of embedding it measured in turns with them.

    `unread`: without the reader; `questions_per_s`: put by sixteen threads at once. `memory_mb` is
    the most that the process has held, `cpu` the time of the processor, of all threads.
    """
    model, answerer = footnote.passage_index.model, footnote.answerer
    unread = Answerer(footnote.passage_index)
    for question in questions[:_WARM_UP]:
        answerer.answer(Question(question))
    embedding, whole, without = [], [], []
    for question in questions:
        embedding.append(seconds(partial(model.embed_query, question)))
        whole.append(Spent.on(partial(answerer.answer, Question(question))))
        without.append(seconds(partial(unread.answer, Question(question))))
    found = {"memory_mb": _peak_bytes() / 1e6}
    of_each = {
        "embedding": embedding,
        "answer": [spent.seconds for spent in whole],
        "answer_cpu": [spent.cpu_seconds for spent in whole],
        "unread": without,
    }
    for name, spent in of_each.items():
        found[f"{name}_p50_s"] = percentile(spent, 0.5)
        found[f"{name}_p95_s"] = percentile(spent, 0.95)
    found["questions_per_s"], found["cores"] = at_once(answerer, questions)
    found["unread_questions_per_s"], found["unread_cores"] = at_once(unread, questions)
    for name in ("p50", "p95"):
        found[f"{name}_over_embedding"] = found[f"answer_{name}_s"] / found["embedding_p50_s"]
        found[f"unread_{name}_over_embedding"] = (
            found[f"unread_{name}_s"] / found["embedding_p50_s"]
        )
    return found


def at_once(answerer: Answerer, questions: Sequence[str]) -> tuple[float, float]:
    """How many are answered in a second by sixteen threads, and how many cores are busy with it.

    What was read of a passage is kept, so each is worded otherwise than before.
    """
    asked = [Question(f"Please: {question}") for question in questions]
    begin, cpu_begin = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(answerer.answer, asked))
    elapsed = time.perf_counter() - begin
    return len(asked) / elapsed, (time.process_time() - cpu_begin) / elapsed


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@dataclass(frozen=True, slots=True)
class Spent:
    """What some work took: by the clock, and of the processor's time, of all threads together."""

    seconds: float
    cpu_seconds: float

    @classmethod
    def on(cls, work: Callable[[], object]) -> "Spent":
        cpu_begin = time.process_time()
        elapsed = seconds(work)
        return cls(elapsed, time.process_time() - cpu_begin)


def _peak_bytes() -> int:
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage would count in the process that this one came from
        return 1024 * int(status.read_text().partition("VmHWM:")[2].split()[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def main(articles: str, home: str) -> None:
    settings = read_settings(articles=Path(articles), home=Path(home))
    with composed(settings, purpose="measuring") as footnote:
        json.dump(answering(footnote, json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
