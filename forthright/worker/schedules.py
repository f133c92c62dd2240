"""What the calendar asks for, read so that nothing missed while we were down is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from croniter import croniter

from forthright.rules.weeks import week_of

LONDON = ZoneInfo("Europe/London")


def nothing(moment: datetime) -> dict[str, Any]:
    """Return no arguments."""
    return {}


def week_before(moment: datetime) -> dict[str, Any]:
    """Return the week that ended before a moment, as an argument."""
    return {"week": str(week_of(moment.date()).plus(-1))}


@dataclass(frozen=True)
class Schedule:
    """A job asked for at set times, London time.

    After an outage every missed time is made good; `only_latest` keeps the last of them, for
    work where the newest run makes the older ones pointless. `for_each_area` asks once for each
    Area, which the job finds as `work.area_id`.
    """

    name: str
    job: str
    cron: str
    arguments: Callable[[datetime], dict[str, Any]] = nothing
    only_latest: bool = False
    for_each_area: bool = False

    def moments(self, after: datetime, up_to: datetime) -> list[datetime]:
        """Return each time due after one moment and not later than another."""
        due: list[datetime] = []
        clock = croniter(self.cron, after.astimezone(LONDON), second_at_beginning=True)
        while (moment := clock.get_next(datetime)) <= up_to:
            due.append(moment)
        return due[-1:] if self.only_latest else due

    def key(self, moment: datetime, area_id: int | None = None) -> str:
        """Return the key that makes the run for one moment happen once."""
        key = f"{self.name} {moment.astimezone(LONDON).isoformat(timespec='seconds')}"
        return f"{key} Area {area_id}" if area_id else key
