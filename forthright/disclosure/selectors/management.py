"""What a disclosure management document says of its own accord; no sensitive schedule is read."""

from collections import Counter

from forthright.disclosure.models import (
    Delivery,
    DisclosureDuty,
    ManagementDocument,
    Schedule,
)
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.disclosure.selectors.secrets import Secrets
from forthright.disclosure.selectors.standings import lines_of
from forthright.rules.disclosure_management import (
    ReviewFacts,
    ScheduleCame,
    WasServed,
)
from forthright.rules.endorsements import Endorsed
from forthright.web import clock


def review_facts(duty: DisclosureDuty) -> ReviewFacts:
    """Return what was done with the open schedules of a duty's case, for its defendant."""
    lines = [each for each in lines_of(duty, with_sensitive=False) if each.form in OPEN_FORMS]
    decided = [each.standing.code for each in lines if each.standing.is_decided]
    counts = Counter(code for code in decided if code)
    return ReviewFacts(
        schedules=tuple(_came(each) for each in _open_schedules(duty)),
        codes={code: counts[code] for code in Endorsed if counts[code]},
        waiting=len(lines) - len(decided),
        servings=tuple(
            WasServed(day=each.served_on, kind=each.get_kind_display().lower(),
                      items=each.items.count())
            for each in duty.servings.all()
        ),
    )  # fmt: skip


def tells_of_sensitive(document: ManagementDocument) -> bool:
    """Say whether a document repeats what is sensitive: material may come after it was written."""
    secrets = Secrets(document.duty)
    return any(secrets.stops(words) for words in document.written.values())


def _open_schedules(duty: DisclosureDuty) -> list[Schedule]:
    rows = Schedule.objects.filter(delivery__case=duty.case_id, form__in=OPEN_FORMS)
    untaken = [Delivery.State.CHECKED, Delivery.State.REPLACED]
    taken_in = rows.exclude(delivery__state__in=untaken)
    return list(taken_in.select_related("delivery").order_by("delivery__received_at", "pk"))


def _came(schedule: Schedule) -> ScheduleCame:
    delivery = schedule.delivery
    return ScheduleCame(
        form=schedule.form, version=schedule.version, items=schedule.items.count(),
        came_on=clock.day_of(delivery.received_at or delivery.checked_at),
        decided_on=clock.day_of(delivery.triaged_at) if delivery.triaged_at else None,
        is_returned=delivery.state == Delivery.State.RETURNED,
    )  # fmt: skip
