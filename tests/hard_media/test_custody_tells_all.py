"""The custody tells what was put right, when a disc was missing and which file was damaged here."""

import json
from datetime import UTC, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.exports import export_case
from forthright.hard_media.models import Damage
from forthright.hard_media.services import carriers, stock
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.hard_media.services.handing import Damaged, check_unharmed, note_read
from forthright.hard_media.services.not_ended import undo_ending
from forthright.media_files.store import Verdict, Verified
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.rules.words import day_words
from tests import given
from tests.hard_media import files, media
from tests.hard_media.links import with_a_file
from tests.hard_media.test_damaged_files import flip_a_byte
from tests.hard_media.test_exports import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
DAYS = [NOON + timedelta(days=each) for each in range(6)]
OTHER = files.VIDEO + b"camera two"
WHOLE = "its SHA-256 was the same as when it came"


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


@pytest.fixture
def item(hearing):
    return with_a_file(hearing)


@pytest.fixture
def her():
    return given.a_person(Role.LINE_MANAGER)


@pytest.fixture
def disc(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    return disc


def written(moment):
    return moment.astimezone(UTC).isoformat()


def ended(disc, *, by, at, event=CarrierEvent.DESTROY):
    disc.refresh_from_db()
    to = media.to("PC 2841", Receiver.POLICE)
    return carriers.end_carrier(disc, event, to=to, on=at.date(), by=by, at=at)


def counted_out(disc, *, by, at):
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=at)
    stock.finish_stock_take(taken, by=by, at=at)
    disc.refresh_from_db()


def custody_of(hearing, tmp_path):
    """Return the acts in a bag as programs read them, with when and by whom, and as people do."""
    export_case(hearing, tmp_path / "bag", is_known=True, by=None, at=DAYS[5])
    graph = json.loads((tmp_path / "bag" / "custody.jsonld").read_text())["@graph"]
    names = {each["@id"]: each["uco-core:name"] for each in graph if "Person" in each["@type"]}
    acts = {
        each["uco-core:name"]: (
            each["uco-action:startTime"]["@value"],
            names.get(each.get("uco-action:performer", {}).get("@id")),
        )
        for each in graph
        if each["@type"].endswith("Action")
    }
    return acts, text_of(tmp_path / "bag" / "custody.pdf")


def of_disc(disc, acts):
    """Return what is told of a disc after it came, with when, and by whom."""
    return [
        (words.removeprefix(f"{disc.barcode} "), *told)
        for words, told in acts.items()
        if words.startswith(disc.barcode)
    ][2:]


def test_a_destruction_that_never_was_is_told_as_recorded_and_put_right(
    hearing, disc, her, tmp_path
):
    number = ended(disc, by=None, at=DAYS[1]).certificate
    undo_ending(disc, reason="The disc beside it was meant.", by=her, at=DAYS[2])

    acts, printed = custody_of(hearing, tmp_path)

    recorded = f"recorded as destroyed on 6 October 2026, certificate {number}, by mistake"
    right = f"put right: it was not destroyed, and certificate {number} is void"
    assert of_disc(disc, acts) == [
        (f"{recorded}: put right since", written(DAYS[1]), None),
        (right, written(DAYS[2]), str(her)),
    ]
    assert recorded in printed
    assert right in printed
    assert f"{her}" in printed
    assert "PC 2841 to Shelf 14" not in printed.replace("PC 2841, Malvern to Shelf 14", "")
    assert "beside it was meant" not in printed


@pytest.mark.parametrize("event", [CarrierEvent.RETURN, CarrierEvent.DESTROY])
def test_what_went_for_good_is_told_with_its_certificate(hearing, disc, event, tmp_path):
    number = ended(disc, by=None, at=DAYS[1], event=event).certificate

    acts, _ = custody_of(hearing, tmp_path)

    how = "returned on 6 October 2026 to" if event == CarrierEvent.RETURN else (
        "destroyed on 6 October 2026 by"
    )  # fmt: skip
    ((words, at, _),) = of_disc(disc, acts)
    assert (words, at) == (f"{how} PC 2841, certificate {number}", written(DAYS[1]))


def test_the_days_on_which_a_disc_was_missing_are_told(hearing, disc, her, tmp_path):
    counted_out(disc, by=her, at=DAYS[1])
    stock.find_carrier(
        disc, media.to("Shelf 15", Receiver.UNIT), reason="In the next box.", by=her, at=DAYS[3]
    )

    acts, printed = custody_of(hearing, tmp_path)

    assert of_disc(disc, acts) == [
        ("recorded as missing after a stock-take", written(DAYS[1]), str(her)),
        ("found again: Shelf 15", written(DAYS[3]), str(her)),
    ]
    assert "recorded as missing after a stock-take 6 October 2026" in printed
    assert "next box" not in printed


def test_one_that_a_count_found_where_it_lay_and_one_that_nobody_found_are_told_so(
    hearing, disc, tmp_path
):
    counted_out(disc, by=None, at=DAYS[1])
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=DAYS[2])
    stock.scan(taken, disc.barcode, by=None, at=DAYS[2])
    stock.finish_stock_take(taken, by=None, at=DAYS[2])
    counted_out(disc, by=None, at=DAYS[4])

    acts, _ = custody_of(hearing, tmp_path)

    assert [words for words, *_ in of_disc(disc, acts)] == [
        "recorded as missing after a stock-take",
        "found again in a stock-take, where it was missed",
        "recorded as missing after a stock-take, and not found since",
    ]


def test_of_a_disc_with_something_sensitive_no_place_or_name_is_told(hearing, disc, her, tmp_path):
    secret = with_a_file(hearing, kind="SENSITIVE", content=b"his address")
    carriers.put_on_carrier(disc, [secret], by=None, at=NOON)
    counted_out(disc, by=her, at=DAYS[1])
    found_at = media.to("The safe of Hill", Receiver.UNIT)
    stock.find_carrier(disc, found_at, reason="In the next box.", by=her, at=DAYS[2])
    ended(disc, by=None, at=DAYS[3])

    acts, printed = custody_of(hearing, tmp_path)

    told = [words for words, *_ in of_disc(disc, acts)]
    assert told[1] == "found again: this unit, or its own store"
    assert told[2].startswith("destroyed on 8 October 2026 by the police, certificate")
    for named in ("Hill", "PC 2841", "Shelf"):
        assert named not in printed


def test_a_file_that_was_never_found_damaged_is_said_to_be_so(hearing, item, tmp_path):
    _, printed = custody_of(hearing, tmp_path)

    assert "None was ever found changed in between." in printed


def test_a_file_that_was_damaged_and_put_back_is_told_with_both_days(hearing, item, her, tmp_path):
    other = with_a_file(hearing, content=OTHER)
    flip_a_byte(files.SHA256)
    with pytest.raises(Damaged):
        check_unharmed(item.files.get(), files.SHA256, by=her, at=DAYS[1])
    files.a_kept_file(item, at=DAYS[3])
    assert Damage.objects.get().mended_at

    acts, printed = custody_of(hearing, tmp_path)

    name = item.files.first().file_name
    found = f"what is kept of {name} found damaged: changed since it came"
    back = f"what is kept of {name} put back, as the same file was sent once more: {WHOLE}"
    assert acts[found] == (written(DAYS[1]), str(her))
    assert acts[back][0] == written(Damage.objects.get().mended_at)
    assert f"W{found[1:]}, 6 October 2026" in printed
    assert f"W{back[1:]}, 8 October 2026" in printed
    assert f"What is kept of {item.exhibit} was found damaged in between and is whole" in printed
    assert "no other was ever found changed" in printed
    assert sum("found damaged" in words for words in acts) == 1
    assert other.exhibit not in printed.split(" was found damaged")[0]


def test_one_that_a_restored_storage_made_whole_was_read_again(hearing, item, tmp_path):
    note_read(Verified(files.SHA256, Verdict.GONE), by=None, at=DAYS[1])
    note_read(Verified(files.SHA256, Verdict.SAME), by=None, at=DAYS[2])

    acts, printed = custody_of(hearing, tmp_path)

    name = item.files.get().file_name
    assert acts[f"what is kept of {name} found damaged: gone"][0] == written(DAYS[1])
    assert acts[f"what is kept of {name} read again and whole: {WHOLE}"] == (
        written(DAYS[2]), None
    )  # fmt: skip
    assert "no other was ever found changed" not in printed


def test_one_that_is_whole_again_without_a_note_is_said_to_be_read_for_the_copy(
    hearing, item, tmp_path
):
    flip_a_byte(files.SHA256)
    with pytest.raises(Damaged):
        check_unharmed(item.files.get(), files.SHA256, by=None, at=DAYS[1])
    flip_a_byte(files.SHA256)
    if_kept_before = Damage.objects.all()

    _, printed = custody_of(hearing, tmp_path)
    assert "It was whole when it was read for this copy" in printed

    # What was found before such rows were kept stands in the record alone.
    if_kept_before.delete()
    export_case(hearing, tmp_path / "other", is_known=True, by=None, at=DAYS[5])
    printed = text_of(tmp_path / "other" / "custody.pdf")
    assert "found damaged: changed since it came, 6 October 2026" in printed


def test_what_was_damaged_before_another_file_of_the_same_bytes_came_is_not_of_that(
    hearing, item, tmp_path
):
    flip_a_byte(files.SHA256)
    with pytest.raises(Damaged):
        check_unharmed(item.files.get(), files.SHA256, by=None, at=DAYS[1])
    other = media.a_hearing(urn="20AB7000226")
    second = media.a_requested_item(other)
    files.a_kept_file(second, at=DAYS[2])
    second.refresh_from_db()
    media.items.view_item(second, how="All of it.", by=None, at=DAYS[2])
    media.items.classify_item(second, "RELIED_ON", by=None, at=DAYS[2])

    _, printed = custody_of(other, tmp_path)

    assert "None was ever found changed in between." in printed


def test_a_barcode_and_a_day_that_were_put_right_are_told_with_what_stood_before(
    hearing, disc, her, tmp_path
):
    old, day = disc.barcode, disc.received_on
    right = Right(
        barcode="OTHER-9", received_on=day - timedelta(days=2), reason="Label read wrong."
    )
    put_disc_right(disc, right, by=her, at=DAYS[1])
    disc.refresh_from_db()

    acts, printed = custody_of(hearing, tmp_path)

    told = (
        f"put right: its barcode is OTHER-9 and not {old}, and it came on "
        f"{day_words(disc.received_on)} and not on {day_words(day)}"
    )
    assert acts[f"OTHER-9 {told}"] == (written(DAYS[1]), str(her))
    came = f"came on {day_words(disc.received_on)}"
    assert [words for words in acts if came in words and words.endswith(", as put right since")]
    assert told in printed
    assert "Label read" not in printed


def test_two_people_of_one_name_are_two_and_each_act_is_one_and_stays_it(
    hearing, disc, her, tmp_path
):
    namesake = given.a_person(Role.LINE_MANAGER)
    for each in (her, namesake):
        each.full_name = "Sam Patel"
        each.save()
    other = with_a_file(hearing, content=OTHER)
    carriers.put_on_carrier(disc, [other], by=None, at=NOON)
    before = graph_of(hearing, tmp_path / "before")
    for place, each in (("Shelf 20", her), ("Shelf 21", namesake)):
        disc.refresh_from_db()
        carriers.hand_over(disc, carriers.Hands(Receiver.UNIT, place), by=each, at=DAYS[1])

    graph = graph_of(hearing, tmp_path / "after")

    people = [each for each in graph if each["@type"] == "uco-identity:Person"]
    assert [each["uco-core:name"] for each in people] == ["Sam Patel", "Sam Patel"]
    handed = [each for each in graph if "to Shelf 2" in each.get("uco-core:name", "")]
    assert len(handed) == 2
    assert {each["uco-action:performer"]["@id"] for each in handed} == {
        each["@id"] for each in people
    }
    assert [len(each["uco-action:result"]) for each in handed] == [2, 2]
    names = [each["@id"] for each in graph]
    assert len(names) == len(set(names))
    after = {each["@id"]: each for each in graph}
    assert all(after[each["@id"]] == each for each in before)
    assert her.email not in str(graph)
    printed = text_of(tmp_path / "after" / "custody.pdf")
    for number in (1, 2):
        assert f"Sam Patel (number {number} of 2 people of that name)" in printed
    assert "people of that name" not in text_of(tmp_path / "before" / "custody.pdf")


def graph_of(hearing, bag):
    export_case(hearing, bag, is_known=True, by=None, at=DAYS[5])
    return json.loads((bag / "custody.jsonld").read_text())["@graph"]
