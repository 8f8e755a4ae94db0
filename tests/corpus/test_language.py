import pytest

from footnote.corpus.language import capitalises_nouns, language_of, primary_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ferry left at ten past six, and nobody on the quay said a word about it."),
        ("de", "Über die Brücke bei Großach fährt seit Montag wieder die Bahn, sagte sie."),
        ("fr", "Le gardien est monté dans la tour et a compté quarante-deux marches ce soir-là."),
        (
            "es",
            "El farero subió a la torre y contó cuarenta y dos escalones, no cuarenta y tres.",
        ),
        ("ru", "Смотритель поднялся на башню и насчитал сорок две ступени вместо сорока трёх."),
        ("ur", "ہمارے قصبے میں دریا کے کنارے ایک پرانا کتب خانہ ہے جس کی چھت گر گئی تھی۔"),
        ("fa", "باغ را که می‌خریدیم، هیچ‌کس نمی‌دانست که چاه آن خشک است و آب ندارد."),
        ("ar", "صعد حارس المنارة إلى البرج وعد اثنتين وأربعين درجة بدلا من ثلاث وأربعين."),
        ("hi", "प्रकाशस्तंभ का रखवाला मीनार पर चढ़ा और उसने बयालीस सीढ़ियाँ गिनीं।"),
        ("zh", "看守人登上灯塔，数了四十二级台阶，而不是四十三级。" * 3),
    ],
)
def test_language_is_told_of_a_sentence_and_of_a_long_text(language, text):
    assert language_of(text) == language
    assert language_of(f"{text} " * 2000) == language


@pytest.mark.parametrize(
    "text", ["", "Words.", "The ferry left at ten past six, and nobody said a w"]
)
def test_language_of_a_few_words_is_not_guessed(text):
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de-AT", "de"),
        ("DE_de", "de"),
        ("de", "de"),
        ("zh-Hant-TW", "zh"),
        (None, "en"),
        ("", "en"),
    ],
)
def test_what_is_declared_of_a_language_begins_with_its_code(tag, language):
    assert primary_language(tag, "en") == language


def test_german_has_capital_letters_for_all_its_nouns_and_delaware_has_not():
    assert capitalises_nouns("de-CH")
    assert not capitalises_nouns("del")
    assert not capitalises_nouns(None)
