"""A defence statement that asks for nothing waits until a lawyer looked again."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.looking_again import lines_withheld
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import record_statement
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.looking_again import LookRefused, look_again
from forthright.disclosure.services.serving import stamp_of
from forthright.disclosure.services.starting import DutyRefused, close_duty
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
WHY = "It says that he was at home; nothing withheld tells where he was"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def stated():
    """Return a duty with a defence statement that asks for nothing."""
    duty = duties.court_told()
    record_statement(duty, NOON.date(), [], by=None, at=NOON)
    return duties.fresh(duty)


def look(duty, outcome="NOTHING_MORE", words=WHY, **more):
    return look_again(duty, outcome, **({"words": words, "by": None, "at": NOON} | more))


def is_waiting(duty, person):
    return waiting_for(person, NOON.date()).filter(pk=duty.pk).exists()


def item_of(duty, number, form="MG6C"):
    return next(each.item for each in lines_of(duty)
                if (each.item.number, each.form) == (number, form))  # fmt: skip


def test_it_waits_is_next_and_the_duty_does_not_end_until_a_lawyer_looked():
    duty, lawyer = stated(), duties.a_lawyer()
    browser = as_(lawyer)

    assert is_waiting(duty, lawyer)
    browser.open(f"/disclosure/{duty.pk}/").see("1 defence statement asks for nothing, and nobody")
    with pytest.raises(DutyRefused, match="asks for nothing, and nobody looked again"):
        close_duty(duty, reason="Found guilty", by=None, at=NOON)
    page = browser.open(f"/disclosure/{duty.pk}/statement/").see("To look at again")
    page = page.follow("Look again at what was not disclosed")
    page.see(duties.OPEN_ITEMS[0], duties.OPEN_ITEMS[1], duties.SECRET)
    page.not_see(duties.OPEN_ITEMS[2])
    page = page.press("Keep that I looked again", outcome="NOTHING_MORE", why=WHY)

    page.see("looked again at what was not disclosed", "nothing more", WHY)
    assert not is_waiting(duty, lawyer)
    browser.open(f"/disclosure/{duty.pk}/record/").see("Looked again at what was not disclosed")
    assert close_duty(duties.fresh(duty), reason="Found guilty", by=None, at=NOON).state == "CLOSED"


def test_what_is_now_to_be_disclosed_waits_for_a_second_person_and_is_served():
    duty, lawyer = stated(), duties.a_lawyer()
    item = item_of(duty, 2)
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/statement/look/")

    why = "He says that he called the police himself"
    page = page.press("Keep that I looked again", outcome="TO_DISCLOSE", items=[item.pk], why=why)
    page.see("1 item now to be disclosed", why)

    line = next(each for each in lines_of(duty) if each.item.pk == item.pk)
    assert (line.endorsement.code, line.endorsement.made_by) == ("D", lawyer)
    assert line.standing.waits_for_second
    duty = duties.approve_since(duty)
    duty = duties.served_after_approval(duty)
    assert item.thing_id in set(duty.servings.last().items.values_list("item", flat=True))
    assert Event.objects.get(name="statement.looked_again").detail["items"] == [item.pk]


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"outcome": ""}, "Choose what you found"),
        ({"outcome": "TO_DISCLOSE"}, "Tick the items"),
        ({"words": "Fine"}, "Write what you looked at"),
        ({"items": [10**9]}, "You ticked items"),
        ({"outcome": "TO_DISCLOSE", "items": [10**9]}, "on the list below"),
    ],
)
def test_a_look_that_says_too_little_is_refused(wish, says):
    with pytest.raises(LookRefused, match=says):
        look(stated(), **wish)


def test_a_sensitive_item_is_not_simply_disclosed_by_a_look():
    duty = stated()

    with pytest.raises(LookRefused, match=r"MG6D item 1: .*Endorse it on its own page first"):
        look(duty, "TO_DISCLOSE", items=[item_of(duty, 1, "MG6D").pk])
    assert is_waiting(duty, duties.a_lawyer())


def test_what_is_withheld_may_not_have_changed_since_the_page_was_opened():
    duty = stated()
    wish = Written(item_id=item_of(duty, 1).pk, code="D", reason="It assists")
    opened = stamp_of(lines_withheld(duty))
    endorse_item(duty, wish, by=None, at=NOON)

    with pytest.raises(ChangedMeanwhile):
        look(duty, opened=opened)


def test_one_look_is_of_every_statement_that_waits_and_is_kept_once():
    duty = stated()
    record_statement(duty, duty.triggered_on.replace(month=10, day=5), ["The log"], by=None,
                     at=NOON)  # fmt: skip

    assert look(duty) == 1
    with pytest.raises(LookRefused, match="recorded already"):
        look(duty)


def test_a_statement_that_asks_for_something_is_answered_as_before_and_waits_for_no_look():
    duty = duties.stated()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")

    page.not_see("To look at again")
    with pytest.raises(LookRefused):
        look(duty)


def test_the_page_says_what_follows_when_a_statement_is_kept():
    told = duties.court_told()
    day = {"received_on_day": "5", "received_on_month": "10", "received_on_year": "2026"}
    page = as_(duties.a_lawyer()).open(f"/disclosure/{told.pk}/statement/")

    page = page.press("Keep the statement", requests="", **day)

    page.see("It asks for nothing, so a lawyer of the unit looks again")
    page.not_see("Answer each request by itself")


def test_no_other_person_looks_or_reads_why():
    duty = stated()
    manager = given.a_person(Role.LINE_MANAGER, unit=duty.unit)

    assert as_(manager).client.get(f"/disclosure/{duty.pk}/statement/look/").status_code == 403
    with pytest.raises(NotAllowed):
        look(duty, by=manager)
    look(duty, words="Veyrthorpe says that he was at home")
    for address in ("", "statement/", "record/"):
        as_(manager).open(f"/disclosure/{duty.pk}/{address}").not_see("Veyrthorpe")
    assert "Veyrthorpe" not in "".join(map(str, Event.objects.values_list("detail")))
