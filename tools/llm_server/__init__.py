"""A language model's endpoint on loopback that says what a test tells it to, in the real protocol.

It speaks POST /v1/chat/completions as OpenAI, Ollama, vLLM and llama.cpp do, whole and as
server-sent events, and can refuse, hang, break off and go on for ever. It needs nothing but the
standard library.
"""

from .replies import Refusal, Said, pieces_of
from .server import Asked, LlmServer

__all__ = ["Asked", "LlmServer", "Refusal", "Said", "pieces_of"]
