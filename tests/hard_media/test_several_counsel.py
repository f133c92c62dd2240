"""A leader and a junior may both have a recording; the same counsel is not given it twice."""

import pytest

from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.services import sharing
from forthright.hard_media.services.giving import ShareRefused
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import shared_by_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


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
