"""Looks that a schedule is of its case: one wrong file would show it to strangers."""

from collections.abc import Iterator, Sequence

from forthright.cases.models import Case
from forthright.disclosure.models import DisclosureDuty
from forthright.rules.clock_rules import Status
from forthright.rules.letter_checks.rule import Level
from forthright.rules.schedules.engine import WHOLE, ScheduleFinding
from forthright.rules.schedules.named import Fit, Named, Person, who_is_named
from forthright.rules.schedules.schedule import Form, Schedule
from forthright.rules.urn import NotAUrn, Urn, read_urn
from forthright.rules.words import list_words
from forthright.rules.written import LEAST_WEIGHED, reason_in

SOURCE = "CPS Disclosure Manual, chapter 6, scheduling: each schedule names its case and defendants"


class DeliveryRefused(ValueError):
    """Files cannot be taken in; the message says which and what to do."""


def check_is_of_case(
    duty: DisclosureDuty, schedules: Sequence[Schedule], of_this_case: str = ""
) -> None:
    """Refuse a schedule that names another case, or nobody of this one without a reason.

    Cases that were split have one URN but for its ending; the schedule of one half would be shown
    to the defendants of the other.

    :param of_this_case: why it is of this case, where it is headed with nobody of it or with
        another ending of its URN
    :raises DeliveryRefused: with which file, what it names, and what to do
    """
    has_reason = reason_in(of_this_case, least=LEAST_WEIGHED)
    for schedule in schedules:
        file, urn = schedule.place.file, _urn_of(schedule)
        if urn is not None and urn.root != duty.case.urn:
            raise DeliveryRefused(
                f"{file} names another case than {duty.case}. Look that it is the right file, and "
                "open the right case for it."
            )
        if _has_other_ending(duty, urn) and not has_reason:
            raise DeliveryRefused(
                f"{file} is headed with {urn}, and this is {duty.case}: a case that was split has "
                "one number, and others stand in its other part. Look that it is the right file, "
                "and open the right case for it. Where it is of both, or only the ending is "
                "written otherwise, have it mended in the file, or write why it is of this case."
            )
        named = _named(duty, schedule)
        is_stranger = named is not None and named.fit is Fit.NO
        if is_stranger and not has_reason:
            raise DeliveryRefused(
                f"{file} is headed “R v {schedule.defendant}”, and no defendant of {duty.case} is "
                "called so: what is on it would be shown to strangers. Look that it is the right "
                "file, and open the right case for it. Where only the name is written otherwise, "
                "have it mended in the file, or write why it is of this case."
            )


def findings_about_case(
    duty: DisclosureDuty, schedules: Sequence[Schedule]
) -> Iterator[ScheduleFinding]:
    """Yield what leaves it open whether a schedule is of this case and of this defendant."""
    for schedule in schedules:
        yield from _about_urn(duty, schedule)
        yield from _about_heading(duty, schedule)


def _about_urn(duty: DisclosureDuty, schedule: Schedule) -> Iterator[ScheduleFinding]:
    urn = _urn_of(schedule)
    if urn is None:
        written = f" that can be read (it says “{schedule.urn}”)" if schedule.urn else ""
        yield _warning(
            schedule, "R18g",
            f"It has no URN{written}, so nothing but you says that it is of {duty.case}.",
            "Look that it is the right file before you take it in.",
        )  # fmt: skip
    elif _has_other_ending(duty, urn):
        yield _warning(
            schedule, "R18e",
            f"It is headed with {urn}, and this is {duty.case}. It was brought with a reason why "
            "it is of this case.",
            "Read the reason before you take it in.", words=schedule.urn,
        )  # fmt: skip
    elif not urn.suffix and _was_split(duty):
        yield _warning(
            schedule, "R18f",
            f"It is headed with {urn}, and there are others of that number than {duty.case}: its "
            "URN has no ending that tells of which it is.",
            "Look that it is the right file before you take it in.", words=schedule.urn,
        )  # fmt: skip


def _about_heading(duty: DisclosureDuty, schedule: Schedule) -> Iterator[ScheduleFinding]:
    named = _named(duty, schedule)
    if named is None:
        return
    if named.fit is Fit.NO:
        yield _warning(
            schedule, "R18b",
            f"It is headed “R v {schedule.defendant}”, and no defendant of {duty.case} is "
            "called so. It was brought with a reason why it is of this case.",
            "Read the reason before you take it in.", words=schedule.defendant,
        )  # fmt: skip
    elif duty.defendant_id not in named.people and not named.has_others:
        others = [str(each) for each in duty.case.defendants.all() if each.pk in named.people]
        yield _warning(
            schedule, "R18c",
            f"It is headed with {list_words(others)}, another defendant of this case, and not "
            f"with {duty.defendant}. Taken in, it counts for every defendant of the case.",
            "Look that what is on it is relevant to both before you take it in.",
        )  # fmt: skip
    elif named.fit is Fit.NEAR:
        yield _warning(
            schedule, "R18d",
            f"It is headed “R v {schedule.defendant}”, which is nearly, but not quite, the "
            "name of a defendant of this case.",
            "Look that it is the same person before you take it in.", words=schedule.defendant,
        )  # fmt: skip


def _named(duty: DisclosureDuty, schedule: Schedule) -> Named | None:
    """Return who is named, or None where a heading names nobody."""
    if not schedule.defendant:
        return None
    people = [
        Person(each.pk, each.family_name, each.given_names) for each in duty.case.defendants.all()
    ]
    return who_is_named(schedule.defendant, people)


def _urn_of(schedule: Schedule) -> Urn | None:
    """Return the URN of a schedule, or None where none can be read."""
    try:
        return read_urn(schedule.urn) if schedule.urn else None
    except NotAUrn:
        return None


def _has_other_ending(duty: DisclosureDuty, urn: Urn | None) -> bool:
    """Say whether a URN ends otherwise than that of the case; one without an ending does not."""
    return urn is not None and urn.suffix not in {"", duty.case.urn_suffix}


def _was_split(duty: DisclosureDuty) -> bool:
    alike = Case.objects.filter(area=duty.area_id, urn=duty.case.urn)
    return alike.exclude(pk=duty.case_id).exists()


def _warning(
    schedule: Schedule, rule: str, message: str, suggestion: str, *, words: str = ""
) -> ScheduleFinding:
    return ScheduleFinding(
        rule=rule, level=Level.WARN, form=Form(schedule.form), place=schedule.place.words,
        item=None, named=WHOLE, words=words, message=message, suggestion=suggestion, ask="",
        source=SOURCE, source_address="", status=Status.TO_BE_CONFIRMED.value, return_reason="",
    )  # fmt: skip
