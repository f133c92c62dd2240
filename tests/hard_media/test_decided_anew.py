"""What earlier rules let play as it came is decided anew, and what was cut by its times is shut."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import CutCopy, Playing, ShareLink
from forthright.hard_media.selectors.waiting import waiting_for
from forthright.hard_media.services import cutting, deciding_anew, marks, playing
from forthright.media_playing.deciding import EDITION
from forthright.worker.bindings import SCHEDULES, all_kinds
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import NOON, a_copy, address_of, entered, given_of, shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
LATE, GUESSED = "numbered from 5.mp4", "rising varying.mp3"
A_SECOND = {"start": 0.2, "end": 0.4, "reason": "A face."}


def of_before(item, folder, name, **told):
    """Return a kept file as it stood when earlier rules had decided how it plays."""
    sent = files.a_kept_file(item, content=files.a_video(folder, name).read_bytes(), name=name)
    playing.make_playable(sent, by=None, at=NOON)
    playing_of(sent).update(edition=1, how="AS_IT_IS", sha256="", lineage={}, drawn_at=NOON, **told)
    item.refresh_from_db()
    item.state = "PLAYABLE"
    item.seconds = round(told.get("seconds", 1))
    item.save()
    return sent


def playing_of(sent):
    return Playing.objects.filter(sent_file=sent)


def decided_anew():
    return deciding_anew.decide_anew(by=None, at=NOON)


# Slow: ffmpeg makes the files and their copies.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told", "lasts"), [(LATE, 6.0, 1), (GUESSED, 52.0, 40)]
)  # fmt: skip
def test_a_file_with_another_clock_than_was_thought_gets_a_copy(tmp_path, name, told, lasts):
    item = media.a_requested_item()
    sent = of_before(item, tmp_path, name, seconds=told)

    assert (decided_anew(), decided_anew()) == (1, 0)

    made = playing_of(sent).get()
    item.refresh_from_db()
    assert (made.how, made.edition, item.state) == ("REWRAPPED", EDITION, "DERIVATIVE_MADE")
    assert made.seconds == pytest.approx(lasts, abs=0.1)
    assert item.seconds == lasts
    assert made.sha256
    assert made.drawn_at is not None
    told = Event.objects.get(name="file.decided_anew").detail
    assert (told["how"], told["copy"], told["shut"]) == ("REWRAPPED", made.sha256, [])
    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/")
    page.see("a mark of before may be of another moment than its time says now")


@pytest.mark.slow
def test_a_file_that_plays_as_it_came_stays_and_what_was_cut_from_it_too(item, tmp_path):
    sent = of_before(media.a_requested_item(), tmp_path, "plain.mp4", seconds=1.0)
    copy = CutCopy.objects.create(file=sent, what="MUTE", asked_at=NOON, **A_SECOND)

    assert decided_anew() == 0

    assert (playing_of(sent).get().how, playing_of(sent).get().edition) == ("AS_IT_IS", EDITION)
    copy.refresh_from_db()
    assert copy.state == "ASKED"


@pytest.mark.slow
def test_the_length_of_sound_without_a_table_is_counted(tmp_path):
    sent = of_before(media.a_requested_item(), tmp_path, "rising.aac", seconds=95.0)
    playing_of(sent).update(how="REWRAPPED")

    assert decided_anew() == 0

    assert playing_of(sent).get().seconds == pytest.approx(40, abs=0.1)


@pytest.mark.slow
def test_several_recordings_joined_that_were_said_not_to_play_do(tmp_path):
    item = media.a_requested_item()
    sent = of_before(item, tmp_path, "joined.ts", seconds=1.0)
    playing_of(sent).update(how="NOT_AT_ALL", edition=2)
    type(item).objects.filter(pk=item.pk).update(state="UNPLAYABLE", is_readable=False)

    assert (decided_anew(), decided_anew()) == (1, 0)

    made = playing_of(sent).get()
    item.refresh_from_db()
    assert (made.how, item.state, item.is_readable) == ("REWRAPPED", "DERIVATIVE_MADE", True)
    assert made.seconds == pytest.approx(2, abs=0.1)
    assert "played as it came" not in made.words
    assert made.drawn_at is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "how"), [("joined.webm", "AS_IT_IS"), ("joined.mkv", "NOT_AT_ALL")]
)
def test_of_a_matroska_file_of_several_joined_it_is_said_what_to_ask_for(tmp_path, name, how):
    item = media.a_requested_item()
    sent = of_before(item, tmp_path, name, seconds=1.0)
    playing_of(sent).update(how=how, edition=3, container="matroska", words="Before.")
    plays = how == "AS_IT_IS"
    state = "PLAYABLE" if plays else "UNPLAYABLE"
    type(item).objects.filter(pk=item.pk).update(state=state, is_readable=plays)

    assert (decided_anew(), decided_anew()) == (int(plays), 0)

    made = playing_of(sent).get()
    item.refresh_from_db()
    assert (made.how, item.state, item.is_readable) == ("NOT_AT_ALL", "UNPLAYABLE", False)
    assert "2 recordings stand in it" in made.words


@pytest.mark.slow
def test_nothing_is_cut_by_times_that_may_be_wrong(tmp_path):
    sent = of_before(media.a_requested_item(), tmp_path, LATE, seconds=6.0)
    asked = CutCopy.objects.create(file=sent, what="BLANK", asked_at=NOON, **A_SECOND)
    waits = CutCopy.objects.create(file=sent, what="BLANK", asked_at=NOON, **A_SECOND)

    with pytest.raises(cutting.CutRefused, match="decided anew within a quarter of an hour"):
        cutting.ask_for_copy(sent, cutting.Cut(what="BLANK", **A_SECOND), by=None, at=NOON)
    assert cutting.make_copy(asked, by=None, at=NOON).state == "REFUSED"
    decided_anew()

    waits.refresh_from_db()
    assert waits.state == "REFUSED"
    assert "by the times that it shows now" in waits.refusal
    cut = cutting.ask_for_copy(sent, cutting.Cut(what="BLANK", **A_SECOND), by=None, at=NOON)
    assert cutting.make_copy(cut, by=None, at=NOON).state == "MADE"


@pytest.mark.slow
def test_a_copy_that_hides_another_moment_is_shut_and_the_unit_is_told(hearing, item, tmp_path):
    copy = a_copy(item)
    shared(hearing, copies=[copy])
    sent = of_before(media.a_requested_item(), tmp_path, LATE, seconds=6.0)
    playing_of(copy.file).delete()
    playing_of(sent).update(sent_file=copy.file)
    type(sent).objects.filter(pk=copy.file_id).update(sha256=sent.sha256)
    mark = marks.mark_moment(copy.file, 0.5, "The blow", by=None, at=NOON)
    link, content = ShareLink.objects.get(), given_of(item)
    address = address_of(link, f"recordings/{content.pk}/")
    assert entered(link).get(address).status_code == 200

    assert decided_anew() == 1

    copy.refresh_from_db()
    assert "hides or shows another moment than was asked for" in copy.why_kept_here
    assert entered(link).get(address).status_code == 404
    lawyer = media.a_lawyer()
    assert waiting_for(lawyer, NOON.date()).shut_copies == [item]
    as_(lawyer).open("/").see("that was shared is shut", "another moment than was asked for")
    assert Event.objects.get(name="file.decided_anew").detail["shut"] == [copy.pk]
    mark.refresh_from_db()
    assert mark.removed_at is None


def test_it_is_done_by_itself():
    assert "hard_media.decide_anew" in all_kinds()
    assert [each.cron for each in SCHEDULES if each.job == "hard_media.decide_anew"]
