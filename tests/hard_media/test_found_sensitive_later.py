"""What went out before it was found sensitive is told, wherever somebody would look for it."""

import pytest

from forthright.hard_media.services import carriers, items, sharing
from forthright.rules.media_hands import Receiver
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TASK = "1 disc or stick is with somebody who must not have it, or may be"


def found_sensitive(item):
    items.classify_item(item, "SENSITIVE", reason="An address is heard.", by=None, at=NOON)


def test_the_case_and_the_rung_say_who_had_it(hearing):
    item = media.a_classified_item(hearing)
    court, _ = media.shared(hearing, item)
    sharing.record_opened(court, on=NOON.date(), known="RECEIPT", by=None, at=NOON)

    found_sensitive(item)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("Opened 5 October 2026, and found sensitive since")
    page.see("Shared 5 October 2026, and found sensitive since").not_see("Never shared")
    rungs = page.browser.open(f"/recordings/items/{item.pk}/")
    rungs.see("Sensitive: shared with the court and Hale LLP", "Ask for it back")
    rungs.not_see("Sensitive: never shared.")


def test_who_never_opened_a_link_is_not_asked_for_it(hearing):
    item = with_a_file(hearing)
    shared_by_link(hearing, item)

    found_sensitive(item)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("found sensitive since", "Taken back here").not_see("Ask them for what they have")


def test_a_party_that_never_had_it_is_told_apart(hearing):
    item = media.a_classified_item(hearing)
    media.shared(hearing, item, parties=COURT)

    found_sensitive(item)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("and found sensitive since", "Never shared: sensitive")


def test_a_disc_that_must_not_be_there_is_a_task_until_it_is_back(hearing):
    item = media.a_classified_item(hearing)
    away, here = media.a_disc(), media.a_disc()
    for disc in (away, here):
        carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    to_them = media.to("Hale LLP", Receiver.DEFENCE)
    carriers.hand_over(away, to_them, by=None, at=NOON)
    browser = as_(media.a_lawyer())
    browser.open("/").not_see(TASK)

    found_sensitive(item)

    browser.open("/").follow(TASK).see(away.barcode, "Must not be there").not_see(here.barcode)
    assert browser.open("/recordings/discs/").words.count("Must not be there") == 1
    browser.open(f"/recordings/cases/{hearing.case_id}/").see(
        f"Disc or stick {away} must not be where it is."
    )
    back = media.to("Shelf 14", Receiver.UNIT)
    carriers.hand_over(away, back, by=None, at=NOON)
    browser.open("/").not_see(TASK)
    browser.open(f"/recordings/cases/{hearing.case_id}/").not_see("must not be where it is")
