"""What is odd about the day by which an item is decided, or the police answer."""

from datetime import date

from forthright.rules.hearing_days import far_off

# Half a year: a year that is typed wrong is always further off, and a trial is not waited for so
# long by anybody in custody. Until such a day has passed what it is for is on nobody's list.
FURTHEST_DAYS = 182


def oddities_of_limit(on: date, *, today: date) -> tuple[str, ...]:
    """Return what is odd about a day to decide or answer by, in a sentence; nothing of most."""
    far = far_off(on, today=today, furthest_days=FURTHEST_DAYS)
    return (far,) if far else ()
