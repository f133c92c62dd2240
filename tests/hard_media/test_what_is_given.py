"""A link gives what was viewed when it was shared, and never the bytes of what is sensitive."""

import hashlib
from datetime import timedelta

import pytest

from forthright.hard_media.models import (
    Playing,
    PlayingPart,
    SentFile,
    ShareContent,
    ShareLink,
    ShareRecord,
)
from forthright.hard_media.services import receiving
from forthright.hard_media.services.giving import ShareRefused
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    NOON,
    a_copy,
    address_of,
    entered,
    given_of,
    shared,
    shared_by_link,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_file_that_came_after_the_viewing_is_given_to_nobody(hearing, item, tmp_path):
    second = files.a_whole_file(media.a_requested_item(hearing), content=b"seen by nobody")
    SentFile.objects.filter(pk=second.pk).update(item=item)
    shared_by_link(hearing, item)
    link = ShareLink.objects.get()

    receiving.keep_file(SentFile.objects.get(pk=second.pk), by=None, at=NOON)

    assert item.files.filter(state="KEPT").count() == 2
    shown = entered(link).get(address_of(link, "recordings/")).content.decode()
    assert files.SHA256 in shown
    assert SentFile.objects.get(pk=second.pk).sha256 not in shown
    shared_by_link(hearing, item, parties=COURT)
    assert {each.file_id for each in ShareContent.objects.all()} == {
        item.files.exclude(pk=second.pk).get().pk
    }
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("Not there when the recording was viewed, so it is not shared.")


def test_what_came_before_it_was_asked_for_again_is_not_shared_any_more(hearing, item):
    item = media.items.request_item(item, reason="It is of another case.", by=None, at=NOON)
    files.a_kept_file(item, content=b"the right one", name="right.mp4")
    media.items.view_item(item, how="All of it.", by=None, at=NOON)

    media.items.classify_item(item, "RELIED_ON", reason="It is the yard.", by=None, at=NOON)
    shared_by_link(hearing, item)

    assert [each.file_name for each in ShareContent.objects.all()] == ["right.mp4"]


@pytest.mark.parametrize("is_from_before", [False, True])
def test_a_link_opens_nothing_of_a_recording_that_was_asked_for_again(
    hearing, link, item, is_from_before
):
    client, given_one = entered(link), given_of(item)
    later = NOON + timedelta(minutes=5)

    media.items.request_item(item, reason="It is of another case.", by=None, at=later)
    if is_from_before:
        ShareRecord.objects.update(revoked_at=None, revoked_reason="")

    for place in ("recordings/", f"recordings/{given_one.pk}/"):
        told = client.get(address_of(link, place), follow=True).content.decode()
        assert "What this link opened was taken back" in told
        assert files.SHA256 not in told


def test_the_bytes_of_a_sensitive_recording_leave_under_no_other_name(hearing, item):
    secret = with_a_file(hearing, kind="SENSITIVE")
    assert secret.files.get().sha256 == item.files.get().sha256

    with pytest.raises(ShareRefused, match="byte for byte, the file of a recording that is"):
        shared_by_link(hearing, item)
    with pytest.raises(ShareRefused, match="byte for byte"):
        media.shared(hearing, item)

    assert not ShareRecord.objects.exists()


def test_bytes_found_sensitive_later_are_shut_in_every_link(hearing, link, item):
    client, given_one = entered(link), given_of(item)
    with_a_file(hearing, kind="SENSITIVE")

    shown = client.get(address_of(link, "recordings/")).content.decode()
    answer = client.get(address_of(link, f"recordings/{given_one.pk}/"))

    assert answer.status_code == 404
    assert "Nothing of it can be opened now" in shown
    assert files.SHA256 not in shown


@pytest.fixture(params=["as a whole", "one camera of it"])
def copy_that_plays(request, item):
    """Return the bytes of a copy that plays in place of a file, or of one camera of it."""
    content = b"what plays in its place"
    sha256 = hashlib.sha256(content).hexdigest()
    is_whole = request.param == "as a whole"
    whole = Playing.objects.create(
        sent_file=item.files.get(), how="CONVERTED", words="", sha256=sha256 if is_whole else "",
        made_at=NOON,
    )  # fmt: skip
    if not is_whole:
        PlayingPart.objects.create(
            playing=whole, number=1, picture=0, how="CONVERTED", words="", sha256=sha256,
            made_at=NOON, viewed_at=NOON,
        )  # fmt: skip
    return content


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_a_file_that_plays_as_the_bytes_of_a_sensitive_one_leaves_in_no_way(
    hearing, item, copy_that_plays, way
):
    with_a_file(hearing, kind="SENSITIVE", content=copy_that_plays)

    with pytest.raises(ShareRefused, match="byte for byte, the file of a recording that is"):
        shared(hearing, item, way=way)


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_it_is_shut_and_counts_no_more_once_that_is_found_sensitive(
    hearing, item, copy_that_plays, way
):
    shared(hearing, item, way=way)
    link = ShareLink.objects.first()
    places = []
    if link:
        client, place = entered(link), address_of(link, f"recordings/{given_of(item).pk}/")
        places = [place, client.get(place).context["content"]]

    with_a_file(hearing, kind="SENSITIVE", content=copy_that_plays)

    assert all(client.get(each).status_code == 404 for each in places)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("Counts no more", "A file of it is that of a sensitive recording, and shut")


@pytest.mark.parametrize("what", ["CLIP", "BLUR"])
@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_no_copy_of_a_file_that_is_sensitive_elsewhere_leaves(hearing, item, what, way):
    copy = a_copy(item, what=what)
    with_a_file(hearing, kind="SENSITIVE")

    with pytest.raises(ShareRefused, match="is a copy of what is, byte for byte, the file"):
        shared(hearing, copies=[copy], way=way)

    assert not ShareRecord.objects.exists()


def test_a_copy_is_shut_once_its_file_is_found_sensitive_elsewhere(hearing, item):
    copy = a_copy(item, what="CLIP")
    shared(hearing, copies=[copy])
    link, given_one = ShareLink.objects.get(), given_of(item)
    client = entered(link)
    place = address_of(link, f"recordings/{given_one.pk}/")
    source = client.get(place).context["content"]
    with_a_file(hearing, kind="SENSITIVE")

    shown = client.get(address_of(link, "recordings/")).content.decode()

    assert "Nothing of it can be opened now" in shown
    assert copy.sha256 not in shown
    assert [client.get(each).status_code for each in (place, source)] == [404, 404]
    assert client.post(f"{place}take-out/").status_code == 404


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_the_case_says_that_a_copy_of_such_a_file_is_shut(hearing, item, way):
    shared(hearing, copies=[a_copy(item)], way=way)
    with_a_file(hearing, kind="SENSITIVE")

    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page.see("Counts no more", "is, byte for byte, the file of a sensitive recording")
