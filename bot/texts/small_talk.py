"""What is said to somebody who asks nothing, or sends what can't be read."""

from footnote.bot.texts.base import BaseTexts, Translated


class ConversationTexts(BaseTexts):
    greeting = Translated("Hello! What would you like to know from the articles?")
    thanks = Translated("You're welcome! Is there anything else you'd like to know?")
    praised = Translated("Glad to hear it! Is there anything else you'd like to know?")
    farewell = Translated("Goodbye! Come back whenever you have a question.")
    articles_how = Translated("Write /articles to me in private, and I'll list the articles.")
    acknowledged = Translated("All right! Just ask whenever you'd like to know something.")
    no_question = Translated("I see no question in this. What would you like to know?")
    objection = Translated(
        "Sorry about that! A 👎 below the answer is noted. Asked in other words, it may come out "
        "better."
    )
    more_how = Translated(
        "What would you like to know more of? Ask about it, or read on behind a number of the "
        "answer."
    )
    help_kept = Translated("Questions are kept with their answers, and owners can read them.")
    wall_of_text = Translated(
        "That is a long text, and I see no question in it. Ask me about the articles in a "
        "sentence or two, or reply to your text with /check to see what in it they support."
    )
    voice = Translated("I can't listen yet, sorry. Would you write your question?")
    sticker = Translated("Nice one! I read words only, though. What would you like to know?")
    only_text = Translated("I can read text only. What would you like to ask?")
