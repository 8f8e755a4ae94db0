"""A sentence-transformers model of a few kilobytes with random weights."""

import tempfile
from pathlib import Path

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
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    bert = BertModel(
        BertConfig(
            vocab_size=len(_VOCABULARY),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=64,
        )
    )
    with tempfile.TemporaryDirectory() as parts:
        bert.save_pretrained(parts)
        numbers = {token: number for number, token in enumerate(_VOCABULARY)}
        BertTokenizerFast(vocab=numbers).save_pretrained(parts)
        modules = [Transformer(parts, max_seq_length=64), Pooling(32)]
        model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
        model.save(str(folder), create_model_card=False)
