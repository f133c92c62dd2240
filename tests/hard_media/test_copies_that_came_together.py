"""Several copies that came together are as many discs, each with its own barcode and label."""

import pytest

from forthright.accounts.models import Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import Carrier
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items, several
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_copy, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
SAID = {"kind": "DISC", "received_from": "PC 1177", "location": "Cupboard 2"}


def taken_in(browser, **more):
    page = browser.open("/recordings/discs/add/").see("is a disc or stick of its own here")
    return page.press("Take it in", **SAID, **more)


def barcodes():
    return list(Carrier.objects.order_by("barcode").values_list("barcode", flat=True))


def test_three_copies_are_three_discs_with_their_labels_together():
    page = taken_in(as_(media.a_lawyer()), copies=3)

    codes = ["FM26000001", "FM26000002", "FM26000003"]
    assert barcodes() == codes
    assert set(Carrier.objects.values_list("copies", "location")) == {(1, "Cupboard 2")}
    page.see("They are in the register as FM26000001, FM26000002 and FM26000003.", "Print this")
    assert page.tree.xpath("//img[starts-with(@alt, 'QR')]/@alt") == [
        f"QR code of the barcode {each}" for each in codes
    ]
    listed = Event.objects.filter(name="media.listed").latest("sequence")
    assert listed.detail["discs"] == sorted(Carrier.objects.values_list("pk", flat=True))


def test_what_is_on_one_is_said_of_its_copies_at_once_and_each_goes_its_own_way(hearing):
    item = media.an_expected_item(hearing)
    browser = as_(media.a_lawyer())
    first = taken_in(browser, copies=3).follow("FM26000001")
    page = first.follow("Say what is on it").press("Continue", urn=hearing.case.urn)
    page.see("On which of its copies is the same?").press("Record it", items=[item.pk])
    assert item.carried.count() == 3
    item.refresh_from_db()
    items.view_item(item, how="all", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)

    page = first.follow("Hand it over").not_see("Nothing else here holds")
    page.press("Record the hand-over", to_kind="DEFENCE", to_place="Hale LLP").see("is recorded")

    assert ladder_of(hearing, NOON.date()).items[0].steps[0].reached
    second, third = Carrier.objects.order_by("barcode")[1:]
    court = carriers.Hands(Receiver.COURT, "Worcester")
    assert carriers.hand_over(second, court, by=None, at=NOON).from_place == "Cupboard 2"
    page = browser.open(f"/recordings/discs/{third.pk}/hand-over/")
    page.see("Nothing else here holds")


def test_of_a_second_case_and_of_a_later_recording_the_copies_are_asked_about_again(hearing):
    other = media.a_hearing()
    three = [media.an_expected_item(each) for each in (hearing, other, hearing)]
    browser = as_(media.a_lawyer())
    taken_in(browser, copies=3)
    first, second, third = Carrier.objects.order_by("barcode")
    carriers.put_on_carrier(third, [media.an_expected_item(other)], by=None, at=NOON)

    for item in three:
        page = browser.open(f"/recordings/discs/{first.pk}/contents/?urn={item.case.urn}")
        page.see("On which of its copies is the same?", str(second)).not_see(third.barcode)
        page.press("Record it", items=[item.pk]).see("It is recorded")

    assert set(first.items.all()) == set(second.items.all()) == set(three)
    assert third.items.count() == 1


def test_a_copy_that_is_not_alike_any_more_is_not_asked_about(hearing):
    one, other = media.an_expected_item(hearing), media.an_expected_item(hearing)
    browser = as_(media.a_lawyer())
    taken_in(browser, copies=2)
    first, second = Carrier.objects.order_by("barcode")
    for disc in (first, second):
        carriers.put_on_carrier(disc, [one], by=None, at=NOON)
    address = f"/recordings/discs/{first.pk}/contents/?urn={hearing.case.urn}"
    browser.open(address).press("Record it", items=[other.pk], copies=[])

    browser.open(address).not_see("On which of its copies")

    assert list(second.items.all()) == [one]


def test_a_copy_on_which_something_is_already_is_not_asked_about(hearing):
    item, other = media.an_expected_item(hearing), media.an_expected_item(hearing)
    lawyer = media.a_lawyer()
    new = carriers.NewCarrier(**SAID, received_on=NOON.date())
    first, second, third = several.receive_copies(lawyer.unit, new, 3, by=lawyer, at=NOON)
    carriers.put_on_carrier(second, [other], by=None, at=NOON)
    page = as_(lawyer).open(f"/recordings/discs/{first.pk}/contents/?urn={hearing.case.urn}")

    page.see(str(third)).not_see(second.barcode)
    page.press("Record it", items=[item.pk], copies=[]).see("It is recorded")

    assert [each.carrier for each in item.carried.all()] == [first]


def test_one_barcode_is_of_one_copy():
    page = taken_in(as_(media.a_lawyer()), copies=2, barcode="wm-7")

    (error,) = page.errors
    assert error.startswith("The barcode WM-7 is on one of the 2 copies only. Leave the barcode")
    assert barcodes() == []
    taken_in(as_(media.a_lawyer()), copies=1, barcode="wm-7").see("WM-7")
    (error,) = taken_in(as_(media.a_lawyer()), copies=21).errors
    assert error == "Take in 20 at a time, and the others after"


def test_one_that_was_taken_in_as_several_says_what_the_others_need():
    disc = media.a_disc()
    Carrier.objects.update(copies=3)

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")

    page.see("3 copies were taken in under this one barcode").follow("Take them in")


def test_once_the_others_have_their_records_it_says_so_and_asks_nobody_again():
    disc = media.a_disc()
    Carrier.objects.update(copies=3)
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/discs/{disc.pk}/")

    page.press("All of them are taken in").see("this one barcode is of one").not_see("Take them in")

    event = Event.objects.get(name="disc.others_have_records")
    assert event.detail["copies"] == 3
    browser.post(f"/recordings/discs/{disc.pk}/others/")
    assert Event.objects.filter(name="disc.others_have_records").count() == 1
    with pytest.raises(NotAllowed):
        other = media.a_lawyer(unit=given.a_unit(Unit.Kind.MAGISTRATES))
        several.others_have_records(disc, by=other, at=NOON)


def test_of_one_that_ended_nobody_is_asked_to_take_the_others_in():
    disc = media.a_disc()
    Carrier.objects.update(copies=3)
    carriers.end_carrier(
        disc, CarrierEvent.RETURN, to=media.to("PC 2841"), on=NOON.date(), by=None, at=NOON
    )

    as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/").not_see("3 copies were taken in")

    with pytest.raises(carriers.CarrierRefused, match="It was returned, so what its papers say"):
        several.others_have_records(disc, by=None, at=NOON)


@pytest.mark.parametrize("asked", ["", "?disc=x", "?disc=999999", f"?disc={'9' * 40}"])
def test_labels_of_nothing_are_none(asked):
    page = as_(media.a_lawyer()).open(f"/recordings/discs/labels/{asked}")

    page.see("No disc or stick of which a label is asked for is here.").not_see("Print this page")


def test_many_labels_ask_the_database_as_often_as_one(hearing, count_queries):
    lawyer, discs = media.a_lawyer(), [media.a_disc() for _ in range(4)]
    for each in discs:
        on_it = [media.an_expected_item(hearing)]
        carriers.put_on_carrier(each, on_it, by=None, at=NOON)

    def asked(shown):
        numbers = "&".join(f"disc={each.pk}" for each in shown)
        with count_queries() as counted:
            as_(lawyer).open(f"/recordings/discs/labels/?{numbers}").see(str(hearing.case))
        return len(counted)

    assert asked(discs) == asked(discs[:1])


def test_a_copy_of_which_somebody_said_that_it_is_blank_is_offered_no_more(hearing):
    one, another = (media.an_expected_item(hearing) for _ in range(2))
    browser = as_(media.a_lawyer())
    page = taken_in(browser, copies=2).follow("FM26000001").follow("Say what is on it")
    page.press("Continue", urn=hearing.case.urn).press("Record it", items=[one.pk])
    first, second = Carrier.objects.order_by("barcode")
    blank = browser.open(f"/recordings/discs/{second.pk}/put-right/")
    blank.press("Put it right", not_on_it=[one.pk], reason="This copy is blank.")

    page = browser.open(f"/recordings/discs/{first.pk}/contents/", urn=str(hearing.case.urn))
    page.not_see("On which of its copies is the same?").press("Record it", items=[another.pk])

    assert not second.carried.exists()


def test_a_copy_that_was_left_out_once_is_not_chosen_beforehand_for_what_comes_next(hearing):
    one, another = (media.an_expected_item(hearing) for _ in range(2))
    browser = as_(media.a_lawyer())
    page = taken_in(browser, copies=2).follow("FM26000001").follow("Say what is on it")
    page = page.press("Continue", urn=hearing.case.urn)
    page.press("Record it", items=[one.pk], copies=[])
    first, second = Carrier.objects.order_by("barcode")

    page = browser.open(f"/recordings/discs/{first.pk}/contents/", urn=str(hearing.case.urn))
    page.see("On which of its copies is the same?").press("Record it", items=[another.pk])

    assert not second.carried.exists()


@pytest.mark.parametrize("kind", ["UNUSED", "RELIED_ON"])
def test_a_copy_that_a_party_has_is_named_with_its_page_where_the_box_is(hearing, kind):
    item = with_a_file(hearing, kind=kind)
    if kind == "RELIED_ON":
        a_copy(item)
    browser = as_(media.a_lawyer())
    taken_in(browser, copies=2)
    first, second = Carrier.objects.order_by("barcode")
    court = carriers.Hands(Receiver.COURT, "Court 3", unknown_because="They look what is on it.")
    carriers.hand_over(second, court, by=None, at=NOON)

    address = f"contents/?urn={hearing.case.urn}"
    page = browser.open(f"/recordings/discs/{first.pk}/{address}")
    after = page.press("Record it", items=[item.pk], copies=[second.pk])

    box = "the box for FM26000002 is on the page of FM26000002, under “Say what is on it”"
    after.see("Nothing is recorded as on FM26000002, its copy.", f"for FM26000001 alone: {box}")
    assert (first.items.count(), second.items.count()) == (1, 0)
    own = browser.open(f"/recordings/discs/{second.pk}/").follow("Say what is on it")
    own = own.press("Continue", urn=hearing.case.urn)
    decided = {"unused_too": "on"} if kind == "UNUSED" else {"hidden_too": "on"}
    own.press("Record it", items=[item.pk], **decided).see("It is recorded")
    assert second.items.count() == 1
