"""What is seen or heard at a moment is noted, found again, and read by this side alone."""

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.audit.models import Event
from forthright.hard_media.models import MediaMark, ShareLink
from forthright.hard_media.services import marks, playing
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import address_of, entered, given_of, shared_by_link, with_a_file
from tests.hard_media.test_playing import a_played_file
from tests.hard_media.test_receiving import signed_in

pytestmark = pytest.mark.django_db
NOON = given.NOON


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=True):
        yield


def marked(sent, seconds=0.5, note="The yard door opens."):
    return marks.mark_moment(sent, seconds, note, by=None, at=NOON)


def test_a_moment_is_marked_found_again_and_taken_off(tmp_path):
    lawyer = media.a_lawyer()
    sent = a_played_file(media.a_requested_item(), tmp_path)
    page = as_(lawyer).open(f"/recordings/files/{sent.pk}/").see("None yet.")

    page = page.press("Add the mark", at="0:00.75", note="The yard door opens.")

    page.see("0:00:00.750 is marked.", "0:00:00.750 The yard door opens.", str(lawyer))
    (link,) = page.tree.xpath("//a[@data-seek='0.75']")
    assert link.get("href") == f"/recordings/files/{sent.pk}/#t=0.75"
    page = page.press("Remove the mark at 0:00:00.750").see("is removed.", "None yet.")
    kept = MediaMark.objects.get()
    assert (kept.removed_by, kept.note) == (lawyer, "The yard door opens.")
    names = list(Event.objects.filter(by=lawyer).values_list("name", flat=True))
    assert (names.count("file.marked"), names.count("file.mark_removed")) == (1, 1)


@pytest.mark.parametrize(
    ("at", "note", "words"),
    [
        ("", "A door", "Enter the time"),
        ("soon", "A door", "Write the time like 0:12:30 or 12:30"),
        ("1:00", "A door", "The recording ends at 0:00:01.000"),
        ("0:01", " ", "Say what is seen or heard"),
        ("0:01", "..", "Say more, in 3 letters or more, so that whoever reads it understands"),
    ],
)
def test_what_is_no_mark_is_refused_in_words(tmp_path, at, note, words):
    sent = a_played_file(media.a_requested_item(), tmp_path)
    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/")

    assert page.press("Add the mark", at=at, note=note).errors == [words]

    assert not MediaMark.objects.exists()


def test_whoever_a_recording_is_shared_with_never_sees_a_mark(tmp_path):
    hearing = media.a_hearing()
    item = with_a_file(hearing, content=files.a_video(tmp_path).read_bytes())
    sent = item.files.get()
    playing.make_playable(sent, by=None, at=NOON)
    marked(sent)
    shared_by_link(hearing, item)
    link = ShareLink.objects.get()

    page = entered(link).get(address_of(link, f"recordings/{given_of(item).pk}/")).content.decode()

    assert "data-player" in page
    assert "The yard door" not in page
    assert "data-mark" not in page


def test_no_event_holds_what_was_noted(tmp_path):
    sent = files.a_kept_file(media.a_requested_item())

    marks.remove_mark(marked(sent), by=None, at=NOON)
    marks.remove_mark(MediaMark.objects.get(), by=None, at=NOON)

    events = Event.objects.filter(name__startswith="file.mark")
    assert events.count() == 2
    assert not [each for each in events if "door" in str(each.detail)]


def test_another_unit_neither_marks_nor_removes():
    sent = files.a_kept_file(media.a_requested_item())
    mark = marked(sent)
    client = signed_in(media.a_lawyer(unit=given.a_unit(Unit.Kind.MAGISTRATES)))

    answers = [
        client.post(f"/recordings/files/{sent.pk}/mark/", {"at": "1", "note": "A door"}),
        client.post(f"/recordings/marks/{mark.pk}/remove/"),
    ]

    assert {each.status_code for each in answers} == {404}
    assert MediaMark.objects.get().removed_at is None
