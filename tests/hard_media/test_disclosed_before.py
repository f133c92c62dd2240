"""What was disclosed to a firm does not drop out when another takes the case over."""

from datetime import timedelta

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.models import ShareRecord
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import cutting, firm_mistakes, firms, sharing
from forthright.hard_media.services.sharing import Party
from forthright.rules.words import date_words
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import a_copy, shared, shared_by_link, with_a_file
from tests.hard_media.test_files_beside_copies import a_copy_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
LACKS = "Disclosed to Hale LLP before; New & Co does not have it"
TASK = "1 case with an unused recording that the next firm does not have"


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


@pytest.fixture
def lawyer(hearing):
    return as_(media.a_lawyer(unit=hearing.unit))


def takes_over(hearing, *, days=0):
    defendant = Defendant.objects.get(case=hearing.case_id)
    new = firms.Firm(
        firm="New & Co", email="x@new.example", starts_on=TODAY + timedelta(days=days),
        odd_because="The order says so.",
    )  # fmt: skip
    return firms.set_representation(hearing, defendant, new, by=None, at=NOON)


def the_disclosed(hearing, *whole, copies=(), way="LINK"):
    """Have an unused recording shared with the first firm, and another take the case over."""
    shared(hearing, *whole, copies=copies, way=way)
    return takes_over(hearing)


def an_unused(hearing):
    return with_a_file(hearing, kind="UNUSED")


def test_every_page_says_that_who_took_over_does_not_have_it(hearing, lawyer):
    item = an_unused(hearing)
    the_disclosed(hearing, item)

    case = lawyer.open(f"/recordings/cases/{hearing.case_id}/")
    case.see(LACKS, "Next: 1 unused recording not shared with the next firm")
    case.see(f"{item}: disclosed to Hale LLP before, for {Defendant.objects.get()}")
    lawyer.open(f"/recordings/items/{item.pk}/").see(
        "Unused, and disclosed to Hale LLP before", "New & Co, the next firm, does not have it"
    )
    lawyer.open("/").see(TASK)
    listed = lawyer.open("/recordings/?show=disclose")
    listed.see("20AB7000126")


def test_it_is_offered_for_them_alone_and_once_given_nothing_is_said(hearing, lawyer):
    item = an_unused(hearing)
    other = with_a_file(hearing, content=b"relied on" * 40)
    firm = the_disclosed(hearing, item)
    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/")
    page.see("New & Co, the next firm, does not have it: share it with them, too.")

    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}")
    page.press("Share them", way="EGRESS").see("1 share is recorded")

    share = ShareRecord.objects.get(representation=firm)
    assert (share.item, other.shares.count()) == (item, 0)
    lawyer.open(f"/recordings/cases/{hearing.case_id}/").not_see(LACKS)
    assert "next firm" not in lawyer.open("/").words


def test_whoever_had_a_copy_in_its_place_is_followed_by_one_who_is_offered_that(hearing, lawyer):
    item = an_unused(hearing)
    copy = a_copy(item)
    firm = the_disclosed(hearing, copies=[copy])

    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}")
    page.press("Share them", way="EGRESS").see("1 share is recorded")

    share = ShareRecord.objects.get(representation=firm)
    assert [each.copy for each in share.contents.all()] == [copy]


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_whoever_had_a_file_beside_a_copy_is_followed_by_one_who_is_offered_both(
    hearing, lawyer, way
):
    item = media.a_requested_item(hearing)
    files.a_kept_file(item, content=b"the first" * 40)
    files.a_kept_file(item, content=b"the second" * 40)
    media.items.view_item(item, how="All of it.", by=None, at=NOON)
    item = media.items.classify_item(item, "UNUSED", by=None, at=NOON)
    copy = a_copy(item)
    firm = the_disclosed(hearing, item, copies=[copy], way=way)

    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}")
    page.press("Share them", way="EGRESS").see("1 share is recorded")

    share = ShareRecord.objects.get(representation=firm)
    assert {each.copy for each in share.contents.all()} == {copy, None}


def test_what_was_taken_back_from_the_firm_before_is_not_offered(hearing, lawyer):
    the_disclosed(hearing, an_unused(hearing))
    share = ShareRecord.objects.get()
    sharing.revoke_share(share, reason="It was the wrong one.", by=None, at=NOON)

    assert not ladder_of(hearing, TODAY).has_to_disclose
    lawyer.open(f"/recordings/cases/{hearing.case_id}/share/").not_see("next firm")


def test_who_takes_over_before_the_hearing_is_offered_it_beforehand(hearing, lawyer):
    shared_by_link(hearing, an_unused(hearing))
    takes_over(hearing, days=10)

    case = lawyer.open(f"/recordings/cases/{hearing.case_id}/")

    case.see(LACKS, "Shared 5 October 2026")


def test_what_is_relied_on_is_asked_for_of_who_is_to_come_until_they_have_it(hearing, lawyer):
    page, wanted = f"/recordings/cases/{hearing.case_id}/", "share with New & Co what is relied on"
    takes_over(hearing, days=10)
    lawyer.open(page).see("New & Co represents").not_see(wanted)
    item = with_a_file(hearing)
    lawyer.open(page).see(wanted)

    shared_by_link(hearing, item)

    lawyer.open(page).see("New & Co represents").not_see(wanted)


def test_of_a_firm_that_was_recorded_by_mistake_nothing_is_left(hearing):
    firm = the_disclosed(hearing, an_unused(hearing))
    firm_mistakes.say_by_mistake(hearing, firm, reason="Another case.", by=None, at=NOON)

    assert not ladder_of(hearing, TODAY).has_to_disclose


def test_all_that_stands_is_offered_and_not_only_what_went_last(hearing, lawyer):
    item = an_unused(hearing)
    shared(hearing, item, way="EGRESS")
    clip = a_copy(item, what="CLIP", box=None, content=b"a clip")
    firm = the_disclosed(hearing, copies=[clip], way="EGRESS")

    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}")
    page.press("Share them", way="EGRESS").see("1 share is recorded")

    assert not ShareRecord.objects.get(representation=firm).contents.exists()
    assert not ladder_of(hearing, TODAY).has_to_disclose


def test_copies_that_went_one_after_the_other_are_offered_together(hearing, lawyer):
    item = media.a_requested_item(hearing)
    files.a_kept_file(item, content=b"the first" * 40)
    files.a_kept_file(item, content=b"the second" * 40)
    media.items.view_item(item, how="All of it.", by=None, at=NOON)
    item = media.items.classify_item(item, "UNUSED", by=None, at=NOON)
    copies = [a_copy(item), a_copy_of(item.files.latest("pk"))]
    shared(hearing, copies=copies[:1], way="EGRESS")
    firm = the_disclosed(hearing, copies=copies[1:], way="EGRESS")

    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}")
    page.press("Share them", way="EGRESS").see("1 share is recorded")

    share = ShareRecord.objects.get(representation=firm)
    assert [each.copy for each in share.contents.all()] == copies
    assert not ladder_of(hearing, TODAY).has_to_disclose


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_a_clip_is_not_as_much_as_the_recording(hearing, lawyer, way):
    item = an_unused(hearing)
    firm = the_disclosed(hearing, item, way=way)
    clip = a_copy(item, what="CLIP", box=None, content=b"a clip")
    them = Party(kind="DEFENCE", representation=firm)
    shared(hearing, copies=[clip], parties=[them], way="EGRESS")

    case = lawyer.open(f"/recordings/cases/{hearing.case_id}/")
    case.see(f"Shared {date_words(TODAY)}", f"{LACKS[:-2]}all of it", "share the rest with them")
    lawyer.open("/").see(TASK)

    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}")
    page.press("Share them", way="EGRESS").see("1 share is recorded")
    assert not ladder_of(hearing, TODAY).has_to_disclose


def test_what_a_copy_is_to_hide_since_is_not_chosen_for_the_next_firm(hearing, lawyer):
    item = an_unused(hearing)
    firm = the_disclosed(hearing, item, way="EGRESS")
    cut = cutting.Cut(what="MUTE", start=1, end=2, reason="A name.")
    cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)

    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}")
    page.see("As it came it shows what a copy hides, or is to hide", "Choose New & Co, for")
    page.press("Share them", way="EGRESS")

    assert not ShareRecord.objects.filter(representation=firm).exists()


def test_what_was_taken_back_from_the_next_firm_is_not_asked_to_be_shared(hearing, lawyer):
    firm = the_disclosed(hearing, an_unused(hearing), way="EGRESS")
    sharing_page = f"/recordings/cases/{hearing.case_id}/share/?to={firm.pk}"
    lawyer.open(sharing_page).press("Share them", way="EGRESS")
    share = ShareRecord.objects.get(representation=firm)
    back = lawyer.open(f"/recordings/shares/{share.pk}/take-back/")

    page = back.press("It was taken back", reason="A stranger's flat is seen.")

    page.see("share it with them anew if they are to have it, or take it back from Hale LLP, too")
    page.not_see("share it with them, too")
    case = lawyer.open(f"/recordings/cases/{hearing.case_id}/")
    case.see("Disclosed to Hale LLP before; taken back from New & Co")
    lawyer.open(sharing_page).press("Share them", way="EGRESS")
    assert ShareRecord.objects.filter(representation=firm).count() == 1


def test_a_firm_that_has_the_case_again_has_what_it_was_given(hearing, lawyer):
    the_disclosed(hearing, an_unused(hearing), way="EGRESS")
    again = firms.Firm(
        firm="Hale LLP", email="rosa.hale@firm.example", starts_on=TODAY, odd_because="The order."
    )
    firms.set_representation(hearing, Defendant.objects.get(), again, by=None, at=NOON)

    assert not ladder_of(hearing, TODAY).has_to_disclose
    assert "next firm" not in lawyer.open("/").words
