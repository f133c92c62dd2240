"""Of a file that does not play no clip or copy is offered, and none is taken as asked for."""

import pytest

from forthright.hard_media.models import CutCopy, Playing, PlayingPart
from forthright.hard_media.services import cutting
from forthright.media_playing.deciding import EDITION
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_copy, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
WHY = "This is no recording that we can read."
OF_A_COPY = "Make a clip of a copy that is there"
OFFER = "Make a clip or hide something"
REFUSED = f"This file does not play here, so no clip or copy can be made of it. {WHY}"
FIELDS = {"what": "CLIP", "start": "0:00:00", "end": "0:00:01", "reason": "Only the blow."}


def a_file(how="NOT_AT_ALL"):
    sent = with_a_file(media.a_hearing()).files.get()
    playing = Playing.objects.create(
        sent_file=sent, how=how, words=WHY, made_at=NOON, edition=EDITION
    )
    return sent, playing


def test_it_is_not_offered_and_refused_at_once_where_it_is_asked_for_all_the_same():
    sent, _ = a_file()
    browser = as_(media.a_lawyer())

    shown = browser.open(f"/recordings/files/{sent.pk}/")
    shown.not_see(OFFER, OF_A_COPY).see("Of this file no clip or copy in which something is hidden")
    shown.see(cutting.TO_HIDE)
    browser.open(f"/recordings/files/{sent.pk}/cut/").see(REFUSED).not_see("Make the copy")
    answer = browser.client.post(f"/recordings/files/{sent.pk}/cut/", FIELDS)

    assert REFUSED in answer.content.decode()
    assert not CutCopy.objects.exists()
    assert not Job.objects.filter(name=cutting.CUT_JOB).exists()


def test_of_several_cameras_it_is_so_of_each_by_itself():
    sent, playing = a_file("AS_IT_IS")
    parts = [
        PlayingPart.objects.create(
            playing=playing, number=number, picture=number - 1, how=how, words=WHY, made_at=NOON
        )
        for number, how in ((1, "AS_IT_IS"), (2, "NOT_AT_ALL"))
    ]
    browser = as_(media.a_lawyer())

    browser.open(f"/recordings/files/{sent.pk}/?part=1").see(f"{OFFER} in Camera 1")
    browser.open(f"/recordings/files/{sent.pk}/?part=2").not_see(OFFER).see("Of Camera 2 no clip")
    cut = {"what": "CLIP", "start": 0, "end": 1, "reason": "Only the blow."}
    with pytest.raises(cutting.CutRefused, match="Camera 2 of this file does not play here"):
        cutting.ask_for_copy(sent, cutting.Cut(**cut, part=parts[1]), by=None, at=NOON)

    assert cutting.ask_for_copy(sent, cutting.Cut(**cut, part=parts[0]), by=None, at=NOON)


def test_a_clip_of_a_copy_that_was_made_before_is_cut_all_the_same():
    sent, playing = a_file("AS_IT_IS")
    copy = a_copy(sent.item)
    Playing.objects.filter(pk=playing.pk).update(how="NOT_AT_ALL")

    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/")
    page.see("Of a copy that was made before, a clip can be cut all the same")
    page.follow(OF_A_COPY).see("Make the copy")
    cut = cutting.Cut(what="CLIP", start=0, end=1, reason="Only the blow.", also=copy)

    assert cutting.ask_for_copy(sent, cut, by=None, at=NOON).of == copy
