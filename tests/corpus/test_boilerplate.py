import time

import pytest
from hypothesis import given

from footnote.corpus.readers.boilerplate import without_boilerplate
from tests.corpus.awkward import stored_texts

_FIRST = (
    "The first paragraph is long enough to be taken for one, and it tells of a ferry that left."
)
_LAST = "The last paragraph is long enough as well, and says what became of the quay in the winter."

_NO_PART_OF_AN_ARTICLE = """\
Leave a Reply
Auf unserer Website werden Cookies verwendet. Mehr in unserer Datenschutzerklärung.
Wir verwenden Cookies, um Ihr Erlebnis zu verbessern.
Jetzt Newsletter abonnieren
### Newsletter abonnieren
Sie haben sich soeben zu unserem Newsletter angemeldet.
- -Aktualisiert am
Artikel empfehlen:
Kommentar schreiben
12 Kommentare
(Credit: Jane Doe / The Estuary)
Header image: The quay in winter. Photograph by Jane Doe.
Leave a reply Cancel reply
Leave a Reply to Jane Doe
LEAVE A COMMENT
Cancel reply
Post Comment
Add a comment
3 Comments
No comments
Comments (12)
Load more comments
Comments are closed.
Log in to leave a comment
You must be logged in to post a comment.
%d bloggers like this:
12 bloggers like this:
Your email address will not be published. Required fields are marked *
Required fields are marked *
Save my name, email, and website in this browser for the next time I comment.
Notify me of follow-up comments by email.
Notify me of new posts by email.
This site uses Akismet to reduce spam. Learn how your comment data is processed.
Share this:
Share this article
## Share this
Like this:
Like Loading...
Share
Print this page
Share on Facebook
Share via e-mail
Twitter (Opens in new window)
Click to share on X (Opens in new window)
Click to email a link to a friend
Tap to print
Advertisement
ADVERTISEMENTS
Advertisement - Continue Reading Below
Sponsored content
Story continues below advertisement
Related Posts
### Related stories
Read more
Continue reading →
Subscribe to our weekly newsletter
Sign up for the morning newsletter!
Accept all cookies
Manage cookies
Cookie settings
We use cookies to ensure that we give you the best experience on our website.
This website uses cookies to analyse traffic. Manage your settings at any time.
By continuing to use this site you agree to our use of cookies.
Follow us on Facebook and Twitter
Find us on Instagram
Join us on WhatsApp!
Previous Post: The winter ferry
Next post →
« Previous Story The ice
Also read: Ice
Filed under: Boats, Winter
Tags: boats, winter
Skip to main content
Back to top ↑
© 2019 The Estuary. All rights reserved.
All Rights Reserved
© 2019 The Estuary
Copyright (c) 2019 The Estuary
Proudly powered by WordPress
Blog at WordPress.com.
Please enable JavaScript to view the comments powered by Disqus.
Next story
You might also like
Learn more
Loading Comments...
[Read: Why the ferry stopped, and who was for it]
[Also read: Ice]
Read next: The ice of last winter
Table of Contents
Inhaltsverzeichnis
Jane Doe/Getty Images
Jane M. Doe-Roe / Reuters
"""
_SENTENCES_AND_HEADINGS = """\
Share this view with someone who has never waited for a boat.
Share this article of faith, or leave the party, he was told.
Print this in large letters, she said.
Like this, the stone is drawn over the blade.
Leave a reply at the kiosk.
Comments on the survey fill two pages.
No comment.
Related work was done in Leiden.
## Related work
Related: the price of hay.
Advertisements were painted on the wall.
The story continues below the advertisement that Brandt painted in 1931.
We use cookies, and cakes, to draw people to the meeting.
We use cookies
This site uses solar power.
Join us on Thursday for a talk on the quay.
Find us on the second floor.
Next post he held was that of a governor.
Previous article: that is what the lawyers call it, and they are wrong.
Read more than one paper.
Click to share was the whole of their politics.
Subscribe to the view that all is well.
Sign up for the army, they said.
Powered by steam
Copyright was unknown in Venice.
All rights reserved to the crown were sold.
Loading the boats took an hour.
Skip to the end, if you like.
Back to top form
Threads of wool
X marks the spot.
Email and its discontents
“Leave a Reply”
You might also like to know that the quay is for sale.
Learn more than you are told, she said.
[Reading: Ida Holm, at the quay]
Read next: that was the order, and he obeyed.
## Contents
The table of contents lists nine chapters.
Reuters
Heads/Tails
Getty Images bought the archive.
The photograph was sold to Corbis/Getty Images in May.
"""


def _kept(*lines: str) -> bool:
    """Whether the lines stay between two paragraphs."""
    text = "\n\n".join([_FIRST, *lines, _LAST])
    return without_boilerplate(text) == (text, ())


@pytest.mark.parametrize("line", _NO_PART_OF_AN_ARTICLE.splitlines())
def test_line_that_no_article_has_goes(line):
    text = f"{_FIRST}\n\n{line}\n\n{_LAST}"
    kept, dropped = without_boilerplate(text)
    assert dropped == (line,)
    assert [paragraph for paragraph in kept.split("\n") if paragraph] == [_FIRST, _LAST]


@pytest.mark.parametrize("line", _SENTENCES_AND_HEADINGS.splitlines())
def test_sentence_that_merely_has_such_words_is_kept(line):
    assert _kept(line)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "More",
            "Print",
            "Threads",
            "X",
            "Email",
            "Telegram",
            "Comments",
            "Related",
            "Like",
            "Reply",
        ),
        *(
            "## Threads",
            "## Print",
            "## More",
            "# Twitter",
            "## Comments",
            "## Share",
            "## Advertisement",
        ),
        *("Search", "Privacy", "Loading", "- Facebook", "Facebook, Twitter"),
    ],
)
def test_word_alone_between_paragraphs_is_a_heading_or_a_chapter(word):
    assert _kept(word)


def test_buttons_in_a_row_go_before_the_first_paragraph_and_after_the_last():
    buttons = ["Facebook", "Twitter", "- WhatsApp", "Print", "Copy link", "Email | Share"]
    text = "\n\n".join(["A title", *buttons, _FIRST, _LAST, *buttons, "A last short line."])
    kept, dropped = without_boilerplate(text)
    assert kept.split() == "\n".join(["A title", _FIRST, _LAST, "A last short line."]).split()
    assert dropped == (*buttons, *buttons)


def test_button_goes_next_to_a_line_that_no_article_has():
    text = f"{_FIRST}\n\nShare this:\n\nTwitter\n\nMore\n\n{_LAST}"
    assert without_boilerplate(text)[1] == ("Share this:", "Twitter", "More")


def test_heading_next_to_an_advertisement_is_kept_within_the_article():
    text = f"{_FIRST}\n\nAdvertisement\n\n## Threads\n\n{_LAST}"
    assert without_boilerplate(text)[1] == ("Advertisement",)


def test_last_word_of_a_page_goes_and_the_first_stays():
    text = f"Telegram\n\n{_FIRST}\n\n{_LAST}\n\nComments"
    assert without_boilerplate(text)[1] == ("Comments",)


def test_list_that_the_article_announces_is_kept():
    assert _kept("Switched off were:", "- Facebook", "- Twitter")
    text = f"{_FIRST}\n\nThey were sent by:\n\n- Telegram\n\n- Email"
    assert without_boilerplate(text) == (text, ())


def test_text_of_short_lines_loses_only_what_no_article_has():
    text = "The water waits.\n\nX\n\nIt went.\n\nMore\n\nThreads\n\nShare this"
    assert without_boilerplate(text)[1] == ("More", "Threads", "Share this")
    poem = "The water waits.\n\nIX\n\nIt went.\n\nX\n\nIt came."
    assert without_boilerplate(poem) == (poem, ())


def test_headlines_of_other_articles_go_with_the_line_that_announces_them():
    text = f"{_FIRST}\n\n{_LAST}\n\nRead more:\n\nThe ice of 1931\n\n- Who owns the quay"
    assert without_boilerplate(text)[0].strip() == f"{_FIRST}\n\n{_LAST}"


@pytest.mark.parametrize("last", ["The ice came back in March.", "## The ice", "| a | b |", _LAST])
def test_what_is_no_headline_stays_after_a_line_that_announces_some(last):
    text = f"{_FIRST}\n\nRead more:\n\nThe ice of 1931\n\n{last}"
    assert without_boilerplate(text)[1] == ("Read more:",)


@given(stored_texts)
def test_every_line_is_either_kept_or_told(text):
    kept, dropped = without_boilerplate(text)
    lines = [line for line in text.split("\n") if line]
    assert sorted([line for line in kept.split("\n") if line] + list(dropped)) == sorted(lines)


@pytest.mark.parametrize(
    "text",
    [
        *("save my name, email " + " in this browser" * 50_000, "share this " * 100_000),
        *("we use cookies " + "experience " * 100_000, "X\n" * 100_000, "Share this\n" * 100_000),
        *("Facebook " * 100_000, "home | " * 100_000, "© 2019 " * 100_000),
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text):
    start = time.process_time()
    without_boilerplate(text)
    assert time.process_time() - start < 5
