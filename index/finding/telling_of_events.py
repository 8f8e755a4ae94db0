"""The words that tell a reason, a length of time, a successor, a role or what befell people, for
questions that ask for these: as in telling_words.py. English only.
"""

import re

from footnote.index.finding.kind import OPENING
from footnote.index.finding.telling_words import NUMBER

ASKS_WHY = re.compile(
    OPENING + r"(?:why\b|for what reason|what (?:was|is) the reason\b)",
    re.IGNORECASE,
)
_REASONS_TEXT = (
    r"because cause[sd]? causing since as due reasons? so for after when while if owing thanks?"
    r" therefore thus hence led leads? result\w* despite although though over without want\w*"
    r" need\w* fear\w* feel\w* felt believ\w* thought\w* think\w* let makes? made allow\w*"
    r" help\w* until unless would could can might must not no unable too lack\w* but means? meant"
    r" intend\w* forc\w+ refus\w+ enough never cannot nothing \w+n[’']t fail\w* instead"
    r" protest\w* amid"
)
TELLS_WHY = re.compile(
    rf"\b(?:{'|'.join(_REASONS_TEXT.split())})\b|\bto [a-z]{{2,}}|\w{{3}}ing\b|[;:—–]",
    re.IGNORECASE,
)
"""Why was it closed? That it was closed in May does not tell: with none of these a sentence that
repeats the question gives no reason. "It had become unsafe" may be one."""

# How long did it last? Of 445 sentences that answer such questions 5 have none, of all .38.
_ASKS_HOW_LONG = re.compile(OPENING + r"(?:for )?how long\b", re.IGNORECASE)
_LENGTHS_TEXT = (
    r"seconds? minutes? \w{0,4}hours? hourlong (?:mid)?days? nights? week\w* fortnights? months?"
    r" years? decades? centur(?:y|ies) millenni\w+ moments? seasons? summers? winters? periods?"
    r" generation\w* terms? semesters? morning afternoon evening overnight until till since from by"
    r" after before during through\w* while once ago ever forever always never still long\w*"
    r" short\w* brief\w* life\w* entire career eternal\w* indefinit\w* perman\w* temporar\w*"
    r" immediately quick\w* soon next end(?:s|ed)? met(?:re|er)s? kilomet\w+ miles? feet foot"
    r" inch(?:es)? yards? pages?"
)
_TELLS_HOW_LONG = re.compile(
    rf"\d|\b(?:{NUMBER}|{'|'.join(_LENGTHS_TEXT.split())})\b", re.IGNORECASE
)
# Who followed him? That he was shot does not tell.
_ASKS_WHO_CAME_NEXT = re.compile(
    OPENING + r"who (?:then |later |directly |immediately )?(?:followed"
    r"|succeed(?:s|ed)|replace[sd]|took over from|c[ao]mes? (?:after|before)|preceded)\b",
    re.IGNORECASE,
)
_TELLS_WHO_CAME_NEXT = re.compile(
    r"\b(?:follow|succe|replac|preced|predecess|next\b|then\b|t(?:ook|akes?) over|after\b|before\b"
    r"|bec[ao]me|since\b|new\b|heir|hand(?:s|ed)\b|inherit|instead|elect|appoint|until|throne|place\b"
    r"|stead\b|deputy|crown|lieu|pass(?:es|ed) to|defeat|beat\b|former)",
    re.IGNORECASE,
)
# Who was its first leader? Who leads it does not tell.
_ASKS_FOR_FIRST_LEADER = re.compile(
    OPENING + r"who (?:was|were|is|became) (?:(?:the|its|their|his|her)"
    r"|[^?]{1,60}[’']s?) (?:(?:very|ever) )?first (?:[a-z-]{2,15} )?(?:leader|ruler|president"
    r"|chair\w*|head|chief|director|manager|mayor|governor|king|queen|emperor|empress|sultan|pope|bishop"
    r"|abbot|captain|command\w+|coach|conductor|editor|rector|dean|owner|(?:prime )?minister"
    r"|premier|chancellor|secretary\W\w+|speaker|ambassador)s?\b",
    re.IGNORECASE,
)
_TELLS_OF_FIRST_LEADER = re.compile(
    r"\b(?:(?<!at )first|found|initial|origin|inaugural|earli|early|1st\b|never before|until then"
    r"|beg[aiu]n|start|creat|establish|launch|preced|predecess|previous|set up|form(?:ed|ing)\b"
    r"|elected\b|appoint|named\b|chose|proclaim|install|crowned\b|sworn\b|united under)",
    re.IGNORECASE,
)
# And before her?
_ASKS_WHO_WAS_BEFORE = re.compile(
    OPENING + r"(?:who\b[^?]{0,60} )?before (?:him|her|them|that|it)\W*$"
    r"|" + OPENING + r"who (?:is|was|were)\b[^?]{1,60}\bpredecessors?\b",
    re.IGNORECASE,
)
_TELLS_WHO_WAS_BEFORE = re.compile(
    r"\b(?:before|predecess|former|until|till\b|succe|replac|took over|follow|had been|preced"
    r"|previous|ex-|earlier|from (?:\w+ )?\d{4} to|then\b|prior|after)",
    re.IGNORECASE,
)
# Was anyone hurt, killed or arrested? How many went there does not tell.
_WAS_ANYONE = (
    OPENING + r"(?:was|were|has|have|did|is|are) (?:there )?any(?:one|body)?\b"
    r"[^?]{0,30}?\b"
)
_HOW_MANY = OPENING + r"how many\b[^?]{0,60}\b"
_WAS_ANYONE_ARRESTED = re.compile(
    rf"{_HOW_MANY}(?:arrest(?:ed|s)|detained|charged|jailed|imprisoned|convicted|sentenced)\b"
    rf"|{_WAS_ANYONE}(?:arrest|detain|charged|jailed|imprison|sent to prison|caught|convict|sentenc"
    r"|punish)",
    re.IGNORECASE,
)
_TELLS_OF_ARREST = re.compile(
    r"\b(?:arrest|detain|detention|custody|caught|captur|charge|indict|jail|prison|sentenc|convict"
    r"|court|trial\b|tried\b|suspect|fled\b|escap|freed?\b|releas|punish|fined\b|executed|acquit|held\b"
    r"|behind bars)",
    re.IGNORECASE,
)
_WAS_ANYONE_HURT = re.compile(
    rf"{_HOW_MANY}(?:hurt|injured|wounded|injuries)\b"
    rf"|{_WAS_ANYONE}(?:hurt|injured|wounded|harmed|casualties|victims)\b",
    re.IGNORECASE,
)
_TELLS_OF_HURT = re.compile(
    r"\b(?:hurt|unhurt|unharmed|unscathed|injur|uninjured|wound|harm|casualt|victim|hospital|burn(?:s|t)"
    r"|died?\b|dead\b|deaths?\b|kill|drown|safe|maim|shot\b|bruis|broke|surviv|li[fv]es\b|toll\b|scratch)",
    re.IGNORECASE,
)
_WAS_ANYONE_KILLED = re.compile(
    rf"{_HOW_MANY}(?:died?|(?:were|was|been|are|be) (?:\w{{1,20}} )?killed|dead|deaths|murdered"
    rf"|drowned)\b|{_WAS_ANYONE}(?:kill(?:ed)?|die[ds]?|dead|deaths|murdered|drown(?:ed)?)\b",
    re.IGNORECASE,
)
_TELLS_OF_DEATH = re.compile(
    r"\b(?:kill|die[ds]?\b|dead\b|death|deadl|fatal|victim|casualt|surviv|drown|murder|lives\b|lost\b"
    r"|unhurt|unharmed|hurt\b|injur|wound|toll\b|funeral|buried|bod(?:y|ies)\b|shot\b|shoot|slain"
    r"|slaughter|massacr|perish|execut|assassin|loss|burned|suicid|wiped|genocide|holocaust|starv"
    r"|claimed|slew\b|homicid|mortal|slay)",
    re.IGNORECASE,
)
ROLES = {
    name: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for name, words in (
        ("mayor", "mayor"),
        ("prime minister", r"prime|premier|p\.?m\b"),
        ("president", "presiden"),
        ("governor", "gov|first minister"),
        ("chancellor", "chancel"),
        ("king", "king|crown|throne|reign"),
        ("queen", "queen|crown|throne|reign"),
        ("emperor", "emper|throne|reign"),
        ("pope", "pope|pont"),
        ("premier", "premier|prime"),
        ("foreign minister", "foreign"),
    )
}
"""Who may head a town or a country, and the words by which a sentence tells of one."""
ASKS_FOR_ROLE = re.compile(
    OPENING + r"who (?:is|was|were|are) (?:the |its |their |[^?]{1,40}[’']s? )?"
    rf"(?:[\w-]{{1,30}} ){{0,2}}?(?P<role>{'|'.join(ROLES)})\b",
    re.IGNORECASE,
)

TOLD_OF_EVENTS = (
    (_ASKS_HOW_LONG, _TELLS_HOW_LONG),
    (_ASKS_WHO_CAME_NEXT, _TELLS_WHO_CAME_NEXT),
    (_ASKS_FOR_FIRST_LEADER, _TELLS_OF_FIRST_LEADER),
    (_ASKS_WHO_WAS_BEFORE, _TELLS_WHO_WAS_BEFORE),
    (_WAS_ANYONE_ARRESTED, _TELLS_OF_ARREST),
    (_WAS_ANYONE_HURT, _TELLS_OF_HURT),
    (_WAS_ANYONE_KILLED, _TELLS_OF_DEATH),
)
"""Pairs of patterns: what asks for something, and what tells it."""
