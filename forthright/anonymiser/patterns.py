"""Numbers, addresses and days that are told by their shape, whoever they belong to."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forthright.anonymiser import check_digits
from forthright.anonymiser.house_numbers import house_numbers_in
from forthright.anonymiser.known_days import ANY_ORDINAL, ANY_WEEKDAY, over_lines, short_of
from forthright.anonymiser.parts_of_days import IN_WORDS_ALONE
from forthright.anonymiser.school_years import school_years_in
from forthright.anonymiser.several_days import A_DAY, JOINS, NO_COUNT
from forthright.anonymiser.sites import SITE, SQUARES, may_name_site, may_name_square, names_a_site
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.feasts import every_feast, may_name_feast, shape_of
from forthright.rules.words import DAYS, MONTHS

MONTH = "|".join([*MONTHS, *(rf"{short_of(each)}\.?" for each in MONTHS)])
DAY = ANY_WEEKDAY
TH = r"(?:st|nd|rd|th)?"
YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
# “the fourteenth of January”, “January the 14th”, “Wednesday the 14th”, “14Jan2026”.
ORDINAL = rf"(?=[efnst])(?:{ANY_ORDINAL})"
MONTHS_WITH_CAPITAL = "|".join(form for each in MONTHS for form in (each, each.upper()))
SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
DATE = (
    rf"(?:(?:(?:{DAY})\.?,? (?:the )?)?"
    rf"(?:\d{{1,2}}{TH}(?: day)?(?: of)?[ \u00a0-]?(?:{MONTH})\b(?:,?[ \u00a0-](?:{YEAR}|\d\d\b))?"
    rf"|\d{{1,2}}{TH}(?:{MONTH})(?:{YEAR}|\d\d\b)"
    rf"|{ORDINAL}(?: day)? of (?:{MONTH})\b(?:,?[ \u00a0]{YEAR})?"
    rf"|(?:{MONTH}) \d{{1,2}}{TH}\b(?:,? {YEAR})?"
    rf"|(?-i:{MONTHS_WITH_CAPITAL}),? the (?:\d{{1,2}}{TH}|{ORDINAL})\b(?:,? {YEAR})?"
    rf"|(?:{MONTH}),? {YEAR})"
    rf"|(?:{DAY})\.?,? (?:the (?:\d{{1,2}}{TH}|{ORDINAL})|\d{{1,2}}(?:st|nd|rd|th))\b"
    r"|\d\d \d\d (?:19|20)\d\d)"
)
# “the second Wednesday in January”, “the 14th of last month”, “Tuesday last”: masked in part, what
# is left of them would tell the day to whoever knows the rest.
WHICH = r"(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))"
A_MONTH = rf"(?:(?:{MONTH})\b(?:,? {YEAR})?|(?:last|this|that|next|(?:the )?(?:same|following|previous)) month\b)"
RECKONED = (
    rf"(?:{WHICH}[ -](?:{DAY}|weekend|week|day|fortnight|half)s? (?:of|in) (?:{A_MONTH}|the month\b)"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL})(?: day)? (?:of )?(?:{A_MONTH}|the month\b|inst\b|ult\b|prox\b)"
    rf"|(?:last|next|this) (?:{'|'.join(DAYS)})(?: (?:week|fortnight))?"
    rf"|(?:{'|'.join(DAYS)}) (?:last|gone|next|week|fortnight)(?! (?:night|week|month|year|door))"
    rf"|(?:an?|one|two|three) (?:weeks?|fortnights?) (?:on|from|last|ago) (?:last )?(?:{'|'.join(DAYS)})"
    r"|\d{1,2} ?[/.-] ?(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2}) ?[/.-] ?(?:(?:19|20)\d\d|\d\d))"
)
# The first of several days of one month, and what of them follows: “12 to 14 May”, “May 12, 13”.
DAYS_BEFORE = rf"(?P<it>{A_DAY})(?=(?:{JOINS}{A_DAY}){{1,4}}(?: day)?(?: of)? (?:{MONTH})\b)"
DAYS_AFTER = rf"\b(?:{MONTHS_WITH_CAPITAL}|{SHORT_MONTH}\.?) (?:the )?{A_DAY}{JOINS}(?P<it>{A_DAY}(?:{JOINS}{A_DAY})*){NO_COUNT}"
FEAST = rf"(?:{'|'.join(map(shape_of, every_feast()))})(?:,? {YEAR})?"
# Whoever knows when somebody was born knows the day of it.
NTH = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[ -]?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth|"
    r"hundredth)"
)
A_FEAST = "the name of a feast"
A_SITE = "an address on the web"
A_SQUARE = "a place by its three words"
A_RECKONED_DAY = "a day by its place in a month or a week"
A_BIRTHDAY = "somebody’s birthday"
AN_AGE_BY_BIRTHDAY = "how old somebody became on a day"
# “turned 10 pages”.
NO_AGE_OF = r"[ \u00a0-](?:pages?|times|degrees|people|corners?|lights?|o['’]clock)\b"
UNIT = r"(?:[A-Z]{1,2}\d{1,2}[A-Z]?|[A-Z]{1,2}\d[A-Z])"
STREETS = (
    "Street|Road|Lane|Avenue|Close|Drive|Crescent|Terrace|Way|Court|Place|Gardens|Grove|Row|Mews|"
    "Square|Walk|Hill|Park|Rise|View|Green|Parade|Wharf|Croft|Fold|Gate|Yard|Rd|Ave|Cres|Ln"
)
PHONE = (
    r"(?<![\w/.-])(?:(?:\+|00)44[\s().-]*(?:\(0\))?[\s().-]*|\(?0)"
    r"\d(?:[\s().-]{0,2}\d){7,10}(?![\w/-]|\.\d)"
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape, and what has to be so besides; the group `it` is the place where it is not all."""

    kind: Kind
    shape: re.Pattern[str]
    because: str
    holds: Callable[[str], bool] = bool


def _p(kind: Kind, shape: str, because: str, holds: Callable[[str], bool] = bool,
       flags: int = re.IGNORECASE) -> Pattern:  # fmt: skip
    return Pattern(kind, re.compile(shape, flags), because, holds)


# In order: where two patterns see one place, the first is told.
PATTERNS = (
    _p(Kind.EMAIL, r"(?<![\w.])[\w.+'%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", "the shape of an e-mail address"),
    _p(Kind.WEB, r"(?<![\w@])@\w[\w.]{2,}", "the shape of a name on social media"),
    _p(Kind.WEB, r"\b(?:https?://\S*\w|(?:www\.)?(?:facebook|instagram|x|tiktok|twitter|snapchat)"
       r"\.com/\S*\w)", "an address on the web that may be a person's"),
    _p(Kind.WEB, SITE, A_SITE, names_a_site),
    *(_p(Kind.ADDRESS, each, A_SQUARE) for each in SQUARES),
    _p(Kind.WEB, r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", "the shape of a computer's address"),
    _p(Kind.ASN, r"\b\d{2}/?\d{2}[A-Z]{2}/?\d{2}/?\d{1,11}[A-Z]\b|\b\d{2}/\d{4}/\d{2}/\d{1,11}[A-Z]\b",
       "the shape of an arrest summons number"),
    _p(Kind.URN, r"\b\d{2}[ /.-]?[A-Z][A-Z0-9][ /.-]?\d{5}[ /.-]?\d{2}(?:[ ]?\([MS]\))?(?:/\d{1,2})?\b",
       "the shape of a case reference (URN)"),
    _p(Kind.DRIVING_LICENCE, r"\b[A-Z9]{5} ?\d{6} ?[A-Z9]{2}\d?[A-Z0-9]{2,3}\b",
       "the shape of a driving licence number"),
    _p(Kind.NI_NUMBER, r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d{2} ?){3}[A-D]?\b(?![-/.]\d)",
        "the shape of a National Insurance number", check_digits.is_ni_number),
    _p(Kind.NI_NUMBER, r"(?:National Insurance|NI)(?: number| no\.?)?(?: is|:)? ?\(?"
       r"(?P<it>[A-Z]{2} ?(?:\d{2} ?){3}[A-Z]?)\b", "it follows “National Insurance”"),
    _p(Kind.BANK, r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b",
       "an account number with its check digits", check_digits.is_iban),
    _p(Kind.BANK, r"\b(?:\d{4}[ -]?){3}\d{1,7}\b", "a card number with its check digit",
       check_digits.is_card_number),
    _p(Kind.NHS_NUMBER, r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)",
       "an NHS number with its check digit", check_digits.is_nhs_number),
    _p(Kind.BANK, r"(?<![\d/-])(?:\d{2}-\d{2}-\d{2}|(?<=sort code )\d{2} \d{2} \d{2}|(?<=code: )\d{2} \d{2} \d{2})"
       r"(?![\d/-])", "the shape of a sort code"),
    _p(Kind.BANK, r"\b(?:account|a/c)(?: number| no\.?)?:? (?P<it>\d{6,8})\b", "it follows “account”"),
    _p(Kind.CRIME_NUMBER, r"\b(?:crime|incident|log|CAD|custody|occurrence|OIS|event)(?: reference| ref\.?|"
       r" record| number| no\.?)*:? (?:is |of )?(?P<it>[A-Z]{0,4}[/-]?\d[\w/-]*(?: of \d[\d/.-]*)?)",
       "it follows “crime number” or the like"),
    _p(Kind.CRIME_NUMBER, r"(?<![\w/£])\d{1,5} of \d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b", "the shape of a police log"),
    _p(Kind.DATE, r"(?<![\w£/.-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\w/-]|\.\d)", "the shape of a day"),
    _p(Kind.DATE, r"(?<![\w/-])(?:19|20)\d\d([/.-])\d{1,2}\1\d{1,2}(?![\w/-])", "the shape of a day"),
    _p(Kind.DATE, over_lines(rf"(?<![\w/.-]){RECKONED}(?![\w/])"), A_RECKONED_DAY),
    _p(Kind.DATE, over_lines(rf"(?<![\w/.,-]){DAYS_BEFORE}"), "one of several days of a month"),
    _p(Kind.DATE, over_lines(DAYS_AFTER), "one of several days of a month", flags=re.MULTILINE),
    _p(Kind.DATE, over_lines(rf"(?<!\w){DATE}(?!\w)"), "the name of a day or a month"),
    _p(Kind.DATE, IN_WORDS_ALONE, "a day of a month in words"),
    _p(Kind.COURT_REFERENCE, r"\b[ASTCU]\d{8}\b|\b(?:19|20)\d\d[/ ]?[ASTU]\d{4}\b|\b\d{2}[A-Z]{2}\d{7}\b",
       "the shape of a court's reference"),
    _p(Kind.PHONE, PHONE, "the shape of a telephone number"),
    _p(Kind.POSTCODE, rf"\b{UNIT}[ \u00a0]{{0,2}}\d(?:[A-Z]{{2}}|XX)\b", "the shape of a postcode"),
    _p(Kind.VEHICLE, r"\b(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} [A-Z]{3}|[A-Z]{3} \d{1,3}[A-Z])\b",
       "the shape of a vehicle's registration", flags=0),
    _p(Kind.VEHICLE, r"\b(?:registration|reg|index|number plate)(?: mark| number| no\.?)?:? \(?"
       r"(?P<it>[A-Z]{1,3}\d{1,4} ?[A-Z]{0,3})\b", "it follows “registration”"),
    _p(Kind.PASSPORT, r"\bpassport(?: number| no\.?)?[:,]? \(?(?P<it>[A-Z]{0,2}\d{7,10})\b", "it follows “passport”"),
    _p(Kind.EXHIBIT, r"\bexhibits?(?: number| no\.?|s)?:? \(?(?P<it>[A-Z]{1,4}[/ -]?\d{1,3}[A-Z]?)\b",
       "it follows “exhibit”"),
    _p(Kind.EXHIBIT, r"(?<![\w/])[A-Z]{2,4}/\d{1,3}[A-Z]?(?![\w/])", "the shape of an exhibit's number", flags=0),
    _p(Kind.BADGE_NUMBER, r"\b(?:collar|shoulder|badge|warrant|pay)(?: number| no\.?):? (?P<it>[A-Z]{0,2}\d{1,6}[A-Z]?)\b",
       "it follows “collar number”"),
    _p(Kind.AGE, r"\b(?:aged?|turned|turning|age of|age:|ages? were) (?P<it>\d{1,3})\b(?![%/])"
       rf"(?!{NO_AGE_OF})", "an age"),
    _p(Kind.AGE, r"(?<![\w’'])(?:[A-Z][\w’'-]+|[Hh]e|[Ss]he|[Tt]hey|who|I|child|boy|girl|son|daughter|victim) "
       r"(?:is|was|were|am|are) (?:only|just|still|barely|nearly|almost|not yet|now) (?P<it>\d{1,2})"
       r"(?=[.,;!?)]?(?:\s|$))(?! (?:of|per|out|in|to|hours?|minutes?|days?|weeks?|months?|people|letters?)\b)",
       "an age", flags=0),
    _p(Kind.AGE, r"\b(?P<it>\d{1,3})[ -](?:years?|months?|weeks?|yrs?)[ -](?:old|of age)\b", "an age"),
    _p(Kind.NUMBER, r"\b(?:reference|ref|case|file|claim|complaint|application|number|no|nos|our ref|your ref)"
       r"\.?(?: number| no\.?| reference)?[:.]? ?(?:is )?\(?(?P<it>(?=[\w/-]*\d)[A-Z0-9]+(?:[/-][A-Z0-9]+)+|(?=\w*\d)[A-Z]*\d{3,}\w*)",
       "it follows “reference” or the like"),
    _p(Kind.NUMBER, r"(?<![\w£$€/.,-])(?:\d{5,}|\d{2,6}/\d{2,4}|(?=[A-Z0-9/-]*\d{3})(?=[A-Z0-9/-]*[A-Z])[A-Z0-9]+(?:[/-][A-Z0-9]+)*)"
       r"(?![\w%]|,\d|\.\d)", "letters and digits that are no word", flags=0),
    _p(Kind.ADDRESS, rf"\b(?:(?:[Ff]lat|[Aa]partment|[Uu]nit|[Rr]oom) \w{{1,4}},? )?\d{{1,4}}[A-Za-z]?,? (?:[A-Z][\w’'.-]*,? )"
       rf"{{1,4}}(?:{STREETS})\b", "a house number and a street", flags=0),
    _p(Kind.ADDRESS, r"\b(?:[A-Z][\w’'-]+ ){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Crescent|Terrace|Way|Gardens|"
       r"Grove|Mews|Walk|Rd|Ave)\b", "the name of a street", flags=0),
    # After the streets: “12 Easter Road”.
    _p(Kind.DATE, rf"(?<!\w){FEAST}(?!\w)", A_FEAST, flags=0),
    _p(Kind.DATE, rf"(?<!\w){NTH} birthday(?!\w)", AN_AGE_BY_BIRTHDAY),
    _p(Kind.DATE, r"(?:\b(?:your|his|her|my|our|their)|['’]s) (?P<it>birthday)(?!\w)", A_BIRTHDAY),
)  # fmt: skip
PLAIN_YEAR = re.compile(
    r"\b(?:in|since|from|until|by|during|of|early|late|mid|summer|winter|spring|autumn|and|to|around|"
    r"before|after|year) (?P<it>(?:19|20)\d\d)(?![\d/]|\.\d)",
    re.IGNORECASE,
)
# A month alone. “May”, and what is somebody's name too, is one after a word that leads to a day.
CERTAIN = "January|February|July|September|October|November|December"
LEADS_TO_MONTH = (
    r"[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|"
    r"of|[Ff]rom|and|or|to|that|[Ff]or|[Bb]etween|[Bb]efore|[Aa]fter|[Tt]hroughout|through|around|"
    r"about|towards|each|every|[Oo]ver|all|same|past|following|previous|month"
)
PLAIN_MONTH = re.compile(
    rf"\b(?:{LEADS_TO_MONTH})[ \u00a0-](?P<it>{'|'.join(MONTHS)}|{SHORT_MONTH})(?![\w-])"
    r"(?!(?<=May) (?i:be|have|also|help|well)\b)|"
    rf"(?<![\w’'-])(?P<sure>{CERTAIN})(?![\w-])"
)


def _not_there(text: str) -> tuple[str, ...]:
    """Return which patterns a text has nothing of: most name no feast and no site, and looking is slow."""
    left_out = () if may_name_feast(text) else (A_FEAST,)
    if not may_name_site(text):
        left_out = (*left_out, A_SITE)
    if not may_name_square(text):
        left_out = (*left_out, A_SQUARE)
    has_birthday = "birthday" in text.casefold()
    return left_out if has_birthday else (*left_out, A_BIRTHDAY, AN_AGE_BY_BIRTHDAY)


def patterns_in(text: str) -> Iterator[Found]:
    """Yield every place of a letter that has one of the shapes."""
    taken = bytearray(len(text))
    for found in (*school_years_in(text), *house_numbers_in(text)):
        taken[found.start : found.end] = b"\1" * (found.end - found.start)
        yield found
    yield from _by_shape(text, taken)
    for shape in (PLAIN_YEAR, PLAIN_MONTH):
        for match in shape.finditer(text):
            start, end = match.span(match.lastgroup or "it")
            if not any(taken[start:end]):
                yield Found(start, end, Kind.DATE, Layer.PATTERN, because="a year or a month")


def _by_shape(text: str, taken: bytearray) -> Iterator[Found]:
    """Yield the places of each pattern that no place before takes, and take them."""
    left_out = _not_there(text)
    for pattern in PATTERNS:
        if pattern.because in left_out:
            continue
        for match in pattern.shape.finditer(text):
            group = "it" if "it" in pattern.shape.groupindex else 0
            start, end = match.span(group)
            if start < end and not any(taken[start:end]) and pattern.holds(match[group]):
                taken[start:end] = b"\1" * (end - start)
                yield Found(start, end, pattern.kind, Layer.PATTERN, because=pattern.because)
