"""A recording whose file is that of a sensitive one says so before anybody tries to share it."""

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import ShareRecord
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_copy, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SAYS = "byte for byte, the file of a recording that is sensitive"
RUNG = "A file of it is, byte for byte, that of a sensitive recording"
NEUTRAL = "It goes to nobody."


@pytest.fixture
def alike(hearing, item):
    """Return a recording that is relied on, and the same file found sensitive as another."""
    with_a_file(hearing, kind="SENSITIVE")
    return item


def address_of(item):
    return f"/recordings/items/{item.pk}/"


def test_its_page_says_so_at_the_file_and_at_the_rung_and_offers_no_share(alike):
    page = as_(media.a_lawyer()).open(address_of(alike))

    page.see(SAYS, RUNG, "so it goes to nobody").not_see("Share recordings")


def test_whoever_may_not_see_or_hear_recordings_reads_only_that_it_goes_to_nobody(alike):
    for person in (given.a_person(Role.INSPECTOR), given.a_person(Role.SENIOR_MANAGER)):
        page = as_(person).open(address_of(alike))

        page.see(NEUTRAL, "A file of it goes to nobody.").not_see("byte for byte", "that is sensi")


def test_the_page_that_shares_does_not_choose_it_and_says_why(hearing, alike):
    other = with_a_file(hearing, content=b"another")
    copy = a_copy(alike)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")

    chosen = page.tree.xpath("//input[@name='items'][@checked]/@value")
    assert chosen == [str(other.pk)]
    assert page.words.count("It cannot be shared: a file of it is") == 2
    refused = page.press("Share them", items=[], copies=[copy.pk], parties=["COURT"], way="EGRESS")
    refused.see("is a copy of what is, byte for byte")
    assert not ShareRecord.objects.exists()


def test_of_any_other_recording_nothing_is_said(hearing, item):
    with_a_file(hearing, kind="SENSITIVE", content=b"his address")

    page = as_(media.a_lawyer()).open(address_of(item))

    page.see("Share recordings").not_see(SAYS, RUNG, NEUTRAL)
    page.browser.open(f"/recordings/cases/{hearing.case_id}/share/").not_see("cannot be shared:")


def test_a_sensitive_recording_says_it_of_itself_and_not_of_its_file(hearing):
    secret = with_a_file(hearing, kind="SENSITIVE")

    as_(media.a_lawyer()).open(address_of(secret)).see("Sensitive: never shared").not_see(SAYS)
