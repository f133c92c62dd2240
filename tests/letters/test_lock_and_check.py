"""A lock on reaching a person that is overruled lets pass the check that says the same."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Override
from forthright.letters.selectors.checking import check_version, composed_of
from forthright.letters.services.approving import ApprovalRefused, approve, overrule
from forthright.letters.services.drafting import DraftRefused, draft_letter, hand_over, keep_edit
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.sending import overrule_lock
from forthright.rules.contact_lock import Way
from forthright.samples.selectors.overruled import overrides_by_letter
from tests import given
from tests.client import as_
from tests.letters.outgoing import asked

pytestmark = pytest.mark.django_db
REASON = "She moved back and asked for it to come there."
HOME = "4 Quarry Close, Worcester, WR5 3XX"


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def stops_of(version):
    return check_version(version, version.letter.duty, given.NOON.date()).stops


@pytest.mark.parametrize(
    ("lock", "rule", "wishes", "person"),
    [
        ("UNSAFE_ADDRESS", "A6b", Wishes(unsafe=(HOME,)), {}),
        ("OTHER_ROUTE", "A6a", Wishes(channel="VIA_POLICE"), {}),
        ("OPTED_OUT", "A6a", None, {"has_opted_out": True}),
    ],
)
def test_one_override_lets_a_letter_be_made_approved_and_sent(lock, rule, wishes, person):
    officer, manager = given.a_liaison_officer(), a_manager()
    duty = given.an_explained_letter(wishes=wishes, person=person)
    overrule_lock(duty, lock, reason=REASON, by=manager, at=given.NOON)
    version = draft_letter(duty, by=officer, at=given.NOON)

    hand_over(duty, by=officer, at=given.NOON)
    approve(duty, version.number, by=a_manager(), at=given.NOON)
    asked(duty, Way.PRINT)

    passed = [
        each
        for each in check_version(version, duty, given.NOON.date()).findings
        if each.override and each.finding.rule == rule
    ]
    assert {(each.override.made_by, each.override.reason) for each in passed} == {(manager, REASON)}
    assert Event.objects.filter(name__contains="overruled").count() == 1
    assert [each.override.reason for each in overrides_by_letter([duty.pk])[duty.pk]] == [REASON]


def test_an_unsafe_address_that_is_told_in_the_letter_still_stops_it():
    officer = given.a_liaison_officer()
    duty = given.an_explained_letter(wishes=Wishes(unsafe=(HOME,)))
    overrule_lock(duty, "UNSAFE_ADDRESS", reason=REASON, by=a_manager(), at=given.NOON)
    version = draft_letter(duty, by=officer, at=given.NOON)
    text = marked_text(composed_of(version)).replace(
        "Yours sincerely", "He knows that you live in Quarry Close.\n\nYours sincerely"
    )
    told = keep_edit(duty, text, based_on=version.number, by=officer, at=given.NOON)

    assert [each.finding.rule for each in stops_of(told)] == ["A6b"]
    with pytest.raises(DraftRefused, match="1 check stops"):
        hand_over(duty, by=officer, at=given.NOON)


def test_a_stop_that_is_a_lock_is_overruled_as_a_lock_alone():
    version = given.a_draft()
    set_wishes(version.letter.duty, Wishes(unsafe=(HOME,)), by=None, at=given.NOON)
    [stop] = stops_of(version)

    with pytest.raises(ApprovalRefused, match="once for the check and for sending"):
        overrule(version.letter.duty, stop, reason=REASON, by=a_manager(), at=given.NOON)

    assert not Override.objects.exists()


def test_the_page_leads_from_the_stop_to_the_one_place():
    officer, manager = given.a_liaison_officer(), a_manager()
    duty = given.a_draft(by=officer).letter.duty
    set_wishes(duty, Wishes(unsafe=(HOME,)), by=None, at=given.NOON)

    page = as_(officer).open(f"/letters/{duty.pk}/draft/")
    page.see("Overrule it for this letter, once for the check and for sending")
    page = as_(manager).open(f"/letters/{duty.pk}/send/overrule/UNSAFE_ADDRESS/")
    page.press("Overrule it for this letter", reason=REASON)

    as_(officer).open(f"/letters/{duty.pk}/draft/").see("Overruled by", REASON)
