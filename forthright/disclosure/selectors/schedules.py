"""Schedules of a case that stand, read again as the rules read them."""

from django.db.models import QuerySet

from forthright.disclosure.models import Delivery, Schedule
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.rules.letter_checks.rule import Level
from forthright.rules.schedules.schedule import Form, Line, Place, ScheduleItem
from forthright.rules.schedules.schedule import Schedule as ReadSchedule


def live_schedules(case_id: int) -> "QuerySet[Schedule]":
    """Return the schedules that stand in a case, with their items."""
    rows = Schedule.objects.filter(delivery__case=case_id, is_live=True)
    return rows.prefetch_related("items").select_related("delivery").order_by("form", "version")


def stops_of(delivery: Delivery) -> int:
    """Count what should stop a delivery: findings, and what could not be read.

    That is a whole file, or a part of a schedule where items may stand that no list has.
    """
    found: int = sum(each["level"] == Level.STOP for each in delivery.findings)
    unread = sum(bool(each.get("unread")) for each in delivery.files)
    parts = delivery.schedules.values_list("unread", flat=True)
    return found + unread + sum(bool(each.get("may_hide_items")) for part in parts for each in part)


def read_again(schedule: Schedule) -> ReadSchedule:
    """Return a schedule as the rules compare it; the sheet of a place is the schedule's id."""
    file = f"{schedule.form} version {schedule.version}"
    place = Place(file=file, sheet=str(schedule.pk))
    return ReadSchedule(
        form=Form(schedule.form),
        place=place,
        items=tuple(
            ScheduleItem(
                place=Place(file=file, sheet=str(schedule.pk), row=item.place),
                number=item.number,
                description=item.description,
                location=item.location,
                # On an open form it may be why a person held the words back, which no file says.
                sensitive_reason=(
                    ""
                    if item.is_held_back and schedule.form in OPEN_FORMS
                    else item.sensitive_reason
                ),
                undermines=item.undermines,
                copy=item.copy,
                comments=item.comments,
                of_form=schedule.form,
            )
            for item in schedule.items.all()
        ),
        certificate=certificate_of(schedule),
    )


def certificate_of(schedule: Schedule) -> tuple[Line, ...]:
    """Return the words of a kept certificate as the rules read them: one line of many."""
    place = Place(file=f"{schedule.form} version {schedule.version}", sheet=str(schedule.pk))
    return (Line(place=place, text=schedule.certificate),) if schedule.certificate else ()
