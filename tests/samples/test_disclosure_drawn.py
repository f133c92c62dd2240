"""Disclosure is drawn by the same plan, frame, seed and separation as letters are."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.cases.models import Case
from forthright.disclosure.services.starting import end_duty
from forthright.samples import services
from forthright.samples.models import Draw, DrawnLetter
from forthright.samples.selectors import coverage_of, faults_of, frames, plans_in_week
from forthright.samples.services import drawing
from tests import given
from tests.client import as_
from tests.disclosure import duties, sampled
from tests.page_checks import words_of
from tests.samples import weeks

pytestmark = pytest.mark.django_db


def rows_of(plan):
    return {
        row.reference: row for row in frames.frame_rows(plan, sampled.W43, sampled.MONDAY_AFTER)
    }


def test_the_list_holds_every_duty_due_in_the_week_served_or_not_and_no_letter():
    served, owed = sampled.a_served_duty(), duties.reviewing(name="Price")
    duties.a_duty(sent=weeks.BEFORE.date().replace(day=25), name="Hall")  # due in November
    weeks.letters_owed(2)

    rows = rows_of(sampled.a_plan())

    assert set(rows) == {f"D{served.pk}", f"D{owed.pk}"}
    assert [rows[f"D{each.pk}"].is_sent for each in (served, owed)] == [True, False]
    assert rows[f"D{served.pk}"].entitlement == "In custody"
    assert rows[f"D{served.pk}"].police_unit == Case.objects.get(pk=served.case_id).urn[:4]
    assert rows[f"D{served.pk}"].flags == ("SENSITIVE",)


def test_what_ended_after_its_day_is_drawn_as_the_month_counts_it():
    spared, failed = duties.reviewing(), duties.reviewing(name="Price")
    for duty, day in ((spared, date(2026, 10, 21)), (failed, date(2026, 10, 22))):
        end_duty(duty, day, reason="Guilty", by=None, at=given.at("2026-10-23 12:00"))
    plan = sampled.a_plan()

    rows = rows_of(plan)

    assert bool(rows[f"D{spared.pk}"].excluded_because)
    assert not rows[f"D{failed.pk}"].excluded_because
    draw = services.draw_sample(plan, sampled.W43, by=None, at=sampled.MONDAY_AFTER)
    assert [each.disclosure_id for each in draw.letters.all()] == [failed.pk]


def test_a_list_of_letters_has_the_digest_it_always_had():
    row = frames.FrameRow(reference="L1", unit="Crown Court")

    assert "police_unit" not in row.kept
    assert frames.FrameRow(**row.kept) == row


def test_a_draw_of_disclosure_is_frozen_recorded_and_comes_out_the_same():
    duty = sampled.a_served_duty()
    letter = sampled.drawn(duty)

    assert letter.draw.frame.population.startswith("Every duty to disclose of Mercia Crown Court")
    assert "disclosure-frame 2026.2" in letter.draw.frame.population
    assert letter.stratum == "all disclosures"
    assert faults_of(letter.draw) == []
    assert services.verify_draw(letter.draw, by=None, at=sampled.LATER).is_same


def test_who_endorsed_most_is_told_and_whoever_had_a_hand_in_it_does_not_mark():
    duty = duties.reviewing()
    lawyer = duties.a_lawyer(Role.LEGAL_MANAGER)
    duties.approve_and_serve(duties.endorse_all(duty, by=lawyer))

    letter = sampled.drawn(duty, lawyer)

    assert letter.prosecutor == lawyer
    assert letter.marker is None


@pytest.mark.parametrize("act", ["endorsed items of", "approved", "served"])
def test_nobody_is_given_what_they_endorsed_approved_or_served(act):
    letter = sampled.drawn(sampled.a_served_duty())
    hands = {
        "endorsed items of": letter.prosecutor,
        "approved": letter.disclosure.approved_by,
        "served": letter.disclosure.servings.get().served_by,
    }
    chooser = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed, match=f"{act} this disclosure, so somebody else must mark"):
        services.give_letter(letter, marker=hands[act], by=chooser, at=sampled.LATER)


def test_whoever_endorsed_an_item_draws_no_sample_with_it():
    duty = duties.reviewing()
    lawyer = duties.a_lawyer(Role.LEGAL_MANAGER)
    duties.approve_and_serve(duties.endorse_all(duty, by=lawyer))

    with pytest.raises(NotAllowed, match="Items you endorsed are in this frame"):
        services.draw_sample(sampled.a_plan(), sampled.W43, by=lawyer, at=sampled.MONDAY_AFTER)


def test_the_targeted_part_takes_what_was_not_served_and_nothing_that_only_letters_have():
    owed = duties.reviewing(name="Price")
    sampled.a_served_duty()
    plan = sampled.a_plan(random_size=0, targeted=(("NEVER_SENT", 5),))

    draw = services.draw_sample(plan, sampled.W43, by=None, at=sampled.MONDAY_AFTER)

    (letter,) = draw.letters.all()
    assert letter.disclosure_id == owed.pk
    assert letter.because == "targeted: Not served when drawn"
    with pytest.raises(services.PlanHasProblems, match="not one of disclosures"):
        services.make_plan(
            plan.area, by=None, at=weeks.BEFORE, name="Another",
            settings=sampled.PlanSettings(
                marker=sampled.a_marker(), subject="DISCLOSURE", targeted=(("CHILD", 1),)
            ),
        )  # fmt: skip


def test_one_that_cannot_be_marked_is_replaced_by_the_next_in_order():
    for name in ("Price", "Hall", "Khan"):
        sampled.a_served_duty(name=name)
    plan = sampled.a_plan(random_size=1)
    draw = services.draw_sample(plan, sampled.W43, seed=7, by=None, at=sampled.MONDAY_AFTER)
    chooser = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    taken = services.substitute_letter(
        draw.letters.get(), by=chooser, at=sampled.LATER, reason="A court has sealed its papers."
    )

    assert taken.disclosure_id is not None
    assert taken.because.startswith("in place of D")
    assert services.verify_draw(draw, by=None, at=sampled.LATER).is_same


def test_the_strata_may_be_police_units_and_custody():
    sampled.a_served_duty()
    plan = sampled.a_plan(strata=("police_unit", "entitlement"))

    draw = services.draw_sample(plan, sampled.W43, by=None, at=sampled.MONDAY_AFTER)

    urn = draw.letters.get().disclosure.case.urn
    assert draw.letters.get().stratum == f"{urn[:4]}, In custody"


def test_cover_counts_the_duties_of_each_prosecutor_and_those_drawn():
    letter = sampled.drawn(sampled.a_served_duty())

    cover = coverage_of(letter.draw.plan, sampled.W43, weeks=8)

    assert [(each.name, each.owed, each.sampled) for each in cover.drafters] == [
        (letter.prosecutor.full_name, 1, 1)
    ]


def test_a_week_without_disclosure_due_says_so():
    plan = sampled.a_plan()

    with pytest.raises(drawing.NothingOwed, match="No initial disclosure of Mercia Crown Court"):
        services.draw_sample(plan, sampled.W43, by=None, at=sampled.MONDAY_AFTER)


def test_the_database_keeps_one_that_is_a_letter_or_a_disclosure_and_never_both():
    letter = sampled.drawn(sampled.a_served_duty())
    (duty,) = weeks.letters_owed(1)

    with pytest.raises(IntegrityError), transaction.atomic():
        DrawnLetter.objects.filter(pk=letter.pk).update(duty=duty)
    with pytest.raises(IntegrityError), transaction.atomic():
        DrawnLetter.objects.filter(pk=letter.pk).update(disclosure=None)


def test_the_liaison_unit_sees_no_sample_of_disclosure():
    letter = sampled.drawn(sampled.a_served_duty())
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    assert plans_in_week(manager, sampled.W43) == []
    as_(manager).open(f"/samples/draws/{letter.draw_id}/", status=404)
    assert Draw.objects.count() == 1


def test_the_page_of_a_draw_speaks_of_disclosure():
    letter = sampled.drawn(sampled.a_served_duty())
    planner = given.a_person(Role.LEGAL_MANAGER)

    page = as_(planner).open(f"/samples/draws/{letter.draw_id}/")

    page.see("duties to disclose in the list", f"D{letter.disclosure_id} in the list", "Prosecutor")
    main = words_of(page.tree.find(".//main")).replace("lower-case letters", "").lower()
    assert "letter" not in main


def test_a_plan_of_disclosure_is_made_on_its_page():
    planner = given.a_person(Role.SENIOR_MANAGER)
    marker = sampled.a_marker()
    page = as_(planner).open("/samples/plans/").follow("Make a plan of disclosure")

    page = page.press("See what this can show", name="Crown Court disclosure",
                      unit=given.a_unit().pk, marker=marker.pk, random_size=5,
                      target_NIL=1)  # fmt: skip
    page.see("initial disclosure of Mercia Crown Court")
    page = page.press("Keep this plan")

    page.see("A weekly sample of the initial disclosure", "Statement that there is nothing")
