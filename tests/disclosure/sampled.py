"""Disclosure that was drawn by a plan, and marked as far as a test needs it."""

from dataclasses import replace
from datetime import datetime

from forthright.accounts.models import Role, Unit, User
from forthright.disclosure.models import DisclosureDuty
from forthright.reviews.models import Review
from forthright.reviews.selectors import sheet_of
from forthright.reviews.services import (
    Answer,
    Summary,
    finish_review,
    open_review,
    save_marks,
    save_summary,
)
from forthright.rules.weeks import Week
from forthright.samples.models import DrawnLetter, Plan
from forthright.samples.services import PlanSettings, draw_sample, make_plan
from forthright.standards.models import Subject
from forthright.standards.services import start_area_standards
from tests import given
from tests.disclosure import duties

# The duties of the tests began on 1 September and are due on Wednesday 21 October.
W43 = Week(2026, 43)
MONDAY_AFTER = given.at("2026-10-26 06:00")
LATER = given.at("2026-10-27 10:00")
SUMMARY = Summary(
    done_well="Each reason is about its own item.",
    to_change="Say what was looked at for item 2.",
    root_cause="BLANKET",
)


def a_marker(unit: Unit | None = None, role: str = Role.LEGAL_MANAGER) -> User:
    """Return a legal manager, who had no hand in what was drawn."""
    return given.a_person(role, unit=unit or given.a_unit())


def a_plan(marker: User | None = None, **settings: object) -> Plan:
    """Return a plan that draws every disclosure of the unit, unless told otherwise."""
    marker = marker or a_marker()
    said = PlanSettings(
        marker=marker, subject=Subject.DISCLOSURE, random_size=100, cycle_weeks=None,
        overruled_at_most=0,
    )  # fmt: skip
    return make_plan(
        marker.area, by=None, at=given.at("2026-09-01 09:00"), name="Crown Court disclosure",
        unit=given.a_unit(), settings=replace(said, **settings),
    )  # fmt: skip


def drawn(
    duty: DisclosureDuty, marker: User | None = None, *, week: Week = W43,
    at: datetime = MONDAY_AFTER,
) -> DrawnLetter:  # fmt: skip
    """Return a duty that was drawn to be marked, with every other due in its week."""
    start_area_standards(duty.area, Subject.DISCLOSURE, by=None, at=given.NOON)
    draw = draw_sample(a_plan(marker), week, seed=7, by=None, at=at)
    return DrawnLetter.objects.get(draw=draw, disclosure=duty)


def answers_for(review: Review, levels: dict[str, str] | None = None) -> dict[str, Answer]:
    """Return a full set of marks: fully met, but for these levels, each with a note."""
    sheet = sheet_of(review, LATER)
    does_not = {code: "NOT_APPLICABLE" for code, said in sheet.decided.items() if not said.applies}
    given_levels = {"D6": "NOT_APPLICABLE", "D7": "NOT_APPLICABLE"} | does_not | (levels or {})
    return {
        each.code: Answer(
            level=(level := given_levels.get(each.code, "FULLY")),
            note="Which log?" if level in {"PARTIALLY", "NOT_MET"} else "",
        )
        for each in sheet.criteria
    }


def marked(
    duty: DisclosureDuty, levels: dict[str, str] | None = None, marker: User | None = None
) -> Review:
    """Return a disclosure whose marks are finished and whose prosecutor has not been told."""
    return mark(drawn(duty, marker), levels)


def mark(
    letter: DrawnLetter, levels: dict[str, str] | None = None, *, at: datetime = LATER
) -> Review:
    """Return the finished marks of a drawn disclosure."""
    review = open_review(letter, by=letter.marker, at=at)
    save_marks(review, answers_for(review, levels), by=letter.marker, at=at)
    save_summary(review, SUMMARY, by=letter.marker, at=at)
    return finish_review(review, by=letter.marker, at=at)


def a_served_duty(**more: object) -> DisclosureDuty:
    """Return a duty that was served in time and of which the court was told."""
    return duties.court_told(**more)
