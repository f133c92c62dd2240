"""Whoever withdraws a recording, or finds it not relevant, reads where its file is open besides."""

import pytest

from forthright.hard_media.models import ShareRecord
from forthright.hard_media.services import sharing
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, NOON, a_copy, shared, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
STAYS = "That is not taken back with this"
STEPS = {
    "record/withdrawn": ("Withdraw it", {"reason": "It is of another case."}),
    "decide/classified": (
        "Classify it", {"classification": "NOT_RELEVANT", "reason": "Another street."}
    ),
}  # fmt: skip


@pytest.fixture
def other(hearing):
    return with_a_file(hearing)


def the_page(item, step):
    return as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/{step}/")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_the_page_names_it_before_and_after(hearing, item, other, step, way):
    shared(hearing, item, other, way=way)
    save, answers = STEPS[step]
    said = f"that of {other.exhibit} (shared with {other.shares.get().to}"

    page = the_page(item, step).see(said, STAYS)
    page.press(save, **answers).see(said, STAYS)

    assert other.shares.get().revoked_at is None


@pytest.mark.parametrize("step", STEPS)
def test_it_is_named_where_this_recording_went_to_nobody_and_a_copy_went(
    hearing, item, other, step
):
    shared(hearing, copies=[a_copy(other)], parties=COURT)
    save, answers = STEPS[step]

    page = the_page(item, step).see(f"that of {other.exhibit} (shared with the court", STAYS)
    page.press(save, **answers).see(STAYS)


def test_found_sensitive_it_is_named_too(hearing, item, other):
    shared(hearing, other, way="EGRESS")

    page = the_page(item, "decide/classified")
    answers = {"classification": "SENSITIVE", "reason": "A source is seen."}
    page.press("Classify it", **answers).see(f"that of {other.exhibit} (", STAYS)


def test_what_may_still_be_shared_tells_nothing(hearing, item, other):
    shared(hearing, other)

    page = the_page(item, "decide/classified").see(STAYS)
    answers = {"classification": "UNUSED", "reason": "Not relied on."}
    page.press("Classify it", **answers).not_see(STAYS)


def test_another_case_of_the_unit_is_named_with_it(hearing, item):
    elsewhere = media.a_hearing(unit=hearing.unit)
    other = with_a_file(elsewhere)
    shared(elsewhere, other)

    the_page(item, "record/withdrawn").see(f"that of {other.exhibit} of {elsewhere.case} (")


def test_what_opens_nothing_any_more_and_what_has_another_file_is_not_named(hearing, item, other):
    shared_by_link(hearing, other)
    shared(hearing, with_a_file(hearing, content=b"another" * 99))
    share = other.shares.get()
    the_page(item, "record/withdrawn").see(STAYS)

    sharing.revoke_share(share, reason="The wrong one.", by=None, at=NOON)

    the_page(item, "record/withdrawn").not_see(STAYS)
    assert ShareRecord.objects.filter(revoked_at=None).count() == 1
