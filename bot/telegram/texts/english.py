"""The bot's own words in English."""

from footnote.bot.telegram.texts.form import Texts

ENGLISH = Texts(
    description=(
        "I answer questions from a collection of articles. Behind each sentence of an answer "
        "stands a number that opens the passage it rests on. Where I'm not sure, or find nothing, "
        "I say so."
    ),
    short_description="Answers from articles, with a footnote behind every sentence.",
    start=(
        "Ask me something, and I'll look for the answer in the articles that I have.\n\n"
        "I answer in their own sentences. Behind each stands a number: tap it to see the passage "
        "that the sentence comes from. Where I'm not sure, or find nothing, I say so."
    ),
    help=(
        "Write a question in your own words. The next one may lean on it; to go on from an older "
        "answer, reply to it. If you edit a question, I'll change my answer.\n\n"
        "/new starts afresh\n"
        "/check looks for what supports a claim\n"
        "/articles lists the articles\n\n"
        "Questions are kept with their answers, and owners can read them."
    ),
    help_group=(
        "Here I answer questions after /ask, replies to my messages, and messages that mention me. "
        "A number in an answer opens its passage in our private chat."
    ),
    help_editor=(
        "For editors: send me a link or a file, paste a long text, or forward a post, and I'll "
        "add it.\n"
        "/add takes links too, or the message that you reply to with it\n"
        "/follow takes what is new in a feed from now on, /unfollow ends that\n"
        "/articles and a tap on a number: rename, replace and remove an article\n"
        "/undo takes back the last change of the articles"
    ),
    help_owner=(
        "For owners:\n"
        "/invite lets somebody in, /people shows who is\n"
        "/open lets everybody ask, /close ends that\n"
        "/groups shows where I answer; add me to a group to let it in\n"
        "/gaps shows what I wasn't sure of, and what I found nothing on\n"
        "/export sends questions, answers and feedback as a file"
    ),
    sources="Sources",
    nothing_found="I found nothing on this in the articles.",
    nearest="I'm not sure that this answers it. What comes nearest:",
    did_it_answer="Did this answer it? Tell me with 👍 or 👎.",
    unclear="What is it about? Tell me who or what you mean, and I'll look.",
    too_long="This took too long, so I set it aside. A shorter question may help.",
    missing="On {part} I found nothing.",
    said_earlier="Earlier: {text}",
    as_of="The newest report that answers is of {day}.",
    listed_new="The newest articles",
    listed_topic="Articles on this",
    listed_summary="In brief",
    added_day="added {day}",
    other_language="The articles are in another language. Try it in {languages}.",
    no_articles="There are no articles yet, so I have nothing to answer from.",
    new="A new conversation. What would you like to know?",
    ask_how="Write your question after /ask, or reply to this with it.",
    failed="Something went wrong with this, and it has been noted. Please try again in a moment.",
    too_many="That's a lot at once! Please wait {seconds} seconds, then ask again.",
    articles="Articles",
    more="… and {count} more",
    greeting="Hello! What would you like to know from the articles?",
    thanks="You're welcome! Is there anything else you'd like to know?",
    praised="Glad to hear it! Is there anything else you'd like to know?",
    farewell="Goodbye! Come back whenever you have a question.",
    articles_how="Write /articles to me in private, and I'll list the articles.",
    acknowledged="All right! Just ask whenever you'd like to know something.",
    no_question="I see no question in this. What would you like to know?",
    wall_of_text=(
        "That is a long text, and I see no question in it. Ask me about the articles in a "
        "sentence or two, or reply to your text with /check to see what in it they support."
    ),
    voice="I can't listen yet, sorry. Would you write your question?",
    sticker="Nice one! I read words only, though. What would you like to know?",
    only_text="I can read text only. What would you like to ask?",
    add_how="Send me a link or a file, paste a long text, or forward a post, and I'll add it to the articles.\n\nFiles can be PDF, Word, OpenDocument, EPUB, web pages, e-mails, Markdown or plain text. /add takes links too, or the message that you reply to with it.",
    only_editors="Adding articles is for editors here. If you'd like to add some, ask an owner for an invitation.",
    too_many_brought="That's a lot at once! {count} are waiting now, and I'll work through them. What has no 👀 I haven't taken: please send it again later.",
    too_large="This file is too large for me: {megabytes} MB is the most that I can get here. A link to it would do, or a smaller file.",
    reading="Reading {name} …",
    in_line="Waiting for its turn: {name}",
    nearly="Added, and nearly searchable",
    added="Added",
    already_here="Already here since {date}",
    new_revision="A new version of an article (words: +{added}, −{removed})",
    near_copy="Not added: {percent} % of it stands in “{title}”",
    not_added="Not added",
    cancelled="Not added, as you wished",
    expired="Nobody said yes within a day, so I've let this go. Send it again if you'd still like to add it.",
    searchable_later="It is among the articles, but can't be searched yet ({reason}). I'll keep trying, and put a 👍 on it when it can.",
    needs_word="needs a word from you, below",
    a_feed="This is a feed. Articles in it: {count}",
    opened_feed="Taken from the feed: {count}",
    followed="Followed from now on",
    offer_pasted="Add this text as an article?",
    offer_forwarded="Add this post as an article?",
    offer_short="This is very short for an article. Add it?",
    offer_untitled="I found no title for this. Add it under this one?",
    offer_near_copy="{percent} % of this stands in “{title}” already. Add it anyway?",
    parts="Got {parts} parts, {characters} characters.",
    size="Words: {words} · Passages: {passages}",
    begins="It begins:",
    left_out="Left out:",
    note="Your note:",
    replaces="In place of: {title}",
    add="Add",
    add_anyway="Add anyway",
    edit_title="Edit title",
    cancel="Cancel",
    try_again="Try again",
    open_feed="Add them: {count}",
    follow_feed="Follow it",
    title_how="What should it be called? Send me the title as a reply to this.",
    title_refused="That can't be a title: I need one line with letters in it, of at most 200 characters. Please try once more.",
    decided="That is decided already.",
    feeds="Feeds that I follow",
    no_feeds="I follow no feed yet.",
    follow_how="/follow with the address of an RSS or Atom feed takes what is new in it from now on.",
    feed_fault="can't be had at the moment",
    unfollow="Unfollow {name}",
    unfollowed="No longer followed: {name}",
    not_followed="I don't follow that feed. /follow shows which ones I do.",
    earlier="‹ Earlier",
    later="Later ›",
    whole="Whole article",
    passage_place="passage {at} of {count}",
    back="‹ Back",
    changed="This article has changed since. This is what was quoted then.",
    gone="This article is gone. This is what was quoted from it.",
    unknown_button="I no longer know what this button was for. Please ask again.",
    closed_passage="I can't open this passage for you. Ask me yourself, and I'll show you what I find.",
    search="Search",
    search_how="Send me a word or two from the title, the author or the site.",
    newer="‹ Newer",
    older="Older ›",
    found="Articles with “{words}”",
    found_nothing="I found no article with “{words}” in its title, author or site.",
    all_articles="All articles",
    to_list="‹ List",
    article_gone="This article is no longer here.",
    added_by="Added on {day} by {who}",
    added_on="Added on {day}",
    words="Words",
    passages="Passages",
    pages="Pages",
    cited="Times cited",
    your_questions="Questions of yours that it answered",
    open="Open",
    rename="Rename",
    replace="Replace",
    remove="Remove",
    left_as_is="All right, everything stays as it is.",
    rename_how="Send me the new title of “{title}”.",
    no_title="A title needs 1 to {most} characters. Send me another one.",
    renamed="The article is now called “{title}”.",
    replace_how=(
        "Send me what is to take the place of “{title}”: a file, a link or the text itself."
    ),
    remove_indeed="Remove “{title}”? For a day this can be undone; then the article is erased.",
    removed="“{title}” has been removed. For a day this can be undone.",
    undo="Undo",
    to_card="To the article",
    undone_added="Taken back: “{title}”, added by {who}, is no longer here.",
    undone_removed="Taken back: “{title}”, removed by {who}, is here again.",
    undone_renamed="Taken back: renamed by {who}, the article is called “{title}” again.",
    undone_replaced="Taken back: “{title}”, replaced by {who}, has its earlier text again.",
    somebody="somebody",
    undo_nothing="Nothing of the last day is left that I could take back.",
    undo_changed="“{title}” has been changed again since, so I leave it as it is.",
    undo_here_again="The same text is here again already, as “{title}”.",
    not_saved="I couldn't save this, so everything is as it was. The bot's log says why.",
    editors_only="Only editors and owners can do this.",
    thanked="Thank you!",
    noted="Thank you, noted.",
    taken_back="Taken back.",
    wrong_passage="Wrong passage",
    check_how="Write a claim after /check, or reply to a message with /check.",
    supported="Supported:",
    contradicted="Contradicted:",
    unsupported="I found nothing in the articles that supports this.",
    check_nothing="I see no claim in this. Write one after /check.",
    checked_first="These are the first {count} sentences. Send me the rest with another /check.",
    written=(
        "Written by a language model; each sentence was checked against the passage behind its number."
    ),
    in_their_words="In the articles' own words.",
    model_away=(
        "In the articles' own words, because the language model isn't answering at the moment."
    ),
    written_spent="In the articles' own words. There will be more written answers for you tomorrow.",
    model_declined="The language model read the passages and found no answer in them.",
    differs="Another article says otherwise ({whose}): “{text}”",
    start_written=(
        "Ask me something, and I'll look for the answer in the articles that I have.\n\n"
        "A language model puts it into words, and I let through only the sentences that the "
        "articles bear out. Behind each stands a number: tap it to see the passage that supports "
        "it. Where I'm not sure, or find nothing, I say so."
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
    invitation="This link lets in one person ({role}). It works once, within {days} days:\n{link}",
    people="People",
    nobody="Nobody has been let in yet. /invite makes a link.",
    by_settings="by settings",
    dismiss="Dismiss {name}",
    invitations="Open invitations",
    revoke="Revoke: {name}",
    good_until="until {day}",
    shut_out="Shut out",
    let_in="Let in again: {name}",
    dismiss_how="/dismiss 12345 shuts out the person with this Telegram id, also where everybody may ask; /admit 12345 lets them in again",
    groups="Groups",
    no_groups="I am in no group that I may answer in. Add me to one to let it in.",
    opened="Everybody may ask me now. /close ends that.",
    closed="Only the people and groups that owners let in may ask me now.",
    open_by_settings="The settings say that everybody may ask (FOOTNOTE_OPEN), so that stays.",
    owners_only="Only owners can do this.",
    by_name="Please say that under your own name: an anonymous administrator may be anybody.",
    gaps_nearest="I wasn't sure:",
    gaps_nothing="I found nothing:",
    gaps_language="Asked in another language than the articles':",
    no_gaps="So far I could answer everything.",
    export="Questions: {count}",
    nothing_to_export="Nothing has been asked yet.",
    command_ask="Ask a question",
    command_new="Begin a new conversation",
    command_check="See what supports a claim",
    command_articles="List the articles",
    command_add="Add an article",
    command_follow="Take what is new in a feed",
    command_unfollow="No longer follow a feed",
    command_undo="Take back the last change of the articles",
    command_help="What I can do",
    command_gaps="What I wasn't sure of, or found nothing on",
    command_export="Questions, answers and feedback as a file",
    command_invite="Let somebody in",
    command_people="Who may ask",
    command_groups="Groups where I answer",
    command_open="Let everybody ask",
    command_close="Let only invited people ask",
)
