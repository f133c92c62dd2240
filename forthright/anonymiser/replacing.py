"""What stands instead of what is masked, so that the letter keeps its sense.

Somebody has the same words all through a letter. Days move by a whole number of weeks, one and
the same for a letter, so that weekdays and the time between them stay. Ages become bands.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from forthright.anonymiser.known import Known
from forthright.anonymiser.known_days import ANY_WEEKDAY, days_in
from forthright.anonymiser.lettering import Lettered
from forthright.anonymiser.patterns import NO_AGE_OF
from forthright.anonymiser.reckoned_days import days_near
from forthright.anonymiser.school_years import BECAUSE as A_SCHOOL_YEAR
from forthright.anonymiser.school_years import band_of
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.words import DAYS, MONTHS

LEAST_WEEKS, MOST_WEEKS = 5, 60
WORDS = {
    Kind.PERSON: "person", Kind.PLACE: "place", Kind.ORGANISATION: "organisation",
    Kind.ADDRESS: "address", Kind.POSTCODE: "postcode", Kind.DATE: "date", Kind.AGE: "age",
    Kind.PHONE: "telephone number", Kind.EMAIL: "e-mail address", Kind.WEB: "web address",
    Kind.URN: "case number", Kind.ASN: "arrest summons number", Kind.NHS_NUMBER: "NHS number",
    Kind.NI_NUMBER: "National Insurance number", Kind.VEHICLE: "vehicle", Kind.BANK: "bank details",
    Kind.PASSPORT: "passport number", Kind.DRIVING_LICENCE: "driving licence number",
    Kind.COURT_REFERENCE: "court reference", Kind.EXHIBIT: "exhibit",
    Kind.CRIME_NUMBER: "crime number", Kind.BADGE_NUMBER: "officer's number",
    Kind.NUMBER: "number", Kind.QUANTITY: "quantity", Kind.DESCRIPTION: "description",
    Kind.OTHER: "detail",
}  # fmt: skip
# Those of which several are told apart by a letter.
LETTERED = {Kind.PERSON, Kind.PLACE, Kind.ORGANISATION}
BANDS = ((12, "under 13"), (17, "13 to 17"), (24, "18 to 24"), (39, "25 to 39"), (59, "40 to 59"))
# “32 weeks pregnant”, “3 months old”: no band of years fits where the number stood.
NO_YEARS = re.compile(r"[ \u00a0-](?:hours?|days?|weeks?|months?)\b", re.IGNORECASE)
# “9 years ago” and “turned 10 pages”: the model takes the number for an age, and it is none.
NO_AGE = re.compile(
    rf"{NO_AGE_OF}|[ \u00a0-](?:years?|yrs?)\b(?![ \u00a0-](?:old|of age|young))|%",
    re.IGNORECASE,
)
# Ages that a letter writes as a word: “only nineteen”, “twenty-one”.
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
UNDER_20 = (*ONES, "ten", "eleven", "twelve", *(f"{each}teen" for each in (
    "thir", "four", "fif", "six", "seven", "eigh", "nine")))  # fmt: skip
TENS = tuple(f"{each}ty" for each in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"))
AGES = {
    **{said: age for age, said in enumerate(UNDER_20, 1)},
    **{said: 10 * ten for ten, said in enumerate(TENS, 2)},
    **{f"{ten} {one}": 10 * tens + ones
       for tens, ten in enumerate(TENS, 2) for ones, one in enumerate(ONES, 1)},
}  # fmt: skip
NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
TURNED = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
NAMED = re.compile(
    rf"(?:(?P<weekday>{ANY_WEEKDAY})"
    r"\.?(?P<comma>,?) (?:the )?)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)?[ -](?P<month>[A-Za-z]{3,9})\.?"
    r"|(?P<month2>[A-Za-z]{3,9}) (?P<day2>\d{1,2})(?:st|nd|rd|th)?)"
    r"(?:,?[ -]['’]?(?P<year>\d{4}|\d\d))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A place of the letter as it was, and the words that stand instead."""

    found: Found
    replacement: str

    def as_table(self) -> dict[str, Any]:
        """Return what is written of it to JSON, beside where it stood."""
        found = self.found
        return {"type": found.kind.value, "layer": found.layer.value, "score": found.score,
                "replacement": self.replacement, "because": found.because}  # fmt: skip


def replaced(
    text: str, masked: Sequence[Found], known: Known | None
) -> tuple[str, tuple[Replaced, ...]]:
    """Return the text with other words in each place, and what they are.

    No day comes to stand where a day of the case did: all move by a week more until none does.
    """
    changed, spans = _replaced(text, masked, Words(text, known, further=0))
    for further in range(1, MOST_WEEKS):
        if known is None or not _tells_a_day(changed, known.days):
            break
        changed, spans = _replaced(text, masked, Words(text, known, further=further))
    return changed, spans


def _tells_a_day(text: str, days: Sequence[date]) -> bool:
    return any(days_in(text, days)) or any(days_near(text, days))


def _replaced(
    text: str, masked: Sequence[Found], words: "Words"
) -> tuple[str, tuple[Replaced, ...]]:
    spans, parts, told = [], [], 0
    for found in masked:
        said = words.instead_of(found)
        spans.append(Replaced(found, said))
        parts += [text[told : found.start], said]
        told = found.end
    return "".join([*parts, text[told:]]), tuple(spans)


class Words:
    """The words of one letter that stand for those masked, the same for the same."""

    def __init__(self, text: str, known: Known | None, *, further: int) -> None:
        """Choose by how many weeks the days of this letter move."""
        self.text = text
        self.lettered = Lettered()
        self.year = _likeliest_year(text, known)
        mark = hashlib.sha256(text.encode("utf-8")).digest()
        weeks = LEAST_WEEKS + further + int.from_bytes(mark[:4]) % (MOST_WEEKS - LEAST_WEEKS)
        self.moved = timedelta(weeks=weeks if mark[4] % 2 else -weeks)

    def instead_of(self, found: Found) -> str:
        """Return the words that stand for those of one place."""
        said = self.text[found.start : found.end]
        if found.role:
            return f"[{found.role}]"
        if found.kind is Kind.DATE:
            return self._day(said)
        # The model calls an age in words a description of somebody.
        if found.kind is Kind.AGE or (found.kind is Kind.DESCRIPTION and _age_in_words(said)):
            return self._age(found, said)
        word = WORDS[found.kind]
        if found.kind in LETTERED:
            word += f" {self.lettered.letter_of(self.text, found.start, found.end, found.kind)}"
        return f"[{word}]"

    def _age(self, found: Found, said: str) -> str:
        """Return the band of an age, where what stood there is one in years."""
        if found.because == A_SCHOOL_YEAR:
            return f"[{band_of(said)}]"
        if NO_YEARS.match(self.text, found.end):
            return "[age]"
        is_guess = found.layer not in (Layer.PATTERN, Layer.RECORD)
        is_number = said.isdecimal() or _age_in_words(said) > 0
        if is_guess and is_number and NO_AGE.match(self.text, found.end):
            return f"[{WORDS[Kind.NUMBER]}]"
        return _band(said)

    def _day(self, said: str) -> str:
        """Return a day as far from the others as it was; masked where it is none."""
        for shape, write in (
            (TURNED, self._turned),
            (NUMERIC, self._numeric),
            (NAMED, self._named),
        ):
            match = shape.fullmatch(" ".join(said.split()))
            if match:
                try:
                    return write(match)
                except (ValueError, OverflowError):
                    break
        return "[date]"

    def _numeric(self, match: re.Match[str]) -> str:
        day = date(_year(match[4]), int(match[3]), int(match[1])) + self.moved
        written = f"{day.year}" if len(match[4]) == 4 else f"{day.year % 100:02d}"
        return f"{day.day:02d}{match[2]}{day.month:02d}{match[2]}{written}"

    def _turned(self, match: re.Match[str]) -> str:
        day = date(int(match[1]), int(match[3]), int(match[4])) + self.moved
        return f"{day.year}{match[2]}{day.month:02d}{match[2]}{day.day:02d}"

    def _named(self, match: re.Match[str]) -> str:
        written = match["year"]
        year = _year(written) if written else self.year
        day = date(year, _month(match), int(match["day"] or match["day2"])) + self.moved
        named = MONTHS[day.month - 1]
        said = f"{day.day} {named}" if match["day"] else f"{named} {day.day}"
        if written:
            said += f" {day.year}" if len(written) == 4 else f" {day.year % 100:02d}"
        return f"{DAYS[day.weekday()]}{match['comma']} {said}" if match["weekday"] else said


def whole_day(said: str) -> date | None:
    """Return the day that words of a letter tell with its year, or None where they tell none."""
    said = " ".join(said.split())
    try:
        if told := NUMERIC.fullmatch(said):
            return date(_year(told[4]), int(told[3]), int(told[1]))
        if told := TURNED.fullmatch(said):
            return date(int(told[1]), int(told[3]), int(told[4]))
        if (told := NAMED.fullmatch(said)) and told["year"]:
            return date(_year(told["year"]), _month(told), int(told["day"] or told["day2"]))
    except ValueError:
        return None
    return None


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _month(told: re.Match[str]) -> int:
    month = (told["month"] or told["month2"]).title()
    return [each[:3] for each in MONTHS].index(month[:3]) + 1


def _likeliest_year(text: str, known: Known | None) -> int:
    """Return the year of a day that is written without one."""
    years = [each.year for each in known.days] if known else []
    years = years or [int(each) for each in re.findall(r"\b20\d\d\b", text)]
    return max(set(years), key=years.count) if years else 2025


def _age_in_words(said: str) -> int:
    """Return the age that is written as a word, or 0 where none is."""
    return AGES.get(" ".join(said.casefold().replace("-", " ").split()), 0)


def _band(said: str) -> str:
    """Return the band of an age, in words that fit where the number stood."""
    age = int(said) if said.isdecimal() else _age_in_words(said)
    if not age and not said.isdecimal():
        return "[age]"
    return f"[{next((words for most, words in BANDS if age <= most), '60 or over')}]"
