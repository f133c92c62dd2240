"""A copy that is not right goes to nobody, though it was found right, and is taken back at once."""

import pytest

from forthright.accounts.models import Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import CutCopy, MediaItem, ShareLink, ShareRecord
from forthright.hard_media.selectors.case_page import copies_to_share
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services import cutting, wrong_copies
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_rungs import Standing
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, a_copy, entered, shared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
WHY = "A face is seen in the window at 0:12."


@pytest.fixture
def copy(item):
    return a_copy(item)


def wrong(copy, reason=WHY, by=None, right=()):
    return wrong_copies.find_wrong(copy, reason, right=right, by=by, at=NOON).shares


def now(copy):
    return CutCopy.objects.select_related("file__item").get(pk=copy.pk)


def test_it_is_taken_back_from_everybody_and_links_open_it_no_more(hearing, item, copy):
    shared(hearing, copies=[copy], parties=[*COURT, *media.parties_of(hearing)[1:]])
    link = ShareLink.objects.get(party="DEFENCE")
    browser = entered(link)
    assert ladder_of(hearing, NOON.date()).standing is Standing.READY

    taken = wrong(copy)

    assert {each.party for each in taken} == {"COURT", "DEFENCE"}
    assert not ShareRecord.objects.filter(revoked_at=None).exists()
    assert "taken back" in why_closed(ShareLink.objects.get(pk=link.pk), NOON.date())
    assert copy.file_name not in browser.get(f"/received/{link.pk}/", follow=True).content.decode()
    assert ladder_of(hearing, NOON.date()).standing is Standing.NOT_READY
    event = Event.objects.get(name="file.copy_not_right")
    assert event.detail["shares"] == sorted(each.pk for each in taken)
    assert WHY not in str(event.detail)


def test_it_is_offered_no_more_nor_shared_by_a_page_from_before(hearing, item, copy):
    assert copies_to_share([item]) == [copy]

    wrong(copy)

    assert copies_to_share([item]) == []
    with pytest.raises(ShareRefused, match=f"Copy {copy.pk} was found not right on"):
        shared(hearing, copies=[copy])
    lawyer = media.a_lawyer()
    with pytest.raises(cutting.CutRefused, match="goes to nobody"):
        cutting.take_out_copy(now(copy), by=lawyer, at=NOON)
    with pytest.raises(cutting.CutRefused):
        cutting.pass_copy(now(copy), by=lawyer, at=NOON)


def test_that_it_was_found_right_stays_beside_it(copy):
    lawyer = media.a_lawyer()

    wrong(copy, by=lawyer)

    kept = now(copy)
    assert (kept.passed_at, kept.wrong_at, kept.wrong_by) == (NOON, NOON, lawyer)
    assert kept.wrong_because == WHY


def test_a_clip_that_was_cut_from_it_goes_with_it(hearing, item, copy):
    clip = a_copy(item, what="CLIP", box=None, also=copy, start=5, end=9, content=b"a clip")
    other = a_copy(item, start=11, end=12, content=b"another part")
    shared(hearing, copies=[clip])

    (taken,) = wrong(copy)

    assert taken.contents.get().copy_id == clip.pk
    assert now(clip).wrong_because == f"It was cut from copy {copy.pk}, which is not."
    assert now(other).wrong_at is None
    cut = cutting.Cut(what="CLIP", start=1, end=2, reason="For the court.", also=now(copy))
    with pytest.raises(cutting.CutRefused, match="was found not right"):
        cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)


def test_another_can_be_made_and_shared_in_its_place(hearing, item, copy):
    shared(hearing, copies=[copy])
    wrong(copy)

    shared(hearing, copies=[a_copy(item, start=1, end=3, content=b"right now")])

    assert MediaItem.objects.get(pk=item.pk).state == "SHARED"


def test_one_that_nobody_found_right_is_found_wrong_also_by_who_asked_for_it(item):
    her = media.a_lawyer()
    copy = a_copy(item, is_passed=False, by=her)

    assert wrong(copy, by=her) == []

    assert now(copy).wrong_by == her


@pytest.mark.parametrize("said", ["", " ", "."])
def test_it_needs_a_reason(copy, said):
    with pytest.raises(cutting.CutRefused, match="Say what is not right"):
        wrong(copy, said)

    assert now(copy).wrong_at is None


def test_it_is_said_once_and_of_what_is_made(item, copy):
    wrong(copy)
    with pytest.raises(cutting.CutRefused, match="already"):
        wrong(copy)

    cut = cutting.Cut(what="MUTE", start=1, end=2, reason="A name.")
    asked = cutting.ask_for_copy(item.files.get(), cut, by=None, at=NOON)
    with pytest.raises(cutting.CutRefused, match="Only a copy that is made"):
        wrong(asked)


def test_nobody_of_another_unit_says_so(copy):
    with pytest.raises(NotAllowed):
        wrong(copy, by=media.a_lawyer(unit=given.a_unit(Unit.Kind.MAGISTRATES)))


def test_the_pages_ask_and_say_who_had_it(hearing, item, copy):
    shared(hearing, copies=[copy])
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/copies/{copy.pk}/")
    page.see("Who was given it, or a clip of it", "nobody is known to have opened it")

    page = page.follow("It is not right after all")
    refused = page.press("It is not right")
    assert refused.errors == ["Say what is not right"]
    page = page.press("It is not right", reason=WHY)

    page.see("taken back from everybody", "was found not right on", WHY, "Found right before",
             "Hale LLP for Dean", "think of a personal data breach")  # fmt: skip
    page.not_see("It is not right after all")
    browser.open(f"/recordings/items/{item.pk}/").see("made, and goes to nobody")


def test_one_to_be_looked_at_can_be_found_wrong_on_its_page(item):
    copy = a_copy(item, is_passed=False, by=media.a_lawyer())

    page = as_(media.a_lawyer()).open(f"/recordings/copies/{copy.pk}/")
    page = page.follow("It is not right").press("It is not right", reason=WHY)

    page.see("It is recorded, and the copy goes to nobody").not_see("I looked at all of it")
