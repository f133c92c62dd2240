"""Reads what stands in a cell: days and times, yes and no, kinds of decision, entitlements."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from rapidfuzz import fuzz, process

from forthright.rules.entitlement import Entitlement, VictimFlag
from forthright.rules.words import (
    LONDON,
    NoSuchHour,
    date_words,
    list_words,
    moment_at,
    moment_words,
)

EARLIEST = date(2000, 1, 1)
EARLIEST_BIRTH = date(1905, 1, 1)
EXCEL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001 - a day count has no zone
DATES = re.compile(
    r"(\d{1,2})[\s/.\-]+(\d{1,2}|[a-z]{3,9})\.?,?[\s/.\-]+(\d{4}|\d{2})(?:[t,]|\b)\s*"
)
ISO_DATES = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[t,]|\b)\s*")
TIMES = re.compile(
    r"(?:at\s+)?(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*(am|pm|hrs|hours|z)?"
    r"|(?:at\s+)?(\d{2})(\d{2})\s*(?:hrs|hours)?"
)
ZONED = re.compile(r"\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:z|[+-]\d\d:?\d\d)$")
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+")
ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
          "september", "october", "november", "december")  # fmt: skip
DATE_MEND = "Write the day first: 02/04/2026, 2 April 2026 or 2026-04-02."
YES = {"yes", "y", "true", "1", "x", "✓", "t"}
NO = {"no", "n", "false", "0", "f"}
NOT_KNOWN = {"", "unknown", "not known", "nk", "n/k", "not recorded", "-", "n/a", "na", "none",
             "?", "null"}  # fmt: skip
WORD_ENDS = re.compile(r"[^a-z0-9]+")


class NotReadable(Exception):
    """A cell that cannot be read as what its column holds."""

    def __init__(self, message: str, mend: str) -> None:
        """Keep what is wrong and how to mend it."""
        super().__init__(f"{message} {mend}")
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with a time of day where the file gives one."""

    day: date
    time: time | None

    @property
    def at(self) -> datetime:
        """Return the moment, or the day alone; files write an hour they do not know as 00:00.

        :raises NotReadable: if the clocks went forward past that hour
        """
        try:
            return moment_at(self.day, self.time if self.time != time() else None)
        except NoSuchHour as refusal:
            raise NotReadable(str(refusal), refusal.MEND) from None


def is_empty(cell: Any) -> bool:
    """Say whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Any) -> str:
    """Return a cell as text, with a whole number as people write it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return " ".join(str(cell).split())


def long_text_of(cell: Any) -> str:
    """Return a cell as text with its lines kept."""
    lines = (" ".join(line.split()) for line in str(cell).splitlines())
    return "\n".join(line for line in lines if line)


def read_moment(cell: Any) -> Moment:
    """Read a day, with its time if there is one.

    :raises NotReadable: if it is not a day, or one that cannot be meant
    """
    if isinstance(cell, datetime):
        has_time = cell.time() != time()
        return Moment(cell.date(), cell.time().replace(microsecond=0) if has_time else None)
    if isinstance(cell, date):
        return Moment(cell, None)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(float(cell))
    written = " ".join(str(cell).lower().split())
    if re.fullmatch(r"\d{5}(\.\d+)?", written):
        return _from_serial(float(written))
    return _from_words(written, str(cell))


def read_time(cell: Any) -> time:
    """Read a time of day: "16:55", "4.55pm", "1655 hrs", or part of a day as Excel keeps it.

    :raises NotReadable: if it is not a time
    """
    if isinstance(cell, datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, time):
        return cell.replace(microsecond=0)
    if isinstance(cell, timedelta):
        cell = cell.total_seconds() / 86400
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1:
        return (EXCEL_BEGINS + timedelta(seconds=round(cell * 86400))).time()
    return _time_from_words(" ".join(str(cell).lower().split()), str(cell))


def check_day(day: date, *, today: date, earliest: date = EARLIEST) -> None:
    """Refuse a day that cannot be meant: long ago, or not yet come.

    :raises NotReadable: with what such a date often comes from
    """
    if day < earliest:
        empty = day.year in (1899, 1900, 1904)
        why = " A spreadsheet shows that date for an empty cell or a bare time." if empty else ""
        raise NotReadable(
            f"{date_words(day)} is before {date_words(earliest)}, so it cannot be meant.{why}",
            "Look the date up in the case and type it, or leave the cell empty.",
        )
    if day > today:
        raise NotReadable(
            f"{date_words(day)} has not come yet: today is {date_words(today)}.",
            "Check the year. A date for something still to be done is left empty.",
        )


def past(found: Moment, *, now: datetime) -> datetime:
    """Return a moment that has come.

    :raises NotReadable: if it is an hour of today still to come, or one that never was
    """
    moment = found.at
    if moment > now:
        raise NotReadable(
            f"{moment_words(moment)} has not come yet: it is {moment_words(now)}.",
            "Check the hour. A time for something still to be done is left empty.",
        )
    return moment


def read_yes_no(cell: Any) -> bool | None:
    """Read a yes or a no; None where the file says that it is not known.

    :raises NotReadable: if it is neither
    """
    if isinstance(cell, bool):
        return cell
    written = text_of(cell).lower()
    if written in YES or written.startswith("yes "):
        return True
    if written in NO or written.startswith("no "):
        return False
    if written in NOT_KNOWN:
        return None
    raise NotReadable(f"“{text_of(cell)[:60]}” is neither yes nor no.", "Write yes or no.")


KINDS = {
    "NO_FURTHER_ACTION": (
        "no further action", "nfa", "no further action decision", "decision not to charge",
        "not charged", "no charge", "inform of a no further action decision"),
    "DISCONTINUED": (
        "discontinued", "discontinuance", "discontinue", "notice of discontinuance",
        "case discontinued", "section 23", "s23", "no prosecution or discontinuance",
        "prosecution discontinued"),
    "NO_EVIDENCE_OFFERED": (
        "no evidence offered", "offered no evidence", "offer no evidence", "one", "neo", "oneo",
        "court offered no evidence", "no evidence", "prosecution offered no evidence"),
    "LEFT_ON_FILE": (
        "left to lie on file", "lie on file", "left on file", "lies on file", "ltlof",
        "charge left to lie on file", "ordered to lie on file"),
    "ALTERED_DECREASED": (
        "charge altered decreased", "altered decreased", "decreased", "charge decreased",
        "charge reduced", "reduced", "substantially altered decreased", "downgraded",
        "substantially altered charge decreased", "lesser charge", "altered reduced"),
    "ALTERED_INCREASED": (
        "charge altered increased", "altered increased", "increased", "charge increased",
        "substantially altered increased", "substantially altered charge increased", "upgraded",
        "more serious charge"),
    "CHARGED": ("charged", "charge", "decision to charge", "charge authorised", "authorised charge",
                "inform of a decision to charge"),
}  # fmt: skip
KIND_OF = {spelling: kind for kind, spellings in KINDS.items() for spelling in spellings}
WITHDRAWAL = re.compile(r"\s*(?:after|following)\s+(?:the\s+)?(?:victim\s+)?(?:has\s+)?"
                        r"(?:victim\s+)?(?:withdrawal|withdrew|withdrawn|retraction)$")  # fmt: skip
NOTES = re.compile(r"[\[(](?:vrr|[^\])]*review[^\])]*)[\])]", re.IGNORECASE)


def read_kind(cell: Any) -> tuple[str, bool]:
    """Read a kind of decision, and whether the wording says the victim had withdrawn.

    :raises NotReadable: if it is none that is known, with the nearest
    """
    written = text_of(cell)
    words = WORD_ENDS.sub(" ", NOTES.sub(" ", written).lower().replace("’", "'")).strip()
    shorter = WITHDRAWAL.sub("", words)
    for candidate in (shorter, shorter.removeprefix("stopped charge ").strip()):
        if candidate in KIND_OF:
            return KIND_OF[candidate], shorter != words
    near = process.extractOne(shorter, KIND_OF.keys(), scorer=fuzz.ratio, score_cutoff=60)
    first = [spellings[0] for spellings in KINDS.values()]
    mend = f"Did you mean “{KINDS[KIND_OF[near[0]]][0]}”? " if near else ""
    raise NotReadable(
        f"“{written[:60]}” is not a kind of decision that is known.",
        f"{mend}Write one of: {list_words(first, joined_by='or')}.",
    )


ENTITLEMENTS = {
    "enhanced": Entitlement.ENHANCED,
    "rasso": Entitlement.ENHANCED,
    "standard": Entitlement.STANDARD,
    "universal": Entitlement.STANDARD,
    "not enhanced": Entitlement.STANDARD,
    "not aligned to a service": Entitlement.UNKNOWN,
}


def read_entitlement(cell: Any) -> Entitlement:
    """Read an entitlement: enhanced or standard, yes or no, or a service lead.

    :raises NotReadable: if it is none of them
    """
    written = text_of(cell).lower().removesuffix(" entitlement").removesuffix(" service")
    if written in ENTITLEMENTS:
        return ENTITLEMENTS[written]
    try:
        answer = read_yes_no(cell)
    except NotReadable:
        raise NotReadable(
            f"“{text_of(cell)[:60]}” does not say whether the person has enhanced entitlement.",
            "Write yes, no or unknown; unknown is treated as enhanced.",
        ) from None
    if answer is None:
        return Entitlement.UNKNOWN
    return Entitlement.ENHANCED if answer else Entitlement.STANDARD


FLAGS = {
    "vulnerable": VictimFlag.VULNERABLE,
    "intimidated": VictimFlag.INTIMIDATED,
    "persistently targeted": VictimFlag.PERSISTENTLY_TARGETED,
    "persistently": VictimFlag.PERSISTENTLY_TARGETED,
    "most serious crime": VictimFlag.MOST_SERIOUS_CRIME,
    "victim most serious crime": VictimFlag.MOST_SERIOUS_CRIME,
    "serious crime": VictimFlag.MOST_SERIOUS_CRIME,
    "bereaved": VictimFlag.BEREAVED,
    "bereaved relative": VictimFlag.BEREAVED,
    "under 18": VictimFlag.UNDER_18,
    "child": VictimFlag.UNDER_18,
    "domestic abuse": VictimFlag.DOMESTIC_ABUSE,
    "sexual offence": VictimFlag.SEXUAL_OFFENCE,
    "rasso": VictimFlag.SEXUAL_OFFENCE,
    "hate crime": VictimFlag.HATE_CRIME,
}


def read_categories(cell: Any) -> set[VictimFlag]:
    """Read the groups a victim is recorded in: "Vulnerable; intimidated".

    :raises NotReadable: if one of them is not known
    """
    flags = set()
    for part in re.split(r"[;,/+\n]| and ", text_of(cell).lower()):
        words = WORD_ENDS.sub(" ", part).strip()
        if words in NOT_KNOWN:
            continue
        if words not in FLAGS:
            near = process.extractOne(words, FLAGS.keys(), scorer=fuzz.ratio, score_cutoff=60)
            raise NotReadable(
                f"“{part.strip()[:60]}” is not a category of victim that is known.",
                (f"Did you mean “{near[0]}”? " if near else "")
                + "Write vulnerable, intimidated, persistently targeted or bereaved, "
                "with a semicolon between two.",
            )
        flags.add(FLAGS[words])
    return flags


RELATIONS = {
    "VICTIM": ("victim", "complainant", "victim witness", "injured party", "person"),
    "PARENT": ("parent", "guardian", "parent or guardian", "mother", "father", "carer",
               "parent guardian", "appropriate adult"),
    "BEREAVED": ("bereaved relative", "bereaved", "bereaved family", "next of kin", "family"),
    "SPOKESPERSON": ("spokesperson", "family spokesperson", "representative"),
    "BUSINESS": ("business", "business contact", "company", "organisation", "corporate"),
}  # fmt: skip
RELATION_OF = {words: kind for kind, spellings in RELATIONS.items() for words in spellings}


def read_relation(cell: Any) -> str:
    """Read who a person is to the case: the victim, a parent, a bereaved relative.

    :raises NotReadable: if it is none that is known
    """
    words = WORD_ENDS.sub(" ", text_of(cell).lower()).strip()
    if words in RELATION_OF:
        return RELATION_OF[words]
    first = [spellings[0] for spellings in RELATIONS.values()]
    raise NotReadable(
        f"“{text_of(cell)[:60]}” does not say who the person is to the case.",
        f"Write one of: {list_words(first, joined_by='or')}.",
    )


def _from_serial(number: float) -> Moment:
    if not 1 <= number < 110_000:
        raise NotReadable(f"“{number:g}” is not a date.", DATE_MEND)
    whole = EXCEL_BEGINS + timedelta(seconds=round(number * 86400))
    return Moment(whole.date(), whole.time() if number % 1 else None)


def _from_words(written: str, as_typed: str) -> Moment:
    if ZONED.search(written):
        return _with_zone(as_typed)
    short = ORDINAL.sub(r"\1", WEEKDAY.sub("", written))
    if iso := ISO_DATES.match(short):
        day, ends = _day(iso[1], iso[2], iso[3], as_typed), iso.end()
    elif found := DATES.match(short):
        day, ends = _day(found[3], found[2], found[1], as_typed), found.end()
    else:
        raise NotReadable(f"“{as_typed.strip()[:60]}” is not a date.", DATE_MEND)
    rest = short[ends:].strip()
    hour = _time_from_words(rest, as_typed) if rest else None
    return Moment(day, hour if hour != time() else None)


def _with_zone(as_typed: str) -> Moment:
    try:
        here = datetime.fromisoformat(as_typed.strip().upper()).astimezone(LONDON)
    except ValueError:
        raise NotReadable(f"“{as_typed.strip()[:60]}” is not a date.", DATE_MEND) from None
    return Moment(here.date(), here.time().replace(microsecond=0))


def _day(year_text: str, month_text: str, day_text: str, as_typed: str) -> date:
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    month, number = _month(month_text), int(day_text)
    try:
        return date(year, month, number)
    except ValueError:
        pass
    if number <= 12 < month <= 31:
        raise NotReadable(
            f"“{as_typed.strip()[:60]}” has no month {month}; the month may stand before the day.",
            f"{DATE_MEND} If this one is the wrong way round, check the whole column.",
        )
    raise NotReadable(f"“{as_typed.strip()[:60]}” is not a day in any calendar.", DATE_MEND)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(text[:3])), 0)


def _time_from_words(written: str, as_typed: str) -> time:
    if written in {"midday", "noon", "12 noon"}:
        return time(12)
    found = TIMES.fullmatch(written)
    if found and (found[2] or found[4] in {"am", "pm"} or found[5]):
        hour, minute = int(found[1] or found[5]), int(found[2] or found[6] or 0)
        if found[4] in {"am", "pm"} and hour <= 12:
            hour = hour % 12 + (12 if found[4] == "pm" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute, min(int(found[3] or 0), 59))
    raise NotReadable(f"“{as_typed.strip()[:60]}” is not a time.", "Write it as 16:55 or 4:55pm.")
