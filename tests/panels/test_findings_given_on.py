"""A finding whose manager has gone, or does not answer, is seen and given to somebody else."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.panels.services.findings import give_finding, give_finding_on
from forthright.panels.services.meeting import PanelRefused
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(days=60)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_manager():
    return given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())


def test_a_finding_of_a_manager_whose_account_is_closed_is_given_to_another():
    meeting = sittings.closed(letters=1)
    finding, other = sittings.found(meeting), a_manager()
    User.objects.filter(pk=finding.manager_id).update(is_active=False)

    home = as_(meeting.planned_by).open("/")
    home.see("Finding 1 of panel 1 is not answered", "their account is closed")
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")
    page = page.follow("Give finding 1 to somebody else")
    page.press("Give it to them", manager=str(other.pk)).see("Given.")

    finding.refresh_from_db()
    assert finding.manager == other
    as_(other).open("/panel/findings/").see("Three letters give no reasons.")
    as_(meeting.planned_by).open("/").not_see("is not answered")


def test_whoever_keeps_the_panel_is_told_of_an_answer_that_is_overdue():
    meeting = sittings.closed(letters=1)
    finding = sittings.found(meeting)
    as_(meeting.planned_by).open("/").not_see("is not answered")

    with time_machine.travel(LATER, tick=True):
        as_(meeting.planned_by).open("/").see("Finding 1 of panel 1 is not answered")
        as_(given.a_person(Role.INSPECTOR)).open("/").not_see("is not answered")
        as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/").see("answer is overdue")
    before = finding.reply_by
    given_on = give_finding_on(finding, a_manager(), by=meeting.planned_by, at=LATER)
    assert given_on.reply_by > before


def test_what_is_answered_or_with_them_already_is_not_given_on():
    finding = sittings.found(sittings.closed(letters=1))
    keeper = made.a_keeper()

    with pytest.raises(PanelRefused, match="have this finding already"):
        give_finding_on(finding, finding.manager, by=keeper, at=given.NOON)
    sittings.answered(finding)
    with pytest.raises(PanelRefused, match="is answered"):
        give_finding_on(finding, a_manager(), by=keeper, at=given.NOON)


def test_nothing_is_given_to_who_has_no_account_any_more():
    meeting, gone = sittings.closed(letters=1), a_manager()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()

    with pytest.raises(PanelRefused, match="with an account"):
        give_finding(meeting, "Three letters give no reasons.", gone, by=made.a_keeper(),
                     at=given.NOON)  # fmt: skip


def test_of_two_who_give_it_on_the_second_is_shown_who_has_it():
    meeting = sittings.closed(letters=1)
    finding, one, two = sittings.found(meeting), a_manager(), a_manager()
    address = f"/panel/findings/{finding.pk}/give-on/"
    mine, theirs = as_(meeting.planned_by).open(address), as_(made.a_keeper()).open(address)
    theirs.press("Give it to them", manager=str(one.pk))

    mine.press("Give it to them", manager=str(two.pk)).see("This was changed after you opened")

    finding.refresh_from_db()
    assert finding.manager == one


def test_a_finding_whose_manager_has_another_role_is_told_at_once():
    finding = sittings.found(sittings.closed())
    finding.manager.role = Role.LINE_MANAGER
    finding.manager.save()

    home = as_(made.a_keeper()).open("/")

    home.see("Finding 1 of panel 1 is not answered", "answers for no findings here any more")
