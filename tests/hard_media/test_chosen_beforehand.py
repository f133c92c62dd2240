"""Nothing is chosen beforehand that whoever lacks something has already: it would be refused."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareLink, ShareRecord
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, NOON, UNTIL, a_copy, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
EXPIRES = {
    "link_expires_on_day": UNTIL.day, "link_expires_on_month": UNTIL.month,
    "link_expires_on_year": UNTIL.year,
}  # fmt: skip


@pytest.fixture
def other(hearing, item):
    return with_a_file(hearing, content=b"another film")


def the_page(hearing):
    return as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")


def chosen(hearing):
    page = the_page(hearing)
    return {int(each) for each in page.tree.xpath("//input[@name='items' and @checked]/@value")}


def firm_of(hearing):
    return f"DEFENCE {media.parties_of(hearing)[1].representation.pk}"


@pytest.mark.parametrize("is_told", [True, False])
def test_what_the_firm_has_by_a_link_is_not_chosen_beside_what_is_new(
    hearing, item, other, is_told
):
    shared_by_link(hearing, item, is_told=is_told)

    assert chosen(hearing) == {other.pk}
    the_page(hearing).press("Share them", parties=[firm_of(hearing)], way="LINK", **EXPIRES).see(
        "1 share is recorded"
    )
    assert ShareRecord.objects.filter(party="DEFENCE").count() == 2


def test_what_one_party_has_is_chosen_for_the_other_where_the_first_lacks_nothing(
    hearing, item, other
):
    assert chosen(hearing) == {item.pk, other.pk}
    shared_by_link(hearing, item, other)

    assert chosen(hearing) == {item.pk, other.pk}
    the_page(hearing).press("Share them", parties=["COURT"], way="EGRESS").see("2 shares are")
    assert chosen(hearing) == set()


def test_where_one_party_lacks_what_the_other_has_nothing_is_chosen(hearing, item, other):
    shared_by_link(hearing, item)
    shared_by_link(hearing, other, parties=COURT)

    assert chosen(hearing) == set()


def test_what_opened_nothing_or_gave_only_a_clip_is_chosen_again(hearing, item, other):
    shared_by_link(hearing, item)
    ShareLink.objects.update(expires_on=NOON.date() - timedelta(days=1))
    ShareRecord.objects.update(link_expires_on=NOON.date() - timedelta(days=1))
    clip = a_copy(other, what="CLIP", box=None, content=b"a clip")
    the_page(hearing).press("Share them", items=[], copies=[str(clip.pk)],
                            parties=[firm_of(hearing)], way="EGRESS")  # fmt: skip

    assert chosen(hearing) == {item.pk, other.pk}


def test_for_a_firm_that_takes_over_all_is_chosen(hearing, item, other):
    media.shared(hearing, item, other)
    media.represented(hearing, hearing.case.defendants.get(), "New & Co", since=NOON.date())

    assert chosen(hearing) == {item.pk, other.pk}
