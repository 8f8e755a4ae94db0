"""Everything that the bot says in its own words."""

START = (
    "Ask me something, and I look for the answer in the articles that I have.\n\n"
    "I answer in the articles' own sentences. Behind each stands a number; the button with that "
    "number opens the passage, with the sentence marked. Where the articles don't answer, I say so."
)
HELP = (
    "Write a question in your own words. A follow-up may lean on what was asked before.\n\n"
    "/new begins a new conversation\n"
    "/articles lists the articles\n"
    "/help shows this"
)
NEW = "A new conversation. What would you like to know?"
ONLY_TEXT = "I can read text only. What would you like to ask?"
NO_QUESTION = "I see no question in this. What would you like to know?"
NO_ARTICLES = "There are no articles yet, so there is nothing to answer from."
NOT_ANSWERED = "The articles don't answer this."
NEAR = "Not an answer, but near:"
SOURCES = "Sources"
ARTICLES = "Articles"
MORE = "… and {count:,} more."
GONE = "This article is gone. This is what was quoted from it."
CHANGED = "This article has changed since. This is what was quoted then."
UNKNOWN_BUTTON = "I no longer know what this button was for. Please ask again."
FAILED = "Something went wrong with this, and it has been noted. Please try again in a moment."
NOT_ADMITTED = (
    "This Footnote is private. Its owner can let you in by adding your Telegram id, {user}, to "
    "FOOTNOTE_OWNERS."
)

COMMANDS = {
    "new": "Begin a new conversation",
    "articles": "List the articles",
    "help": "What I can do",
}
DESCRIPTION = (
    "I answer questions from a collection of articles, in their own sentences, each with a "
    "footnote to the passage it comes from."
)
SHORT_DESCRIPTION = "Answers from articles, with a footnote behind every sentence."
