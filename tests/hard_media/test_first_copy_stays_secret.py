"""The copy that was found sensitive stays secret, though what came since was found otherwise."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareLink
from forthright.hard_media.selectors.discs import misplaced
from forthright.hard_media.selectors.links import received_by
from forthright.hard_media.selectors.registered import carriers_visible_to
from forthright.hard_media.selectors.secrets import secrets_of
from forthright.hard_media.services import carriers, items, strays
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_hands import Receiver
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import COURT, given_of, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
HOUR = timedelta(hours=1)
ANOTHER = b"\x00\x00\x00\x18ftypmp42 the yard alone" * 99


def came_again(item, monkeypatch, content=ANOTHER, kind="RELIED_ON", begin=NOON):
    """Have a recording asked for again, and decide on what came."""
    item = items.request_item(item, reason="The wrong camera.", by=None, at=begin + HOUR)
    monkeypatch.setattr(files, "NOON", begin + 2 * HOUR)
    if content == files.VIDEO:
        # The same once more answers nothing, unless somebody says that it is what was meant.
        came = items.Came(source="OTHER", on=begin.date())
        item = items.receive_item(item, came, by=None, at=begin)
    files.a_kept_file(item, content=content)
    item = items.view_item(item, how="All of it.", by=None, at=begin + 3 * HOUR)
    return items.classify_item(item, kind, reason="The yard.", by=None, at=begin + 3 * HOUR)


def opens():
    return [len(each.contents) for each in received_by(ShareLink.objects.get(party="DEFENCE"))]


def test_the_bytes_of_the_sensitive_copy_go_out_by_no_other_recording(hearing, monkeypatch):
    other = with_a_file(hearing)
    shared_by_link(hearing, other)
    secret = with_a_file(hearing, kind="SENSITIVE")
    assert opens() == [0]

    came_again(secret, monkeypatch)

    assert opens() == [0]
    with pytest.raises(ShareRefused, match="byte for byte, the file of a recording"):
        shared_by_link(hearing, other, parties=COURT)
    assert secrets_of(hearing.area) == {files.SHA256}


def test_what_came_since_is_shared(hearing, monkeypatch):
    found = came_again(with_a_file(hearing, kind="SENSITIVE"), monkeypatch)

    shared_by_link(hearing, found, parties=COURT)

    assert given_of(found).file == found.files.latest("pk")


def test_the_very_same_file_that_is_found_otherwise_is_secret_no_more(hearing, monkeypatch):
    found = came_again(with_a_file(hearing, kind="SENSITIVE"), monkeypatch, files.VIDEO)

    shared_by_link(hearing, found, parties=COURT)

    assert given_of(found).file == found.files.latest("pk")
    assert secrets_of(hearing.area) == set()


def test_a_copy_that_was_never_sensitive_is_not_secret(hearing, monkeypatch):
    found = came_again(with_a_file(hearing), monkeypatch, kind="SENSITIVE")
    came_again(found, monkeypatch, ANOTHER + b"2", "UNUSED", begin=NOON + 4 * HOUR)

    [only] = secrets_of(hearing.area)

    assert only == found.files.order_by("pk")[1].sha256


def a_disc_with(item, at=NOON):
    disc = media.a_disc(at=at)
    carriers.put_on_carrier(disc, [item], by=None, at=at)
    return disc


def handed(disc):
    to = media.to("Hale LLP", Receiver.DEFENCE)
    return carriers.hand_over(disc, to, by=None, at=NOON + 9 * HOUR)


@pytest.mark.parametrize("made", [with_a_file, media.a_classified_item])
def test_the_disc_with_the_sensitive_copy_stays_and_a_later_one_goes(hearing, monkeypatch, made):
    secret = made(hearing, kind="SENSITIVE")
    old = a_disc_with(secret)
    found = came_again(secret, monkeypatch)
    new = a_disc_with(found, at=NOON + 4 * HOUR)

    with pytest.raises(carriers.CarrierRefused, match="sensitive recording is on this disc"):
        handed(old)
    handed(new)

    old.hand_overs.update(to_kind=Receiver.DEFENCE)
    assert list(misplaced(carriers_visible_to(media.a_lawyer()), hearing.area)) == [old]


def test_a_disc_from_before_it_was_found_sensitive_is_no_more_secret_than_it(hearing, monkeypatch):
    item = with_a_file(hearing)
    first = a_disc_with(item)
    found = came_again(item, monkeypatch, kind="SENSITIVE")
    came_again(found, monkeypatch, ANOTHER + b"2", "UNUSED", begin=NOON + 4 * HOUR)

    handed(first)


def test_two_lawyers_open_what_was_found_sensitive_by_mistake(hearing, monkeypatch):
    other = with_a_file(hearing)
    shared_by_link(hearing, other)
    secret = with_a_file(hearing, kind="SENSITIVE")
    first = secret.files.get()
    found = came_again(secret, monkeypatch)
    one, another = as_(media.a_lawyer()), as_(media.a_lawyer())

    page = one.open(f"/recordings/items/{found.pk}/").see("It was found sensitive")
    page = page.follow(f"This file was never of this recording: cctv.mp4, file {first.pk}")
    page.press("It was never of it", reason="The yard.").see("Nobody has agreed yet")
    assert opens() == [0]
    page = another.open(f"/recordings/files/{first.pk}/stray/")
    page.press("I agree: it was never of it").see("It is agreed").not_see("It was found sensitive")

    assert opens() == [1]


def test_a_file_of_a_copy_that_was_never_sensitive_shuts_nothing(hearing, monkeypatch):
    item = with_a_file(hearing)
    first = item.files.get()
    came_again(item, monkeypatch)
    first.refresh_from_db()

    with pytest.raises(strays.StrayRefused, match="shuts no other"):
        strays.say_stray(first, reason="The yard.", by=None, at=NOON + 4 * HOUR)
