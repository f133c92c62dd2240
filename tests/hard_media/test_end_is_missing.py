"""A file whose end is known to be missing is said to lack it wherever it is shown or goes out."""

from importlib import import_module

import pytest
from django.apps import apps

from forthright.hard_media.exports import export_case
from forthright.hard_media.models import MediaItem, Playing, ShareRecord
from forthright.hard_media.selectors.kept import COMPARE
from forthright.hard_media.services import deciding_anew, items, playing
from forthright.media_playing.deciding import EDITION
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import a_copy, with_a_file
from tests.hard_media.test_exports import text_of
from tests.media_playing.test_indexes import mp4, rf64

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
REGISTER = "and the register says that the recording lasts 21:00"
SHORT = f"lasts 0:00:04.000, {REGISTER}"
MISSING = "is missing: at least 4,000 bytes were not copied"


def looked_into(item, missing=4000, **more):
    fields = {"how": "AS_IT_IS", "words": "", "made_at": NOON, "lacks_more": True}
    fields |= {"edition": EDITION, **more}
    return Playing.objects.create(sent_file=item.files.get(), missing_bytes=missing, **fields)


@pytest.fixture
def cut_off(item):
    looked_into(item)
    return item


def test_the_pages_of_the_case_and_of_the_recording_say_so_and_what_to_do(hearing, cut_off):
    browser = as_(media.a_lawyer())

    browser.open(f"/recordings/cases/{hearing.case_id}/").see(
        "The end of what is kept of it is missing. Ask the police for a whole copy"
    )
    page = browser.open(f"/recordings/items/{cut_off.pk}/").see(f"The end of cctv.mp4 {MISSING}")
    page.see("or go on if this is how it was recorded")


def test_the_page_that_shares_says_so_and_lets_it_go(hearing, cut_off):
    clip, blur = a_copy(cut_off, what="CLIP", box=None), a_copy(cut_off)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")

    hints = page.see(f"The end of cctv.mp4 {MISSING}").words
    assert hints.count(MISSING) == 2  # the recording, and the copy in its place; not the clip
    page.press("Share them", copies=[blur.pk], parties=["COURT"], way="EGRESS")

    assert ShareRecord.objects.filter(contents__copy=blur).exists()
    assert clip.passed_at


def test_a_bag_says_so_and_is_made_unasked(hearing, cut_off, tmp_path):
    done = export_case(hearing, tmp_path / "bag", by=None, at=NOON)

    assert f"The end of cctv.mp4 of {cut_off.exhibit} {MISSING}" in done.warnings[0]
    assert "Its end is missing: at least 4,000 bytes" in text_of(tmp_path / "bag" / "custody.pdf")


@pytest.fixture
def short(item):
    looked_into(item, 0, seconds=4.0)
    MediaItem.objects.filter(pk=item.pk).update(seconds=1260)
    return item


def test_a_file_far_shorter_than_the_register_says_is_said_so_wherever_it_goes(
    hearing, short, tmp_path
):
    a_copy(short, what="CLIP", box=None)
    blur = a_copy(short)
    browser = as_(media.a_lawyer())
    item, case = f"/recordings/items/{short.pk}/", f"/recordings/cases/{hearing.case_id}/"

    browser.open(item).see("cctv.mp4 lasts 0:00:04.000", REGISTER, COMPARE)
    browser.open(case).see("much shorter than the register says that the recording is, 21:00")
    page = browser.open(f"{case}share/")
    assert page.see(f"cctv.mp4 {SHORT}. {COMPARE}").words.count(SHORT) == 2  # not of the clip
    page.press("Share them", copies=[blur.pk], parties=["COURT"], way="EGRESS")
    done = export_case(hearing, tmp_path / "bag", is_known=True, by=None, at=NOON)

    assert f"cctv.mp4 of {short.exhibit} {SHORT}. {COMPARE}" in done.warnings
    certificate = text_of(tmp_path / "bag" / "custody.pdf")
    assert f"cctv.mp4 {SHORT}: part of it may be missing" in certificate
    assert ShareRecord.objects.filter(contents__copy=blur).exists()


def in_parts(hearing, lengths):
    """Return a recording of an hour, by the register, that a recorder wrote into several files."""
    item = media.a_requested_item(hearing)
    for number, seconds in enumerate(lengths):
        sent = files.a_kept_file(item, content=b"part %d" % number, name=f"part{number}.mp4")
        if seconds:
            Playing.objects.create(
                sent_file=sent, how="AS_IT_IS", words="", seconds=seconds, made_at=NOON,
                edition=EDITION,
            )  # fmt: skip
    MediaItem.objects.filter(pk=item.pk).update(seconds=3600)
    item.refresh_from_db()
    items.view_item(item, how="All of it.", by=None, at=NOON)
    return items.classify_item(item, "RELIED_ON", by=None, at=NOON)


@pytest.mark.parametrize("lengths", [[900.0] * 4, [3600.0, 60.0]])
def test_of_what_came_whole_in_several_files_nothing_is_said(hearing, tmp_path, lengths):
    item = in_parts(hearing, lengths)
    browser = as_(media.a_lawyer())

    browser.open(f"/recordings/items/{item.pk}/").not_see(COMPARE)
    browser.open(f"/recordings/cases/{hearing.case_id}/").not_see(COMPARE)
    browser.open(f"/recordings/cases/{hearing.case_id}/share/").not_see(COMPARE)
    assert export_case(hearing, tmp_path / "bag", by=None, at=NOON).warnings == ()
    assert "part of it may be missing" not in text_of(tmp_path / "bag" / "custody.pdf")


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([900.0] * 3, "last 0:45:00.000, and the register says"),
        ([900.0, 900.0, None], "last 0:30:00.000, without 1 of which the length is not known, and"),
    ],
)
def test_of_several_files_that_are_too_short_together_it_is_said_once(
    hearing, tmp_path, lengths, said
):
    item, said = in_parts(hearing, lengths), f"The 3 files together {said}"
    browser = as_(media.a_lawyer())

    assert browser.open(f"/recordings/items/{item.pk}/").see(said).words.count(COMPARE) == 1
    share = browser.open(f"/recordings/cases/{hearing.case_id}/share/")
    assert share.see(said).words.count(COMPARE) == 1
    (warning,) = export_case(hearing, tmp_path / "bag", by=None, at=NOON).warnings
    assert f"files of {item.exhibit} together last" in warning
    assert text_of(tmp_path / "bag" / "custody.pdf").count("part of it may be missing") == 1


def test_of_a_file_about_as_long_as_the_register_says_nothing_is_said(hearing, short, tmp_path):
    MediaItem.objects.filter(pk=short.pk).update(seconds=5)
    browser = as_(media.a_lawyer())

    for address in (f"items/{short.pk}/", f"cases/{hearing.case_id}/"):
        browser.open(f"/recordings/{address}").not_see(COMPARE)
    browser.open(f"/recordings/cases/{hearing.case_id}/share/").not_see(COMPARE)
    assert export_case(hearing, tmp_path / "bag", by=None, at=NOON).warnings == ()


def test_of_a_whole_file_and_of_one_before_it_nothing_is_said(hearing, item):
    looked_into(item, 0)
    before = with_a_file(hearing, content=b"came broken" * 99)
    looked_into(before)
    items.request_item(before, reason="Its end is missing.", by=None, at=NOON)
    browser = as_(media.a_lawyer())

    for address in (f"cases/{hearing.case_id}/", f"items/{item.pk}/", f"items/{before.pk}/"):
        browser.open(f"/recordings/{address}").not_see("for a whole copy")


# Slow: a recording is made and looked into.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "is_cut_off"),
    [("end missing.mp4", True), ("end missing.wav", True), ("plain.mp4", False)],
)
def test_it_is_known_of_a_file_that_is_looked_into(tmp_path, name, is_cut_off):
    one = media.a_requested_item(media.a_hearing())
    sent = files.a_kept_file(one, content=files.a_video(tmp_path, name).read_bytes())

    made = playing.make_playable(sent, by=None, at=NOON)

    assert bool(made.missing) is is_cut_off
    assert ("Its end is missing" in made.words) is is_cut_off
    Playing.objects.update(missing_bytes=0, edition=1, how="AS_IT_IS")
    deciding_anew.decide_anew(by=None, at=NOON)
    assert bool(Playing.objects.get().missing) is is_cut_off


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (mp4((1 << 64) - 1), "at least 1,125,899,906,842,624 bytes"),
        (rf64((1 << 64) - 1), ""),
    ],
)
def test_a_file_that_says_a_length_that_no_number_holds_is_looked_into(content, missing):
    one = media.a_requested_item(media.a_hearing())
    sent = files.a_kept_file(one, content=content)

    made = playing.make_playable(sent, by=None, at=NOON)

    assert made.missing == missing
    Playing.objects.update(edition=1)
    deciding_anew.decide_anew(by=None, at=NOON)
    assert Playing.objects.get().missing == missing


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("Its end is missing: at least 1,012 bytes were not copied.", "at least 1,012 bytes"),
        ("Its end is missing: 12 bytes were not copied.", "12 bytes"),
        (
            "Its end is missing: 18,446,744,073,709,551,615 bytes were not copied.",
            "at least 1,125,899,906,842,624 bytes",
        ),
        ("Its pictures are interlaced.", ""),
    ],
)
def test_of_a_file_that_was_looked_into_before_it_is_read_from_what_was_said(item, said, missing):
    one = looked_into(item, 0, words=f"Plays in browsers. {said} More.", lacks_more=False)
    migration = import_module("forthright.hard_media.migrations.0051_end_missing")

    migration.from_words(apps, None)

    one.refresh_from_db()
    assert one.missing == missing
