"""What happened to a letter is recorded in order, and its lateness split by stage."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.rules.states import MoveNotAllowed
from forthright.schemes import services
from forthright.schemes.models import Duty, RuleSet
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
LATER = given.at("2026-11-20 12:00")


def record(duty, **stages):
    for stage, moment in stages.items():
        services.record_stage(duty, stage, given.at(moment), by=None, at=LATER)
    duty.refresh_from_db()
    return duty


def test_a_letter_sent_on_its_due_date_is_in_time():
    duty = given.a_letter_owed()

    record(duty, drafted="2026-10-09 10:00", approved="2026-10-12 09:00", sent="2026-10-12 23:30")

    assert duty.state == Duty.State.MET
    assert duty.late_stage == ""


def test_a_late_letter_names_the_stage_that_took_longest():
    duty = given.a_letter_owed()

    record(
        duty,
        told="2026-10-06 10:00",
        explained="2026-10-07 10:00",
        drafted="2026-10-08 10:00",
        approved="2026-10-15 10:00",
        sent="2026-10-15 16:00",
    )

    assert duty.state == Duty.State.LATE
    assert duty.late_stage == Duty.Stage.APPROVING


def test_where_reaching_counts_a_letter_sent_stays_open_until_it_arrives():
    duty = given.a_letter_owed()
    RuleSet.objects.update(measure=RuleSet.Measure.REACHED)

    record(duty, drafted="2026-10-06 10:00", approved="2026-10-06 11:00", sent="2026-10-06 12:00")
    assert duty.state == Duty.State.OPEN

    record(duty, reached="2026-10-14 09:00")
    assert duty.state == Duty.State.LATE
    assert duty.late_stage == Duty.Stage.REACHING


def test_a_letter_that_nobody_approved_is_sent_only_with_a_reason():
    duty = given.a_letter_owed()
    record(duty, drafted="2026-10-06 10:00")

    with pytest.raises(services.ReasonNeeded, match="not recorded that the letter was approved"):
        record(duty, sent="2026-10-06 12:00")


def test_a_letter_of_which_only_the_sending_is_known_has_no_stage_to_be_late_in():
    duty = given.a_letter_owed()
    sent = given.at("2026-10-15 00:00")

    services.record_stage(duty, "sent", sent, by=None, at=LATER, reason="Only that was kept")
    record(duty, reached="2026-10-17 09:00")

    assert (duty.state, duty.late_stage) == (Duty.State.LATE, "")
    assert duty.drafted_at is None
    event = Event.objects.get(name="letter.sent")
    assert event.detail["not_recorded"] == ["drafted", "approved"]
    assert event.detail["reason"] == "Only that was kept"


def test_a_letter_reached_but_not_known_to_be_sent_is_refused():
    with pytest.raises(MoveNotAllowed):
        record(given.a_letter_owed(), reached="2026-10-06 12:00")


def test_a_gap_before_a_later_stage_may_be_filled():
    duty = given.a_letter_owed()
    record(duty, drafted="2026-10-06 10:00", approved="2026-10-06 11:00", sent="2026-10-06 12:00")

    record(duty, told="2026-10-05 15:00")

    assert duty.told_at == given.at("2026-10-05 15:00")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        pytest.param("2026-10-05 11:00", "the decision was made on Monday 5 October 2026, midday",
                     id="before the decision"),
        pytest.param("2026-12-01 09:00", "has not come yet", id="in the future"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_right_is_refused(moment, words):
    duty = given.a_letter_owed()

    with pytest.raises(services.TimeRefused, match=words):
        record(duty, told=moment)

    duty.refresh_from_db()
    assert duty.told_at is None


def test_a_day_without_its_hour_may_be_the_day_of_the_decision():
    duty = given.a_letter_owed()

    record(duty, told="2026-10-05 00:00")

    assert duty.told_at == given.at("2026-10-05 00:00")


def test_a_correction_needs_a_reason_and_keeps_the_old_time():
    duty = record(given.a_letter_owed(), told="2026-10-06 10:00")
    right = given.at("2026-10-05 16:00")

    with pytest.raises(services.ReasonNeeded):
        services.record_stage(duty, "told", right, by=None, at=LATER)
    services.record_stage(duty, "told", right, by=None, at=LATER, reason="Typed the wrong day")

    event = Event.objects.get(name="letter.told_corrected")
    assert event.detail["was"].startswith("2026-10-06")
    assert event.detail["reason"] == "Typed the wrong day"


def test_a_letter_taken_back_from_sent_is_open_again():
    duty = record(
        given.a_letter_owed(),
        drafted="2026-10-06 10:00", approved="2026-10-06 11:00", sent="2026-10-06 12:00",
    )  # fmt: skip

    services.clear_stage(duty, "sent", reason="It was another letter", by=None, at=LATER)

    duty.refresh_from_db()
    assert duty.state == Duty.State.OPEN


def test_whoever_records_the_draft_is_its_drafter_when_nobody_else_is_named():
    duty = given.a_letter_owed()
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))

    services.record_stage(duty, "drafted", given.at("2026-10-06 10:00"), by=officer, at=LATER)

    duty.refresh_from_db()
    assert duty.drafter == officer


def test_nobody_records_a_letter_of_another_unit():
    duty = given.a_letter_owed()
    prosecutor = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed, match="another unit"):
        services.record_stage(duty, "told", LATER, by=prosecutor, at=LATER)


@pytest.mark.parametrize("unseen", ["  ", "\u200b", "\U0001d159" * 12, "\u0301" * 12, "ok"])
def test_a_letter_not_required_needs_a_reason_and_can_be_reopened(unseen):
    duty = given.a_letter_owed()

    with pytest.raises(services.ReasonNeeded):
        services.mark_not_required(duty, unseen, by=None, at=LATER)
    services.mark_not_required(duty, "The person asked not to be told.", by=None, at=LATER)
    duty.refresh_from_db()
    assert duty.state == Duty.State.NOT_REQUIRED

    services.reopen(duty, "The person changed their mind.", by=None, at=LATER)
    duty.refresh_from_db()
    assert duty.state == Duty.State.OPEN
    assert duty.not_required_reason == ""


def test_a_letter_not_required_takes_no_stages():
    duty = given.a_letter_owed()
    services.mark_not_required(duty, "The person has died.", by=None, at=LATER)

    with pytest.raises(MoveNotAllowed, match="not required"):
        record(duty, told="2026-10-06 10:00")


def test_a_sent_letter_cannot_be_said_not_to_be_required():
    duty = record(
        given.a_letter_owed(),
        drafted="2026-10-06 10:00", approved="2026-10-06 11:00", sent="2026-10-06 12:00",
    )  # fmt: skip

    with pytest.raises(MoveNotAllowed):
        services.mark_not_required(duty, "Sent by mistake", by=None, at=LATER)


def test_an_extract_records_many_letters_and_the_same_again_changes_nothing():
    duty = given.a_letter_owed()
    times = {
        (duty.decision_id, duty.person_id): services.StageTimes(
            sent_at=given.at("2026-10-20 00:00"), drafter_name="R. Shah"
        )
    }

    first = services.record_stages_bulk(duty.area, times, by=None, at=LATER)
    second = services.record_stages_bulk(duty.area, times, by=None, at=LATER)

    duty.refresh_from_db()
    assert duty.state == Duty.State.LATE
    assert [change.before["state"] for change in first.changed] == ["OPEN"]
    assert (len(second.changed), second.unchanged) == (0, 1)


def test_an_extract_with_one_wrong_time_records_nothing():
    good, bad = given.a_letter_owed(), given.a_letter_owed()
    october = services.StageTimes(sent_at=given.at("2026-10-06 09:00"))
    before_it = services.StageTimes(sent_at=given.at("2026-09-06 09:00"))
    times = {
        (good.decision_id, good.person_id): october,
        (bad.decision_id, bad.person_id): before_it,
    }

    with pytest.raises(services.TimesRefused) as refused:
        services.record_stages_bulk(good.area, times, by=None, at=LATER)

    assert [problem.key for problem in refused.value.problems] == [(bad.decision_id, bad.person_id)]
    good.refresh_from_db()
    assert good.sent_at is None


def test_an_extract_about_letters_not_owed_says_so():
    area = given.a_started_area()

    recorded = services.record_stages_bulk(area, {(1, 2): services.StageTimes()}, by=None, at=LATER)

    assert recorded.missing == [(1, 2)]


@pytest.mark.parametrize("unseen", ["\U0001d159" * 12, "\ufffc" * 12, "\u0301" * 12])
def test_another_reason_is_asked_for_in_words_on_the_page(unseen):
    duty = given.a_letter_owed()
    manager = given.a_person(Role.LEGAL_MANAGER)
    page = as_(manager).open(f"/letters/{duty.pk}/not-required/")
    save = "Record that none is required"

    refused = page.press(save, reason="OTHER", other=unseen)

    assert refused.errors == ["Say what the other reason is"]
    [little] = page.press(save, reason="OTHER", other="ok").errors
    assert little.startswith("Say more")
    refused.press(save, reason="OTHER", other="The family moved").see("No letter is required")
