"""A prosecution that was stopped asks nothing of anybody, and counts beside no hearing after it."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.disclosure.services.starting import end_duty
from forthright.hard_media.models import CaseEnd, ShareLink
from forthright.hard_media.selectors import police
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.case_page import firms_of
from forthright.hard_media.selectors.ladder import ladder_of, ladders
from forthright.hard_media.selectors.ladder_filters import LadderFilters
from forthright.hard_media.selectors.links import unsent_links, why_closed
from forthright.hard_media.selectors.to_do import TO_ASK_FOR, items_to_do
from forthright.hard_media.services import ended, firms, hearings, settings
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_backlog import Left
from forthright.rules.media_rungs import Standing
from forthright.rules.weeks import week_of
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.hard_media import media
from tests.hard_media.links import shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)
AFTER = media.PTPH + timedelta(days=7)
WHY = "Discontinued, no longer enough evidence."


@pytest.fixture
def hearing():
    """A case of two defendants, of which the first and the court have what is relied on."""
    hearing = media.a_hearing(urn="20AB7000126", firms=("Hale LLP", "Rowe & Co"))
    item = media.a_classified_item(hearing)
    media.shared(hearing, item, parties=parties_of(hearing)[:2])
    return hearing


def parties_of(hearing):
    """Return the court, and the firm of the first defendant before that of the second."""
    court, *others = media.parties_of(hearing)
    return [court, *sorted(others, key=lambda each: each.representation.defendant_id)]


def defendants(hearing):
    return list(Defendant.objects.filter(case=hearing.case_id).order_by("pk"))


def ends(hearing, *which, on=TODAY, at=NOON):
    for place in which:
        ended.record_end(
            hearing, defendants(hearing)[place], ended.End(on, WHY), by=None, at=at
        )  # fmt: skip


def figures(hearing, on=media.PTPH, as_of=AFTER + timedelta(days=14)):
    week = week_of(on)
    facts = backlog_of(hearing.area, week, week.plus(-12), as_of=as_of)
    return facts.recordings


def test_nothing_is_owed_to_a_defendant_whose_case_has_ended(hearing):
    second = defendants(hearing)[1]
    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY

    ends(hearing, 1)

    found = ladder_of(hearing, TODAY)
    assert found.standing is Standing.READY
    assert f"The case has ended for {second}, on 5 October 2026" in " ".join(found.notes)
    assert [str(each) for each in firms_of(hearing, TODAY)] == ["Hale LLP"]
    (one,) = figures(hearing)
    assert (one.held_on, one.shared_on) == (media.PTPH, TODAY)


def test_one_whose_case_ended_on_the_day_of_the_hearing_was_a_defendant_at_it(hearing):
    ends(hearing, 1, on=media.PTPH, at=NOON + (media.PTPH - TODAY))

    for day in (media.PTPH, media.PTPH + DAY, AFTER):
        assert ladder_of(hearing, day).standing is Standing.NOT_READY
    on_the_day = ladder_of(hearing, media.PTPH)
    assert "was a defendant at it" in " ".join(on_the_day.notes)
    assert not any(each.is_owed for each in on_the_day.items)
    (one,) = figures(hearing)
    assert (one.held_on, one.shared_on) == (media.PTPH, None)


@pytest.mark.parametrize("has_ended", [True, False])
def test_a_new_solicitor_of_another_is_owed_it_whoever_had_it_at_the_end(hearing, has_ended):
    item = media.MediaItem.objects.get(case=hearing.case_id)
    media.shared(hearing, item, parties=parties_of(hearing)[2:])
    if has_ended:
        ends(hearing, 1, on=TODAY + DAY, at=NOON + DAY)
    firm = firms.Firm(
        firm="Penn Law", contact="A", email="a@penn.example", starts_on=TODAY + 3 * DAY
    )
    firms.set_representation(hearing, defendants(hearing)[0], firm, by=None, at=NOON + 3 * DAY)

    assert ladder_of(hearing, TODAY + 8 * DAY).items[0].is_owed
    (one,) = figures(hearing, on=TODAY + 7 * DAY, as_of=TODAY + 8 * DAY)
    assert (one.left_how, one.is_in_stock(TODAY + 7 * DAY)) == (None, True)


def test_a_defendant_who_is_added_later_makes_no_hearing_one_that_was_held(hearing):
    ends(hearing, 0, 1)
    before = figures(hearing, on=AFTER + 7 * DAY)

    later = media.a_defendant(hearing)
    Defendant.objects.filter(pk=later.pk).update(added_at=NOON + (AFTER - TODAY))

    after = figures(hearing, on=AFTER + 7 * DAY)
    assert [each.held_on for each in (*before, *after)] == [None, None]
    (said,) = [each for each in ladder_of(hearing, AFTER + 7 * DAY).notes if "At the end" in each]
    assert said.startswith(
        "At the end of the day of the hearing, 26 October 2026, the case had ended."
    )


@pytest.mark.parametrize("recorded", [TODAY, AFTER])
def test_where_it_ended_for_all_before_the_hearing_none_was_held(hearing, recorded):
    ends(hearing, 0, 1, at=NOON + (recorded - TODAY))

    for day in (recorded, max(recorded, media.PTPH), AFTER):
        found = ladder_of(hearing, day)
        assert (found.standing, found.escalate_to, found.is_missed) == (Standing.ENDED, "", False)
        assert (found.colour_words, found.whose.words) == ("The case has ended", "nobody")
        assert all(each.next_step is None for each in found.items)
    (one,) = figures(hearing, on=AFTER + timedelta(days=7))
    assert (one.held_on, one.is_unopened, one.left_how) == (None, False, Left.NOT_NEEDED)
    assert one.left_on == TODAY


def test_what_everybody_had_before_it_ended_left_the_stock_as_given(hearing):
    item = media.MediaItem.objects.get(case=hearing.case_id)
    media.shared(hearing, item, parties=parties_of(hearing)[2:])

    ends(hearing, 0, 1, on=TODAY + DAY, at=NOON + DAY)

    (one,) = figures(hearing)
    assert (one.left_how, one.left_on) == (Left.SHARED, TODAY)


def test_what_waited_for_one_alone_left_the_stock_when_the_case_ended_for_them(hearing):
    ends(hearing, 1, on=TODAY + DAY, at=NOON + DAY)

    (one,) = figures(hearing)
    assert (one.left_how, one.left_on) == (Left.SHARED, TODAY + DAY)


def test_a_hearing_that_was_held_before_it_ended_stays_as_it_was(hearing):
    ends(hearing, 0, 1, on=AFTER, at=NOON + (AFTER - TODAY))

    found = ladder_of(hearing, AFTER)
    assert (found.standing, found.is_missed, found.escalate_to) == (Standing.NOT_READY, False, "")
    assert found.colour_words == "The case has ended: not ready by the hearing"
    assert not found.is_to_close
    (one,) = figures(hearing)
    assert (one.held_on, one.shared_on) == (media.PTPH, None)


def test_nobody_is_asked_for_anything_of_it():
    hearing = media.a_hearing(urn="20AB7000126")
    media.a_requested_item(hearing)
    media.an_expected_item(hearing)
    officer, lawyer = given.a_person(Role.POLICE_PARTNER), media.a_lawyer()
    settings.set_force(officer, "20", by=None, at=NOON)
    assert police.number_asked(officer) == 1

    ends(hearing, 0)

    assert police.asked_of(officer, TODAY) == []
    assert not items_to_do(lawyer, TO_ASK_FOR).exists()
    for show in ("open", "red", "missed"):
        assert ladders(lawyer, LadderFilters(show=show), AFTER) == []
    assert len(ladders(lawyer, LadderFilters(show="ended"), AFTER + timedelta(days=90))) == 1


def test_the_link_of_their_firm_closes_and_no_other():
    hearing = media.a_hearing(urn="20AB7000126", firms=("Hale LLP", "Rowe & Co"))
    first, second = parties_of(hearing)[1:]
    second.representation.email = "r@rowe.example"
    second.representation.save()
    shared_by_link(hearing, with_a_file(hearing), parties=[first, second], is_told=False)

    ends(hearing, 1)

    theirs = {str(each.representation): each for each in ShareLink.objects.all()}
    assert "The case has ended for the defendant" in why_closed(theirs["Rowe & Co"], TODAY)
    assert why_closed(theirs["Hale LLP"], TODAY) == ""
    assert list(unsent_links(TODAY)) == [theirs["Hale LLP"]]


def test_nothing_more_is_shared_with_them(hearing):
    ends(hearing, 1)
    item = media.MediaItem.objects.get(case=hearing.case_id)

    with pytest.raises(ShareRefused, match="The case has ended for Dean"):
        media.shared(hearing, item, parties=parties_of(hearing)[2:])


@pytest.mark.parametrize(
    ("on", "reason", "words"),
    [
        (TODAY + DAY, WHY, "still to come"),
        (TODAY, " ", "Say how it ended"),
        (TODAY.replace(year=2025), WHY, "its number says that it is of 2026"),
    ],
)
def test_an_end_is_refused_with_why(hearing, on, reason, words):
    with pytest.raises(ended.EndRefused, match=words):
        ended.record_end(
            hearing, defendants(hearing)[0], ended.End(on, reason), by=None, at=NOON
        )  # fmt: skip

    assert not CaseEnd.objects.exists()


def test_an_end_that_was_wrong_is_taken_back_and_stays_to_be_seen(hearing):
    ends(hearing, 1)
    with pytest.raises(ended.EndRefused, match="already"):
        ends(hearing, 1)

    ended.undo_end(hearing, defendants(hearing)[1], "It was the other.", by=None, at=NOON + DAY)

    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see(f"Said to have ended on 5 October 2026: {WHY}", "Taken back", "It was the other.")
    assert Event.objects.filter(name__in=["media.case_ended", "media.case_goes_on"]).count() == 2
    with pytest.raises(ended.EndRefused, match="nothing to take back"):
        ended.undo_end(hearing, defendants(hearing)[1], "Once more.", by=None, at=NOON + DAY)


def test_a_report_of_a_week_knows_what_was_recorded_by_its_end(hearing):
    ends(hearing, 1, at=NOON + (AFTER + timedelta(days=21) - TODAY))

    (one,) = figures(hearing, as_of=AFTER)

    assert one.shared_on is None


def test_the_decision_in_the_record_is_offered(hearing):
    second = defendants(hearing)[1]
    given.a_decision(hearing.case, defendant=second)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see(f"By the record the case of {second} was discontinued on 5 October 2026")

    page = page.follow(f"Has the case ended for {second}?")
    page = page.press("The case has ended", reason=WHY)

    page.see("The case ended on 5 October 2026", WHY).not_see("By the record the case")
    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_a_charge_after_the_decision_is_no_end(hearing):
    second = defendants(hearing)[1]
    given.a_decision(hearing.case, defendant=second, made_at=NOON - 9 * DAY)
    given.a_decision(hearing.case, defendant=second, kind="CHARGED", made_at=NOON - 8 * DAY)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page.not_see("By the record the case")


def test_the_end_of_the_disclosure_is_offered():
    duty = duties.a_duty()
    hearings.register_case(duty.case, hearings.Listed(on=media.PTPH), by=None, at=NOON)
    end_duty(duty, TODAY, reason="No evidence offered.", by=None, at=NOON)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{duty.case_id}/")

    page.see(f"By its disclosure the case of {duty.defendant} ended on 5 October 2026")


def test_two_who_say_it_at_once_are_told(hearing):
    ends(hearing, 1)

    with pytest.raises(ChangedMeanwhile):
        ended.record_end(
            hearing, defendants(hearing)[1], ended.End(TODAY, WHY), by=None, at=NOON, opened=""
        )


def test_the_page_takes_an_end_back(hearing):
    ends(hearing, 1)
    second = defendants(hearing)[1]
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page = page.follow(f"Does the case of {second} go on?")
    page = page.press("The case goes on", reason="It was the other.")

    page.see("Taken back")
    with time_machine.travel(NOON):
        assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY


def test_an_end_that_another_put_in_its_place_is_not_taken_back(hearing):
    ends(hearing, 1, on=TODAY - DAY)
    second = defendants(hearing)[1]
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page = page.follow(f"Does the case of {second} go on?")
    ended.undo_end(hearing, second, "It was the next day.", by=None, at=NOON)
    ends(hearing, 1)

    page = page.press("The case goes on", reason="The day was wrong.")

    page.see("This was changed after you opened the page", "it ended on Monday 5 October 2026")
    assert CaseEnd.objects.get(undone_at=None).ended_on == TODAY
