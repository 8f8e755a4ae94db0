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
    help_owner: str

    # Answers
    sources: str
    not_answered: str
    near: str
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
    farewell: str
    no_question: str
    wall_of_text: str
    voice: str
    sticker: str
    only_text: str

    # The passage behind a number
    earlier: str
    later: str
    whole: str
    back: str
    changed: str
    gone: str
    unknown_button: str
    closed_passage: str

    # Feedback
    thanked: str
    noted: str
    taken_back: str
    wrong_passage: str

    # Checking
    check_how: str
    unsupported: str
    check_nothing: str
    checked_first: str  # {count}

    # Written answers
    written: str
    in_their_words: str
    model_away: str
    written_spent: str
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
    groups: str
    no_groups: str
    opened: str
    closed: str
    open_by_settings: str
    owners_only: str

    # For owners
    gaps: str
    no_gaps: str
    export: str  # {count}
    nothing_to_export: str

    # What stands beside each command in Telegram's menu: at most 256 characters
    command_ask: str
    command_new: str
    command_check: str
    command_articles: str
    command_help: str
    command_gaps: str
    command_export: str
    command_invite: str
    command_people: str
    command_groups: str
    command_open: str
    command_close: str
