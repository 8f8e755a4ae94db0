"""From what was brought to an article, begun once or once more after the process died."""

from typing import Any

import pytest

from footnote.bot.composition import Footnote
from footnote.bot.submissions.intake import Intake, is_title
from footnote.bot.submissions.reports import MAX_IN_REPORT
from footnote.bot.submissions.submission import Came, Stage
from footnote.bot.submissions.submissions import MAX_WAITING, Submissions, TooMany
from footnote.bot.submissions.upload import Offer, SubmissionResult, Upload
from footnote.corpus.article import Draft
from footnote.corpus.readers import Reading

TEXT = "The ferry of Lorne sails at dawn, and comes back at dusk with sheep and mail. " * 8


@pytest.fixture
def taking(footnote: Footnote) -> Intake:
    return Intake(footnote.adder, footnote.library)


@pytest.fixture
def submissions(footnote: Footnote) -> Submissions:
    return Submissions(footnote.state)


def came(number: int = 1, *, at: float = 1000.0, person: int = 1, album: str | None = None) -> Came:
    return Came(f"c{number}", "telegram:1", number, person, "Ada", "en", at, album)


def reading(text: str = TEXT, **known: Any) -> Reading:
    return Reading(Draft(title="Ferry", text=text, **known))


def test_what_was_added_before_the_process_died_counts_as_added_when_it_is_begun_again(
    taking: Intake, submissions: Submissions
) -> None:
    number = submissions.submit(came(), Upload("file", "x")).number
    first = submissions.begin(number)
    assert first is not None
    assert _how(taking.take(first, reading())) == "added"
    again = submissions.begin(number)  # it was not settled
    assert again is not None
    assert _how(taking.take(again, reading())) == "added"
    other = submissions.begin(submissions.submit(came(2), Upload("file", "y")).number)
    assert other is not None
    assert _how(taking.take(other, reading())) == "already here"


def test_so_does_a_new_revision_with_the_words_that_changed(
    taking: Intake, submissions: Submissions, footnote: Footnote
) -> None:
    address = "https://example.org/ferry"
    footnote.library.add(reading(url=address))
    number = submissions.submit(came(), Upload("link", address)).number
    longer = reading(TEXT + "It rests on Sundays.", url=address)
    for _ in range(2):
        begun = submissions.begin(number)
        assert begun is not None
        result = taking.take(begun, longer)
        assert isinstance(result, SubmissionResult)
        assert (result.how, result.words_added, result.words_removed) == ("new revision", 4, 0)


def test_a_submission_of_the_same_cause_is_the_same(submissions: Submissions) -> None:
    one = submissions.submit(came(), Upload("link", "https://e.org"))
    assert submissions.submit(came(), Upload("link", "https://e.org")) == one


def test_of_one_person_so_many_wait_and_no_more(submissions: Submissions) -> None:
    for number in range(MAX_WAITING):
        submissions.submit(came(number), Upload("file"))
    with pytest.raises(TooMany):
        submissions.submit(came(1000), Upload("file"))
    submissions.submit(came(5), Upload("file"))  # taken before
    submissions.submit(came(1001, person=2), Upload("file"))


def test_reports_hold_what_came_together_and_not_more_than_fits(submissions: Submissions) -> None:
    reports = [submissions.submit(came(n), Upload("file")).report for n in range(MAX_IN_REPORT + 2)]
    assert reports == [1] * MAX_IN_REPORT + [2, 2]
    assert submissions.submit(came(50, at=1060), Upload("file")).report == 3
    assert submissions.submit(came(51, at=1060, album="a"), Upload("file")).report == 4
    assert submissions.submit(came(52, at=1090, album="b"), Upload("file")).report == 5
    assert submissions.submit(came(53, at=1090), Upload("text"), alone=True).report == 6


def test_what_was_reworded_meanwhile_is_not_offered_as_it_was(submissions: Submissions) -> None:
    text = Upload("text", parts=((1, "x" * 2500),))
    number = submissions.submit(came(), text, alone=True).number
    begun = submissions.begin(number)
    assert begun is not None
    assert submissions.edits.join(came(2), Upload("text", parts=((2, "y"),)), due=0)
    submissions.offer(begun, Offer(reading(), ("pasted",)))
    waiting = submissions.find(number)
    assert waiting is not None
    assert waiting.stage is Stage.WAITING
    assert waiting.upload.text == f"{'x' * 2500} y"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("One.", "Two."), "One.\n\nTwo."),
        (("one", "two"), "one two"),
        (("“One.”", "Two"), "“One.”\n\nTwo"),
        (("x" * 4096, "y"), "x" * 4096 + "y"),
        (("x" * 4095 + ",", "y"), "x" * 4095 + ", y"),
        (("🐝" * 2047 + "xy", "z", "w"), "🐝" * 2047 + "xyz w"),
    ],
)
def test_parts_are_put_together_as_they_were_parted(parts: tuple[str, ...], text: str) -> None:
    assert Upload("text", parts=tuple(enumerate(parts))).text == text


@pytest.mark.parametrize("title", ["Ferry", "1984", "Who sails?", "فری", "x" * 200])
def test_a_title_is_a_line_that_somebody_can_mean(title: str) -> None:
    assert is_title(title)


@pytest.mark.parametrize(
    "title", ["", " ", "…", "a\nb", "x" * 201, "https://e.org", "/start", "\u200b"]
)
def test_anything_else_is_no_title(title: str) -> None:
    assert not is_title(title)


def _how(outcome: SubmissionResult | Offer) -> str:
    return outcome.how if isinstance(outcome, SubmissionResult) else "offered"
