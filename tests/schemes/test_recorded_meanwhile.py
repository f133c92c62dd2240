"""Of two who record one step of a letter at once, the second is shown what stands and is asked."""

import pytest
from django.utils import timezone

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.schemes import services
from forthright.schemes.selectors import facts
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
STEPS = {
    "told": "2026-10-06 09:00",
    "explained": "2026-10-06 10:00",
    "drafted": "2026-10-07 09:00",
    "approved": "2026-10-07 10:00",
    "sent": "2026-10-07 11:00",
    "reached": "2026-10-09 09:00",
}
LATER = given.at("2026-11-20 12:00")


def two_officers(address):
    unit = given.a_unit("VLU")
    # Managers, who may record an approval that they gave too.
    people = [given.a_person(Role.LINE_MANAGER, unit=unit) for _ in range(2)]
    return people[0], *(as_(person).open(address) for person in people)


def a_letter_before(stage):
    duty = given.a_letter_owed()
    for step, moment in STEPS.items():
        if step == stage:
            return duty
        services.record_stage(duty, step, given.at(moment), by=None, at=LATER)
    raise AssertionError(stage)


@pytest.mark.parametrize("stage", STEPS)
def test_the_second_is_told_what_stands_and_who_put_it_there(stage):
    duty = a_letter_before(stage)
    first, theirs, mine = two_officers(f"/letters/{duty.pk}/record/{stage}/")
    theirs.press("Record it", day_day="10", day_month="10", day_year="2026", hour="9am")

    page = mine.press("Record it", day_day="12", day_month="10", day_year="2026", hour="10am")

    said = " ".join(page.errors)
    assert f"recorded after you opened the page by {first}" in said
    assert "Now it says Saturday 10 October 2026, 9am." in said
    duty.refresh_from_db()
    assert getattr(duty, f"{stage}_at") == given.at("2026-10-10 09:00")
    page = page.press("Change it", reason="It was put into the post on Monday")
    page.see("Recorded: ")
    duty.refresh_from_db()
    assert getattr(duty, f"{stage}_at") == given.at("2026-10-12 10:00")
    assert Event.objects.filter(name=f"letter.{stage}_corrected").count() == 1


def test_a_reason_for_steps_left_out_does_not_stand_in_for_the_answer():
    duty = given.a_letter_owed()
    first, theirs, mine = two_officers(f"/letters/{duty.pk}/record/sent/")
    day = {"day_month": "10", "day_year": "2026", "hour": "", "reason": "Only the day was kept"}
    theirs.press("Record it", day_day="9", **day)

    page = mine.press("Record it", day_day="13", **day)

    assert f"by {first}" in " ".join(page.errors)
    duty.refresh_from_db()
    assert timezone.localtime(duty.sent_at).day == 9


def test_what_was_taken_back_meanwhile_is_told():
    duty = a_letter_before("explained")
    first, theirs, mine = two_officers(f"/letters/{duty.pk}/record/told/")
    theirs.press("It did not happen: take it back", reason="Another letter was meant")

    page = mine.press("Change it", day_day="7", reason="Typed the wrong day")

    said = " ".join(page.errors)
    assert f"taken back after you opened the page by {first}" in said
    assert "Nothing is recorded now" in said
    duty.refresh_from_db()
    assert duty.told_at is None
    page.press("Record it").see("Recorded: ")


def test_a_time_recorded_between_page_and_lock_is_asked_about_too():
    duty = a_letter_before("told")
    opened, now = facts.stage_stamp(duty, "told"), clock.now()
    services.record_stage(duty, "told", given.at(STEPS["told"]), by=None, at=LATER)

    for mine in (given.at("2026-10-07 09:00"), None):
        answer = services.StageAnswer(happened_at=mine, reason="I know better", opened=opened)
        with pytest.raises(ChangedMeanwhile, match="says Tuesday 6 October 2026"):
            services.answer_stage(duty, "told", answer, by=None, at=now)
    duty.refresh_from_db()
    assert duty.told_at == given.at(STEPS["told"])
