"""The page of a recording puts the next thing first, and says where a file may not be all of it."""

import pytest
import time_machine

from forthright.hard_media.models import Playing
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import a_copy, shared, with_a_file

pytestmark = pytest.mark.django_db
NOON = given.NOON


def opened(item):
    return as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")


def first_act(page):
    """Return the words of the green button."""
    return page.tree.xpath("//a[@class='govuk-button']")[0].text_content().strip()


def test_what_is_known_to_play_is_viewed_next_and_not_tried_again():
    untried = media.a_received_item()
    tried = media.items.try_item(media.a_received_item(), plays=True, by=None, at=NOON)

    assert first_act(opened(untried)) == "Record whether it plays"
    assert first_act(opened(tried)) == "Record that you viewed it"
    opened(tried).see("Record whether it plays")


@pytest.mark.parametrize(
    ("said", "lasts", "is_told"),
    [(600, 8.0, True), (600, 571.0, False), (8, 8.4, False), (None, 8.0, False),
     (5, 2.9, True), (5, 3.5, False), (600, None, False)],
)  # fmt: skip
def test_a_file_that_ends_early_is_told_of(said, lasts, is_told):
    item = media.a_requested_item(media.a_hearing(), seconds=said)
    sent = files.a_kept_file(item)
    Playing.objects.create(
        sent_file=sent, how="AS_IT_IS", words="It plays.", seconds=lasts, made_at=NOON
    )

    page = opened(item)

    assert ("Part of it may be missing" in page.words) == is_told


def test_who_changes_a_title_is_told_who_reads_it():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    change = f"/recordings/items/{item.pk}/change/"
    as_(media.a_lawyer()).open(change).not_see("It is shared with").see("Put nothing sensitive")
    (share,) = media.shared(hearing, item)[:1]

    page = as_(media.a_lawyer()).open(change)

    page.see(
        "They read the exhibit reference and the title on their link",
        str(share.representation or share.get_party_display()),
    )


@pytest.mark.parametrize("is_right", [True, False])
def test_what_was_declared_and_is_not_what_came_is_said_at_the_top(is_right):
    item = media.a_received_item()
    sent = files.a_kept_file(item)
    declared = sent.sha256.upper() if is_right else "0" * 64
    type(item).objects.filter(pk=item.pk).update(declared_hash=declared)

    page = opened(item)

    page.see(declared)
    notes = [each.text_content() for each in page.tree.xpath("//*[@class='govuk-inset-text']")]
    assert any("not what the sender says was sent" in each for each in notes) is not is_right
    assert ("what came is what was sent" in page.words) is is_right


def test_sensitive_is_said_once_at_the_top_and_what_was_taken_back_in_a_line():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    media.shared(hearing, item)
    media.items.classify_item(item, "SENSITIVE", reason="His address.", by=None, at=NOON)

    page = opened(item)

    tags = [each.text_content().strip() for each in page.tree.xpath("//strong[@class]")]
    assert tags.count("Sensitive: never shared") == 1
    page.see("Taken back 5 October 2026: Classified as sensitive: His address.")


def test_the_page_of_the_case_says_who_has_a_copy():
    hearing = media.a_hearing()
    item = with_a_file(hearing)
    shared(hearing, copies=[a_copy(item)])

    with time_machine.travel(NOON, tick=False):
        page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page.see("A copy in its place")
