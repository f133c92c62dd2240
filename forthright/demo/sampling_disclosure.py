"""A weekly sample of disclosure in a made-up Area: planned, drawn, and a part of it marked."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from forthright.accounts.models import Role, Unit
from forthright.demo.disclosing import disclose
from forthright.demo.loading import Loaded
from forthright.reviews.selectors import sheet_of
from forthright.reviews.services import (
    Answer,
    Summary,
    finish_review,
    open_review,
    save_marks,
    save_summary,
    tell_drafter,
)
from forthright.rules.rubric import Level
from forthright.rules.weeks import week_of
from forthright.rules.words import local
from forthright.samples.models import Condition, DrawnLetter
from forthright.samples.services import NothingOwed, PlanSettings, draw_sample, make_plan
from forthright.standards.models import Subject
from forthright.standards.services import start_area_standards

WEEKS = 8
TOO_SHORT = "Nine reasons are alike; say of each item what it shows and why that does not matter."
SUMMARY = Summary(
    done_well="The incident log was read closely: the two men were seen and disclosed at once.",
    to_change="Write the reason of each item for that item.",
    root_cause="BLANKET",
)


def disclose_and_sample(loaded: Loaded, *, seed: int, until: datetime) -> None:
    """Make duties to disclose in every state, then draw and mark those that were due."""
    disclose(loaded, seed=seed, until=until)
    sample_disclosure(loaded, seed=seed, until=until)


@transaction.atomic
def sample_disclosure(loaded: Loaded, *, seed: int, until: datetime) -> list[DrawnLetter]:
    """Draw the disclosure of the weeks gone by, and mark all but that of the newest week."""
    unit = loaded.units[Unit.Kind.CROWN_COURT]
    marker = next(each for each in loaded.people[Role.LINE_MANAGER] if each.unit_id == unit.pk)
    began = until - timedelta(weeks=WEEKS + 1)
    start_area_standards(loaded.area, Subject.DISCLOSURE, by=None, at=began)
    settings = PlanSettings(
        marker=marker, subject=Subject.DISCLOSURE, random_size=3, cycle_weeks=None,
        overruled_at_most=0, targeted=((str(Condition.NEVER_SENT), 1),),
    )  # fmt: skip
    plan = make_plan(
        loaded.area, by=None, at=began, name="Crown Court disclosure", unit=unit,
        settings=settings,
    )  # fmt: skip
    newest = week_of(local(until).date()).plus(-1)
    drawn: list[DrawnLetter] = []
    for back in range(WEEKS, -1, -1):
        with suppress(NothingOwed):
            made = draw_sample(
                plan, newest.plus(-back), seed=seed, for_demo=True, by=None, at=until
            )
            drawn += made.letters.select_related("draw", "disclosure", "marker")
    for number, letter in enumerate(drawn[:-2]):
        if letter.marker is not None and letter.sent_at is not None:
            _mark(letter, until, is_short=number % 3 == 0)
    return drawn


def _mark(letter: DrawnLetter, at: datetime, *, is_short: bool) -> None:
    """Mark one disclosure, and tell its prosecutor; every third has reasons that are too short."""
    marker = letter.marker
    assert marker is not None  # noqa: S101 - said by the caller
    review = open_review(letter, by=marker, at=at)
    sheet = sheet_of(review, at)
    levels = {each.code: Level.FULLY for each in sheet.criteria}
    levels |= {"D6": Level.NOT_APPLICABLE, "D7": Level.NOT_APPLICABLE}
    levels |= {
        code: Level.NOT_APPLICABLE for code, said in sheet.decided.items() if not said.applies
    }
    if is_short:
        levels["D4"] = Level.PARTIALLY
    answers = {
        code: Answer(level=level, note=TOO_SHORT if level is Level.PARTIALLY else "")
        for code, level in levels.items()
    }
    save_marks(review, answers, by=marker, at=at)
    save_summary(review, SUMMARY, by=marker, at=at)
    review = finish_review(review, by=marker, at=at)
    if letter.author is not None:
        tell_drafter(review, by=marker, at=at, text=review.to_change, for_demo=True)
