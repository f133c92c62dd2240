"""What is odd about when a panel is to meet; it is asked about, not refused."""

from datetime import date, time

from forthright.accounts.models import Area
from forthright.rules.hearing_days import holiday_on
from forthright.rules.words import list_words, time_words
from forthright.schemes.selectors.area_clock import closed_days_of
from forthright.web import clock

# Our own: members come from outside, some of them after work.
EARLIEST, LATEST = time(7), time(21)
# A meeting is planned for at most a year ahead, and of the year 9999 nothing is foretold.
MOST_YEARS = 1


def odd_about(area: Area, day: date, hour: time) -> str:
    """Return on which odd day and at which odd hour it would be, in words; nothing as a rule."""
    if day.year > clock.today().year + MOST_YEARS:
        return ""
    said = []
    if day.weekday() > 4:
        said.append(f"on a {day:%A}")
    if name := holiday_on(day, closed_days_of(area)):
        said.append(f"on a bank holiday, {name}")
    if not EARLIEST <= hour <= LATEST:
        said.append(f"at {time_words(hour)}")
    return list_words(said)
