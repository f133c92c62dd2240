"""The morning list shows what waits in a unit, who holds it, by when, and one thing to do."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role, Unit, User
from forthright.audit.models import Event
from forthright.cases.models import Decision, PersonToTell
from forthright.letters.services.approving import approve, return_to_drafter
from forthright.letters.services.drafting import hand_over
from forthright.morning_lists.selectors import awaiting, morning
from forthright.peer_checks.models import PeerCheck
from forthright.rules.stage_clock import Step
from forthright.schemes.models import Duty, RuleSet
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter, part, the_list, with_steps
from tests.peer_checks.looked_at import LATER, a_check, passed, required

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def address(unit=None):
    return f"/morning/{(unit or given.a_unit()).pk}/"


@pytest.mark.parametrize(
    ("decided", "key"),
    [
        pytest.param("2026-09-28 10:00", "today", id="due on the day itself"),
        pytest.param("2026-09-29 10:00", "tomorrow", id="due on the next working day"),
        pytest.param("2026-09-25 10:00", "overdue", id="was due before"),
        pytest.param("2026-09-30 10:00", "unexplained", id="due later and not explained"),
    ],
)
def test_a_letter_stands_in_one_section_by_its_due_date(decided, key):
    duty = a_letter(decided)

    found = the_list()

    assert {
        each.key: [line.duty.pk for line in each.lines] for each in found.sections if each.lines
    } == {key: [duty.pk]}


def explained_last_week(**drafter):
    duty = with_steps(
        a_letter("2026-09-30 10:00"), told="2026-09-30 11:00", explained="2026-09-30 12:00"
    )
    Duty.objects.filter(pk=duty.pk).update(**drafter)
    return duty


def test_a_letter_due_later_that_is_explained_and_has_a_drafter_is_on_no_list():
    explained_last_week(drafter=given.a_liaison_officer())
    explained_last_week(drafter_name="V. Marsh")

    assert the_list().number == 0


@pytest.mark.parametrize("left", [False, True], ids=["no drafter", "a closed account"])
def test_a_letter_due_later_that_nobody_has_to_draft_waits_until_somebody_has(left):
    drafter = given.a_liaison_officer()
    duty = explained_last_week(drafter=drafter if left else None)
    User.objects.filter(pk=drafter.pk).update(is_active=not left)

    assert [line.duty for line in part("not-taken-up").lines] == [duty]
    assert morning.things_waiting(given.a_unit(), MORNING) == the_list().number == 1


@pytest.mark.parametrize("state", [Duty.State.MET, Duty.State.NOT_REQUIRED])
def test_a_letter_that_is_done_with_is_on_no_list(state):
    Duty.objects.filter(pk=a_letter().pk).update(state=state)

    assert the_list().number == 0


def test_a_letter_of_another_unit_is_not_on_the_list():
    a_letter(unit=given.a_unit(Unit.Kind.RASSO))
    given.a_started_area()

    assert the_list(given.a_unit()).number == 0


def test_a_new_decision_with_nobody_to_tell_is_on_the_list():
    given.a_started_area()
    decision = given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"))

    new = part("new")

    assert [each.decision.pk for each in new.decisions] == [decision.pk]


def test_a_decision_with_nobody_to_tell_waits_beyond_the_last_working_day():
    given.a_started_area()
    decision = given.a_decision(given.a_case(), made_at=given.at("2026-10-01 15:00"))

    assert [each.decision.pk for each in part("new").decisions] == [decision.pk]


def test_a_decision_for_which_no_letter_is_owed_is_not_new():
    given.a_started_area()
    RuleSet.objects.update(qualifying_kinds=[Decision.Kind.NO_FURTHER_ACTION])
    given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"))

    assert part("new").number == 0


def test_a_new_decision_of_which_the_unit_was_not_told_is_on_the_list():
    duty = a_letter("2026-10-02 15:00")

    assert [line.duty.pk for line in part("new").lines] == [duty.pk]
    assert the_list().number == 1


def test_of_a_letter_due_soon_that_nobody_was_told_of_its_own_line_says_so():
    a_letter("2026-10-02 15:00", person={"entitlement": PersonToTell.Entitlement.ENHANCED})

    (line,) = part("today").lines

    assert line.is_untold
    assert part("new").number == 0


def test_a_letter_that_a_colleague_looks_at_before_it_goes_is_held_by_that_colleague():
    check = a_check(decided_at=given.at("2026-09-28 10:00"))

    def held():
        [line] = part("today", the_list(now=LATER)).lines
        return line.holder, line.since

    assert held() == (f"{check.checker}, who looks at it before it goes", given.NOON)
    PeerCheck.objects.filter(pk=check.pk).update(checker=None, given_at=None)
    assert held() == ("Nobody yet, to look at it before it goes", given.NOON)
    PeerCheck.objects.filter(pk=check.pk).update(checker=check.checker, given_at=given.NOON)
    passed(check)
    assert held() == ("Whoever approves letters of the unit", given.NOON)


@pytest.mark.parametrize("is_required", [True, False])
def test_an_approved_letter_is_held_by_who_looks_at_it_where_it_may_not_go_before(is_required):
    required(given.an_area_that_reports(), is_required=is_required)
    check = a_check(decided_at=given.at("2026-09-28 10:00"))
    duty = Duty.objects.get(pk=check.letter.duty_id)
    approve(duty, 1, by=given.a_person(Role.LINE_MANAGER), at=LATER)

    [line] = part("today", the_list(now=LATER)).lines

    assert line.step is Step.DISPATCH
    if is_required:
        assert line.holder == f"{check.checker}, who looks at it before it goes"
        assert line.since == given.NOON
    else:
        assert (line.holder, line.since) == (str(check.drafter), LATER)


def test_letters_of_a_day_stand_by_the_hour_at_which_they_are_to_move_on():
    to_draft = with_steps(a_letter(), explained="2026-10-02 15:00")
    to_send = with_steps(
        a_letter(),
        explained="2026-10-01 10:00", drafted="2026-10-02 10:00", approved="2026-10-02 12:00",
    )  # fmt: skip
    to_check = with_steps(a_letter(), explained="2026-10-02 10:00", drafted="2026-10-05 09:20")

    lines = part("today").lines

    assert [line.duty.pk for line in lines] == [to_send.pk, to_draft.pk, to_check.pk]
    assert [line.clock.now.limit.at for line in lines] == [
        given.at("2026-10-02 16:00"), given.at("2026-10-05 13:00"), given.at("2026-10-05 13:20"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("explained", "words"),
    [
        pytest.param("2026-10-02 15:00", "1pm today", id="today, without the day"),
        pytest.param("2026-10-01 10:00", "Friday 2 October, 10am", id="another day, by its name"),
    ],
)
def test_an_hour_is_said_for_a_glance(explained, words):
    with_steps(a_letter(), explained=explained)

    (line,) = part("today").lines

    assert line.limit_words == words


def test_the_prosecutor_holds_what_is_not_explained():
    prosecutor = mornings.a_prosecutor()
    a_letter(by=prosecutor)

    (line,) = part("today").lines

    assert (line.holder, line.since, line.action) == (
        str(prosecutor), given.at("2026-09-28 10:00"), "remind",
    )  # fmt: skip


def test_where_nobody_knows_who_decided_somebody_is_chosen():
    a_letter()

    (line,) = part("today").lines

    assert (line.holder, line.action) == ("A prosecutor whom nobody has named", "choose")


def test_the_drafter_holds_what_is_explained():
    officer = given.a_liaison_officer()
    duty = with_steps(a_letter(), explained="2026-10-01 10:00")
    Duty.objects.filter(pk=duty.pk).update(drafter=officer)

    (line,) = part("today").lines

    assert (line.holder, line.since, line.action) == (
        str(officer), given.at("2026-10-01 10:00"), "hand_over",
    )  # fmt: skip


def test_what_was_returned_is_with_its_drafter_since_then():
    version = given.a_draft()
    duty = Duty.objects.get(pk=version.letter.duty_id)
    hand_over(duty, by=version.added_by, at=given.NOON)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit())
    later = given.at("2026-10-05 14:00")
    duty.refresh_from_db()
    return_to_drafter(duty, reason="Say which fact decided it.", by=manager, at=later)

    (line,) = part("today", the_list(now=given.at("2026-10-12 09:30"))).lines

    assert (line.holder, line.since, line.was_returned) == (str(version.added_by), later, True)


def test_a_charge_that_is_brought_waits_for_no_explanation():
    duty = a_letter()
    Decision.objects.filter(pk=duty.decision_id).update(kind=Decision.Kind.CHARGED)

    (line,) = part("today").lines

    assert line.step == "DRAFT"


def test_more_letters_than_are_shown_are_counted():
    for _ in range(morning.OF_OVERDUE.shown + 2):
        a_letter("2026-09-21 10:00")

    overdue = part("overdue")

    assert (overdue.shown, overdue.number_words) == (10, "12")
    assert [each.words for each in overdue.rests] == ["10 of 12 letters are shown"]


def test_more_letters_than_are_counted_are_said_to_be_more():
    overdue = morning.Section(key="overdue", heading="", none="", number=awaiting.MOST_COUNTED + 1)

    assert overdue.number_words == "more than 1,000"


def test_the_overview_counts_what_the_list_shows():
    given.a_started_area()
    given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"))
    for decided in ("2026-09-21 10:00", "2026-09-28 10:00", "2026-09-29 10:00", "2026-10-02 15:00"):
        a_letter(decided)

    found = the_list()

    assert found.number == morning.things_waiting(given.a_unit(), MORNING) == 5


def test_the_list_names_no_victim_and_the_record_keeps_who_saw_it():
    duty = a_letter()
    spoc = mornings.a_spoc()

    page = as_(spoc).open(address())

    page.see(duty.reference, "Due today").not_see(duty.person.family_name)
    event = Event.objects.get(name="morning.listed")
    assert (event.by, event.detail) == (spoc, {"letters": [duty.pk], "decisions": []})


def test_the_page_says_why_an_hour_is_so():
    a_letter()

    page = as_(mornings.a_spoc()).open(address())

    page.see("8 working hours from the decision", "This service's own setting", "late")


def test_the_overview_of_a_legal_spoc_leads_to_the_list():
    a_letter()

    page = as_(mornings.a_spoc()).open("/").follow("Your morning list: 1 thing")

    assert page.heading == "Morning list: Mercia Crown Court"


def test_on_a_morning_on_which_nothing_waits_the_overview_says_nothing_of_the_list():
    given.a_started_area()

    as_(mornings.a_spoc()).open("/").see("Nothing needs you today.")


def test_the_rest_of_what_is_overdue_is_in_the_list_of_letters():
    for _ in range(morning.OF_OVERDUE.shown + 1):
        a_letter("2026-09-21 10:00")

    page = as_(mornings.a_spoc()).open(address()).see("10 of 11 letters are shown.")

    assert len(page.follow("See them all: Overdue").see("Overdue: not sent").rows()) == 11


def test_the_first_page_leads_to_the_own_unit():
    given.a_started_area()

    page = as_(mornings.a_spoc()).open("/morning/")

    assert page.heading == "Morning list: Mercia Crown Court"


def test_whoever_manages_for_every_unit_chooses_one():
    given.a_started_area()
    given.a_unit(), given.a_unit(Unit.Kind.RASSO)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    page = as_(manager).open("/morning/")

    page.follow("Mercia RASSO").see("Nothing waits.")


def test_an_area_without_a_calendar_says_so():
    spoc = mornings.a_spoc()

    as_(spoc).open(address()).see("Mercia has no calendar yet")


def test_another_role_is_refused():
    as_(mornings.a_prosecutor()).open(address(), status=403)


def test_another_unit_is_not_there():
    as_(mornings.a_spoc()).open(address(given.a_unit(Unit.Kind.RASSO)), status=404)


def test_another_area_is_not_there():
    foreign = given.a_unit(area=given.an_area("Wessex"))

    as_(mornings.a_spoc()).open(address(foreign), status=404)


def test_the_unit_that_writes_for_all_has_no_list_of_its_own():
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    as_(manager).open(address(manager.unit), status=404)


def test_it_is_only_opened():
    assert as_(mornings.a_spoc()).try_("POST", address()) == 405


def test_many_letters_take_no_more_queries_than_one():
    spoc, prosecutor = mornings.a_spoc(), mornings.a_prosecutor()
    browser = as_(spoc)

    def letters():
        for decided in (
            "2026-09-21 10:00",
            "2026-09-28 10:00",
            "2026-09-29 10:00",
            "2026-10-02 15:00",
        ):
            a_letter(decided, by=prosecutor)
        given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"))

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            browser.open(address())
        return len(caught)

    letters()
    browser.open(address())
    for_one = queries()
    letters()
    letters()

    assert queries() == for_one
