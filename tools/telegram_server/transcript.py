"""How a message reads in a transcript."""

from .messages import Message

SHOWN = 300  # characters


def described(message: Message) -> str:
    who = message.sender or "anonymous"
    reply = f" (to {message.reply_to})" if message.reply_to else ""
    return f"{who} {message}{reply}: {summary(message)}"


def summary(message: Message) -> str:
    """The text, or what stands in its place, and the rows of buttons."""
    kinds = [name for name in message.content if name != "reply_markup"]
    said = message.text[:SHOWN] or f"<{', '.join(kinds)}>"
    rows = [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    return "\n    ".join([said, *rows])
