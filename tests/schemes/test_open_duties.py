"""Each qualifying decision, for each person to be told, makes one letter owed."""

from datetime import date

import pytest

from forthright.audit.models import Event
from forthright.cases.models import Decision, PersonToTell
from forthright.schemes import selectors, services
from forthright.schemes.models import Duty, RuleSet, TimeLimit
from tests import given

pytestmark = pytest.mark.django_db


def test_an_area_starts_with_the_published_limits_and_a_calendar():
    area = given.a_started_area()

    rule_set = RuleSet.objects.get(area=area)
    limits = {limit.entitlement: limit.working_days for limit in rule_set.limits.all()}
    assert limits == {"ENHANCED": 1, "STANDARD": 5}
    assert {limit.status for limit in rule_set.limits.all()} == {TimeLimit.Status.PUBLISHED}
    assert rule_set.sources["cut_off"]["status"] == "to be confirmed"
    assert Decision.Kind.CHARGED not in rule_set.qualifying_kinds
    assert selectors.calendar_of(area).closed[date(2026, 4, 3)] == "Good Friday"


def test_starting_an_area_twice_changes_nothing():
    area = given.a_started_area()

    services.start_area_scheme(area, by=None, at=given.NOON)

    assert RuleSet.objects.filter(area=area).count() == 1


@pytest.mark.parametrize(
    ("decided", "entitlement", "due"),
    [
        pytest.param("2026-04-02 16:55", "ENHANCED", date(2026, 4, 7), id="one day over Easter"),
        pytest.param("2026-04-02 16:55", "STANDARD", date(2026, 4, 13), id="five over Easter"),
        pytest.param("2026-04-02 16:55", "UNKNOWN", date(2026, 4, 7), id="unknown as enhanced"),
        pytest.param("2026-12-24 10:00", "ENHANCED", date(2026, 12, 29), id="over Christmas"),
        pytest.param("2026-10-10 11:00", "ENHANCED", date(2026, 10, 12), id="a Saturday court"),
    ],
)
def test_a_letter_owed_is_due_by_the_rules_of_its_day(decided, entitlement, due):
    duty = given.a_letter_owed(decided_at=given.at(decided), person={"entitlement": entitlement})

    assert duty.due_on == due
    assert duty.due_week == due.fromisocalendar(*due.isocalendar()[:2], 1)
    assert duty.state == Duty.State.OPEN


def test_a_letter_owed_says_why_it_is_due_when_it_is():
    duty = given.a_letter_owed(decided_at=given.at("2026-04-02 16:55"))

    assert duty.due_because[0] == "Decided Thursday 2 April 2026, 4:55pm."
    assert "Good Friday and Easter Monday do not count." in duty.due_because
    assert duty.due_because[-1] == "Due Monday 13 April 2026."


def test_two_decisions_of_one_day_each_say_their_own_hour():
    area = given.a_started_area()
    case = given.a_case()
    given.a_person_to_tell(case)
    early = given.a_decision(case, made_at=given.at("2026-04-02 09:10"))
    late = given.a_decision(case, made_at=given.at("2026-04-02 16:55"))

    services.open_duties([early, late], by=None, at=given.NOON)

    said = [duty.due_because[0] for duty in Duty.objects.filter(area=area).order_by("number")]
    assert said == [
        "Decided Thursday 2 April 2026, 9:10am.",
        "Decided Thursday 2 April 2026, 4:55pm.",
    ]


def test_each_person_is_owed_a_letter_of_their_own():
    given.a_started_area()
    case = given.a_case(urn="20AB0000126")
    given.a_person_to_tell(case, entitlement=PersonToTell.Entitlement.ENHANCED)
    given.a_person_to_tell(case)

    opened = services.open_duties([given.a_decision(case)], by=None, at=given.NOON)

    duties = Duty.objects.select_related("case").filter(pk__in=opened.ids).order_by("number")
    assert [duty.reference for duty in duties] == ["20AB0000126-1", "20AB0000126-2"]
    assert [str(duty.due_on) for duty in duties] == ["2026-10-06", "2026-10-12"]


def test_a_charge_makes_no_letter_owed():
    given.a_started_area()
    case = given.a_case()
    given.a_person_to_tell(case)
    charged = given.a_decision(case, kind=Decision.Kind.CHARGED)

    opened = services.open_duties([charged], by=None, at=given.NOON)

    assert opened.ids == []
    assert opened.not_qualifying == 1
    assert not Duty.objects.exists()


def test_a_decision_with_nobody_to_tell_is_reported():
    given.a_started_area()
    decision = given.a_decision(given.a_case())

    opened = services.open_duties([decision], by=None, at=given.NOON)

    assert opened.nobody_to_tell == [decision.pk]


def test_opening_twice_opens_nothing_new():
    duty = given.a_letter_owed()

    opened = services.open_duties([duty.decision], by=None, at=given.NOON)

    assert opened.ids == []
    assert opened.already == 1
    assert Duty.objects.count() == 1


def test_a_person_found_later_gets_the_next_number():
    duty = given.a_letter_owed()
    given.a_person_to_tell(duty.case)

    opened = services.open_duties([duty.decision], by=None, at=given.NOON)

    assert Duty.objects.get(pk=opened.ids[0]).number == 2


def test_a_decision_past_the_calendar_is_refused_and_nothing_is_opened():
    given.a_started_area()
    case = given.a_case()
    given.a_person_to_tell(case)
    fine = given.a_decision(case)
    too_far = given.a_decision(case, made_at=given.at("2099-01-05 10:00"))

    with pytest.raises(services.DutiesRefused, match="calendar of bank holidays runs") as refused:
        services.open_duties([fine, too_far], by=None, at=given.NOON)

    assert [refusal.decision_id for refusal in refused.value.refusals] == [too_far.pk]
    assert not Duty.objects.exists()


def test_a_decision_before_any_rules_is_refused():
    given.a_started_area()
    case = given.a_case()
    given.a_person_to_tell(case)
    old = given.a_decision(case, made_at=given.at("2015-01-05 10:00"))

    with pytest.raises(services.DutiesRefused, match="begin on 30 January 2020"):
        services.open_duties([old], by=None, at=given.NOON)


def test_what_is_already_known_of_a_letter_is_written_with_it():
    given.a_started_area()
    case = given.a_case()
    given.a_person_to_tell(case)
    decision = given.a_decision(case)
    known = services.StageTimes(
        told_at=given.at("2026-10-05 14:00"),
        explained_at=given.at("2026-10-14 09:00"),
        drafted_at=given.at("2026-10-14 15:00"),
        sent_at=given.at("2026-10-15 10:00"),
        drafter_name="R. Shah",
    )

    opened = services.open_duties([decision], by=None, at=given.NOON, times=lambda duty: known)

    duty = Duty.objects.get(pk=opened.ids[0])
    assert duty.state == Duty.State.LATE
    assert duty.late_stage == Duty.Stage.EXPLAINING
    assert duty.drafter_name == "R. Shah"


def test_opening_is_recorded_with_counts_and_no_names():
    duty = given.a_letter_owed()

    event = Event.objects.get(name="letters.owed")

    assert event.detail == {"opened": 1, "already_open": 0, "first": duty.pk, "last": duty.pk}
    assert event.area_id == duty.area_id


def test_many_decisions_take_no_more_queries_than_one(django_assert_num_queries):
    given.a_started_area()
    decisions = []
    for _ in range(20):
        case = given.a_case()
        given.a_person_to_tell(case)
        decisions.append(given.a_decision(case))

    with django_assert_num_queries(19):
        services.open_duties(decisions, by=None, at=given.NOON)
