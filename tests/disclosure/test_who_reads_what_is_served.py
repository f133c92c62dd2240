"""Whoever serves is a second pair of hands, and reads no words that are for the lawyers alone."""

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.disclosure.documents import pack_of
from forthright.disclosure.models import Item
from forthright.disclosure.selectors.packs import NoPackYet
from forthright.disclosure.services.holding import hold_back
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
TOLD = "First account of Mrs Oduya"
WAITS = "MG6C item 3 is queried for another defendant"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def item(number, form="MG6C"):
    return Item.objects.filter(number=number, schedule__form=form).earliest("pk")


def approved_and_then_queried_for_another():
    """Return a duty that waits to be served, one item of which another's lawyer queried since."""
    duty = duties.approved()
    other = duties.a_duty(case=duty.case, name="Hollis")
    duties.endorse(other, item(3), "Q", reason="She is a source", by=duties.a_lawyer())
    return duties.fresh(duty), other


def test_no_papers_to_serve_are_made_of_what_another_defendants_lawyer_queried(tmp_path):
    duty, other = approved_and_then_queried_for_another()
    manager = as_(given.a_person(Role.LINE_MANAGER))
    page = f"/disclosure/{duty.pk}/serve/"

    with pytest.raises(NoPackYet, match=WAITS):
        pack_of(duty, by=None, at=given.NOON)
    manager.open(f"/disclosure/{duty.pk}/pack/").see(WAITS)
    told = CliRunner().invoke(
        run, ["disclosure", "pack", "--case", duty.case.urn, "--out", str(tmp_path)]
    )
    assert WAITS in " ".join(told.output.split())
    assert not list(tmp_path.rglob("*.docx"))
    manager.open(page).see(WAITS).not_see(TOLD, "The papers to serve", "She saw two men")

    duties.endorse(other, item(3), "D", reason="She saw two men", by=duties.a_lawyer())

    manager.open(page).see(TOLD, "The papers to serve")
    assert pack_of(duty, by=None, at=given.NOON)


def served_with_its_words_held_back():
    duty = duties.stated("What the neighbour said")
    hold_back(item(3), reason="Her door number", by=duties.a_lawyer(), at=given.NOON)
    return duty


@pytest.mark.parametrize(
    ("role", "may_read"), [(Role.LINE_MANAGER, False), (Role.PROSECUTOR, True)]
)
def test_the_page_of_a_request_names_what_is_held_back_and_says_its_words_to_lawyers_alone(
    role, may_read
):
    duty = served_with_its_words_held_back()
    asked = duty.statements.get().requests.get()

    page = as_(given.a_person(role)).open(f"/disclosure/{duty.pk}/statement/{asked.pk}/")

    page.see("MG6C item 3")
    assert (TOLD in page.words) == may_read
    assert ("its words are for the lawyers of the unit" in page.words) != may_read
    seen = Event.objects.filter(name="items.seen", subject_id=str(duty.pk)).latest("sequence")
    assert seen.detail["with_sensitive"] == may_read
