"""The bot's own words in English."""

from bot.telegram.texts.form import Texts

ENGLISH = Texts(
    description=(
        "I answer questions from a collection of articles, in their own sentences. Behind each "
        "stands a number that opens the passage it comes from. Where the articles don't answer, "
        "I say so."
    ),
    short_description="Answers from articles, with a footnote behind every sentence.",
    start=(
        "Ask me something, and I'll look for the answer in the articles that I have.\n\n"
        "I answer in their own sentences. Behind each stands a number: tap it to see the passage "
        "that the sentence comes from. Where the articles don't answer, I say so."
    ),
    help=(
        "Write a question in your own words. The next one may lean on it; to go on from an older "
        "answer, reply to it. If you edit a question, I'll change my answer.\n\n"
        "/new starts afresh\n"
        "/check looks for what supports a claim\n"
        "/articles lists the articles\n\n"
        "Questions are kept with their answers. Owners can read those that found none."
    ),
    help_group=(
        "Here I answer /ask with a question, replies to my messages, and messages that mention "
        "me. A number in an answer opens its passage in our private chat."
    ),
    help_owner=(
        "For owners:\n"
        "/invite lets somebody in, /people shows who is\n"
        "/open lets everybody ask, /close ends that\n"
        "/groups shows where I answer; add me to a group to let it in\n"
        "/gaps shows what the articles didn't answer\n"
        "/export sends questions, answers and feedback as a file"
    ),
    sources="Sources",
    not_answered="The articles don't answer this.",
    near="Not an answer, but near:",
    no_articles="There are no articles yet, so I have nothing to answer from.",
    new="A new conversation. What would you like to know?",
    ask_how="Write your question after /ask, or reply to this with it.",
    failed="Something went wrong with this, and it has been noted. Please try again in a moment.",
    too_many="That's a lot at once! Please wait {seconds} seconds, then ask again.",
    articles="Articles",
    more="… and more: {count}",
    greeting="Hello! What would you like to know from the articles?",
    thanks="You're welcome! Is there anything else you'd like to know?",
    farewell="Goodbye! Come back whenever you have a question.",
    no_question="I see no question in this. What would you like to know?",
    wall_of_text=(
        "That is a long text, and I see no question in it. Ask me about the articles in a "
        "sentence or two, or reply to your text with /check to see what in it they support."
    ),
    voice="I can't listen yet, sorry. Would you write your question?",
    sticker="Nice one! I read words only, though. What would you like to know?",
    only_text="I can read text only. What would you like to ask?",
    earlier="‹ Earlier",
    later="Later ›",
    whole="Whole article",
    back="‹ Back",
    changed="This article has changed since. This is what was quoted then.",
    gone="This article is gone. This is what was quoted from it.",
    unknown_button="I no longer know what this button was for. Please ask again.",
    closed_passage="I can't open this passage for you. Ask me yourself, and I'll show you what I find.",
    thanked="Thank you!",
    noted="Thank you, noted.",
    taken_back="Taken back.",
    wrong_passage="Wrong passage",
    check_how="Write a claim after /check, or reply to a message with /check.",
    unsupported="Nothing in the articles supports this.",
    check_nothing="I see no claim in this. Write one after /check.",
    checked_first="These are the first {count} sentences. Send me the rest for another /check.",
    written=(
        "Written by a language model; each sentence was checked against the passage behind its number."
    ),
    in_their_words="In the articles' own words.",
    model_away=(
        "In the articles' own words, because the language model isn't answering at the moment."
    ),
    written_spent="In the articles' own words. There will be more written answers for you tomorrow.",
    differs="Another article says otherwise ({whose}): “{text}”",
    start_written=(
        "Ask me something, and I'll look for the answer in the articles that I have.\n\n"
        "A language model puts it into words, and I let through only the sentences that the "
        "articles bear out. Behind each stands a number: tap it to see the passage that supports "
        "it. Where the articles don't answer, I say so."
    ),
    usage="What the language model has written",
    usage_day=(
        "{day} · questions: {questions} · tokens in: {tokens_in}, out: {tokens_out} · sentences "
        "kept: {kept}, dropped: {dropped}"
    ),
    no_usage="No language model has written anything yet.",
    help_usage="/usage shows what the language model costs",
    command_usage="What the language model costs",
    group_hello=(
        "Hello! Ask me with /ask, mention me, or reply to one of my messages. Otherwise I keep "
        "quiet."
    ),
    group_closed=(
        "I am private, and answer only in groups that an owner of mine has let in. An owner can do "
        "so by writing /admit here."
    ),
    group_dismissed="I no longer answer in this group. An owner can change that with /admit.",
    only_in_groups="This is for groups: write it in the group that it is about.",
    not_admitted=(
        "I am private, and answer only people whom an owner of mine has let in. If you know one, "
        "ask for an invitation. (Your Telegram id is {user}.)"
    ),
    private="I am private, sorry.",
    void_code="This code isn't good any more. Please ask for a new one.",
    welcome_owner="You are my owner now. /help shows what you can do.",
    welcome_editor="Welcome! You may ask, and add articles.",
    welcome_reader="Welcome! You may ask.",
    owner="owner",
    editor="editor",
    reader="reader",
    invite="Whom would you like to let in? Readers ask; editors add and remove articles too.",
    invite_editor="An editor",
    invite_reader="A reader",
    invitation=(
        "This link lets in one person as {role}. It works once, within {days} days:\n{link}"
    ),
    people="People",
    nobody="Nobody has been let in yet. /invite makes a link.",
    by_settings="by settings",
    dismiss="Dismiss {name}",
    groups="Groups",
    no_groups="I am in no group that I may answer in. Add me to one to let it in.",
    opened="Everybody may ask me now. /close ends that.",
    closed="Only the people and groups that owners let in may ask me now.",
    open_by_settings="The settings say that everybody may ask (FOOTNOTE_OPEN), so that stays.",
    owners_only="Only owners can do this.",
    gaps="The articles didn't answer:",
    no_gaps="So far the articles have answered everything.",
    export="Questions: {count}",
    nothing_to_export="Nothing has been asked yet.",
    command_ask="Ask a question",
    command_new="Begin a new conversation",
    command_check="See what supports a claim",
    command_articles="List the articles",
    command_help="What I can do",
    command_gaps="What the articles didn't answer",
    command_export="Questions, answers and feedback as a file",
    command_invite="Let somebody in",
    command_people="Who may ask",
    command_groups="Groups where I answer",
    command_open="Let everybody ask",
    command_close="Let only invited people ask",
)
