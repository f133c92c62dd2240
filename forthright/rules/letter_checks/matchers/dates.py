"""Whether the days that the letter gives are days of the case."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from forthright.rules.case_file import CaseFile, LetterKind
from forthright.rules.letter_blocks.reply_rules import second_stage_until
from forthright.rules.letter_checks.kinds.presence import place_to_add
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import LetterText, Part
from forthright.rules.words import LONDON, date_words, day_words

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WRITTEN = re.compile(
    rf"(?=[mtwfs\d])(?:\b({'|'.join(WEEKDAYS)}),? (?:the )?)?"
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+({'|'.join(MONTHS)}),?(?:\s+(\d{{4}}))?\b|"
    rf"\b(\d{{1,2}})[/.](\d{{1,2}})[/.](\d{{4}}|\d{{2}})\b"
)
TENS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINALS = (
    *TENS, "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth", *(f"twenty-{each}" for each in TENS),
    "thirtieth", "thirty-first",
)  # fmt: skip
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
WORDED = re.compile(
    rf"\b({ORDINAL})(?: day)? (?:of )?({'|'.join(MONTHS)})\b|"
    rf"\b({'|'.join(MONTHS)}) the ({ORDINAL})\b"
)
# Asked first: few letters give a day in words, and to look for all of them takes long.
MAY_BE_WORDED = re.compile(
    rf"(?:st|nd|rd|th)(?: day)? (?:of )?(?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)}) the "
)
PROMISE = re.compile(r"\b(?:will|can|by|before|until|please|may)\b")
BIRTH = re.compile(r"\b(?:born|birthday|age[ds]?)\b")
# What stands before a day that is plainly the day of what happened, with no other deed between.
OF_OFFENCE = (
    r"(?:happened|took place|occurred|was committed|done to you|attack(?:ed)?|assault(?:ed)?|"
    r"robbery|robbed|burglary|burgled|theft|stole|stolen|incident|crash|collision|offences?|crime|rape|"
    r"stabbing|death|died|killed|injured|hurt"
)
# What may stand between: where it was, or that it took place, and no other deed.
BETWEEN = (
    r"(?: (?:against|on|to|of) you)?"
    r"(?:,? (?:that |which )?(?:took place|happened|occurred|was committed|you suffered))?"
    r"(?: (?:to|against) you)?(?: (?:in|at|near|outside|by) (?:(?!\b(?:you|we|i|he|she|they|and|"
    r"was|were|is|had)\b)[^.;:,\n]){1,30})?(?: early| late)?"
)
# "Charged with robbery on 1 May" gives the day of the charge, perhaps.
OF_ANOTHER = (
    r"(?:charged|convicted|accused|guilty|trial|hearing|tried|arrested|sentenced|interviewed)"
    r"\b[^.;:]{0,25}$"
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day as a letter gives it; `day` is None where there is no such day."""

    start: int
    end: int
    day: date | None
    weekday: str
    has_year: bool


def day_at_the_top(text: str, as_of: date) -> date | None:
    """Return the day that a letter bears above its greeting; None where it bears none."""
    subject = Subject(LetterText(text, ()), None, as_of)
    heads = subject.letter.parts(Part.ADDRESS)
    found = (each.day for each in dates_in(subject, year=as_of.year)
             if any(head.start <= each.start < head.end for head in heads))  # fmt: skip
    return next((each for each in found if each is not None), None)


def dates_in(subject: Subject, *, year: int) -> Iterator[WrittenDate]:
    """Yield each day that a letter gives; a day with no year is of `year`."""
    return written_dates(subject.matches(WRITTEN), year=year)


def written_dates(matches: Iterable[re.Match[str]], *, year: int) -> Iterator[WrittenDate]:
    """Yield each day that some matches are of; a day with no year is of `year`."""
    for found in matches:
        weekday, number, month, named_year, other_number, other_month, other_year = found.groups()
        if number:
            parts = (int(named_year or year), MONTHS.index(month) + 1, int(number))
        else:
            long_year = int(other_year) + (2000 if len(other_year) == 2 else 0)
            parts = (long_year, int(other_month), int(other_number))
        try:
            day = date(*parts)
        except ValueError:
            day = None
        yield WrittenDate(
            found.start(), found.end(), day, weekday or "", bool(named_year or other_year)
        )


def worded_dates(text: str, *, year: int) -> Iterator[WrittenDate]:
    """Yield each day that stands in words: "the ninth of July"."""
    if not MAY_BE_WORDED.search(text):
        return
    for found in WORDED.finditer(text):
        number = ORDINALS.index(found[1] or found[4]) + 1
        try:
            day = date(year, MONTHS.index(found[2] or found[3]) + 1, number)
        except ValueError:
            day = None
        yield WrittenDate(found.start(), found.end(), day, "", has_year=False)


def known_days(subject: Subject) -> set[date]:
    """Return every day that the record of the case gives."""
    case = subject.case
    if case is None:
        return set()
    days = {each.on for each in case.dates}
    letter = case.letter
    days |= {letter.dated, letter.due_on, letter.earlier_letter_on, letter.next_on} - {None}  # type: ignore[arg-type]
    if letter.kind is LetterKind.COMPLAINT_REPLY:
        days |= {second_stage_until(letter.dated)} - {None}  # type: ignore[arg-type]
    days.add(subject.as_of)
    days |= {_decided_on(case), _hearing_on(case), _ask_by(case)} - {None}  # type: ignore[arg-type]
    days |= _days_told(case, subject.as_of.year)
    return days


def _told(case: CaseFile) -> Iterator[str]:
    """Yield what people wrote into the record, in which days may stand."""
    if case.note:
        yield from (case.note.decided, *case.note.facts, case.note.changed)
    yield from (each.what for each in case.dates)
    letter = case.letter
    yield from (letter.correction_of, letter.correction_right, letter.next_step)
    yield from (letter.reply_to, letter.reply_outcome)
    yield from (charge for each in case.accused for charge in each.charges)
    if case.review_right:
        yield from (case.review_right.because, case.review_right.how)


def _decided_on(case: CaseFile) -> date | None:
    if case.decision is None:
        return None
    made_at = case.decision.made_at
    return made_at.astimezone(LONDON).date() if made_at.tzinfo else made_at.date()


def _hearing_on(case: CaseFile) -> date | None:
    return case.court.hearing_on if case.court else None


def _ask_by(case: CaseFile) -> date | None:
    return case.review_right.ask_by if case.review_right else None


def dates(subject: Subject) -> Iterator[Hit]:
    """Yield each day that is none of the case's; a year that alone is wrong stops the letter."""
    days = known_days(subject)
    if not days:
        return
    yield from _in_words(subject, days)
    offence_days = list(_of_offence(subject))
    yield from offence_days
    told = {each.start for each in offence_days}
    for found in dates_in(subject, year=subject.as_of.year):
        if found.day is None or found.day in days or not found.has_year or found.start in told:
            continue
        near = subject.letter.around(found.start)
        # A day to come is a promise or a hearing, which other rules look at.
        if BIRTH.search(near) or (found.day > subject.as_of and PROMISE.search(near)):
            continue
        same = [each for each in days if (each.day, each.month) == (found.day.day, found.day.month)]
        if same:
            message = f"The record has {date_words(same[0])}: check the year."
            yield Hit(found.start, found.end, message, date_words(same[0]))
        else:
            nearest = min(days, key=lambda each: abs((each - found.day).days))  # type: ignore[operator]
            message = (
                f"{date_words(found.day)} is not a day in the record of this case. The nearest is "
                f"{date_words(nearest)}."
            )
            yield Hit(found.start, found.end, message, level=_level_of(subject, found))


def _of_offence(subject: Subject) -> Iterator[Hit]:
    """Yield a day given for what happened that is no day on which the record has it, as a stop."""
    case = subject.case
    if case is None or not case.dates:
        return
    right = {each.on for each in case.dates}
    right |= _days_told(case, subject.as_of.year)
    said = [re.sub(r"^(?:the|an?) ", "", each.what.lower()) for each in case.dates]
    said += [each.lower() for each in (case.offence_in_plain_words, case.offence)]
    own = "".join(rf"|{re.escape(each)}" for each in said if each)
    before = re.compile(rf"\b{OF_OFFENCE}{own}){BETWEEN} (?:on|of)(?: the)? $")
    nearest = date_words(min(right))
    for found in dates_in(subject, year=min(right).year):
        near = " ".join(subject.plain[max(0, found.start - 100) : found.start].split()) + " "
        offence = before.search(near)
        if found.day is None or offence is None or _is_among(found, right):
            continue
        if re.search(rf"\b{OF_ANOTHER}", near[: offence.start()]):
            continue
        same_day = [each for each in right
                    if (each.day, each.month) == (found.day.day, found.day.month)]  # fmt: skip
        shown = date_words(same_day[0]) if same_day else nearest
        message = f"The record has another day for what happened: {shown}."
        yield Hit(found.start, found.end, message, shown, "stop")


def _is_among(found: WrittenDate, days: set[date]) -> bool:
    """Say whether a day is one of some; one with no year is that day of any year."""
    if found.day is None or found.has_year:
        return found.day in days
    return any((each.day, each.month) == (found.day.day, found.day.month) for each in days)


def _days_told(case: CaseFile, year: int) -> set[date]:
    """Return the days that stand in what people wrote into the record."""
    told = " \n".join(_told(case)).lower()
    days = {each.day for each in written_dates(WRITTEN.finditer(told), year=year) if each.day}
    return days | {each.day for each in worded_dates(told, year=year) if each.day}


def _in_words(subject: Subject, days: set[date]) -> Iterator[Hit]:
    """Yield a day that stands in words and is none of the case's in any year."""
    known = {(each.day, each.month) for each in days}
    for found in worded_dates(subject.plain, year=subject.as_of.year):
        near = subject.letter.around(found.start)
        if found.day and (found.day.day, found.day.month) not in known and not BIRTH.search(near):
            shown = f"{found.day.day} {found.day:%B}"
            message = f"{shown} is not a day in the record of this case."
            yield Hit(found.start, found.end, message, "Check the day.", "warn")


def _level_of(subject: Subject, found: WrittenDate) -> str:
    """Return a warning, or a stop where the letter's own date is not the record's."""
    heads = subject.letter.parts(Part.ADDRESS)
    is_own = any(each.start <= found.start < each.end for each in heads)
    case = subject.case
    return "stop" if is_own and case and case.letter.dated else "warn"


def weekdays(subject: Subject) -> Iterator[Hit]:
    """Yield a day that does not exist, or that fell on another day of the week."""
    for found in dates_in(subject, year=subject.as_of.year):
        if found.day is None:
            yield Hit(found.start, found.end, "There is no such day.", "Check the date.")
        elif found.weekday and found.has_year and WEEKDAYS[found.day.weekday()] != found.weekday:
            right = day_words(found.day)
            yield Hit(
                found.start, found.end, f"{date_words(found.day)} is a {found.day:%A}.", right
            )


HEARING = re.compile(
    r"\b(?:hearing|trial|sentenc\w+|(?:go|goes|be|is|appear\w*) (?:back )?(?:in|at|to) court)\b"
)
# What stands before a day on which we do something, or until which a trial lasts.
BY_THEN = re.compile(r"\bby (?:the (?:end|morning|afternoon) of )?$")
COMES_BY = re.compile(r"\b(?:come|attend|appear\w*|arrive|held|heard|listed|begins?|starts?)\b")
LASTS = re.compile(
    r"\b(?:lasts?|goes? on|runs?|continues?|sits?|takes?(?! place)|be over|finish(?:es)?|ends?)\b"
    r"[^.;,]{0,30}\b(?:until|till|to|by|on) (?:about |the end of )?$"
)
WE_WILL = re.compile(
    r"\b(?:(?:i|we|he|she|they|officer|unit) (?:will|shall)(?: then| also)? (?:write|ring|tell|"
    r"call|phone|telephone|let you know|send|be in touch|e-?mail|explain)|you will hear from)\b"
)
IN_COURT = re.compile(
    r"\b(?:hearing|trial|court|sentenc\w+|appear\w*|is|are|be(?! in touch)|been|now|which|listed|"
    r"moved|held|for|until|put off|adjourned)\b[^.;,]{0,25} $"
)


def hearing_missing(subject: Subject) -> Iterator[Hit]:
    """Yield a letter that does not say the day in court that is still to come."""
    case = subject.case
    on = case.court.hearing_on if case and case.court else None
    if on is None or on <= subject.as_of or not subject.letter.body:
        return
    if not any(found.day == on for found in dates_in(subject, year=on.year)):
        place = place_to_add(subject)
        suggestion = f"The court sits next on {day_words(on)}."
        yield Hit(place.start, place.end, suggestion=suggestion)


def hearing(subject: Subject) -> Iterator[Hit]:
    """Yield a day given for a hearing that is not the day of the hearing."""
    case = subject.case
    on = case.court.hearing_on if case and case.court else None
    if case is None or on is None:
        return
    days = known_days(subject) - {subject.as_of}
    for found in dates_in(subject, year=on.year):
        if found.day is None or found.day in days:
            continue
        is_of_court = HEARING.search(subject.letter.around(found.start)) is not None
        if is_of_court and found.day > (_decided_on(case) or on) and not _is_beside(subject, found):
            yield Hit(
                found.start,
                found.end,
                f"The record says that the hearing is on {day_words(on)}.",
                day_words(on),
            )


def _is_beside(subject: Subject, found: WrittenDate) -> bool:
    """Say whether a day is none of a hearing's first: we promise something, or a trial lasts."""
    sentence = subject.letter.sentence_at(found.start)
    start = sentence.start if sentence else found.start
    before = " ".join(subject.plain[start : found.start].split()) + " "
    if BY_THEN.search(before) and not COMES_BY.search(before):
        return True
    is_ours = WE_WILL.search(before) is not None and IN_COURT.search(before) is None
    return is_ours or LASTS.search(before) is not None
