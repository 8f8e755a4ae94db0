"""The time a question is about: the days it names, or the present.

English, German, Spanish, Russian; of Urdu and Persian the words for now and today.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from footnote.corpus.span import Span
from footnote.corpus.timespan import FIRST, Timespan

_MAX_CHARACTERS = 1000
_MAX_FILLERS = 3  # at the end of the month of April
# When the newest article is older than this, a date without its year is taken from its time.
_LIVELY_DAYS = 7

_TOKEN = re.compile(r"\d{4}-\d\d-\d\d|\d{4}-\d\d|\d\d?\.\s?\d\d?\.\s?\d{4}|\w+(?:['’]\w+)?")
# After such a word a number of four digits is no year: "in 1,500 cases" and "in 1500 cases".
_COUNTED = re.compile(r"people|men|women|children|dead|[^\W\d]{3,}s|personas|menschen|человек")
_DIGITS = re.compile(r"([0-9]{1,4})(?:st|nd|rd|th)?")


def _table(text: str) -> dict[str, int]:
    """The numbers of the words of each line, from 1 on."""
    return {word: n for n, line in enumerate(text.split("/"), start=1) for word in line.split()}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MONTHS = _table(
    "january jan januar jänner enero январь января январе/february feb februar febrero февраль"
    " февраля феврале/march mar märz marzo март марта марте/april apr abril апрель апреля апреле"
    "/may mai mayo май мая мае/june jun juni junio июнь июня июне/july jul juli julio июль июля"
    " июле/august aug agosto август августа августе/september sep sept septiembre setiembre"
    " сентябрь сентября сентябре/october oct oktober okt octubre октябрь октября октябре"
    "/november nov noviembre ноябрь ноября ноябре/december dec dezember dez diciembre декабрь"
    " декабря декабре"
)
_WEEKDAYS = _table(
    "monday montag lunes понедельник понедельника/tuesday dienstag martes вторник вторника"
    "/wednesday mittwoch miércoles среду среды/thursday donnerstag jueves четверг четверга/friday"
    " freitag viernes пятницу пятницы/saturday samstag sonnabend sábado субботу субботы/sunday"
    " sonntag domingo воскресенье воскресенья"
)
_UNITS = _table(
    "day days tag tage tagen día días день дня дней/week weeks woche wochen semana semanas неделя"
    " неделю неделе недели недель/month months monat monate monaten monats mes meses месяц месяца"
    " месяце месяцев/year years jahr jahre jahren jahres año años год года году лет"
)
_NUMBERS = _table(
    "one a ein einem einer un una один/two zwei dos два две/three drei tres три/four vier cuatro"
    " четыре/five fünf cinco пять/six sechs seis шесть/seven sieben siete семь/eight acht ocho"
    " восемь/nine neun nueve девять/ten zehn diez десять"
)
_ON = _set(
    "in on during at as of im am den de del en el los durante во в на за у around about throughout"
)
_SINCE = _set("since seit ab desde с со")
_FROM = _set("from von vom")
_BEFORE = _set("before vor antes до")
_UNTIL = _set("until till by bis hasta к по")
_AFTER = _set("after nach después tras после")
_BETWEEN = _set("between zwischen entre между from von vom desde с со")
SPANNING = _SINCE | _BEFORE | _UNTIL | _AFTER | _BETWEEN - {"von", "vom", "de", "desde", "from"}
"""What begins a span of days and little else."""
_AND = _set("and und y e и to bis a al hasta по до until till")
# Between such a word and its date.
_FILLERS = _set(
    "the of early late mid end beginning start dem den der des anfang ende mitte el la los de"
    " del principios finales mediados начала конца начале конце"
)
_LAST = _set(
    "last past letzten letzte letzter letztes letztem vergangenen vergangene vergangener vorigen"
    " voriger pasado pasada pasados pasadas últimos últimas último última прошлой прошлом прошлую"
    " прошлый последние последних последнюю последний"
)
_THIS = _set("this current dieser diese diesen diesem dieses este esta этой этом эту этот нынешней")
_LEADS = _ON | _SINCE | _FROM | _BEFORE | _UNTIL | _AFTER | _LAST | _THIS
_AGO = _set("ago назад")
_BEFORE_AGO = _set("vor hace")

_TODAY = _set("today today's heute hoy сегодня tonight آج امروز")
_YESTERDAY = _set("yesterday yesterday's gestern ayer вчера دیروز")
_OF_TIME = _TODAY | _YESTERDAY | _MONTHS.keys() | _WEEKDAYS.keys() | _UNITS.keys()
"""Any time that is named has one of these, or a figure."""
_NOW = re.compile(
    r"\b(?:now|nowadays|currently|presently|latest|newest|(?:most|more) recent|so far|to date"
    r"|up to now|at (?:present|the moment)|as of now|these days|by now|still|yet|current"
    r"|what(?:['’]s| is) new|any(?:thing)? new|news"
    r"|jetzt|derzeit\w*|aktuell\w*|momentan\w*|gegenwärtig\w*|zurzeit|zur zeit|im moment|bisher"
    r"|bislang|bis heute|inzwischen|mittlerweile|neueste[nmrs]?|jüngste[nmrs]?|heutzutage|noch"
    r"|neues"
    r"|ahora|actualmente|actual(?:es)?|hasta (?:la fecha|el momento)|(?:de|en este|por el) momento"
    r"|por ahora|más recientes?|últim[oa]s?|todavía|aún|a día de hoy|novedades|noticias"
    r"|сейчас|теперь|ныне|нынешн\w*|текущ\w*|последн\w*|на данный момент|в настоящее время"
    r"|на сегодняшний день|к настоящему времени|пока|до сих пор|новости|нового"
    r"|اب|اس وقت|فی الحال|تازہ ترین|حالیہ|اکنون|الان|در حال حاضر|تاکنون|تا کنون|جدیدترین|آخرین)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:articles?|reports?|reported|stor(?:y|ies)|coverage|news|published|written|wrote|headlines"
    r"|artikel\w*|bericht\w*|berichtet\w*|meldung\w*|gemeldet|nachrichten|veröffentlicht\w*"
    r"|artículos?|noticias?|informes?|reportes?|reportajes?|informó|publicó|publicad\w*"
    r"|стать\w*|новост\w*|сообщени\w*|сообщал\w*|писал\w*|опубликован\w*|публикаци\w*"
    r"|مضامین|خبریں|خبر|مقالات|اخبار)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"^\W*(?:what(?:['’]s| is| has| was)? (?:new|happen\w*|changed?|the news)"
    r"|what (?:did|has|have) (?:change|happen)\w*"
    r"|was (?:ist|gibt|war|hat) (?:\w{1,20} ){0,4}(?:neu\w*|passiert|geschehen|geändert)"
    r"|was (?:passierte|geschah)|qué (?:ha )?(?:pasó|pasado|cambi\w+|ocurri\w+|hay de nuevo)"
    r"|что (?:случилось|произошло|нового|изменилось))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedTime:
    """`days` is the span of days that a question names, None where it names none.

    `limits`: it asks for reports of these days, else for what was then, which a later article may
    tell. `any_year`: it did not name the year, so that another than was taken may be meant.
    `present`: it asks how things stand now. `span` is where the days are named in the question.
    """

    days: Timespan | None = None
    limits: bool = False
    any_year: bool = False
    present: bool = False
    span: Span | None = None

    def taken_out_of(self, question: str) -> str:
        """The question without its days: "How many were ill on Monday?" without "on Monday"."""
        if self.span is None:
            return question
        before, after = question[: self.span.start].rstrip(), question[self.span.end :]
        return f"{before}{after}" if after[:1] in ".,;?!" else f"{before} {after.lstrip()}".strip()


@dataclass(frozen=True, slots=True)
class _Named:
    """A date that was read, and the place of the token behind it."""

    days: Timespan
    end: int
    any_year: bool = False


@lru_cache(maxsize=64)  # asked several times on the way of one question
def asked_time(question: str, *, today: date, newest: date | None = None) -> AskedTime:
    """The time expressed in a question that is asked on the day `today`.

    `newest` is the day of the newest article: in a collection that ends earlier, "in April" is the
    last April before its end. "This week" and the like are of today all the same.
    """
    text = question[:_MAX_CHARACTERS]
    matches = list(_TOKEN.finditer(text))
    tokens = [match[0].casefold() for match in matches]
    lively = newest is None or (today - newest).days <= _LIVELY_DAYS
    reader = _Reader(tokens, today, today if lively else min(newest or today, today))
    start, named = next(reader.spans(), (0, None))
    of_today = any(token in _TODAY for token in tokens)
    present = of_today or (named is None and _NOW.search(text) is not None)
    if named is None:
        return AskedTime(present=present)
    limits = _REPORTS.search(text) is not None or _HAPPENED.search(text) is not None
    span = Span(matches[start].start(), matches[named.end - 1].end())
    return AskedTime(named.days, limits, named.any_year, present, span)


def times_named(text: str, *, day: date) -> list[Timespan]:
    """The times a text names, in order, as meant by somebody writing on that day."""
    tokens = [match[0].casefold() for match in _TOKEN.finditer(text[:_MAX_CHARACTERS])]
    return [named.days for _, named in _Reader(tokens, day, day).spans()]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tokens once, from left to right."""

    tokens: Sequence[str]
    today: date
    reference: date

    def spans(self) -> Iterator[tuple[int, _Named]]:
        """The times that are named, in their order, each with the place that it begins at."""
        if not any(token in _OF_TIME or token[0].isdigit() for token in self.tokens):
            return
        place = 0
        while place < len(self.tokens):
            if found := self._at(place, self.tokens[place]):
                yield place, found
            place = found.end if found else place + 1

    def _at(self, place: int, token: str) -> _Named | None:
        if token in _TODAY:
            return _Named(Timespan(self.today, self.today), place + 1)
        if token in _YESTERDAY:
            yesterday = self.today - timedelta(days=1)
            return _Named(Timespan(yesterday, yesterday), place + 1)
        if found := self._around(place) or self._ago(place):
            return found
        if token in _BETWEEN and (first := self._date(self._past_fillers(place + 1), led=True)):
            after = first.end
            if self._token(after) in _AND and (
                last := self._date(self._past_fillers(after + 1), led=True)
            ):
                return self._between(first, last)
        return self._led(place, token)

    def _led(self, place: int, token: str) -> _Named | None:
        """A date after a word that says how it is meant; or a date that is unmistakable."""
        date_at = self._past_fillers(place + 1)
        if token not in _LEADS or not (found := self._date(date_at, led=True)):
            return self._date(place)
        return self._turned(token, found)

    def _turned(self, token: str, found: _Named) -> _Named:
        days = found.days
        one = timedelta(days=1)
        if token in _SINCE or token in _FROM:
            days = Timespan(days.first, max(self.today, days.last))
        elif token in _BEFORE and days.first > FIRST:
            days = Timespan(last=days.first - one)
        elif token in _UNTIL:
            days = Timespan(last=days.last)
        elif token in _AFTER:
            days = Timespan(days.last + one, max(self.today, days.last + one))
        return replace(found, days=days)

    def _between(self, first: _Named, last: _Named) -> _Named:
        """Of "between March and May 2024" the first has the year of the last."""
        begins = first.days
        if first.any_year and begins.first > last.days.first:
            begins = _years_earlier(begins, begins.first.year - last.days.first.year)
            if begins.first > last.days.first:
                begins = _years_earlier(begins, 1)
        elif first.any_year and not last.any_year:
            begins = _years_earlier(begins, begins.first.year - last.days.first.year)
            if begins.first > last.days.last:
                begins = _years_earlier(begins, 1)
        if begins.first > last.days.last:
            begins, last = last.days, replace(last, days=begins)
        return _Named(
            Timespan(begins.first, last.days.last), last.end, first.any_year and last.any_year
        )

    def _around(self, place: int) -> _Named | None:
        """This week, last month, the past three days; la semana pasada."""
        token, after = self._token(place), self._token(place + 1)
        if token in _THIS and after in _UNITS:
            return _Named(self._unit(_UNITS[after], 0), place + 2)
        if token in _LAST:
            count = self._count(place + 1)
            if count and self._token(place + 2) in _UNITS:
                return _Named(self._past(count, _UNITS[self._token(place + 2)]), place + 3)
            if after in _UNITS:
                return _Named(self._unit(_UNITS[after], 1), place + 2)
        if token in _UNITS and after in ("pasado", "pasada"):
            return _Named(self._unit(_UNITS[token], 1), place + 2)
        return None

    def _ago(self, place: int) -> _Named | None:
        """Three days ago, vor drei Tagen, hace tres días, три дня назад."""
        leads = self._token(place) in _BEFORE_AGO
        at = place + leads
        count, unit = self._count(at), _UNITS.get(self._token(at + 1))
        if not count or not unit or not (leads or self._token(at + 2) in _AGO):
            return None
        day = self._past(count, unit).first
        return _Named(Timespan(day, day), at + 2 + (not leads))

    def _unit(self, unit: int, back: int) -> Timespan:
        """The day, week (from Monday), month or year so many before the one that is now."""
        if unit == 1:
            day = self.today - timedelta(days=back)
            return Timespan(day, day)
        if unit == 2:
            monday = self.today - timedelta(days=self.today.weekday() + 7 * back)
            return Timespan(monday, monday + timedelta(days=6))
        if unit == 3:
            months = self.today.year * 12 + self.today.month - 1 - back
            return Timespan.of_month(months // 12, months % 12 + 1)
        return Timespan.of(f"{self.today.year - back:04}")

    def _past(self, count: int, unit: int) -> Timespan:
        """The last so many days, weeks, months of 30 and years of 365 days, up to today."""
        days = min(count * (1, 7, 30, 365)[unit - 1], (self.today - FIRST).days)
        return Timespan(self.today - timedelta(days=days), self.today)

    def _date(self, place: int, *, led: bool = False) -> _Named | None:
        """A date that begins here; a year or a month alone only where it is `led` to."""
        token = self._token(place)
        if "-" in token or "." in token:
            return self._in_figures(place, token)
        number, month = self._number(place), _MONTHS.get(token)
        if month:
            day = self._number(place + 1)
            if day and day <= 31:
                return self._dated(place + 2, month, day)
            return self._dated(place + 1, month) if led or self._year(place + 1)[0] else None
        if number and number <= 31:
            after = place + 1 + (self._token(place + 1) in ("of", "de"))
            if month := _MONTHS.get(self._token(after)):
                return self._dated(after + 1, month, number)
        if led and 1500 <= number <= 2100 and not _COUNTED.fullmatch(self._token(place + 1)):
            return _Named(Timespan.of(f"{number:04}"), place + 1)
        if led and (weekday := _WEEKDAYS.get(token)):
            back = (self.reference.weekday() - (weekday - 1)) % 7
            day_then = self.reference - timedelta(days=back)
            return _Named(Timespan(day_then, day_then), place + 1)
        return None

    def _dated(self, after: int, month: int, day: int = 0) -> _Named | None:
        year, end = self._year(after)
        try:
            if year:
                return _Named(_days(year, month, day), end)
            latest = _days(self.reference.year, month, day or 1)
            year = self.reference.year - (latest.first > self.reference)
            return _Named(_days(year, month, day), after, any_year=True)
        except ValueError:  # 31 June; 29 February in a year that has none
            return None

    def _year(self, place: int) -> tuple[int, int]:
        """The year here, 0 if there is none, and the place behind it."""
        at = place + (self._token(place) in ("of", "de", "del"))
        number = self._number(at)
        return (number, at + 1) if number and 1500 <= number <= 2100 else (0, place)

    def _in_figures(self, place: int, token: str) -> _Named | None:
        if "." in token:
            day, month, year = (part.strip() for part in token.split("."))
            token = f"{year}-{int(month):02}-{int(day):02}"
        try:
            return _Named(Timespan.of(token), place + 1)
        except ValueError:
            return None

    def _past_fillers(self, place: int) -> int:
        """Behind such words here, if they are not too many."""
        for _ in range(_MAX_FILLERS):
            place += self._token(place) in _FILLERS
        return place

    def _count(self, place: int) -> int:
        return self._number(place) or _NUMBERS.get(self._token(place), 0)

    def _number(self, place: int) -> int:
        match = _DIGITS.fullmatch(self._token(place))
        return int(match[1]) if match else 0

    def _token(self, place: int) -> str:
        return self.tokens[place] if place < len(self.tokens) else ""


def _days(year: int, month: int, day: int) -> Timespan:
    return Timespan.of(f"{year:04}-{month:02}" + (f"-{day:02}" if day else ""))


def _years_earlier(days: Timespan, years: int) -> Timespan:
    def earlier(day: date) -> date:
        try:
            return day.replace(year=day.year - years)
        except ValueError:
            return day.replace(year=day.year - years, day=28)

    return Timespan(earlier(days.first), earlier(days.last))
