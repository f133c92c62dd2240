"""A service is recorded as it stood at its moment, whatever came or changed before it was typed."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Item
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.endorsing import Written, endorse_item, set_aside
from forthright.disclosure.services.holding import hold_back
from forthright.disclosure.services.serving import (
    ServingRefused,
    approve_duty,
    second_looks,
    send_back,
    serve,
)
from forthright.disclosure.services.serving_then import serve_when_it_was
from forthright.disclosure.services.triage import find_adequate, return_to_police
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
WENT, CHANGED = NOON + timedelta(hours=1), NOON + timedelta(minutes=90)
TYPED = NOON + timedelta(hours=2)
LATER = "Letter of 9 May 2026 by Mr Hale about the hire of the yard"


@pytest.fixture(autouse=True)
def at_two(time_machine):
    time_machine.move_to(TYPED, tick=False)


def item_of(duty, number):
    found = (line.item for line in lines_of(duty) if line.form == "MG6C")
    return next(item for item in found if item.number == number)


def comes(duty, *, at=CHANGED, **files):
    came = check_delivery(
        duty, duties.written(**files), police_unit=duties.a_police_unit(), is_whole=False, by=None,
        at=at,
    )  # fmt: skip
    return take_in(came, let_go=duties.letting_go(came), by=None, at=at)


def a_continuation(duty):
    comes(duty, later_csv=duties.a_schedule(LATER, first=4))


def a_continuation_that_goes_back(duty):
    asked = {"Schedules of unused material not completed correctly": ["Say what item 4 shows."]}
    return_to_police(
        comes(duty, later_csv=duties.a_schedule(LATER, first=4)), asked, by=duties.a_lawyer(),
        unit=duties.a_police_unit(), answer_by=date(2026, 10, 12), at=CHANGED,
    )  # fmt: skip


def a_new_version(duty):
    mended = [f"{words}, in full" for words in duties.OPEN_ITEMS]
    came = comes(duty, mg6c_csv=duties.a_schedule(*mended))
    find_adequate(came, reason="Good enough for this case", by=None, at=CHANGED)


def words_held_back(duty):
    hold_back(item_of(duty, 3), reason="private", by=duties.a_lawyer(), at=CHANGED)


def another_decision(duty):
    written = Written(item_id=item_of(duty, 3).pk, code="ND", reason="She saw another street")
    endorse_item(duty, written, by=duties.a_lawyer(), at=CHANGED)


def sent_back(duty):
    send_back(duty, reason="Look at item 3 again", by=duties.a_lawyer(Role.LEGAL_MANAGER),
              at=CHANGED)  # fmt: skip


CHANGES = [
    pytest.param(a_continuation, "RECEIVED", id="a continuation"),
    pytest.param(a_continuation_that_goes_back, "RETURNED", id="one that went back"),
    pytest.param(a_new_version, "REVIEWING", id="a new version in other words"),
    pytest.param(words_held_back, "REVIEWING", id="words held back"),
    pytest.param(another_decision, "ENDORSED", id="another decision"),
    pytest.param(sent_back, "REVIEWING", id="sent back"),
]


@pytest.mark.parametrize(("change", "state"), CHANGES)
def test_what_went_is_recorded_as_it_stood_and_what_changed_waits(change, state):
    duty = duties.approved()
    stood = serve_twin(duties.approved(name="Twin"))
    went = item_of(duty, 3).thing_id
    change(duty)
    duty = duties.fresh(duty)
    assert duty.state == state
    with pytest.raises(ServingRefused):
        serve(duty, duties.a_service(duty, served_at=WENT), by=duties.a_lawyer(), at=TYPED)

    kept, is_then = serve_when_it_was(
        duty, duties.a_service(duty, served_at=WENT), by=duties.a_lawyer(), at=TYPED
    )

    duty = duties.fresh(duty)
    assert is_then
    assert (duty.state, duty.served_at, duty.approved_at) == ("SERVED", WENT, NOON)
    assert [(each.item_id, each.endorsement.code) for each in kept.items.all()] == [(went, "D")]
    assert kept.papers["items"] == stood.papers["items"]
    assert (kept.items_total, kept.items_endorsed) == (stood.items_total, stood.items_endorsed)
    assert duty in waiting_for(duties.a_lawyer(), TYPED.date())
    sheet = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    sheet.see("recorded as it stood Monday 5 October 2026, 1pm")


def serve_twin(duty):
    """Return the service of a like duty of which nothing changed."""
    return serve(duty, duties.a_service(duty, served_at=WENT), by=duties.a_lawyer(), at=TYPED)


def approved_at(duty, moment):
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(duty, looked_again=again, released=again, by=manager, at=moment)
    return duties.fresh(duty)


def recorded(duty, moment, *, at):
    service = duties.a_service(duty, served_at=moment)
    return serve_when_it_was(duty, service, by=duties.a_lawyer(), at=at)


def test_approved_anew_it_is_recorded_as_it_stood_under_the_approval_of_its_moment():
    duty = duties.approved()
    came = comes(duty, later_csv=duties.a_schedule(LATER, first=4))
    anew = NOON + timedelta(days=18)
    find_adequate(came, reason="Good enough for this case", by=None, at=anew)
    written = Written(item_id=item_of(duty, 4).pk, code="D", reason="He names another yard")
    endorse_item(duties.fresh(duty), written, by=duties.a_lawyer(), at=anew)
    duty = approved_at(duties.fresh(duty), anew + timedelta(hours=1))

    kept, is_then = recorded(duty, WENT, at=anew + timedelta(hours=2))

    duty = duties.fresh(duty)
    assert is_then
    assert (duty.served_at, duty.approved_at, kept.items_total) == (WENT, NOON, 4)
    owed = [line.item.number for line in lines_of(duty) if line.standing.is_owed]
    assert owed == [4], "what came since is owed, and was approved since"
    assert duty in waiting_for(duties.a_lawyer(), anew.date())


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        pytest.param(NOON - timedelta(minutes=1), "looked through", id="before it was approved"),
        pytest.param(CHANGED, "looked through", id="after something came"),
    ],
)
def test_at_a_moment_at_which_it_was_not_approved_nothing_was_served(moment, says):
    duty = duties.approved()
    a_continuation(duty)

    with pytest.raises(ServingRefused, match=says):
        recorded(duties.fresh(duty), moment, at=TYPED)

    assert duties.fresh(duty).state == "RECEIVED"


def test_what_was_set_aside_anew_since_stood_set_aside_until_its_first_day():
    duty = duties.reviewing()
    for line in lines_of(duty):
        if line.item.number == 2:
            set_aside(duty, line.item.pk, reason="The log is with the force", at=NOON,
                      decide_by=date(2026, 10, 6), by=duties.a_lawyer())  # fmt: skip
            continue
        code, reason = duties.CODES[line.item.number] if line.form == "MG6C" else ("SN", "A source")
        duties.endorse(duty, line.item, code, reason=reason, by=duties.a_lawyer())
    duty = approved_at(duties.fresh(duty), NOON)
    anew = NOON + timedelta(days=2)
    set_aside(duty, item_of(duty, 2).pk, reason="The force still looks", by=duties.a_lawyer(),
              decide_by=date(2026, 10, 20), at=anew)  # fmt: skip

    kept, _ = recorded(duties.fresh(duty), WENT, at=anew)

    assert kept.items_aside == 1
    assert [row["decide_by"] for row in kept.papers["items"] if row["number"] == 2] == [
        "2026-10-06"
    ]


def test_the_page_shows_what_stood_approved_and_keeps_it_at_its_moment():
    duty = duties.approved()
    a_continuation(duty)
    her = as_(duties.a_lawyer())
    her.open(f"/disclosure/{duty.pk}/").see("If it was served between, record that")

    page = her.open(f"/disclosure/{duty.pk}/serve/")
    page.see(
        "waiting for the schedules to be looked through",
        duties.OPEN_ITEMS[2],
        "Was it served while it was approved?",
        "opened again 5 October 2026, 1:30pm",
    )
    page = page.press(
        "Record service on Mr Dean Marsden", method="DCS", proof="Receipt 4471", hour="1pm"
    )

    page.see("Kept as it was served Monday 5 October 2026, 1pm: 1 item", "When was the court told?")
    assert duties.fresh(duty).state == "SERVED"
    her.open(f"/disclosure/{duty.pk}/").see("Looked through Next", "Monday 5 October 2026, 1pm")


def test_of_words_held_back_after_they_went_the_page_says_what_to_do():
    duty = duties.approved()
    words_held_back(duty)
    recorded(duties.fresh(duty), WENT, at=TYPED)
    her = as_(duties.a_lawyer())

    page = her.open(f"/disclosure/{duty.pk}/")
    page.see(
        "The words of MG6C item 3 are with the defence",
        "before they were held back 5 October 2026, 1:30pm",
        "ask the defence not to use the words and to send them back",
    )
    duties.endorse(duty, item_of(duty, 3), "D", reason="Sent back unread, 5 October",
                   by=duties.a_lawyer())  # fmt: skip
    her.open(f"/disclosure/{duty.pk}/").not_see("are with the defence")


def test_a_later_service_is_recorded_as_it_stood_too():
    duty = duties.court_told()
    duties.endorse(duty, item_of(duty, 1), "D", reason="It assists", by=duties.a_lawyer())
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    approve_later(duty, looked_again=again, by=manager, at=NOON)
    came = comes(duties.fresh(duty), later_csv=duties.a_schedule(LATER, first=4))
    find_adequate(came, reason="Good enough for this case", by=None, at=CHANGED)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")
    page.see("nobody has decided", "Was something served before that?")

    page.press("Record service on Mr Dean Marsden", method="DCS", proof="Receipt 4472", hour="1pm")

    second = duties.fresh(duty).servings.last()
    assert second.served_at == WENT
    assert [each.item.number for each in second.items.all()] == [1]
    assert duties.fresh(duty).state == DutyState.COURT_TOLD


@pytest.mark.parametrize(("change", "state"), CHANGES)
@pytest.mark.parametrize("minutes", [-30, 0, 59, 89, 90, 119])
def test_no_moment_lets_an_item_by_that_was_not_endorsed_and_approved_then(change, state, minutes):
    duty = duties.approved()
    change(duty)
    stood = set(Item.objects.filter(schedule__delivery__received_at__lte=NOON).values_list("pk"))
    try:
        kept, _ = recorded(duties.fresh(duty), NOON + timedelta(minutes=minutes), at=TYPED)
    except ServingRefused:
        assert duties.fresh(duty).state == state
        assert minutes not in {0, 59, 89}
    else:
        assert NOON <= kept.served_at < CHANGED
        assert kept.items_total == kept.items_endorsed == len(stood)
        assert duties.fresh(duty).state in SERVED_OR_LATER
