"""The copy of a camera that began later, as it was made before, is made anew by itself."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import MediaMark, Playing, PlayingPart
from forthright.hard_media.services import cutting, deciding_anew, playing
from tests import given
from tests.hard_media import files, media

# Slow: ffmpeg makes the file and its copies.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon"), pytest.mark.slow]
NOON = given.NOON


@pytest.fixture
def sent(tmp_path):
    """A kept file whose second camera began later, with its copy as it was made before."""
    content = files.a_video(tmp_path, "late camera.mkv").read_bytes()
    sent = files.a_kept_file(media.a_requested_item(), content=content, name="late camera.mkv")
    part = playing.make_playable(sent, by=None, at=NOON).parts.get(picture=1)
    part.lineage["shown"]["pictures"]["begins_after"] = 3.0
    part.sha256 = "a" * 64
    part.save()
    Playing.objects.update(edition=3)
    return sent


def decided_anew():
    return deciding_anew.decide_anew(by=None, at=NOON)


def part_of(sent):
    return PlayingPart.objects.get(playing__sent_file=sent, picture=1)


def test_it_is_made_once_with_a_clock_that_begins_at_0(sent):
    assert part_of(sent).begins == 3.0

    assert (decided_anew(), decided_anew()) == (1, 0)

    made = part_of(sent)
    assert (made.begins, made.sha256 != "a" * 64, made.plays) == (0.0, True, True)
    told = Event.objects.get(name="file.part_made_anew").detail
    assert (told["part"], told["copy"]) == (2, made.sha256)


@pytest.mark.parametrize("what", ["mark", "cut"])
def test_one_by_whose_clock_times_were_taken_stays(sent, what):
    if what == "mark":
        MediaMark.objects.create(file=sent, seconds=3.5, note="The blow", made_at=NOON)
    else:
        cut = cutting.Cut(what="BLANK", start=3.2, end=3.6, reason="A face.", part=part_of(sent))
        cutting.ask_for_copy(sent, cut, by=None, at=NOON)

    assert decided_anew() == 0

    assert part_of(sent).begins == 3.0
