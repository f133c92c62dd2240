"""A recording is seen and heard in its page, by those who may, and each time is noted."""

import pytest
from django.core import signing

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import Playing
from forthright.hard_media.services import playing
from forthright.hard_media.views.playing import SALT
from forthright.media_playing.making import make_playable as make_copy
from forthright.media_playing.programs import ProgramMissing
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.test_receiving import an_officer, signed_in

pytestmark = pytest.mark.django_db
NOON = given.NOON


def a_played_file(item, folder, name="plain.mp4"):
    """Return a kept video that was looked into."""
    content = files.a_video(folder, name).read_bytes()
    sent = files.a_kept_file(item, content=content, name=name)
    playing.make_playable(sent, by=None, at=NOON)
    return sent


def state_of(item):
    item.refresh_from_db()
    return item.state


def events(name):
    return Event.objects.filter(name=name)


# Slow: ffmpeg is started several times for each.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "how", "state"),
    [
        ("plain.mp4", "AS_IT_IS", "PLAYABLE"),
        ("sound.mp3", "AS_IT_IS", "PLAYABLE"),
        ("h264.mkv", "REWRAPPED", "DERIVATIVE_MADE"),
        ("h264 and G.711.mov", "SOUND_CONVERTED", "DERIVATIVE_MADE"),
        ("mjpeg.avi", "CONVERTED", "DERIVATIVE_MADE"),
    ],
)
def test_a_kept_video_plays_and_the_original_stays_as_it_is(tmp_path, name, how, state):
    item = media.a_requested_item()

    sent = a_played_file(item, tmp_path, name)

    made = Playing.objects.get()
    assert (made.how, state_of(item)) == (how, state)
    assert item.seconds == 1
    assert item.is_readable
    assert bool(made.sha256) == (how != "AS_IT_IS")
    assert made.same_pictures == {"AS_IT_IS": None, "CONVERTED": False}.get(how, True)
    kept = {sent.sha256, made.sha256} - {""}
    assert set(storing.store().shelf.kept()) == kept
    assert list((storing.store().root / "making").glob("*")) == []


def test_looking_twice_looks_once():
    item = media.a_requested_item()
    sent = files.a_kept_file(item, content=b"no video at all")

    for _ in range(2):
        playing.make_playable(sent, by=None, at=NOON)

    assert events("file.looked_into").count() == 1


def test_a_copy_that_a_crash_left_is_kept_and_not_made_twice(tmp_path):
    item = media.a_requested_item()
    content = files.a_video(tmp_path, "h264.mkv").read_bytes()
    sent = files.a_kept_file(item, content=content, name="h264.mkv")
    into = storing.store().root / "making" / f"{sent.incoming}.mp4"
    into.parent.mkdir(parents=True)
    left = make_copy(storing.store().shelf.path_of(sent.sha256), into, at=NOON)

    made = playing.make_playable(sent, by=None, at=NOON)

    assert made.lineage["copy_sha256"] == made.sha256 == left.copy_sha256
    assert made.sha256 in set(storing.store().shelf.kept())
    assert list(into.parent.glob("*")) == []


def test_a_machine_without_ffmpeg_calls_no_recording_unplayable(tmp_path, monkeypatch):
    item = media.a_requested_item()
    sent = files.a_kept_file(item, content=b"anything")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProgramMissing, match="ffprobe is not on this machine"):
        playing.make_playable(sent, by=None, at=NOON)

    assert (state_of(item), Playing.objects.exists()) == ("VERIFIED", False)


def test_what_does_not_play_is_said_and_the_police_are_asked_for_one_that_does(tmp_path):
    item = media.a_requested_item(media.a_hearing(urn="20AB7000126"))
    content = files.a_video(tmp_path, "index missing.mp4").read_bytes()
    sent = files.a_kept_file(item, content=content, name="broken.mp4")

    playing.make_playable(sent, by=None, at=NOON)

    assert (state_of(item), item.is_readable) == ("UNPLAYABLE", False)
    as_(an_officer()).open("/owed/").see("Send it in a format that plays")
    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/")
    page.see("This file does not play here", "Its index is missing or broken")


def test_a_file_that_does_not_play_beside_one_that_does_changes_nothing(tmp_path):
    item = media.a_requested_item()
    a_played_file(item, tmp_path)

    player = files.a_kept_file(item, content=b"of its own kind", name="cctv.dav")
    playing.make_playable(player, by=None, at=NOON)

    assert state_of(item) == "PLAYABLE"


def test_the_page_plays_it_and_notes_who_opened_it(tmp_path):
    lawyer = media.a_lawyer()
    item = media.a_requested_item()
    sent = a_played_file(item, tmp_path)
    page = as_(lawyer).open(f"/recordings/items/{item.pk}/").follow("plain.mp4")

    page.see("plays in browsers.", f"SHA-256 {sent.sha256}")
    opened = events("file.opened").get()
    assert (opened.by_id, opened.detail["recording"]) == (lawyer.pk, item.pk)


def content_of(client, sent):
    page = client.get(f"/recordings/files/{sent.pk}/").content.decode()
    return page.partition('src="/recordings/files/')[2].partition('"')[0]


def test_the_bytes_come_in_parts(tmp_path):
    item = media.a_requested_item()
    sent = a_played_file(item, tmp_path)
    whole = b"".join(storing.store().shelf.parts(sent.sha256))
    client = signed_in(media.a_lawyer())
    address = f"/recordings/files/{content_of(client, sent)}"

    part = client.get(address, headers={"Range": "bytes=100-199"})
    two = client.get(address, headers={"Range": "bytes=0-9,100-109"})
    changed = client.get(address, headers={"Range": "bytes=100-199", "If-Range": '"another"'})
    past = client.get(address, headers={"Range": f"bytes={len(whole)}-"})
    everything = client.get(address)

    assert (part.status_code, b"".join(part.streaming_content)) == (206, whole[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert part.headers["Content-Type"] == "video/mp4"
    assert part.headers["ETag"] == f'"{sent.sha256}"'
    sent_parts = b"".join(two.streaming_content)
    assert (two.status_code, len(sent_parts)) == (206, int(two.headers["Content-Length"]))
    assert whole[:10] in sent_parts
    assert whole[100:110] in sent_parts
    assert (changed.status_code, b"".join(changed.streaming_content)) == (200, whole)
    assert past.status_code == 416
    assert b"".join(everything.streaming_content) == whole


def test_a_file_is_taken_out_as_it_came_and_that_is_noted(tmp_path):
    item = media.a_requested_item()
    sent = files.a_kept_file(item, name="<b>å.html", content=b"<script>")
    client = signed_in(media.a_lawyer())

    answer = client.post(f"/recordings/files/{sent.pk}/take-out/", follow=True)

    assert b"".join(answer.streaming_content) == b"<script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert events("file.taken_out").get().detail["sha256"] == sent.sha256


def test_a_file_that_is_gone_is_not_there(tmp_path):
    item = media.a_requested_item()
    sent = a_played_file(item, tmp_path)
    client = signed_in(media.a_lawyer())
    address = f"/recordings/files/{content_of(client, sent)}"
    storing.store().shelf.path_of(sent.sha256).unlink()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (lambda: media.a_lawyer(unit=given.a_unit(Unit.Kind.MAGISTRATES)), 404),
        (lambda: given.a_person(Role.INSPECTOR), 403),
        (lambda: given.a_person(Role.VICTIM_LIAISON_OFFICER), 403),
        (an_officer, 403),
    ],
    ids=["another unit", "who only looks", "who has no part", "the police"],
)
def test_nobody_else_reaches_a_byte(tmp_path, person, status):
    item = media.a_requested_item(media.a_hearing(urn="20AB7000126"))
    sent = files.a_kept_file(item)
    other = person()
    ticket = signing.dumps([sent.pk, other.pk, "download"], salt=SALT)
    client = signed_in(other)

    answers = [
        client.get(f"/recordings/files/{sent.pk}/"),
        client.post(f"/recordings/files/{sent.pk}/take-out/"),
        client.get(f"/recordings/files/{sent.pk}/content/{ticket}/"),
    ]

    assert {each.status_code for each in answers} == {status}
    assert not events("file.opened").exists()


def test_a_ticket_of_somebody_else_or_of_another_file_opens_nothing():
    item = media.a_requested_item()
    sent, other = files.a_kept_file(item), files.a_kept_file(item, content=b"other")
    lawyer, colleague = media.a_lawyer(), media.a_lawyer()
    client = signed_in(lawyer)
    wrong = [
        signing.dumps([sent.pk, colleague.pk, "download"], salt=SALT),
        signing.dumps([other.pk, lawyer.pk, "download"], salt=SALT),
        signing.dumps([sent.pk, lawyer.pk, "download"], salt="another"),
        "nothing",
    ]

    statuses = {
        client.get(f"/recordings/files/{sent.pk}/content/{each}/").status_code for each in wrong
    }

    assert statuses == {404}
