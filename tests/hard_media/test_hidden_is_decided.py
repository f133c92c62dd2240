"""What a copy hides, or is to hide, is shown to nobody beforehand: somebody decides that it may."""

from datetime import timedelta

import pytest

from forthright.audit.models import Event
from forthright.hard_media.exports import ToBeKnownFirst, export_case
from forthright.hard_media.models import CutCopy, HandOver, ShareRecord
from forthright.hard_media.selectors.hiding import hiding_of
from forthright.hard_media.services import carriers, cutting, going_to, items, stock, wrong_copies
from forthright.hard_media.services.giving import HiddenToDecide, ShareRefused
from forthright.rules.media_hands import PARTIES, Receiver
from forthright.rules.media_states import CarrierEvent
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import COURT, NOON, a_copy, shared, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
TICK = "What a copy hides may be seen"
NAMES = {Receiver.DEFENCE: "Hale LLP", Receiver.COURT: "Court 3", Receiver.COUNSEL: "Ms Aske"}


def being_made(hearing, item):
    cut = cutting.Cut(what="MUTE", start=1, end=2, reason="A name.")
    return cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)


def not_looked_at(hearing, item):
    return a_copy(item, is_passed=False)


def not_right(hearing, item):
    copy = a_copy(item)
    shared(hearing, copies=[copy])
    wrong_copies.find_wrong(copy, "A face is seen at 0:01.", by=None, at=NOON)
    return copy


def not_made(hearing, item):
    copy = being_made(hearing, item)
    why = "It cannot be proved that it hides it."
    CutCopy.objects.filter(pk=copy.pk).update(state="REFUSED", refusal=why)
    return copy


def of_the_copy_before(hearing, item):
    copy = a_copy(item)
    later = NOON + timedelta(hours=2)
    items.request_item(item, reason="No sound.", by=None, at=NOON + timedelta(hours=1))
    item.refresh_from_db()
    files.a_kept_file(item, content=b"the same with its sound")
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=later)
    items.classify_item(item, "RELIED_ON", reason="As before.", by=None, at=later)
    return copy


def of_another_recording(hearing, item):
    return a_copy(with_a_file(media.a_hearing(), content=files.VIDEO))


STANDS = [
    (being_made, "silent, 0:00:01.000 to 0:00:02.000: being made"),
    (not_looked_at, "a part made unrecognisable, 0:00:01.000 to 0:00:02.000: not found right yet"),
    (not_right, "a part made unrecognisable, 0:00:01.000 to 0:00:02.000: found not right on"),
    (not_made, "silent, 0:00:01.000 to 0:00:02.000: not made"),
    (of_the_copy_before, "of a file that came before the recording was asked for again"),
    (of_another_recording, "found right"),
]


def the_page(hearing):
    return as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")


def chosen(page):
    return page.tree.xpath("//input[@name='items' and @checked]/@value")


@pytest.mark.parametrize(("made", "words"), STANDS)
def test_the_page_does_not_choose_it_says_why_and_asks(hearing, item, made, words):
    assert chosen(the_page(hearing)) == [str(item.pk)]
    copy = made(hearing, item)

    page = the_page(hearing)

    assert chosen(page) == []
    page.see(f"Some of it is hidden, or is to be: by copy {copy.pk} (", words, TICK)
    answers = {"items": [str(item.pk)], "parties": ["COURT"], "way": "EGRESS"}
    page = page.press("Share them", **answers)
    page.see(f"{item.exhibit} as it came shows what is hidden, or is to be, by copy {copy.pk}")
    assert not ShareRecord.objects.filter(revoked_at=None).exists()
    page.press("Share them", **answers, hidden_too="on").see("1 share is recorded.")


@pytest.mark.parametrize(("made", "words"), STANDS)
@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_it_goes_to_nobody_by_any_way_before_it_is_decided(hearing, item, made, words, way):
    made(hearing, item)
    item.refresh_from_db()
    before = ShareRecord.objects.count()

    for parties in (COURT, media.parties_of(hearing)[1:]):
        with pytest.raises(HiddenToDecide, match="Look at it again and say that it may be seen"):
            shared(hearing, item, parties=parties, way=way)

    assert ShareRecord.objects.count() == before


def test_once_it_is_decided_it_goes_and_the_record_says_so(hearing, item):
    not_right(hearing, item)
    item.refresh_from_db()

    shared(hearing, item, hidden_too=True)

    told = Event.objects.filter(name="media.shared").order_by("pk")
    assert [each.detail["hidden_too"] for each in told] == [False, True]


def test_of_a_recording_of_which_nothing_is_hidden_nobody_is_asked(hearing, item):
    a_copy(item, what="CLIP", box=None, content=b"a clip")

    page = the_page(hearing).not_see(TICK)

    assert (chosen(page), hiding_of([item])) == ([str(item.pk)], {})
    shared(hearing, item)


def test_a_copy_goes_unasked(hearing, item):
    not_right(hearing, item)

    shared(hearing, copies=[a_copy(item, start=1, end=3, content=b"right now")])


def test_once_it_is_made_anew_nobody_is_asked_about_what_could_not_be_made(hearing, item):
    not_made(hearing, item)
    clip = a_copy(item, what="CLIP", box=None, content=b"a clip")
    with pytest.raises(HiddenToDecide, match=r"not made\). Look at it again"):
        shared(hearing, copies=[clip])

    shared(hearing, copies=[a_copy(item, what="MUTE", box=None, content=b"silent now")])


@pytest.mark.parametrize("made", [each for each, _ in STANDS])
def test_a_bag_with_it_is_made_only_once_that_is_known(hearing, item, made, tmp_path):
    made(hearing, item)

    with pytest.raises(ToBeKnownFirst, match=f"A copy hides something of {item.exhibit}"):
        export_case(hearing, tmp_path / "bag", by=None, at=NOON)


def a_disc_with(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    return disc


def goes(kind, **said):
    return carriers.Hands(kind, NAMES.get(kind, "The printers"), **said)


@pytest.mark.parametrize("made", [each for each, _ in STANDS])
@pytest.mark.parametrize("kind", PARTIES)
def test_a_disc_with_it_goes_to_no_party_before_it_is_decided(hearing, item, made, kind):
    disc = a_disc_with(item)
    copy = made(hearing, item)

    with pytest.raises(going_to.HiddenOnDisc, match=rf"{item.exhibit} .copy {copy.pk} \("):
        carriers.hand_over(disc, goes(kind), by=None, at=NOON)
    ended = {"on": NOON.date(), "by": None, "at": NOON}
    with pytest.raises(going_to.HiddenOnDisc):
        carriers.end_carrier(disc, CarrierEvent.RETURN, to=goes(kind), **ended)
    assert HandOver.objects.count() == 1
    carriers.hand_over(disc, goes(kind, hidden_too=True), by=None, at=NOON)

    assert Event.objects.get(name="disc.handed_over").detail["hidden_too"] is True


@pytest.mark.parametrize("made", [each for each, _ in STANDS])
def test_a_disc_with_it_goes_to_somebody_else_with_a_reason_alone(hearing, item, made):
    disc = a_disc_with(item)
    made(hearing, item)

    with pytest.raises(going_to.PlaceToExplain, match="a copy hides some of it, or is to"):
        carriers.hand_over(disc, goes(Receiver.OTHER), by=None, at=NOON)
    carriers.hand_over(disc, goes(Receiver.OTHER, named_because="They print."), by=None, at=NOON)


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT])
def test_a_disc_with_it_goes_back_to_the_police_or_stays_unasked(hearing, item, kind):
    disc = a_disc_with(item)
    not_right(hearing, item)

    carriers.hand_over(disc, goes(kind), by=None, at=NOON)


def test_a_missing_disc_that_a_party_has_is_asked_about(hearing, item):
    disc = a_disc_with(item)
    not_right(hearing, item)
    stock.finish_stock_take(
        stock.begin_stock_take(disc.unit, disc.location, by=None, at=NOON), by=None, at=NOON
    )

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/found/")
    answers = {"to_kind": "COURT", "location": "Court 3", "reason": "It went with another."}
    page = page.press("Record that it was found", **answers).see("Tick that it may be seen there")
    page.press("Record that it was found", **answers, hidden_too="on").see("is held again")

    assert Event.objects.get(name="disc.held").detail["hidden_too"] is True


def test_the_page_of_a_disc_asks_beside_who_gets_it(hearing, item):
    disc = a_disc_with(item)
    address = f"/recordings/discs/{disc.pk}/hand-over/"
    as_(media.a_lawyer()).open(address).not_see(TICK)
    not_right(hearing, item)

    page = as_(media.a_lawyer()).open(address).see(f"{TICK} there: {item.exhibit}")
    answers = {"to_kind": "DEFENCE", "to_place": "Hale LLP"}
    page = page.press("Record the hand-over", **answers)
    assert "Tick that it may be seen there" in page.errors[0]
    page.press("Record the hand-over", **answers, hidden_too="on").see("The hand-over is recorded")


def test_what_is_hidden_from_whoever_gets_it_stays_so_however_it_is_decided(hearing, item):
    shared(hearing, copies=[a_copy(item)])
    disc = a_disc_with(item)

    with pytest.raises(ShareRefused, match="see what that hides"):
        shared(hearing, item, hidden_too=True)
    with pytest.raises(carriers.CarrierRefused, match="see what that hides"):
        carriers.hand_over(disc, goes(Receiver.DEFENCE, hidden_too=True), by=None, at=NOON)


def with_a_party(kind):
    """Return a disc on which nobody said what is, and that went to a party."""
    disc = media.a_disc()
    to = goes(kind, unknown_because="The officer says that it is the shop.")
    carriers.hand_over(disc, to, by=None, at=NOON)
    return disc


@pytest.mark.parametrize("made", [each for each, _ in STANDS])
@pytest.mark.parametrize("kind", PARTIES)
def test_what_is_said_to_be_on_a_disc_that_a_party_has_is_asked_about(hearing, item, made, kind):
    disc = with_a_party(kind)
    copy = made(hearing, item)
    item.refresh_from_db()

    with pytest.raises(going_to.HiddenOnDisc, match=rf"is with .* {item.exhibit} .copy {copy.pk}"):
        carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    with pytest.raises(going_to.HiddenOnDisc, match="after you opened the page"):
        carriers.put_on_carrier(disc, [item], hidden_decided=["item-0-0"], by=None, at=NOON)
    assert not disc.items.exists()
    carriers.put_on_carrier(disc, [item], hidden_decided=None, by=None, at=NOON)

    assert Event.objects.get(name="disc.filled").detail["hidden_too"] is True
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)  # it is on it already


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT])
def test_what_is_said_to_be_on_a_disc_that_no_party_has_is_not(hearing, item, kind):
    disc = with_a_party(Receiver.DEFENCE)
    carriers.hand_over(disc, goes(kind), by=None, at=NOON)
    not_right(hearing, item)

    carriers.put_on_carrier(disc, [item], by=None, at=NOON)

    assert Event.objects.get(name="disc.filled").detail["hidden_too"] is False


def test_what_is_sensitive_is_recorded_where_it_is_and_told(hearing, item):
    disc = with_a_party(Receiver.DEFENCE)
    not_looked_at(hearing, item)
    items.classify_item(item, "SENSITIVE", reason="An informant.", by=None, at=NOON)

    carriers.put_on_carrier(disc, [item], by=None, at=NOON)

    as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/").see("It must not be where it is")


def test_what_a_party_has_hidden_is_not_said_to_be_on_a_disc_with_it(hearing, item):
    shared(hearing, copies=[a_copy(item)])
    disc = with_a_party(Receiver.DEFENCE)

    with pytest.raises(carriers.CarrierRefused, match="see what that hides"):
        carriers.put_on_carrier(disc, [item], hidden_decided=None, by=None, at=NOON)


def test_the_refusal_leads_to_where_it_is_recorded_that_they_had_it(hearing, item):
    shared(hearing, copies=[a_copy(item)])
    disc = with_a_party(Receiver.DEFENCE)
    address = f"/recordings/discs/{disc.pk}/contents/?urn={item.case.urn}"
    lawyer = as_(media.a_lawyer())

    page = lawyer.open(address).press("Record it", items=[item.pk], hidden_too="on")

    assert page.errors[0].endswith(
        "If it is with them, and must not be, report that within your office, get it back, record "
        "that by “Hand it over” on the page of the disc or stick, and say then what is on it."
    )
    carriers.hand_over(disc, goes(Receiver.UNIT), by=None, at=NOON)
    lawyer.open(address).press("Record it", items=[item.pk]).see("It is recorded.", "Hale LLP")


def test_the_page_that_says_what_is_on_a_disc_asks_where_a_party_has_it(hearing, item):
    disc = with_a_party(Receiver.DEFENCE)
    address = f"/recordings/discs/{disc.pk}/contents/?urn={item.case.urn}"
    as_(media.a_lawyer()).open(address).not_see(TICK)
    not_looked_at(hearing, item)
    page = as_(media.a_lawyer()).open(address).see(f"{TICK} there: {item.exhibit}")

    page = page.press("Record it", items=[item.pk])

    assert "is with the defence" in page.errors[0]
    page.press("Record it", items=[item.pk], hidden_too="on").see("It is recorded.")
