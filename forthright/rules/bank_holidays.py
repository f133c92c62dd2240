"""The published England and Wales bank holidays, offline: the seed of an Area's own calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version

from forthright.rules.working_days import Calendar

SOURCE_ADDRESS = "https://www.gov.uk/bank-holidays"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedHolidays:
    days: Mapping[date, str]
    source: str
    source_address: str
    known_from: date
    known_until: date

    @property
    def calendar(self) -> Calendar:
        """Return the published days as a calendar to count with."""
        return Calendar(self.days, self.known_from, self.known_until)


@cache
def published_bank_holidays() -> PublishedHolidays:
    """Return the bank holidays of England and Wales with the years they are known for.

    GOV.UK publishes whole years, so the list holds to 31 December of its last year.
    """
    from govuk_bank_holidays.bank_holidays import BankHolidays  # it is slow to load

    listed = BankHolidays(use_cached_holidays=True).get_holidays(
        division=BankHolidays.ENGLAND_AND_WALES
    )
    days = {holiday["date"]: _name(holiday["title"], holiday["notes"]) for holiday in listed}
    return PublishedHolidays(
        days=days,
        source=f"GOV.UK bank holidays (govuk-bank-holidays {version('govuk-bank-holidays')})",
        source_address=SOURCE_ADDRESS,
        known_from=date(min(days).year, 1, 1),
        known_until=date(max(days).year, 12, 31),
    )


def _name(title: str, notes: str) -> str:
    return f"{title} ({notes.lower()})" if notes else title
