"""The page that shares: an address for each party, plain words, and who cannot be reached."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.services import items
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.sharing import Party
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import UNTIL, a_copy, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
EXPIRES = {
    "link_expires_on_day": UNTIL.day, "link_expires_on_month": UNTIL.month,
    "link_expires_on_year": UNTIL.year,
}  # fmt: skip


@pytest.fixture
def page(hearing, item):
    return as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")


def test_each_party_that_is_no_firm_has_an_address_of_its_own(page):
    page.press(
        "Share them", parties=["COURT", "COUNSEL", "POLICE"], way="LINK", **EXPIRES,
        email_court="list@court.example", email_counsel="clerk@bar.example",
        email_police="pc@police.example",
    )  # fmt: skip

    assert dict(ShareLink.objects.values_list("party", "email")) == {
        "COURT": "list@court.example", "COUNSEL": "clerk@bar.example",
        "POLICE": "pc@police.example",
    }  # fmt: skip


def test_an_address_is_asked_for_each_party_that_gets_a_link_and_for_no_other(page):
    refused = page.press("Share them", parties=["COURT", "POLICE"], way="LINK", **EXPIRES)

    assert refused.errors == [
        "Enter the e-mail address of the court, for its link",
        "Enter the e-mail address of the police, for its link",
    ]
    page.press("Share them", parties=["COURT"], way="EGRESS").see("1 share is recorded")


def test_one_address_for_two_parties_is_refused_by_the_page(page):
    refused = page.press(
        "Share them", parties=["COURT", "COUNSEL"], way="LINK", **EXPIRES,
        email_court="box@court.example", email_counsel="Box@court.example",
    )  # fmt: skip

    assert "stands for two parties" in refused.errors[0]
    assert not ShareRecord.objects.exists()


def test_one_address_for_two_parties_is_refused_by_the_service_a_firms_too(hearing, item):
    firm = media.parties_of(hearing)[1]
    court = Party(kind="COURT", email="rosa.hale@firm.example")

    with pytest.raises(ShareRefused, match="stands for two parties"):
        shared_by_link(hearing, item, parties=[court, firm])


def test_one_address_for_two_parties_is_refused_one_after_the_other_too(hearing, item):
    shared_by_link(hearing, item)
    court = [Party(kind="COURT", email="ROSA.hale@firm.example")]
    with pytest.raises(ShareRefused, match=r"ROSA\.hale@firm\.example stands for two parties"):
        shared_by_link(hearing, item, parties=court)

    ShareLink.objects.update(expires_on=NOON.date() - timedelta(days=1))
    shared_by_link(hearing, item, parties=court)

    assert ShareLink.objects.filter(party="COURT").count() == 1


def test_one_firm_for_two_defendants_gets_both_links():
    hearing = media.a_hearing(firms=("Hale LLP", "Hale LLP"))

    shared_by_link(hearing, with_a_file(hearing))

    assert ShareLink.objects.count() == 2


def test_one_address_for_two_firms_is_refused_at_once_and_one_after_the_other():
    hearing = media.a_hearing(firms=("Hale LLP", "Rowe & Co"))
    item = with_a_file(hearing)
    first, second = media.parties_of(hearing)[1:]

    with pytest.raises(ShareRefused, match=r"rosa\.hale@firm\.example stands for two firms"):
        shared_by_link(hearing, item)
    shared_by_link(hearing, item, parties=[first])
    with pytest.raises(ShareRefused, match="stands for two firms"):
        shared_by_link(hearing, item, parties=[second])

    assert ShareLink.objects.count() == 1


def test_a_firm_whose_name_is_written_otherwise_is_one_firm():
    hearing = media.a_hearing(firms=("Hale LLP", "HALE  llp"))

    shared_by_link(hearing, with_a_file(hearing))

    assert ShareLink.objects.count() == 2


def test_a_choice_that_is_gone_is_told_in_plain_words(page, hearing, item):
    items.classify_item(item, "SENSITIVE", reason="An address.", by=None, at=NOON)
    with_a_file(hearing, content=b"another film")

    stale = page.press("Share them", parties=["COURT", "DEFENCE 999"], way="PIGEON")

    assert len(stale.errors) == 3
    assert stale.errors[0].startswith("A recording that you chose cannot be shared any more")
    assert stale.errors[1].startswith("Somebody that you chose is no party of this case")
    assert stale.errors[2] == "Choose how it goes out"
    assert not any("valid choice" in each for each in stale.errors)


def test_a_defendant_whose_firm_nobody_knows_is_told_of_with_the_way_there(page, hearing):
    page.not_see("Nobody has recorded who represents")
    alone = media.a_defendant(hearing)

    page = page.browser.open(page.address)

    page.see(f"Nobody has recorded who represents {alone}").follow(f"Record who represents {alone}")


def test_the_page_asks_as_often_for_many_copies_as_for_one(hearing, item, count_queries):
    her, address = as_(media.a_lawyer()), f"/recordings/cases/{hearing.case_id}/share/"
    a_copy(item, content=b"hidden at first")
    her.open(address)
    with count_queries() as few:
        her.open(address)
    for number in range(3):
        other = with_a_file(hearing, content=b"another recording %d" % number)
        a_copy(other, content=b"hidden in it %d" % number)
        a_copy(other, what="MUTE", content=b"silent in it %d" % number)

    with count_queries() as many:
        page = her.open(address)

    assert len(page.tree.xpath("//input[@name='copies']")) == 7
    assert len(many) == len(few)
