"""A model's computation recorded once, so that it runs without Python between its steps.

Of the 11 ms of the processor that embedding a question takes, 4 are Python's, which holds its lock
meanwhile; and each of 200 steps gives the lock up and has to wait for it again beside other work.
Another 2.5 go into putting the weights, in bfloat16, into the order in which oneDNN multiplies
them, each time anew: they are recorded in that order.
"""

import copy
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

logger = logging.getLogger(__name__)

Compute = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""From what a tokenizer gives, tensors by their names, to `token_embeddings` and
`sentence_embedding`."""

_GIVEN = ("token_embeddings", "sentence_embedding")
# Recorded with padding; held against the model itself with and without, and with other lengths.
_RECORDED = ("Who leads it?", "When did the river Nari flood the town of Sibi, and how many fled?")
_COMPARED = (("Why?",), ("Where is it? " * 40,), ("a", "b c d e f", "Which of them came first?"))


def traced(model: "SentenceTransformer") -> Compute:
    """The model's own computation, recorded; as it is where that gives anything else."""
    import torch

    ways = (True, False) if model.dtype == torch.bfloat16 else (False,)
    found = (_recorded_and_compared(model, in_order=in_order) for in_order in ways)
    return next((compute for compute in found if compute), model)


def _recorded_and_compared(model: "SentenceTransformer", *, in_order: bool) -> Compute | None:
    try:
        with _silence():
            recorded = _recorded(_in_order(model) if in_order else model)
            if all(_same(recorded, model, texts) for texts in _COMPARED):
                return recorded
        logger.info("the model computes otherwise when recorded")
    except Exception as error:  # what of a model torch can't record has no common class
        logger.info("the model cannot be recorded: %s", type(error).__name__)
    return None


@contextmanager
def _silence() -> Iterator[None]:
    """No word of what recording looks through: attributes that are out of use, say."""
    loggers = [logging.getLogger(name) for name in ("transformers", "sentence_transformers")]
    levels = [one.level for one in loggers]
    try:
        for one in loggers:
            one.setLevel(logging.ERROR)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def _recorded(model: "SentenceTransformer") -> Compute:
    import torch

    sample = _features(model, _RECORDED)
    names = sorted(sample)

    class Traceable(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *values: "Tensor") -> tuple["Tensor", ...]:
            read = self.model(dict(zip(names, values, strict=True)))
            return tuple(read[name] for name in _GIVEN)

    with torch.no_grad():
        whole = torch.jit.trace(  # type: ignore[no-untyped-call]  # has no annotations
            Traceable().eval(), tuple(sample[name] for name in names), check_trace=False
        )
        frozen = torch.jit.freeze(whole)

    def compute(features: Mapping[str, Any]) -> Mapping[str, Any]:
        return dict(zip(_GIVEN, frozen(*(features[name] for name in names)), strict=True))

    return compute


def _in_order(model: "SentenceTransformer") -> "SentenceTransformer":
    """A copy whose weights are in the order that oneDNN wants, as torch.compile puts them."""
    import torch

    def multiplied(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        product: torch.Tensor = torch.ops.mkldnn._linear_pointwise(x, weight, bias, "none", [], "")
        return product

    recordable = torch.jit.script(multiplied)

    class InOrder(torch.nn.Module):
        def __init__(self, linear: torch.nn.Linear) -> None:
            super().__init__()
            ordered = torch.ops.mkldnn._reorder_linear_weight(linear.weight.detach(), None)
            self.register_buffer("weight", ordered, persistent=False)
            self.bias = linear.bias

        def forward(self, x: "Tensor") -> "Tensor":
            product: Tensor = recordable(x, self.weight, self.bias)
            return product

    # What is not put into another order is not copied, either.
    copied = copy.deepcopy(model, {id(one): one for one in model.parameters()})
    for module in list(copied.modules()):
        for name, part in list(module.named_children()):
            if isinstance(part, torch.nn.Linear):
                setattr(module, name, InOrder(part))
    return copied


def _same(recorded: Compute, model: "SentenceTransformer", texts: Sequence[str]) -> bool:
    import torch

    features = _features(model, texts)
    with torch.inference_mode():
        one, other = recorded(features), model(dict(features))
    return all(torch.equal(one[name], other[name]) for name in _GIVEN)


def _features(model: "SentenceTransformer", texts: Sequence[str]) -> dict[str, Any]:
    read = model.tokenizer(list(texts), padding=True, truncation=True, return_tensors="pt")
    return {name: value.to(model.device) for name, value in read.items()}
