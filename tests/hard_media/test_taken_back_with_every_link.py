"""What is taken back is opened by no older link of the same party either, or that is said."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import Representation, ShareLink, ShareRecord
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services import firms, links
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, UNTIL, a_copy, shared, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
LONGER = UNTIL + timedelta(days=9)
WITH_IT = "Taken back with it, since it opened the same: a link of 5 October 2026, which ends on"


def taking(share):
    return as_(media.a_lawyer()).open(f"/recordings/shares/{share.pk}/take-back/")


def open_links():
    rows = ShareLink.objects.order_by("pk")
    return [each.pk for each in rows if not why_closed(each, NOON.date())]


@pytest.fixture
def twice(hearing, item):
    """Return the shares of one recording by two links, of which the second opens longer."""
    shared_by_link(hearing, item)
    shared_by_link(hearing, item, until=LONGER)
    return list(ShareRecord.objects.order_by("pk"))


@pytest.mark.parametrize("chosen", [0, 1])
def test_every_link_that_opens_the_same_is_closed_and_named(twice, chosen):
    page = taking(twice[chosen])
    page.see("The same was given by a link of 5 October 2026", "unless you say that it stays")

    page.press("It was taken back", reason="The plate is seen.").see(WITH_IT, "Hale LLP")

    assert open_links() == []
    assert not ShareRecord.objects.filter(revoked_at=None).exists()


def test_the_other_link_stays_open_where_somebody_says_so_and_is_named(twice):
    page = taking(twice[0])

    told = page.press("It was taken back", reason="The newer is to be used.", only_this=True)

    told.see(
        "They still have it, or some of it, by a link of 5 October 2026", "Take that back, too"
    )
    assert list(ShareRecord.objects.filter(revoked_at=None)) == twice[1:]
    assert len(open_links()) == 1


def test_a_copy_is_taken_back_with_every_link_and_another_copy_is_not(hearing, item):
    first = a_copy(item)
    other = a_copy(item, what="CLIP", also=first, content=b"another")
    shared(hearing, copies=[first])
    shared_by_link_of_copies(hearing, [first], LONGER)
    shared(hearing, copies=[other])
    same, another = ShareRecord.objects.filter(contents__copy=first), ShareRecord.objects.last()

    taking(same[0]).press("It was taken back", reason="The plate is seen.").see(WITH_IT)

    assert list(ShareRecord.objects.filter(revoked_at=None)) == [another]


def shared_by_link_of_copies(hearing, copies, until):
    sending = media.sharing.Sending(
        way="LINK", on=NOON.date(), link_expires_on=until, copies=tuple(copies)
    )
    parties = media.parties_of(hearing)[1:]
    links.share_by_link(hearing, (), parties, sending, by=None, at=NOON)


def test_what_they_have_another_way_is_named(hearing, item):
    shared(hearing, item, way="EGRESS")
    shared_by_link(hearing, item)
    by_link = ShareRecord.objects.get(way="LINK")
    page = taking(by_link).see(
        "They still have it, or some of it, by Egress of 5 October 2026 (Hale LLP"
    )

    page.press("It was taken back", reason="It is there twice.").see(
        "They still have it, or some of it, by Egress"
    )

    assert ShareRecord.objects.get(revoked_at=None).way == "EGRESS"


def test_the_links_of_a_firm_for_another_defendant_stay_and_are_named():
    hearing = media.a_hearing(firms=("Hale LLP", "Hale LLP"))
    item = with_a_file(hearing)
    shared_by_link(hearing, item)
    first, second = ShareRecord.objects.filter(item=item).order_by("pk")

    taking(first).press("It was taken back", reason="The plate is seen.").see(
        "They still have it, or some of it, by a link of 5 October 2026"
    )

    assert list(ShareRecord.objects.filter(revoked_at=None)) == [second]


def test_the_court_and_another_firm_keep_theirs():
    hearing = media.a_hearing(firms=("Hale LLP", "Orr LLP"))
    Representation.objects.filter(firm="Orr LLP").update(email="orr@orr.example")
    item = with_a_file(hearing)
    shared_by_link(hearing, item)
    shared_by_link(hearing, item, parties=COURT)
    hale = ShareRecord.objects.get(representation__firm="Hale LLP")

    told = taking(hale).press("It was taken back", reason="The plate is seen.")

    told.see("It is taken back, and counts no more.").not_see("still have it")
    assert ShareRecord.objects.filter(revoked_at=None).count() == 2


def test_the_same_file_that_they_have_as_another_exhibit_is_named(hearing, item):
    twin = with_a_file(hearing)
    shared_by_link(hearing, item)
    shared_by_link(hearing, twin)
    first, second = ShareRecord.objects.order_by("pk")
    there = f"(Hale LLP, as {twin.exhibit})"
    page = taking(first).see(
        "They still have it, or some of it, by a link of 5 October 2026", there
    )

    page.press("It was taken back", reason="The plate is seen.").see("They still have it", there)

    assert list(ShareRecord.objects.filter(revoked_at=None)) == [second]


def test_what_holds_another_file_is_not_named(hearing, item):
    other = with_a_file(hearing, content=b"another street" * 40)
    shared_by_link(hearing, item, other)

    page = taking(ShareRecord.objects.get(item=item)).not_see("still have")

    page.press("It was taken back", reason="The plate is seen.").not_see("still have")


def test_what_the_court_has_of_another_case_is_not_named(hearing, item):
    elsewhere = media.a_hearing(urn="20AB7000226")
    twin = with_a_file(elsewhere)
    shared_by_link(hearing, item, parties=COURT)
    shared_by_link(elsewhere, twin, parties=COURT)

    taking(ShareRecord.objects.get(item=item)).not_see("still have")


def test_a_clip_of_it_that_they_keep_is_named_and_so_is_the_whole_beside_the_clip(hearing, item):
    clip = a_copy(item, what="CLIP", box=None, start=1, end=20, content=b"a clip")
    shared_by_link(hearing, item)
    shared(hearing, copies=[clip])
    whole, of_clip = ShareRecord.objects.order_by("pk")
    taking(of_clip).see("They still have it, or some of it, by a link of 5 October 2026")
    there = "(Hale LLP: a clip: only this part, 0:00:01.000 to 0:00:20.000)"
    page = taking(whole).see(there)

    page.press("It was taken back", reason="The plate is seen.").see(there, "Take that back, too")

    assert ShareRecord.objects.get(revoked_at=None) == of_clip


def test_a_clip_of_other_seconds_is_not_named(hearing, item):
    first = a_copy(item, what="CLIP", box=None, start=1, end=5, content=b"a clip")
    other = a_copy(item, what="CLIP", box=None, start=20, end=25, content=b"another")
    shared(hearing, copies=[first])
    shared(hearing, copies=[other])

    taking(ShareRecord.objects.get(contents__copy=first)).not_see("still have")


def taken_over(hearing):
    """Have another firm take the only defendant of a case over, today."""
    rowe = firms.Firm(firm="Rowe & Co", email="x@rowe.example", starts_on=NOON.date())
    defendant = hearing.case.defendants.get()
    firms.set_representation(hearing, defendant, rowe, by=None, at=NOON)


def test_what_the_next_firm_has_is_not_theirs_who_had_the_case_before(hearing, item):
    shared_by_link(hearing, item)
    taken_over(hearing)
    shared_by_link(hearing, item)
    before, since = ShareRecord.objects.order_by("pk")
    stays = (
        "Another firm for the same defendant has it by a link of 5 October 2026, which ends on 4 "
        "November 2026 (Rowe & Co). That stays as it is."
    )
    page = taking(before).see(stays).not_see("They still have it")

    told = page.press("It was taken back", reason="They act no more.")

    told.see(stays).not_see("They still have it")
    assert ShareRecord.objects.get(revoked_at=None) == since


def test_what_the_firm_before_has_is_not_theirs_who_have_the_case_since(hearing, item):
    shared(hearing, item, way="EGRESS")
    taken_over(hearing)
    shared_by_link(hearing, item)

    page = taking(ShareRecord.objects.get(way="LINK")).not_see("They still have it")

    page.see("Another firm for the same defendant has it by Egress of 5 October 2026 (Hale LLP).")


def test_a_firm_that_reads_like_the_one_before_may_be_the_same(hearing, item):
    shared(hearing, item, way="EGRESS")
    hale = firms.Firm(
        firm="Hale L.L.P.", email="x@hale.example", starts_on=NOON.date(), is_same=False
    )
    firms.set_representation(hearing, hearing.case.defendants.get(), hale, by=None, at=NOON)
    shared_by_link(hearing, item)

    taking(ShareRecord.objects.get(way="LINK")).see("They still have it, or some of it, by Egress")
