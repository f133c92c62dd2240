"""Every overruled stop is offered to the dip sample, and no rate is touched by it."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import Override
from forthright.reviews.services import open_review
from forthright.rules.sampling import BECAUSE_OVERRULED
from forthright.samples import services
from forthright.samples.models import DrawnLetter, OverrideNote
from forthright.samples.selectors import overruled
from forthright.samples.services.changing import ReasonMissing
from forthright.samples.services.overruled import NothingToTake, ask_for_letter, note_looked_at
from forthright.standards.services import start_area_standards
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db
PART = DrawnLetter.Part
REASON = "She signs with this name herself."


def overrule(duty, *, by=None) -> Override:
    """Return a stop overruled in a letter that was sent since."""
    return given.an_overruled_stop(duty, by=by, at=weeks.DECIDED)


def an_older_override(**said) -> Override:
    """Return a stop overruled in a letter of the week before, which no sample holds."""
    duty = weeks.letters_owed(1)[0]
    duty.due_week -= timedelta(weeks=1)
    duty.save()
    return overrule(duty, **said)


def drawn_for(override: Override) -> DrawnLetter:
    return DrawnLetter.objects.select_related("draw").get(duty=override.letter.duty_id)


class TestTheWeeksOwn:
    def test_a_letter_with_an_overruled_stop_is_drawn_beside_the_random_ones(self):
        override = overrule(weeks.letters_owed(1)[0])

        drawn = weeks.a_draw(weeks.a_plan(random_size=0), of=3)

        letter = drawn.letters.get()
        assert letter.duty_id == override.letter.duty_id
        assert (letter.part, letter.because) == (PART.TARGETED, BECAUSE_OVERRULED)
        assert drawn.method == "sha256-order-2"
        assert services.verify_draw(drawn, by=None, at=given.NOON).is_same

    def test_a_plan_may_take_none_by_itself(self):
        overrule(weeks.letters_owed(1)[0])

        drawn = weeks.a_draw(weeks.a_plan(random_size=1, overruled_at_most=0), of=3)

        assert not drawn.letters.filter(part=PART.TARGETED).exists()

    def test_one_not_sent_yet_is_not_offered(self):
        override = overrule(weeks.never_sent(weeks.letters_owed(1)[0]))

        drawn = weeks.a_draw(weeks.a_plan(random_size=0), of=3)

        assert not drawn.letters.exists()
        assert override not in overruled.overrides_offered(override.letter.area)

    def test_what_changes_after_the_draw_does_not_change_the_draw(self):
        plan = weeks.a_plan(random_size=1, overruled_at_most=1)
        first, second = weeks.letters_owed(2)
        overrule(first)
        drawn = weeks.a_draw(plan, of=4)

        overrule(second)

        assert services.verify_draw(drawn, by=None, at=given.NOON).is_same

    def test_replacing_it_takes_the_next_with_an_overruled_stop(self):
        overrides = [overrule(duty) for duty in weeks.letters_owed(3)]
        drawn = weeks.a_draw(weeks.a_plan(random_size=0, overruled_at_most=1), of=4)
        letter = drawn.letters.get()

        taken = services.substitute_letter(
            letter, by=weeks.a_planner(), at=given.NOON, reason="A court has ordered it."
        )

        assert taken.duty_id in {each.letter.duty_id for each in overrides} - {letter.duty_id}
        assert services.verify_draw(drawn, by=None, at=given.NOON).is_same


class TestAskedFor:
    def test_a_letter_of_an_older_week_goes_into_the_next_draw_and_not_into_its_lot(self):
        override = an_older_override()
        plan = weeks.a_plan(random_size=2)
        ask_for_letter(override, by=weeks.a_marker(), at=given.NOON)

        drawn = weeks.a_draw(plan, of=6)

        letter = drawn_for(override)
        assert (letter.draw, letter.part) == (drawn, PART.TARGETED)
        assert drawn.frame.size == 6
        assert drawn.letters.filter(part=PART.RANDOM).count() == 2
        assert services.verify_draw(drawn, by=None, at=given.NOON).is_same
        assert not overruled.overrides_offered(drawn.area).exists()

    def test_it_is_taken_once_though_two_plans_could(self):
        override = an_older_override()
        for name in ("One", "Two"):
            weeks.a_plan(name)
        ask_for_letter(override, by=weeks.a_marker(), at=given.NOON)
        weeks.letters_owed(3)

        services.draw_weekly_samples(override.letter.area, weeks.W40, by=None,
                                     at=weeks.MONDAY_AFTER)  # fmt: skip

        assert DrawnLetter.objects.filter(duty=override.letter.duty_id).count() == 1

    def test_it_is_refused_where_no_plan_draws_from_its_unit(self):
        override = an_older_override()
        weeks.a_plan(unit=given.a_unit(Unit.Kind.RASSO))

        with pytest.raises(NothingToTake, match="No sample plan"):
            ask_for_letter(override, by=weeks.a_planner(), at=given.NOON)

    def test_it_is_refused_once_a_sample_holds_the_letter(self):
        override = overrule(weeks.letters_owed(1)[0])
        weeks.a_draw(weeks.a_plan(random_size=0), of=1)

        with pytest.raises(NothingToTake, match="a sample holds"):
            ask_for_letter(override, by=weeks.a_planner(), at=given.NOON)


class TestLookedAt:
    def test_a_manager_says_what_they_found_and_it_waits_no_more(self):
        override = an_older_override()
        manager = weeks.a_marker()

        note = note_looked_at(override, reason="Rightly: she did.", by=manager, at=given.NOON)

        assert note.what == OverrideNote.What.LOOKED_AT
        assert not overruled.offered_to(manager).exists()
        assert Event.objects.get(name="override.looked_at").detail["rule"] == "A2c"

    def test_saying_nothing_is_refused(self):
        with pytest.raises(ReasonMissing):
            note_looked_at(an_older_override(), reason=" ", by=weeks.a_marker(), at=given.NOON)

    def test_nobody_looks_at_what_they_overruled(self):
        manager = weeks.a_marker()
        override = an_older_override(by=manager)

        with pytest.raises(NotAllowed, match="somebody else"):
            note_looked_at(override, reason="Rightly.", by=manager, at=given.NOON)

    def test_nobody_looks_at_a_letter_they_drafted(self):
        override = an_older_override()
        duty = override.letter.duty
        duty.drafter = manager = weeks.a_marker()
        duty.save()

        with pytest.raises(NotAllowed, match="You drafted"):
            ask_for_letter(override, by=manager, at=given.NOON)


class TestTheMarker:
    def test_whoever_overruled_a_stop_is_not_given_the_letter(self):
        marker = weeks.a_marker()
        override = overrule(weeks.letters_owed(1)[0], by=marker)

        weeks.a_draw(weeks.a_plan(random_size=0, marker=marker), of=2)

        letter = drawn_for(override)
        assert letter.marker is None
        with pytest.raises(NotAllowed, match="overruled a stop"):
            services.give_letter(letter, marker=marker, by=weeks.a_planner(), at=given.NOON)

    def test_whoever_overruled_one_after_the_draw_may_not_mark_and_another_is_chosen(self):
        drawn = given.a_drawn_letter()
        overrule(drawn.duty, by=drawn.marker)
        other, planner = weeks.a_marker(), weeks.a_planner()

        with pytest.raises(NotAllowed, match="You overruled a stop"):
            open_review(drawn, by=drawn.marker, at=given.NOON)
        with time_machine.travel(given.NOON, tick=False):
            page = as_(planner).open(f"/samples/draws/{drawn.draw_id}/")
            page = page.follow(f"Choose a marker for {drawn.duty.reference}")
            page.press("Give the letter to them", marker=other.pk)

        drawn.refresh_from_db()
        assert drawn.marker == other


@pytest.mark.usefixtures("_a_monday")
class TestThePages:
    @pytest.fixture
    def _a_monday(self):
        with time_machine.travel(given.NOON, tick=False):
            yield

    def test_the_draw_shows_rule_reason_and_person(self):
        override = overrule(weeks.letters_owed(1)[0])
        drawn = weeks.a_draw(weeks.a_plan(random_size=0), of=1)

        page = as_(drawn.plan_version.marker).open(f"/samples/draws/{drawn.pk}/")

        page.see("Drawn because a stop was overruled", "A2c", REASON, override.made_by.full_name)

    def test_the_marker_sees_them_beside_the_letter(self):
        override = overrule(weeks.letters_owed(1)[0])
        start_area_standards(override.letter.area, by=None, at=given.NOON)
        drawn = weeks.a_draw(weeks.a_plan(random_size=0), of=1)

        page = as_(drawn.plan_version.marker).open(f"/reviews/{drawn.letters.get().pk}/mark/")

        page.see("Drawn because a stop was overruled", "Names are spelt as in the record", REASON)

    def test_a_manager_finds_the_list_from_the_samples(self):
        an_older_override()
        weeks.a_plan()

        page = as_(weeks.a_marker()).open("/samples/").follow("Stops that were overruled")

        page.see("1 waits to be looked at", REASON, "Not looked at")

    def test_a_manager_takes_or_looks_on_the_page_of_one(self):
        override = an_older_override()
        weeks.a_plan()
        browser = as_(weeks.a_marker())

        page = browser.open(f"/samples/overruled/{override.pk}/")
        page.press("Take it into the next draw").see("It goes into the next draw")
        page = browser.open(f"/samples/overruled/{override.pk}/")
        page.press("I looked at it").see("Enter what you found")
        page.press("I looked at it", reason="Rightly.").see("Nothing waits")

        browser.open("/samples/overruled/", show="all").see("Looked at", REASON)

    def test_a_manager_of_another_unit_finds_nothing(self):
        override = an_older_override()
        stranger = as_(weeks.a_marker(given.a_unit(Unit.Kind.RASSO)))

        stranger.open("/samples/overruled/").not_see(REASON)
        assert stranger.try_("GET", f"/samples/overruled/{override.pk}/") == 404
        assert stranger.try_("POST", f"/samples/overruled/{override.pk}/take/") == 404

    def test_an_inspector_reads_and_decides_nothing(self):
        override = an_older_override()
        inspector = as_(given.a_person(Role.INSPECTOR))

        page = inspector.open(f"/samples/overruled/{override.pk}/")

        page.not_see("I looked at it")
        assert inspector.try_("POST", f"/samples/overruled/{override.pk}/take/") == 403

    def test_whoever_overruled_it_is_told_why_they_cannot_decide(self):
        manager = weeks.a_marker()
        override = an_older_override(by=manager)

        page = as_(manager).open(f"/samples/overruled/{override.pk}/")

        page.see("somebody else looks at it").not_see("I looked at it")
