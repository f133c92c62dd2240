"""A leader and a junior may both have a recording; the same counsel is not given it twice."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.selectors.shares import shares_of
from forthright.hard_media.services import sharing
from forthright.hard_media.services.giving import ShareRefused
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import address_of, entered, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON


def counsel(name="", email=""):
    return [sharing.Party(kind="COUNSEL", counsel=name, email=email)]


@pytest.mark.parametrize(
    ("first", "second", "is_another"),
    [
        (("", "a@bar.example"), ("", "b@bar.example"), True),
        (("", "a@bar.example"), ("", "A@bar.example"), False),
        (("Ms Aske", "a@bar.example"), ("Mr Pike", "b@bar.example"), True),
        (("Ms Aske", "a@bar.example"), ("ms aske", "b@bar.example"), False),
        (("Ms Aske", "a@bar.example"), ("Mr Pike", "a@bar.example"), False),
    ],
)
def test_links_go_to_another_counsel_at_an_address_of_their_own(
    hearing, item, first, second, is_another
):
    shared_by_link(hearing, item, parties=counsel(*first))

    if is_another:
        shared_by_link(hearing, item, parties=counsel(*second))
    else:
        with pytest.raises(ShareRefused, match=r"already.*If it goes to another counsel"):
            shared_by_link(hearing, item, parties=counsel(*second))

    assert ShareLink.objects.count() == (2 if is_another else 1)


@pytest.mark.parametrize(
    ("first", "second", "is_another"),
    [
        ("", "", False),
        ("", "Mr Pike", True),
        ("Ms Aske", "", False),
        ("Ms Aske", "Mr Pike", True),
        ("Ms Aske", "Ms  Aske", False),
    ],
)
def test_another_way_they_are_told_apart_by_name(hearing, item, first, second, is_another):
    media.shared(hearing, item, parties=counsel(first))

    if is_another:
        media.shared(hearing, item, parties=counsel(second))
    else:
        with pytest.raises(ShareRefused, match=r"already.*say which by name"):
            media.shared(hearing, item, parties=counsel(second))

    assert ShareRecord.objects.count() == (2 if is_another else 1)


@pytest.mark.parametrize("kind", ["COURT", "POLICE"])
def test_court_and_police_are_one_each(hearing, item, kind):
    for number, email in enumerate(("a@one.example", "b@two.example")):
        to = [sharing.Party(kind=kind, email=email, counsel="Mr Pike")]
        if number:
            with pytest.raises(
                ShareRefused, match=r"take that back first to share it once more\.$"
            ):
                shared_by_link(hearing, item, parties=to)
        else:
            shared_by_link(hearing, item, parties=to)

    assert ShareRecord.objects.get().counsel == ""


def test_the_page_takes_the_name_and_says_it_again(hearing, item):
    media.shared(hearing, item, parties=counsel("Ms Aske"))
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")

    refused = page.press("Share them", parties=["COUNSEL"], way="EGRESS")
    assert "Prosecuting counsel Ms Aske has" in refused.errors[0]
    refused.press("Share them", counsel="Mr Pike").see("1 share is recorded")

    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("Prosecuting counsel Ms Aske: Egress", "Prosecuting counsel Mr Pike: Egress")


def of_two(hearing, item, **sending):
    """Have a recording shared by a link with a leader and with a junior."""
    for number, name in enumerate(("Ms Aske KC", "Mr Pike")):
        to = counsel(name, f"{number}@bar.example")
        shared_by_link(hearing, item, parties=to, **sending)


def test_links_whose_email_has_not_gone_are_told_apart_by_name(hearing, item):
    of_two(hearing, item, is_told=False)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("link for prosecuting counsel Ms Aske KC", "link for prosecuting counsel Mr Pike")
    junior = ShareLink.objects.get(email="1@bar.example")
    as_(media.a_lawyer()).open(f"/recordings/links/{junior.pk}/send/").see(
        "Send the link for prosecuting counsel Mr Pike again"
    )


def test_links_that_end_soon_and_what_is_recorded_of_each_name_whose_they_are(hearing, item):
    of_two(hearing, item, until=NOON.date() + timedelta(days=3))
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/items/{item.pk}/")
    for name in ("Ms Aske KC", "Mr Pike"):
        page.see(f"The link for Prosecuting counsel {name} expires on")
    junior = ShareRecord.objects.get(counsel="Mr Pike")
    browser.open(f"/recordings/shares/{junior.pk}/opened/").see(
        "Opened by Prosecuting counsel Mr Pike"
    )
    browser.open(f"/recordings/shares/{junior.pk}/take-back/").see(
        "Take it back from Prosecuting counsel Mr Pike"
    )
    browser.open(f"/recordings/items/{item.pk}/change/").see(
        "It is shared with Prosecuting counsel Mr Pike and Prosecuting counsel Ms Aske KC"
    )


def test_that_one_counsel_opened_it_is_not_said_of_the_other(hearing, item):
    of_two(hearing, item)
    leader, junior = ShareRecord.objects.order_by("pk")
    sharing.record_opened(junior, on=NOON.date(), known="TOLD", by=None, at=NOON)

    waited = {each.pk: each.is_still_waited_for for each in shares_of(item)}

    assert waited == {leader.pk: True, junior.pk: False}


def test_who_holds_a_link_reads_their_own_name_on_it(hearing):
    of_two(hearing, with_a_file(hearing))
    junior = ShareLink.objects.get(email="1@bar.example")
    answer = entered(junior).get(address_of(junior, "recordings/")).content.decode()
    assert "Shared with Prosecuting counsel Mr Pike" in answer
