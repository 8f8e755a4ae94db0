"""How things look in Telegram: messages, buttons and links."""
