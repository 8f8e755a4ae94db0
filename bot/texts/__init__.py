"""What the program says to people, in every language that it speaks, whatever they use it by.

`base` shows how a text is declared, the modules beside it declare those of each subject, and
`locale` has the translations. What says them puts the subjects that it needs into one class, as
`footnote.bot.telegram.texts` does.
"""
