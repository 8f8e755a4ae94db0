"""What people write that is no question to the articles: greetings, thanks, a wall of text."""

import re
import unicodedata
from enum import Enum


class Talk(Enum):
    """A kind of small talk, by the name of the text that answers it."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    ABOUT_BOT = "start"
    NOTHING = "no_question"
    WALL = "wall_of_text"


# Whole messages, without signs and in small letters; what has another word in it is a question.
# Persian ones are written with the Arabic letters that _plain makes of both kinds of keyboards.
_PHRASES = {
    Talk.GREETING: """
        hi, hello, hey, hiya, howdy, hi there, hello there, hey there, good morning, good afternoon,
        good evening, good day, greetings, how are you, hi how are you, hello how are you, whats up
        hallo, moin, servus, grüß gott, guten tag, guten morgen, guten abend, wie gehts, wie geht es
        hola, buenas, buenos días, buenos dias, buenas tardes, buenas noches, qué tal, que tal
        привет, здравствуйте, здравствуй, добрый день, доброе утро, добрый вечер, как дела
        سلام, درود, سلام علیکم, السلام علیکم, صبح بخیر, عصر بخیر, خسته نباشید, حالتون چطوره, چطوری
        اسلام علیکم, السلام و علیکم, آداب, ہیلو, ہائے, کیا حال ہے, کیسے ہیں آپ, آپ کیسے ہیں, صبح بخیر
    """,
    Talk.THANKS: """
        thanks, thank you, thanks a lot, thank you very much, thank you so much, many thanks, thx, ty
        cheers, great, great thanks, perfect, nice, cool, awesome, well done, good bot, ok, okay
        ok thanks, okay thanks, got it, i see, lol, haha
        danke, danke schön, danke sehr, vielen dank, dankeschön, super, prima, toll, alles klar
        gracias, muchas gracias, mil gracias, genial, perfecto, vale, vale gracias, muy bien
        спасибо, большое спасибо, спасибо большое, благодарю, отлично, супер, понятно, хорошо
        ممنون, متشکرم, مرسی, سپاس, سپاسگزارم, خیلی ممنون, دستت درد نکنه, دست شما درد نکند, عالی, باشه
        شکریہ, بہت شکریہ, مہربانی, بہت مہربانی, جزاک اللہ, بہت خوب, ٹھیک ہے, اچھا
    """,
    Talk.FAREWELL: """
        bye, goodbye, bye bye, see you, see you later, good night
        tschüss, tschüs, auf wiedersehen, bis bald, bis später, gute nacht, ciao
        adiós, adios, hasta luego, hasta pronto, chao
        пока, до свидания, до встречи, спокойной ночи
        خداحافظ, خدانگهدار, بدرود, شب بخیر, فعلا
        خدا حافظ, اللہ حافظ, شب بخیر, پھر ملیں گے
    """,
    Talk.ABOUT_BOT: """
        who are you, what are you, what can you do, help, help me
        wer bist du, was bist du, was kannst du, hilfe
        quién eres, quien eres, qué eres, qué puedes hacer, que puedes hacer, ayuda
        кто ты, кто вы, что ты умеешь, что вы умеете, помощь
        تو کی هستی, شما کی هستید, چه کار می کنی, چه کاری بلدی, کمک
        آپ کون ہیں, تم کون ہو, آپ کیا کر سکتے ہیں, مدد
    """,
}
_NAMES = {"bot", "footnote", "friend"}
QUESTION_MARKS = set("?؟？⁇⁈¿;")
# Of 11,597 questions in XQuAD (four languages), SQuAD 2.0, ClapNQ and MTRAG the longest has 226
# characters.
WALL_CHARACTERS = 500


def _plain(text: str) -> str:
    """In small letters, without signs, emoji and the joiners between letters, a space apart."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.replace("ي", "ی").replace("ك", "ک").replace("\u200c", " ")
    kept = "".join(
        c if unicodedata.category(c)[0] in "LNM" or c == " " else "" if c in "'’" else " "
        for c in text
        if c not in "\ufe0f\u200d"
    )
    return " ".join(kept.split())


_TALK = {
    _plain(phrase): talk
    for talk, phrases in _PHRASES.items()
    for phrase in re.split(r"[,\n]", phrases)
    if _plain(phrase)
}


def talk_of(text: str) -> Talk | None:
    """What kind of small talk a whole message is; None for a question, as which all else counts."""
    plain = _plain(text)
    if not any(map(str.isalnum, plain)):
        return Talk.NOTHING
    words = [word for word in plain.split() if word not in _NAMES] or plain.split()
    if found := _TALK.get(" ".join(words)):
        return found
    if len(text) >= WALL_CHARACTERS and not QUESTION_MARKS & set(text):
        return Talk.WALL
    return None
