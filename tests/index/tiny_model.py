"""Sentence-transformers models of a few kilobytes with random weights."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import BertConfig, BertTokenizer

_WORDS = ["the", "cat", "river", "rose", "horse", "query", "passage", ":"]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *_WORDS,
    *_LETTERS,
    *(f"##{letter}" for letter in _LETTERS),
]


def make_tiny_model(folder: Path, *, prompts: dict[str, str] | None = None, seed: int = 0) -> None:
    """Save it into the folder; the same seed gives the same weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    torch.manual_seed(seed)
    bert = BertModel(_config())
    with tempfile.TemporaryDirectory() as parts:
        bert.save_pretrained(parts)
        _tokenizer().save_pretrained(parts)
        modules = [Transformer(parts, max_seq_length=64), Pooling(32)]
        model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
        model.save(str(folder), create_model_card=False)


def make_tiny_cross_encoder(
    folder: Path, *, labels: int = 1, names: Sequence[str] = (), seed: int = 0
) -> None:
    """Save one into the folder that gives so many numbers for a pair of texts, or one for each of
    these names."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    config = _config(num_labels=len(names) or labels)
    if names:
        config.id2label = dict(enumerate(names))
        config.label2id = {name: place for place, name in enumerate(names)}
    BertForSequenceClassification(config).save_pretrained(folder)
    _tokenizer().save_pretrained(folder)


def _config(**settings: Any) -> "BertConfig":
    from transformers import BertConfig

    return BertConfig(
        vocab_size=len(_VOCABULARY),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        **settings,
    )


def _tokenizer() -> "BertTokenizer":
    from transformers import BertTokenizer

    return BertTokenizer(vocab={token: number for number, token in enumerate(_VOCABULARY)})
