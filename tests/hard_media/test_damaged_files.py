"""A kept file of which a byte changed is handed out to nobody, and nobody is said to have it."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import ShareReceipt
from forthright.hard_media.services.handing import Damaged
from forthright.hard_media.views.streaming import handed_out
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import a_copy, address_of, bytes_of, entered, given_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def flip_a_byte(sha256):
    """Damage a kept file as a failing disk would."""
    path = storing.store().shelf.path_of(sha256)
    content = bytearray(path.read_bytes())
    content[-7] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def taken_out():
    return Event.objects.filter(name__contains="taken_out")


def asked(**said):
    return RequestFactory().get("/", headers=said)


def test_a_party_gets_nothing_of_a_damaged_file_and_no_receipt_says_that_it_did(link, item):
    client, content = entered(link), given_of(item)
    flip_a_byte(files.SHA256)

    place = address_of(link, f"recordings/{content.pk}/take-out/")
    answer = client.post(place, follow=True)

    said = answer.content.decode()
    assert "what is kept of it is changed since it came. Tell whoever sent you the link" in said
    assert not ShareReceipt.objects.exists()
    assert not taken_out().exists()
    assert Event.objects.get(name="file.damaged").detail["sha256"] == files.SHA256


def test_the_unit_gets_nothing_of_a_damaged_file_and_is_told_what_to_do(item):
    page = as_(media.a_lawyer()).open(f"/recordings/files/{item.files.get().pk}/")
    flip_a_byte(files.SHA256)

    page = page.press("Take it out")

    page.see("Nothing is handed out", "forthright media verify --all")
    assert not taken_out().exists()


def test_the_unit_gets_nothing_of_a_damaged_copy(item):
    copy = a_copy(item)
    flip_a_byte(copy.sha256)

    answer = as_(media.a_lawyer()).client.post(f"/recordings/copies/{copy.pk}/take-out/")

    assert (answer.status_code, answer.url) == (302, f"/recordings/copies/{copy.pk}/")
    assert not taken_out().exists()


@pytest.mark.parametrize("said", [{}, {"Range": "bytes=0-99"}])
def test_what_is_damaged_after_it_was_asked_for_never_comes_as_a_whole(item, said):
    sent = item.files.get()
    flip_a_byte(sent.sha256)

    with pytest.raises((Damaged, Http404)):
        bytes_of(handed_out(asked(**said), sent))


def test_of_a_sound_file_all_of_it_comes_and_any_part(item):
    sent = item.files.get()

    assert bytes_of(handed_out(asked(), sent)) == files.VIDEO
    assert bytes_of(handed_out(asked(Range="bytes=3-99"), sent)) == files.VIDEO[3:100]


def test_a_part_of_what_is_damaged_between_two_parts_does_not_come(item):
    sent = item.files.get()
    assert bytes_of(handed_out(asked(Range="bytes=0-9"), sent)) == files.VIDEO[:10]
    flip_a_byte(sent.sha256)

    with pytest.raises(Http404):
        handed_out(asked(Range="bytes=10-19"), sent)
