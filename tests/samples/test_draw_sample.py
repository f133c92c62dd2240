"""A sample is drawn once, from everything owed, by somebody who neither marks nor wrote it."""

import hashlib
import json

import pytest
from hypothesis import given as for_all
from hypothesis import settings as run_settings
from hypothesis import strategies as some

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.rules.frame import FrameRow
from forthright.rules.sampling import SamplePlan, draw
from forthright.rules.weeks import Week
from forthright.samples import services
from forthright.samples.exports import frame_as_csv, frame_as_text
from forthright.samples.models import Draw, DrawnLetter, Frame
from forthright.samples.selectors import frames, letters_to_mark
from forthright.schemes.models import Duty
from tests import given
from tests.samples import weeks

pytestmark = pytest.mark.django_db


def references(drawn: Draw, **condition: object) -> list[str]:
    """Return the references of a draw's letters in order."""
    letters = drawn.letters.filter(**condition).order_by("position", "pk")
    return [frames.reference_of(letter.duty_id) for letter in letters]


def test_a_draw_holds_as_many_random_letters_as_the_plan_says():
    drawn = weeks.a_draw(of=12)

    assert drawn.letters.filter(part=DrawnLetter.Part.RANDOM).count() == 5
    assert drawn.frame.size == 12
    assert drawn.frame.population == (
        "Every letter owed by Mercia Crown Court, due Monday 28 September to Sunday 4 October 2026"
    )


def test_anybody_can_draw_again_with_only_the_published_words_and_sha_256():
    drawn = weeks.a_draw(of=12, seed=20260928)
    frame = [json.loads(line) for line in frame_as_text(drawn).splitlines()]

    def key(row: dict) -> str:
        return hashlib.sha256(f"20260928\n{row['reference']}".encode()).hexdigest()

    again = sorted(frame, key=key)[:5]

    assert [row["reference"] for row in again] == references(drawn)


def test_the_digest_is_that_of_the_text_handed_out():
    drawn = weeks.a_draw()

    text = frame_as_text(drawn)

    assert hashlib.sha256(text.encode()).hexdigest() == drawn.frame.digest


def test_the_list_handed_out_names_nobody():
    drawn = weeks.a_draw()
    handed_out = frame_as_csv(drawn) + frame_as_text(drawn)

    duty = Duty.objects.select_related("person", "case", "drafter").first()

    for name in (duty.person.family_name, duty.case.urn, duty.drafter.full_name):
        assert name not in handed_out


def test_a_drafter_known_only_by_name_stands_in_the_list_as_a_code():
    weeks.letters_owed(3)
    Duty.objects.update(drafter=None, drafter_name="Priya Shah")

    drawn = weeks.a_draw(of=0)

    codes = {row["drafter"] for row in drawn.frame.rows}
    assert len(codes) == 1
    assert codes.pop().startswith("N")
    assert "priya" not in frame_as_text(drawn).lower()


def test_a_letter_never_sent_is_in_the_list_and_is_marked_so_when_drawn():
    for duty in weeks.letters_owed(3):
        weeks.never_sent(duty)

    drawn = weeks.a_draw(of=0)

    assert drawn.letters.count() == 3
    assert not drawn.letters.filter(was_sent=True).exists()


def test_what_is_not_required_is_listed_with_its_reason_but_not_drawn():
    spared, *_ = weeks.letters_owed(4)
    Duty.objects.filter(pk=spared.pk).update(
        state=Duty.State.NOT_REQUIRED, not_required_reason="She asked us not to write",
        not_required_at=weeks.BEFORE,
    )  # fmt: skip

    drawn = weeks.a_draw(of=0)

    assert drawn.exclusions == [[frames.reference_of(spared.pk), "Recorded as not required"]]
    assert frames.reference_of(spared.pk) not in references(drawn)
    assert drawn.frame.size == 3
    assert "She asked" not in frame_as_text(drawn)


def test_only_the_plans_unit_and_week_are_in_the_list():
    weeks.letters_owed(2, unit=given.a_unit(Unit.Kind.RASSO))
    given.a_letter_owed(decided_at=given.at("2026-09-28 10:00"))

    drawn = weeks.a_draw(of=4)

    assert drawn.frame.size == 4


def test_a_week_that_has_not_ended_cannot_be_drawn():
    weeks.letters_owed(3)

    with pytest.raises(services.WeekHasNotEnded, match="Draw from Monday 5 October 2026 on"):
        services.draw_sample(weeks.a_plan(), weeks.W40, by=None, at=given.at("2026-10-04 23:59"))

    assert not Frame.objects.exists()


def test_a_week_is_drawn_once():
    drawn = weeks.a_draw()

    with pytest.raises(services.AlreadyDrawn, match="drawn once"):
        services.draw_sample(drawn.plan, weeks.W40, by=None, at=weeks.MONDAY_AFTER)

    assert Draw.objects.count() == 1


def test_a_week_in_which_nothing_was_owed_is_not_drawn():
    with pytest.raises(services.NothingOwed, match="import the week’s decisions"):
        weeks.a_draw(of=0)


def test_a_stopped_plan_is_not_drawn_by():
    plan = weeks.a_plan()
    services.stop_plan(plan, by=weeks.a_planner(), at=weeks.BEFORE, reason="Not needed")

    with pytest.raises(services.PlanIsStopped):
        weeks.a_draw(plan)


def test_a_line_manager_cannot_draw_the_sample_they_mark():
    marker = weeks.a_marker()
    plan = weeks.a_plan(marker=marker)
    weeks.letters_owed(3)

    with pytest.raises(NotAllowed):
        services.draw_sample(plan, weeks.W40, by=marker, at=weeks.MONDAY_AFTER)

    assert not Draw.objects.exists()


def test_nobody_draws_a_sample_that_holds_letters_they_drafted():
    planner = weeks.a_planner()
    plan = weeks.a_plan()
    weeks.letters_owed(3, drafters=[planner])

    with pytest.raises(NotAllowed, match="Letters you drafted are in this frame"):
        services.draw_sample(plan, weeks.W40, by=planner, at=weeks.MONDAY_AFTER)

    assert not Frame.objects.exists()


def test_a_letter_drafted_by_the_marker_waits_for_another_marker():
    marker = weeks.a_marker()
    weeks.letters_owed(2, drafters=[marker])

    drawn = weeks.a_draw(weeks.a_plan(marker=marker), of=0)

    assert set(drawn.letters.values_list("marker", flat=True)) == {None}
    assert not letters_to_mark(marker).exists()


def test_the_list_does_not_change_when_the_letters_do():
    drawn = weeks.a_draw(of=6)
    before = frame_as_text(drawn)

    Duty.objects.update(state=Duty.State.NOT_REQUIRED)
    weeks.letters_owed(3)

    drawn.frame.refresh_from_db()
    assert frame_as_text(drawn) == before
    assert services.verify_draw(drawn, by=None, at=given.NOON).is_same


def test_the_targeted_part_is_kept_apart_and_says_why():
    weeks.letters_owed(10)
    weeks.letters_owed(8, is_rasso=True)  # more than the random part can take
    plan = weeks.a_plan(targeted=(("RASSO", 2),))

    drawn = weeks.a_draw(plan, of=0)

    targeted = drawn.letters.filter(part=DrawnLetter.Part.TARGETED)
    assert {letter.because for letter in targeted} == {"targeted: Rape or serious sexual offence"}
    assert drawn.letters.filter(part=DrawnLetter.Part.RANDOM).count() == 5


def test_letters_that_were_never_sent_can_be_looked_for():
    duties = weeks.letters_owed(20)
    missing = weeks.never_sent(duties[3])
    plan = weeks.a_plan(random_size=0, targeted=(("NEVER_SENT", 2),))

    drawn = weeks.a_draw(plan, of=0)

    assert references(drawn) == [frames.reference_of(missing.pk)]


def test_somebody_whose_first_letters_these_are_counts_as_a_new_drafter():
    old, new = (given.a_person(Role.VICTIM_LIAISON_OFFICER) for _ in range(2))
    long_ago = given.a_letter_owed(decided_at=given.at("2026-05-04 10:00"))
    Duty.objects.filter(pk=long_ago.pk).update(drafter=old)
    weeks.letters_owed(6, drafters=[old, new])
    plan = weeks.a_plan(random_size=0, targeted=(("NEW_DRAFTER", 5),))

    drawn = weeks.a_draw(plan, of=0)

    assert set(drawn.letters.values_list("duty__drafter", flat=True)) == {new.pk}
    assert drawn.letters.count() == 3


def test_nobody_is_new_where_the_records_begin_with_this_week():
    plan = weeks.a_plan(random_size=1, targeted=(("NEW_DRAFTER", 5),))

    drawn = weeks.a_draw(plan, of=6)

    assert drawn.letters.count() == 1


def test_a_drafter_not_sampled_in_the_cycle_is_covered():
    drafters = [given.a_person(Role.VICTIM_LIAISON_OFFICER) for _ in range(3)]
    weeks.letters_owed(9, drafters=drafters)
    plan = weeks.a_plan(random_size=1, cycle_weeks=4, cover_at_most=5)

    drawn = weeks.a_draw(plan, of=0)

    assert drawn.letters.filter(part=DrawnLetter.Part.COVER).count() == 2
    assert set(drawn.letters.values_list("duty__drafter", flat=True)) == {
        drafter.pk for drafter in drafters
    }


def test_the_record_holds_what_is_needed_to_draw_again():
    drawn = weeks.a_draw(seed=11)

    event = Event.objects.get(name="sample.drawn")

    assert event.detail["seed"] == "11"
    assert event.detail["digest"] == drawn.frame.digest
    assert event.detail["week"] == "2026-W40"
    assert event.detail["letters"] == sorted(references(drawn))
    assert event.by is None


def test_without_a_seed_the_system_makes_one_and_says_so():
    drawn = weeks.a_draw(seed=None)

    assert drawn.seed.isdigit()
    assert drawn.seed_from == drawn.SeedFrom.PRODUCT


def test_a_seed_says_whether_a_person_or_the_demonstration_chose_it():
    chosen = weeks.a_draw(seed=11)
    plan = weeks.a_plan(name="Another sample")

    shown = services.draw_sample(
        plan, weeks.W40, seed=12, for_demo=True, by=None, at=weeks.MONDAY_AFTER
    )

    assert chosen.seed_from == chosen.SeedFrom.PERSON
    assert shown.seed_from == shown.SeedFrom.DEMO


def test_every_plan_of_an_area_is_drawn_and_a_second_run_draws_nothing():
    for kind in (Unit.Kind.CROWN_COURT, Unit.Kind.RASSO):
        unit = given.a_unit(kind)
        weeks.a_plan(f"{unit} letters", unit=unit)
        weeks.letters_owed(3, unit=unit)
    idle = weeks.a_plan("Fraud letters", unit=given.a_unit(Unit.Kind.FRAUD))
    area = given.an_area()

    first = services.draw_weekly_samples(area, weeks.W40, by=None, at=weeks.MONDAY_AFTER)
    second = services.draw_weekly_samples(area, weeks.W40, by=None, at=weeks.MONDAY_AFTER)

    assert len(first.made) == 2
    assert [plan for plan, _ in first.left_out] == [idle]
    assert second.made == []
    assert Draw.objects.count() == 2


def test_a_plan_of_the_whole_area_draws_from_every_unit():
    liaison = given.a_unit(Unit.Kind.VLU)
    for kind in (Unit.Kind.CROWN_COURT, Unit.Kind.RASSO):
        weeks.letters_owed(3, unit=given.a_unit(kind))
    plan = services.make_plan(
        given.an_area(), by=None, at=weeks.BEFORE, name="All letters",
        settings=services.PlanSettings(
            marker=weeks.a_marker(liaison), random_size=4, strata=("unit",), cycle_weeks=None
        ),
    )  # fmt: skip

    drawn = services.draw_sample(plan, weeks.W40, seed=3, by=None, at=weeks.MONDAY_AFTER)

    assert drawn.frame.size == 6
    assert sorted(drawn.letters.values_list("stratum", flat=True)) == [
        "Mercia Crown Court", "Mercia Crown Court", "Mercia RASSO", "Mercia RASSO"
    ]  # fmt: skip


def test_another_areas_letters_are_never_in_the_list():
    weeks.letters_owed(2, unit=given.a_unit(area=given.an_area("Wessex")))

    drawn = weeks.a_draw(of=3)

    assert drawn.frame.size == 3


@run_settings(max_examples=30, deadline=None)
@for_all(
    seed=some.integers(min_value=0, max_value=2**63),
    size=some.integers(min_value=0, max_value=30),
    rows=some.permutations([FrameRow(reference=f"L{n}", unit="A") for n in range(20)]),
)
def test_the_same_seed_draws_the_same_in_whatever_order_the_rows_come(seed, size, rows):
    plan = SamplePlan(random_size=size)
    in_order = sorted(rows, key=lambda row: row.reference)

    assert draw(rows, plan, seed=seed) == draw(in_order, plan, seed=seed)


def test_a_later_week_may_be_drawn_after_an_earlier():
    drawn = weeks.a_draw(of=4)
    given.a_letter_owed(decided_at=given.at("2026-09-29 10:00"))

    later = services.draw_sample(
        drawn.plan, Week(2026, 41), by=None, at=given.at("2026-10-12 06:00")
    )

    assert later.frame.size == 1
