"""What the bot sends: once, in order, and at the pace that Telegram allows."""
