"""The form that the texts of every language have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Each is whole as it is said; what stands in braces is filled in."""

    # What it is and can do
    description: str  # Telegram shows it before the first message: at most 512 characters
    short_description: str  # in its profile: at most 120
    start: str
    help: str
    help_group: str
    help_editor: str
    help_owner: str

    # Answers
    sources: str
    nothing_found: str
    nearest: str
    did_it_answer: str
    unclear: str
    too_long: str
    missing: str  # {part}
    said_earlier: str  # {text}
    as_of: str  # {day}
    listed_new: str
    listed_topic: str
    listed_summary: str
    added_day: str  # {day}
    other_language: str  # {languages}
    no_articles: str
    new: str
    ask_how: str
    failed: str
    too_many: str  # {seconds}
    articles: str
    more: str  # {count}

    # What is no question
    greeting: str
    thanks: str
    praised: str
    farewell: str
    articles_how: str
    acknowledged: str
    no_question: str
    wall_of_text: str
    voice: str
    sticker: str
    only_text: str

    # Adding
    add_how: str
    only_editors: str
    too_many_brought: str  # {count}
    too_large: str  # {megabytes}
    reading: str  # {name}
    in_line: str  # {name}
    nearly: str
    added: str
    already_here: str  # {date}
    new_revision: str  # {added} {removed}
    near_copy: str  # {percent} {title}
    not_added: str
    cancelled: str
    expired: str
    searchable_later: str  # {reason}
    needs_word: str
    a_feed: str  # {count}
    opened_feed: str  # {count}
    followed: str
    offer_pasted: str
    offer_forwarded: str
    offer_short: str
    offer_untitled: str
    offer_near_copy: str
    parts: str  # {parts} {characters}
    size: str  # {words} {passages}
    begins: str
    left_out: str
    note: str
    replaces: str  # {title}
    add: str
    add_anyway: str
    edit_title: str
    cancel: str
    try_again: str
    open_feed: str  # {count}
    follow_feed: str
    title_how: str
    title_refused: str
    decided: str
    feeds: str
    no_feeds: str
    follow_how: str
    feed_fault: str
    unfollow: str  # {name}
    unfollowed: str  # {name}
    not_followed: str

    # The passage behind a number
    earlier: str
    later: str
    whole: str
    passage_place: str  # {at} {count}
    back: str
    changed: str
    gone: str
    unknown_button: str
    closed_passage: str

    # Looking after articles
    search: str
    search_how: str
    newer: str
    older: str
    found: str  # {words}
    found_nothing: str  # {words}
    all_articles: str
    to_list: str
    article_gone: str
    added_by: str  # {day} {who}
    added_on: str  # {day}
    words: str
    passages: str
    pages: str
    cited: str
    your_questions: str
    open: str
    rename: str
    replace: str
    remove: str
    left_as_is: str
    rename_how: str  # {title}
    no_title: str  # {most}
    renamed: str  # {title}
    replace_how: str  # {title}
    remove_indeed: str  # {title}
    removed: str  # {title}
    undo: str
    to_card: str
    undone_added: str  # {title} {who}
    undone_removed: str  # {title} {who}
    undone_renamed: str  # {title} {who}
    undone_replaced: str  # {title} {who}
    somebody: str
    undo_nothing: str
    undo_changed: str  # {title}
    undo_here_again: str  # {title}
    not_saved: str
    editors_only: str

    # Feedback
    thanked: str
    noted: str
    taken_back: str
    wrong_passage: str

    # Checking
    check_how: str
    supported: str
    contradicted: str
    unsupported: str
    check_nothing: str
    checked_first: str  # {count}

    # Written answers
    written: str
    in_their_words: str
    model_away: str
    written_spent: str
    model_declined: str
    differs: str  # {whose} {text}
    start_written: str
    usage: str
    usage_day: str  # {day} {questions} {tokens_in} {tokens_out} {kept} {dropped}
    no_usage: str
    help_usage: str
    command_usage: str

    # Groups
    group_hello: str
    group_closed: str
    group_dismissed: str
    only_in_groups: str

    # Who may
    not_admitted: str  # {user}
    private: str
    void_code: str
    welcome_owner: str
    welcome_editor: str
    welcome_reader: str
    owner: str
    editor: str
    reader: str
    invite: str
    invite_editor: str
    invite_reader: str
    invitation: str  # {role} {days} {link}
    people: str
    nobody: str
    by_settings: str
    dismiss: str  # {name}
    invitations: str
    revoke: str  # {name}
    good_until: str  # {day}
    shut_out: str
    let_in: str  # {name}
    dismiss_how: str
    groups: str
    no_groups: str
    opened: str
    closed: str
    open_by_settings: str
    owners_only: str
    by_name: str

    # For owners
    gaps_nearest: str
    gaps_nothing: str
    gaps_language: str
    no_gaps: str
    export: str  # {count}
    nothing_to_export: str

    # What stands beside each command in Telegram's menu: at most 256 characters
    command_ask: str
    command_new: str
    command_check: str
    command_articles: str
    command_add: str
    command_follow: str
    command_unfollow: str
    command_undo: str
    command_help: str
    command_gaps: str
    command_export: str
    command_invite: str
    command_people: str
    command_groups: str
    command_open: str
    command_close: str
