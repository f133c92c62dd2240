"""The custody in a bag says what became of the copy that is in it, and nothing that never was."""

import json
from datetime import date, timedelta

import pytest

from forthright.hard_media.exports import export_case
from forthright.hard_media.services import carriers, items
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.rules.media_hands import Receiver
from tests import given
from tests.hard_media import files, links, media
from tests.hard_media.test_exports import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON, HOUR = given.NOON, timedelta(hours=1)
ON_A_DISC = "received on a disc or stick"


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


def filled(item, said_at, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, [item], by=None, at=said_at)
    return disc


def taken_off(disc, item, at):
    disc.refresh_from_db()
    words = {"barcode": disc.barcode, "received_on": disc.received_on}
    right = Right(**words, reason="The box beside it was meant.", not_on_it=[item])
    put_disc_right(disc, right, by=None, at=at)
    item.refresh_from_db()


def relied_on(item, at):
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=at)
    items.classify_item(item, "RELIED_ON", by=None, at=at)


def custody_of(hearing, tmp_path):
    """Return the steps in a bag as programs read them, and all of it as people do."""
    export_case(hearing, tmp_path / "bag", is_known=True, by=None, at=NOON + 24 * HOUR)
    graph = json.loads((tmp_path / "bag" / "custody.jsonld").read_text())["@graph"]
    names = [each["uco-core:name"] for each in graph if each["@type"].endswith("Action")]
    # What became of the discs follows what became of the recording.
    names = [each for each in names if not each.startswith("FM")]
    return names, text_of(tmp_path / "bag" / "custody.pdf").lower()


@pytest.mark.parametrize("is_file_first", [True, False])
def test_that_it_came_with_a_disc_it_was_never_on_is_not_said(hearing, tmp_path, is_file_first):
    item = media.a_requested_item(hearing)
    disc = filled(item, NOON)
    if is_file_first:
        files.a_kept_file(item, at=NOON + HOUR)
    taken_off(disc, item, NOON + 2 * HOUR)
    if not is_file_first:
        files.a_kept_file(item, at=NOON + 3 * HOUR)
    relied_on(item, NOON + 4 * HOUR)

    names, printed = custody_of(hearing, tmp_path)

    assert names == ["uploaded", "stored", "read back"]
    assert "disc" not in printed


def test_that_it_came_with_the_disc_that_it_is_on_is_said(hearing, tmp_path):
    item = media.a_requested_item(hearing)
    wrong = filled(item, NOON)
    filled(item, NOON + HOUR)
    taken_off(wrong, item, NOON + 2 * HOUR)
    files.a_kept_file(item, at=NOON + 3 * HOUR)
    relied_on(item, NOON + 4 * HOUR)

    names, printed = custody_of(hearing, tmp_path)

    assert names == [f"recorded as {ON_A_DISC}", "uploaded", "stored", "read back"]
    assert printed.count(ON_A_DISC) == 1


def test_of_three_discs_the_one_that_it_is_on_is_said_once(hearing, tmp_path):
    item = media.a_requested_item(hearing)
    wrong = [filled(item, NOON + minutes * HOUR / 60) for minutes in (0, 1)]
    filled(item, NOON + HOUR)
    files.a_kept_file(item, at=NOON + HOUR)
    for number, disc in enumerate(wrong):
        taken_off(disc, item, NOON + (2 + number) * HOUR)
    relied_on(item, NOON + 5 * HOUR)

    names, _ = custody_of(hearing, tmp_path)

    assert names.count(f"recorded as {ON_A_DISC}") == 1
    assert ON_A_DISC not in names


def test_a_disc_with_the_copy_before_is_not_what_the_next_came_on(hearing, tmp_path):
    item = media.a_requested_item(hearing)
    filled(item, NOON - 4 * HOUR, at=NOON - 5 * HOUR)
    item.refresh_from_db()
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON)
    wrong = filled(item, NOON + HOUR, at=NOON + HOUR, received_on=NOON.date())
    item.refresh_from_db()
    files.a_kept_file(item, at=NOON + 2 * HOUR)
    taken_off(wrong, item, NOON + 3 * HOUR)
    relied_on(item, NOON + 4 * HOUR)

    names, _ = custody_of(hearing, tmp_path)

    assert names == ["uploaded", "stored", "read back"]


def test_one_that_was_ticked_again_came_with_the_disc(hearing, tmp_path):
    item = media.a_requested_item(hearing)
    disc = filled(item, NOON)
    taken_off(disc, item, NOON + HOUR)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON + 2 * HOUR)
    files.a_kept_file(item, at=NOON + 3 * HOUR)
    relied_on(item, NOON + 4 * HOUR)

    names, _ = custody_of(hearing, tmp_path)

    assert names == [ON_A_DISC, "uploaded", "stored", "read back"]


@pytest.mark.parametrize("anew", ["asked for again", "taken up again"])
def test_what_the_copy_before_went_through_is_no_part_of_it(hearing, tmp_path, anew):
    item = links.with_a_file(hearing)
    media.shared(hearing, item, at=NOON + HOUR)
    if anew == "asked for again":
        items.request_item(item, reason="The wrong camera.", by=None, at=NOON + 2 * HOUR)
    else:
        items.withdraw_item(item, reason="Of another case.", by=None, at=NOON + HOUR)
        items.reinstate_item(item, by=None, at=NOON + 2 * HOUR)
    item.refresh_from_db()
    files.a_kept_file(item, content=b"the second", name="second.mp4", at=NOON + 5 * HOUR)
    relied_on(item, NOON + 6 * HOUR)

    names, printed = custody_of(hearing, tmp_path)

    assert names == ["uploaded", "stored", "read back"]
    assert "shared" not in printed
    assert "second.mp4" in printed


def test_who_brought_the_disc_when_and_through_whose_hands_it_went_is_said(hearing, tmp_path):
    item, lawyer = media.a_requested_item(hearing), media.a_lawyer()
    disc = filled(item, NOON, received_from="PC 2841, Malvern", received_on=date(2026, 10, 2))
    hands = carriers.Hands(Receiver.UNIT, "Imaging room 3")
    carriers.hand_over(disc, hands, by=lawyer, at=NOON + HOUR)
    files.a_kept_file(item, at=NOON + 3 * HOUR)
    relied_on(item, NOON + 4 * HOUR)

    _, printed = custody_of(hearing, tmp_path)

    for said in ("came on friday 2 october 2026, from pc 2841, malvern", disc.barcode.lower(),
                 "to imaging room 3", str(lawyer).lower()):  # fmt: skip
        assert said in printed
    graph = json.loads((tmp_path / "bag" / "custody.jsonld").read_text())["@graph"]
    handed = next(each for each in graph if "Imaging room 3" in each.get("uco-core:name", ""))
    [person] = [each for each in graph if each["@type"] == "uco-identity:Person"]
    assert (person["uco-core:name"], handed["uco-action:performer"]["@id"]) == (
        str(lawyer), person["@id"],
    )  # fmt: skip


def test_of_a_disc_with_something_sensitive_no_name_or_place_is_said(hearing, tmp_path):
    item = media.a_requested_item(hearing)
    secret = media.a_classified_item(hearing, kind="SENSITIVE")
    disc = filled(item, NOON, received_from="Handler of the source", received_on=NOON.date())
    carriers.put_on_carrier(disc, [secret], by=None, at=NOON)
    hands = carriers.Hands(Receiver.UNIT, "Safe of the source unit")
    carriers.hand_over(disc, hands, by=media.a_lawyer(), at=NOON + HOUR)
    files.a_kept_file(item, at=NOON + 3 * HOUR)
    relied_on(item, NOON + 4 * HOUR)

    _, printed = custody_of(hearing, tmp_path)

    assert f"{disc.barcode.lower()} handed on" in printed
    everything = printed + (tmp_path / "bag" / "custody.jsonld").read_text().lower()
    assert "source" not in everything
