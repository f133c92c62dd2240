"""What went to an address that was never the firm's proves nothing, and opens there no more."""

import pytest

from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.hard_media.models import Representation, ShareLink, ShareReceipt
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.links import Given, why_closed
from forthright.hard_media.services import firms, links, unsent
from forthright.hard_media.services.addresses import AddressToTell
from forthright.rules.media_rungs import Standing
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import (
    COURT,
    address_of,
    bytes_of,
    entered,
    shared_by_link,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
OLD, NEW = "rosa.hale@firm.example", "r.hale@halelaw.example"


@pytest.fixture
def link(hearing, item):
    shared_by_link(hearing, item, parties=COURT)
    (share,) = shared_by_link(hearing, item)
    return share.links.get()


def put_right(hearing, *, email=NEW, **said):
    firm = firms.Firm(firm="Hale LLP", email=email, starts_on=TODAY, **said)
    return firms.set_representation(hearing, Defendant.objects.get(), firm, by=None, at=NOON)


def again(link):
    return ShareLink.objects.select_related("area", "hearing", "representation").get(pk=link.pk)


def test_whether_it_was_wrong_is_asked_and_nothing_changes_until_it_is_said(hearing, link):
    with pytest.raises(AddressToTell, match=f"went to {OLD}. Say whether that was an address of"):
        put_right(hearing)

    assert Representation.objects.get().email == OLD
    assert why_closed(again(link), TODAY) == ""


def test_it_is_not_asked_where_nothing_went_there(hearing):
    shared_by_link(hearing, with_a_file(hearing), is_told=False)

    assert put_right(hearing).email == NEW


def test_it_is_not_asked_of_an_address_that_differs_by_capitals_alone(hearing, link):
    assert put_right(hearing, email=OLD.upper()).email == OLD.upper()
    assert why_closed(again(link), TODAY) == ""


def test_one_that_was_right_until_now_opens_on_and_counts(hearing, link):
    put_right(hearing, old_was_wrong=False)

    assert why_closed(again(link), TODAY) == ""
    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_what_went_to_a_wrong_one_is_shut_and_to_be_shared_again(hearing, item, link):
    assert ladder_of(hearing, TODAY).standing is Standing.READY

    put_right(hearing, old_was_wrong=True)

    assert "sent by mistake" in why_closed(again(link), TODAY)
    with pytest.raises(links.CodeRefused, match="sent by mistake"):
        links.send_code(again(link), by=None, at=NOON)
    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY
    share = link.shares.get()
    assert (share.revoked_at, share.revoked_reason) == (
        NOON, f"{OLD}, where its link went, was never an address of Hale LLP."
    )  # fmt: skip
    assert Event.objects.get(name="link.sent_astray").subject_id == str(link.pk)
    court = ShareLink.objects.get(party="COURT")
    assert why_closed(court, TODAY) == ""

    shared_by_link(hearing, item)

    assert ladder_of(hearing, TODAY).standing is Standing.READY
    assert ShareLink.objects.get(party="DEFENCE", wrong_at=None).email == NEW


def test_whoever_is_in_at_a_wrong_one_gets_nothing_more_and_proves_nothing(hearing, item, link):
    stranger, content = entered(link), given_of_link(link)
    put_right(hearing, old_was_wrong=True)

    got = stranger.post(address_of(link, f"recordings/{content.pk}/take-out/"), follow=True)
    links.note_opened(Given(link, content.share, content), by=None, at=NOON)

    assert not got.streaming
    assert link.shares.get().opened_on is None


def test_what_was_opened_there_before_counts_no_more_and_is_told(hearing, item, link):
    content = given_of_link(link)
    taken = f"recordings/{content.pk}/take-out/"
    assert bytes_of(entered(link).post(address_of(link, taken), follow=True))
    assert link.shares.get().opened_on == TODAY

    put_right(hearing, old_was_wrong=True)

    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY
    assert ShareReceipt.objects.filter(link=link).exists()
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("Sent to a wrong address", f"{OLD} was never an address of Hale LLP",
             "Think of a personal data breach", "opened on")  # fmt: skip
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("that address was never theirs, so it opens nothing")


def test_the_page_of_the_case_says_for_whom_it_stands_all_the_same(hearing, link):
    other = media.a_defendant(hearing)
    media.represented(hearing, other, "Hale LLP")
    defendant = link.representation.defendant
    firm = firms.Firm(firm="Hale LLP", email=NEW, starts_on=TODAY, old_was_wrong=True)
    firms.set_representation(hearing, defendant, firm, by=None, at=NOON)

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see(f"It still stands for {other}: put it right there too")


def test_only_what_went_to_the_address_that_is_put_right_is_shut(hearing, link):
    put_right(hearing, old_was_wrong=False)
    other = with_a_file(hearing)
    (share,) = shared_by_link(hearing, other)

    put_right(hearing, email="third@halelaw.example", old_was_wrong=True)

    assert why_closed(again(link), TODAY) == ""
    assert share.links.get().wrong_at == NOON


def test_it_is_asked_too_where_an_email_that_did_not_go_is_sent_elsewhere(hearing, item, link):
    (share,) = shared_by_link(hearing, with_a_file(hearing), is_told=False)
    waiting = share.links.get()
    browser = as_(media.a_lawyer())

    page = browser.open(f"/recordings/links/{waiting.pk}/send/")
    page = page.press("Send it again", email=NEW)
    page.see("Was the old address theirs?", f"went to {OLD}")
    page = page.press("Send it again", email=NEW, old_was_wrong="WRONG")

    page.see("The e-mail is sent again")
    assert "sent by mistake" in why_closed(again(link), TODAY)
    assert share.links.get(replaced_at=None).email == NEW


def test_sent_elsewhere_it_is_refused_until_it_is_said_and_not_asked_where_it_stays(hearing, link):
    (share,) = shared_by_link(hearing, with_a_file(hearing), is_told=False)

    with pytest.raises(AddressToTell):
        unsent.send_anew(share.links.get(), NEW, by=None, at=NOON)

    unsent.send_anew(share.links.get(), OLD, by=None, at=NOON)
    assert why_closed(again(link), TODAY) == ""


def test_the_page_asks_and_says_what_became_of_it(hearing, item, link):
    browser = as_(media.a_lawyer())
    defendant = Defendant.objects.get()
    page = browser.open(f"/recordings/cases/{hearing.case_id}/defendants/{defendant.pk}/")
    assert "Was the old address theirs?" not in page.text
    day = {"starts_on_day": TODAY.day, "starts_on_month": TODAY.month, "starts_on_year": TODAY.year}
    said = {"who": "FIRM", "firm": "Hale LLP", "email": NEW, **day}

    page = page.press("Record it", **said)
    page.see("Was the old address theirs?", f"{item.exhibit} went to {OLD}")
    page = page.press("Record it", **said, old_was_wrong="WRONG")

    page.see("What went to the wrong address is taken back", "Sent to a wrong address",
             "Nobody is known to have opened any of it")  # fmt: skip


def given_of_link(link):
    """Return the one thing that a link opens."""
    return link.shares.get().contents.get()
