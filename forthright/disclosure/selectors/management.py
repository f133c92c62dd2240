"""What a disclosure management document says of its own accord; no sensitive schedule is read."""

from collections import Counter

from django.db.models import Q

from forthright.disclosure.models import (
    Delivery,
    DisclosureDuty,
    HeldWords,
    Item,
    ManagementDocument,
    Schedule,
)
from forthright.disclosure.selectors.duties import duties_of_case
from forthright.disclosure.selectors.hidden import OPEN_FORMS, hidden_of, queried_items
from forthright.disclosure.selectors.standings import lines_of
from forthright.rules.disclosure_management import (
    ReviewFacts,
    ScheduleCame,
    WasServed,
    speaks_of_sensitive,
    told_of_sensitive,
)
from forthright.rules.endorsements import Endorsed
from forthright.rules.schedules.schedule import Form
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


def secrets_of(duty: DisclosureDuty) -> list[str]:
    """Return every word that the case holds and that must not leave, to be looked for."""
    rows = Item.objects.filter(schedule__delivery__case=duty.case_id)
    may_be = rows.filter(
        Q(schedule__form__in=[Form.MG6D, Form.MG6E])
        | Q(is_held_back=True)
        | Q(pk__in=queried_items(duty.case_id))
    )
    found = hidden_of(duty.case_id, may_be.select_related("schedule"))
    said = [
        (each.description, each.sensitive_reason, each.undermines, each.location, each.comments,
         each.copy)
        for each in found
    ]  # fmt: skip
    # Of a version that was thrown away no item is left.
    kept = HeldWords.objects.filter(case=duty.case_id).values_list("description", "reason")
    return [words for row in (*said, *kept) for words in row if words]


def known_of(duty: DisclosureDuty) -> list[str]:
    """Return what everybody in the case knows: the open schedules, and who is accused."""
    rows = Item.objects.filter(
        schedule__delivery__case=duty.case_id, schedule__form__in=OPEN_FORMS, is_held_back=False
    ).exclude(pk__in=queried_items(duty.case_id))
    named = [str(each) for each in duties_of_case(duty.case)]
    return [*rows.values_list("description", flat=True), *named]


def tells_of_sensitive(document: ManagementDocument) -> bool:
    """Say whether a document repeats what is sensitive: material may come after it was written."""
    secrets, known = secrets_of(document.duty), known_of(document.duty)
    return any(
        speaks_of_sensitive(words) or told_of_sensitive(words, secrets, known)
        for words in document.written.values()
    )


def _open_schedules(duty: DisclosureDuty) -> list[Schedule]:
    rows = Schedule.objects.filter(delivery__case=duty.case_id, form__in=OPEN_FORMS)
    taken_in = rows.exclude(delivery__state=Delivery.State.CHECKED)
    return list(taken_in.select_related("delivery").order_by("delivery__received_at", "pk"))


def _came(schedule: Schedule) -> ScheduleCame:
    delivery = schedule.delivery
    return ScheduleCame(
        form=schedule.form, version=schedule.version, items=schedule.items.count(),
        came_on=clock.day_of(delivery.received_at or delivery.checked_at),
        decided_on=clock.day_of(delivery.triaged_at) if delivery.triaged_at else None,
        is_returned=delivery.state == Delivery.State.RETURNED,
    )  # fmt: skip
