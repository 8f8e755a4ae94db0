"""In which direction a text is laid out, whatever it begins with."""

import pytest

from footnote.bot.web.article_text import article_html
from footnote.bot.web.direction import direction_of, is_mixed

WORD = "فانوس"
PERSIAN = "فانوس دریایی را برادران هیل ساختند (Hill Brothers, 1899)."


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Tea is brewed from leaves.", "ltr"),
        (PERSIAN, "rtl"),
        (f"{WORD} is the Persian word for a lantern.", "ltr"),
        (f"Hale: {PERSIAN}", "rtl"),
        ("Чай заваривают", "ltr"),
        ("茶は葉から", "ltr"),
        ("שלום לכולם", "rtl"),
        ("12:30 – 14:00", "auto"),
        ("12:30", "ltr"),
    ],
)
def test_a_text_runs_as_most_of_its_letters_do(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_each_paragraph_of_an_article_runs_in_its_own_direction() -> None:
    english = f"{WORD} is a word that begins an English sentence."
    assert is_mixed(english)
    html = article_html(f"{english}\n\n{PERSIAN}\n\n- {english}\n\n> {PERSIAN}")
    assert f'<p dir="ltr">{WORD}' in html
    assert f'<p dir="rtl">{WORD}' in html
    assert '<li dir="ltr">' in html
    assert '<blockquote dir="rtl">' in html
