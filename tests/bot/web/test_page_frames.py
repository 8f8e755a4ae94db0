"""What a template laid out once, filled in each time."""

import pytest
from markupsafe import Markup

from footnote.bot.web.page_frames import Frame, slot

WRITTEN = Markup("<h1 title='{0}'>{0}</h1><p>{1} · …</p>").format(slot("title"), slot("text"))


def test_every_slot_is_filled_in_wherever_it_stands() -> None:
    filled = Frame(WRITTEN).fill({"title": "Tea", "text": "leaves", "unused": "x"})
    assert filled == "<h1 title='Tea'>Tea</h1><p>leaves · …</p>"


def test_what_is_filled_in_is_escaped_unless_it_is_markup() -> None:
    values = {"title": "'><script>", "text": Markup("<b>leaves</b>")}
    filled = Frame(WRITTEN).fill(values)
    assert filled == (
        "<h1 title='&#39;&gt;&lt;script&gt;'>&#39;&gt;&lt;script&gt;</h1><p><b>leaves</b> · …</p>"
    )
    assert Frame(WRITTEN).fill_encoded(values).decode() == filled


def test_no_value_can_ask_for_another_one() -> None:
    values = {"title": str(slot("text")), "text": "secret"}
    assert Frame(WRITTEN).fill(values).count("secret") == 1


def test_what_is_encoded_already_is_taken_as_it_is() -> None:
    filled = Frame(WRITTEN).fill_encoded({"title": "Tee", "text": "<i>Blätter</i>".encode()})
    assert filled == "<h1 title='Tee'>Tee</h1><p><i>Blätter</i> · …</p>".encode()


def test_a_value_that_lacks_is_no_empty_one() -> None:
    with pytest.raises(KeyError):
        Frame(WRITTEN).fill({"title": "Tea"})
