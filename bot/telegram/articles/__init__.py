"""The articles in chats: their list, their cards, and changing them."""
