"""Where a copy is not right, so is what hides by the same parts, and what was cut from that."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import CutCopy, ShareLink, ShareRecord
from forthright.hard_media.selectors.case_page import copies_to_share
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services import cutting, wrong_copies
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_copy, shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
WHY = "The box lies beside the face at 0:01."
OF_ALL = {"what": "CLIP", "box": None, "start": 0, "end": 5}


@pytest.fixture
def copy(item):
    return a_copy(item)


@pytest.fixture
def built(item, copy):
    """Return a copy that hides what the other hides, and a sound."""
    return a_copy(item, what="MUTE", box=None, also=copy, content=b"the second copy")


@pytest.fixture
def clip(item, built):
    return a_copy(item, also=built, content=b"a clip of the second", **OF_ALL)


def wrong(copy, **named):
    return wrong_copies.find_wrong(copy, WHY, by=None, at=NOON, **named)


def now(copy):
    return CutCopy.objects.get(pk=copy.pk)


def test_what_was_built_on_it_is_shut_with_its_clips_and_taken_back(
    hearing, item, copy, built, clip
):
    shared(hearing, copies=[built])
    link = ShareLink.objects.get()

    found = wrong(copy)

    assert found.others == [built, clip]
    assert not ShareRecord.objects.filter(revoked_at=None).exists()
    assert "taken back" in why_closed(ShareLink.objects.get(pk=link.pk), NOON.date())
    assert copies_to_share([item]) == []
    hides = f"hides what copy {copy.pk} hides, which was found not right."
    assert now(built).wrong_because == f"It {hides}"
    assert now(clip).wrong_because == f"It was cut from copy {built.pk}, which {hides}"
    detail = Event.objects.get(name="file.copy_not_right").detail
    assert (detail["built"], detail["clips"], detail["left"]) == ([built.pk], [clip.pk], [])


def test_what_was_built_on_that_and_what_hides_by_the_same_goes_too(item, copy, built):
    third = a_copy(item, what="BLANK", also=built, start=7, end=8, content=b"the third copy")
    same = a_copy(item, content=b"by the same box")
    other = a_copy(item, start=1.5, content=b"by another time")

    assert wrong(copy).others == [built, third, same]

    assert now(other).wrong_at is None


def test_one_that_is_still_being_made_is_shut_too(item, copy):
    cut = cutting.Cut(what="MUTE", start=3, end=4, reason="A name.", also=copy)
    asked = cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)

    wrong(copy)

    assert now(asked).wrong_at == NOON


def test_one_that_is_right_all_the_same_stays_with_its_clips(hearing, copy, built, clip):
    shared(hearing, copies=[clip])

    found = wrong(copy, right=[built])

    assert (found.others, found.shares) == ([], [])
    assert now(built).wrong_at is now(clip).wrong_at is None
    assert Event.objects.get(name="file.copy_not_right").detail["left"] == [built.pk]


def test_what_it_was_built_on_stays_and_is_named(copy, built):
    found = wrong(built)

    assert (found.others, found.alike) == ([], [copy])
    assert now(copy).wrong_at is None


def test_nothing_more_is_built_on_it(item, copy):
    wrong(copy)

    cut = cutting.Cut(what="MUTE", start=3, end=4, reason="A name.", also=copy)
    with pytest.raises(cutting.CutRefused, match=f"Copy {copy.pk} was found not right"):
        cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)


def test_the_form_that_cuts_does_not_offer_it(item, copy, built):
    other = a_copy(item, start=11, end=12, content=b"another part")
    browser = as_(media.a_lawyer())
    before = browser.open(f"/recordings/files/{item.files.get().pk}/cut/")
    wrong(copy)

    after = browser.open(f"/recordings/files/{item.files.get().pk}/cut/")

    before.see(f"What copy {copy.pk} hides")
    after.see(f"What copy {other.pk} hides")
    after.not_see(f"What copy {copy.pk} hides", f"What copy {built.pk} hides")


def test_the_pages_say_what_goes_with_it(hearing, copy, built, clip):
    shared(hearing, copies=[built])
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/copies/{copy.pk}/not-right/")
    page.see("Is one of these right all the same?", f"Copy {built.pk}: All of it, silent")

    page = page.press("It is not right", reason=WHY)

    page.see(f"Shut with it: copy {built.pk} and copy {clip.pk}.", "Hale LLP for Dean",
             "or what was shut with it", "think of a personal data breach")  # fmt: skip
    browser.open(f"/recordings/copies/{built.pk}/").see(
        f"It hides what copy {copy.pk} hides, which was found not right."
    )


def test_the_page_of_one_that_stays_says_that_the_other_is_not_right(copy, built):
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/copies/{copy.pk}/not-right/")
    page = page.press("It is not right", reason=WHY, right=[str(built.pk)])

    page.not_see("Shut with it")
    browser.open(f"/recordings/copies/{built.pk}/").see(
        "which was found not right,", WHY, "Look whether that is right here."
    )


def test_the_page_of_one_built_on_another_leads_to_that(copy, built):
    page = as_(media.a_lawyer()).open(f"/recordings/copies/{built.pk}/not-right/")
    page.not_see("right all the same")

    page = page.press("It is not right", reason=WHY)

    page.see(f"What hides some of the same stays as it is: copy {copy.pk}. Look at it again")
