"""On which days the police were asked for what they still owe: the first day and the last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forthright.hard_media.models import MediaItem, MediaStep
from forthright.hard_media.selectors.second_copies import is_second_asked
from forthright.rules.media_states import WAITED_FOR, MediaEvent, MediaState
from forthright.rules.words import count_words, date_words, day_of


@dataclass(frozen=True)
class Asked:
    """When a recording was first asked for of those times for which it has not come, and last."""

    first: date
    last: date

    def words(self, today: date) -> str:
        """Say both days, and how long ago the last was."""
        ago = _ago(self.last, today)
        if self.first == self.last:
            return f"Asked for on {date_words(self.last)}, {ago}"
        return (
            f"First asked for on {date_words(self.first)}, last on {date_words(self.last)}, {ago}"
        )


def asked_on(items: Iterable[MediaItem]) -> dict[int, Asked]:
    """Return when each was asked for of those recordings that the police were asked to send.

    What came, and was asked for again, is waited for since then.
    """
    waited = [each.pk for each in items if each.state == MediaState.REQUESTED]
    if not waited:
        return {}
    steps = MediaStep.objects.filter(item__in=waited, event=MediaEvent.REQUEST)
    found: dict[int, Asked] = {}
    rows = steps.order_by("at", "pk").values_list("item_id", "before", "at")
    for item, before, at in rows:
        day = day_of(at)
        is_once_more = before in WAITED_FOR and before != MediaState.EXPECTED
        first = found[item].first if is_once_more and item in found else day
        found[item] = Asked(first, day)
    return found


def asked_words(items: Iterable[MediaItem], today: date) -> dict[int, str]:
    """Return in words when each recording, or a second copy, was asked for and has not come."""
    items = list(items)
    found = {item: asked.words(today) for item, asked in asked_on(items).items()}
    second = {each.pk: day_of(each.second_asked_at) for each in items if each.second_asked_at}
    if second:
        waited = MediaItem.objects.filter(is_second_asked(today), pk__in=second)
        for item in waited.values_list("pk", flat=True):
            day = second[item]
            found[item] = f"A second copy was asked for on {date_words(day)}, {_ago(day, today)}"
    return found


def _ago(day: date, today: date) -> str:
    since = (today - day).days
    return f"{count_words(since, 'day')} ago" if since > 0 else "today"
