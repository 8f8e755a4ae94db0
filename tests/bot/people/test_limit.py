"""How much one person may ask."""

from footnote.bot.people.limit import Limit


def test_the_questions_of_a_minute_are_counted_by_when_they_were_written() -> None:
    limit = Limit(2)
    assert [limit.wait(1, f"m{n}", at) for n, at in enumerate((100.0, 110.0))] == [0, 0]
    assert limit.wait(1, "m2", 115.0) == 45
    assert limit.wait(1, "m3", 160.0) == 0
    assert limit.wait(1, "m4", 165.0) == 5


def test_what_is_handled_again_is_not_counted_again() -> None:
    limit = Limit(1)
    assert [limit.wait(1, "m1", 100.0) for _ in range(3)] == [0, 0, 0]


def test_people_are_counted_apart_and_zero_is_no_limit() -> None:
    limit = Limit(1)
    assert [limit.wait(person, "m", 100.0) for person in (1, 2)] == [0, 0]
    assert all(Limit(0).wait(1, f"m{n}", 100.0) == 0 for n in range(100))


def test_the_limit_is_told_once_a_minute_and_again_for_the_same_message() -> None:
    limit = Limit(1)
    assert [limit.tells(1, "m1", 100.0), limit.tells(1, "m1", 100.0)] == [True, True]
    assert not limit.tells(1, "m2", 159.0)
    assert limit.tells(1, "m3", 161.0)


def test_the_memory_of_it_has_an_end() -> None:
    limit = Limit(1)
    for person in range(20_000):
        limit.wait(person, "m", 100.0)
        limit.tells(person, "m", 100.0)
    assert len(limit._asked) == len(limit._told) == 10_000
