"""Lines that a web page puts around an article and that are no part of it."""

import re

_NETWORKS = (
    "facebook|twitter|x|whatsapp|linkedin|pinterest|reddit|telegram|tumblr|pocket|email|e-mail"
    "|print|share|more|copy link|messenger|mastodon|bluesky|threads"
)
# Whole lines only, as they stand on pages of WordPress, its plug-ins and the usual consent banners.
_LINE = re.compile(
    rf"""
    leave \s a \s (reply|comment) (\s cancel \s reply)? | cancel \s reply | post \s comment
    | your \s e-?mail \s address \s will \s not \s be \s published .*
    | required \s fields \s are \s marked .*
    | notify \s me \s of \s (follow-up|new) \s (comments|posts) .*
    | save \s my \s name,? \s e-?mail .* in \s this \s browser .*
    | %d \s bloggers? \s like \s this | be \s the \s first \s to \s (like|comment) .{{0,40}}
    | (share|like|print|rate|tweet|email) \s this (\s (post|article|page|story|entry))?
    | (like|share|loading|comments?|advertisements?|sponsored(\s content)?)
    | related (\s (posts?|articles?|stories|news|topics))?
    | (click|tap) \s to \s (share|print|e-?mail) \b .*
    | (subscribe|sign \s up) \s (to|for) \s (our|the) \b .* newsletter .*
    | (accept|reject|allow|manage) (\s all)? \s cookies | cookie \s (settings|preferences|policy)
    | (we|this \s (web)?site) \s uses? \s cookies \b .*
    | by \s continuing \s to \s (use|browse) \s this \s (web)?site .* cookies .*
    | (follow|find|join|like) \s us \s on \b .{{0,60}}
    | (previous|next) \s (post|article|story) \b .{{0,150}}
    | skip \s to \s (the \s)? (main \s)? (content|navigation)
    | (©|\(c\)|copyright) .{{0,120}} all \s rights \s reserved | all \s rights \s reserved
    | ({_NETWORKS}) ([\s,|/·•]+ ({_NETWORKS}))*
    """,
    re.IGNORECASE | re.VERBOSE,
)


def without_boilerplate(text: str) -> tuple[str, tuple[str, ...]]:
    """The normalised text without such lines, and the lines that went, in their order."""
    kept: list[str] = []
    dropped: list[str] = []
    for line in text.split("\n"):
        bare = line.strip(" \t.…:!*#-–—")
        (dropped if bare and _LINE.fullmatch(bare) else kept).append(line)
    return "\n".join(kept), tuple(dropped)
